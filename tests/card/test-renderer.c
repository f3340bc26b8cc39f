/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The renderer: sizes, the same bytes every time and in every thread, also of a card that is drawn again
 * from what is kept of it, what fits and what is refused, golden pictures, and that PDF and PNG show the
 * same. */
#include "plt-card-inputs-reader.h"
#include "sample-card.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static GdkPixbuf *
to_pixbuf (GBytes *png)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_loader_write_bytes (loader, png, &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_close (loader, &error);
  g_assert_no_error (error);
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static GBytes *
render_png (PltLayout *layout, PltCardInputs *inputs, PltCardSide side, int dpi)
{
  g_autoptr (GError) error = NULL;
  GBytes *png = plt_card_render_png (layout, inputs, side, dpi, &error);

  g_assert_no_error (error);
  return png;
}

static GBytes *
render_pdf (PltLayout *layout, PltCardInputs *inputs)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = plt_card_render_pdf (layout, inputs, &error);

  g_assert_no_error (error);
  return pdf;
}

/* Mean difference of the channels over blocks of 8 × 8 pixels; the largest block counts, so that a
 * missing word shows while the softness of edges does not. */
static double
compare_blocks (GdkPixbuf *a, GdkPixbuf *b)
{
  int width = MIN (gdk_pixbuf_get_width (a), gdk_pixbuf_get_width (b));
  int height = MIN (gdk_pixbuf_get_height (a), gdk_pixbuf_get_height (b));
  double worst = 0;

  for (int by = 0; by + 8 <= height; by += 8)
    for (int bx = 0; bx + 8 <= width; bx += 8)
      {
        double mean_a = 0, mean_b = 0;

        for (int i = 0; i < 64; i++)
          {
            int x = bx + i % 8, y = by + i / 8;
            const guchar *p = gdk_pixbuf_read_pixels (a) + y * gdk_pixbuf_get_rowstride (a)
                              + x * gdk_pixbuf_get_n_channels (a);
            const guchar *q = gdk_pixbuf_read_pixels (b) + y * gdk_pixbuf_get_rowstride (b)
                              + x * gdk_pixbuf_get_n_channels (b);

            mean_a += p[0] + p[1] + p[2];
            mean_b += q[0] + q[1] + q[2];
          }
        worst = MAX (worst, fabs (mean_a - mean_b) / (64 * 3));
      }
  return worst;
}

static void
test_size (void)
{
  static const struct { int dpi, width, height; } sizes[] = {
    { 300, 1011, 638 }, { 600, 2022, 1275 }, { 96, 324, 204 }, { 72, 243, 153 },
  };
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) png = render_png (layout, inputs, PLT_CARD_SIDE_FRONT, sizes[i].dpi);
      g_autoptr (GdkPixbuf) pixbuf = to_pixbuf (png);

      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, sizes[i].width);
      g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, sizes[i].height);
    }
}

static void
test_pdf_pages (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GBytes) pdf = render_pdf (layout, inputs);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  int pages = 0;

  for (const char *p = data; (p = memmem (p, size - (p - data), "/MediaBox [ 0 0 ", 16)) != NULL; p++)
    {
      double width = g_ascii_strtod (p + 16, NULL);
      double height = g_ascii_strtod (strchr (p + 16, ' '), NULL);

      g_assert_cmpfloat_with_epsilon (width, 242.646, 0.01);
      g_assert_cmpfloat_with_epsilon (height, 153.014, 0.01);
      pages++;
    }
  g_assert_cmpint (pages, ==, 2);
  g_assert_null (memmem (data, size, "/Interpolate true", 17));
}

/* The portrait's JPEG goes into the PDF as it came. */
static void
test_jpeg_untouched (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GBytes) pdf = render_pdf (layout, inputs);
  GBytes *portrait = plt_card_inputs_get_portrait (inputs);

  g_assert_nonnull (memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf),
                            g_bytes_get_data (portrait, NULL), g_bytes_get_size (portrait)));
}

static void
test_same_bytes (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltLayout) again = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (PltCardInputs) same = sample_inputs_new ();
  g_autoptr (GBytes) first = render_pdf (layout, inputs);
  g_autoptr (GBytes) second = render_pdf (again, same);
  g_autofree char *json = plt_card_inputs_to_json (inputs, "utopia-iso", 1, NULL, NULL);
  g_autofree char *same_json = plt_card_inputs_to_json (same, "utopia-iso", 1, NULL, NULL);

  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpstr (json, ==, same_json);
  g_assert_nonnull (strstr (json, "\"family_name\":\"Ødegård-Marchetti\""));
}

/* What is kept of a card draws it again; a picture that is not the one of then is no part of it. */
static void
test_read_again (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  GBytes *portrait = plt_card_inputs_get_portrait (inputs);
  GBytes *signature = plt_card_inputs_get_signature (inputs);
  GBytes *pdf417 = plt_card_inputs_get_pdf417 (inputs);
  g_autofree char *json = plt_card_inputs_to_json (inputs, "utopia-iso", 1, NULL, NULL);
  g_autoptr (GError) error = NULL, other_error = NULL, form_error = NULL;
  g_autoptr (PltCardInputs) again
    = plt_card_inputs_new_from_json (json, portrait, signature, pdf417, &error);
  g_autofree char *json_again = NULL;
  g_autoptr (GBytes) first = render_pdf (layout, inputs);
  g_autoptr (GBytes) second = NULL;

  g_assert_no_error (error);
  json_again = plt_card_inputs_to_json (again, "utopia-iso", 1, NULL, NULL);
  second = render_pdf (layout, again);
  g_assert_cmpstr (json_again, ==, json);
  g_assert_true (g_bytes_equal (first, second));
  /* A card of whose portrait nobody knew the time says nothing of it; one that says it is drawn alike. */
  g_assert_null (strstr (json, "portrait_taken_at"));
  plt_card_inputs_set_portrait_taken_at (inputs, "2024-02-29T22:30:59Z");
  g_autofree char *timed = plt_card_inputs_to_json (inputs, "utopia-iso", 1, NULL, NULL);
  g_autoptr (PltCardInputs) timed_again = plt_card_inputs_new_from_json (timed, portrait, signature, pdf417, NULL);
  g_autofree char *timed_json = plt_card_inputs_to_json (timed_again, "utopia-iso", 1, NULL, NULL);
  g_autoptr (GBytes) third = render_pdf (layout, timed_again);
  g_assert_nonnull (strstr (timed, "\"portrait_taken_at\":\"2024-02-29T22:30:59Z\",\"qr_text\""));
  g_assert_cmpstr (timed_json, ==, timed);
  g_assert_true (g_bytes_equal (first, third));
  g_assert_null (plt_card_inputs_new_from_json (json, signature, signature, pdf417, &other_error));
  g_assert_error (other_error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
  g_assert_nonnull (strstr (other_error->message, "portrait"));
  g_assert_null (plt_card_inputs_new_from_json ("{\"values\":[]}", NULL, NULL, NULL, &form_error));
  g_assert_cmpint (plt_card_inputs_read_renderer (json), ==, PLT_CARD_RENDERER_VERSION);
  g_assert_cmpint (plt_card_inputs_read_renderer ("{\"renderer\":\"Platen 0.1.0\"}"), ==, 1);
  g_assert_error (form_error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
}

typedef struct
{
  PltLayout     *layout;
  PltCardInputs *inputs;
} Job;

static gpointer
draw_many (gpointer data)
{
  Job *job = data;
  g_autoptr (GByteArray) all = g_byte_array_new ();

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) pdf = render_pdf (job->layout, job->inputs);
      g_autoptr (GBytes) png = render_png (job->layout, job->inputs, PLT_CARD_SIDE_BACK, 150);

      g_byte_array_append (all, g_bytes_get_data (pdf, NULL), (guint) g_bytes_get_size (pdf));
      g_byte_array_append (all, g_bytes_get_data (png, NULL), (guint) g_bytes_get_size (png));
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static void
test_threads (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  Job job = { layout, inputs };
  g_autoptr (GBytes) expected = draw_many (&job);
  GThread *threads[4];

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("draw", draw_many, &job);
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) drawn = g_thread_join (threads[i]);

      g_assert_true (g_bytes_equal (drawn, expected));
    }
}

typedef struct
{
  const char *name, *value;
  const char *words; /* in the refusal; NULL: must be drawn */
} Value;

static const Value values[] = {
  /* The longest that DG1 and AAMVA codes hold. */
  { "family_name", "Wolfeschlegelsteinhausenbergerdorff-X", NULL },
  { "family_name", "Raghunathan-Venkataramanan Subrahmanya Iyer", NULL },
  { "given_names", "Maximilian Alexander Ferdinand Christopher Bartholomew Sebastian Theodore Edmund", NULL },
  { "family_name", "ŁĄCZYŃSKA-ÞÓRÐARDÓTTIR ǅŐŰİ", NULL },
  { "family_name", "Nguyễn Thị Ánh", NULL },
  { "family_name_native", "Παπαδόπουλος-Καραγιάννης", NULL },
  { "family_name_native", "Щукин-Ёлкин Їжакевич Ґалаґан", NULL },
  { "family_name_native", "محمد عبد الرحمن الخوارزمي", NULL },
  { "family_name_native", "สมชาย รัตนวิเชียร", NULL },
  { "birth_place", "Llanfairpwllgwyngyllgogerychwyrndrobwll", NULL },
  { "authority", "Department of Transport, Licensing Office of Greater Amaurot, North Branch", NULL },
  { "address", "1234 Boulevard of the Founding Mothers, Building C, 1516 Amaurot", NULL },
  /* Too long, also on two lines. */
  { "family_name", "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "family name" },
  { "licence_number", "UTO-1234567890-1234567890-1234567890", "licence number" },
  { "administrative_number", "12345678901234567890123456789012345", "administrative number" },
  { "authority", "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "issuing authority" },
  /* No font of the layout has these. */
  { "family_name", "山田", "“山” (U+5C71) of the family name" },
  { "given_names", "A\nB", "given names (2) contains a character that cannot be printed (U+000A)" },
  { "given_names", "\xff\xfe", "given names (2) is not valid text" },
};

static void
test_value (gconstpointer data)
{
  const Value *v = data;
  gboolean is_character = v->words != NULL
                          && (strstr (v->words, "U+") != NULL || strstr (v->words, "valid") != NULL);
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;

  plt_card_inputs_set_value (inputs, v->name, v->value);
  png = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_FRONT, 150, &error);

  if (v->words == NULL)
    {
      g_assert_no_error (error);
      g_assert_nonnull (png);
      return;
    }
  g_assert_null (png);
  if (is_character)
    g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH);
  else
    g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_nonnull (strstr (error->message, v->words));
}

static void
test_missing (void)
{
  static const char *const names[] = { "family_name", "given_names", "licence_number", "issue_date",
                                       "expiry_date", "authority", "sign" };
  g_autoptr (PltLayout) layout = sample_layout_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = NULL;

      plt_card_inputs_set_value (inputs, names[i], NULL);
      pdf = plt_card_render_pdf (layout, inputs, &error);
      g_assert_null (pdf);
      g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING);
    }
}

static void
test_missing_portrait (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  plt_card_inputs_set_portrait (inputs, NULL);
  pdf = plt_card_render_pdf (layout, inputs, &error);

  g_assert_null (pdf);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "portrait"));
}

static void
test_damaged_portrait (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GBytes) garbage = g_bytes_new_static ("no picture at all", 17);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  plt_card_inputs_set_portrait (inputs, garbage);
  pdf = plt_card_render_pdf (layout, inputs, &error);

  g_assert_null (pdf);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
}

/* Who cannot sign gets the layout's words instead. */
static void
test_no_signature (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GBytes) with = render_png (layout, inputs, PLT_CARD_SIDE_FRONT, 150);
  g_autoptr (GBytes) without = NULL;

  plt_card_inputs_set_signature (inputs, NULL);
  without = render_png (layout, inputs, PLT_CARD_SIDE_FRONT, 150);

  g_assert_false (g_bytes_equal (with, without));
}

static void
test_long_restrictions (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries
    = plt_categories_parse ("BE;2009-10-01;2041-02-28;01.06,10.02,15.03,20.06,25.04,32.01,35.03,40.11,78",
                            &error);
  g_autoptr (GBytes) pdf = NULL;

  g_assert_no_error (error);
  plt_card_inputs_set_categories (inputs, entries);
  pdf = plt_card_render_pdf (layout, inputs, &error);

  g_assert_null (pdf);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_nonnull (strstr (error->message, "category BE"));
}

/* Nothing of the specimen mark may touch a code: with and without it the bottom and the right of
 * the back are the same, and its middle is not. */
static void
test_specimen (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GBytes) marked = render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300);
  g_autoptr (GdkPixbuf) a = to_pixbuf (marked), b = NULL;
  g_autoptr (GBytes) plain = NULL;
  int in_codes = 0, in_table = 0;

  plt_card_inputs_set_specimen (inputs, FALSE);
  plain = render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300);
  b = to_pixbuf (plain);

  for (int y = 0; y < 638; y++)
    for (int x = 0; x < 1011; x++)
      if (memcmp (gdk_pixbuf_read_pixels (a) + y * gdk_pixbuf_get_rowstride (a) + x * 3,
                  gdk_pixbuf_read_pixels (b) + y * gdk_pixbuf_get_rowstride (b) + x * 3, 3) != 0)
        {
          if (y > 404 || x > 704)
            in_codes++;
          else
            in_table++;
        }
  g_assert_cmpint (in_codes, ==, 0);
  g_assert_cmpint (in_table, >, 5000);
}

static void
test_golden (gconstpointer data)
{
  PltCardSide side = GPOINTER_TO_INT (data);
  const char *name = side == PLT_CARD_SIDE_FRONT ? "front.png" : "back.png";
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "card", "golden", name, NULL);
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GBytes) png = render_png (layout, inputs, side, 150);
  g_autoptr (GdkPixbuf) drawn = to_pixbuf (png), golden = NULL;
  g_autoptr (GError) error = NULL;

  /* After a wanted change: PLATEN_UPDATE_GOLDEN=1, then look at the pictures before committing. */
  if (g_getenv ("PLATEN_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL);
  golden = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);

  g_assert_cmpint (gdk_pixbuf_get_width (golden), ==, gdk_pixbuf_get_width (drawn));
  g_assert_cmpint (gdk_pixbuf_get_height (golden), ==, gdk_pixbuf_get_height (drawn));
  g_assert_cmpfloat (compare_blocks (golden, drawn), <, 4);
}

/* Another program's raster of the PDF is the picture that we show. */
static void
test_pdf_is_png (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *pdf_path = g_build_filename (folder, "card.pdf", NULL);
  g_autofree char *prefix = g_build_filename (folder, "page", NULL);
  const char *argv[] = { "pdftoppm", "-r", "300", "-png", pdf_path, prefix, NULL };
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GBytes) pdf = render_pdf (layout, inputs);
  g_autoptr (GError) error = NULL;
  int status;

  g_file_set_contents (pdf_path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  for (int side = 0; side < 2; side++)
    {
      g_autofree char *page = g_strdup_printf ("%s-%d.png", prefix, side + 1);
      g_autoptr (GdkPixbuf) raster = gdk_pixbuf_new_from_file (page, &error);
      g_autoptr (GBytes) png = render_png (layout, inputs, side, 300);
      g_autoptr (GdkPixbuf) drawn = to_pixbuf (png);

      g_assert_no_error (error);
      g_assert_cmpint (ABS (gdk_pixbuf_get_width (raster) - 1011), <=, 1);
      g_test_message ("side %d differs by %.1f", side, compare_blocks (raster, drawn));
      g_assert_cmpfloat (compare_blocks (raster, drawn), <, 40);
      g_unlink (page);
    }
  g_unlink (pdf_path);
  g_rmdir (folder);
}

/* A screen has its own scale and may have any transformation; its state is left alone. */
static void
test_screen (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 500, 400);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GError) error = NULL;
  cairo_matrix_t before, after;

  cairo_translate (cr, 31.5, 20.25);
  cairo_scale (cr, 4.37, 4.37);
  cairo_get_matrix (cr, &before);
  g_assert_true (plt_card_render (layout, inputs, PLT_CARD_SIDE_BACK, cr, 111, &error));
  g_assert_no_error (error);
  cairo_get_matrix (cr, &after);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/renderer/png-is-id1", test_size);
  g_test_add_func ("/card/renderer/pdf-has-two-pages-of-id1", test_pdf_pages);
  g_test_add_func ("/card/renderer/jpeg-goes-into-the-pdf-untouched", test_jpeg_untouched);
  g_test_add_func ("/card/renderer/same-inputs-same-bytes", test_same_bytes);
  g_test_add_func ("/card/renderer/read-again", test_read_again);
  g_test_add_func ("/card/renderer/four-threads-agree", test_threads);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *path = g_strdup_printf ("/card/renderer/%s/%s/%" G_GSIZE_FORMAT,
                                               values[i].words == NULL ? "fits" : "refuses",
                                               values[i].name, i);

      g_test_add_data_func (path, &values[i], test_value);
    }
  g_test_add_func ("/card/renderer/refuses/missing-values", test_missing);
  g_test_add_func ("/card/renderer/refuses/missing-portrait", test_missing_portrait);
  g_test_add_func ("/card/renderer/refuses/damaged-portrait", test_damaged_portrait);
  g_test_add_func ("/card/renderer/refuses/long-restrictions", test_long_restrictions);
  g_test_add_func ("/card/renderer/no-signature-shows-words", test_no_signature);
  g_test_add_func ("/card/renderer/specimen-keeps-off-the-codes", test_specimen);
  g_test_add_data_func ("/card/renderer/golden/front", GINT_TO_POINTER (0), test_golden);
  g_test_add_data_func ("/card/renderer/golden/back", GINT_TO_POINTER (1), test_golden);
  g_test_add_func ("/card/renderer/pdf-shows-what-png-shows", test_pdf_is_png);
  g_test_add_func ("/card/renderer/any-screen-scale", test_screen);
  return g_test_run ();
}
