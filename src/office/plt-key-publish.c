/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-key-publish.h"

#include "plt-key-work.h"
#include "plt-office-private.h"
#include "plt-store-issuer-keys.h"

typedef struct
{
  char *folder;
  char *into;
} PublishTask;

static void
publish_task_free (PublishTask *self)
{
  g_free (self->folder);
  g_free (self->into);
  g_free (self);
}

/* Reads and writes a few small files. */
static void
publish (GTask      *task,
         GPtrArray  *uses,
         const char *unasked)
{
  PublishTask *data = g_task_get_task_data (task);
  const PltKeyExport export = { data->folder, data->into, uses, unasked };
  GError *error = NULL;
  PltOfficeConfig *config = plt_office_get_config (g_task_get_source_object (task));
  char *json = plt_key_work_export (config, &export, &error);

  if (json != NULL)
    g_task_return_pointer (task, json, g_free);
  else
    g_task_return_error (task, error);
}

/* A database that cannot be asked keeps no key from being published. */
static void
uses_listed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) uses = plt_store_list_issuer_keys_finish (PLT_STORE (source), result, &error);

  if (!g_task_return_error_if_cancelled (task))
    publish (task, uses, error != NULL ? error->message : NULL);
}

void
plt_key_publish_async (PltOffice           *office,
                       const char          *folder,
                       const char          *into,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (into != NULL);

  g_autoptr (GTask) task = g_task_new (office, cancellable, callback, user_data);
  PublishTask *data = g_new0 (PublishTask, 1);
  PltStore *store = plt_office_get_store (office);

  data->folder = g_strdup (folder);
  data->into = g_strdup (into);
  g_task_set_task_data (task, data, (GDestroyNotify) publish_task_free);
  if (store != NULL && plt_session_is_signed_in (plt_office_get_session (office)))
    plt_store_list_issuer_keys_async (store, cancellable, uses_listed_cb, g_steal_pointer (&task));
  else
    publish (task, NULL, NULL);
}

char *
plt_key_publish_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
