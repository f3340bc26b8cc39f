/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Journals what is edited in the sections, brings it back, and undoes and redoes it. */
#include "plt-editor-pane-private.h"

#include "plt-editor-section.h"
#include "plt-form-conflicts.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

static PltEditorSection *
find_section (PltEditorPane *self,
              const char    *field,
              const char   **rest)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      PltEditorSection *section = self->sections->pdata[i];
      const char *name = plt_editor_section_get_name (section);
      gsize length = name != NULL ? strlen (name) : 0;

      if (name != NULL && g_str_has_prefix (field, name) && field[length] == '/')
        {
          *rest = field + length + 1;
          return section;
        }
    }
  return NULL;
}

/* Before the letter is seen it is in the journal. */
static void
edited_cb (PltEditorPane    *self,
           const char       *field,
           const char       *before,
           const char       *after,
           int               cursor,
           PltEditorSection *section)
{
  g_autofree char *name = g_strconcat (plt_editor_section_get_name (section), "/", field, NULL);
  g_autoptr (GError) error = NULL;

  if (self->journal == NULL || self->putting)
    return;
  if (!plt_journal_edit (self->journal, name, before, after, cursor, &error))
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  self->settled_last = FALSE;
  plt_editor_pane_enable_undo (self);
}

void
plt_editor_pane_watch_sections (PltEditorPane *self)
{
  for (guint i = 0; i < self->sections->len; i++)
    g_signal_connect_swapped (self->sections->pdata[i], "edited", G_CALLBACK (edited_cb), self);
}

void
plt_editor_pane_form_saved (PltEditorPane *self,
                            const char    *field,
                            const char    *value)
{
  g_autofree char *name = g_strconcat ("form/", field, NULL);

  if (self->journal != NULL)
    plt_journal_saved (self->journal, name, value);
  if (self->submit_wanted && plt_form_section_is_saved (self->form))
    {
      self->submit_wanted = FALSE;
      gtk_widget_activate_action (GTK_WIDGET (self), "editor.submit", NULL);
    }
}

void
plt_editor_pane_form_moved (PltEditorPane *self,
                            const char    *field,
                            int            cursor)
{
  g_autofree char *name = g_strconcat ("form/", field, NULL);

  if (self->journal != NULL && !self->putting && !self->place_wanted)
    plt_journal_place (self->journal, name, cursor);
}

/* ---- two desks ---- */

static void
conflicts_decided_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GHashTable) values = plt_form_conflicts_ask_finish (result, NULL);
  PltEditorPane *self = PLT_EDITOR_PANE (source);
  GHashTableIter iter;
  gpointer field, value;

  if (values == NULL || self->kase == NULL)
    return;
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &field, &value))
    plt_form_section_decide (self->form, field, value);
  plt_notice_clear (self->notice);
}

static void
conflicts_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  g_autoptr (GPtrArray) conflicts = plt_form_section_list_conflicts (self->form);

  if (conflicts->len > 0)
    plt_form_conflicts_ask_async (widget, conflicts, self->cancellable, conflicts_decided_cb, NULL);
}

void
plt_editor_pane_form_conflict (PltEditorPane *self)
{
  self->submit_wanted = FALSE;
  plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                   _("Another desk changed what is being typed here. Nothing was overwritten: compare both and "
                     "choose."), _("_Compare…"), "editor.conflicts");
}

/* FALSE: something stands in the way, or is saved first; then it is submitted by itself. */
gboolean
plt_editor_pane_may_submit (PltEditorPane *self)
{
  self->submit_wanted = FALSE;
  if (plt_editor_section_focus_missing (PLT_EDITOR_SECTION (self->form), self->kase))
    {
      plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                       _("The application was not submitted, because something that is typed is not as it has to "
                         "be. The keyboard is at the first of it."), NULL, NULL);
      return FALSE;
    }
  if (plt_form_section_is_saved (self->form))
    return TRUE;
  self->submit_wanted = TRUE;
  plt_form_section_save (self->form);
  return FALSE;
}

/* ---- back after an end that nobody wanted ---- */

static void
bring_back (PltEditorPane        *self,
            const PltJournalStep *step)
{
  const char *field = NULL;
  PltEditorSection *section = find_section (self, step->field, &field);

  if (section == NULL)
    return;
  self->putting = TRUE;
  if (section == PLT_EDITOR_SECTION (self->form))
    plt_form_section_bring_back (self->form, field, step->before, step->after);
  else
    plt_editor_section_put (section, field, step->after, -1);
  self->putting = FALSE;
}

static void
bring_place_back (PltEditorPane *self)
{
  const char *name = NULL;
  const char *field = NULL;
  int cursor = -1;

  if (!plt_journal_get_place (self->journal, &name, &cursor) || cursor < 0)
    return;
  if (find_section (self, name, &field) == PLT_EDITOR_SECTION (self->form))
    {
      /* Not once more by what gives the keyboard to what is missing. */
      self->from_top = FALSE;
      plt_form_section_set_place (self->form, field, cursor);
    }
}

/* @journal: (nullable) */
void
plt_editor_pane_use_journal (PltEditorPane *self,
                             PltJournal    *journal)
{
  g_autoptr (GPtrArray) unsaved = NULL;

  g_set_object (&self->journal, journal);
  self->settled_last = FALSE;
  plt_editor_pane_enable_undo (self);
  if (journal == NULL)
    return;
  unsaved = plt_journal_list_unsaved (journal);
  for (guint i = 0; i < unsaved->len; i++)
    bring_back (self, unsaved->pdata[i]);
  if (!plt_journal_was_broken (journal))
    return;
  self->place_wanted = TRUE;
  if (plt_notice_get_text (self->notice) == NULL)
    plt_notice_show (self->notice, PLT_NOTICE_INFO,
                     _("What you typed here before Platen ended is back, and can still be undone."), NULL, NULL);
}

/* The view can go there only when it has been laid out. */
gboolean
plt_editor_pane_take_place (PltEditorPane *self)
{
  if (!self->place_wanted)
    return FALSE;
  self->place_wanted = FALSE;
  if (self->journal == NULL)
    return FALSE;
  bring_place_back (self);
  return TRUE;
}

void
plt_editor_pane_leave_journal (PltEditorPane *self)
{
  plt_form_section_save (self->form);
  if (self->journal != NULL)
    plt_journal_leave (self->journal);
  g_clear_object (&self->journal);
}

/* What is submitted or withdrawn is nobody's draft any more. */
void
plt_editor_pane_check_journal (PltEditorPane *self)
{
  PltApplicationState state = plt_licence_application_get_state (plt_case_get_application (self->kase));

  if (self->journal == NULL || state == PLT_APPLICATION_STATE_DRAFT || state == PLT_APPLICATION_STATE_RETURNED)
    return;
  plt_journal_remove (self->journal);
  g_clear_object (&self->journal);
  plt_editor_pane_enable_undo (self);
}

/* ---- undo and redo ---- */

void
plt_editor_pane_enable_undo (PltEditorPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean edit = self->kase != NULL && (plt_case_get_can (self->kase) & PLT_CASE_CAN_EDIT) != 0;

  gtk_widget_action_set_enabled (widget, "editor.undo-edit",
                                 self->can_undo || (edit && self->journal != NULL
                                                    && plt_journal_can_undo (self->journal)));
  gtk_widget_action_set_enabled (widget, "editor.redo-edit", edit && self->journal != NULL
                                                             && plt_journal_can_redo (self->journal));
}

static void
put_step (PltEditorPane  *self,
          PltJournalStep *step)
{
  const char *field = NULL;
  PltEditorSection *section = step != NULL ? find_section (self, step->field, &field) : NULL;

  if (section != NULL)
    {
      self->putting = TRUE;
      plt_editor_section_put (section, field, step->after, step->cursor);
      self->putting = FALSE;
    }
  plt_editor_pane_enable_undo (self);
}

static void
undo_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  g_autoptr (PltJournalStep) step = NULL;

  if (self->can_undo && (self->settled_last || self->journal == NULL || !plt_journal_can_undo (self->journal)))
    {
      gtk_widget_activate_action (widget, "editor.undo-last", NULL);
      return;
    }
  step = self->journal != NULL ? plt_journal_undo (self->journal) : NULL;
  put_step (self, step);
}

static void
redo_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  g_autoptr (PltJournalStep) step = self->journal != NULL ? plt_journal_redo (self->journal) : NULL;

  put_step (self, step);
}

static void
details_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  plt_form_section_begin (PLT_EDITOR_PANE (widget)->form);
}

void
plt_editor_pane_install_journal (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.undo-edit", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.redo-edit", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "editor.details", NULL, details_action);
  gtk_widget_class_install_action (widget_class, "editor.conflicts", NULL, conflicts_action);
}
