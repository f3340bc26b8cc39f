/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a PDF of cairo conform to PDF/A-3b (ISO 19005-3): identification, output intent, and what
 * cairo 1.16 leaves undone. */
#include "config.h"

#include "plt-pdf.h"

#include "plt-deflate.h"
#include "plt-iso-resources.h"
#include "plt-pdf-objects.h"

#include <gio/gio.h>
#include <string.h>

#define PRODUCER "Platen " PLT_VERSION

/* cairo writes /Interpolate for its default filter, which 6.2.8 forbids, and leaves /CIDToGIDMap
 * out of TrueType fonts, which 6.2.11.3.2 wants; Identity is its default, so nothing moves. */
static void
mend_dict (PltPdf  *pdf,
           qpdf_oh  dict)
{
  if (plt_pdf_name_is (pdf, dict, "/Subtype", "/Image"))
    qpdf_oh_remove_key (pdf, dict, "/Interpolate");
  if (plt_pdf_name_is (pdf, dict, "/Subtype", "/CIDFontType2") &&
      !qpdf_oh_has_key (pdf, dict, "/CIDToGIDMap"))
    qpdf_oh_replace_key (pdf, dict, "/CIDToGIDMap", qpdf_oh_new_name (pdf, "/Identity"));
}

/* Whether there is a word in the head of the object that mend_dict() looks for. */
static gboolean
may_need_mending (PltPdfObjects *objects,
                  guint          id)
{
  const PltPdfObject *object = plt_pdf_objects_get (objects, id);
  gsize head = object != NULL ? plt_pdf_object_get_head (object) : 0;

  return head > 0 && (memmem (object->text, head, "/Interpolate", strlen ("/Interpolate")) != NULL ||
                      memmem (object->text, head, "/CIDFontType2", strlen ("/CIDFontType2")) != NULL);
}

/* @file: what @pdf was read from. To look at each object through libqpdf takes as long as all the rest that
 * is done to a drawing, and of one by cairo the text tells which must be looked at. */
void
plt_pdfa_mend_objects (PltPdf *pdf,
                       GBytes *file)
{
  g_autoptr (PltPdfObjects) objects = plt_pdf_objects_read (file);
  int n_objects = plt_pdf_count_objects (pdf);

  for (int id = 1; id < n_objects; id++)
    {
      qpdf_oh dict;

      if (objects != NULL && !may_need_mending (objects, (guint) id))
        continue;
      dict = plt_pdf_dict_of (pdf, id);
      if (qpdf_oh_is_dictionary (pdf, dict))
        mend_dict (pdf, dict);
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
add_xmp (PltPdf                   *pdf,
         GBytes                   *source,
         const PltCardFileContent *content)
{
  g_autofree char *uuid = make_uuid (source);
  g_autoptr (GBytes) xmp = plt_pdfa_make_xmp (content, PRODUCER, uuid);

  qpdf_oh_replace_key (pdf, qpdf_get_root (pdf), "/Metadata",
                       plt_pdf_new_stream (pdf, xmp, "<< /Type /Metadata /Subtype /XML >>"));
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
add_output_intent (PltPdf *pdf)
{
  qpdf_oh intent = qpdf_oh_parse (pdf, "<< /Type /OutputIntent /S /GTS_PDFA1"
                                       " /OutputConditionIdentifier (sRGB IEC61966-2.1)"
                                       " /RegistryName (http://www.color.org)"
                                       " /Info (sRGB IEC61966-2.1) >>");
  qpdf_oh intents = qpdf_oh_new_array (pdf);

  qpdf_oh_replace_key (pdf, intent, "/DestOutputProfile",
                       plt_pdf_new_deflated (pdf, get_profile (), "<< /N 3 >>"));
  qpdf_oh_append_item (pdf, intents, qpdf_make_indirect_object (pdf, intent));
  qpdf_oh_replace_key (pdf, qpdf_get_root (pdf), "/OutputIntents", intents);
}

/* cairo's dates lack "D:"; the whole dictionary is written anew, equal to the XMP packet. */
static void
replace_info (PltPdf     *pdf,
              const char *title,
              gint64      created_at)
{
  g_autofree char *date = plt_pdf_format_date (created_at);
  qpdf_oh info = qpdf_oh_new_dictionary (pdf);

  qpdf_oh_replace_key (pdf, info, "/Title", qpdf_oh_new_unicode_string (pdf, title));
  qpdf_oh_replace_key (pdf, info, "/Creator", qpdf_oh_new_string (pdf, PRODUCER));
  qpdf_oh_replace_key (pdf, info, "/Producer", qpdf_oh_new_string (pdf, PRODUCER));
  qpdf_oh_replace_key (pdf, info, "/CreationDate", qpdf_oh_new_string (pdf, date));
  qpdf_oh_replace_key (pdf, info, "/ModDate", qpdf_oh_new_string (pdf, date));
  qpdf_oh_replace_key (pdf, qpdf_get_trailer (pdf), "/Info",
                       qpdf_make_indirect_object (pdf, info));
}

/**
 * plt_pdfa_add_identity:
 * @pdf: a PDF
 * @source: the bytes that it was made of; with @content they name the document
 * @content: what it is
 *
 * Adds the XMP packet (6.6.2), the sRGB output intent (6.2.3) and the information dictionary.
 */
void
plt_pdfa_add_identity (PltPdf                   *pdf,
                       GBytes                   *source,
                       const PltCardFileContent *content)
{
  add_xmp (pdf, source, content);
  add_output_intent (pdf);
  replace_info (pdf, content->title, content->created_at);
}
