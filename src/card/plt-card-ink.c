/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the ink of a signature's PNG row by row into one bit a dot: a file needs no more of it, and
 * pictures in colour would only be made to be thrown away. */
#include "plt-card-mask.h"

#include <png.h>
#include <string.h>

#define MOST_DOTS (16 * 1000 * 1000)

typedef struct
{
  const guchar *data;
  gsize         left;
  guchar       *row;
  PltCardMask  *mask;
} Reader;

static void
read_cb (png_structp png,
         png_bytep   to,
         png_size_t  length)
{
  Reader *reader = png_get_io_ptr (png);

  if (length > reader->left)
    png_error (png, "the file ends too early");
  memcpy (to, reader->data, length);
  reader->data += length;
  reader->left -= length;
}

static void
failed_cb (png_structp      png,
           png_const_charp  message)
{
  g_debug ("signature: %s", message);
  png_longjmp (png, 1);
}

static void
warned_cb (png_structp      png,
           png_const_charp  message)
{
  g_debug ("signature: %s", message);
}

/* An interlaced one, which nobody writes today, has its rows several times. */
static gboolean
read_rows (Reader      *reader,
           png_structp  png,
           png_infop    info)
{
  png_uint_32 width = 0, height = 0;
  int interlace = PNG_INTERLACE_NONE;

  png_set_read_fn (png, reader, read_cb);
  png_read_info (png, info);
  png_get_IHDR (png, info, &width, &height, NULL, NULL, &interlace, NULL, NULL);
  if (interlace != PNG_INTERLACE_NONE || height > MOST_DOTS / width)
    return FALSE;
  png_set_expand (png);
  png_set_strip_16 (png);
  png_read_update_info (png, info);
  reader->row = g_malloc (png_get_rowbytes (png, info));
  plt_card_mask_init (reader->mask, (int) width, (int) height);
  for (png_uint_32 y = 0; y < height; y++)
    {
      png_read_row (png, reader->row, NULL);
      plt_card_mask_take_row (reader->mask, (int) y, reader->row, png_get_channels (png, info));
    }
  png_read_end (png, NULL);
  return TRUE;
}

/* libpng comes back here when it gives up. */
static gboolean
try_rows (Reader      *reader,
          png_structp  png,
          png_infop    info)
{
  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;
  return read_rows (reader, png, info);
}

/* @mask: to be cleared by the caller in any case
 *
 * Returns: FALSE for what is no plain, whole PNG; another reader must then say what it is */
gboolean
plt_card_read_ink (GBytes      *png,
                   PltCardMask *mask)
{
  Reader reader = { .mask = mask };
  png_structp read = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, failed_cb, warned_cb);
  png_infop info = png_create_info_struct (read);
  gboolean ok;

  reader.data = g_bytes_get_data (png, &reader.left);
  ok = try_rows (&reader, read, info);
  png_destroy_read_struct (&read, &info, NULL);
  g_free (reader.row);
  return ok;
}
