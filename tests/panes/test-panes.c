/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each pane without an office that answers: its template, names, actions and end. */
#include "plt-card-desk.h"
#include "plt-decisions-pane.h"
#include "plt-editor-pane.h"
#include "plt-inspector-pane.h"
#include "plt-orders-page.h"
#include "plt-panes.h"
#include "plt-preview-pane.h"
#include "plt-queue-pane.h"
#include "plt-registries-pane.h"
#include "plt-room-pane.h"
#include "plt-search-pane.h"
#include "plt-stock-page.h"

#include <adwaita.h>

/* The smallest window, and what its sidebar takes of it when text has twice its size (the app's own
 * tests hold it to that). */
#define WINDOW_WIDTH 1024
#define SIDEBAR_WIDTH 224

typedef GtkWidget *(*NewPane) (PltOffice *office);

static GtkWidget *
new_card_desk (PltOffice *office)
{
  PltCardDesk *desk = g_object_new (PLT_TYPE_CARD_DESK, NULL);

  plt_card_desk_set_office (desk, office);

  return GTK_WIDGET (desk);
}

static GtkWidget *
new_orders_page (PltOffice *office)
{
  PltOrdersPage *page = g_object_new (PLT_TYPE_ORDERS_PAGE, NULL);

  plt_orders_page_set_office (page, office);

  return GTK_WIDGET (page);
}

static GtkWidget *
new_stock_page (PltOffice *office)
{
  PltStockPage *page = g_object_new (PLT_TYPE_STOCK_PAGE, NULL);

  plt_stock_page_set_office (page, office);

  return GTK_WIDGET (page);
}

static const struct
{
  const char *name;
  const char *prefix; /* of its actions; NULL: it has none of its own */
  NewPane     make;
} panes[] = {
  { "search", "search.", plt_search_pane_new },
  { "editor", "editor.", plt_editor_pane_new },
  { "queue", "queue.", plt_queue_pane_new },
  { "preview", "preview.", plt_preview_pane_new },
  { "room", NULL, plt_room_pane_new },
  { "card-desk", "room.", new_card_desk },
  { "orders-page", "orders.", new_orders_page },
  { "stock-page", "stock.", new_stock_page },
  { "registries", "registries.", plt_registries_pane_new },
  { "decisions", "decisions.", plt_decisions_pane_new },
  { "inspector", "inspector.", plt_inspector_pane_new },
};

static PltOffice *
new_office (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltOfficeConfig) config = plt_office_config_load (NULL, &error);

  g_assert_no_error (error);

  return plt_office_new (config, "host=/nonexistent dbname=platen");
}

static GtkWidget *
show (GtkWidget *pane)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), WINDOW_WIDTH, 768);
  gtk_window_set_child (GTK_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return window;
}

static gboolean
is_interactive (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) ||
         GTK_IS_DROP_DOWN (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_COLUMN_VIEW (widget) ||
         ADW_IS_ENTRY_ROW (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_FLOW_BOX (widget);
}

/* The insides of GTK's own widgets are GTK's to name. */
static gboolean
has_own_insides (GtkWidget *widget)
{
  return is_interactive (widget) && !GTK_IS_LIST_BOX (widget) && !GTK_IS_FLOW_BOX (widget);
}

static gboolean
is_inside_preferences_group (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP) != NULL;
}

/* A button with a label is named by it or by its template; both are read one after the other. */
static void
check_named_once (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL &&
      gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) &&
      gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    g_error ("The button “%s” is named twice", gtk_button_get_label (GTK_BUTTON (widget)));
}

static guint
check_names (GtkWidget *widget)
{
  guint n_checked = 0;

  if (is_interactive (widget) && !(GTK_IS_LIST_BOX (widget) && is_inside_preferences_group (widget)))
    {
      GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

      if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) &&
          !gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
        g_error ("%s “%s” has no accessible label", G_OBJECT_TYPE_NAME (widget),
                 gtk_widget_get_name (widget));
      check_named_once (widget);
      n_checked++;
    }
  if (has_own_insides (widget))
    return n_checked;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_checked += check_names (child);

  return n_checked;
}

static void
test_names (gconstpointer data)
{
  g_autoptr (PltOffice) office = new_office ();
  GtkWidget *pane = panes[GPOINTER_TO_SIZE (data)].make (office);
  GtkWidget *window = show (pane);

  g_assert_cmpuint (check_names (pane), >, 2);

  gtk_window_destroy (GTK_WINDOW (window));
}

static GVariant *
make_parameter (const GVariantType *type)
{
  if (type == NULL)
    return NULL;
  if (g_variant_type_equal (type, G_VARIANT_TYPE_STRING))
    return g_variant_new_string ("1");
  if (g_variant_type_equal (type, G_VARIANT_TYPE_INT32))
    return g_variant_new_int32 (0);

  g_assert_not_reached ();
}

static void
test_actions (gconstpointer data)
{
  g_autoptr (PltOffice) office = new_office ();
  GtkWidget *pane = panes[GPOINTER_TO_SIZE (data)].make (office);
  GtkWidget *window = show (pane);
  const char *prefix = panes[GPOINTER_TO_SIZE (data)].prefix;
  const GVariantType *type;
  const char *name, *property;
  GType owner;
  guint n_own = 0;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (pane), i, &owner, &name,
                                                   &type, &property); i++)
    {
      g_autoptr (GVariant) parameter = NULL;

      if (!g_str_has_prefix (name, prefix))
        continue;
      n_own++;
      parameter = make_parameter (type);
      if (parameter != NULL)
        g_variant_ref_sink (parameter);
      gtk_widget_action_set_enabled (pane, name, TRUE);
      g_assert_true (gtk_widget_activate_action_variant (pane, name, parameter));
    }

  g_assert_cmpuint (n_own, >, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_end (gconstpointer data)
{
  g_autoptr (PltOffice) office = new_office ();
  GtkWidget *pane = panes[GPOINTER_TO_SIZE (data)].make (office);
  GtkWidget *window = show (pane);
  gpointer left = pane;
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  g_object_add_weak_pointer (G_OBJECT (pane), &left);
  gtk_window_destroy (GTK_WINDOW (window));
  while (left != NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);

  g_assert_null (left);
}

static void
assert_keyboard_lives (GtkWidget *pane)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (pane));

  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_mapped (focus));
}

/* GTK brings no keys to a widget that is not shown: Escape and F-keys would do nothing before there is a
 * card, while it is drawn, and when there is none after all. */
static void
test_keyboard (void)
{
  g_autoptr (PltOffice) office = new_office ();
  GtkWidget *pane = plt_preview_pane_new (office);
  GtkWidget *window = show (pane);
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  GtkWidget *loading;

  gtk_widget_grab_focus (pane);
  assert_keyboard_lives (pane);
  plt_preview_pane_show_ (PLT_PREVIEW_PANE (pane), "A26-0000001");
  assert_keyboard_lives (pane);
  loading = gtk_root_get_focus (GTK_ROOT (window));
  while (gtk_root_get_focus (GTK_ROOT (window)) == loading && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  assert_keyboard_lives (pane);
  g_assert_true (GTK_IS_BUTTON (gtk_root_get_focus (GTK_ROOT (window))));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Every step that some person may take with some record. */
static void
offer_all (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    gtk_widget_set_visible (widget, TRUE);
  if (has_own_insides (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    offer_all (child);
}

/* Who needs text of twice the size works on the smallest screen, too: what needs more room than the
 * window has would be cut off. */
static void
test_large_text (gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (PltOffice) office = new_office ();
  int dpi;
  int width;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  GtkWidget *pane = panes[GPOINTER_TO_SIZE (data)].make (office);
  GtkWidget *window = show (pane);

  offer_all (pane);
  gtk_widget_measure (pane, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_test_message ("%s needs %d px", panes[GPOINTER_TO_SIZE (data)].name, width);
  g_assert_cmpint (width, <=, WINDOW_WIDTH - SIDEBAR_WIDTH);

  gtk_window_destroy (GTK_WINDOW (window));
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
add (const char    *what,
     gsize          pane,
     GTestDataFunc  test)
{
  g_autofree char *path = g_strdup_printf ("/panes/%s/%s", panes[pane].name, what);

  g_test_add_data_func (path, GSIZE_TO_POINTER (pane), test);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  plt_panes_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      add ("everything-has-a-name", i, test_names);
      if (panes[i].prefix != NULL)
        add ("every-action-bears-an-empty-pane", i, test_actions);
      add ("leaves-nothing-behind", i, test_end);
      add ("large-text-fits", i, test_large_text);
    }

  g_test_add_func ("/panes/preview/keyboard-before-there-is-a-card", test_keyboard);

  return g_test_run ();
}
