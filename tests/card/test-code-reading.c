/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every code of every layout that ships is read again by other programs (ZXing, ZBar) from the page as
 * it is printed at 300 and at 600 dots per inch: from the whole side of a card, and as a scanner sees it,
 * turned by a degree to either side and out of focus. The blur is Gaussian; its sigma is half a module
 * of an ordinary person's code, and 0.35 of the finest module, in which the longest names and every
 * category are. What is read is what went in, byte for byte. */
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
/* The modules that these layouts print for an ordinary person: three dots at 300 dpi; the finest: two. */
#define MODULE_DOTS (3.0 * SCANNER_DPI / 300)
#define FINEST_DOTS (2.0 * SCANNER_DPI / 300)

#define ORDINARY_BLUR 0.5
#define FINEST_BLUR 0.35
#define LONGEST_CARD_MM 90

typedef enum { STRAIGHT, LEFT, RIGHT, N_WAYS } Way;

/* One record on one layout. */
typedef struct
{
  const char *layout;
  const char *sample;
  gboolean    is_fine; /* its codes are printed in the finest modules */
} Reading;

static const Reading readings[] = {
  { "utopia-iso", "01-everyday", FALSE },
  { "utopia-eu", "01-everyday", FALSE },
  { "utopia-aamva", "01-everyday", FALSE },
  { "utopia-aamva-young", "01-everyday", FALSE },
  { "utopia-bilingual", "01-everyday", FALSE },
  { "utopia-thai", "01-everyday", FALSE },
  { "utopia-temporary", "01-everyday", FALSE },
  { "utopia-receipt", "01-everyday", FALSE },
  { "utopia-iso", "02-longest-names", TRUE },
  { "utopia-iso", "06-every-category", TRUE },
  { "utopia-eu", "06-every-category", TRUE },
  { "utopia-aamva", "06-every-category", TRUE },
  { "utopia-bilingual", "06-every-category", TRUE },
  { "utopia-thai", "02-longest-names", TRUE },
};

static const char *const code_types[] = { "qr", "pdf417", "code128", "datamatrix", NULL };
static const char *const zxing_types[] = { "QRCode", "PDF417", "Code128", "DataMatrix" };

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

/* One pass of a blur along a row or a column of @n points, @step apart. */
static void
blur_line (double *points, int n, int step, const double *weights, int reach, double *line)
{
  for (int i = 0; i < n; i++)
    {
      line[i] = weights[0] * points[i * step];
      for (int d = 1; d <= reach; d++)
        line[i] += weights[d] * (points[MAX (i - d, 0) * step] + points[MIN (i + d, n - 1) * step]);
    }
  for (int i = 0; i < n; i++)
    points[i * step] = line[i];
}

/* A Gaussian blur. @surface is grey. */
static void
blur (cairo_surface_t *surface, double sigma)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface), reach = (int) ceil (3 * sigma);
  guchar *data = cairo_image_surface_get_data (surface);
  g_autofree double *points = g_new (double, (gsize) width * height);
  g_autofree double *line = g_new (double, MAX (width, height));
  g_autofree double *weights = g_new (double, reach + 1);
  double sum = 0;

  for (int i = 0; i <= reach; i++)
    {
      weights[i] = exp (-i * i / (2 * sigma * sigma));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
  for (int i = 0; i <= reach; i++)
    weights[i] /= sum;
  for (int i = 0; i < width * height; i++)
    points[i] = data[i / width * stride + i % width * 4];
  for (int y = 0; y < height; y++)
    blur_line (points + y * width, width, 1, weights, reach, line);
  for (int x = 0; x < width; x++)
    blur_line (points + x, height, width, weights, reach, line);
  for (int i = 0; i < width * height; i++)
    memset (data + i / width * stride + i % width * 4, (int) lround (points[i]), 3);
}

/* In dots of the scanner. Ordinary persons' QR codes are in fine modules on some of these layouts. */
static double
get_blur (const PltCardPart *part, gboolean is_fine)
{
  if (is_fine)
    return FINEST_BLUR * FINEST_DOTS;
  return ORDINARY_BLUR * (g_str_equal (part->type, "pdf417") ? MODULE_DOTS : FINEST_DOTS);
}

/* The part of @page with the code, as a scanner sees it where @is_scanned. */
static cairo_surface_t *
cut_out (cairo_surface_t *page, const PltCardPart *part, int dpi, Way way,
         gboolean is_fine)
{
  gboolean is_scanned = way != STRAIGHT;
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
      cairo_rotate (cr, way == LEFT ? -TURN : TURN);
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
    blur (cut, get_blur (part, is_fine));
  cairo_surface_mark_dirty (cut);
  return cut;
}

/* A card lies before a reader as a whole, with all that stands on it. */
static cairo_surface_t *
take_picture (cairo_surface_t *page, const PltCardPart *part, int dpi, Way way, gboolean is_fine)
{
  double most = LONGEST_CARD_MM * dpi / MM_PER_INCH;

  if (way == STRAIGHT && cairo_image_surface_get_width (page) < most
      && cairo_image_surface_get_height (page) < most)
    return cairo_surface_reference (page);
  return cut_out (page, part, dpi, way, is_fine);
}

static const char *
get_zxing_type (const PltCardPart *part)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zxing_types); i++)
    if (g_str_equal (code_types[i], part->type))
      return zxing_types[i];
  g_assert_not_reached ();
}

static void
read_code (cairo_surface_t *page, const PltCardPart *part, PltLayout *layout, PltCardInputs *inputs,
           int dpi, Way way, gboolean is_fine, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "code.png", NULL);
  const char *zxing[] = { "timeout", "20", "ZXingReader", "-format", get_zxing_type (part), "-escape",
                          path, NULL };
  const char *zbar[] = { "zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path, NULL };
  cairo_surface_t *picture = take_picture (page, part, dpi, way, is_fine);
  g_autofree char *wanted = get_wanted (part, layout, inputs);
  g_autofree char *read = NULL;

  cairo_surface_write_to_png (picture, path);
  cairo_surface_destroy (picture);
  read = run (zxing);
  g_test_message ("%s at %d dpi, way %d", part->name, dpi, way);
  if (strstr (read, wanted) == NULL)
    g_test_message ("wanted %s\nread %s", wanted, read);
  g_assert_nonnull (strstr (read, wanted));
  if (g_str_equal (part->type, "qr") && !is_fine)
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
read_page (PltLayout *layout, PltCardInputs *inputs, guint page, gboolean is_fine, const char *folder)
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
          for (Way way = STRAIGHT; way < (is_fine ? RIGHT : N_WAYS); way++)
            read_code (surface, part, layout, inputs, dpi, way, is_fine, folder);
          n++;
        }
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
  return n;
}

static void
test_reading (gconstpointer data)
{
  const Reading *reading = data;
  g_autofree char *layout_path = find_data (reading->layout, "layout.json");
  g_autofree char *sample_name = g_strconcat (reading->sample, ".json", NULL);
  g_autofree char *sample_path = find_data ("proof", sample_name);
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLayout) layout = plt_layout_new_from_file (layout_path, &error);
  g_autoptr (PltCardSample) sample = NULL;
  int n = 0;

  g_assert_no_error (error);
  sample = plt_card_sample_new_from_file (sample_path, &error);
  g_assert_no_error (error);
  for (guint page = 0; page < plt_layout_get_n_pages (layout); page++)
    n += read_page (layout, plt_card_sample_get_inputs (sample), page, reading->is_fine, folder);
  g_assert_cmpint (n, >, 0);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/card/code-reading/%s/%s", readings[i].layout,
                                               readings[i].sample);

      g_test_add_data_func (path, &readings[i], test_reading);
    }
  return g_test_run ();
}
