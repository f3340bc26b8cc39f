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

/* ---- pictures and categories ---- */

static PltImageSection *
get_section (PltEditorPane *self,
             PltCaseImage   image)
{
  return image == PLT_CASE_IMAGE_PORTRAIT ? self->portrait : self->signature;
}

/* What is wrong with the picture stands under it; what is wrong with the office, at the top. */
static void
show_image_error (PltEditorPane *self,
                  const GError  *error)
{
  if (error->domain == PLT_OFFICE_ERROR && error->code != PLT_OFFICE_ERROR_INVALID)
    plt_editor_pane_show_error (self, error);
  else
    plt_image_section_show_error (get_section (self, self->saving_image), error->message);
}

static void
waiting_image_clear (PltWaitingImage *waiting)
{
  g_clear_pointer (&waiting->data, g_bytes_unref);
  g_clear_pointer (&waiting->name, g_free);
}

static void
image_saved_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = plt_case_set_image_finish (PLT_CASE (source), result, &error);
  PltWaitingImage saving;
  PltEditorPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  saving = self->saving;
  self->saving = (PltWaitingImage) { NULL, NULL, PLT_PHOTO_FROM_FILE };
  if (done)
    {
      plt_notice_clear (self->notice);
      plt_editor_pane_take_keyboard (self);
    }
  else
    {
      show_image_error (self, error);
      if (g_strcmp0 (plt_office_error_get_rule (error), "PHOTO") == 0)
        plt_editor_pane_open_photo_desk (self, saving.data, saving.name, saving.origin);
    }
  waiting_image_clear (&saving);
}

void
plt_editor_pane_forget_waiting (PltEditorPane *self)
{
  self->photo_wanted = FALSE;
  waiting_image_clear (&self->saving);
  for (gsize i = 0; i < G_N_ELEMENTS (self->waiting); i++)
    waiting_image_clear (&self->waiting[i]);
}

/* A write under way owns the row version: a picture that comes meanwhile is written after it. */
void
plt_editor_pane_set_image (PltEditorPane *self,
                           PltCaseImage   image,
                           GBytes        *data,
                           const char    *name,
                           PltPhotoOrigin origin)
{
  gboolean busy = FALSE;

  if (self->kase == NULL)
    return;
  plt_image_section_show_error (get_section (self, image), NULL);
  g_object_get (self->kase, "busy", &busy, NULL);
  if (busy)
    {
      waiting_image_clear (&self->waiting[image]);
      self->waiting[image].data = g_bytes_ref (data);
      self->waiting[image].name = g_strdup (name);
      self->waiting[image].origin = origin;
      return;
    }

  self->saving_image = image;
  waiting_image_clear (&self->saving);
  self->saving = (PltWaitingImage) { g_bytes_ref (data), g_strdup (name), origin };
  if (image == PLT_CASE_IMAGE_PORTRAIT)
    plt_case_import_photo_async (self->kase, data, name, origin, FALSE, self->cancellable,
                                 image_saved_cb, self);
  else
    plt_case_set_image_async (self->kase, image, data, name, self->cancellable, image_saved_cb, self);
}

/* Does one thing that was asked for while the case was opening or saving; the next one follows when
 * that has been saved. */
void
plt_editor_pane_take_waiting (PltEditorPane *self)
{
  gboolean busy = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (self->waiting); i++)
    if (self->waiting[i].data != NULL)
      {
        PltWaitingImage waiting = self->waiting[i];

        self->waiting[i] = (PltWaitingImage) { NULL, NULL, PLT_PHOTO_FROM_FILE };
        plt_editor_pane_set_image (self, (PltCaseImage) i, waiting.data, waiting.name, waiting.origin);
        waiting_image_clear (&waiting);
        return;
      }
  if (self->photo_wanted)
    {
      self->photo_wanted = FALSE;
      gtk_widget_activate_action (GTK_WIDGET (self), "editor.photo-registry", NULL);
    }
  g_object_get (self->kase, "busy", &busy, NULL);
  if (!busy && self->photo_lookup == NULL)
    plt_pane_keys_release (GTK_WIDGET (self));
}

static void
image_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);

  if (self->kase == NULL)
    return;
  if (g_str_equal (action, "editor.photo-file"))
    plt_image_section_open_file (self->portrait);
  else if (g_str_equal (action, "editor.signature-file"))
    plt_image_section_open_file (self->signature);
  else if (g_str_equal (action, "editor.photo-paste"))
    plt_image_section_paste (self->portrait);
  else
    plt_image_section_paste (self->signature);
}

/* The office keeps no portrait of the registry beside the application's own, so the registry is
 * asked again when a case was opened from the database. */
void
plt_editor_pane_drop_photo_lookup (PltEditorPane *self)
{
  if (self->photo_lookup == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->photo_lookup, self);
  plt_lookup_cancel (self->photo_lookup);
  g_clear_object (&self->photo_lookup);
}

static void
photo_looked_up_cb (PltEditorPane *self)
{
  PltSourceAnswer *answer = plt_lookup_get_answer (self->photo_lookup, PLT_SOURCE_IDENTITY);
  GBytes *portrait = plt_source_answer_get_portrait (answer);

  if (!plt_source_state_is_final (plt_source_answer_get_state (answer)))
    return;

  if (portrait != NULL)
    plt_editor_pane_set_image (self, PLT_CASE_IMAGE_PORTRAIT, portrait,
                               _("the registry’s portrait"), PLT_PHOTO_FROM_REGISTRY);
  else
    plt_image_section_show_error (self->portrait,
                                  _("The photo was not taken because the population registry gave "
                                    "no portrait. Load one from a file."));
  plt_editor_pane_drop_photo_lookup (self);
  plt_editor_pane_update_actions (self);
  plt_editor_pane_take_waiting (self);
}

static void
photo_lookup_failed_cb (PltEditorPane *self,
                        GError        *error)
{
  plt_image_section_show_error (self->portrait, error->message);
  plt_pane_keys_forget (GTK_WIDGET (self));
  plt_editor_pane_drop_photo_lookup (self);
  plt_editor_pane_update_actions (self);
}

static void
look_photo_up (PltEditorPane *self)
{
  g_autoptr (GError) error = NULL;
  PltLicenceApplication *application = plt_case_get_application (self->kase);

  plt_editor_pane_drop_photo_lookup (self);
  self->photo_lookup = plt_lookup_new (self->office,
                                       plt_licence_application_get_id_number (application), &error);
  if (self->photo_lookup == NULL)
    {
      plt_editor_pane_show_error (self, error);
      return;
    }
  g_signal_connect_swapped (self->photo_lookup, "answered", G_CALLBACK (photo_looked_up_cb), self);
  g_signal_connect_swapped (self->photo_lookup, "failed", G_CALLBACK (photo_lookup_failed_cb), self);
  plt_editor_pane_update_actions (self);
}

static void
registry_photo_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  PltSourceAnswer *answer;
  GBytes *portrait;
  gboolean busy = self->kase == NULL;

  if (self->kase != NULL)
    g_object_get (self->kase, "busy", &busy, NULL);
  self->photo_wanted = busy;
  if (busy)
    return;

  answer = plt_case_get_answer (self->kase, PLT_SOURCE_IDENTITY);
  portrait = answer != NULL ? plt_source_answer_get_portrait (answer) : NULL;
  if (portrait != NULL)
    plt_editor_pane_set_image (self, PLT_CASE_IMAGE_PORTRAIT, portrait,
                               _("the registry’s portrait"), PLT_PHOTO_FROM_REGISTRY);
  else
    look_photo_up (self);
}

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
  gtk_widget_class_install_action (widget_class, "editor.photo-file", NULL, image_action);
  gtk_widget_class_install_action (widget_class, "editor.photo-paste", NULL, image_action);
  plt_editor_pane_install_photo (widget_class);
  gtk_widget_class_install_action (widget_class, "editor.photo-registry", NULL,
                                   registry_photo_action);
  gtk_widget_class_install_action (widget_class, "editor.signature-file", NULL, image_action);
  gtk_widget_class_install_action (widget_class, "editor.signature-paste", NULL, image_action);
  gtk_widget_class_install_action (widget_class, "editor.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "editor.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "editor.slip", NULL, slip_action);
  gtk_widget_class_install_action (widget_class, "editor.room", NULL, room_action);
}
