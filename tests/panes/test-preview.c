/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card on the board: its size, pages and sharpness in a real window, drawn by the real renderer from
 * the layouts and hard records that ship with the program. */
#include "plt-card-board.h"
#include "plt-card-list.h"
#include "plt-card-paint.h"
#include "plt-card-plan.h"
#include "plt-card-renderer.h"
#include "plt-card-sample.h"
#include "plt-panes.h"
#include "plt-paper-proof.h"
#include "plt-screen-size.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>

/* Of any one step; a sanitized build on a busy machine is slow. */
#define DEADLINE_US (60 * G_TIME_SPAN_SECOND)

static PltLayout *
load_layout (const char *id)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data/layouts", id,
                                            "layout.json", NULL);
  g_autoptr (GError) error = NULL;
  PltLayout *layout = plt_layout_new_from_file (path, &error);

  g_assert_no_error (error);
  return layout;
}

static PltCardInputs *
load_inputs (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data/layouts/proof", name,
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCardSample) sample = plt_card_sample_new_from_file (path, &error);

  g_assert_no_error (error);
  return plt_card_inputs_ref (plt_card_sample_get_inputs (sample));
}

typedef gboolean (*Condition) (gpointer data);

static void
await (Condition condition,
       gpointer  data)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, FALSE);
    }
}

static gboolean
is_current (gpointer board)
{
  return plt_card_board_is_current (board);
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static GtkWidget *
show_board (PltCardBoard **board)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  *board = g_object_new (PLT_TYPE_CARD_BOARD, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (*board));
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

/* The view of one page that is shown. */
static GtkWidget *
get_shown_view (PltCardBoard *board)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (board)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      return child;

  g_assert_not_reached ();
}

static void
test_real_size (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.platen.Platen");
  g_autoptr (PltLayout) layout = load_layout ("utopia-iso");
  g_autoptr (PltCardInputs) inputs = load_inputs ("01-everyday.json");
  PltCardBoard *board;
  GtkWidget *window = show_board (&board);
  const double sizes[] = { 3, 4.5, 7.25 };

  plt_card_board_set_settings (board, settings);
  plt_card_board_set_card (board, layout, inputs);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GtkWidget *view;

      plt_screen_size_set (GTK_WIDGET (board), settings, sizes[i]);
      g_assert_true (plt_screen_size_is_measured (GTK_WIDGET (board), settings));
      g_assert_cmpfloat_with_epsilon (plt_screen_size_get (GTK_WIDGET (board), settings), sizes[i], 1e-9);
      plt_card_board_measure_again (board);
      plt_card_board_set_zoom (board, 1);
      gtk_test_widget_wait_for_draw (window);
      await (is_current, board);

      view = get_shown_view (board);
      g_assert_cmpfloat_with_epsilon (gtk_widget_get_width (view), PLT_CARD_WIDTH_MM * sizes[i], 1);
      g_assert_cmpfloat_with_epsilon (gtk_widget_get_height (view), PLT_CARD_HEIGHT_MM * sizes[i], 1);
    }
  g_settings_reset (settings, "screen-sizes");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_zoom (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-eu");
  g_autoptr (PltCardInputs) inputs = load_inputs ("02-longest-names.json");
  PltCardBoard *board;
  GtkWidget *window = show_board (&board);
  double before = 0;

  plt_card_board_set_card (board, layout, inputs);
  plt_card_board_set_zoom (board, 0.25);
  for (guint i = 0; i < 40 && before < PLT_CARD_MAX_ZOOM; i++)
    {
      gtk_test_widget_wait_for_draw (window);
      await (is_current, board);
      g_assert_cmpfloat (plt_card_board_get_zoom (board), >, before);
      before = plt_card_board_get_zoom (board);
      plt_card_board_step_zoom (board, 1);
    }
  g_assert_cmpfloat_with_epsilon (plt_card_board_get_zoom (board), PLT_CARD_MAX_ZOOM, 1e-9);

  /* More than that there is not, and fitting is always a way back. */
  plt_card_board_set_zoom (board, 40);
  g_assert_cmpfloat_with_epsilon (plt_card_board_get_zoom (board), PLT_CARD_MAX_ZOOM, 1e-9);
  plt_card_board_set_zoom (board, 0);
  gtk_test_widget_wait_for_draw (window);
  await (is_current, board);
  g_assert_cmpfloat (plt_card_board_get_real_zoom (board), <, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Pages that a screen reader is told of. */
static guint
count_presented (PltCardBoard *board)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (board)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *hidden
          = gtk_test_accessible_check_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE);

      n += hidden != NULL;
    }

  return n;
}

static void
test_turn (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-iso");
  g_autoptr (PltCardInputs) inputs = load_inputs ("01-everyday.json");
  PltCardBoard *board;
  GtkWidget *window = show_board (&board);

  plt_card_board_set_card (board, layout, inputs);
  g_assert_true (plt_card_board_get_both (board));
  g_assert_cmpuint (count_presented (board), ==, 2);
  plt_card_board_turn (board);
  g_assert_cmpuint (count_presented (board), ==, 1);
  g_assert_false (plt_card_board_get_both (board));
  g_assert_cmpuint (plt_card_board_get_page (board), ==, 1);
  gtk_test_widget_wait_for_draw (window);
  await (is_current, board);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_shown_view (board)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Back of the card");

  plt_card_board_turn (board);
  g_assert_cmpuint (plt_card_board_get_page (board), ==, 0);
  plt_card_board_show_page (board, 1);
  g_assert_cmpuint (plt_card_board_get_page (board), ==, 1);
  plt_card_board_set_both (board, TRUE);
  g_assert_cmpuint (plt_card_board_get_page (board), ==, 0);
  g_assert_cmpuint (count_presented (board), ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A booklet is leafed through in both directions, and says where one is. */
static void
test_booklet (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-idp");
  g_autoptr (PltLayout) card = load_layout ("utopia-iso");
  g_autoptr (PltCardInputs) inputs = load_inputs ("01-everyday.json");
  PltCardBoard *board;
  GtkWidget *window = show_board (&board);
  guint n_pages = plt_layout_get_n_pages (layout), n_turns = (n_pages + 1) / 2;
  g_autofree char *none = NULL, *first = NULL, *last = NULL, *single = NULL;
  g_autofree char *wanted = g_strdup_printf ("Pages 1 and 2 of %u", n_pages);
  g_autofree char *wanted_single = g_strdup_printf ("Page 2 of %u", n_pages);

  g_assert_cmpuint (n_pages, >, 4);
  plt_card_board_set_card (board, layout, inputs);
  first = plt_card_board_dup_place (board);
  g_assert_cmpstr (first, ==, wanted);
  for (guint i = 0; i < n_turns - 1; i++)
    plt_card_board_turn (board);
  last = plt_card_board_dup_place (board);
  g_assert_cmpuint (plt_card_board_get_page (board), ==, (n_turns - 1) * 2);
  g_assert_cmpstr (last, !=, first);
  for (guint i = n_turns - 1; i > 0; i--)
    {
      plt_card_board_turn_back (board);
      g_assert_cmpuint (plt_card_board_get_page (board), ==, (i - 1) * 2);
    }
  plt_card_board_turn_back (board);
  g_assert_cmpuint (plt_card_board_get_page (board), ==, (n_turns - 1) * 2);

  plt_card_board_set_both (board, FALSE);
  plt_card_board_show_page (board, 0);
  plt_card_board_turn (board);
  single = plt_card_board_dup_place (board);
  g_assert_cmpstr (single, ==, wanted_single);

  plt_card_board_set_card (board, card, inputs);
  none = plt_card_board_dup_place (board);
  g_assert_null (none);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
refused_cb (PltCardBoard *board,
            const GError *error,
            GError      **kept)
{
  if (*kept == NULL)
    *kept = g_error_copy (error);
}

static gboolean
is_refused (gpointer kept)
{
  return *(GError **) kept != NULL;
}

static void
test_refused (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-iso");
  g_autoptr (PltCardInputs) good = load_inputs ("01-everyday.json");
  g_autoptr (PltCardInputs) bad = load_inputs ("15-too-long.json");
  g_autoptr (GError) error = NULL;
  PltCardBoard *board;
  GtkWidget *window = show_board (&board);

  g_signal_connect (board, "refused", G_CALLBACK (refused_cb), &error);
  plt_card_board_set_card (board, layout, good);
  await (is_current, board);
  g_assert_no_error (error);

  plt_card_board_set_card (board, layout, bad);
  await (is_refused, &error);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_false (plt_card_board_is_current (board));

  /* And it recovers. */
  plt_card_board_set_card (board, layout, good);
  await (is_current, board);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
painted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray **tiles = user_data;

  *tiles = plt_card_paint_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
has_tiles (gpointer tiles)
{
  return *(GPtrArray **) tiles != NULL;
}

/* At 1,600 % on a screen of twice the dots no texture is larger than each GL can hold, and together they
 * lie edge to edge over all that was asked for. */
static void
test_tiles (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-iso");
  g_autoptr (PltCardInputs) inputs = load_inputs ("01-everyday.json");
  g_autoptr (GPtrArray) tiles = NULL;
  PltCardAsk ask = {
    .layout = layout,
    .inputs = inputs,
    .layers = PLT_CARD_LAYER_PRINTED,
    .scale = 16 * 2 * 96 / 25.4,
    .area = GRAPHENE_RECT_INIT (0, 0, (float) PLT_CARD_WIDTH_MM / 2, 10),
  };
  gint64 px = 0;
  int width = (int) ceil (ask.area.size.width * ask.scale);
  int height = (int) ceil (ask.area.size.height * ask.scale);

  plt_card_paint_async (&ask, NULL, painted_cb, &tiles);
  await (has_tiles, &tiles);

  g_assert_cmpuint (tiles->len, >, 1);
  for (guint i = 0; i < tiles->len; i++)
    {
      const PltCardTile *tile = g_ptr_array_index (tiles, i);
      int tile_width = gdk_texture_get_width (tile->texture);
      int tile_height = gdk_texture_get_height (tile->texture);

      g_assert_cmpint (tile_width, <=, PLT_CARD_TILE_PX);
      g_assert_cmpint (tile_height, <=, PLT_CARD_TILE_PX);
      g_assert_cmpfloat_with_epsilon (tile->area.size.width * ask.scale, tile_width, 0.01);
      px += (gint64) tile_width * tile_height;
      for (guint j = 0; j < i; j++)
        {
          const PltCardTile *other = g_ptr_array_index (tiles, j);
          graphene_rect_t shared;

          if (graphene_rect_intersection (&tile->area, &other->area, &shared))
            g_assert_cmpfloat (shared.size.width * shared.size.height, <, 1e-4);
        }
    }
  g_assert_cmpint (px, ==, (gint64) width * height);
}

static void
count_cb (PltCardBoard *board,
          guint        *n)
{
  (*n)++;
}

/* Of edits that come faster than cards can be drawn, only some are painted; the last one is. */
static void
test_last_wish (void)
{
  enum { N_EDITS = 60 };
  g_autoptr (PltLayout) layout = load_layout ("utopia-iso");
  g_autoptr (PltCardInputs) last = NULL;
  PltCardBoard *board;
  GtkWidget *window = show_board (&board);
  guint n_painted = 0;

  g_signal_connect (board, "painted", G_CALLBACK (count_cb), &n_painted);
  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Berg%u", i);

      g_clear_pointer (&last, plt_card_inputs_unref);
      last = load_inputs ("01-everyday.json");
      plt_card_inputs_set_value (last, "family_name", name);
      plt_card_board_set_card (board, layout, last);
    }
  g_assert_false (plt_card_board_is_current (board));
  await (is_current, board);
  g_assert_cmpuint (n_painted, >, 0);
  g_assert_cmpuint (n_painted, <, N_EDITS / 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray **list = user_data;

  *list = plt_card_list_finish (result, &error);
  g_assert_no_error (error);
}

/* Whoever cannot see the card hears what stands on each side of it. */
static void
test_reading (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-iso");
  g_autoptr (PltCardInputs) inputs = load_inputs ("01-everyday.json");
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *front = NULL;
  g_autofree char *back = NULL;

  plt_card_list_async (layout, inputs, NULL, listed_cb, &list);
  await (has_tiles, &list);
  front = plt_card_list_dup_reading (list, 0);
  back = plt_card_list_dup_reading (list, 1);

  g_assert_nonnull (strstr (front, plt_card_inputs_get_value (inputs, "family_name")));
  g_assert_nonnull (strstr (front, plt_card_inputs_get_value (inputs, "licence_number")));
  g_assert_null (strstr (back, plt_card_inputs_get_value (inputs, "licence_number")));
  g_assert_cmpuint (strlen (back), >, 10);
}

static void
test_plan (void)
{
  const PltCardPages two = { .n = 2, .width = { 85.6, 85.6 }, .height = { 53.98, 53.98 } };
  PltCardPlan wide, tall, large;

  plt_card_plan_make (&wide, &two, 1200, 400, 0, 4);
  plt_card_plan_make (&tall, &two, 400, 1200, 0, 4);
  plt_card_plan_make (&large, &two, 400, 400, 16, 4);

  g_assert_cmpfloat (wide.pages[1].origin.x, >, wide.pages[0].origin.x + wide.pages[0].size.width);
  g_assert_cmpfloat (tall.pages[1].origin.y, >, tall.pages[0].origin.y + tall.pages[0].size.height);
  g_assert_cmpfloat (wide.width, <=, 1200);
  g_assert_cmpfloat (wide.height, <=, 400);
  g_assert_cmpfloat (tall.height, <=, 1200);
  g_assert_cmpfloat_with_epsilon (large.scale, 64, 1e-9);
}

static void
proof_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  g_assert_true (plt_paper_proof_print_finish (result, &error));
  g_assert_no_error (error);
  *done = TRUE;
}

/* Without a printer in the way: the same drawing into a file. */
static void
test_paper_proof (void)
{
  g_autoptr (PltLayout) layout = load_layout ("utopia-iso");
  g_autoptr (PltCardInputs) inputs = load_inputs ("01-everyday.json");
  g_autofree char *folder = g_dir_make_tmp ("platen-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "proof.pdf", NULL);
  g_autofree char *pdf = NULL;
  PltCardBoard *board;
  GtkWidget *window = show_board (&board);
  gboolean done = FALSE;
  gsize length;

  plt_paper_proof_print_async (GTK_WIDGET (board), layout, inputs, "Card of application UC-26-000001",
                               "Address: “Old Road 1” becomes “New Road 2”.", path, NULL, proof_cb, &done);
  await (is_set, &done);
  g_assert_true (g_file_get_contents (path, &pdf, &length, NULL));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_assert_cmpuint (length, >, 20000);
  g_unlink (path);
  g_rmdir (folder);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  plt_panes_init ();
  g_test_add_func ("/panes/preview/real-size-is-what-the-ruler-said", test_real_size);
  g_test_add_func ("/panes/preview/every-zoom-becomes-sharp", test_zoom);
  g_test_add_func ("/panes/preview/turned-over", test_turn);
  g_test_add_func ("/panes/preview/leafed-through", test_booklet);
  g_test_add_func ("/panes/preview/what-cannot-be-drawn-is-told", test_refused);
  g_test_add_func ("/panes/preview/tiles-cover-and-fit-a-texture", test_tiles);
  g_test_add_func ("/panes/preview/only-the-last-wish-counts", test_last_wish);
  g_test_add_func ("/panes/preview/a-card-can-be-read-out", test_reading);
  g_test_add_func ("/panes/preview/pages-lie-where-they-are-largest", test_plan);
  g_test_add_func ("/panes/preview/proof-on-paper", test_paper_proof);
  return g_test_run ();
}
