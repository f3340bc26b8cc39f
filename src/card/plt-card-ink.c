/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the ink of a signature's PNG row by row, into one bit a dot for a card's file and into less dots of
 * grey for its chip, of both together in one go: pictures in colour would only be made to be thrown away. A signature is stored with a
 * palette: then each of its colours is looked at once, and not each dot. */
#include "plt-card-ink.h"

#include "plt-card-mask.h"

#include <png.h>
#include <string.h>

#define MOST_DOTS (16 * 1000 * 1000)
#define MOST_COLOURS 256
#define SAME 8 /* bytes that are looked at at once */

typedef struct
{
  const guchar *data;
  gsize         left;
  guchar       *row;    /* as libpng gives it */
  guint8       *ink;    /* of each of its dots */
  PltCardMask  *mask;   /* (nullable): what is made of the rows, and in the members that follow */
  int           most;   /* columns of grey; 0: none is made */
  int           part;   /* so many dots by as many become one */
  int           width, height;
  guint32      *sums;   /* of the ink of one row to be, by column */
  guint8       *grey;
} Reader;

struct _PltCardInk
{
  PltCardMask mask;
  int         width, height;
  guint8     *grey;
};

/* How the dots of a row are told. */
typedef struct
{
  int    per_byte; /* so many of a palette; 0: each has bytes of so many channels */
  int    channels;
  guint8 inks[MOST_COLOURS][8]; /* of the dots in a byte */
  gboolean is_nothing; /* whether no ink is what a byte of zero tells */
} Dots;

/* Most of a signature is. */
static gboolean
is_nothing (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, SAME);
  return value == 0;
}

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
take_grey_row (Reader *self,
               int     y,
               int     width,
               int     height)
{
  guint32 dots = (guint32) (self->part * self->part);
  guint8 *out = self->grey + (gsize) (y / self->part) * (gsize) self->width;

  for (int x = 0; x < width; x++)
    {
      if (x + SAME <= width && is_nothing (self->ink + x))
        x += SAME - 1;
      else
        self->sums[x / self->part] += self->ink[x];
    }
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

static guint8
get_ink_of_colour (png_structp png,
                   png_infop   info,
                   int         number)
{
  png_colorp colours = NULL;
  png_bytep opacities = NULL;
  int n_colours = 0, n_opacities = 0;
  guint8 dot[4] = { 0, 0, 0, 255 };

  png_get_PLTE (png, info, &colours, &n_colours);
  png_get_tRNS (png, info, &opacities, &n_opacities, NULL);
  if (number < n_colours)
    memcpy (dot, (const guint8[]) { colours[number].red, colours[number].green, colours[number].blue }, 3);
  if (number < n_opacities)
    dot[3] = opacities[number];

  return plt_card_get_ink (dot, G_N_ELEMENTS (dot));
}

static void
read_palette (png_structp  png,
              png_infop    info,
              Dots        *dots)
{
  int depth = png_get_bit_depth (png, info), n_colours = 1 << depth;
  guint8 inks[MOST_COLOURS];

  dots->per_byte = 8 / depth;
  dots->is_nothing = get_ink_of_colour (png, info, 0) == 0;
  for (int i = 0; i < n_colours; i++)
    inks[i] = get_ink_of_colour (png, info, i);
  for (int byte = 0; byte < MOST_COLOURS; byte++)
    for (int i = 0; i < dots->per_byte; i++)
      dots->inks[byte][i] = inks[byte >> (8 - depth * (i + 1)) & (n_colours - 1)];
}

/* Of a palette as it is, everything else as one to four bytes a dot. */
static void
choose_dots (png_structp  png,
             png_infop    info,
             Dots        *dots)
{
  if (png_get_color_type (png, info) == PNG_COLOR_TYPE_PALETTE)
    {
      read_palette (png, info, dots);
      return;
    }
  png_set_expand (png);
  png_set_strip_16 (png);
  png_read_update_info (png, info);
  dots->channels = png_get_channels (png, info);
}

static void
find_ink (Reader     *self,
          const Dots *dots,
          int         width)
{
  if (dots->per_byte == 0)
    {
      for (int x = 0; x < width; x++)
        self->ink[x] = plt_card_get_ink (self->row + (gsize) x * (gsize) dots->channels, dots->channels);
      return;
    }
  memset (self->ink, 0, (gsize) width);
  for (int i = 0; i * dots->per_byte < width; i++)
    {
      int x = i * dots->per_byte;

      if (!dots->is_nothing || x + SAME * dots->per_byte > width || !is_nothing (self->row + i))
        memcpy (self->ink + x, dots->inks[self->row[i]], (gsize) MIN (dots->per_byte, width - x));
      else
        i += SAME - 1;
    }
}

/* An interlaced one, which nobody writes today, has its rows several times. */
static gboolean
read_rows (Reader      *reader,
           png_structp  png,
           png_infop    info)
{
  png_uint_32 width = 0, height = 0;
  int interlace = PNG_INTERLACE_NONE;
  Dots dots = { 0 };

  png_set_read_fn (png, reader, read_cb);
  png_read_info (png, info);
  png_get_IHDR (png, info, &width, &height, NULL, NULL, &interlace, NULL, NULL);
  if (interlace != PNG_INTERLACE_NONE || height > MOST_DOTS / width)
    return FALSE;
  choose_dots (png, info, &dots);
  reader->row = g_malloc (png_get_rowbytes (png, info));
  reader->ink = g_malloc (width);
  if (reader->mask != NULL)
    plt_card_mask_init (reader->mask, (int) width, (int) height);
  if (reader->most > 0)
    begin_grey (reader, (int) width, (int) height);
  for (png_uint_32 y = 0; y < height; y++)
    {
      png_read_row (png, reader->row, NULL);
      find_ink (reader, &dots, (int) width);
      if (reader->mask != NULL)
        plt_card_mask_take_ink (reader->mask, (int) y, reader->ink);
      if (reader->most > 0)
        take_grey_row (reader, (int) y, (int) width, (int) height);
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
  g_clear_pointer (&reader->row, g_free);
  g_clear_pointer (&reader->ink, g_free);
  g_clear_pointer (&reader->sums, g_free);
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
  g_free (reader.grey);
  return jpeg != NULL ? jpeg : plt_portrait_fit_soon (signature, budget, error);
}

/**
 * plt_card_ink_new:
 * @png: a signature
 * @most_columns: of the grey picture for a chip
 *
 * For whoever needs both, and would read the file twice.
 *
 * Returns: (transfer full) (nullable): its ink; %NULL for what is no plain, whole PNG
 */
PltCardInk *
plt_card_ink_new (GBytes *png,
                  int     most_columns)
{
  g_autoptr (PltCardInk) self = g_new0 (PltCardInk, 1);
  Reader reader = { .mask = &self->mask, .most = most_columns };
  gboolean ok;

  g_return_val_if_fail (png != NULL && most_columns > 0, NULL);

  ok = read_png (&reader, png);
  self->width = reader.width;
  self->height = reader.height;
  self->grey = reader.grey;
  return ok ? g_steal_pointer (&self) : NULL;
}

void
plt_card_ink_free (PltCardInk *self)
{
  plt_card_mask_clear (&self->mask);
  g_free (self->grey);
  g_free (self);
}

const PltCardMask *
plt_card_ink_get_mask (PltCardInk *self)
{
  return &self->mask;
}

/**
 * plt_card_ink_fit:
 * @self: made with the columns of @budget
 * @budget: of the chip
 *
 * Returns: (transfer full) (nullable): as plt_signature_fit_soon(); %NULL where that does not fit
 */
GBytes *
plt_card_ink_fit (PltCardInk              *self,
                  const PltPortraitBudget *budget)
{
  return plt_picture_fit_jpeg_soon (self->grey, self->width, self->height, 1, budget);
}
