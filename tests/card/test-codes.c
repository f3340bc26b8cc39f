/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes on the drawn card are read back by another implementation (ZXing), from PNG and from
 * the PDF's raster, and give the bytes that went in. */
#include "sample-card.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return output;
}

/* As ZXing writes them: "0B 30 55 …". */
static char *
to_hex (gconstpointer data, gsize size)
{
  GString *hex = g_string_new ("Bytes:      ");

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02X ", ((const guint8 *) data)[i]);
  g_string_truncate (hex, hex->len - 1);
  return g_string_free (hex, FALSE);
}

/* What ZXing reads in the part of @picture between @top and @bottom (of its height): a reader is
 * aimed at one code, and ZXing's search over a whole page skips rows. */
static char *
read_part (const char *picture, double top, double bottom)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) whole = gdk_pixbuf_new_from_file (picture, &error);
  g_autofree char *part_path = g_strconcat (picture, "-part.png", NULL);
  const char *argv[] = { "ZXingReader", "-escape", part_path, NULL };
  g_autoptr (GdkPixbuf) part = NULL;
  char *output;
  int y, height;

  g_assert_no_error (error);
  y = (int) (gdk_pixbuf_get_height (whole) * top);
  height = (int) (gdk_pixbuf_get_height (whole) * bottom) - y;
  part = gdk_pixbuf_new_subpixbuf (whole, 0, y, gdk_pixbuf_get_width (whole), height);
  gdk_pixbuf_save (part, part_path, "png", &error, NULL);
  g_assert_no_error (error);
  output = run (argv);
  g_unlink (part_path);
  return output;
}

static void
assert_read_back (const char *picture, PltCardInputs *inputs)
{
  g_autofree char *upper = read_part (picture, 0, 0.62);
  g_autofree char *lower = read_part (picture, 0.62, 1);
  const char *text = plt_card_inputs_get_qr_text (inputs);
  GBytes *payload = plt_card_inputs_get_pdf417 (inputs);
  g_autofree char *qr = to_hex (text, strlen (text));
  g_autofree char *pdf417 = to_hex (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));

  g_assert_nonnull (strstr (upper, qr));
  g_assert_nonnull (strstr (upper, "EC Level:   M"));
  g_assert_nonnull (strstr (lower, pdf417));
}

static void
write_and_read (GBytes *png, PltCardInputs *inputs)
{
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "back.png", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), &error);
  g_assert_no_error (error);
  assert_read_back (path, inputs);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_png (gconstpointer data)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_BACK,
                                               GPOINTER_TO_INT (data), &error);

  g_assert_no_error (error);
  write_and_read (png, inputs);
}

static void
test_pdf (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *pdf_path = g_build_filename (folder, "card.pdf", NULL);
  g_autofree char *prefix = g_build_filename (folder, "page", NULL);
  g_autofree char *page = g_strconcat (prefix, ".png", NULL);
  const char *argv[] = { "pdftoppm", "-r", "300", "-png", "-f", "2", "-singlefile", pdf_path, prefix,
                         NULL };
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = plt_card_render_pdf (layout, inputs, &error);
  g_autofree char *output = NULL;

  g_assert_no_error (error);
  g_file_set_contents (pdf_path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  output = run (argv);
  assert_read_back (page, inputs);
  g_unlink (page);
  g_unlink (pdf_path);
  g_rmdir (folder);
}

/* Level M must hold the longest text that the issuer may make: 619 characters. */
static void
test_longest_qr (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autofree char *text = sample_qr_text (619);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;

  plt_card_inputs_set_qr_text (inputs, text);
  png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300, &error);

  g_assert_no_error (error);
  write_and_read (png, inputs);
}

/* 280 bytes are more than level 5 holds in 13 columns and 21 rows (248), and less than level 3 (306). */
static void
test_less_error_correction (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;

  for (int i = 0; i < 280; i++)
    g_byte_array_append (bytes, &(guint8) { (guint8) (128 + i * 37 % 127) }, 1);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  plt_card_inputs_set_pdf417 (inputs, payload);
  png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300, &error);

  g_assert_no_error (error);
  write_and_read (png, inputs);
}

/* Somebody with every category: both codes in fine modules, and still read. */
static void
test_finest_modules (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autofree char *text = sample_qr_text (970);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;

  for (int i = 0; i < 600; i++)
    g_byte_array_append (bytes, &(guint8) { (guint8) (128 + i * 37 % 127) }, 1);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  plt_card_inputs_set_qr_text (inputs, text);
  plt_card_inputs_set_pdf417 (inputs, payload);
  png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300, &error);

  g_assert_no_error (error);
  write_and_read (png, inputs);
}

static void
test_too_much (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autofree char *text = sample_qr_text (1700);
  g_autoptr (GBytes) payload = g_bytes_new_take (g_malloc0 (1000), 1000);
  g_autoptr (GError) qr_error = NULL, pdf417_error = NULL;
  g_autoptr (GBytes) png = NULL;

  plt_card_inputs_set_qr_text (inputs, text);
  png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300, &qr_error);
  g_assert_null (png);
  g_assert_error (qr_error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_nonnull (strstr (qr_error->message, "QR"));

  g_clear_pointer (&inputs, plt_card_inputs_unref);
  inputs = sample_inputs_new ();
  plt_card_inputs_set_pdf417 (inputs, payload);
  png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300, &pdf417_error);
  g_assert_null (png);
  g_assert_error (pdf417_error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_nonnull (strstr (pdf417_error->message, "PDF417"));
}

/* In the boxes of the codes there is black and white and nothing else. */
static void
test_pure_black (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300, &error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  int black = 0;

  g_assert_no_error (error);
  stream = g_memory_input_stream_new_from_bytes (png);
  pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);
  g_assert_no_error (error);
  for (int y = 418; y < 592; y++)
    for (int x = 72; x < 940; x++)
      {
        const guchar *p = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                          + x * 3;

        g_assert_true ((p[0] == 0 || p[0] == 255) && p[0] == p[1] && p[1] == p[2]);
        black += p[0] == 0;
      }
  g_assert_cmpint (black, >, 30000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/card/codes/read-back/png-300", GINT_TO_POINTER (300), test_png);
  g_test_add_data_func ("/card/codes/read-back/png-600", GINT_TO_POINTER (600), test_png);
  g_test_add_func ("/card/codes/read-back/pdf", test_pdf);
  g_test_add_func ("/card/codes/read-back/longest-qr", test_longest_qr);
  g_test_add_func ("/card/codes/pdf417-with-less-error-correction",
                   test_less_error_correction);
  g_test_add_func ("/card/codes/finest-modules", test_finest_modules);
  g_test_add_func ("/card/codes/refuses-too-much", test_too_much);
  g_test_add_func ("/card/codes/pure-black-on-white", test_pure_black);
  return g_test_run ();
}
