/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts an application from a look-up, or opens one that is there. */
#include "plt-case-private.h"

#include <glib/gi18n-lib.h>

#include "plt-lookup-private.h"
#include "plt-store-applications.h"

typedef struct
{
  PltLookup *lookup; /* NULL: an application is opened, not started */
} OpenTask;

static void
open_task_free (OpenTask *self)
{
  g_clear_object (&self->lookup);
  g_free (self);
}

static void
keep_live_answers (PltCase   *self,
                   PltLookup *lookup)
{
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    plt_case_set_live (self, i, plt_lookup_get_answer (lookup, i));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  OpenTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltStoreCase) read = plt_store_read_case_finish (PLT_STORE (source), result, &error);

  if (read == NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  PltCase *self = plt_case_new (office, read);
  if (data->lookup != NULL)
    {
      keep_live_answers (self, data->lookup);
      plt_case_apply (self, read);
    }
  g_task_return_pointer (task, self, g_object_unref);
}

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltOffice *office = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *number = plt_store_start_application_finish (PLT_STORE (source), result, &error);

  if (number == NULL)
    plt_office_fail (office, task, error);
  else
    plt_store_read_case_async (PLT_STORE (source), number, 0, cancellable, opened_cb,
                               g_steal_pointer (&task));
}

/* A key for this look-up and type, the same each time (shaped as RFC 4122 version 5). */
static char *
make_key (PltLookup          *lookup,
          PltApplicationType  type)
{
  g_autofree char *name = g_strjoin (" ", plt_lookup_get_key (lookup),
                                     plt_application_type_to_nick (type), NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA1, name, -1);

  return g_strdup_printf ("%.8s-%.4s-5%.3s-8%.3s-%.12s", hash, hash + 8, hash + 13, hash + 17,
                          hash + 20);
}

static GPtrArray *
copy_fields (PltLookup *lookup)
{
  GListModel *model = plt_lookup_get_fields (lookup);
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (fields, g_list_model_get_item (model, i));
  return fields;
}

void
plt_case_start_async (PltOffice           *office,
                      PltLookup           *lookup,
                      PltApplicationType   type,
                      const char * const  *categories,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  plt_case_start_from_async (office, lookup, type, categories, NULL, cancellable, callback, user_data);
}

void
plt_case_start_from_async (PltOffice           *office,
                           PltLookup           *lookup,
                           PltApplicationType   type,
                           const char * const  *categories,
                           const char          *origin,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (PLT_IS_LOOKUP (lookup));

  g_autoptr (GTask) task = g_task_new (office, cancellable, callback, user_data);
  OpenTask *data = g_new0 (OpenTask, 1);
  data->lookup = g_object_ref (lookup);
  g_task_set_task_data (task, data, (GDestroyNotify) open_task_free);
  if (plt_lookup_is_busy (lookup))
    {
      g_task_return_error (task, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                       _("The application was not started, because the"
                                                         " registries are still being asked. Wait until"
                                                         " all have ended.")));
      return;
    }

  PltSourceAnswer *answers[PLT_N_SOURCES];
  g_autoptr (GPtrArray) fields = copy_fields (lookup);
  g_autofree char *key = make_key (lookup, type);
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    answers[i] = plt_lookup_get_answer (lookup, i);
  plt_store_start_application_async (plt_office_get_store (office), key,
                                     plt_lookup_get_id_number (lookup), type, categories, origin,
                                     answers, fields, cancellable, started_cb, g_steal_pointer (&task));
}

PltCase *
plt_case_start_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plt_case_open_async (PltOffice           *office,
                     const char          *number,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (number != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  g_task_set_task_data (task, g_new0 (OpenTask, 1), (GDestroyNotify) open_task_free);
  plt_store_read_case_async (plt_office_get_store (office), number, 0, cancellable, opened_cb, task);
}

PltCase *
plt_case_open_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
