/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does to the application that is open in the editor. */
#include "plt-editor-pane-private.h"

#include "plt-field-text.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"
#include "plt-slip-dialog.h"

#include <glib/gi18n-lib.h>

/* What a step needs, is called, and how it is said to have been done. */
static const struct
{
  const char *action;
  PltCaseCan  can;
  const char *heading; /* NULL: no reason is asked for */
  const char *body;
  const char *verb;
  const char *done;    /* %s: the application's number */
} steps[] = {
  [PLT_CASE_STEP_SUBMIT] = { "editor.submit", PLT_CASE_CAN_SUBMIT, NULL, NULL, NULL,
                             N_("Application %s was submitted for approval.") },
  [PLT_CASE_STEP_APPROVE] = { "editor.approve", PLT_CASE_CAN_APPROVE, NULL, NULL, NULL,
                              N_("Application %s was approved.") },
  [PLT_CASE_STEP_RETURN] = { "editor.return", PLT_CASE_CAN_RETURN, N_("Return the Application?"),
                             N_("The clerk reads your reason and can correct the application."),
                             N_("Re_turn"), N_("Application %s was returned to the clerk.") },
  [PLT_CASE_STEP_REJECT] = { "editor.reject", PLT_CASE_CAN_REJECT, N_("Reject the Application?"),
                             N_("This cannot be undone. The citizen is told your reason."),
                             N_("Re_ject"), N_("Application %s was rejected.") },
  [PLT_CASE_STEP_WITHDRAW] = { "editor.withdraw", PLT_CASE_CAN_WITHDRAW,
                               N_("Withdraw the Application?"),
                               N_("This cannot be undone. A new application can be started."),
                               N_("_Withdraw"), N_("Application %s was withdrawn.") },
  [PLT_CASE_STEP_WAIT] = { "editor.wait", PLT_CASE_CAN_WAIT, NULL, NULL, NULL,
                           N_("Application %s waits for the registry.") },
  [PLT_CASE_STEP_CONTINUE] = { "editor.continue", PLT_CASE_CAN_CONTINUE, NULL, NULL, NULL,
                               N_("Application %s was taken up again.") },
};

static gboolean
has_card (PltEditorPane *self)
{
  return self->kase != NULL && g_list_model_get_n_items (plt_case_get_cards (self->kase)) > 0;
}

gboolean
plt_editor_pane_is_opening (PltEditorPane *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "loading") == 0;
}

void
plt_editor_pane_update_actions (PltEditorPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean busy = FALSE;
  guint can = self->kase != NULL ? plt_case_get_can (self->kase) : 0;
  gboolean edit;
  gboolean settle;

  if (self->kase != NULL)
    g_object_get (self->kase, "busy", &busy, NULL);
  gtk_widget_set_visible (self->spinner, busy);
  if (busy || self->photo_lookup != NULL)
    plt_pane_keys_hold (widget);
  edit = (can & PLT_CASE_CAN_EDIT) != 0 && !busy;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_action_set_enabled (widget, steps[i].action, !busy && (can & steps[i].can) != 0);
  settle = (can & (PLT_CASE_CAN_EDIT | PLT_CASE_CAN_DECIDE)) != 0 && !busy;
  plt_editor_pane_enable_undo (self);
  gtk_widget_action_set_enabled (widget, "editor.details", self->kase != NULL);
  gtk_widget_action_set_enabled (widget, "editor.choose", settle);
  plt_editor_pane_enable_settling (self, settle);
  gtk_widget_action_set_enabled (widget, "editor.photo-file", edit);
  gtk_widget_action_set_enabled (widget, "editor.photo-paste", edit);
  gtk_widget_action_set_enabled (widget, "editor.photo-desk", edit);
  /* Asked for while the case is still opening or saving, it is done right after. */
  gtk_widget_action_set_enabled (widget, "editor.photo-registry",
                                 self->photo_lookup == NULL &&
                                 (plt_editor_pane_is_opening (self) ||
                                  (can & PLT_CASE_CAN_EDIT) != 0));
  gtk_widget_action_set_enabled (widget, "editor.signature-file", edit);
  gtk_widget_action_set_enabled (widget, "editor.signature-paste", edit);
  gtk_widget_action_set_enabled (widget, "editor.signature-desk", edit);
  gtk_widget_action_set_enabled (widget, "editor.reload", self->number != NULL);
  gtk_widget_action_set_enabled (widget, "editor.preview", self->kase != NULL);
  gtk_widget_action_set_enabled (widget, "editor.slip", self->kase != NULL);
  gtk_widget_action_set_enabled (widget, "editor.room", has_card (self));
  gtk_widget_action_set_enabled (widget, "editor.all-decisions", self->kase != NULL);
  gtk_widget_action_set_enabled (widget, "editor.decisions", self->kase != NULL);
}

static void
step_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = plt_case_step_finish (PLT_CASE (source), result, &error);
  PltEditorPane *self;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (!done)
    {
      self->tried = steps[self->step].can;
      plt_editor_pane_show_error (self, error);
      return;
    }

  plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_notice_clear (self->notice);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (_(steps[self->step].done), self->number);
#pragma GCC diagnostic pop
  plt_panes_toast (GTK_WIDGET (self), "%s", text);
  if (self->step == PLT_CASE_STEP_WAIT)
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.slip", NULL);
  else if (self->step == PLT_CASE_STEP_CONTINUE)
    plt_editor_pane_take_keyboard (self);
  else if (self->step != PLT_CASE_STEP_APPROVE)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.command", NULL);
  else
    gtk_widget_grab_focus (self->preview);
}

static void
take_step (PltEditorPane *self,
           const char    *reason)
{
  plt_case_step_async (self->kase, self->step, reason, self->cancellable, step_done_cb, self);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltEditorPane *self = PLT_EDITOR_PANE (source);

  if (reason != NULL && self->kase != NULL)
    take_step (self, reason);
}

static void
step_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);

  if (self->kase == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].action, action))
      self->step = (PltCaseStep) i;

  if (self->step == PLT_CASE_STEP_SUBMIT && !plt_editor_pane_may_submit (self))
    return;
  if (steps[self->step].heading == NULL)
    take_step (self, NULL);
  else
    plt_reason_dialog_ask_async (widget, _(steps[self->step].heading), _(steps[self->step].body),
                                 _(steps[self->step].verb), NULL, self->cancellable,
                                 reason_given_cb, NULL);
}

/* ---- a person's choice between the sources ---- */

/* The different values, in the order of the sources. (element-type utf8) (transfer container) */
static GPtrArray *
list_values (PltReconciledField *field)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  for (int source = 0; source < (int) plt_source_get_count (); source++)
    {
      const char *value = plt_reconciled_field_get_source_value (field, (PltSource) source);

      if (value != NULL && *value != '\0' &&
          !g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
        g_ptr_array_add (values, g_strdup (value));
    }

  return values;
}

static void
choice_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  int picked = -1;
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, &picked, NULL);
  PltEditorPane *self = PLT_EDITOR_PANE (source);
  g_autoptr (PltReconciledField) field = NULL;
  g_autoptr (GPtrArray) values = NULL;

  if (reason == NULL || self->kase == NULL)
    return;
  field = plt_editor_pane_find_field (self, self->choosing);
  values = field != NULL ? list_values (field) : NULL;
  if (values == NULL || picked < 0 || (guint) picked >= values->len)
    return;

  plt_editor_pane_settle (self, self->choosing, g_ptr_array_index (values, picked), reason);
}

static void
choose_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  int number = g_variant_get_int32 (parameter);
  g_autoptr (PltReconciledField) field = NULL;
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *heading = NULL;

  if (self->kase == NULL || number < 0 || number >= PLT_N_FIELDS)
    return;
  self->choosing = (PltField) number;
  field = plt_editor_pane_find_field (self, self->choosing);
  if (field == NULL)
    return;

  values = list_values (field);
  for (guint i = 0; i < values->len; i++)
    g_ptr_array_add (labels, plt_field_to_display (self->choosing, g_ptr_array_index (values, i)));
  g_ptr_array_add (labels, NULL);
  heading = g_strdup_printf (_("Choose: %s"), plt_field_get_title (self->choosing));
  plt_reason_dialog_ask_async (widget, heading,
                               plt_reconciled_field_get_choice (field) == PLT_CHOICE_RULE
                                 ? _("A rule has chosen. What you choose instead, and your reason, "
                                     "are kept with the application and can be undone.")
                                 : _("The sources differ, and no rule may choose. Your choice and its "
                                     "reason are kept with the application."), _("_Use"),
                               (const char * const *) labels->pdata, self->cancellable,
                               choice_given_cb, NULL);
}

/* ---- categories ---- */

static void
categories_saved_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = plt_case_set_categories_finish (PLT_CASE (source), result, &error);
  PltEditorPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (!done)
    plt_editor_pane_show_error (self, error);
}

/* A write under way owns the row version; what is toggled meanwhile is saved after it. */
void
plt_editor_pane_save_categories (PltEditorPane *self)
{
  g_auto (GStrv) codes = NULL;
  gboolean busy = FALSE;

  if (self->kase == NULL)
    return;
  g_object_get (self->kase, "busy", &busy, NULL);
  self->categories_pending = busy;
  plt_category_section_set_pending (self->categories, busy);
  if (busy)
    return;

  codes = plt_category_section_dup_codes (self->categories);
  plt_case_set_categories_async (self->kase, (const char * const *) codes, self->cancellable,
                                 categories_saved_cb, self);
}

/* ---- other actions ---- */

static void
reload_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  g_autofree char *number = g_strdup (self->number);

  if (number != NULL)
    plt_editor_pane_open (self, number);
}

static void
preview_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);

  if (self->number != NULL)
    gtk_widget_activate_action (widget, "win.preview-application", "s", self->number);
}

static void
slip_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  g_autofree char *slip = NULL;

  if (self->kase == NULL)
    return;
  slip = plt_case_dup_slip (self->kase);
  plt_slip_dialog_show (widget, slip);
}

static void
room_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  g_autoptr (PltCard) card = NULL;

  if (!has_card (self))
    return;
  card = g_list_model_get_item (plt_case_get_cards (self->kase), 0);
  gtk_widget_activate_action (widget, "win.open-card", "s", plt_card_get_number (card));
}

void
plt_editor_pane_install_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_install_action (widget_class, steps[i].action, NULL, step_action);
  gtk_widget_class_install_action (widget_class, "editor.choose", "i", choose_action);
  plt_editor_pane_install_settling (widget_class);
  plt_editor_pane_install_prepared (widget_class);
  plt_editor_pane_install_journal (widget_class);
  plt_editor_pane_install_hold (widget_class);
  plt_editor_pane_install_pictures (widget_class);
  gtk_widget_class_install_action (widget_class, "editor.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "editor.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "editor.slip", NULL, slip_action);
  gtk_widget_class_install_action (widget_class, "editor.room", NULL, room_action);
}
