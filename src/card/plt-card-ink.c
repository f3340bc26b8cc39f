/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the ink of a signature's PNG row by row, into one bit a dot for a card's file and into less dots of
 * grey for its chip: pictures in colour would only be made to be thrown away. */
#include "plt-card-mask.h"

#include "plt-picture-encode.h"

#include <png.h>
#include <string.h>

#define MOST_DOTS (16 * 1000 * 1000)

typedef struct
{
  const guchar *data;
  gsize         left;
  guchar       *row;
  PltCardMask  *mask;   /* what is made of the rows: this, or the members that follow */
  int           most;   /* columns */
  int           part;   /* so many dots by as many become one */
  int           width, height;
  guint32      *sums;   /* of the ink of one row to be, by column */
  guint8       *grey;
} Reader;

/* Too small a picture stays as it is; what is beyond its edges is white. */
static void
begin_grey (Reader *self,
            int     width,
            int     height)
{
  self->part = (width + self->most - 1) / self->most;
  self->width = (width + self->part - 1) / self->part;
  self->height = (height + self->part - 1) / self->part;
  self->sums = g_new0 (guint32, self->width);
  self->grey = g_malloc ((gsize) self->width * (gsize) self->height);
}

static void
take_grey_row (Reader       *self,
               int           y,
               int           width,
               int           height,
               int           channels)
{
  guint32 dots = (guint32) (self->part * self->part);
  guint8 *out = self->grey + (gsize) (y / self->part) * (gsize) self->width;

  for (int x = 0; x < width; x++)
    self->sums[x / self->part] += plt_card_get_ink (self->row + (gsize) x * (gsize) channels, channels);
  if ((y + 1) % self->part != 0 && y + 1 < height)
    return;
  for (int x = 0; x < self->width; x++)
    out[x] = (guint8) (255 - (self->sums[x] + dots / 2) / dots);
  memset (self->sums, 0, (gsize) self->width * sizeof *self->sums);
}

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
  if (reader->mask != NULL)
    plt_card_mask_init (reader->mask, (int) width, (int) height);
  else
    begin_grey (reader, (int) width, (int) height);
  for (png_uint_32 y = 0; y < height; y++)
    {
      png_read_row (png, reader->row, NULL);
      if (reader->mask != NULL)
        plt_card_mask_take_row (reader->mask, (int) y, reader->row, png_get_channels (png, info));
      else
        take_grey_row (reader, (int) y, (int) width, (int) height, png_get_channels (png, info));
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

static gboolean
read_png (Reader *reader,
          GBytes *bytes)
{
  png_structp png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, failed_cb, warned_cb);
  png_infop info = png_create_info_struct (png);
  gboolean ok;

  reader->data = g_bytes_get_data (bytes, &reader->left);
  ok = try_rows (reader, png, info);
  png_destroy_read_struct (&png, &info, NULL);
  g_free (reader->row);
  return ok;
}

/* @mask: to be cleared by the caller in any case
 *
 * Returns: FALSE for what is no plain, whole PNG; another reader must then say what it is */
gboolean
plt_card_read_ink (GBytes      *png,
                   PltCardMask *mask)
{
  Reader reader = { .mask = mask };

  return read_png (&reader, png);
}

GBytes *
plt_signature_fit_soon (GBytes                   *signature,
                        const PltPortraitBudget  *budget,
                        GError                  **error)
{
  Reader reader = { .most = budget->max_width };
  GBytes *jpeg = NULL;

  g_return_val_if_fail (signature != NULL && budget->max_width > 0, NULL);

  if (read_png (&reader, signature))
    jpeg = plt_picture_fit_jpeg_soon (reader.grey, reader.width, reader.height, 1, budget);
  g_free (reader.sums);
  g_free (reader.grey);
  return jpeg != NULL ? jpeg : plt_portrait_fit_soon (signature, budget, error);
}
