/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-fee-paper.h"

#include "plt-fee-receipt.h"
#include "plt-panes.h"
#include "plt-receipt-sheet.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget  *parent;
  const char *json;
} Printing;

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Printing          *printing)
{
  g_autoptr (GError) error = NULL;

  if (plt_receipt_sheet_draw (gtk_print_context_get_cairo_context (context), printing->json, &error))
    return;
  plt_panes_toast (printing->parent, "%s", error->message);
  gtk_print_operation_cancel (operation);
}

void
plt_fee_paper_print (GtkWidget  *parent,
                     const char *json)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) page = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GError) error = NULL;
  Printing printing = { parent, json }; /* it is run to its end here */

  gtk_page_setup_set_paper_size_and_default_margins (page, a4);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _("Receipt"));
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), &printing);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (gtk_widget_get_root (parent)), &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    plt_panes_toast (parent, _("The receipt was not printed: %s"), error->message);
}

typedef struct
{
  GtkWidget *parent;
  GBytes *sheet;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  g_object_unref (keeping->parent);
  g_bytes_unref (keeping->sheet);
  g_free (keeping);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           Keeping         *keeping)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (keeping->sheet, &size);

  if (response == GTK_RESPONSE_ACCEPT && file != NULL
      && !g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &error))
    plt_panes_toast (keeping->parent, _("The receipt was not kept: %s"), error->message);
  g_object_unref (dialog);
}

void
plt_fee_paper_keep (GtkWidget  *parent,
                    const char *number,
                    const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s.pdf", number);
  GBytes *sheet = plt_fee_receipt_draw (json, &error);
  GtkFileChooserNative *dialog;
  Keeping *keeping;

  if (sheet == NULL)
    {
      plt_panes_toast (parent, "%s", error->message);
      return;
    }
  keeping = g_new0 (Keeping, 1);
  keeping->parent = g_object_ref (parent);
  keeping->sheet = sheet;
  dialog = gtk_file_chooser_native_new (_("Keep the Receipt"), GTK_WINDOW (gtk_widget_get_root (parent)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_data (dialog, "response", G_CALLBACK (chosen_cb), keeping,
                         (GClosureNotify) (GCallback) keeping_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
