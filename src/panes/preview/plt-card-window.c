/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills another monitor than the one that is worked at, where there is another, with the card as large as
 * fits and what the citizen should look at. */
#include "plt-card-window.h"

#include "plt-card-board.h"
#include "plt-card-list.h"

#include <glib/gi18n-lib.h>

#define WIDTH 960
#define HEIGHT 640
/* Of the list of changes, before it scrolls: the card stays the largest thing. */
#define WORDS_HEIGHT 220
/* Of an edit: before it nobody could listen to the end. */
#define SETTLE_MS 300

struct _PltCardWindow
{
  GtkWindow      parent_instance;

  PltCardBoard  *board;
  GtkLabel      *words;
  GtkLabel      *answer;
  GtkWidget     *confirm;
  GtkWidget     *object;

  PltLayout     *layout; /* of what is shown; NULL: nothing is */
  PltCardInputs *inputs;
  GCancellable  *cancellable;
  guint          settle_id;
};

enum
{
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltCardWindow, plt_card_window, GTK_TYPE_WINDOW)

static void
confirm_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  g_signal_emit (widget, signals[ANSWERED], 0, TRUE);
}

static void
object_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[ANSWERED], 0, FALSE);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GPtrArray) list = plt_card_list_finish (result, NULL);
  PltCardWindow *self;

  if (list == NULL)
    return;
  self = user_data;
  for (guint page = 0; self->layout != NULL && page < plt_layout_get_n_pages (self->layout); page++)
    {
      g_autofree char *reading = plt_card_list_dup_reading (list, page);

      plt_card_board_set_reading (self->board, page, reading);
    }
}

static gboolean
settled_cb (gpointer user_data)
{
  PltCardWindow *self = user_data;

  self->settle_id = 0;
  self->cancellable = g_cancellable_new ();
  plt_card_list_async (self->layout, self->inputs, self->cancellable, listed_cb, self);

  return G_SOURCE_REMOVE;
}

/* What was being read out is no longer what is shown. */
static void
forget_reading (PltCardWindow *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
}

static void
plt_card_window_dispose (GObject *object)
{
  forget_reading (PLT_CARD_WINDOW (object));
  G_OBJECT_CLASS (plt_card_window_parent_class)->dispose (object);
}

static void
plt_card_window_class_init (PltCardWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_card_window_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "window.close", NULL);
  gtk_widget_class_install_action (widget_class, "citizen.confirm", NULL, confirm_action);
  gtk_widget_class_install_action (widget_class, "citizen.object", NULL, object_action);
  signals[ANSWERED] = g_signal_new ("answered", PLT_TYPE_CARD_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static GtkLabel *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

/* For a finger as well as for a key. */
static GtkWidget *
new_button (const char *label,
            const char *action,
            const char *style)
{
  GtkWidget *button = gtk_button_new ();
  GtkLabel *words = new_label ("title-4");

  gtk_label_set_label (words, label);
  gtk_button_set_child (GTK_BUTTON (button), GTK_WIDGET (words));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
build_words (PltCardWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->words = new_label ("title-3");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->words));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), WORDS_HEIGHT);
  return scrolled;
}

static GtkWidget *
build_foot (PltCardWindow *self)
{
  GtkWidget *grid = gtk_grid_new ();

  self->answer = new_label ("title-4");
  self->object = new_button (_("Something Is Wrong"), "citizen.object", NULL);
  self->confirm = new_button (_("Everything Is Right"), "citizen.confirm", "suggested-action");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_set_margin_top (grid, 12);
  gtk_widget_set_margin_start (grid, 24);
  gtk_widget_set_margin_end (grid, 24);
  gtk_widget_set_margin_bottom (grid, 24);
  gtk_grid_attach (GTK_GRID (grid), build_words (self), 0, 0, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->answer), 0, 1, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), self->object, 0, 2, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), self->confirm, 1, 2, 1, 1);
  return grid;
}

static void
plt_card_window_init (PltCardWindow *self)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->board = g_object_new (PLT_TYPE_CARD_BOARD, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->board), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Your card"), -1);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->board));

  gtk_grid_attach (GTK_GRID (grid), scrolled, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), build_foot (self), 0, 1, 1, 1);
  gtk_window_set_child (GTK_WINDOW (self), grid);
  gtk_window_set_title (GTK_WINDOW (self), _("Your Card"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  plt_card_window_set_asked (self, PLT_CARD_WINDOW_SHOWS);
}

/* The first monitor that @widget is not on. */
static GdkMonitor *
find_other_monitor (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  GdkDisplay *display = gdk_surface_get_display (surface);
  GdkMonitor *own = gdk_display_get_monitor_at_surface (display, surface);
  GListModel *monitors = gdk_display_get_monitors (display);

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      GdkMonitor *monitor = g_list_model_get_item (monitors, i);

      g_object_unref (monitor); /* the display keeps it */
      if (monitor != own)
        return monitor;
    }

  return NULL;
}

/**
 * plt_card_window_new:
 * @beside: what is worked with; the window goes to another monitor than that
 * @settings: (nullable): where the size of a millimetre is kept
 */
GtkWidget *
plt_card_window_new (GtkWidget *beside,
                     GSettings *settings)
{
  PltCardWindow *self = g_object_new (PLT_TYPE_CARD_WINDOW, NULL);
  GdkMonitor *other = find_other_monitor (beside);

  plt_card_board_set_settings (self->board, settings);
  if (other != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), other);
  return GTK_WIDGET (self);
}

/* @layout, @inputs: (nullable): as plt_card_board_set_card() */
void
plt_card_window_set_card (PltCardWindow *self,
                          PltLayout     *layout,
                          PltCardInputs *inputs)
{
  forget_reading (self);
  plt_card_board_set_card (self->board, layout, inputs);
  if (layout == NULL)
    return;
  self->layout = g_object_ref (layout);
  self->inputs = plt_card_inputs_ref (inputs);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

/* @changes: (nullable) (element-type PltCardChange): for the citizen to confirm */
void
plt_card_window_set_changes (PltCardWindow *self,
                             GPtrArray     *changes)
{
  g_autoptr (GString) text = g_string_new (_("Please look at everything before it is printed."));

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const PltCardChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (text, "\n%s: %s", change->title, change->text);
    }
  gtk_label_set_text (self->words, text->str);
}

/* What of the two answers can be given now, and what is said to the citizen about the last one. */
void
plt_card_window_set_asked (PltCardWindow      *self,
                           PltCardWindowAsked  asked)
{
  static const struct { const char *words; gboolean confirms; gboolean objects; } states[] = {
    [PLT_CARD_WINDOW_SHOWS] = { NULL, FALSE, FALSE },
    [PLT_CARD_WINDOW_ASKS] = { NULL, TRUE, TRUE },
    [PLT_CARD_WINDOW_THANKS] = { N_("Thank you. You have confirmed your card."), FALSE, FALSE },
    [PLT_CARD_WINDOW_LISTENS] = { N_("Please say at the counter what is wrong."), TRUE, FALSE },
    [PLT_CARD_WINDOW_FAILED] = { N_("Your answer was not kept. Please tell the counter."), TRUE, TRUE },
  };
  const char *words = states[asked].words;

  gtk_label_set_text (self->answer, words != NULL ? _(words) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), words != NULL);
  gtk_widget_set_visible (self->confirm, states[asked].confirms);
  gtk_widget_set_visible (self->object, states[asked].objects);
}
