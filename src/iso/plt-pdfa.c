/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a PDF of cairo conform to PDF/A-3b (ISO 19005-3): identification, output intent, and what
 * cairo 1.16 leaves undone. */
#include "config.h"

#include "plt-pdf.h"

#include "plt-deflate.h"
#include "plt-iso-resources.h"
#include "plt-pdf-dict.h"

#include <gio/gio.h>

#define PRODUCER "Platen " PLT_VERSION

/* cairo writes /Interpolate for its default filter, which 6.2.8 forbids, and leaves /CIDToGIDMap
 * out of TrueType fonts, which 6.2.11.3.2 wants; Identity is its default, so nothing moves. */
void
plt_pdfa_mend_objects (PltPdfDraft *draft)
{
  for (guint id = 1; id < plt_pdf_draft_get_size (draft); id++)
    {
      if (plt_pdf_draft_mentions (draft, id, "/Interpolate"))
        plt_pdf_draft_set_member (draft, id, "/Interpolate", NULL);
      if (plt_pdf_draft_mentions (draft, id, "/CIDFontType2") &&
          !plt_pdf_draft_mentions (draft, id, "/CIDToGIDMap"))
        plt_pdf_draft_set_member (draft, id, "/CIDToGIDMap", "/Identity");
    }
}

/* A name for the document that the same pages have again. */
static char *
make_uuid (GBytes *source)
{
  g_autofree char *hex = plt_pdf_hash (source);

  /* Version 8 of RFC 9562: the maker's own bits. */
  return g_strdup_printf ("%.8s-%.4s-8%.3s-8%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15,
                          hex + 18);
}

static void
add_xmp (PltPdfDraft              *draft,
         GBytes                   *source,
         const PltCardFileContent *content)
{
  g_autofree char *uuid = make_uuid (source);
  g_autoptr (GBytes) xmp = plt_pdfa_make_xmp (content, PRODUCER, uuid);
  g_autofree char *reference = g_strdup_printf (
    "%u 0 R", plt_pdf_draft_add_stream (draft, "/Type /Metadata /Subtype /XML", xmp));

  plt_pdf_draft_set_member (draft, plt_pdf_draft_get_root (draft), "/Metadata", reference);
}

/* Of all card files the same, so it is compressed once. */
static GBytes *
get_profile (void)
{
  static gsize profile = 0;

  if (g_once_init_enter (&profile))
    {
      g_autoptr (GBytes) bytes =
        g_resource_lookup_data (plt_iso_get_resource (), "/org/platen/iso/srgb.icc",
                                G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      GBytes *deflated = bytes != NULL ? plt_deflate (bytes) : NULL;

      g_assert (deflated != NULL);
      g_once_init_leave (&profile, (gsize) deflated);
    }

  return (GBytes *) profile;
}

/* The profile comes with the program, so that the file does not depend on what is installed. */
static void
add_output_intent (PltPdfDraft *draft)
{
  guint profile = plt_pdf_draft_add_stream (draft, "/N 3 /Filter /FlateDecode", get_profile ());
  g_autofree char *intent =
    g_strdup_printf ("<< /Type /OutputIntent /S /GTS_PDFA1"
                     " /OutputConditionIdentifier (sRGB IEC61966-2.1)"
                     " /RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1)"
                     " /DestOutputProfile %u 0 R >>", profile);
  g_autofree char *intents = g_strdup_printf ("[ %u 0 R ]", plt_pdf_draft_add (draft, intent));

  plt_pdf_draft_set_member (draft, plt_pdf_draft_get_root (draft), "/OutputIntents", intents);
}

/* cairo's dates lack "D:"; the whole dictionary is written anew, equal to the XMP packet. */
static void
replace_info (PltPdfDraft *draft,
              const char  *title,
              gint64       created_at)
{
  g_autofree char *date = plt_pdf_format_date (created_at);
  g_autofree char *spelt_title = plt_pdf_spell_text (title);
  g_autofree char *info =
    g_strdup_printf ("<< /Title %s /Creator (" PRODUCER ") /Producer (" PRODUCER ")"
                     " /CreationDate (%s) /ModDate (%s) >>", spelt_title, date, date);

  plt_pdf_draft_set_info (draft, info);
}

/**
 * plt_pdfa_add_identity:
 * @draft: a drawing
 * @source: its bytes; with @content they name the document
 * @content: what it is
 *
 * Adds the XMP packet (6.6.2), the sRGB output intent (6.2.3) and the information dictionary.
 */
void
plt_pdfa_add_identity (PltPdfDraft              *draft,
                       GBytes                   *source,
                       const PltCardFileContent *content)
{
  add_xmp (draft, source, content);
  add_output_intent (draft);
  replace_info (draft, content->title, content->created_at);
}
