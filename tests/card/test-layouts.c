/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layouts that ship, on the fictitious persons that ship: each page as its golden picture, each
 * person drawn whole or refused for the right reason. */
#include "plt-card-renderer.h"
#include "plt-card-sample.h"
#include "plt-layout-shelf.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#define CARD_DPI 85
#define SHEET_DPI 72 /* the least that the renderer draws */

typedef struct
{
  const char *layout;
  const char *sample; /* on whom its golden pictures are drawn */
  gboolean    is_latin; /* it shows nothing in another script */
  gboolean    has_no_number; /* of the licence */
} Shipped;

static const Shipped shipped[] = {
  { "utopia-eu", "01-everyday", FALSE, FALSE },
  { "utopia-aamva", "01-everyday", TRUE, FALSE },
  { "utopia-aamva-young", "07-young-holder", TRUE, FALSE },
  { "utopia-bilingual", "08-arabic", FALSE, FALSE },
  { "utopia-thai", "09-thai", FALSE, FALSE },
  { "utopia-idp", "01-everyday", TRUE, FALSE },
  { "utopia-temporary", "01-everyday", FALSE, FALSE },
  { "utopia-receipt", "01-everyday", TRUE, TRUE },
};

static char *
find_layout (const char *id)
{
  return g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", id, "layout.json",
                           NULL);
}

static PltLayout *
load_layout (const char *id)
{
  g_autofree char *path = find_layout (id);
  g_autoptr (GError) error = NULL;
  PltLayout *layout = plt_layout_new_from_file (path, &error);

  g_assert_no_error (error);
  return layout;
}

static char *
get_sample_folder (void)
{
  return g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", "proof", NULL);
}

static PltCardSample *
load_sample (const char *id)
{
  g_autofree char *folder = get_sample_folder ();
  g_autofree char *path = g_strdup_printf ("%s/%s.json", folder, id);
  g_autoptr (GError) error = NULL;
  PltCardSample *sample = plt_card_sample_new_from_file (path, &error);

  g_assert_no_error (error);
  return sample;
}

static GdkPixbuf *
to_pixbuf (GBytes *png)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (png);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  return pixbuf;
}

static double
get_brightness (GdkPixbuf *pixbuf, int bx, int by)
{
  int n = gdk_pixbuf_get_n_channels (pixbuf);
  double sum = 0;

  for (int i = 0; i < 64; i++)
    {
      const guchar *p = gdk_pixbuf_read_pixels (pixbuf)
                        + (by + i / 8) * gdk_pixbuf_get_rowstride (pixbuf) + (bx + i % 8) * n;

      sum += p[0] + p[1] + p[2];
    }
  return sum / (64 * 3);
}

/* The largest difference in brightness of a block of 8 × 8 pixels: a missing word shows, the softness
 * of edges and of the golden picture's JPEG does not. */
static double
compare_blocks (GdkPixbuf *a, GdkPixbuf *b)
{
  double worst = 0;

  for (int by = 0; by + 8 <= gdk_pixbuf_get_height (a); by += 8)
    for (int bx = 0; bx + 8 <= gdk_pixbuf_get_width (a); bx += 8)
      worst = MAX (worst, fabs (get_brightness (a, bx, by) - get_brightness (b, bx, by)));
  return worst;
}

static void
check_golden (PltLayout *layout, PltCardSample *sample, guint page)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.jpg", plt_layout_get_id (layout), page + 1);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "card", "golden", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GdkPixbuf) drawn = NULL, golden = NULL;
  double width, height;

  plt_layout_get_page_size (layout, page, &width, &height);
  png = plt_card_render_png (layout, plt_card_sample_get_inputs (sample), page,
                             MIN (width, height) < 60 ? CARD_DPI : SHEET_DPI, &error);
  g_assert_no_error (error);
  drawn = to_pixbuf (png);
  /* After a wanted change: PLATEN_UPDATE_GOLDEN=1, then look at the pictures before committing. */
  if (g_getenv ("PLATEN_UPDATE_GOLDEN") != NULL)
    gdk_pixbuf_save (drawn, path, "jpeg", &error, "quality", "88", NULL);
  g_assert_no_error (error);
  golden = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);

  g_assert_cmpint (gdk_pixbuf_get_width (golden), ==, gdk_pixbuf_get_width (drawn));
  g_assert_cmpint (gdk_pixbuf_get_height (golden), ==, gdk_pixbuf_get_height (drawn));
  g_test_message ("page %u differs by %.1f", page + 1, compare_blocks (golden, drawn));
  g_assert_cmpfloat (compare_blocks (golden, drawn), <, 6);
}

static void
test_golden (gconstpointer data)
{
  const Shipped *one = data;
  g_autoptr (PltLayout) layout = load_layout (one->layout);
  g_autoptr (PltCardSample) sample = load_sample (one->sample);

  for (guint page = 0; page < plt_layout_get_n_pages (layout); page++)
    check_golden (layout, sample, page);
}

/* Words of the reason for which a layout must refuse the person; NULL where it must draw. */
static const char *
find_refusal (const Shipped *one, const char *sample)
{
  if (g_str_equal (sample, "14-unknown-script") && !one->is_latin)
    return "national script";
  return g_str_equal (sample, "15-too-long") && !one->has_no_number ? "licence number" : NULL;
}

/* Every page for every person: whole, or refused in words that name what does not go. */
static void
test_everybody (gconstpointer data)
{
  const Shipped *one = data;
  g_autofree char *folder = get_sample_folder ();
  g_autoptr (PltLayout) layout = load_layout (one->layout);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) samples = plt_card_samples_read (folder, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < samples->len; i++)
    {
      PltCardSample *sample = g_ptr_array_index (samples, i);
      const char *words = find_refusal (one, plt_card_sample_get_id (sample));
      g_autoptr (GError) problem = NULL;
      g_autoptr (GBytes) pdf = plt_card_render_pdf (layout, plt_card_sample_get_inputs (sample),
                                                    &problem);

      g_test_message ("%s: %s", plt_card_sample_get_id (sample),
                      problem != NULL ? problem->message : "drawn");
      if (words == NULL)
        {
          g_assert_no_error (problem);
          continue;
        }
      g_assert_null (pdf);
      g_assert_nonnull (strstr (problem->message, words));
    }
}

static void
assert_same_found (PltLayoutShelf    *whole,
                   const char *const *folders,
                   const char        *id)
{
  g_autoptr (PltLayoutShelf) shelf = plt_layout_shelf_new_for (folders, id);
  g_autoptr (GError) expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLayout) a = plt_layout_shelf_find (whole, id, 0, NULL, &expected);
  g_autoptr (PltLayout) b = plt_layout_shelf_find (shelf, id, 0, NULL, &error);

  g_assert_true ((a == NULL) == (b == NULL));
  if (a != NULL)
    g_assert_cmpstr (plt_layout_get_digest (a), ==, plt_layout_get_digest (b));
  else
    g_assert_cmpstr (expected->message, ==, error->message);
}

/* A shelf of one layout finds it as the whole shelf does, and what is no layout no more than that. */
static void
test_shelf_of_one (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", NULL);
  const char *const folders[] = { "/nowhere", folder, NULL };
  g_autoptr (PltLayoutShelf) whole = plt_layout_shelf_new (folders);

  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    assert_same_found (whole, folders, shipped[i].layout);
  assert_same_found (whole, folders, "proof");
  assert_same_found (whole, folders, "utopia-none");
  assert_same_found (whole, folders, "../layouts/utopia-eu");
  assert_same_found (whole, folders, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autofree char *golden = g_strconcat ("/card/layouts/golden/", shipped[i].layout, NULL);
      g_autofree char *everybody = g_strconcat ("/card/layouts/everybody/", shipped[i].layout, NULL);

      g_test_add_data_func (golden, &shipped[i], test_golden);
      g_test_add_data_func (everybody, &shipped[i], test_everybody);
    }
  g_test_add_func ("/card/layouts/shelf-of-one", test_shelf_of_one);
  return g_test_run ();
}
