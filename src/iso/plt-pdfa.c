/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a PDF of cairo conform to PDF/A-3b (ISO 19005-3): identification, output intent, and what
 * cairo 1.16 leaves undone. */
#include "config.h"

#include "plt-pdf.h"

#include "plt-iso-resources.h"

#include <gio/gio.h>
#include <string.h>

#define PRODUCER "Platen " PLT_VERSION
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

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

void
plt_pdfa_mend_objects (PltPdf *pdf)
{
  int n_objects = plt_pdf_count_objects (pdf);

  for (int id = 1; id < n_objects; id++)
    {
      qpdf_oh dict = plt_pdf_dict_of (pdf, id);

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

static char *
build_xmp (const char *title,
           const char *date,
           const char *uuid)
{
  return g_markup_printf_escaped (
    "<?xpacket begin=\"" BYTE_ORDER_MARK "\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "  <rdf:Description rdf:about=\"\"\n"
    "    xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
    "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
    "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
    "    xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n"
    "    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
    "   <pdfaid:part>3</pdfaid:part>\n"
    "   <pdfaid:conformance>B</pdfaid:conformance>\n"
    "   <dc:format>application/pdf</dc:format>\n"
    "   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
    "   <xmp:CreateDate>%s</xmp:CreateDate>\n"
    "   <xmp:ModifyDate>%s</xmp:ModifyDate>\n"
    "   <xmp:MetadataDate>%s</xmp:MetadataDate>\n"
    "   <xmp:CreatorTool>" PRODUCER "</xmp:CreatorTool>\n"
    "   <xmpMM:DocumentID>uuid:%s</xmpMM:DocumentID>\n"
    "   <xmpMM:InstanceID>uuid:%s</xmpMM:InstanceID>\n"
    "   <pdf:Producer>" PRODUCER "</pdf:Producer>\n"
    "  </rdf:Description>\n"
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    "<?xpacket end=\"w\"?>\n",
    title, date, date, date, uuid, uuid);
}

static void
add_xmp (PltPdf     *pdf,
         GBytes     *source,
         const char *title,
         gint64      created_at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (created_at);
  g_autofree char *date = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *uuid = make_uuid (source);
  g_autofree char *xmp = build_xmp (title, date, uuid);
  g_autoptr (GBytes) bytes = g_bytes_new (xmp, strlen (xmp));

  qpdf_oh_replace_key (pdf, qpdf_get_root (pdf), "/Metadata",
                       plt_pdf_new_stream (pdf, bytes, "<< /Type /Metadata /Subtype /XML >>"));
}

/* The profile comes with the program, so that the file does not depend on what is installed. */
static void
add_output_intent (PltPdf *pdf)
{
  g_autoptr (GBytes) profile =
    g_resource_lookup_data (plt_iso_get_resource (), "/org/platen/iso/srgb.icc",
                            G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  qpdf_oh intent = qpdf_oh_parse (pdf, "<< /Type /OutputIntent /S /GTS_PDFA1"
                                       " /OutputConditionIdentifier (sRGB IEC61966-2.1)"
                                       " /RegistryName (http://www.color.org)"
                                       " /Info (sRGB IEC61966-2.1) >>");
  qpdf_oh intents = qpdf_oh_new_array (pdf);

  g_assert (profile != NULL);
  qpdf_oh_replace_key (pdf, intent, "/DestOutputProfile",
                       plt_pdf_new_stream (pdf, profile, "<< /N 3 >>"));
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
 * @source: the bytes that it was made of; they name the document
 * @title: its title
 * @created_at: Unix seconds
 *
 * Adds the XMP packet (6.6.2), the sRGB output intent (6.2.3) and the information dictionary.
 */
void
plt_pdfa_add_identity (PltPdf     *pdf,
                       GBytes     *source,
                       const char *title,
                       gint64      created_at)
{
  add_xmp (pdf, source, title, created_at);
  add_output_intent (pdf);
  replace_info (pdf, title, created_at);
}
