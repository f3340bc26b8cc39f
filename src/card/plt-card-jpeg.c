/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JPEG portrait in the file of a card: its bytes stand there once, as they are, and both the
 * portrait and its ghost show them. Nothing is decoded. */
#include "plt-card-drawing.h"

#include <string.h>

#define MOST_COLUMNS 2400 /* more is resampled: no printer shows it */

/* Width, height and components of a baseline or progressive JPEG; FALSE for anything else. */
gboolean
plt_card_read_jpeg_head (GBytes *bytes,
                         int    *width,
                         int    *height,
                         int    *components)
{
  gsize size = 0;
  const guchar *data = g_bytes_get_data (bytes, &size);

  if (size < 4 || data[0] != 0xff || data[1] != 0xd8)
    return FALSE;
  for (gsize at = 2; at + 9 < size && data[at] == 0xff;)
    {
      guint marker = data[at + 1];

      if (marker == 0xc0 || marker == 0xc1 || marker == 0xc2)
        {
          *height = data[at + 5] << 8 | data[at + 6];
          *width = data[at + 7] << 8 | data[at + 8];
          *components = data[at + 9];
          return *width > 0 && *height > 0;
        }
      at += 2 + (data[at + 2] << 8 | data[at + 3]);
    }
  return FALSE;
}

/* What is cut short is left to the decoder, which says so. */
static gboolean
has_end (GBytes *bytes)
{
  gsize size = 0;
  const guchar *data = g_bytes_get_data (bytes, &size);

  return size > 2 && data[size - 2] == 0xff && data[size - 1] == 0xd9;
}

static guint
add_jpeg (PltCardPdf *pdf,
          GBytes     *bytes,
          int         width,
          int         height,
          int         components)
{
  g_autoptr (GString) object = NULL;
  g_autoptr (GBytes) whole = NULL;
  gsize size = g_bytes_get_size (bytes);
  guint number = plt_card_pdf_find (pdf, bytes);

  if (number != 0)
    return number;
  object = g_string_sized_new (size + 256);
  g_string_append_printf (object, "<< /Length %" G_GSIZE_FORMAT "\n   /Type /XObject\n"
                          "   /Subtype /Image\n   /Width %d\n   /Height %d\n"
                          "   /ColorSpace /Device%s\n   /BitsPerComponent 8\n"
                          "   /Filter /DCTDecode\n>>\nstream\n",
                          size, width, height, components == 1 ? "Gray" : "RGB");
  g_string_append_len (object, g_bytes_get_data (bytes, NULL), (gssize) size);
  g_string_append (object, "\nendstream\n");
  whole = g_string_free_to_bytes (g_steal_pointer (&object));
  number = plt_card_pdf_add (pdf, whole);
  plt_card_pdf_remember (pdf, bytes, number);
  return number;
}

/* The picture over the unit square, as large as it must be to cover a box of @ratio (width by
 * height); what is too much on two sides is cut off by the form's box. */
static char *
make_cover (int    width,
            int    height,
            double ratio)
{
  double own = (double) width / height;
  double x = MAX (own / ratio, 1), y = MAX (ratio / own, 1);
  char a[G_ASCII_DTOSTR_BUF_SIZE], d[G_ASCII_DTOSTR_BUF_SIZE];
  char e[G_ASCII_DTOSTR_BUF_SIZE], f[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup_printf ("q %s 0 0 %s %s %s cm /p Do Q", g_ascii_formatd (a, sizeof a, "%.6f", x),
                          g_ascii_formatd (d, sizeof d, "%.6f", y),
                          g_ascii_formatd (e, sizeof e, "%.6f", (1 - x) / 2),
                          g_ascii_formatd (f, sizeof f, "%.6f", (1 - y) / 2));
}

/* A ghost is the portrait in one tint: black becomes the tint, white stays white. The brightness of
 * the picture is a soft mask (ISO 32000-1, 11.5.3) through which white is laid on the tint. */
static GBytes *
make_ghost (PltCardPdf      *pdf,
            const PltColour *tint,
            const char      *cover,
            guint            jpeg)
{
  g_autofree char *mask_members =
    g_strdup_printf ("   /Group << /Type /Group /S /Transparency /I true /CS /DeviceGray >>\n"
                     "   /Resources << /XObject << /p %u 0 R >> >>\n", jpeg);
  g_autoptr (GBytes) mask = plt_card_pdf_make_form (cover, mask_members, TRUE);
  g_autofree char *members =
    g_strdup_printf ("   /Group << /Type /Group /S /Transparency /I true /CS /DeviceRGB >>\n"
                     "   /Resources << /ExtGState << /m << /Type /ExtGState\n"
                     "      /SMask << /Type /Mask /S /Luminosity /G %u 0 R >> >> >> >>\n",
                     plt_card_pdf_add (pdf, mask));
  char red[G_ASCII_DTOSTR_BUF_SIZE], green[G_ASCII_DTOSTR_BUF_SIZE], blue[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *content =
    g_strdup_printf ("q %s %s %s rg 0 0 1 1 re f Q q /m gs 1 1 1 rg 0 0 1 1 re f Q",
                     g_ascii_formatd (red, sizeof red, "%.6f", tint->red),
                     g_ascii_formatd (green, sizeof green, "%.6f", tint->green),
                     g_ascii_formatd (blue, sizeof blue, "%.6f", tint->blue));

  return plt_card_pdf_make_form (content, members, TRUE);
}

/* What does not fit the element's box is cut off on two sides.
 *
 * Returns: whether the portrait is a JPEG that a PDF can hold as it is, and was drawn */
gboolean
plt_card_draw_jpeg (PltCardDrawing    *self,
                    const PltElement  *element,
                    GBytes            *bytes)
{
  g_autofree char *cover = NULL;
  g_autofree char *members = NULL;
  g_autoptr (GBytes) form = NULL;
  int width, height, components;
  guint jpeg;

  if (self->pdf == NULL || !plt_card_read_jpeg_head (bytes, &width, &height, &components)
      || (components != 1 && components != 3) || width > MOST_COLUMNS || !has_end (bytes))
    return FALSE;
  jpeg = add_jpeg (self->pdf, bytes, width, height, components);
  cover = make_cover (width, height, element->width / element->height);
  members = g_strdup_printf ("   /Resources << /XObject << /p %u 0 R >> >>\n", jpeg);
  form = element->opacity < 1 ? make_ghost (self->pdf, &element->colour, cover, jpeg)
                              : plt_card_pdf_make_form (cover, members, TRUE);
  cairo_save (self->cr);
  cairo_translate (self->cr, element->x, element->y);
  cairo_scale (self->cr, element->width, element->height);
  plt_card_pdf_use (self->pdf, self->cr, form, element->opacity);
  cairo_restore (self->cr);
  return TRUE;
}
