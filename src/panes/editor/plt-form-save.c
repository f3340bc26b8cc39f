/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saves what is typed into the form, when the hands rest or at once. */
#include "plt-form-section-private.h"

#include "plt-case-form.h"

#include <glib/gi18n-lib.h>

/* Hands that rest this long have typed something; the journal has each letter at once. */
#define SAVE_AFTER_MS 200

static void
say_saved (PltFormSection *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: a time of day, for g_date_time_format() */
  g_autofree char *when = g_date_time_format (now, _("%H:%M:%S"));
  /* Translators: a time of day */
  g_autofree char *text = g_strdup_printf (_("Saved at %s"), when);

  plt_form_section_say (self, text);
}

static void
take_saved (PltFormSection *self,
            char          **fields,
            char          **values,
            GHashTable     *versions)
{
  for (int i = 0; fields[i] != NULL; i++)
    {
      PltFormEdit *edit = plt_form_section_find (self, fields[i]);

      if (edit == NULL)
        continue;
      plt_form_edit_set_base (edit, values[i], GPOINTER_TO_INT (g_hash_table_lookup (versions, fields[i])));
      g_signal_emit_by_name (self, "saved", fields[i], values[i]);
    }
}

typedef struct
{
  PltFormSection *self; /* not owned: looked at only when it was not cancelled */
  char          **fields;
  char          **values;
} Saving;

static void
saving_free (Saving *saving)
{
  g_strfreev (saving->fields);
  g_strfreev (saving->values);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
form_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* What it says comes by "form-changed"; when it cannot be read, it is tried with the next letter. */
  plt_case_read_form_finish (PLT_CASE (source), result, &error);
}

static void
tell_failure (PltFormSection *self,
              const GError   *error)
{
  if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_CONFLICT))
    plt_case_read_form_async (self->kase, self->cancellable, form_read_cb, NULL);
  else if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE)
           || g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_UNKNOWN_FATE))
    {
      plt_form_section_say (self, _("Kept on this computer; saved when the database is back"));
      return;
    }
  plt_form_section_say (self, error->message);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) versions = plt_case_save_form_finish (PLT_CASE (source), result, &error);
  PltFormSection *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = saving->self;
  self->saving = FALSE;
  if (versions == NULL)
    {
      tell_failure (self, error);
      return;
    }
  take_saved (self, saving->fields, saving->values, versions);
  if (plt_form_section_is_saved (self))
    say_saved (self);
  else
    plt_form_section_save_soon (self);
}

void
plt_form_section_save (PltFormSection *self)
{
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) versions = g_strv_builder_new ();
  g_auto (GStrv) version_list = NULL;
  Saving *saving;
  gboolean any = FALSE;

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->kase == NULL || !self->editable || self->saving)
    return;
  for (guint i = 0; i < self->edits->len; i++)
    {
      PltFormEdit *edit = self->edits->pdata[i];
      g_autofree char *version = g_strdup_printf ("%d", edit->version);

      if (!plt_form_edit_is_dirty (edit) || edit->conflict)
        continue;
      g_strv_builder_add (fields, edit->field->code);
      g_strv_builder_add (values, plt_form_row_get_text (edit->row));
      g_strv_builder_add (versions, version);
      any = TRUE;
    }
  if (!any)
    return;
  saving = g_new0 (Saving, 1);
  saving->self = self;
  saving->fields = g_strv_builder_end (fields);
  saving->values = g_strv_builder_end (values);
  version_list = g_strv_builder_end (versions);
  self->saving = TRUE;
  plt_case_save_form_async (self->kase, (const char * const *) saving->fields,
                            (const char * const *) saving->values, (const char * const *) version_list,
                            self->cancellable, saved_cb, saving);
}

static gboolean
save_cb (gpointer user_data)
{
  PltFormSection *self = user_data;

  self->save_id = 0;
  plt_form_section_save (self);
  return G_SOURCE_REMOVE;
}

void
plt_form_section_save_soon (PltFormSection *self)
{
  if (self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

gboolean
plt_form_section_is_saved (PltFormSection *self)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (plt_form_edit_is_dirty (self->edits->pdata[i]))
      return FALSE;
  return TRUE;
}
