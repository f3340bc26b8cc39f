/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the sheet of a letter by GTK's print operation, which asks the portal where there is one. */
#include "plt-letter-paper.h"

#include "plt-card-letter.h"

#include <glib/gi18n-lib.h>

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              const char        *json)
{
  g_autoptr (GError) error = NULL;

  /* It was drawn once before anybody was asked for a printer. */
  if (!plt_card_letter_draw_page (json, gtk_print_context_get_cairo_context (context), &error))
    gtk_print_operation_cancel (operation);
}

static GtkPrintOperation *
new_operation (const char       *json,
               GtkPrintSettings *settings)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) page = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (page, a4);
  gtk_print_operation_set_default_page_setup (operation, page);
  if (settings != NULL)
    gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _("Letter"));
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), g_strdup (json),
                         (GClosureNotify) (GCallback) g_free, 0);
  return operation;
}

gboolean
plt_letter_paper_print (GtkWidget         *parent,
                        const char        *json,
                        GtkPrintSettings **settings,
                        GError           **error)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autoptr (GBytes) proof = plt_card_letter_draw (json, error);
  g_autoptr (GtkPrintOperation) operation = NULL;
  GtkPrintOperationResult result;

  if (proof == NULL)
    return FALSE;
  operation = new_operation (json, *settings);
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, error);
  if (result != GTK_PRINT_OPERATION_RESULT_APPLY && result != GTK_PRINT_OPERATION_RESULT_IN_PROGRESS)
    return FALSE;
  g_set_object (settings, gtk_print_operation_get_print_settings (operation));
  return TRUE;
}
