/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One full card for the benchmarks: every value, all categories, portrait, signature, codes. */
#include "plt-bench-card.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#define QR_CHARACTERS 440
#define PDF417_BYTES 225

static const char *values[][2] = {
  { "family_name", "Müller-Østergaard" },
  { "given_names", "Ana Sofía Marie" },
  { "birth_date", "1994-11-05" },
  { "birth_place", "Newhaven" },
  { "sex", "F" },
  { "nationality", "UTO" },
  { "address", "12 Harbour Street, 1010 Newhaven" },
  { "issue_date", "2026-03-01" },
  { "expiry_date", "2036-02-28" },
  { "authority", "Utopia Licensing Authority" },
  { "administrative_number", "12345678903" },
  { "licence_number", "U12345674" },
  { "document_discriminator", "UC-26-C000017" },
  { "state_name", "UTOPIA" },
  { "sign", "UTO" },
};

static GBytes *
encode (GdkPixbuf  *pixbuf,
        const char *type)
{
  g_autoptr (GError) error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, size);
}

/* A picture that does not compress to nothing: a soft gradient with deterministic grain. */
static GBytes *
make_portrait (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 600, 771);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  guint32 grain = 1;

  for (int y = 0; y < 771; y++)
    for (int x = 0; x < 600 * 3; x++)
      {
        grain = grain * 1664525u + 1013904223u;
        pixels[y * stride + x] = (guchar) (90 + y * 120 / 771 + (grain >> 28));
      }
  return encode (pixbuf, "jpeg");
}

static GBytes *
make_signature (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 480, 140);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  cairo_set_line_width (cr, 5);
  cairo_move_to (cr, 20, 100);
  cairo_curve_to (cr, 160, -60, 200, 220, 300, 60);
  cairo_curve_to (cr, 340, 10, 380, 140, 460, 40);
  cairo_stroke (cr);
  cairo_surface_flush (surface);
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 480, 140);
  gdk_pixbuf_fill (pixbuf, 0);
  for (int y = 0; y < 140; y++)
    for (int x = 0; x < 480; x++)
      gdk_pixbuf_get_pixels (pixbuf)[y * gdk_pixbuf_get_rowstride (pixbuf) + x * 4 + 3] =
        cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface)
                                               + x * 4 + 3];
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return encode (pixbuf, "png");
}

static GPtrArray *
make_categories (void)
{
  GPtrArray *entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plt_category_entry_free);

  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    g_ptr_array_add (entries, plt_category_entry_new ((PltCategory) i, (PltDate) { 2014, 6, 20 },
                                                      (PltDate) { 2036, 2, 28 }, "01"));
  return entries;
}

static char *
make_qr_text (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  GString *text = g_string_new (NULL);

  for (int i = 0; i < QR_CHARACTERS; i++)
    g_string_append_c (text, alphabet[(i * 31 + i / 7) % 45]);
  return g_string_free (text, FALSE);
}

static GBytes *
make_payload (void)
{
  guint8 payload[PDF417_BYTES];

  for (gsize i = 0; i < sizeof payload; i++)
    payload[i] = (guint8) (i * 37 + i / 5);
  return g_bytes_new (payload, sizeof payload);
}

PltCardInputs *
plt_bench_card_make_inputs (void)
{
  PltCardInputs *inputs = plt_card_inputs_new ();
  g_autoptr (GPtrArray) categories = make_categories ();
  g_autoptr (GBytes) portrait = make_portrait ();
  g_autoptr (GBytes) signature = make_signature ();
  g_autoptr (GBytes) payload = make_payload ();
  g_autofree char *qr_text = make_qr_text ();

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    plt_card_inputs_set_value (inputs, values[i][0], values[i][1]);
  plt_card_inputs_set_categories (inputs, categories);
  plt_card_inputs_set_portrait (inputs, portrait);
  plt_card_inputs_set_signature (inputs, signature);
  plt_card_inputs_set_mrz (inputs, "D1UTOU1234567<3340314SPECIMEN9");
  plt_card_inputs_set_qr_text (inputs, qr_text);
  plt_card_inputs_set_pdf417 (inputs, payload);
  plt_card_inputs_set_specimen (inputs, TRUE);
  return inputs;
}

static void
run (const char *command)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* A P-256 key with a self-signed certificate, in a folder that is gone when this returns. */
PltIssuerKey *
plt_bench_card_make_key (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("bkXXXXXX", &error);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *certificate = g_build_filename (folder, "cert.pem", NULL);
  g_autofree char *template = g_build_filename (folder, "template", NULL);
  g_autofree char *make_key = g_strdup_printf ("certtool --generate-privkey --key-type=ecdsa "
                                               "--curve=secp256r1 --outfile %s", key);
  g_autofree char *make_certificate = g_strdup_printf ("certtool --generate-self-signed "
                                                       "--load-privkey %s --template %s "
                                                       "--outfile %s", key, template, certificate);
  PltIssuerKey *issuer_key;

  g_file_set_contents (template, "cn = \"Bench\"\nsigning_key\n", -1, &error);
  g_assert_no_error (error);
  run (make_key);
  run (make_certificate);
  issuer_key = plt_issuer_key_load (key, certificate, "BENCH", NULL, &error);
  g_assert_no_error (error);
  g_remove (key);
  g_remove (certificate);
  g_remove (template);
  g_rmdir (folder);
  return issuer_key;
}
