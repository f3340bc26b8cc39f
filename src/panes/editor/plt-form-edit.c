/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-form-edit.h"

PltFormEdit *
plt_form_edit_new (const PltFormField *field)
{
  PltFormEdit *self = g_new0 (PltFormEdit, 1);

  self->field = field;
  self->row = PLT_FORM_ROW (plt_form_row_new (field));
  plt_form_edit_set_text (self, field->value);
  plt_form_edit_set_base (self, field->value, field->version);
  return self;
}

void
plt_form_edit_free (PltFormEdit *self)
{
  g_free (self->text);
  g_free (self->base);
  g_free (self);
}

gboolean
plt_form_edit_is_dirty (const PltFormEdit *self)
{
  return !g_str_equal (plt_form_row_get_text (self->row), self->base);
}

void
plt_form_edit_set_text (PltFormEdit *self,
                        const char  *text)
{
  plt_form_row_set_text (self->row, text);
  g_free (self->text);
  self->text = g_strdup (text);
}

void
plt_form_edit_set_base (PltFormEdit *self,
                        const char  *value,
                        int          version)
{
  g_free (self->base);
  self->base = g_strdup (value);
  self->version = version;
}

gboolean
plt_form_edit_take (PltFormEdit        *self,
                    const PltFormField *now)
{
  if (now->version <= self->version)
    return FALSE;
  if (plt_form_edit_is_dirty (self) && !g_str_equal (now->value, plt_form_row_get_text (self->row)))
    {
      self->conflict = TRUE;
      return TRUE;
    }
  plt_form_edit_set_text (self, now->value);
  plt_form_edit_set_base (self, now->value, now->version);
  self->conflict = FALSE;
  return FALSE;
}

PltFormConflict *
plt_form_edit_new_conflict (const PltFormEdit  *self,
                            const PltFormField *now)
{
  PltFormConflict *conflict = g_new0 (PltFormConflict, 1);

  conflict->field = g_strdup (now->code);
  conflict->title = g_strdup (now->title);
  conflict->base = g_strdup (self->base);
  conflict->mine = g_strdup (plt_form_row_get_text (self->row));
  conflict->theirs = g_strdup (now->value);
  conflict->who = g_strdup (now->who);
  return conflict;
}

void
plt_form_conflict_free (PltFormConflict *self)
{
  g_free (self->field);
  g_free (self->title);
  g_free (self->base);
  g_free (self->mine);
  g_free (self->theirs);
  g_free (self->who);
  g_free (self);
}
