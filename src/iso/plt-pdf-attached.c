/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the files that are attached to a PDF, each bounded. */
#include "plt-pdf-attached.h"

#include "plt-deflate.h"
#include "plt-pdf.h"

#include <stdlib.h>

#define MAX_ATTACHMENTS 32
#define MAX_ATTACHED (1024 * 1024)

/* What a stream holds, at most MAX_ATTACHED of it unpacked; by ourselves, for libqpdf knows no bound. */
static GBytes *
read_stream (PltPdf  *pdf,
             qpdf_oh  stream)
{
  g_autoptr (GBytes) raw = NULL;
  unsigned char *buffer = NULL;
  size_t length = 0;
  QPDF_BOOL filtered = QPDF_FALSE;
  qpdf_oh filter = qpdf_oh_get_key (pdf, qpdf_oh_get_dict (pdf, stream), "/Filter");

  /* With a warning it gives bytes, too, which are not taken. */
  if (qpdf_oh_get_stream_data (pdf, stream, qpdf_dl_none, &filtered, &buffer, &length) == 0)
    raw = g_bytes_new (buffer, length);
  free (buffer);
  if (raw == NULL)
    return NULL;
  if (qpdf_oh_is_null (pdf, filter))
    return length <= MAX_ATTACHED ? g_steal_pointer (&raw) : NULL;
  if (!qpdf_oh_is_name (pdf, filter) || !g_str_equal (qpdf_oh_get_name (pdf, filter), "/FlateDecode"))
    return NULL;
  return plt_inflate (raw, MAX_ATTACHED, NULL);
}

static void
attachment_free (PltPdfAttached *attachment)
{
  g_free (attachment->name);
  g_clear_pointer (&attachment->bytes, g_bytes_unref);
  g_free (attachment);
}

/* Returns: (transfer full) (element-type PltPdfAttached) */
GPtrArray *
plt_pdf_list_attached (PltPdf *pdf)
{
  GPtrArray *attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) attachment_free);
  qpdf_oh files = qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/AF");
  int n = qpdf_oh_is_array (pdf, files)
            ? MIN (qpdf_oh_get_array_n_items (pdf, files), MAX_ATTACHMENTS)
            : 0;

  for (int i = 0; i < n; i++)
    {
      qpdf_oh specification = qpdf_oh_get_array_item (pdf, files, i);
      qpdf_oh name = qpdf_oh_get_key_if_dict (pdf, specification, "/UF");
      qpdf_oh stream =
        qpdf_oh_get_key_if_dict (pdf, qpdf_oh_get_key_if_dict (pdf, specification, "/EF"), "/F");
      PltPdfAttached *attachment;

      if (!qpdf_oh_is_string (pdf, name) || !qpdf_oh_is_stream (pdf, stream))
        continue;
      attachment = g_new0 (PltPdfAttached, 1);
      attachment->name = g_utf8_make_valid (qpdf_oh_get_utf8_value (pdf, name), -1);
      attachment->bytes = read_stream (pdf, stream);
      g_ptr_array_add (attachments, attachment);
    }
  return attachments;
}

/**
 * plt_pdf_read_attached:
 * @bytes: a PDF of this program
 *
 * Returns: (transfer full) (nullable) (element-type PltPdfAttached): %NULL where it is no PDF
 */
GPtrArray *
plt_pdf_read_attached (GBytes *bytes)
{
  g_autoptr (PltPdf) pdf = plt_pdf_open (bytes, NULL);

  return pdf != NULL ? plt_pdf_list_attached (pdf) : NULL;
}
