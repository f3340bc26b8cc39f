/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that are pressed too early are kept, done in their order, or forgotten. */
#include "plt-pane-keys.h"

#define TEST_TYPE_PANE (test_pane_get_type ())
G_DECLARE_FINAL_TYPE (TestPane, test_pane, TEST, PANE, GtkBox)

struct _TestPane
{
  GtkBox   parent_instance;
  GString *done;
};

G_DEFINE_FINAL_TYPE (TestPane, test_pane, GTK_TYPE_BOX)

static const PltPaneKey keys[] = {
  { "<Control>1", "test.do", "one" },
  { "<Control>2", "test.do", "two" },
  { "<Control>3", "test.hold", "three" },
};

static void
do_action (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_string_append_printf (TEST_PANE (widget)->done, "%s ", g_variant_get_string (parameter, NULL));
  if (g_str_equal (action, "test.hold"))
    plt_pane_keys_hold (widget);
}

static void
test_pane_finalize (GObject *object)
{
  g_string_free (TEST_PANE (object)->done, TRUE);
  G_OBJECT_CLASS (test_pane_parent_class)->finalize (object);
}

static void
test_pane_class_init (TestPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_pane_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "test.do", "s", do_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "test.hold", "s", do_action);
}

static void
test_pane_init (TestPane *self)
{
  self->done = g_string_new (NULL);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

/* As the window does when the key comes. Returns: whether the pane has taken it */
static gboolean
press (GtkWidget *pane,
       guint      number)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (pane);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      g_autoptr (GtkShortcut) shortcut = NULL;

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      shortcut = g_list_model_get_item (G_LIST_MODEL (controller), number - 1);
      return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, pane,
                                           gtk_shortcut_get_arguments (shortcut));
    }

  g_assert_not_reached ();
}

static GtkWidget *
new_pane (gboolean shown)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *pane = g_object_new (TEST_TYPE_PANE, "visible", shown, NULL);

  gtk_window_set_child (GTK_WINDOW (window), pane);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_assert_cmpint (gtk_widget_get_mapped (pane), ==, shown);

  return pane;
}

static void
check_done (GtkWidget  *pane,
            const char *expected)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (TEST_PANE (pane)->done->str, ==, expected);
}

static void
end (GtkWidget *pane)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (pane)));
}

static void
test_shown (void)
{
  GtkWidget *pane = new_pane (TRUE);

  g_assert_true (press (pane, 1));
  check_done (pane, "one ");
  gtk_widget_action_set_enabled (pane, "test.do", FALSE);
  g_assert_false (press (pane, 1));
  gtk_widget_action_set_enabled (pane, "test.do", TRUE);
  plt_pane_keys_release (pane);
  check_done (pane, "one ");
  end (pane);
}

static void
test_expected (void)
{
  GtkWidget *pane = new_pane (FALSE);

  g_assert_false (press (pane, 1));
  plt_pane_keys_expect (pane);
  g_assert_true (press (pane, 2));
  g_assert_true (press (pane, 1));
  check_done (pane, "");
  gtk_widget_set_visible (pane, TRUE);
  plt_pane_keys_hold (pane);
  check_done (pane, "");
  plt_pane_keys_release (pane);
  check_done (pane, "two one ");
  end (pane);
}

/* What one key starts holds the next one back. */
static void
test_held (void)
{
  GtkWidget *pane = new_pane (TRUE);

  plt_pane_keys_hold (pane);
  gtk_widget_action_set_enabled (pane, "test.do", FALSE);
  gtk_widget_action_set_enabled (pane, "test.hold", FALSE);
  g_assert_true (press (pane, 3));
  g_assert_true (press (pane, 1));
  check_done (pane, "");
  gtk_widget_action_set_enabled (pane, "test.do", TRUE);
  gtk_widget_action_set_enabled (pane, "test.hold", TRUE);
  plt_pane_keys_release (pane);
  check_done (pane, "three ");
  plt_pane_keys_release (pane);
  check_done (pane, "three one ");
  end (pane);
}

static void
test_forgotten (void)
{
  GtkWidget *pane = new_pane (FALSE);

  plt_pane_keys_expect (pane);
  g_assert_true (press (pane, 1));
  plt_pane_keys_forget (pane);
  g_assert_false (press (pane, 2));
  plt_pane_keys_release (pane);
  check_done (pane, "");
  /* And when the pane goes while keys are kept, nothing is left. */
  plt_pane_keys_expect (pane);
  g_assert_true (press (pane, 1));
  end (pane);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/panes/pane-keys/shown", test_shown);
  g_test_add_func ("/panes/pane-keys/expected", test_expected);
  g_test_add_func ("/panes/pane-keys/held", test_held);
  g_test_add_func ("/panes/pane-keys/forgotten", test_forgotten);

  return g_test_run ();
}
