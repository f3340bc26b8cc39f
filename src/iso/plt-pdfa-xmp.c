/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the XMP packet of a card file (ISO 19005-3, 6.6): identification, titles and dates, and our
 * own properties with the description that PDF/A wants of them. */
#include "plt-pdf.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define CARD_NAMESPACE "https://platen.example/ns/card/1.0/"

/* @category: "external" is what a person or the record gave, "internal" what the program knows. */
typedef struct
{
  const char *name;
  const char *type;
  const char *category;
  const char *description;
} Property;

enum
{
  CARD_NUMBER,
  APPLICATION_NUMBER,
  DOCUMENT_DISCRIMINATOR,
  LAYOUT,
  LAYOUT_VERSION,
  LAYOUT_DIGEST,
  RENDERER,
  SPECIMEN,
  N_PROPERTIES,
};

static const Property properties[N_PROPERTIES] = {
  [CARD_NUMBER] = { "CardNumber", "Text", "external", "Number of the card" },
  [APPLICATION_NUMBER] = { "ApplicationNumber", "Text", "external",
                           "Number of the application that the card was made for" },
  [DOCUMENT_DISCRIMINATOR] = { "DocumentDiscriminator", "Text", "external",
                               "Tells this card from all others of its holder" },
  [LAYOUT] = { "Layout", "Text", "internal", "Identifier of the layout that the card was drawn with" },
  [LAYOUT_VERSION] = { "LayoutVersion", "Integer", "internal", "Version of the layout" },
  [LAYOUT_DIGEST] = { "LayoutDigest", "Text", "internal",
                      "SHA-256 of the layout's files and fonts, in hexadecimal" },
  [RENDERER] = { "Renderer", "Text", "internal", "Program and version that drew the card" },
  [SPECIMEN] = { "Specimen", "Boolean", "internal", "Whether the card is a specimen and no licence" },
};

static void
add_head (GString                  *xmp,
          const PltCardFileContent *content,
          const char               *producer,
          const char               *uuid)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (content->created_at);
  g_autofree char *date = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *text = g_markup_printf_escaped (
    "<rdf:Description rdf:about=\"\""
    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
    " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\""
    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
    "<pdfaid:part>3</pdfaid:part>\n"
    "<pdfaid:conformance>B</pdfaid:conformance>\n"
    "<dc:format>application/pdf</dc:format>\n"
    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
    "<xmp:CreateDate>%s</xmp:CreateDate>\n"
    "<xmp:ModifyDate>%s</xmp:ModifyDate>\n"
    "<xmp:MetadataDate>%s</xmp:MetadataDate>\n"
    "<xmp:CreatorTool>%s</xmp:CreatorTool>\n"
    "<xmpMM:DocumentID>uuid:%s</xmpMM:DocumentID>\n"
    "<xmpMM:InstanceID>uuid:%s</xmpMM:InstanceID>\n"
    "<pdf:Producer>%s</pdf:Producer>\n"
    "</rdf:Description>\n",
    content->title, date, date, date, producer, uuid, uuid, producer);

  g_string_append (xmp, text);
}

static void
add_value (GString        *xmp,
           const Property *property,
           const char     *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_markup_escape_text (value, -1);
  g_string_append_printf (xmp, "<plt:%s>%s</plt:%s>\n", property->name, escaped, property->name);
}

static void
add_values (GString                  *xmp,
            const PltCardFileContent *content,
            const char               *producer)
{
  g_autofree char *version = g_strdup_printf ("%d", content->layout_version);
  const char *values[N_PROPERTIES] = {
    [CARD_NUMBER] = content->card_number,
    [APPLICATION_NUMBER] = content->application,
    [DOCUMENT_DISCRIMINATOR] = content->discriminator,
    [LAYOUT] = content->layout,
    [LAYOUT_VERSION] = content->layout != NULL ? version : NULL,
    [LAYOUT_DIGEST] = content->layout_digest,
    [RENDERER] = producer,
    [SPECIMEN] = content->is_specimen ? "True" : "False",
  };

  g_string_append (xmp, "<rdf:Description rdf:about=\"\" xmlns:plt=\"" CARD_NAMESPACE "\">\n");
  for (gsize i = 0; i < N_PROPERTIES; i++)
    add_value (xmp, &properties[i], values[i]);
  g_string_append (xmp, "</rdf:Description>\n");
}

/* What describes our properties (6.6.2.3.3); the prefixes are fixed there. */
static void
add_schema (GString *xmp)
{
  g_string_append (
    xmp,
    "<rdf:Description rdf:about=\"\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>Card file of a driving licence</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>" CARD_NAMESPACE "</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>plt</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq>\n");
  for (gsize i = 0; i < N_PROPERTIES; i++)
    g_string_append_printf (
      xmp,
      "<rdf:li rdf:parseType=\"Resource\">"
      "<pdfaProperty:name>%s</pdfaProperty:name>"
      "<pdfaProperty:valueType>%s</pdfaProperty:valueType>"
      "<pdfaProperty:category>%s</pdfaProperty:category>"
      "<pdfaProperty:description>%s</pdfaProperty:description>"
      "</rdf:li>\n",
      properties[i].name, properties[i].type, properties[i].category, properties[i].description);
  g_string_append (xmp, "</rdf:Seq></pdfaSchema:property>\n"
                        "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
                        "</rdf:Description>\n");
}

/**
 * plt_pdfa_make_xmp:
 * @content: what the file is
 * @producer: program and version
 * @uuid: the name of the document
 *
 * Returns: (transfer full): the packet, UTF-8
 */
GBytes *
plt_pdfa_make_xmp (const PltCardFileContent *content,
                   const char               *producer,
                   const char               *uuid)
{
  GString *xmp = g_string_new (
    "<?xpacket begin=\"" BYTE_ORDER_MARK "\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");

  add_head (xmp, content, producer, uuid);
  add_values (xmp, content, producer);
  add_schema (xmp);
  g_string_append (xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n");

  return g_string_free_to_bytes (xmp);
}
