/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card to draw, made from nothing but this program: drawn face, drawn signature, fixed data. */
#include "sample-card.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

static void
put_pixel (GdkPixbuf *pixbuf, int x, int y, guint rgb)
{
  guchar *p = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
              + x * gdk_pixbuf_get_n_channels (pixbuf);

  p[0] = (guchar) (rgb >> 16);
  p[1] = (guchar) (rgb >> 8);
  p[2] = (guchar) rgb;
}

/* A head, hair and shoulders out of ellipses: enough for a picture that is not symmetric. */
static guint
get_face_colour (double u, double v)
{
  double face = (u - 0.5) * (u - 0.5) / 0.048 + (v - 0.46) * (v - 0.46) / 0.052;
  double hair = (u - 0.47) * (u - 0.47) / 0.09 + (v - 0.40) * (v - 0.40) / 0.085;
  double body = (u - 0.5) * (u - 0.5) / 0.2 + (v - 1.0) * (v - 1.0) / 0.05;

  if (face < 1)
    return v > 0.58 && v < 0.6 && face < 0.5 ? 0xa04a48 : 0xe0b090;
  if (hair < 1)
    return 0x302018;
  return body < 1 ? 0x2a4560 : 0xe6ecef;
}

GBytes *
sample_portrait_jpeg (int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  gchar *buffer = NULL;
  gsize size = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      put_pixel (pixbuf, x, y, get_face_colour ((x + 0.5) / width, (y + 0.5) / height));
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", &error, "quality", "92", NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, size);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
sample_signature_png (void)
{
  GByteArray *png = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 600, 180);
  cairo_t *cr = cairo_create (surface);

  cairo_set_line_width (cr, 5);
  cairo_move_to (cr, 30, 120);
  cairo_curve_to (cr, 60, 10, 120, 10, 100, 90);
  cairo_curve_to (cr, 120, 40, 160, 160, 200, 90);
  cairo_curve_to (cr, 220, 60, 230, 150, 260, 100);
  cairo_curve_to (cr, 360, 0, 380, 30, 340, 130);
  cairo_curve_to (cr, 450, 150, 500, 70, 570, 95);
  cairo_stroke (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

/* Of the size of a U1 payload, with every kind of byte. */
GBytes *
sample_payload (void)
{
  guint8 bytes[225];

  for (int i = 0; i < 225; i++)
    bytes[i] = (guint8) (i * 37 + 11);
  return g_bytes_new (bytes, sizeof bytes);
}

char *
sample_qr_text (int length)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  GString *text = g_string_new (NULL);

  for (int i = 0; i < length; i++)
    g_string_append_c (text, alphabet[(i * 7 + i / 5 + 11) % 45]);
  return g_string_free (text, FALSE);
}

char *
sample_layout_get_path (void)
{
  return g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", "utopia-iso",
                           "layout.json", NULL);
}

PltLayout *
sample_layout_new (void)
{
  g_autofree char *path = sample_layout_get_path ();
  g_autoptr (GError) error = NULL;
  PltLayout *layout = plt_layout_new_from_file (path, &error);

  g_assert_no_error (error);
  return layout;
}

static void
set_values (PltCardInputs *inputs)
{
  static const char *const values[][2] = {
    { "family_name", "Ødegård-Marchetti" }, { "given_names", "Aïsha Katarína" },
    { "birth_date", "1987-03-09" }, { "birth_place", "Amaurot" }, { "sex", "F" },
    { "nationality", "UTO" }, { "issue_date", "2026-03-01" }, { "expiry_date", "2041-02-28" },
    { "authority", "Licence Office Amaurot" }, { "administrative_number", "8703 0912 3456" },
    { "licence_number", "UTO-7421-9936" }, { "address", "12 Anemolius Quay, 1516 Amaurot" },
    { "state_name", "Republic of Utopia" }, { "sign", "UTO" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    plt_card_inputs_set_value (inputs, values[i][0], values[i][1]);
}

PltCardInputs *
sample_inputs_new (void)
{
  PltCardInputs *inputs = plt_card_inputs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) categories
    = plt_categories_parse ("AM;2004-05-02;2041-02-28;|B;2006-04-20;2041-02-28;01.06|"
                            "BE;2009-10-01;2041-02-28;01.06,79.06|"
                            "C1;2012-01-15;2031-02-28;95(01.01.2030)", &error);
  g_autoptr (GBytes) portrait = sample_portrait_jpeg (700, 900);
  g_autoptr (GBytes) signature = sample_signature_png ();
  g_autoptr (GBytes) payload = sample_payload ();
  g_autofree char *qr = sample_qr_text (440);

  g_assert_no_error (error);
  set_values (inputs);
  plt_card_inputs_set_categories (inputs, categories);
  plt_card_inputs_set_portrait (inputs, portrait);
  plt_card_inputs_set_signature (inputs, signature);
  plt_card_inputs_set_pdf417 (inputs, payload);
  plt_card_inputs_set_qr_text (inputs, qr);
  plt_card_inputs_set_mrz (inputs, SAMPLE_MRZ);
  plt_card_inputs_set_specimen (inputs, TRUE);
  return inputs;
}
