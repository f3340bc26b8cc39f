/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program must do that puts the content of utopia-eu into a PDF with cairo and nothing else:
 * a background prepared once, the holder's JPEG as it is and once more as a ghost, the signature from
 * its PNG, the texts in the same fonts and sizes, a row for each category, and a mask with as many
 * modules as the QR code has. Nothing is measured, fitted, encoded or checked. */
#include "bare-card.h"

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define WIDTH 242.645669
#define HEIGHT 153.014173
#define GROUND_WIDTH 1011
#define GROUND_HEIGHT 638
#define QR_MODULES 73

struct _BareCard
{
  cairo_font_face_t *text, *bold, *ocr;
  cairo_surface_t   *ground;
};

/* A line of the front: where it stands, its size, and what it shows. */
typedef struct
{
  double      x, y, size;
  gboolean    is_bold;
  const char *value;
} Line;

static const Line lines[] = {
  { 99, 45, 8.6, TRUE, "family_name" },       { 99, 55, 7.6, FALSE, "given_names" },
  { 99, 73, 7, FALSE, "birth_date" },         { 140, 73, 7, FALSE, "birth_place" },
  { 99, 83, 7, TRUE, "issue_date" },          { 154, 83, 6.2, FALSE, "authority" },
  { 99, 93, 7, TRUE, "expiry_date" },         { 154, 93, 6.2, FALSE, "administrative_number" },
  { 99, 103, 8, TRUE, "licence_number" },     { 99, 114, 5.6, FALSE, "address" },
};

/* (transfer full): cairo never looks at its dots, which are the JPEG's. */
static cairo_surface_t *
wrap_jpeg (GBytes *jpeg,
           int     columns,
           int     rows)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  gsize size = 0;
  const guchar *data = g_bytes_get_data (jpeg, &size);

  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, size,
                               (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (jpeg));
  return surface;
}

static cairo_surface_t *
make_ground (void)
{
  g_autoptr (GBytes) jpeg = NULL;
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, GROUND_WIDTH, GROUND_HEIGHT);
  char *buffer = NULL;
  gsize size = 0;

  gdk_pixbuf_fill (pixbuf, 0xf7e4eeff);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", NULL, NULL))
    g_assert_not_reached ();
  jpeg = g_bytes_new_take (buffer, size);
  return wrap_jpeg (jpeg, GROUND_WIDTH, GROUND_HEIGHT);
}

BareCard *
bare_card_new (void)
{
  BareCard *self = g_new0 (BareCard, 1);

  self->text = cairo_toy_font_face_create ("Noto Sans", CAIRO_FONT_SLANT_NORMAL,
                                           CAIRO_FONT_WEIGHT_NORMAL);
  self->bold = cairo_toy_font_face_create ("Noto Sans", CAIRO_FONT_SLANT_NORMAL,
                                           CAIRO_FONT_WEIGHT_BOLD);
  self->ocr = cairo_toy_font_face_create ("Noto Sans Mono", CAIRO_FONT_SLANT_NORMAL,
                                          CAIRO_FONT_WEIGHT_NORMAL);
  self->ground = make_ground ();
  return self;
}

void
bare_card_free (BareCard *self)
{
  cairo_font_face_destroy (self->text);
  cairo_font_face_destroy (self->bold);
  cairo_font_face_destroy (self->ocr);
  cairo_surface_destroy (self->ground);
  g_free (self);
}

static void
show (cairo_t           *cr,
      cairo_font_face_t *face,
      double             size,
      double             x,
      double             y,
      const char        *text)
{
  cairo_set_font_face (cr, face);
  cairo_set_font_size (cr, size);
  cairo_move_to (cr, x, y);
  cairo_show_text (cr, text);
}

static void
paint_jpeg (cairo_t         *cr,
            cairo_surface_t *surface,
            double           x,
            double           y,
            double           width,
            double           alpha)
{
  double scale = width / cairo_image_surface_get_width (surface);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  if (alpha < 1)
    cairo_paint_with_alpha (cr, alpha);
  else
    cairo_paint (cr);
  cairo_restore (cr);
}

/* Every other module by chance, always the same. */
static void
paint_modules (cairo_t *cr,
               int      modules,
               double   x,
               double   y,
               double   width)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A1, modules, modules);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint32 chance = 1;

  for (int i = 0; i < stride * modules; i++)
    {
      chance = chance * 1664525u + 1013904223u;
      data[i] = (guchar) (chance >> 24);
    }
  cairo_surface_mark_dirty (surface);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, width / modules, width / modules);
  cairo_mask_surface (cr, surface, 0, 0);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

typedef struct
{
  const guchar *data;
  gsize         left;
} Source;

static cairo_status_t
read_cb (void         *closure,
         guchar       *to,
         unsigned int  length)
{
  Source *source = closure;

  if (length > source->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (to, source->data, length);
  source->data += length;
  source->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* (transfer full): one bit a dot: set where @surface is more than half covered. */
static cairo_surface_t *
to_bits (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guchar *from = cairo_image_surface_get_data (surface);
  cairo_surface_t *bits = cairo_image_surface_create (CAIRO_FORMAT_A1, width, height);
  guchar *to = cairo_image_surface_get_data (bits);

  for (int y = 0; y < height; y++, to += cairo_image_surface_get_stride (bits))
    for (int x = 0; x < width; x++)
      if (((const guint32 *) (const void *) (from + y * stride))[x] >> 31 != 0)
        to[x / 8] |= (guchar) (1u << (x % 8));
  cairo_surface_mark_dirty (bits);
  return bits;
}

static void
paint_signature (cairo_t *cr,
                 GBytes  *png)
{
  Source source = { 0 };
  cairo_surface_t *surface, *bits;

  if (png == NULL)
    return;
  source.data = g_bytes_get_data (png, &source.left);
  surface = cairo_image_surface_create_from_png_stream (read_cb, &source);
  g_assert (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS);
  bits = to_bits (surface);
  cairo_save (cr);
  cairo_translate (cr, 169, 100);
  cairo_scale (cr, 62.0 / cairo_image_surface_get_width (surface),
               62.0 / cairo_image_surface_get_width (surface));
  cairo_mask_surface (cr, bits, 0, 0);
  cairo_restore (cr);
  cairo_surface_destroy (bits);
  cairo_surface_destroy (surface);
}

static void
draw_front (BareCard      *self,
            cairo_t       *cr,
            PltCardInputs *inputs)
{
  GBytes *jpeg = plt_card_inputs_get_portrait (inputs);
  const char *mrz = plt_card_inputs_get_mrz (inputs);

  if (jpeg != NULL)
    {
      /* To paint one twice on a page names it twice, which libqpdf does not like. */
      cairo_surface_t *portrait = wrap_jpeg (jpeg, 480, 617);
      cairo_surface_t *ghost = wrap_jpeg (jpeg, 480, 617);

      paint_jpeg (cr, portrait, 11, 37, 68, 1);
      paint_jpeg (cr, ghost, 206, 37, 26, 0.3);
      cairo_surface_destroy (portrait);
      cairo_surface_destroy (ghost);
    }
  cairo_set_source_rgb (cr, 0, 0, 0);
  show (cr, self->bold, 11, 16, 20, "UTO");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const Line *line = &lines[i];
      const char *value = plt_card_inputs_get_value (inputs, line->value);

      show (cr, self->bold, 4.6, 88, line->y, "4a");
      show (cr, line->is_bold ? self->bold : self->text, line->size, line->x, line->y,
            value != NULL ? value : "");
    }
  paint_signature (cr, plt_card_inputs_get_signature (inputs));
  show (cr, self->ocr, 10.2, 13, 141, mrz != NULL ? mrz : "");
}

static void
draw_back (BareCard      *self,
           cairo_t       *cr,
           PltCardInputs *inputs)
{
  GPtrArray *entries = plt_card_inputs_get_categories (inputs);

  cairo_set_source_rgb (cr, 0, 0, 0);
  paint_modules (cr, QR_MODULES, 8, 8, 55);
  for (guint i = 0; i < PLT_N_CATEGORIES; i++)
    {
      const PltCategoryEntry *entry =
        i < entries->len ? g_ptr_array_index (entries, i) : NULL;
      double y = 22 + 7.65 * i;

      show (cr, self->bold, 5.2, 110, y, "BE");
      show (cr, self->text, 5.2, 130, y, entry != NULL ? "20.06.2014" : "–––");
      show (cr, self->text, 5.2, 165, y, entry != NULL ? "28.02.2036" : "–––");
      show (cr, self->text, 5.2, 200, y, entry != NULL ? entry->restrictions : "–––");
    }
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Both sides in one file. */
GBytes *
bare_card_draw (BareCard      *self,
                PltCardInputs *inputs)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, file, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  for (int side = 0; side < 2; side++)
    {
      paint_jpeg (cr, self->ground, 0, 0, WIDTH, 1);
      if (side == 0)
        draw_front (self, cr, inputs);
      else
        draw_back (self, cr, inputs);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}
