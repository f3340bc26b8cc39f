/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the batches that are under way, and releases or cancels one. */
#include "plt-batch-list.h"

#include "plt-panes.h"
#include "plt-print-acts.h"
#include "plt-print-batches.h"
#include "plt-reason-dialog.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

/* Above a line of orders there is no room for more. */
#define MOST_ROWS 3
#define COALESCE_MS 500

struct _PltBatchList
{
  AdwBin        parent_instance;

  PltOffice    *office;
  GCancellable *cancellable;
  guint         reload_id;
  GPtrArray    *batches;  /* PltPrintBatch; NULL until read */
  char         *number;   /* of the one that is cancelled */

  GtkListBox   *list;
};

enum { FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltBatchList, plt_batch_list, ADW_TYPE_BIN)

static void load (PltBatchList *self);

/* ---- what is shown ---- */

static GtkWidget *
new_button (const char *label,
            const char *name,
            const char *action,
            const char *number)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
new_row (const PltPrintBatch *batch,
         gboolean             may)
{
  GtkWidget *row = plt_text_row_new (batch->title, batch->subtitle);
  g_autofree char *release = g_strdup_printf (_("Release batch %s"), batch->number);
  g_autofree char *cancel = g_strdup_printf (_("Cancel batch %s"), batch->number);

  plt_text_row_add_prefix (PLT_TEXT_ROW (row), plt_panes_new_icon (batch->is_checked ? "emblem-ok-symbolic"
                                                                   : batch->is_waiting ? "media-playback-pause-symbolic"
                                                                                       : "printer-symbolic"));
  if (may && batch->is_checked)
    {
      GtkWidget *button = new_button (_("R_elease Batch"), release, "batches.release", batch->number);

      gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_set_tooltip_text (button, _("Print the others (Ctrl+Shift+B)"));
      plt_text_row_add_suffix (PLT_TEXT_ROW (row), button);
    }
  else if (may)
    plt_text_row_add_suffix (PLT_TEXT_ROW (row),
                             new_button (_("_Cancel Batch…"), cancel, "batches.cancel", batch->number));
  return row;
}

static void
show_batches (PltBatchList *self)
{
  gboolean may = plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_OPERATOR | PLT_ROLE_SUPERVISOR);
  int focused = plt_panes_find_focus (self->list);

  plt_panes_empty_list (self->list);
  for (guint i = 0; i < MIN (self->batches->len, MOST_ROWS); i++)
    gtk_list_box_append (self->list, new_row (self->batches->pdata[i], may));
  gtk_widget_set_visible (GTK_WIDGET (self), self->batches->len > 0);
  plt_panes_put_focus (self->list, focused);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *batches = plt_print_batches_read_finish (result, &error);
  PltBatchList *self;

  /* What cannot be read is told by the line below, which is read at the same time. */
  if (batches == NULL)
    return;
  self = user_data;
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  self->batches = batches;
  show_batches (self);
}

static void
load (PltBatchList *self)
{
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  plt_print_batches_read_async (self->office, self->cancellable, read_cb, self);
}

static gboolean
reload_cb (gpointer user_data)
{
  PltBatchList *self = user_data;

  self->reload_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

/* A hidden list is read, too: a new batch shows it. Its page is what somebody looks at. */
static void
office_changed_cb (PltBatchList *self,
                   const char   *subject)
{
  GtkWidget *page = gtk_widget_get_parent (GTK_WIDGET (self));

  if (self->reload_id == 0 && page != NULL && gtk_widget_get_mapped (page) &&
      (g_str_equal (subject, "print_queue") || g_str_equal (subject, "card") || g_str_equal (subject, "everything")))
    self->reload_id = g_timeout_add (COALESCE_MS, reload_cb, self);
}

/* ---- what is done ---- */

static void
tell (PltBatchList *self,
      const GError *error,
      const char   *done)
{
  g_signal_emit (self, signals[FAILED], 0, error != NULL ? error->message : "");
  if (error == NULL)
    plt_panes_toast (GTK_WIDGET (self), "%s", done);
  load (self);
}

static void
released_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltBatchList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintOutcome) outcome = plt_print_act_finish (result, &error);
  g_autofree char *done = outcome != NULL
                            ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The batch was released: %u card is printed now.",
                                                            "The batch was released: %u cards are printed now.",
                                                            outcome->n_done), outcome->n_done)
                            : NULL;

  if (self->office != NULL)
    tell (self, error, done);
}

static void
release (PltBatchList *self,
         const char   *number)
{
  plt_print_act_async (self->office, PLT_PRINT_ACT_RELEASE_BATCH, NULL, (const char * const[]) { number, NULL }, NULL,
                       released_cb, g_object_ref (self));
}

static void
release_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  release (PLT_BATCH_LIST (widget), g_variant_get_string (parameter, NULL));
}

static void
cancelled_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PltBatchList) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = plt_print_batches_cancel_finish (result, &error);

  if (done)
    plt_reason_dialog_forget (GTK_WIDGET (self));
  if (self->office != NULL)
    tell (self, error, _("The batch was cancelled. What was not printed stands in the line by itself again."));
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltBatchList *self = PLT_BATCH_LIST (source);

  if (reason != NULL && self->office != NULL)
    plt_print_batches_cancel_async (self->office, self->number, reason, NULL, cancelled_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltBatchList *self = PLT_BATCH_LIST (widget);

  g_free (self->number);
  self->number = g_variant_dup_string (parameter, NULL);
  plt_reason_dialog_ask_async (widget, _("Cancel the Batch?"),
                               _("What was not printed yet stands in the line by itself again, without a sample."),
                               _("_Cancel Batch"), NULL, NULL, reason_given_cb, NULL);
}

void
plt_batch_list_release (PltBatchList *self)
{
  g_return_if_fail (PLT_IS_BATCH_LIST (self));

  for (guint i = self->batches != NULL ? self->batches->len : 0; i > 0; i--)
    {
      const PltPrintBatch *batch = self->batches->pdata[i - 1];

      if (batch->is_checked)
        {
          release (self, batch->number);
          return;
        }
    }
  plt_panes_toast (GTK_WIDGET (self), "%s", _("No batch waits to be released: a sample has to be read back first."));
}

/* ---- the class ---- */

static void
page_mapped_cb (PltBatchList *self)
{
  if (self->office != NULL)
    load (self);
}

static void
plt_batch_list_dispose (GObject *object)
{
  PltBatchList *self = PLT_BATCH_LIST (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  g_clear_pointer (&self->number, g_free);

  G_OBJECT_CLASS (plt_batch_list_parent_class)->dispose (object);
}

static void
plt_batch_list_class_init (PltBatchListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_batch_list_dispose;
  signals[FAILED] = g_signal_new ("failed", PLT_TYPE_BATCH_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "batches.release", "s", release_action);
  gtk_widget_class_install_action (widget_class, "batches.cancel", "s", cancel_action);
}

static void
plt_batch_list_init (PltBatchList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Batches under way"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
plt_batch_list_set_office (PltBatchList *self,
                           PltOffice    *office)
{
  g_return_if_fail (PLT_IS_BATCH_LIST (self));

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_parent (GTK_WIDGET (self)), "map", G_CALLBACK (page_mapped_cb), self,
                           G_CONNECT_SWAPPED);
}
