/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saves what is typed into an application, and reads what others typed. */
#include "plt-case-private.h"

#include "plt-office-error-private.h"
#include "plt-store-form.h"

GPtrArray *
plt_case_get_form (PltCase *self)
{
  g_return_val_if_fail (PLT_IS_CASE (self), NULL);
  return self->form;
}

static PltFormField *
find_field (PltCase    *self,
            const char *code)
{
  for (guint i = 0; i < self->form->len; i++)
    {
      PltFormField *field = self->form->pdata[i];

      if (g_str_equal (field->code, code))
        return field;
    }
  return NULL;
}

typedef struct
{
  char **fields;
  char **values;
} SaveTask;

static void
save_task_free (SaveTask *self)
{
  g_strfreev (self->fields);
  g_strfreev (self->values);
  g_free (self);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  SaveTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GHashTable) versions = plt_store_save_form_finish (PLT_STORE (source), result, &error);

  if (versions == NULL)
    {
      plt_office_fail (self->office, task, error);
      return;
    }
  for (int i = 0; data->fields[i] != NULL; i++)
    {
      PltFormField *field = find_field (self, data->fields[i]);

      if (field == NULL)
        continue;
      g_free (field->value);
      field->value = g_strdup (data->values[i]);
      field->version = GPOINTER_TO_INT (g_hash_table_lookup (versions, data->fields[i]));
    }
  g_task_return_pointer (task, g_steal_pointer (&versions), (GDestroyNotify) g_hash_table_unref);
}

void
plt_case_save_form_async (PltCase             *self,
                          const char * const  *fields,
                          const char * const  *values,
                          const char * const  *versions,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SaveTask *data = g_new0 (SaveTask, 1);

  data->fields = g_strdupv ((char **) fields);
  data->values = g_strdupv ((char **) values);
  g_task_set_task_data (task, data, (GDestroyNotify) save_task_free);
  plt_store_save_form_async (plt_office_get_store (self->office),
                             plt_licence_application_get_id (self->application), fields, values, versions,
                             cancellable, saved_cb, task);
}

GHashTable *
plt_case_save_form_finish (PltCase       *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) form = plt_store_read_form_finish (PLT_STORE (source), result, &error);

  if (form == NULL)
    {
      if (self->office != NULL)
        plt_office_fail (self->office, task, error);
      else
        g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->form, g_ptr_array_unref);
  self->form = g_steal_pointer (&form);
  g_signal_emit_by_name (self, "form-changed");
  g_task_return_boolean (task, TRUE);
}

void
plt_case_read_form_async (PltCase             *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  plt_store_read_form_async (plt_office_get_store (self->office),
                             plt_licence_application_get_number (self->application), cancellable, read_cb,
                             g_task_new (self, cancellable, callback, user_data));
}

gboolean
plt_case_read_form_finish (PltCase       *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
plt_case_form_changed (PltCase *self)
{
  plt_case_read_form_async (self, self->cancellable, NULL, NULL);
}
