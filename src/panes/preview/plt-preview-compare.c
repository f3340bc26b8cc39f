/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changes: the card that the holder has, under the new one; what is being typed, before it is saved;
 * and all of it on a screen for the citizen and on paper. */
#include "plt-preview-pane-private.h"

#include "plt-paper-proof.h"

#include <glib/gi18n-lib.h>

/* Long enough to see each card, short enough to see the difference. */
#define BLINK_MS 700

static gboolean
registry_says_anything (GListModel *fields)
{
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (PltReconciledField) field = g_list_model_get_item (fields, i);

      if (plt_reconciled_field_get_source_value (field, PLT_SOURCE_DRIVER) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* (transfer full): what was compared, in sentences. */
static char *
dup_note (PltPreviewPane *self,
          GPtrArray      *changes)
{
  g_autofree char *what = NULL;

  if (changes == NULL && self->before_error != NULL)
    /* Translators: %s is a sentence that says why */
    return g_strdup_printf (_("The card that the holder has cannot be shown, and nothing was compared. %s"),
                            self->before_error);
  if (changes == NULL)
    return g_strdup (_("There is no earlier card to compare with."));
  if (self->before != NULL)
    /* Translators: %s is an application’s number */
    what = g_strdup_printf (_("Compared with the card of application %s, which the holder has. B blinks "
                              "between the two."), plt_preview_get_application (self->before));
  else if (self->before_error != NULL)
    /* Translators: %s is a sentence that says why */
    what = g_strdup_printf (_("The card that the holder has cannot be shown. %s Compared with what the driver "
                              "registry says."), self->before_error);
  else
    what = g_strdup (_("This office has handed out no earlier card. Compared with what the driver "
                       "registry says."));
  if (changes->len > 0)
    return g_steal_pointer (&what);

  return g_strdup_printf ("%s %s", what, _("Nothing changes."));
}

/* Compares what is shown with what the holder has, and tells it wherever it is seen. */
static void
update_changes (PltPreviewPane *self)
{
  GListModel *fields = self->kase != NULL ? plt_case_get_fields (self->kase) : NULL;
  g_autofree char *note = NULL;

  if (self->shown == NULL)
    return;
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  if (self->before != NULL)
    self->changes = plt_card_changes_between (self->before, self->shown);
  else if (fields != NULL && registry_says_anything (fields))
    self->changes = plt_card_changes_since (fields, self->shown);
  note = dup_note (self, self->changes);
  plt_card_panel_set_changes (self->panel, self->changes, self->before, note);
  if (self->window != NULL)
    plt_card_window_set_changes (self->window, self->changes);
  plt_preview_pane_update_answer (self);
}

void
plt_preview_pane_case_changed (PltPreviewPane *self)
{
  plt_preview_pane_update_print (self);
  update_changes (self);
}

static void
set_before (PltPreviewPane *self,
            PltPreview     *before)
{
  g_set_object (&self->before, before);
  plt_card_board_set_old_card (self->board, before != NULL ? plt_preview_get_layout (before) : NULL,
                               before != NULL ? plt_preview_get_inputs (before) : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.blink", before != NULL);
}

static void
previous_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPreview) before = plt_preview_previous_finish (result, &error);
  PltPreviewPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  /* The new card is shown all the same; the list says that nothing was compared. */
  g_clear_pointer (&self->before_error, g_free);
  self->before_error = error != NULL ? g_strdup (error->message) : NULL;
  self->before_known = TRUE;
  set_before (self, before);
  update_changes (self);
}

/* What was stored has been read: shown at once; the card before is looked for. */
void
plt_preview_pane_show_preview (PltPreviewPane *self,
                               PltPreview     *preview)
{
  PltLayout *layout = plt_preview_get_layout (preview);
  PltCardInputs *inputs = plt_preview_get_inputs (preview);

  g_set_object (&self->shown, preview);
  plt_card_board_set_card (self->board, layout, inputs);
  plt_card_panel_set_preview (self->panel, preview);
  plt_preview_pane_update_layers (self);
  if (self->window != NULL)
    plt_card_window_set_card (self->window, layout, inputs);
  if (self->before != NULL || self->kase != NULL)
    update_changes (self);
  else
    plt_preview_pane_update_answer (self);
}

void
plt_preview_pane_find_before (PltPreviewPane *self)
{
  self->before_known = FALSE;
  plt_preview_previous_async (self->preview, self->preview_cancellable, previous_cb, self);
}

/* Another application: nothing of the last one stays. */
void
plt_preview_pane_forget_card (PltPreviewPane *self)
{
  g_object_set (self, "blink", FALSE, NULL);
  set_before (self, NULL);
  g_clear_object (&self->preview);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->proposed_field, g_free);
  g_clear_pointer (&self->proposed_value, g_free);
  g_clear_pointer (&self->before_error, g_free);
  self->proposal_waits = FALSE;
  plt_preview_pane_forget_answer (self);
  plt_card_board_set_card (self->board, NULL, NULL);
  plt_card_panel_set_preview (self->panel, NULL);
  plt_preview_pane_update_layers (self);
  if (self->window != NULL)
    {
      plt_card_window_set_card (self->window, NULL, NULL);
      plt_card_window_set_changes (self->window, NULL);
    }
}

static void propose_next (PltPreviewPane *self);

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPreview) preview = plt_preview_propose_finish (result, &error);
  PltPreviewPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  self->proposing = FALSE;
  if (preview != NULL && self->proposed_field != NULL)
    plt_preview_pane_show_preview (self, preview);
  else if (error != NULL)
    plt_notice_show (self->notice, PLT_NOTICE_WARNING, error->message, NULL, NULL);
  propose_next (self);
}

/* One at a time, the last letter: fast typing is followed as fast as cards can be made. */
static void
propose_next (PltPreviewPane *self)
{
  if (!self->proposal_waits || self->proposing || self->preview == NULL)
    return;
  self->proposal_waits = FALSE;
  if (self->proposed_field == NULL)
    {
      plt_preview_pane_show_preview (self, self->preview);
      return;
    }
  self->proposing = TRUE;
  plt_preview_propose_async (self->preview, self->proposed_field, self->proposed_value,
                             self->cancellable, proposed_cb, self);
}

/**
 * plt_preview_pane_propose:
 * @field: nick of the field that is being typed; "" when what is stored counts again
 *
 * Follows an edit that is not saved yet, of the application that is previewed; of others it does
 * nothing.
 */
void
plt_preview_pane_propose (PltPreviewPane *self,
                          const char     *application_number,
                          const char     *field,
                          const char     *value)
{
  if (g_strcmp0 (self->number, application_number) != 0)
    return;
  g_free (self->proposed_field);
  g_free (self->proposed_value);
  self->proposed_field = *field != '\0' ? g_strdup (field) : NULL;
  self->proposed_value = g_strdup (value);
  self->proposal_waits = TRUE;
  propose_next (self);
}

static void
show_old (PltPreviewPane *self,
          gboolean        old)
{
  self->shows_old = old;
  plt_card_board_show_old (self->board, old);
  gtk_label_set_label (self->which, old ? _("The card before") : "");
}

static gboolean
blink_cb (gpointer user_data)
{
  PltPreviewPane *self = user_data;

  show_old (self, !self->shows_old);
  return G_SOURCE_CONTINUE;
}

/* Without animations each key press shows the other card. */
void
plt_preview_pane_blink (PltPreviewPane *self,
                        gboolean        on)
{
  gboolean animated;

  g_clear_handle_id (&self->blink_id, g_source_remove);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animated, NULL);
  show_old (self, on);
  if (on && animated)
    self->blink_id = g_timeout_add (BLINK_MS, blink_cb, self);
}

static void
window_gone_cb (gpointer  user_data,
                GObject  *window)
{
  ((PltPreviewPane *) user_data)->window = NULL;
}

void
plt_preview_pane_close_window (PltPreviewPane *self)
{
  if (self->window == NULL)
    return;
  g_object_weak_unref (G_OBJECT (self->window), window_gone_cb, self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  self->window = NULL;
}

static void
citizen_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  if (self->window != NULL)
    {
      plt_preview_pane_close_window (self);
      return;
    }
  self->window = PLT_CARD_WINDOW (plt_card_window_new (widget, self->settings));
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  g_signal_connect_object (self->window, "answered", G_CALLBACK (plt_preview_pane_window_answered), self,
                           G_CONNECT_SWAPPED);
  if (self->shown != NULL)
    plt_card_window_set_card (self->window, plt_preview_get_layout (self->shown),
                              plt_preview_get_inputs (self->shown));
  plt_card_window_set_changes (self->window, self->changes);
  plt_preview_pane_update_answer (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
proof_printed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (plt_paper_proof_print_finish (result, &error) || error == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  plt_notice_show (PLT_PREVIEW_PANE (user_data)->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
}

static void
paper_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);
  g_autoptr (GString) words = g_string_new (NULL);

  if (self->shown == NULL)
    return;
  for (guint i = 0; self->changes != NULL && i < self->changes->len; i++)
    {
      const PltCardChange *change = g_ptr_array_index (self->changes, i);

      g_string_append_printf (words, "%s: %s\n", change->title, change->text);
    }
  plt_paper_proof_print_async (widget, plt_preview_get_layout (self->shown),
                               plt_preview_get_inputs (self->shown), gtk_label_get_label (self->title),
                               words->str, NULL, self->cancellable, proof_printed_cb, self);
}

void
plt_preview_pane_install_compare (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "preview.citizen", NULL, citizen_action);
  gtk_widget_class_install_action (widget_class, "preview.paper-proof", NULL, paper_action);
}
