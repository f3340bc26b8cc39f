/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attaches files to a card file as associated files (ISO 19005-3, 6.8; ISO 32000-1, 7.11.4), and
 * checks those of a finished one. */
#include "plt-pdf.h"

#include "plt-deflate.h"

#include <stdlib.h>
#include <string.h>

#define MD5_LENGTH 16

static const char * const relationships[] = {
  "Source", "Data", "Alternative", "Supplement", "EncryptedPayload", "FormData", "Schema",
  "Unspecified", NULL,
};

/* ISO 32000-1, 7.3.5: "application/json" is written /application#2fjson. */
static char *
make_name (const char *text)
{
  GString *name = g_string_new ("/");

  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_isalnum (*at) || strchr ("-.+_", *at) != NULL)
        g_string_append_c (name, *at);
      else
        g_string_append_printf (name, "#%02x", (guchar) *at);
    }

  return g_string_free (name, FALSE);
}

static void
compute_md5 (GBytes *bytes,
             guint8  digest[MD5_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  gsize length = MD5_LENGTH;

  g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_checksum_get_digest (checksum, digest, &length);
}

/* Text and a mobile licence shrink; other signed data and pictures do not. */
static qpdf_oh
new_data (PltPdf                      *pdf,
          const PltCardFileAttachment *attachment)
{
  static const char dictionary[] = "<< /Type /EmbeddedFile >>";
  g_autoptr (GBytes) deflated = NULL;

  if (g_str_equal (attachment->media_type, "application/json"))
    deflated = plt_deflate (attachment->bytes);
  else if (g_str_equal (attachment->media_type, "application/cbor"))
    deflated = plt_deflate_soon (attachment->bytes);

  return deflated != NULL ? plt_pdf_new_deflated (pdf, deflated, dictionary)
                          : plt_pdf_new_stream (pdf, attachment->bytes, dictionary);
}

static qpdf_oh
new_embedded_file (PltPdf                      *pdf,
                   const PltCardFileAttachment *attachment,
                   const char                  *date)
{
  g_autofree char *subtype = make_name (attachment->media_type);
  qpdf_oh stream = new_data (pdf, attachment);
  qpdf_oh params = qpdf_oh_new_dictionary (pdf);
  guint8 digest[MD5_LENGTH];

  compute_md5 (attachment->bytes, digest);
  qpdf_oh_replace_key (pdf, params, "/Size",
                       qpdf_oh_new_integer (pdf, (long long) g_bytes_get_size (attachment->bytes)));
  qpdf_oh_replace_key (pdf, params, "/CreationDate", qpdf_oh_new_string (pdf, date));
  qpdf_oh_replace_key (pdf, params, "/ModDate", qpdf_oh_new_string (pdf, date));
  qpdf_oh_replace_key (pdf, params, "/CheckSum",
                       qpdf_oh_new_binary_string (pdf, (const char *) digest, sizeof digest));
  qpdf_oh_replace_key (pdf, qpdf_oh_get_dict (pdf, stream), "/Subtype",
                       qpdf_oh_new_name (pdf, subtype));
  qpdf_oh_replace_key (pdf, qpdf_oh_get_dict (pdf, stream), "/Params", params);

  return stream;
}

static qpdf_oh
new_file_specification (PltPdf                      *pdf,
                        const PltCardFileAttachment *attachment,
                        const char                  *date)
{
  g_autofree char *relationship = make_name (attachment->relationship);
  qpdf_oh stream = new_embedded_file (pdf, attachment, date);
  qpdf_oh specification = qpdf_oh_parse (pdf, "<< /Type /Filespec >>");
  qpdf_oh files = qpdf_oh_new_dictionary (pdf);

  qpdf_oh_replace_key (pdf, files, "/F", stream);
  qpdf_oh_replace_key (pdf, files, "/UF", stream);
  qpdf_oh_replace_key (pdf, specification, "/F", qpdf_oh_new_string (pdf, attachment->name));
  qpdf_oh_replace_key (pdf, specification, "/UF",
                       qpdf_oh_new_unicode_string (pdf, attachment->name));
  qpdf_oh_replace_key (pdf, specification, "/EF", files);
  qpdf_oh_replace_key (pdf, specification, "/AFRelationship",
                       qpdf_oh_new_name (pdf, relationship));
  if (attachment->description != NULL)
    qpdf_oh_replace_key (pdf, specification, "/Desc",
                         qpdf_oh_new_unicode_string (pdf, attachment->description));

  return qpdf_make_indirect_object (pdf, specification);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const PltCardFileAttachment *first = a;
  const PltCardFileAttachment *second = b;

  return strcmp (first->name, second->name);
}

static gboolean
check_attachment (const PltCardFileAttachment  *attachment,
                  const PltCardFileAttachment  *before,
                  GError                      **error)
{
  const char *problem = NULL;

  if (*attachment->name == '\0' || !g_str_is_ascii (attachment->name) ||
      strchr (attachment->name, '/') != NULL)
    problem = "the name of an attachment";
  else if (before != NULL && g_str_equal (before->name, attachment->name))
    problem = "two attachments of one name";
  else if (strchr (attachment->media_type, '/') == NULL)
    problem = "the media type of an attachment";
  else if (!g_strv_contains (relationships, attachment->relationship))
    problem = "the relationship of an attachment";
  if (problem != NULL)
    plt_pdf_set_invalid (error, problem);

  return problem == NULL;
}

/**
 * plt_pdf_add_attachments:
 * @pdf: a PDF
 * @attachments: (array length=n_attachments): files; names in ASCII, each once
 * @n_attachments: how many
 * @created_at: Unix seconds of their dates
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: whether all were added, in the order of their names as a name tree wants
 */
gboolean
plt_pdf_add_attachments (PltPdf                       *pdf,
                         const PltCardFileAttachment  *attachments,
                         gsize                         n_attachments,
                         gint64                        created_at,
                         GError                      **error)
{
  g_autofree char *date = plt_pdf_format_date (created_at);
  g_autofree PltCardFileAttachment *sorted =
    g_memdup2 (attachments, n_attachments * sizeof *attachments);
  qpdf_oh associated = qpdf_oh_new_array (pdf);
  qpdf_oh names = qpdf_oh_new_array (pdf);
  qpdf_oh tree = qpdf_oh_new_dictionary (pdf);
  qpdf_oh root_names = qpdf_oh_new_dictionary (pdf);

  if (n_attachments == 0)
    return TRUE;

  qsort (sorted, n_attachments, sizeof *sorted, compare_names);
  for (gsize i = 0; i < n_attachments; i++)
    {
      qpdf_oh specification;

      if (!check_attachment (&sorted[i], i > 0 ? &sorted[i - 1] : NULL, error))
        return FALSE;
      specification = new_file_specification (pdf, &sorted[i], date);
      qpdf_oh_append_item (pdf, associated, specification);
      qpdf_oh_append_item (pdf, names, qpdf_oh_new_string (pdf, sorted[i].name));
      qpdf_oh_append_item (pdf, names, specification);
    }

  qpdf_oh_replace_key (pdf, tree, "/Names", names);
  qpdf_oh_replace_key (pdf, root_names, "/EmbeddedFiles", tree);
  qpdf_oh_replace_key (pdf, qpdf_get_root (pdf), "/Names", root_names);
  qpdf_oh_replace_key (pdf, qpdf_get_root (pdf), "/AF", associated);

  return TRUE;
}

static gboolean
has_right_params (PltPdf  *pdf,
                  qpdf_oh  stream)
{
  g_autoptr (GBytes) bytes = plt_pdf_stream_data (pdf, stream);
  qpdf_oh params;
  long long size = -1;
  size_t length = 0;
  const char *checksum;
  guint8 digest[MD5_LENGTH];

  if (bytes == NULL)
    return FALSE;
  params = qpdf_oh_get_key (pdf, qpdf_oh_get_dict (pdf, stream), "/Params");
  qpdf_oh_get_value_as_longlong (pdf, qpdf_oh_get_key_if_dict (pdf, params, "/Size"), &size);
  if (!qpdf_oh_is_string (pdf, qpdf_oh_get_key_if_dict (pdf, params, "/CheckSum")))
    return FALSE;
  checksum = qpdf_oh_get_binary_string_value (pdf, qpdf_oh_get_key (pdf, params, "/CheckSum"),
                                              &length);
  compute_md5 (bytes, digest);

  return size == (long long) g_bytes_get_size (bytes) && length == MD5_LENGTH &&
         memcmp (checksum, digest, MD5_LENGTH) == 0;
}

static gboolean
is_right_specification (PltPdf  *pdf,
                        qpdf_oh  specification)
{
  qpdf_oh stream =
    qpdf_oh_get_key_if_dict (pdf, qpdf_oh_get_key_if_dict (pdf, specification, "/EF"), "/F");

  return plt_pdf_name_is (pdf, specification, "/Type", "/Filespec") &&
         qpdf_oh_is_string (pdf, qpdf_oh_get_key (pdf, specification, "/F")) &&
         qpdf_oh_is_string (pdf, qpdf_oh_get_key (pdf, specification, "/UF")) &&
         qpdf_oh_is_name (pdf, qpdf_oh_get_key (pdf, specification, "/AFRelationship")) &&
         qpdf_oh_is_stream (pdf, stream) &&
         qpdf_oh_is_name (pdf, qpdf_oh_get_key (pdf, qpdf_oh_get_dict (pdf, stream),
                                                "/Subtype")) &&
         has_right_params (pdf, stream);
}

/* The files in the name tree and those in /AF are the same ones. */
gboolean
plt_pdf_check_attachments (PltPdf  *pdf,
                           GError **error)
{
  qpdf_oh root = qpdf_get_root (pdf);
  qpdf_oh associated = qpdf_oh_get_key (pdf, root, "/AF");
  qpdf_oh tree = qpdf_oh_get_key_if_dict (pdf, qpdf_oh_get_key (pdf, root, "/Names"),
                                          "/EmbeddedFiles");
  qpdf_oh names = qpdf_oh_get_key_if_dict (pdf, tree, "/Names");
  int n_files = qpdf_oh_is_array (pdf, associated) ? qpdf_oh_get_array_n_items (pdf, associated)
                                                   : 0;
  int n_names = qpdf_oh_is_array (pdf, names) ? qpdf_oh_get_array_n_items (pdf, names) : 0;
  gboolean right = n_names == 2 * n_files;

  for (int i = 0; right && i < n_files; i++)
    {
      qpdf_oh specification = qpdf_oh_get_array_item (pdf, associated, i);
      qpdf_oh named = qpdf_oh_get_array_item (pdf, names, 2 * i + 1);

      right = qpdf_oh_get_object_id (pdf, specification) == qpdf_oh_get_object_id (pdf, named) &&
              is_right_specification (pdf, specification);
    }
  if (!right)
    plt_pdf_set_invalid (error, "attachments, 6.8");

  return right;
}
