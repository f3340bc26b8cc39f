/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a line to be measured with a ruler, and keeps what was measured for that screen. */
#include "plt-ruler-dialog.h"

#include "plt-panes.h"
#include "plt-screen-size.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Application pixels; about a hand's breadth. */
#define LINE_LENGTH 380
#define LINE_HEIGHT 28
#define LEAST_MM 15
#define MOST_MM 300

typedef struct
{
  GSettings     *settings; /* NULL: nothing can be kept */
  GtkSpinButton *length;   /* owned by the dialog */
} RulerTask;

static void
ruler_task_free (RulerTask *self)
{
  g_clear_object (&self->settings);
  g_free (self);
}

/* A thin line between two marks: what is measured is from the outer edge of one to that of the
 * other. */
static void
draw_line (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        user_data)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_rectangle (cr, 0, 0, 2, height);
  cairo_rectangle (cr, width - 2, 0, 2, height);
  cairo_rectangle (cr, 0, height / 2, width, 2);
  cairo_fill (cr);
}

static void
response_cb (GTask      *task,
             const char *response)
{
  RulerTask *data = g_task_get_task_data (task);
  GtkWidget *widget = g_task_get_source_object (task);
  double length = gtk_spin_button_get_value (data->length);
  gboolean measured = g_strcmp0 (response, "keep") == 0 && length > 0;

  if (measured)
    plt_screen_size_set (widget, data->settings, LINE_LENGTH / length);
  g_task_return_boolean (task, measured);
  g_object_unref (task);
}

static GtkWidget *
build_content (RulerTask *data,
               double     guess)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *line = gtk_drawing_area_new ();
  GtkWidget *caption = gtk_label_new_with_mnemonic (_("_Length in millimetres"));
  GtkWidget *length = gtk_spin_button_new_with_range (LEAST_MM, MOST_MM, 0.5);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (line), LINE_LENGTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (line), LINE_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (line), draw_line, NULL, NULL);
  gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Line to be measured"), -1);

  data->length = GTK_SPIN_BUTTON (length);
  /* Enter keeps what was typed, as in every other dialog. */
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (length))), TRUE);
  gtk_spin_button_set_digits (data->length, 1);
  gtk_spin_button_set_value (data->length, guess);
  gtk_label_set_mnemonic_widget (GTK_LABEL (caption), length);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_set_hexpand (caption, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (length), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Length in millimetres"), -1);
  /* Else it is read out twice, with the mnemonic's underscore. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (length), GTK_ACCESSIBLE_RELATION_LABELLED_BY);

  gtk_grid_set_row_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_attach (GTK_GRID (grid), line, 0, 0, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), caption, 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), length, 1, 1, 1, 1);
  return grid;
}

/**
 * plt_ruler_dialog_ask_async:
 * @widget: on the screen that is measured
 * @settings: (nullable): where the answer is kept
 */
void
plt_ruler_dialog_ask_async (GtkWidget           *widget,
                            GSettings           *settings,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (widget, cancellable, callback, user_data);
  GtkRoot *root = gtk_widget_get_root (widget);
  RulerTask *data = g_new0 (RulerTask, 1);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Measure This Screen"),
                            _("Lay a ruler on the screen and type how long the line is. From then on a "
                              "card in real size is as large here as in the hand."));

  if (settings != NULL)
    data->settings = g_object_ref (settings);
  g_task_set_task_data (task, data, (GDestroyNotify) ruler_task_free);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog),
                                      build_content (data, LINE_LENGTH / plt_screen_size_get (
                                                                           widget, settings)));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "keep",
                                    _("_Keep"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  plt_panes_name_once (dialog);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (data->length));
}

/* Returns: whether the screen was measured */
gboolean
plt_ruler_dialog_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
