/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compresses and expands zlib streams, bounded. */
#include "plt-deflate.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define BEST_COMPRESSION 9
#define FASTEST_COMPRESSION 1

/* One byte more than the limit is room enough to see that there is more. No bytes have no address. */
static GBytes *
convert (GConverter  *converter,
         GBytes      *bytes,
         gsize        limit,
         GError     **error)
{
  gsize length = g_bytes_get_size (bytes);
  const guint8 *data = length > 0 ? g_bytes_get_data (bytes, NULL) : (const guint8 *) "";
  g_autofree guint8 *buffer = g_malloc (limit + 1);
  gsize used = 0;
  gsize written = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      gsize n_read = 0;
      gsize n_written = 0;

      result = g_converter_convert (converter, data + used, length - used, buffer + written,
                                    limit + 1 - written, G_CONVERTER_INPUT_AT_END, &n_read,
                                    &n_written, error);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      used += n_read;
      written += n_written;
      if (written > limit)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "over the limit");
          return NULL;
        }
    }

  return g_bytes_new (buffer, written);
}

static GBytes *
compress_bytes (GBytes *bytes,
                int     level)
{
  g_autoptr (GZlibCompressor) compressor =
    g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, level);
  gsize length = g_bytes_get_size (bytes);
  GBytes *stream = convert (G_CONVERTER (compressor), bytes, length + length / 8 + 64, NULL);

  g_assert (stream != NULL);

  return stream;
}

/**
 * plt_deflate:
 * @bytes: what to compress; at most some kilobytes
 *
 * Returns: (transfer full): a zlib stream of the best compression
 */
GBytes *
plt_deflate (GBytes *bytes)
{
  return compress_bytes (bytes, BEST_COMPRESSION);
}

/**
 * plt_deflate_soon:
 * @bytes: what is mostly pictures and signatures, which do not shrink however long one tries
 *
 * Returns: (transfer full): a zlib stream, a few bytes longer than it might be
 */
GBytes *
plt_deflate_soon (GBytes *bytes)
{
  return compress_bytes (bytes, FASTEST_COMPRESSION);
}

/**
 * plt_deflate_is_stored:
 * @stream: a zlib stream of plt_deflate()
 *
 * Some readers in the field cannot expand a stored block (RFC 1951, 3.2.4), which zlib chooses for
 * data that does not shrink.
 *
 * Returns: whether its first block is one
 */
gboolean
plt_deflate_is_stored (GBytes *stream)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (stream, &length);

  return length > 2 && (data[2] >> 1 & 3) == 0;
}

/**
 * plt_inflate:
 * @stream: a zlib stream that someone else wrote
 * @limit: bytes that it may expand to
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
plt_inflate (GBytes  *stream,
             gsize    limit,
             GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor =
    g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  GBytes *bytes = NULL;

  if (g_bytes_get_size (stream) > 0)
    bytes = convert (G_CONVERTER (decompressor), stream, limit, NULL);
  if (bytes == NULL)
    g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                         _("The scanned code cannot be unpacked, so it is not the code of a "
                           "licence. Scan the code again."));

  return bytes;
}
