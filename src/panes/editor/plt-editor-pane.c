/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows one application in sections and keeps them fresh. */
#include "plt-editor-pane-private.h"

#include "plt-case-hold.h"
#include "plt-editor-section.h"
#include "plt-exception-list.h"
#include "plt-fee-section.h"
#include "plt-paper-section.h"
#include "plt-findings-section.h"
#include "plt-history-section.h"
#include "plt-id-number.h"
#include "plt-layout-why.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-pills.h"
#include "plt-reason-dialog.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PltEditorPane, plt_editor_pane, ADW_TYPE_BIN)

static void
show_header (PltEditorPane         *self,
             PltLicenceApplication *application)
{
  const char *type = plt_application_type_get_title (
    plt_licence_application_get_type_ (application));
  const char *id_number = plt_licence_application_get_id_number (application);
  const char *holder = plt_licence_application_get_holder_name (application);
  g_autofree char *id = id_number != NULL ? plt_id_number_to_display (id_number) : g_strdup ("—");
  g_autofree char *entered_by = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *subtitle = NULL;

  g_object_get (application, "entered-by", &entered_by, "reason", &reason, NULL);
  /* Translators: number · type · ID number · who entered it */
  subtitle = g_strdup_printf (_("%s · %s · ID number %s · entered by %s"),
                              plt_licence_application_get_number (application), type, id,
                              entered_by != NULL ? entered_by : "—");
  plt_panes_show_name (self->title, holder != NULL && *holder != '\0' ? holder : _("No Name Yet"));
  gtk_label_set_text (self->subtitle, subtitle);
  plt_pill_show_application (self->state, plt_licence_application_get_state (application));
  if (plt_case_get_waits (self->kase) != 0)
    {
      g_free (reason);
      reason = plt_case_dup_waits_text (self->kase);
    }
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL && *reason != '\0');
}

static void
show_sections (PltEditorPane *self)
{
  PltCaseCan can = self->kase != NULL ? plt_case_get_can (self->kase) : 0;

  for (guint i = 0; i < self->sections->len; i++)
    plt_editor_section_show (self->sections->pdata[i], self->office, self->kase, can);
}

/* A step that is not possible is not offered; the one that is expected next is the suggested one,
 * and stands last. */
static void
show_step (GtkWidget *button,
           gboolean   possible,
           gboolean   suggested)
{
  gtk_widget_set_visible (button, possible);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
show_steps (PltEditorPane *self)
{
  guint can = plt_case_get_can (self->kase);
  gboolean has_card = g_list_model_get_n_items (plt_case_get_cards (self->kase)) > 0;
  gboolean can_print = (can & PLT_CASE_CAN_PRINT) != 0;
  g_autofree char *obstacle = plt_case_dup_obstacle (self->kase);

  gtk_label_set_text (self->obstacle, obstacle != NULL ? obstacle : "");
  show_step (self->withdraw, (can & PLT_CASE_CAN_WITHDRAW) != 0, FALSE);
  show_step (self->reject, (can & PLT_CASE_CAN_REJECT) != 0, FALSE);
  show_step (self->send_back, (can & PLT_CASE_CAN_RETURN) != 0, FALSE);
  show_step (self->wait, (can & PLT_CASE_CAN_WAIT) != 0, FALSE);
  show_step (self->take_up, (can & PLT_CASE_CAN_CONTINUE) != 0, FALSE);
  show_step (self->slip, (can & (PLT_CASE_CAN_WAIT | PLT_CASE_CAN_CONTINUE)) != 0
                         || plt_case_get_waits (self->kase) != 0, FALSE);
  show_step (self->preview, TRUE, can_print);
  show_step (self->room, has_card && !can_print, has_card && !can_print);
  show_step (self->submit, (can & PLT_CASE_CAN_SUBMIT) != 0, obstacle == NULL);
  plt_promise_bar_set (self->promise, self->office, (can & PLT_CASE_CAN_SUBMIT) != 0);
  show_step (self->approve, (can & PLT_CASE_CAN_APPROVE) != 0, obstacle == NULL);
  plt_editor_pane_update_actions (self);
}

/* Who was faster, with what, and when, is known once the record has been read again. */
static void
tell_conflict (PltEditorPane *self)
{
  g_autoptr (PltEvent) event = g_list_model_get_item (plt_case_get_events (self->kase), 0);
  guint wanted = self->tried != 0 ? self->tried : PLT_CASE_CAN_EDIT | PLT_CASE_CAN_DECIDE;
  gboolean over = (plt_case_get_can (self->kase) & wanted) == 0;
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  self->conflict = FALSE;
  self->tried = 0;
  if (event == NULL || plt_event_get_at (event) == NULL)
    return;
  at = g_date_time_to_local (plt_event_get_at (event));
  /* Translators: a time of day, for g_date_time_format() */
  when = g_date_time_format (at, _("%H:%M:%S"));
  /* Translators: a time of day, then what a colleague did, as a sentence */
  text = g_strdup_printf (over ? _("Your change was not saved, because this came first, at %s: “%s” "
                                   "You see the application as it is now; nothing is left for you to "
                                   "do here.")
                               : _("Your change was not saved, because this came first, at %s: “%s” "
                                   "You see the application as it is now; repeat your change if it is "
                                   "still right."),
                          when, plt_event_get_text (event));
  plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, over ? NULL : _("Re_load"),
                   over ? NULL : "editor.reload");
}

static void
show_case (PltEditorPane *self)
{
  show_header (self, plt_case_get_application (self->kase));
  plt_editor_pane_show_prepared (self);
  show_sections (self);
  show_steps (self);
  plt_editor_pane_read_decisions (self);
  plt_editor_pane_check_journal (self);
}

/* Whether this desk may change it is known only now, or has just become otherwise. */
static void
hold_changed_cb (PltEditorPane *self)
{
  plt_editor_pane_show_hold (self);
  show_sections (self);
  show_steps (self);
}

/* The button that had the keyboard is insensitive while a write is under way, and GTK then takes
 * the keyboard from it: it comes back to the next step instead of being lost. */
static void
keep_focus (PltEditorPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && gtk_root_get_focus (root) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The case has been read again: what it says now is true. */
static void
fate_known_cb (PltEditorPane *self,
               gboolean       made,
               const char    *text)
{
  if (made)
    plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_notice_show (self->notice, made ? PLT_NOTICE_INFO : PLT_NOTICE_WARNING, text, NULL, NULL);
  keep_focus (self);
}

static void
case_changed_cb (PltEditorPane *self)
{
  if (self->conflict)
    tell_conflict (self);
  show_case (self);
}

static void
busy_changed_cb (PltEditorPane *self)
{
  gboolean busy = FALSE;

  plt_editor_pane_update_actions (self);
  g_object_get (self->kase, "busy", &busy, NULL);
  if (busy)
    return;
  if (self->categories_pending)
    plt_editor_pane_save_categories (self);
  else
    {
      plt_editor_pane_take_waiting (self);
      keep_focus (self);
    }
}

void
plt_editor_pane_set_case (PltEditorPane *self,
                          PltCase       *kase)
{
  if (self->kase != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->kase, self);
      if (self->kase != kase && kase == NULL)
        plt_case_leave (self->kase);
    }
  g_set_object (&self->kase, kase);
  self->categories_pending = FALSE;
  self->submit_wanted = FALSE;
  plt_category_section_set_pending (self->categories, FALSE);
  self->conflict = FALSE;
  self->can_undo = FALSE;
  if (kase == NULL)
    {
      show_sections (self);
      return;
    }

  g_signal_connect_object (kase, "changed", G_CALLBACK (case_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kase, "fate-known", G_CALLBACK (fate_known_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kase, "notify::busy", G_CALLBACK (busy_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (kase, "hold-changed", G_CALLBACK (hold_changed_cb), self, G_CONNECT_SWAPPED);
  plt_editor_pane_show_hold (self);
  show_case (self);
  plt_case_edit (kase);
}

static gboolean
tell_unknown_fate (PltEditorPane *self)
{
  g_autofree char *text = self->kase != NULL ? plt_case_dup_fate_text (self->kase) : NULL;

  if (text == NULL)
    return FALSE;
  plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, NULL, NULL);
  return TRUE;
}

void
plt_editor_pane_show_error (PltEditorPane *self,
                            const GError  *error)
{
  /* Whoever typed ahead counted on what has failed. */
  plt_pane_keys_forget (GTK_WIDGET (self));
  if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_CONFLICT))
    {
      self->conflict = TRUE;
      plt_notice_show (self->notice, PLT_NOTICE_WARNING, error->message, _("Re_load"),
                       "editor.reload");
    }
  else
    {
      self->tried = 0;
      if (!tell_unknown_fate (self))
        plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
    }

  /* What was toggled but not saved goes back to what is recorded. */
  if (self->kase != NULL)
    show_case (self);
}

static void
portrait_chosen_cb (PltEditorPane *self,
                    GBytes        *data,
                    const char    *name,
                    int            origin)
{
  plt_editor_pane_set_image (self, PLT_CASE_IMAGE_PORTRAIT, data, name, (PltPhotoOrigin) origin);
}

static void
signature_chosen_cb (PltEditorPane *self,
                     GBytes        *data,
                     const char    *name,
                     int            origin)
{
  plt_editor_pane_set_image (self, PLT_CASE_IMAGE_SIGNATURE, data, name, (PltPhotoOrigin) origin);
}

/* The clerk's next piece of work, in the order in which the obstacles are told. */
static gboolean
focus_what_is_missing (PltEditorPane *self)
{
  for (guint i = 0; i < self->sections->len; i++)
    if (plt_editor_section_focus_missing (self->sections->pdata[i], self->kase))
      return TRUE;

  return FALSE;
}

static gboolean
plt_editor_pane_grab_focus (GtkWidget *widget)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  guint can = self->kase != NULL ? plt_case_get_can (self->kase) : 0;

  if (self->kase == NULL)
    return FALSE;
  if (can & PLT_CASE_CAN_EDIT)
    return focus_what_is_missing (self) || gtk_widget_grab_focus (self->submit);
  if ((can & PLT_CASE_CAN_DECIDE) != 0 && plt_person_section_focus_open (self->person))
    return TRUE;
  if (can & PLT_CASE_CAN_APPROVE)
    return gtk_widget_grab_focus (self->approve);
  if (gtk_widget_get_visible (self->room))
    return gtk_widget_grab_focus (self->room);

  return gtk_widget_grab_focus (self->preview);
}

static void
plt_editor_pane_dispose (GObject *object)
{
  PltEditorPane *self = PLT_EDITOR_PANE (object);

  g_cancellable_cancel (self->cancellable);
  plt_editor_pane_drop_photo_lookup (self);
  plt_editor_pane_forget_waiting (self);
  if (self->kase != NULL)
    g_signal_handlers_disconnect_by_data (self->kase, self);
  g_clear_object (&self->kase);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->fetched, g_free);
  g_clear_object (&self->journal);
  if (self->sections != NULL)
    for (guint i = 0; i < self->sections->len; i++)
      g_signal_handlers_disconnect_by_data (self->sections->pdata[i], self);
  g_clear_pointer (&self->sections, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_EDITOR_PANE);

  G_OBJECT_CLASS (plt_editor_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, failed);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, promise);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, title);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, state);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, prepared);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, reason);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, person);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, form);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, editing);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, categories);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, portrait);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, signature);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, bar);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, obstacle);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, withdraw);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, reject);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, send_back);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, wait);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, take_up);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, slip);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, preview);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, room);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, submit);
  gtk_widget_class_bind_template_child (widget_class, PltEditorPane, approve);
  gtk_widget_class_bind_template_callback (widget_class, portrait_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, signature_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, plt_editor_pane_save_categories);
  gtk_widget_class_bind_template_callback (widget_class, plt_editor_pane_form_saved);
  gtk_widget_class_bind_template_callback (widget_class, plt_editor_pane_form_moved);
  gtk_widget_class_bind_template_callback (widget_class, plt_editor_pane_form_conflict);
}

static void
plt_editor_pane_class_init (PltEditorPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_editor_pane_dispose;
  plt_panes_class_set_grab_focus (widget_class, plt_editor_pane_grab_focus);

  g_type_ensure (PLT_TYPE_PROMISE_BAR);
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_FEE_SECTION);
  g_type_ensure (PLT_TYPE_FINDINGS_SECTION);
  g_type_ensure (PLT_TYPE_FORM_SECTION);
  g_type_ensure (PLT_TYPE_HISTORY_SECTION);
  g_type_ensure (PLT_TYPE_PAPER_SECTION);
  g_type_ensure (PLT_TYPE_PERSON_SECTION);
  g_type_ensure (PLT_TYPE_CATEGORY_SECTION);
  g_type_ensure (PLT_TYPE_IMAGE_SECTION);
  g_type_ensure (PLT_TYPE_EXCEPTION_LIST);
  g_type_ensure (PLT_TYPE_LAYOUT_WHY);
  g_type_ensure (PLT_TYPE_WRAP_BOX);

  plt_editor_pane_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-editor-pane.ui");
  bind_children (widget_class);
}

static void
plt_editor_pane_init (PltEditorPane *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>Return", "editor.submit", NULL },
    { "<Control><Shift>Return", "editor.approve", NULL },
    { "<Control><Shift>r", "editor.return", NULL },
    { "<Control><Shift>j", "editor.reject", NULL },
    { "<Control><Shift>w", "editor.withdraw", NULL },
    { "<Control><Shift>t", "editor.wait", NULL },
    { "<Control><Shift>u", "editor.continue", NULL },
    { "<Control><Shift>p", "editor.slip", NULL },
    { "<Control>d", "editor.details", NULL },
    { "<Control>z", "editor.undo-edit", NULL },
    { "<Control><Shift>z", "editor.redo-edit", NULL },
    { "<Control><Shift>k", "editor.ask-for", NULL },
    { "<Control>h", "editor.all-decisions", NULL },
    { "<Control>p", "editor.preview", NULL },
    { "<Control>l", "editor.room", NULL },
    { "<Control>o", "editor.photo-file", NULL },
    { "<Control>g", "editor.photo-registry", NULL },
    { "<Control><Shift>g", "editor.photo-desk", NULL },
    { "<Control><Shift>v", "editor.photo-paste", NULL },
    { "<Control><Shift>o", "editor.signature-file", NULL },
    { "<Control><Shift>s", "editor.signature-desk", NULL },
    { "F5", "editor.reload", NULL },
  };

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sections = plt_editor_section_list (GTK_WIDGET (self));
  plt_editor_pane_watch_sections (self);
  plt_panes_name_once (GTK_WIDGET (self));
  plt_image_section_set_image (self->portrait, PLT_CASE_IMAGE_PORTRAIT);
  plt_image_section_set_image (self->signature, PLT_CASE_IMAGE_SIGNATURE);
  plt_image_section_set_up (self->portrait, _("Photo"), "editor.photo-file", "editor.photo-paste",
                            "editor.photo-registry");
  plt_image_section_set_desk (self->portrait, _("Ta_ke or Adjust…"), _("take or adjust"),
                              "editor.photo-desk");
  plt_image_section_set_up (self->signature, _("Signature"), "editor.signature-file",
                            "editor.signature-paste", NULL);
  plt_image_section_set_desk (self->signature, _("_Sign Here…"), _("sign here"),
                              "editor.signature-desk");
  plt_editor_pane_update_actions (self);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_editor_pane_new (PltOffice *office)
{
  PltEditorPane *self = g_object_new (PLT_TYPE_EDITOR_PANE, NULL);

  self->office = g_object_ref (office);

  return GTK_WIDGET (self);
}
