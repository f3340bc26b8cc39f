/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens, writes and looks into a PDF through libqpdf's C interface. */
#include "plt-pdf.h"

#include "plt-byte-writer.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <stdlib.h>
#include <string.h>

#define TRAILER_ROOM 512

/**
 * plt_pdf_set_invalid:
 * @error: (out): set to %PLT_ISO_ERROR_INVALID
 * @problem: what is wrong with the file, for the administrator's eyes
 */
void
plt_pdf_set_invalid (GError     **error,
                     const char  *problem)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               /* Translators: the technical reason stands in brackets. */
               _("The file is not a whole card file (%s). Do not print it; make the card file "
                 "again."), problem);
}

/**
 * plt_pdf_check:
 * @pdf: a PDF
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * libqpdf mends what it can and warns. A card file has nothing to mend, so a warning is a failure.
 *
 * Returns: whether there was no error and no warning since the last call
 */
gboolean
plt_pdf_check (PltPdf  *pdf,
               GError **error)
{
  qpdf_error problem = NULL;

  if (qpdf_has_error (pdf))
    problem = qpdf_get_error (pdf);
  else if (qpdf_more_warnings (pdf))
    problem = qpdf_next_warning (pdf);
  if (problem == NULL)
    return TRUE;

  plt_pdf_set_invalid (error, qpdf_get_error_message_detail (pdf, problem));
  return FALSE;
}

/**
 * plt_pdf_open:
 * @bytes: the file, which must outlive the result
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the PDF, without errors or warnings
 */
PltPdf *
plt_pdf_open (GBytes  *bytes,
              GError **error)
{
  g_autoptr (PltPdf) pdf = qpdf_init ();
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  qpdf_set_suppress_warnings (pdf, QPDF_TRUE);
  qpdf_silence_errors (pdf);
  qpdf_set_attempt_recovery (pdf, QPDF_FALSE);
  if (data == NULL)
    {
      plt_pdf_set_invalid (error, "empty");
      return NULL;
    }
  qpdf_read_memory (pdf, "card file", data, length, NULL);
  if (!plt_pdf_check (pdf, error))
    return NULL;
  qpdf_get_root (pdf);
  if (!plt_pdf_check (pdf, error))
    return NULL;

  return g_steal_pointer (&pdf);
}

/**
 * plt_pdf_write:
 * @pdf: a PDF
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Writes PDF 1.7 with a classic cross-reference table, so that a second signature can be appended.
 * Streams stay as they are: what is to be compressed was so when it was added. The /ID is a
 * placeholder for plt_pdf_set_id(); to let libqpdf compute it costs as much as all other writing.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
plt_pdf_write (PltPdf  *pdf,
               GError **error)
{
  qpdf_init_write_memory (pdf);
  qpdf_set_object_stream_mode (pdf, qpdf_o_disable);
  qpdf_set_compress_streams (pdf, QPDF_FALSE);
  qpdf_set_decode_level (pdf, qpdf_dl_none);
  qpdf_set_newline_before_endstream (pdf, QPDF_TRUE);
  qpdf_set_static_ID (pdf, QPDF_TRUE);
  qpdf_force_pdf_version (pdf, "1.7");
  qpdf_write (pdf);
  if (!plt_pdf_check (pdf, error))
    return NULL;

  return g_bytes_new (qpdf_get_buffer (pdf), qpdf_get_buffer_length (pdf));
}

/**
 * plt_pdf_set_id:
 * @file: (transfer full): what plt_pdf_write() wrote, or was put together from it
 * @source: what makes it this file and no other
 *
 * Puts two identifiers made of @source into the trailer (ISO 32000-1, 14.4): the same PDF has
 * the same.
 *
 * Returns: (transfer full): the file
 */
GBytes *
plt_pdf_set_id (GBytes *file,
                GBytes *source)
{
  g_autofree char *hash = plt_pdf_hash (source);
  gsize length = 0;
  char *data = g_bytes_unref_to_data (file, &length);
  char *tail = data + (length > TRAILER_ROOM ? length - TRAILER_ROOM : 0);
  char *id = memmem (tail, (gsize) (data + length - tail), "/ID [<", 6);

  /* "/ID [<32 digits><32 digits>]" */
  if (id != NULL && data + length - id >= 6 + 2 * PLT_PDF_ID_DIGITS + 3)
    {
      memcpy (id + 6, hash, PLT_PDF_ID_DIGITS);
      memcpy (id + 6 + PLT_PDF_ID_DIGITS + 2, hash, PLT_PDF_ID_DIGITS);
    }

  return g_bytes_new_take (data, length);
}

void
plt_pdf_free (PltPdf *pdf)
{
  qpdf_cleanup (&pdf);
}

/* One more than the highest object number; the C interface has no call for all objects. */
int
plt_pdf_count_objects (PltPdf *pdf)
{
  int size = 0;

  qpdf_oh_get_value_as_int (pdf, qpdf_oh_get_key (pdf, qpdf_get_trailer (pdf), "/Size"), &size);

  return size;
}

/**
 * plt_pdf_dict_of:
 * @pdf: a PDF
 * @object_id: 1 … plt_pdf_count_objects() - 1
 *
 * Returns: the object if it is a dictionary, its dictionary if it is a stream, else null
 */
qpdf_oh
plt_pdf_dict_of (PltPdf *pdf,
                 int     object_id)
{
  qpdf_oh object = qpdf_get_object_by_id (pdf, object_id, 0);

  if (qpdf_oh_is_stream (pdf, object))
    return qpdf_oh_get_dict (pdf, object);
  if (qpdf_oh_is_dictionary (pdf, object))
    return object;

  return qpdf_oh_new_null (pdf);
}

static qpdf_oh
new_stream (PltPdf     *pdf,
            GBytes     *bytes,
            qpdf_oh     filter,
            const char *dictionary)
{
  qpdf_oh stream = qpdf_oh_new_stream (pdf);
  qpdf_oh dict = qpdf_oh_get_dict (pdf, stream);
  qpdf_oh keys = qpdf_oh_parse (pdf, dictionary);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  qpdf_oh_replace_stream_data (pdf, stream, data != NULL ? data : (const guint8 *) "", length,
                               filter, qpdf_oh_new_null (pdf));
  qpdf_oh_begin_dict_key_iter (pdf, keys);
  while (qpdf_oh_dict_more_keys (pdf))
    {
      const char *key = qpdf_oh_dict_next_key (pdf);

      qpdf_oh_replace_key (pdf, dict, key, qpdf_oh_get_key (pdf, keys, key));
    }

  return stream;
}

/**
 * plt_pdf_new_stream:
 * @pdf: a PDF
 * @bytes: the stream's data
 * @dictionary: what stands in its dictionary, as "<< … >>"
 *
 * Returns: a new indirect stream, its data as they are
 */
qpdf_oh
plt_pdf_new_stream (PltPdf     *pdf,
                    GBytes     *bytes,
                    const char *dictionary)
{
  return new_stream (pdf, bytes, qpdf_oh_new_null (pdf), dictionary);
}

/* The same of data that are a zlib stream (RFC 1950) already. */
qpdf_oh
plt_pdf_new_deflated (PltPdf     *pdf,
                      GBytes     *stream,
                      const char *dictionary)
{
  return new_stream (pdf, stream, qpdf_oh_new_name (pdf, "/FlateDecode"), dictionary);
}

/* (transfer full) (nullable): the data with its filters undone. */
GBytes *
plt_pdf_stream_data (PltPdf  *pdf,
                     qpdf_oh  stream)
{
  QPDF_BOOL filtered = QPDF_FALSE;
  unsigned char *data = NULL;
  size_t length = 0;

  if (!qpdf_oh_is_stream (pdf, stream))
    return NULL;
  if ((qpdf_oh_get_stream_data (pdf, stream, qpdf_dl_generalized, &filtered, &data,
                                &length) & QPDF_ERRORS) != 0)
    {
      qpdf_get_error (pdf); /* NULL tells it; an error that nobody takes is printed */
      free (data);
      return NULL;
    }

  return g_bytes_new_with_free_func (data, length, free, data);
}

gboolean
plt_pdf_name_is (PltPdf     *pdf,
                 qpdf_oh     dict,
                 const char *key,
                 const char *name)
{
  return qpdf_oh_is_name_and_equals (pdf, qpdf_oh_get_key_if_dict (pdf, dict, key), name);
}

/* (transfer full): a PDF date in UTC, ISO 32000-1, 7.9.4. */
char *
plt_pdf_format_date (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return g_date_time_format (time, "D:%Y%m%d%H%M%SZ");
}

/* (transfer full): SHA-256 in hex. gnutls uses the processor's instructions for it; a GChecksum of a
 * card file took a sixth of the time of finishing it. */
char *
plt_pdf_hash (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint8 digest[32];
  int code = gnutls_hash_fast (GNUTLS_DIG_SHA256, data, length, digest);

  g_assert (code >= 0);

  return plt_byte_writer_to_hex (digest, sizeof digest);
}
