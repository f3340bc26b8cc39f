/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mask of one bit a dot, painted in one colour. Into a file it goes as an image of our own: cairo
 * would turn and copy it several times. */
#include "plt-card-mask.h"

#include <string.h>
#include <zlib.h>

#define LEVEL 3  /* of compression: more makes modules hardly smaller */
#define DARK 128 /* of 255: from here on a dot is ink */

/* None of its bits is set. */
void
plt_card_mask_init (PltCardMask *self,
                    int          width,
                    int          height)
{
  self->width = width;
  self->height = height;
  self->stride = ((gsize) width + 7) / 8;
  self->bits = g_malloc0 (self->stride * (gsize) height);
}

void
plt_card_mask_clear (PltCardMask *self)
{
  g_clear_pointer (&self->bits, g_free);
}

void
plt_card_mask_set (PltCardMask *self,
                   int          x,
                   int          y)
{
  self->bits[(gsize) y * self->stride + (gsize) x / 8] |= (guint8) (0x80u >> (x % 8));
}

/* How much ink a dot is, of 255: as dark as its colour, as much as it covers. @channels: grey or
 * colour, without and with alpha. */
guint8
plt_card_get_ink (const guint8 *p,
                  int           channels)
{
  int grey = channels > 2 ? (p[0] * 77 + p[1] * 150 + p[2] * 29) / 256 : p[0];
  int dark = 255 - grey;

  return (guint8) (channels % 2 == 0 ? dark * p[channels - 1] / 255 : dark);
}

/* Up to eight dots: most of a signature is nothing at all. */
static guint8
pack_dots (const guint8 *ink,
           int           n)
{
  static const guint8 nothing[8] = { 0 };
  guint8 byte = 0;

  if (n == 8 && memcmp (ink, nothing, 8) == 0)
    return 0;
  for (int i = 0; i < n; i++)
    if (ink[i] >= DARK)
      byte |= (guint8) (0x80u >> i);
  return byte;
}

/* Sets what is ink in line @y: @ink is that of each dot, of 255. */
void
plt_card_mask_take_ink (PltCardMask  *self,
                        int           y,
                        const guint8 *ink)
{
  guint8 *bits = self->bits + (gsize) y * self->stride;

  for (int x = 0; x < self->width; x += 8)
    *bits++ = pack_dots (ink + x, MIN (8, self->width - x));
}

static guint8
reverse (guint8 byte)
{
  byte = (guint8) ((byte & 0xf0) >> 4 | (byte & 0x0f) << 4);
  byte = (guint8) ((byte & 0xcc) >> 2 | (byte & 0x33) << 2);
  return (guint8) ((byte & 0xaa) >> 1 | (byte & 0x55) << 1);
}

/* (transfer full): for cairo, whose order of bits is the machine's. */
cairo_surface_t *
plt_card_mask_make_surface (const PltCardMask *self)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A1, self->width, self->height);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < self->height; y++)
    for (gsize i = 0; i < self->stride; i++)
      {
        guint8 byte = self->bits[(gsize) y * self->stride + i];

        data[(gsize) y * (gsize) stride + i] = G_BYTE_ORDER == G_LITTLE_ENDIAN ? reverse (byte) : byte;
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* The object of an image whose set bits are painted (ISO 32000-1, 8.9.6.2). */
static GBytes *
make_image (const PltCardMask *self)
{
  uLong length = self->stride * (gsize) self->height;
  uLongf room = compressBound (length);
  g_autofree guint8 *packed = g_malloc (room);
  GString *object = g_string_sized_new (room + 256);

  if (compress2 (packed, &room, self->bits, length, LEVEL) != Z_OK)
    g_assert_not_reached ();
  g_string_append_printf (object,
                          "<< /Length %lu\n   /Type /XObject\n   /Subtype /Image\n   /Width %d\n"
                          "   /Height %d\n   /ImageMask true\n   /BitsPerComponent 1\n"
                          "   /Decode [ 1 0 ]\n   /Filter /FlateDecode\n>>\nstream\n",
                          room, self->width, self->height);
  g_string_append_len (object, (const char *) packed, (gssize) room);
  g_string_append (object, "\nendstream\n");
  return g_string_free_to_bytes (object);
}

static void
use_in_file (const PltCardMask *self,
             PltCardPdf        *pdf,
             cairo_t           *cr,
             const PltColour   *colour)
{
  g_autoptr (GBytes) image = make_image (self);
  g_autoptr (GBytes) form = NULL;
  char red[G_ASCII_DTOSTR_BUF_SIZE], green[G_ASCII_DTOSTR_BUF_SIZE], blue[G_ASCII_DTOSTR_BUF_SIZE];
  char content[4 * G_ASCII_DTOSTR_BUF_SIZE];
  char members[64];

  g_snprintf (content, sizeof content, "%s %s %s rg /m Do",
              g_ascii_formatd (red, sizeof red, "%.6f", colour->red),
              g_ascii_formatd (green, sizeof green, "%.6f", colour->green),
              g_ascii_formatd (blue, sizeof blue, "%.6f", colour->blue));
  g_snprintf (members, sizeof members, "   /Resources << /XObject << /m %u 0 R >> >>\n",
              plt_card_pdf_add (pdf, image));
  form = plt_card_pdf_make_form (content, members, FALSE);
  plt_card_pdf_use (pdf, cr, form, colour->alpha);
}

/* Fills the unit square of the drawing, upright, with @colour where the bits are set. */
void
plt_card_mask_use (const PltCardMask *self,
                   PltCardDrawing    *drawing,
                   const PltColour   *colour)
{
  cairo_surface_t *surface;
  cairo_pattern_t *pattern;

  if (drawing->pdf != NULL && colour->alpha >= 1)
    {
      use_in_file (self, drawing->pdf, drawing->cr, colour);
      return;
    }
  surface = plt_card_mask_make_surface (self);
  pattern = cairo_pattern_create_for_surface (surface);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_save (drawing->cr);
  plt_card_set_colour (drawing->cr, colour);
  cairo_scale (drawing->cr, 1.0 / self->width, 1.0 / self->height);
  cairo_mask (drawing->cr, pattern);
  cairo_restore (drawing->cr);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (surface);
}
