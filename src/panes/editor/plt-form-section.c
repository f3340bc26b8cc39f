/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the fields of the form, and what another desk does to them meanwhile. */
#include "plt-form-section-private.h"

#include "plt-case-form.h"
#include "plt-editor-section.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

enum { SAVED, CONFLICT, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

PltFormEdit *
plt_form_section_find (PltFormSection *self,
                       const char     *field)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      PltFormEdit *edit = self->edits->pdata[i];

      if (g_str_equal (edit->field->code, field))
        return edit;
    }
  return NULL;
}

void
plt_form_section_say (PltFormSection *self,
                      const char     *text)
{
  gtk_label_set_text (self->status, text);
}

static void
row_changed_cb (PltFormSection *self,
                PltFormRow     *row)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      PltFormEdit *edit = self->edits->pdata[i];
      g_autofree char *before = NULL;

      if (edit->row != row)
        continue;
      before = edit->text;
      edit->text = g_strdup (plt_form_row_get_text (row));
      plt_form_section_say (self, "");
      plt_editor_section_edited (PLT_EDITOR_SECTION (self), edit->field->code, before, edit->text,
                                 plt_form_row_get_cursor (row));
      plt_form_section_save_soon (self);
      return;
    }
}

static void
row_moved_cb (PltFormSection *self,
              PltFormRow     *row)
{
  int cursor = plt_form_row_get_cursor (row);

  for (guint i = 0; cursor >= 0 && i < self->edits->len; i++)
    {
      PltFormEdit *edit = self->edits->pdata[i];

      /* In the middle of a letter the text is ahead of what is known of it. */
      if (edit->row == row && g_str_equal (edit->text, plt_form_row_get_text (row)))
        g_signal_emit (self, signals[MOVED], 0, edit->field->code, cursor);
    }
}

/* ---- what the database says ---- */

static void
clear_rows (PltFormSection *self)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      PltFormEdit *edit = self->edits->pdata[i];
      GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (edit->row));

      if (parent == self->long_rows)
        gtk_box_remove (GTK_BOX (parent), GTK_WIDGET (edit->row));
      else
        gtk_widget_unparent (GTK_WIDGET (edit->row));
    }
  g_ptr_array_set_size (self->edits, 0);
  g_clear_pointer (&self->form, g_ptr_array_unref);
}

static void
build_rows (PltFormSection *self,
            GPtrArray      *form)
{
  clear_rows (self);
  self->form = g_ptr_array_ref (form);
  for (guint i = 0; i < form->len; i++)
    {
      const PltFormField *field = form->pdata[i];
      PltFormEdit *edit = plt_form_edit_new (field);

      g_ptr_array_add (self->edits, edit);
      g_signal_connect_object (edit->row, "changed", G_CALLBACK (row_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (edit->row, "moved", G_CALLBACK (row_moved_cb), self, G_CONNECT_SWAPPED);
      if (field->input == PLT_FORM_LINES)
        gtk_box_append (GTK_BOX (self->long_rows), GTK_WIDGET (edit->row));
      else
        plt_wrap_box_append (PLT_WRAP_BOX (self->rows), GTK_WIDGET (edit->row));
    }
}

static gboolean
has_same_fields (PltFormSection *self,
                 GPtrArray      *form)
{
  if (self->form == NULL || self->form->len != form->len)
    return FALSE;
  for (guint i = 0; i < form->len; i++)
    if (!g_str_equal (((PltFormField *) self->form->pdata[i])->code, ((PltFormField *) form->pdata[i])->code))
      return FALSE;
  return TRUE;
}

static void
show_form (PltFormSection *self)
{
  GPtrArray *form = plt_case_get_form (self->kase);
  gboolean conflict = FALSE;

  if (!has_same_fields (self, form))
    build_rows (self, form);
  for (guint i = 0; i < form->len; i++)
    {
      const PltFormField *now = form->pdata[i];
      PltFormEdit *edit = self->edits->pdata[i];

      /* While something is on its way, its answer tells the version. */
      if (!self->saving || !plt_form_edit_is_dirty (edit))
        conflict = plt_form_edit_take (edit, now) || conflict;
    }
  if (conflict)
    {
      plt_form_section_say (self, _("Another desk changed what you are typing; nothing was overwritten"));
      g_signal_emit (self, signals[CONFLICT], 0);
    }
}

static void
form_changed_cb (PltFormSection *self)
{
  show_form (self);
}

static void
forget_case (PltFormSection *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->saving = FALSE;
  if (self->kase != NULL)
    g_signal_handlers_disconnect_by_data (self->kase, self);
  g_clear_object (&self->kase);
  clear_rows (self);
  plt_form_section_say (self, "");
}

static void
plt_form_section_show (PltEditorSection *section,
                       PltOffice        *office,
                       PltCase          *kase,
                       PltCaseCan        can)
{
  PltFormSection *self = PLT_FORM_SECTION (section);

  if (self->kase != kase)
    {
      forget_case (self);
      g_set_object (&self->kase, kase);
      if (kase != NULL)
        g_signal_connect_object (kase, "form-changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
    }
  if (kase == NULL)
    return;
  self->editable = (can & PLT_CASE_CAN_EDIT) != 0;
  show_form (self);
  for (guint i = 0; i < self->edits->len; i++)
    plt_form_row_set_editable (((PltFormEdit *) self->edits->pdata[i])->row, self->editable);
  /* The database may be back. */
  if (!plt_form_section_is_saved (self))
    plt_form_section_save_soon (self);
}

static const char *
plt_form_section_get_name (PltEditorSection *section)
{
  return "form";
}

static gboolean
plt_form_section_focus_missing (PltEditorSection *section,
                                PltCase          *kase)
{
  PltFormSection *self = PLT_FORM_SECTION (section);

  for (guint i = 0; i < self->edits->len; i++)
    {
      PltFormEdit *edit = self->edits->pdata[i];

      if (!plt_form_row_is_valid (edit->row))
        {
          plt_form_row_focus (edit->row, -1);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
plt_form_section_put (PltEditorSection *section,
                      const char       *field,
                      const char       *value,
                      int               cursor)
{
  PltFormSection *self = PLT_FORM_SECTION (section);
  PltFormEdit *edit = plt_form_section_find (self, field);

  if (edit == NULL)
    return FALSE;
  plt_form_edit_set_text (edit, value);
  if (cursor >= 0)
    plt_form_row_focus (edit->row, cursor);
  plt_form_section_say (self, "");
  plt_form_section_save_soon (self);
  return TRUE;
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->get_name = plt_form_section_get_name;
  iface->show = plt_form_section_show;
  iface->focus_missing = plt_form_section_focus_missing;
  iface->put = plt_form_section_put;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltFormSection, plt_form_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
plt_form_section_dispose (GObject *object)
{
  PltFormSection *self = PLT_FORM_SECTION (object);

  if (self->cancellable != NULL)
    forget_case (self);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_FORM_SECTION);

  G_OBJECT_CLASS (plt_form_section_parent_class)->dispose (object);
}

static void
plt_form_section_finalize (GObject *object)
{
  g_ptr_array_unref (PLT_FORM_SECTION (object)->edits);

  G_OBJECT_CLASS (plt_form_section_parent_class)->finalize (object);
}

static void
plt_form_section_class_init (PltFormSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_form_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_form_section_finalize;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CONFLICT] = g_signal_new ("conflict", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-form-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltFormSection, status);
  gtk_widget_class_bind_template_child (widget_class, PltFormSection, rows);
  gtk_widget_class_bind_template_child (widget_class, PltFormSection, long_rows);
}

static void
plt_form_section_init (PltFormSection *self)
{
  self->cancellable = g_cancellable_new ();
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_form_edit_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GPtrArray *
plt_form_section_list_conflicts (PltFormSection *self)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_form_conflict_free);
  GPtrArray *form = self->kase != NULL ? plt_case_get_form (self->kase) : NULL;

  for (guint i = 0; form != NULL && i < self->edits->len && i < form->len; i++)
    {
      PltFormEdit *edit = self->edits->pdata[i];
      const PltFormField *now = form->pdata[i];

      if (edit->conflict)
        g_ptr_array_add (conflicts, plt_form_edit_new_conflict (edit, now));
    }
  return conflicts;
}

void
plt_form_section_decide (PltFormSection *self,
                         const char     *field,
                         const char     *value)
{
  PltFormEdit *edit = plt_form_section_find (self, field);
  GPtrArray *form = self->kase != NULL ? plt_case_get_form (self->kase) : NULL;

  for (guint i = 0; edit != NULL && form != NULL && i < form->len; i++)
    {
      const PltFormField *now = form->pdata[i];

      if (!g_str_equal (now->code, field))
        continue;
      /* What was seen is what the next saving counts from. */
      plt_form_edit_set_base (edit, now->value, now->version);
      edit->conflict = FALSE;
      if (!g_str_equal (edit->text, value))
        {
          g_autofree char *before = g_strdup (edit->text);

          plt_form_edit_set_text (edit, value);
          plt_editor_section_edited (PLT_EDITOR_SECTION (self), field, before, value, -1);
        }
      if (plt_form_edit_is_dirty (edit))
        plt_form_section_save_soon (self);
      else
        g_signal_emit (self, signals[SAVED], 0, field, value);
      plt_form_section_say (self, "");
    }
}

gboolean
plt_form_section_bring_back (PltFormSection *self,
                             const char     *field,
                             const char     *base,
                             const char     *value)
{
  PltFormEdit *edit = plt_form_section_find (self, field);

  if (edit == NULL)
    return FALSE;
  if (g_str_equal (edit->field->value, value))
    {
      g_signal_emit (self, signals[SAVED], 0, field, value);
      return TRUE;
    }
  plt_form_edit_set_text (edit, value);
  if (g_str_equal (edit->base, base))
    {
      plt_form_section_save_soon (self);
      return TRUE;
    }
  plt_form_edit_set_base (edit, base, edit->version);
  edit->conflict = TRUE;
  g_signal_emit (self, signals[CONFLICT], 0);
  return TRUE;
}

gboolean
plt_form_section_begin (PltFormSection *self)
{
  if (self->edits->len == 0)
    return FALSE;
  if (!plt_form_section_focus_missing (PLT_EDITOR_SECTION (self), self->kase))
    plt_form_row_focus (((PltFormEdit *) self->edits->pdata[0])->row, -1);
  return TRUE;
}

void
plt_form_section_set_place (PltFormSection *self,
                            const char     *field,
                            int             cursor)
{
  PltFormEdit *edit = plt_form_section_find (self, field);

  if (edit != NULL)
    plt_form_row_focus (edit->row, cursor);
}
