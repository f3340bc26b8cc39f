/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slip in a message dialog, with a button that prints it on paper. */
#include "plt-slip-dialog.h"

#include "plt-panes.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              char              *slip)
{
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("monospace 10");
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, slip, -1);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
}

static void
print_slip (GtkWindow  *window,
            const char *slip)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _("Slip"));
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), g_strdup (slip),
                         (GClosureNotify) (GCallback) g_free, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, window, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      GtkWidget *dialog = adw_message_dialog_new (window, _("The slip was not printed."),
                                                  error->message);

      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
      plt_panes_name_once (dialog);
      gtk_window_present (GTK_WINDOW (dialog));
    }
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             GtkLabel         *label)
{
  if (g_str_equal (response, "print"))
    print_slip (gtk_window_get_transient_for (GTK_WINDOW (dialog)), gtk_label_get_text (label));
}

void
plt_slip_dialog_show (GtkWidget  *parent,
                      const char *slip)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("Slip"), NULL);
  GtkWidget *label = gtk_label_new (slip);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), label);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), "print",
                                    _("_Print…"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), label, 0);
  plt_panes_name_once (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
