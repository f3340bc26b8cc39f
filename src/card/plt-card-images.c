/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portrait, ghost portrait and signature. A picture is resampled once, to the dots of the device,
 * and painted without interpolation; a JPEG portrait goes into a PDF as it is. */
#include "plt-card-mask.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MM_PER_INCH 25.4
#define VECTOR_DPI 600 /* of pictures that must be resampled for a PDF */

typedef struct
{
  double x, y, width, height; /* mm */
} Box;

/* Where the device's dots are known the edges stand on them. */
static Box
snap_box (PltCardDrawing *self,
          Box             box)
{
  double x0 = box.x, y0 = box.y, x1 = box.x + box.width, y1 = box.y + box.height;

  if (self->dpi <= 0)
    return box;
  cairo_user_to_device (self->cr, &x0, &y0);
  cairo_user_to_device (self->cr, &x1, &y1);
  x0 = round (x0);
  y0 = round (y0);
  x1 = MAX (round (x1), x0 + 1);
  y1 = MAX (round (y1), y0 + 1);
  cairo_device_to_user (self->cr, &x0, &y0);
  cairo_device_to_user (self->cr, &x1, &y1);
  return (Box) { x0, y0, x1 - x0, y1 - y0 };
}

static void
get_dots (PltCardDrawing *self,
          const Box      *box,
          int            *width,
          int            *height)
{
  double w = box->width, h = box->height;

  if (self->dpi > 0)
    {
      cairo_user_to_device_distance (self->cr, &w, &h);
    }
  else
    {
      w *= VECTOR_DPI / MM_PER_INCH;
      h *= VECTOR_DPI / MM_PER_INCH;
    }
  *width = MAX (1, (int) lround (fabs (w)));
  *height = MAX (1, (int) lround (fabs (h)));
}

/* libjpeg decodes quickly to a half, a quarter or an eighth, so only these are asked for. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  const int *least = user_data;
  int part = 1;

  while (part < 8 && width / (part * 2) >= least[0] && height / (part * 2) >= least[1])
    part *= 2;
  if (part > 1)
    gdk_pixbuf_loader_set_size (loader, (width + part - 1) / part, (height + part - 1) / part);
}

/* JPEG or PNG, by their first bytes: what other kinds the machine could read, and by which settings
 * it would tell them apart, is all one. */
static GdkPixbufLoader *
new_loader (GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return gdk_pixbuf_loader_new_with_type (size > 0 && data[0] == 0x89 ? "png" : "jpeg", NULL);
}

/* Decodes to not less than @least_width × @least_height dots where the picture has them. */
static GdkPixbuf *
decode (GBytes      *bytes,
        const char  *words,
        int          least_width,
        int          least_height,
        GError     **error)
{
  g_autoptr (GdkPixbufLoader) loader = new_loader (bytes);
  g_autoptr (GError) local_error = NULL;
  const int least[2] = { least_width, least_height };
  GdkPixbuf *pixbuf = NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), (gpointer) least);
  if (gdk_pixbuf_loader_write_bytes (loader, bytes, &local_error))
    {
      if (gdk_pixbuf_loader_close (loader, &local_error))
        pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
    }
  else
    {
      gdk_pixbuf_loader_close (loader, NULL);
    }
  if (pixbuf != NULL)
    return g_object_ref (pixbuf);
  g_debug ("picture: %s", local_error != NULL ? local_error->message : "empty");
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               /* Translators: %s is “portrait” or “signature”. */
               _("The card was not drawn because the %s is damaged. Take it again."), words);
  return NULL;
}

/* The part of the picture that has the proportions of the box, about the centre, in @width ×
 * @height dots. */
static GdkPixbuf *
cover (GdkPixbuf *pixbuf,
       int        width,
       int        height)
{
  int w = gdk_pixbuf_get_width (pixbuf), h = gdk_pixbuf_get_height (pixbuf);
  double scale = MAX ((double) width / w, (double) height / h);
  GdkPixbuf *result = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (result, 0xffffffff);
  gdk_pixbuf_composite (pixbuf, result, 0, 0, width, height, (width - w * scale) / 2,
                        (height - h * scale) / 2, scale, scale, GDK_INTERP_BILINEAR, 255);
  return result;
}

static cairo_surface_t *
to_rgb_surface (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guchar *data = cairo_image_surface_get_data (surface);
  int out_stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guchar *p = pixels + y * stride + x * channels;
        guint32 pixel = (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];

        memcpy (data + y * out_stride + x * 4, &pixel, sizeof pixel);
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* A ghost is the portrait in one tint: black becomes @tint, white stays white. 256 × red, green,
 * blue, by the brightness of the portrait. */
static void
make_palette (const PltColour *tint,
              guint8          *palette)
{
  for (int i = 0; i < 256; i++)
    {
      double grey = i / 255.0;

      palette[i * 3] = (guint8) lround (255 * (tint->red + (1 - tint->red) * grey));
      palette[i * 3 + 1] = (guint8) lround (255 * (tint->green + (1 - tint->green) * grey));
      palette[i * 3 + 2] = (guint8) lround (255 * (tint->blue + (1 - tint->blue) * grey));
    }
}

/* (transfer full): one byte a dot. */
static guint8 *
make_shades (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *shades = g_malloc ((gsize) width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guchar *p = pixels + y * stride + x * channels;

        shades[y * width + x] = (guint8) ((p[0] * 299 + p[1] * 587 + p[2] * 114 + 500) / 1000);
      }
  return shades;
}

static cairo_surface_t *
to_tinted_surface (const guint8 *shades,
                   int           width,
                   int           height,
                   const guint8 *palette)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = palette + 3 * shades[y * width + x];
        guint32 pixel = (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];

        memcpy (data + y * stride + x * 4, &pixel, sizeof pixel);
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* Paints @surface so that it fills @box; a ghost multiplies into the artwork by its opacity. */
static void
paint_surface (PltCardDrawing  *self,
               cairo_surface_t *surface,
               const Box       *box,
               double           opacity)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);

  cairo_save (self->cr);
  cairo_translate (self->cr, box->x, box->y);
  cairo_scale (self->cr, box->width / width, box->height / height);
  cairo_set_source_surface (self->cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (self->cr), CAIRO_FILTER_NEAREST);
  if (opacity < 1)
    {
      cairo_paint_with_alpha (self->cr, opacity);
    }
  else
    {
      cairo_rectangle (self->cr, 0, 0, width, height);
      cairo_fill (self->cr);
    }
  cairo_restore (self->cr);
}

/* A JPEG of the right proportions goes into a PDF untouched: it is neither decoded nor coded
 * again, only its size must be told. */
static gboolean
try_pass_jpeg (PltCardDrawing *self,
               GBytes         *bytes,
               const Box      *box)
{
  int width, height, components;
  gsize size = 0;
  const guchar *data;
  cairo_surface_t *surface;

  if (self->dpi > 0 || !plt_card_read_jpeg_head (bytes, &width, &height, &components)
      || (components != 1 && components != 3)
      || width > 2400 || fabs ((double) width / height - box->width / box->height) > 0.01)
    return FALSE;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  data = g_bytes_get_data (bytes, &size);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, size,
                               (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (bytes));
  paint_surface (self, surface, box, 1);
  cairo_surface_destroy (surface);
  return TRUE;
}

static void
draw_frame (PltCardDrawing   *self,
            const PltElement *element)
{
  if (element->line_width <= 0)
    return;
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &element->colour);
  cairo_set_line_width (self->cr, element->line_width);
  cairo_rectangle (self->cr, element->x, element->y, element->width, element->height);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

static void
draw_ghost (PltCardDrawing   *self,
            const PltElement *element,
            GdkPixbuf        *pixbuf,
            const Box        *box)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autofree guint8 *shades = make_shades (pixbuf);
  guint8 palette[256 * 3];
  cairo_surface_t *surface;

  make_palette (&element->colour, palette);
  surface = to_tinted_surface (shades, width, height, palette);
  paint_surface (self, surface, box, element->opacity);
  cairo_surface_destroy (surface);
}

gboolean
plt_card_draw_portrait (PltCardDrawing    *self,
                        const PltElement  *element,
                        GError           **error)
{
  GBytes *bytes = plt_card_inputs_get_portrait (self->inputs);
  Box box = snap_box (self, (Box) { element->x, element->y, element->width, element->height });
  g_autoptr (GdkPixbuf) pixbuf = NULL, fitted = NULL;
  cairo_surface_t *surface;
  int width, height;

  if (bytes == NULL && element->required)
    {
      g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING,
                           _("The card was not drawn because the portrait (6) is missing. Take it "
                             "or load it in the application."));
      return FALSE;
    }
  if (bytes == NULL)
    return plt_card_draw_nothing (self);
  if (plt_card_draw_jpeg (self, element, bytes)
      || (self->pdf == NULL && element->opacity >= 1 && try_pass_jpeg (self, bytes, &box)))
    {
      draw_frame (self, element);
      return TRUE;
    }
  get_dots (self, &box, &width, &height);
  if (element->opacity < 1 && self->dpi <= 0)
    {
      width /= 2;
      height /= 2;
    }
  pixbuf = decode (bytes, _("portrait"), width, height, error);
  if (pixbuf == NULL)
    return FALSE;
  fitted = cover (pixbuf, width, height);
  if (element->opacity < 1)
    {
      draw_ghost (self, element, fitted, &box);
    }
  else
    {
      surface = to_rgb_surface (fitted);
      paint_surface (self, surface, &box, 1);
      cairo_surface_destroy (surface);
    }
  draw_frame (self, element);
  return TRUE;
}

static void
read_ink_row (GdkPixbuf *pixbuf,
              int        y,
              guint8    *ink)
{
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  const guchar *row = gdk_pixbuf_read_pixels (pixbuf)
                      + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

  for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
    ink[x] = plt_card_get_ink (row + x * channels, channels);
}

/* Ink as an alpha mask: opaque where the picture is dark and not transparent. */
static cairo_surface_t *
to_ink_surface (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  guchar *data = cairo_image_surface_get_data (surface);

  for (int y = 0; y < height; y++)
    read_ink_row (pixbuf, y, data + (gsize) y * (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* For a file: as the black panel of a card printer has it. */
static void
to_ink_mask (GdkPixbuf   *pixbuf,
             PltCardMask *mask)
{
  g_autofree guint8 *ink = g_malloc ((gsize) gdk_pixbuf_get_width (pixbuf));

  plt_card_mask_init (mask, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  for (int y = 0; y < mask->height; y++)
    {
      read_ink_row (pixbuf, y, ink);
      plt_card_mask_take_ink (mask, y, ink);
    }
}

static gboolean
draw_unable_to_sign (PltCardDrawing    *self,
                     const PltElement  *element,
                     GError           **error)
{
  PltCardText text = {
    .text = element->text,
    .font = element->font,
    .words = _("signature (7)"),
    .x = element->x,
    .y = element->y + element->height / 2,
    .width = element->width,
    .size = element->size,
    .min_size = element->size * 0.6,
    .align = PLT_ALIGN_CENTRE,
    .colour = element->colour,
  };

  return plt_card_draw_text (self, &text, error);
}

/* As large as the element has room for in the picture's proportions, in its middle. */
static Box
place_signature (PltCardDrawing   *self,
                 const PltElement *element,
                 int               width,
                 int               height)
{
  double scale = MIN (element->width / width, element->height / height);
  Box box = { .width = width * scale, .height = height * scale };

  box.x = element->x + (element->width - box.width) / 2;
  box.y = element->y + (element->height - box.height) / 2;
  return snap_box (self, box);
}

/* A file may have finer dots than its printer: scaling a line takes longer than the rest of it. */
static gboolean
can_keep_dots (PltCardDrawing *self,
               const Box      *box,
               int             picture_width)
{
  int width, height;

  get_dots (self, box, &width, &height);
  return self->dpi <= 0 && width * 2 >= picture_width;
}

static void
paint_mask (PltCardDrawing    *self,
            const PltElement  *element,
            const Box         *box,
            const PltCardMask *mask)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, box->x, box->y);
  cairo_scale (self->cr, box->width, box->height);
  plt_card_mask_use (mask, self, &element->colour);
  cairo_restore (self->cr);
}

/* Returns: whether the signature is a PNG whose dots can stand in the file, and was drawn */
static gboolean
draw_signature_as_it_is (PltCardDrawing   *self,
                         const PltElement *element,
                         GBytes           *bytes)
{
  PltCardInk *ink = plt_card_inputs_get_ink (self->inputs);
  g_auto (PltCardMask) read = { 0 };
  const PltCardMask *mask = ink != NULL ? plt_card_ink_get_mask (ink) : &read;
  Box box;

  if (self->dpi > 0 || (ink == NULL && !plt_card_read_ink (bytes, &read)))
    return FALSE;
  box = place_signature (self, element, mask->width, mask->height);
  if (!can_keep_dots (self, &box, mask->width))
    return FALSE;
  paint_mask (self, element, &box, mask);
  return TRUE;
}

static void
paint_ink (PltCardDrawing   *self,
           const PltElement *element,
           const Box        *box,
           GdkPixbuf        *pixbuf)
{
  cairo_surface_t *ink = to_ink_surface (pixbuf);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (ink);

  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &element->colour);
  cairo_translate (self->cr, box->x, box->y);
  cairo_scale (self->cr, box->width / cairo_image_surface_get_width (ink),
               box->height / cairo_image_surface_get_height (ink));
  cairo_mask (self->cr, pattern);
  cairo_restore (self->cr);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (ink);
}

/* Any kind of picture, at the dots of the device. */
static gboolean
draw_signature_scaled (PltCardDrawing    *self,
                       const PltElement  *element,
                       GBytes            *bytes,
                       GError           **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL, scaled = NULL;
  g_auto (PltCardMask) mask = { 0 };
  Box box = { element->x, element->y, element->width, element->height };
  int width, height;

  get_dots (self, &box, &width, &height);
  pixbuf = decode (bytes, _("signature"), width, height, error);
  if (pixbuf == NULL)
    return FALSE;
  box = place_signature (self, element, gdk_pixbuf_get_width (pixbuf),
                         gdk_pixbuf_get_height (pixbuf));
  get_dots (self, &box, &width, &height);
  scaled = can_keep_dots (self, &box, gdk_pixbuf_get_width (pixbuf))
           ? g_object_ref (pixbuf)
           : gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_BILINEAR);
  if (self->dpi > 0)
    {
      paint_ink (self, element, &box, scaled);
      return TRUE;
    }
  to_ink_mask (scaled, &mask);
  paint_mask (self, element, &box, &mask);
  return TRUE;
}

gboolean
plt_card_draw_signature (PltCardDrawing    *self,
                         const PltElement  *element,
                         GError           **error)
{
  GBytes *bytes = plt_card_inputs_get_signature (self->inputs);

  if (bytes == NULL && element->required)
    {
      g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING,
                           _("The card was not drawn because the signature (7) is missing. Take "
                             "it or load it in the application."));
      return FALSE;
    }
  if (bytes == NULL)
    return element->text == NULL || element->font == NULL
           ? plt_card_draw_nothing (self) : draw_unable_to_sign (self, element, error);
  return draw_signature_as_it_is (self, element, bytes)
         || draw_signature_scaled (self, element, bytes, error);
}
