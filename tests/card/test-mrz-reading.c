/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever line stands on a card is read as it stands there, from the page as it is printed; a letter that
 * is covered, cut or missing is none. */
#include "plt-card-parts.h"
#include "plt-card-renderer.h"
#include "plt-card-sample.h"
#include "plt-mrz-reader.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define LETTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
#define LENGTH 30

static const char *const layouts[] = { "utopia-iso", "utopia-eu", "utopia-bilingual", "utopia-thai" };

typedef struct
{
  PltLayout       *layout;
  PltCardInputs   *inputs;
  guint            index;
  double           x, y, width, height; /* of the line, mm */
  double           dpi;
  cairo_surface_t *picture;
} Page;

static PltCardInputs *
load_inputs (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data/layouts/proof/01-everyday.json",
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCardSample) sample = plt_card_sample_new_from_file (path, &error);

  g_assert_no_error (error);
  return plt_card_inputs_ref (plt_card_sample_get_inputs (sample));
}

static void
draw_page (Page *page, const char *name, double dpi, const char *line)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data/layouts", name, "layout.json",
                                            NULL);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GError) error = NULL;
  cairo_t *cr;

  page->layout = plt_layout_new_from_file (path, &error);
  g_assert_no_error (error);
  page->inputs = load_inputs ();
  page->dpi = dpi;
  plt_card_inputs_set_mrz (page->inputs, line);
  plt_card_inputs_set_specimen (page->inputs, TRUE);
  parts = plt_card_list_parts (page->layout, page->inputs, 0);
  while (!g_str_equal (((PltCardPart *) g_ptr_array_index (parts, page->index))->type, "mrz"))
    page->index++;
  page->x = ((PltCardPart *) g_ptr_array_index (parts, page->index))->x;
  page->y = ((PltCardPart *) g_ptr_array_index (parts, page->index))->y;
  page->width = ((PltCardPart *) g_ptr_array_index (parts, page->index))->width;
  page->height = ((PltCardPart *) g_ptr_array_index (parts, page->index))->height;
  page->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                              (int) lround (PLT_CARD_WIDTH_MM * dpi / 25.4),
                                              (int) lround (PLT_CARD_HEIGHT_MM * dpi / 25.4));
  cr = cairo_create (page->picture);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 25.4, dpi / 25.4);
  g_assert_true (plt_card_render (page->layout, page->inputs, PLT_CARD_SIDE_FRONT, cr, dpi, &error));
  g_assert_no_error (error);
  cairo_destroy (cr);
  cairo_surface_flush (page->picture);
}

/* The layout with other members of its machine-readable zone; NULL where it is refused, for @fault. */
static PltLayout *
make_zone (const char *members, const char *fault)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data/layouts/utopia-iso/layout.json", NULL);
  g_autofree char *folder = g_dir_make_tmp ("mrz-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "layout.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) error = NULL;
  PltLayout *layout;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, "\"x\": 4.7, \"y\": 47.2, \"width\": 76.2, \"height\": 3.35", 2);
  g_assert_nonnull (parts[1]);
  changed = g_strconcat (parts[0], members, parts[1], NULL);
  g_assert_true (g_file_set_contents (copy, changed, -1, NULL));
  layout = plt_layout_new_from_file (copy, &error);
  g_unlink (copy);
  g_rmdir (folder);
  if (fault == NULL)
    g_assert_no_error (error);
  else
    g_assert_nonnull (strstr (error->message, fault));
  return layout;
}

/* What does not hold the lines of its manner is refused with the place and what would be right. */
static void
test_manners_refused (void)
{
  static const struct { const char *members, *fault; } cases[] = {
    { "\"x\": 4.7, \"y\": 47.2, \"width\": 60, \"height\": 3.35", "width”: must be 76.2 at least: 30 characters" },
    { "\"x\": 4.7, \"y\": 47.2, \"width\": 76.2, \"height\": 3.35, \"manner\": \"de\"", "manner”: must be one of fr, nl, ch" },
    { "\"x\": 4.7, \"y\": 40, \"width\": 76.2, \"height\": 9, \"manner\": \"ch\"", "leading”: is missing: the manner has 3" },
    { "\"x\": 4.7, \"y\": 40, \"width\": 76.2, \"height\": 5, \"leading\": 2.7, \"manner\": \"ch\"", "height”: must be 8.1 at least" },
    { "\"x\": 4.7, \"y\": 40, \"width\": 76.2, \"height\": 9, \"leading\": 2.7, \"manner\": \"nl\"", "leading”: must not be given" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (make_zone (cases[i].members, cases[i].fault));
}

/* Each manner is drawn where its lines are and read back from there, and another's lines are not drawn. */
static void
test_manners (void)
{
  static const struct { const char *members; PltCardMrzManner manner; } cases[] = {
    { "\"x\": 4.7, \"y\": 47.2, \"width\": 76.2, \"height\": 3.35, \"manner\": \"nl\"", PLT_CARD_MRZ_NL },
    { "\"x\": 4.7, \"y\": 1, \"width\": 76.2, \"height\": 9.6, \"leading\": 3.2, \"manner\": \"ch\"", PLT_CARD_MRZ_CH },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltLayout) layout = make_zone (cases[i].members, NULL);
      g_autoptr (PltCardInputs) inputs = load_inputs ();
      const char *zone = plt_card_inputs_get_mrz_in (inputs, cases[i].manner);
      cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1011, 638);
      cairo_t *cr = cairo_create (picture);
      g_autoptr (GPtrArray) parts = plt_card_list_parts (layout, inputs, 0);
      g_autofree char *read = NULL;
      guint index = 0;

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      cairo_scale (cr, 300 / 25.4, 300 / 25.4);
      g_assert_cmpint (plt_layout_get_mrz_manner (layout), ==, cases[i].manner);
      /* There, nothing else is black. */
      g_assert_true (plt_card_render_layers (layout, inputs, 0, PLT_CARD_LAYER_BLACK, cr, 300, NULL));
      cairo_destroy (cr);
      cairo_surface_flush (picture);
      while (!g_str_equal (((PltCardPart *) g_ptr_array_index (parts, index))->type, "mrz"))
        index++;
      read = plt_mrz_reader_read (layout, 0, index, picture, 300);
      cairo_surface_destroy (picture);
      g_assert_cmpstr (read, ==, zone);
    }
}

static void
page_clear (Page *page)
{
  g_object_unref (page->layout);
  plt_card_inputs_unref (page->inputs);
  cairo_surface_destroy (page->picture);
}

/* Something white (1) or black (0) lies on the part of the line from the fraction @from to @to. */
static void
cover (Page *page, double from, double to, double white)
{
  cairo_t *cr = cairo_create (page->picture);

  cairo_scale (cr, page->dpi / 25.4, page->dpi / 25.4);
  cairo_set_source_rgb (cr, white, white, white);
  cairo_rectangle (cr, page->x + from * page->width, page->y - 1, (to - from) * page->width, page->height + 2);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (page->picture);
}

static char *
make_line (void)
{
  char *line = g_strnfill (LENGTH, '<');

  for (int i = 0; i < LENGTH; i++)
    line[i] = LETTERS[g_test_rand_int_range (0, (int) strlen (LETTERS))];
  return line;
}

static char *
read_page (const Page *page)
{
  return plt_mrz_reader_read (page->layout, 0, page->index, page->picture, page->dpi);
}

static void
test_every_letter (void)
{
  static const double dpis[] = { 300, 600, 310 }; /* cells need not be whole dots */

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (dpis); j++)
      {
        g_autofree char *line = i == 0 && j == 0 ? g_strdup ("0O1I2Z5S8B6G<K<X0D0QUVWMN<7T1L") : make_line ();
        g_autofree char *found = NULL;
        Page page = { 0 };

        draw_page (&page, layouts[i], dpis[j], line);
        found = read_page (&page);
        if (g_strcmp0 (found, line) != 0)
          g_test_message ("%s at %g dots per inch", layouts[i], dpis[j]);
        g_assert_cmpstr (found, ==, line);
        page_clear (&page);
      }
}

/* A letter of which a part is covered is no letter, whatever colour lies on it. */
static void
test_covered (void)
{
  for (int white = 0; white <= 1; white++)
    {
      g_autofree char *line = make_line ();
      g_autofree char *found = NULL;
      Page page = { 0 };

      line[9] = 'M';
      draw_page (&page, "utopia-iso", 300, line);
      cover (&page, 9.65 / LENGTH, 10.0 / LENGTH, white);
      line[9] = PLT_MRZ_UNREADABLE;
      found = read_page (&page);
      g_assert_cmpstr (found, ==, line);
      page_clear (&page);
    }
}

static void
test_cut (void)
{
  g_autofree char *line = make_line ();
  g_autofree char *found = NULL;
  g_autofree char *none = NULL;
  Page page = { 0 };

  draw_page (&page, "utopia-eu", 300, line);
  cover (&page, 20.0 / LENGTH, 1.1, 1);
  line[20] = '\0';
  found = read_page (&page);
  g_assert_cmpstr (found, ==, line);
  cover (&page, -0.1, 1.1, 1);
  none = read_page (&page);
  g_assert_null (none);
  page_clear (&page);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/mrz-reading/every-letter-of-every-layout", test_every_letter);
  g_test_add_func ("/card/mrz-reading/manners", test_manners);
  g_test_add_func ("/card/mrz-reading/manners/refused-where-they-do-not-fit", test_manners_refused);
  g_test_add_func ("/card/mrz-reading/what-is-covered-is-no-letter", test_covered);
  g_test_add_func ("/card/mrz-reading/what-is-cut-is-not-there", test_cut);
  return g_test_run ();
}
