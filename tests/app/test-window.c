/* The window without an office that answers: signing in, what is refused, and what follows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-app.h"
#include "plt-panes.h"
#include "plt-sign-in-page.h"
#include "plt-window.h"

#include <string.h>

#define PATIENCE_US (10 * G_USEC_PER_SEC)

typedef struct
{
  PltApp    *app;
  PltOffice *office;
  PltWindow *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (PltOfficeConfig) config = plt_office_config_load (NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_unsetenv ("PGUSER");
  g_unsetenv ("PLATEN_DEMO_FOLDER");
  fixture->app = plt_app_new ();
  g_assert_true (g_application_register (G_APPLICATION (fixture->app), NULL, &error));
  g_assert_no_error (error);
  fixture->office = plt_office_new (config, "host=/nonexistent dbname=platen");
  fixture->window = plt_window_new (GTK_APPLICATION (fixture->app), fixture->office, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer left = fixture->window;
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  g_object_add_weak_pointer (G_OBJECT (fixture->window), &left);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (left != NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (left);
  g_object_unref (fixture->office);
  g_object_unref (fixture->app);
}

static GtkWidget *
find_child (GtkWidget  *widget,
            GType       type,
            const char *buildable_id)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (buildable_id == NULL ||
       g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), buildable_id) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type, buildable_id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
get_entry (Fixture    *fixture,
           const char *id)
{
  GtkWidget *page = find_child (GTK_WIDGET (fixture->window), PLT_TYPE_SIGN_IN_PAGE, NULL);

  return find_child (page, GTK_TYPE_ENTRY, id);
}

static void
press_enter (GtkWidget *entry)
{
  g_signal_emit_by_name (entry, "activate");
}

static gboolean
has_focus (Fixture   *fixture,
           GtkWidget *entry)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, entry);
}

static void
test_enter (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *user = get_entry (fixture, "user");
  GtkWidget *password = get_entry (fixture, "password");
  GtkWidget *code = get_entry (fixture, "code");

  g_assert_true (has_focus (fixture, user));
  press_enter (user);
  g_assert_true (has_focus (fixture, user));

  gtk_editable_set_text (GTK_EDITABLE (user), "anna");
  press_enter (user);
  g_assert_true (has_focus (fixture, password));
  press_enter (password);
  g_assert_true (has_focus (fixture, code));
  gtk_editable_set_text (GTK_EDITABLE (code), "12345");
  press_enter (code);
  g_assert_true (has_focus (fixture, code));
}

static void
test_offline (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *page = find_child (GTK_WIDGET (fixture->window), PLT_TYPE_SIGN_IN_PAGE, NULL);
  GtkWidget *message = find_child (page, GTK_TYPE_LABEL, "message");
  GtkWidget *code = get_entry (fixture, "code");
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  gtk_editable_set_text (GTK_EDITABLE (get_entry (fixture, "user")), "anna");
  gtk_editable_set_text (GTK_EDITABLE (code), "123456");
  press_enter (code);
  while (!gtk_widget_get_visible (message) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);

  g_assert_true (gtk_widget_get_visible (message));
  g_assert_cmpuint (strlen (gtk_label_get_text (GTK_LABEL (message))), >, 20);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (code)), ==, "");
  g_assert_true (has_focus (fixture, code));
}

/* Before anybody signed in, nothing of the office can be reached by keys. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkStack *pages = GTK_STACK (find_child (window, GTK_TYPE_STACK, "pages"));

  gtk_widget_activate_action (window, "win.pane", "s", "room");
  gtk_widget_activate_action (window, "win.command", NULL);
  gtk_widget_activate_action (window, "win.look-up", "s", "10027182816");
  gtk_widget_activate_action (window, "win.open-application", "s", "UC-26-000001");
  gtk_widget_activate_action (window, "win.sign-out", NULL);

  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages), ==, "sign-in");
  g_assert_null (gtk_stack_get_visible_child (GTK_STACK (find_child (window, GTK_TYPE_STACK,
                                                                     "stack"))));
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  GList *windows;
  gboolean shown = FALSE;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-help-overlay",
                                             NULL));
  windows = gtk_window_list_toplevels ();
  for (GList *link = windows; link != NULL; link = link->next)
    shown = shown || (GTK_IS_SHORTCUTS_WINDOW (link->data) && gtk_widget_get_visible (link->data));
  g_list_free (windows);

  g_assert_true (shown);
}

static gboolean
count_frame_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  guint *n_frames = user_data;

  return ++*n_frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Who waits for the first frame must not take the clock's other listeners with it. */
static void
test_frames (Fixture       *fixture,
             gconstpointer  data)
{
  guint n_frames = 0;
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  gtk_widget_add_tick_callback (GTK_WIDGET (fixture->window), count_frame_cb, &n_frames, NULL);
  while (n_frames < 3 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);

  g_assert_cmpuint (n_frames, ==, 3);
}

static void
assert_width (GtkWidget *widget,
              int        longest)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_test_message ("%s needs %d px", G_OBJECT_TYPE_NAME (widget), width);
  g_assert_cmpint (width, <=, longest);
}

/* Text of twice the size on the smallest screen; the panes' own tests rely on the sidebar's width. */
static void
test_large_text (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  assert_width (GTK_WIDGET (fixture->window), 1024);
  assert_width (gtk_widget_get_parent (find_child (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_BOX,
                                                   "sidebar")), 224);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_trouble (void)
{
  g_autoptr (PltApp) app = plt_app_new ();
  PltWindow *window;
  GtkWidget *pages;

  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));
  window = plt_window_new (GTK_APPLICATION (app), NULL, "The file “a & b” cannot be read.");
  pages = find_child (GTK_WIDGET (window), GTK_TYPE_STACK, "pages");

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (pages)), ==, "trouble");

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  /* GTK 4.8 warns of its own key caps in a shortcuts window. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  add ("/app/sign-in/enter-moves-on", test_enter);
  add ("/app/sign-in/offline-keeps-the-name", test_offline);
  add ("/app/window/closed-before-sign-in", test_closed);
  add ("/app/window/shows-the-keys", test_keys);
  add ("/app/window/frames-go-on-after-the-first", test_frames);
  add ("/app/window/large-text-fits", test_large_text);
  g_test_add_func ("/app/window/trouble-is-told", test_trouble);

  return g_test_run ();
}
