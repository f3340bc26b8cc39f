/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settles a field on which the sources differ: keep one source's value, type another one, park it
 * for a supervisor, undo. Each asks for a reason; who may what is the database's to say. */
#include "plt-editor-pane-private.h"

#include "plt-comparison-cell.h"
#include "plt-decision-dialog.h"
#include "plt-decisions.h"
#include "plt-field-text.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PltField  field;
  char     *value; /* NULL: none yet */
  gboolean  park;
} Settling;

static Settling *
settling_new (PltField    field,
              const char *value,
              gboolean    park)
{
  Settling *self = g_new0 (Settling, 1);

  self->field = field;
  self->value = g_strdup (value);
  self->park = park;

  return self;
}

static void
settling_free (Settling *self)
{
  g_free (self->value);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settling, settling_free)

/* What was just decided can be taken back from here, too. */
static void
tell_done (PltEditorPane *self)
{
  const char *title = plt_field_get_title (self->settled);
  g_autofree char *text = NULL;

  switch (self->settling)
    {
    case PLT_CASE_SETTLE_UNDO:
      plt_notice_clear (self->notice);
      plt_panes_toast (GTK_WIDGET (self), _("%s: the last decision was undone."), title);
      return;
    case PLT_CASE_SETTLE_PARK:
      /* Translators: name of a field */
      text = g_strdup_printf (_("%s is parked for a supervisor."), title);
      break;
    case PLT_CASE_SETTLE_DECIDE:
    default:
      /* Translators: name of a field */
      text = g_strdup_printf (_("%s is decided. The reason is kept."), title);
    }
  plt_notice_show (self->notice, PLT_NOTICE_INFO, text, _("_Undo (Ctrl+Z)"), "editor.undo-last");
}

static void
end_saving (PltEditorPane *self,
            const GError  *error)
{
  if (error != NULL)
    {
      plt_editor_pane_show_error (self, error);
      return;
    }
  plt_reason_dialog_forget (GTK_WIDGET (self));
  tell_done (self);
  self->can_undo = self->settling != PLT_CASE_SETTLE_UNDO;
  self->settled_last = self->can_undo;
  plt_editor_pane_update_actions (self);
  plt_editor_pane_take_keyboard (self);
}

static void
remember (PltEditorPane *self,
          PltCaseSettle  how,
          PltField       field)
{
  self->settling = how;
  self->settled = field;
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  plt_case_choose_finish (PLT_CASE (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_saving (user_data, error);
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  plt_case_settle_finish (PLT_CASE (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_saving (user_data, error);
}

static gboolean
is_of_a_source (PltReconciledField *field,
                const char         *value)
{
  for (int i = 0; i < (int) plt_source_get_count (); i++)
    if (g_strcmp0 (plt_reconciled_field_get_source_value (field, (PltSource) i), value) == 0)
      return TRUE;

  return FALSE;
}

PltReconciledField *
plt_editor_pane_find_field (PltEditorPane *self,
                            PltField       field)
{
  GListModel *fields = self->kase != NULL ? plt_case_get_fields (self->kase) : NULL;

  for (guint i = 0; fields != NULL && i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (PltReconciledField) found = g_list_model_get_item (fields, i);

      if (plt_reconciled_field_get_field (found) == field)
        return g_steal_pointer (&found);
    }

  return NULL;
}

/* A clerk chooses what a source says where it does not stop, and parks everything else; a
 * supervisor decides. */
void
plt_editor_pane_settle (PltEditorPane *self,
                        PltField       number,
                        const char    *value,
                        const char    *reason)
{
  g_autoptr (PltReconciledField) field = plt_editor_pane_find_field (self, number);
  guint can = self->kase != NULL ? plt_case_get_can (self->kase) : 0;
  gboolean choose;

  if (field == NULL)
    return;
  choose = (can & PLT_CASE_CAN_EDIT) != 0 && is_of_a_source (field, value) &&
           plt_reconciled_field_get_outcome (field) != PLT_OUTCOME_STOPPED;
  remember (self, choose || (can & PLT_CASE_CAN_DECIDE) != 0 ? PLT_CASE_SETTLE_DECIDE
                                                              : PLT_CASE_SETTLE_PARK, number);
  if (choose)
    plt_case_choose_async (self->kase, number, value, reason, self->cancellable, chosen_cb, self);
  else
    plt_case_settle_async (self->kase, (can & PLT_CASE_CAN_DECIDE) != 0 ? PLT_CASE_SETTLE_DECIDE
                                                                        : PLT_CASE_SETTLE_PARK,
                           number, value, reason, self->cancellable, settled_cb, self);
}

/* Where the card is shown, on the citizen's screen for one, it follows each letter. */
static void
propose (PltEditorPane *self,
         const char    *field,
         const char    *value)
{
  if (self->number != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.propose-value", "(sss)", self->number,
                                field, value);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Settling) settling = user_data;
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltEditorPane *self = PLT_EDITOR_PANE (source);

  if (reason == NULL)
    propose (self, "", "");
  if (reason == NULL || self->kase == NULL)
    return;
  if (settling->park)
    {
      remember (self, PLT_CASE_SETTLE_PARK, settling->field);
      plt_case_settle_async (self->kase, PLT_CASE_SETTLE_PARK, settling->field, settling->value,
                             reason, self->cancellable, settled_cb, self);
    }
  else
    plt_editor_pane_settle (self, settling->field, settling->value, reason);
}

static void
ask_reason (PltEditorPane *self,
            Settling      *settling)
{
  const char *title = plt_field_get_title (settling->field);
  g_autofree char *value = plt_field_to_display (settling->field, settling->value);
  g_autofree char *heading = NULL;

  if (settling->park)
    heading = g_strdup_printf (_("Park: %s"), title);
  else
    /* Translators: name of a field, then the value that is kept */
    heading = g_strdup_printf (_("%s: %s"), title, value);
  plt_reason_dialog_ask_async (GTK_WIDGET (self), heading,
                               settling->park ? _("A supervisor without a part in the application "
                                                  "decides. Say what the citizen showed you.")
                                              : _("Your choice and its reason are kept with the "
                                                  "application and can be undone."),
                               settling->park ? _("_Park") : _("_Use"), NULL, self->cancellable,
                               reason_given_cb, settling);
}

static void
typed_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Settling) settling = user_data;
  g_autofree char *value = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltEditorPane *self = PLT_EDITOR_PANE (source);

  if (value == NULL)
    propose (self, "", "");
  if (value == NULL || self->kase == NULL)
    return;
  plt_reason_dialog_forget (GTK_WIDGET (self));
  settling->value = g_strdup (value);
  ask_reason (self, g_steal_pointer (&settling));
}

static void
keep_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  g_autoptr (PltReconciledField) field = NULL;
  PltField number;
  PltSource source;

  plt_comparison_unpack (g_variant_get_int32 (parameter), &number, &source);
  field = plt_editor_pane_find_field (self, number);
  if (field != NULL && plt_reconciled_field_get_source_value (field, source) != NULL)
    ask_reason (self, settling_new (number, plt_reconciled_field_get_source_value (field, source),
                                    FALSE));
}

static void
letter_typed_cb (GtkWidget  *widget,
                 const char *text,
                 gpointer    user_data)
{
  propose (PLT_EDITOR_PANE (widget), plt_field_to_nick ((PltField) GPOINTER_TO_INT (user_data)), text);
}

static void
type_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  PltField number = (PltField) g_variant_get_int32 (parameter);
  g_autoptr (PltReconciledField) field = plt_editor_pane_find_field (self, number);
  g_autofree char *heading = NULL;

  if (field == NULL)
    return;
  heading = g_strdup_printf (_("Type: %s"), plt_field_get_title (number));
  plt_reason_dialog_follow (widget, letter_typed_cb, GINT_TO_POINTER (number));
  plt_reason_dialog_ask_async (widget, heading,
                               _("Type the value as the document says it (a date as YYYY-MM-DD). "
                                 "What no registry has, a supervisor decides."), _("_Next"), NULL,
                               self->cancellable, typed_cb, settling_new (number, NULL, FALSE));
}

static void
park_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  PltField number = (PltField) g_variant_get_int32 (parameter);
  g_autoptr (PltReconciledField) field = plt_editor_pane_find_field (self, number);

  if (field != NULL)
    ask_reason (self, settling_new (number, NULL, TRUE));
}

static void
undo (PltEditorPane *self,
      PltField       number)
{
  g_autoptr (PltReconciledField) field = plt_editor_pane_find_field (self, number);

  if (field == NULL)
    return;
  remember (self, PLT_CASE_SETTLE_UNDO, number);
  plt_case_settle_async (self->kase, PLT_CASE_SETTLE_UNDO, number, NULL, NULL, self->cancellable,
                         settled_cb, self);
}

static void
undo_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  undo (PLT_EDITOR_PANE (widget), (PltField) g_variant_get_int32 (parameter));
}

static void
undo_last_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);

  undo (self, self->settled);
}

/* ---- the history ---- */

static void
decisions_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);

  if (self->kase != NULL)
    plt_decision_dialog_show_application (widget, self->office, self->number,
                                          parameter != NULL ? g_variant_get_int32 (parameter)
                                                            : PLT_NO_FIELD);
}

static void
decisions_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_decisions_run_finish (result, &error);
  g_autoptr (GPtrArray) decisions = json != NULL ? plt_decisions_parse (json, &error) : NULL;
  PltEditorPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  /* Without them the table says less; why they were not read is told when somebody asks for them. */
  if (decisions != NULL && self->kase != NULL)
    plt_person_section_set_decisions (self->person, decisions);
}

/* What is parked, and by whom, does not stand in the application itself. */
void
plt_editor_pane_read_decisions (PltEditorPane *self)
{
  plt_decisions_run_async (self->office, PLT_DECISIONS_OF_APPLICATION,
                           (const char *[]) { self->number }, self->cancellable, decisions_read_cb,
                           self);
}

static const char * const names[] = {
  "editor.keep", "editor.type", "editor.park", "editor.undo",
};

void
plt_editor_pane_install_settling (GtkWidgetClass *widget_class)
{
  static const GtkWidgetActionActivateFunc acts[] = {
    keep_action, type_action, park_action, undo_action,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_class_install_action (widget_class, names[i], "i", acts[i]);
  gtk_widget_class_install_action (widget_class, "editor.undo-last", NULL, undo_last_action);
  gtk_widget_class_install_action (widget_class, "editor.decisions", "i", decisions_action);
  gtk_widget_class_install_action (widget_class, "editor.all-decisions", NULL, decisions_action);
}

void
plt_editor_pane_enable_settling (PltEditorPane *self,
                                 gboolean       enabled)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo-last", enabled && self->can_undo);
}
