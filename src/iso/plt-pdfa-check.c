/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asserts on a finished card file what a validator of PDF/A-3b would look at first; each names
 * its clause of ISO 19005-3. */
#include "plt-pdf.h"

#include <string.h>

#define FLAG_PRINT 4
#define FLAG_PRINT_LOCKED 132

static gboolean
has_font_file (PltPdf  *pdf,
               qpdf_oh  dict)
{
  return qpdf_oh_has_key (pdf, dict, "/FontFile") || qpdf_oh_has_key (pdf, dict, "/FontFile2") ||
         qpdf_oh_has_key (pdf, dict, "/FontFile3");
}

static gboolean
is_true (PltPdf  *pdf,
         qpdf_oh  dict,
         const char *key)
{
  QPDF_BOOL value = QPDF_FALSE;

  return qpdf_oh_get_value_as_bool (pdf, qpdf_oh_get_key_if_dict (pdf, dict, key), &value) &&
         value;
}

static const char *
find_action_problem (PltPdf  *pdf,
                     qpdf_oh  dict)
{
  static const char *forbidden[] = {
    "/JavaScript", "/Launch", "/Sound", "/Movie", "/ImportData", "/ResetForm", "/Rendition",
  };

  if (qpdf_oh_has_key (pdf, dict, "/AA") || qpdf_oh_has_key (pdf, dict, "/JS"))
    return "an action, 6.5";
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      if (plt_pdf_name_is (pdf, dict, "/S", forbidden[i]))
        return "an action, 6.5";
    }

  return NULL;
}

static const char *
find_annotation_problem (PltPdf  *pdf,
                         qpdf_oh  dict)
{
  int flags = 0;

  if (!plt_pdf_name_is (pdf, dict, "/Type", "/Annot"))
    return NULL;
  qpdf_oh_get_value_as_int (pdf, qpdf_oh_get_key (pdf, dict, "/F"), &flags);

  return flags == FLAG_PRINT || flags == FLAG_PRINT_LOCKED ? NULL : "annotation flags, 6.3.2";
}

static const char *
find_problem_of_dict (PltPdf  *pdf,
                      qpdf_oh  dict)
{
  const char *problem;

  if (is_true (pdf, dict, "/Interpolate"))
    return "an interpolated image, 6.2.8";
  if (plt_pdf_name_is (pdf, dict, "/ColorSpace", "/DeviceCMYK"))
    return "CMYK colour, 6.2.4.3";
  if (plt_pdf_name_is (pdf, dict, "/Subtype", "/CIDFontType2") &&
      !qpdf_oh_has_key (pdf, dict, "/CIDToGIDMap"))
    return "CIDToGIDMap, 6.2.11.3.2";
  if (plt_pdf_name_is (pdf, dict, "/Type", "/FontDescriptor") && !has_font_file (pdf, dict))
    return "a font that is not embedded, 6.2.11.4";
  if (qpdf_oh_is_or_has_name (pdf, qpdf_oh_get_key (pdf, dict, "/Filter"), "/LZWDecode"))
    return "LZW compression, 6.1.7";
  problem = find_annotation_problem (pdf, dict);

  return problem != NULL ? problem : find_action_problem (pdf, dict);
}

static const char *
find_object_problem (PltPdf *pdf)
{
  int n_objects = plt_pdf_count_objects (pdf);

  for (int id = 1; id < n_objects; id++)
    {
      qpdf_oh dict = plt_pdf_dict_of (pdf, id);
      const char *problem =
        qpdf_oh_is_dictionary (pdf, dict) ? find_problem_of_dict (pdf, dict) : NULL;

      if (problem != NULL)
        return problem;
    }

  return NULL;
}

static const char *
find_trailer_problem (PltPdf *pdf,
                      GBytes *file)
{
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  qpdf_oh trailer = qpdf_get_trailer (pdf);
  qpdf_oh id = qpdf_oh_get_key (pdf, trailer, "/ID");

  if (length < 16 || memcmp (data, "%PDF-1.7\n", 9) != 0)
    return "version, 6.1.2";
  if (memcmp (data + length - 6, "%%EOF\n", 6) != 0)
    return "bytes behind the end, 6.1.3";
  if (!qpdf_oh_is_array (pdf, id) || qpdf_oh_get_array_n_items (pdf, id) != 2)
    return "no ID, 6.1.3";
  if (qpdf_oh_has_key (pdf, trailer, "/Encrypt"))
    return "encryption, 6.1.3";

  return NULL;
}

static const char *
find_metadata_problem (PltPdf *pdf)
{
  g_autoptr (GBytes) xmp =
    plt_pdf_stream_data (pdf, qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/Metadata"));
  gsize length;
  const char *text;

  if (xmp == NULL)
    return "no metadata, 6.6.2.1";
  text = g_bytes_get_data (xmp, &length);
  if (g_strstr_len (text, (gssize) length, "<pdfaid:part>3</pdfaid:part>") == NULL ||
      g_strstr_len (text, (gssize) length, "<pdfaid:conformance>B</pdfaid:conformance>") == NULL)
    return "identification, 6.6.4";

  return NULL;
}

static const char *
find_intent_problem (PltPdf *pdf)
{
  qpdf_oh intents = qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/OutputIntents");
  qpdf_oh intent;
  g_autoptr (GBytes) profile = NULL;

  if (!qpdf_oh_is_array (pdf, intents) || qpdf_oh_get_array_n_items (pdf, intents) != 1)
    return "output intent, 6.2.3";
  intent = qpdf_oh_get_array_item (pdf, intents, 0);
  profile = plt_pdf_stream_data (pdf, qpdf_oh_get_key_if_dict (pdf, intent, "/DestOutputProfile"));
  if (!plt_pdf_name_is (pdf, intent, "/S", "/GTS_PDFA1") || profile == NULL ||
      g_bytes_get_size (profile) < 128 ||
      memcmp ((const char *) g_bytes_get_data (profile, NULL) + 12, "mntrRGB ", 8) != 0)
    return "output intent, 6.2.3";

  return NULL;
}

/* (nullable): what is wrong with the file as a whole, its metadata and its output intent. */
const char *
plt_pdfa_find_problem_of_file (PltPdf *pdf,
                               GBytes *file)
{
  const char *problem = find_trailer_problem (pdf, file);

  if (problem == NULL)
    problem = find_metadata_problem (pdf);
  if (problem == NULL)
    problem = find_intent_problem (pdf);

  return problem;
}

/**
 * plt_pdfa_check:
 * @pdf: an opened card file
 * @file: its bytes
 * @error: %PLT_ISO_ERROR_INVALID, naming the clause
 *
 * Returns: whether nothing was found that PDF/A-3b forbids or misses
 */
gboolean
plt_pdfa_check (PltPdf  *pdf,
                GBytes  *file,
                GError **error)
{
  const char *problem = plt_pdfa_find_problem_of_file (pdf, file);

  if (problem == NULL)
    problem = find_object_problem (pdf);
  if (problem != NULL)
    plt_pdf_set_invalid (error, problem);

  return problem == NULL;
}
