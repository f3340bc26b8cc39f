/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every code of every layout that ships is read again by other programs (ZXing, ZBar) from the page as
 * it is printed at 300 and at 600 dots per inch: straight, and as a scanner sees it, a little turned
 * and out of focus. What is read is what went in, byte for byte. */
#include "plt-card-parts.h"
#include "plt-card-renderer.h"
#include "plt-card-sample.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define MM_PER_INCH 25.4
#define MARGIN_MM 2.0
#define SCANNER_DPI 600
#define TURN (1.0 * G_PI / 180)

static const char *const layouts[] = {
  "utopia-iso", "utopia-eu", "utopia-aamva", "utopia-aamva-young", "utopia-bilingual", "utopia-thai",
  "utopia-temporary", "utopia-receipt",
};

static const char *const code_types[] = { "qr", "pdf417", "code128", "datamatrix", NULL };

static char *
find_data (const char *folder, const char *name)
{
  return g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", folder, name, NULL);
}

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
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

static char *
get_wanted (const PltCardPart *part, PltLayout *layout, PltCardInputs *inputs)
{
  GBytes *payload = plt_layout_get_payload (layout) == PLT_CARD_PAYLOAD_AAMVA
                    ? plt_card_inputs_get_aamva (inputs) : plt_card_inputs_get_pdf417 (inputs);
  const char *text = g_str_equal (part->type, "qr") ? plt_card_inputs_get_qr_text (inputs) : part->text;

  return g_str_equal (part->type, "pdf417")
         ? to_hex (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload))
         : to_hex (text, strlen (text));
}

/* Three by three with the middle weighted most, once: the blur of good optics. */
static void
blur (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guchar *data = cairo_image_surface_get_data (surface);
  g_autofree guchar *from = g_memdup2 (data, (gsize) stride * height);

  for (int y = 1; y < height - 1; y++)
    for (int x = 4; x < 4 * (width - 1); x++)
      {
        const guchar *p = from + y * stride + x;

        data[y * stride + x] = (guchar) ((p[-stride - 4] + 2 * p[-stride] + p[-stride + 4] + 2 * p[-4]
                                          + 4 * p[0] + 2 * p[4] + p[stride - 4] + 2 * p[stride]
                                          + p[stride + 4]) / 16);
      }
}

/* The part of @page with the code, as a scanner sees it where @is_scanned. */
static cairo_surface_t *
cut_out (cairo_surface_t *page, const PltCardPart *part, int dpi, gboolean is_scanned)
{
  double scale = is_scanned ? (double) SCANNER_DPI / dpi : 1;
  double margin = is_scanned ? MARGIN_MM : 0.2;
  double dots = dpi / MM_PER_INCH;
  int width = (int) ceil ((part->width + 2 * margin) * dots * scale);
  int height = (int) ceil ((part->height + 2 * margin) * dots * scale);
  cairo_surface_t *cut = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (cut);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (is_scanned)
    {
      cairo_translate (cr, width / 2.0, height / 2.0);
      cairo_rotate (cr, TURN);
      cairo_scale (cr, scale, scale);
      cairo_translate (cr, -width / 2.0 / scale, -height / 2.0 / scale);
    }
  cairo_set_source_surface (cr, page, -round ((part->x - margin) * dots),
                            -round ((part->y - margin) * dots));
  cairo_pattern_set_filter (cairo_get_source (cr),
                            is_scanned ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (cut);
  if (is_scanned)
    blur (cut);
  cairo_surface_mark_dirty (cut);
  return cut;
}

static void
read_code (cairo_surface_t *page, const PltCardPart *part, PltLayout *layout, PltCardInputs *inputs,
           int dpi, gboolean is_scanned, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "code.png", NULL);
  const char *zxing[] = { "timeout", "20", "ZXingReader", "-escape", path, NULL };
  const char *zbar[] = { "zbarimg", "--quiet", "--raw", path, NULL };
  cairo_surface_t *cut = cut_out (page, part, dpi, is_scanned);
  g_autofree char *wanted = get_wanted (part, layout, inputs);
  g_autofree char *read = NULL;

  cairo_surface_write_to_png (cut, path);
  cairo_surface_destroy (cut);
  read = run (zxing);
  g_test_message ("%s at %d dpi%s", part->name, dpi, is_scanned ? ", scanned" : "");
  if (strstr (read, wanted) == NULL)
    g_test_message ("wanted %s\nread %s", wanted, read);
  g_assert_nonnull (strstr (read, wanted));
  if (g_str_equal (part->type, "qr"))
    {
      g_autofree char *again = run (zbar);

      g_assert_cmpstr (g_strchomp (again), ==, plt_card_inputs_get_qr_text (inputs));
    }
  g_unlink (path);
}

static cairo_surface_t *
draw_page (PltLayout *layout, PltCardInputs *inputs, guint page, int dpi)
{
  g_autoptr (GError) error = NULL;
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;

  plt_layout_get_page_size (layout, page, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) lround (width * dpi / MM_PER_INCH),
                                        (int) lround (height * dpi / MM_PER_INCH));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / MM_PER_INCH, dpi / MM_PER_INCH);
  plt_card_render (layout, inputs, page, cr, dpi, &error);
  g_assert_no_error (error);
  cairo_destroy (cr);
  return surface;
}

/* Returns: how many codes the page has. */
static int
read_page (PltLayout *layout, PltCardInputs *inputs, guint page, const char *folder)
{
  g_autoptr (GPtrArray) parts = plt_card_list_parts (layout, inputs, page);
  int n = 0;

  for (int dpi = 300; dpi <= SCANNER_DPI; dpi += 300)
    {
      cairo_surface_t *surface = NULL;

      for (guint i = 0; i < parts->len; i++)
        {
          const PltCardPart *part = parts->pdata[i];

          if (!g_strv_contains (code_types, part->type))
            continue;
          if (surface == NULL)
            surface = draw_page (layout, inputs, page, dpi);
          read_code (surface, part, layout, inputs, dpi, FALSE, folder);
          read_code (surface, part, layout, inputs, dpi, TRUE, folder);
          n++;
        }
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
  return n;
}

static void
test_reading (gconstpointer data)
{
  g_autofree char *layout_path = find_data (data, "layout.json");
  g_autofree char *sample_path = find_data ("proof", "01-everyday.json");
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLayout) layout = plt_layout_new_from_file (layout_path, &error);
  g_autoptr (PltCardSample) sample = NULL;
  int n = 0;

  g_assert_no_error (error);
  sample = plt_card_sample_new_from_file (sample_path, &error);
  g_assert_no_error (error);
  for (guint page = 0; page < plt_layout_get_n_pages (layout); page++)
    n += read_page (layout, plt_card_sample_get_inputs (sample), page, folder);
  g_assert_cmpint (n, >, 0);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      g_autofree char *path = g_strconcat ("/card/code-reading/", layouts[i], NULL);

      g_test_add_data_func (path, layouts[i], test_reading);
    }
  return g_test_run ();
}
