/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every key of the window and of its panes stands in the help overlay. */
#include "plt-app.h"
#include "plt-card-desk.h"
#include "plt-editor-pane.h"
#include "plt-office.h"
#include "plt-orders-page.h"
#include "plt-preview-pane.h"
#include "plt-queue-pane.h"
#include "plt-search-pane.h"
#include "plt-stock-page.h"

static char *
normalise (const char *accelerator)
{
  guint key;
  GdkModifierType modifiers;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));

  return gtk_accelerator_name (key, modifiers);
}

static void
collect_shown (GtkWidget  *widget,
               GHashTable *shown)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      g_autofree char *accelerator = NULL;

      g_object_get (widget, "accelerator", &accelerator, NULL);
      g_hash_table_add (shown, normalise (accelerator));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_shown (child, shown);
}

static void
check_shown (GHashTable *shown,
             const char *accelerator)
{
  g_autofree char *name = normalise (accelerator);

  if (!g_hash_table_contains (shown, name))
    g_error ("The help overlay does not show %s", name);
}

static guint
check_pane (GtkWidget  *pane,
            GHashTable *shown)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (pane);
  guint n_keys = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *key = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          check_shown (shown, key);
          n_keys++;
        }
    }

  return n_keys;
}

static void
check_application (GtkApplication *application,
                   GHashTable     *shown)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  guint n_keys = 0;

  for (gsize i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, actions[i]);

      for (gsize j = 0; keys[j] != NULL; j++, n_keys++)
        check_shown (shown, keys[j]);
    }

  g_assert_cmpuint (n_keys, >, 7);
}

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

static void
test_overlay (void)
{
  static GtkWidget *(* const makers[]) (PltOffice *) = {
    plt_search_pane_new, plt_editor_pane_new, plt_queue_pane_new, plt_preview_pane_new,
    new_card_desk, new_orders_page, new_stock_page,
  };
  g_autoptr (PltApp) app = plt_app_new ();
  g_autoptr (PltOfficeConfig) config = plt_office_config_load (NULL, NULL);
  g_autoptr (PltOffice) office = plt_office_new (config, "host=/nonexistent dbname=platen");
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *overlay;

  g_assert_true (g_application_register (G_APPLICATION (app), NULL, &error));
  g_assert_no_error (error);
  builder = gtk_builder_new_from_resource ("/org/platen/Platen/app/help-overlay.ui");
  overlay = GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay"));
  collect_shown (overlay, shown);

  check_application (GTK_APPLICATION (app), shown);
  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      GtkWidget *pane = g_object_ref_sink (makers[i] (office));

      g_assert_cmpuint (check_pane (pane, shown), >, 3);
      g_object_unref (pane);
    }
  gtk_window_destroy (GTK_WINDOW (overlay));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/keys/all-stand-in-the-help-overlay", test_overlay);

  return g_test_run ();
}
