/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the same on every card is drawn first, but never past what it lies on or under; a card that was drawn
 * before that was so is drawn as it was then; and both show the same. */
#include "plt-card-inputs-reader.h"
#include "plt-card-order.h"
#include "sample-card.h"
#include "try-layout.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#define TEXT(y, words) \
  "{\"type\":\"text\",\"x\":10,\"y\":" y ",\"width\":30,\"height\":3,\"text\":\"" words "\",\"font\":\"text\",\"size\":7}"
#define RECT(x, y, width, height) \
  "{\"type\":\"rect\",\"x\":" x ",\"y\":" y ",\"width\":" width ",\"height\":" height ",\"colour\":\"#ffffff\"}"

typedef struct
{
  const char *front;
  const char *order;
} Case;

static const Case cases[] = {
  /* Labels between values come before them all. */
  { TEXT ("5", "1") "," TEXT ("9", "{family_name}") "," TEXT ("15", "2") "," TEXT ("19", "{given_names}"), "0 2 1 3" },
  /* Even where a value is so near that its marks could reach the label. */
  { TEXT ("5", "{family_name}") "," TEXT ("8.1", "2") "," TEXT ("11", "{given_names}"), "1 0 2" },
  /* A ground that lies upon a value stays there, and so does what stands on that ground. */
  { TEXT ("9", "{family_name}") "," RECT ("0", "8", "50", "6") "," TEXT ("9", "1") "," RECT ("60", "40", "5", "5"),
    "0 1 2 3" },
  { RECT ("60", "40", "5", "5") "," TEXT ("9", "{family_name}") "," RECT ("0", "8", "50", "6") "," RECT ("1", "9", "2", "2"),
    "0 1 2 3" },
  /* One beside it does not. */
  { TEXT ("9", "{family_name}") "," RECT ("0", "30", "50", "6"), "1 0" },
};

static void
test_order (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (PltLayout) layout = try_layout ("", one->front);
  g_autoptr (GArray) order = plt_card_order_find (layout, 0);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < order->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (order, guint, i));
  g_assert_cmpstr (text->str, ==, one->order);
}

static GdkPixbuf *
rasterize (GBytes *pdf,
           int     page)
{
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "card.pdf", NULL);
  g_autofree char *stem = g_build_filename (folder, "page", NULL);
  g_autofree char *png = g_strconcat (stem, ".png", NULL);
  g_autofree char *number = g_strdup_printf ("%d", page);
  const char *argv[] = { "pdftoppm", "-r", "150", "-png", "-singlefile", "-f", number, path, stem, NULL };
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  pixbuf = gdk_pixbuf_new_from_file (png, &error);
  g_assert_no_error (error);
  g_unlink (path);
  g_unlink (png);
  g_rmdir (folder);
  return pixbuf;
}

static PltLayout *
load (const char *id)
{
  g_autofree char *path
    = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", id, "layout.json", NULL);
  g_autoptr (GError) error = NULL;
  PltLayout *layout = plt_layout_new_from_file (path, &error);

  g_assert_no_error (error);
  return layout;
}

/* How many pictures a card's own pages are made of. */
static guint
count_forms (GBytes *pdf)
{
  gsize length = 0;
  const char *at = g_bytes_get_data (pdf, &length), *end = at + length;
  guint n = 0;

  while ((at = memmem (at, (gsize) (end - at), "/BBox [ -1 -1 2 2 ]", 19)) != NULL)
    {
      n++;
      at++;
    }
  return n;
}

/* To the dot, as another program sees it. */
static void
test_shows_the_same (gconstpointer data)
{
  g_autoptr (PltLayout) layout = load (data);
  g_autoptr (PltCardInputs) inputs = sample_inputs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) now = plt_card_render_pdf (layout, inputs, &error);
  g_autoptr (GBytes) before = NULL, once_more = NULL;

  g_assert_no_error (error);
  plt_card_inputs_set_renderer (inputs, PLT_CARD_RENDERER_IN_ORDER);
  before = plt_card_render_pdf (layout, inputs, &error);
  plt_card_inputs_set_renderer (inputs, PLT_CARD_RENDERER_VERSION);
  once_more = plt_card_render_pdf (layout, inputs, &error);
  g_assert_true (g_bytes_equal (now, once_more));
  g_assert_false (g_bytes_equal (now, before));
  g_test_message ("%s: %u pictures were %u", (const char *) data, count_forms (now), count_forms (before));
  g_assert_cmpuint (count_forms (now), <, count_forms (before));
  for (int page = 1; page <= 2; page++)
    {
      g_autoptr (GdkPixbuf) a = rasterize (now, page);
      g_autoptr (GdkPixbuf) b = rasterize (before, page);

      g_assert_cmpmem (gdk_pixbuf_read_pixels (a), gdk_pixbuf_get_byte_length (a), gdk_pixbuf_read_pixels (b),
                       gdk_pixbuf_get_byte_length (b));
    }
}

/* What was drawn by a version before is drawn by that one again, if this program has it. */
static void
test_kept_version (void)
{
  static const struct { int kept, drawn; } versions[] = { { 1, 2 }, { 2, 2 }, { 3, 3 }, { 4, 3 } };
  g_autoptr (PltCardInputs) inputs = plt_card_inputs_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *json = NULL;
      g_autoptr (PltCardInputs) again = NULL;

      plt_card_inputs_set_renderer (inputs, versions[i].kept);
      json = plt_card_inputs_to_json (inputs, "utopia-iso", 1, NULL, NULL);
      again = plt_card_inputs_new_from_json (json, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (plt_card_inputs_read_renderer (json), ==, versions[i].kept);
      g_assert_cmpint (plt_card_inputs_get_renderer (again), ==, versions[i].drawn);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/card/order/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &cases[i], test_order);
    }
  g_test_add_data_func ("/card/order/shows-the-same/bilingual", "utopia-bilingual", test_shows_the_same);
  g_test_add_data_func ("/card/order/shows-the-same/eu", "utopia-eu", test_shows_the_same);
  g_test_add_func ("/card/order/kept-version", test_kept_version);
  return g_test_run ();
}
