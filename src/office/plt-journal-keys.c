/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the key of the journals, keeps it for the session, and opens journals off the main loop. */
#include "plt-journal-keys.h"

#include <string.h>

#include "plt-office-private.h"
#include "plt-store-form.h"

#define KEY_DATA "plt-journal-key"
#define WATCH_DATA "plt-journal-watch"

typedef struct
{
  char   *id;
  GBytes *key;
} Key;

typedef struct
{
  char *number; /* NULL: what is broken is listed */
  char *key_id;
  GBytes *key;
} OpenTask;

static void
key_free (Key *self)
{
  g_free (self->id);
  g_bytes_unref (self->key);
  g_free (self);
}

static void
open_task_free (OpenTask *self)
{
  g_free (self->number);
  g_free (self->key_id);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self);
}

static char *
find_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "platen", "journal", NULL);
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  OpenTask *data = task_data;
  g_autofree char *folder = find_folder ();
  GError *error = NULL;
  PltJournal *journal;

  if (data->number == NULL)
    {
      g_task_return_pointer (task, plt_journal_list_broken (folder, data->key_id, data->key),
                             (GDestroyNotify) g_strfreev);
      return;
    }
  journal = plt_journal_open (folder, data->key_id, data->key, data->number, &error);
  if (journal != NULL)
    g_task_return_pointer (task, journal, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
open_with (GTask     *task,
           const Key *key)
{
  OpenTask *data = g_task_get_task_data (task);

  data->key_id = g_strdup (key->id);
  data->key = g_bytes_ref (key->key);
  g_task_run_in_thread (task, open_in_thread);
}

static void
session_changed_cb (PltOffice  *self,
                    const char *subject)
{
  if (g_str_equal (subject, "session") && !plt_session_is_signed_in (plt_office_get_session (self)))
    g_object_set_data (G_OBJECT (self), KEY_DATA, NULL);
}

static void
key_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *id = NULL;
  GBytes *bytes = plt_store_journal_key_finish (PLT_STORE (source), result, &id, &error);
  Key *key;

  if (bytes == NULL)
    {
      plt_office_fail (self, task, error);
      return;
    }
  key = g_new0 (Key, 1);
  key->id = g_steal_pointer (&id);
  key->key = bytes;
  open_with (task, key);
  /* Somebody else may sit here by now. */
  if (plt_session_is_signed_in (plt_office_get_session (self))
      && PLT_STORE (source) == plt_office_get_store (self))
    {
      g_object_set_data_full (G_OBJECT (self), KEY_DATA, key, (GDestroyNotify) key_free);
      if (g_object_get_data (G_OBJECT (self), WATCH_DATA) == NULL)
        g_signal_connect (self, "changed", G_CALLBACK (session_changed_cb), NULL);
      g_object_set_data (G_OBJECT (self), WATCH_DATA, GINT_TO_POINTER (TRUE));
    }
  else
    key_free (key);
}

static void
start (PltOffice           *self,
       const char          *number,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  OpenTask *data = g_new0 (OpenTask, 1);
  const Key *key = g_object_get_data (G_OBJECT (self), KEY_DATA);

  data->number = g_strdup (number);
  g_task_set_task_data (task, data, (GDestroyNotify) open_task_free);
  if (key != NULL)
    open_with (task, key);
  else
    plt_store_journal_key_async (plt_office_get_store (self), cancellable, key_read_cb,
                                 g_steal_pointer (&task));
}

void
plt_office_open_journal_async (PltOffice           *self,
                               const char          *number,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (self));
  g_return_if_fail (number != NULL);

  start (self, number, cancellable, callback, user_data);
}

PltJournal *
plt_office_open_journal_finish (PltOffice     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plt_office_list_broken_async (PltOffice           *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (self));

  start (self, NULL, cancellable, callback, user_data);
}

char **
plt_office_list_broken_finish (PltOffice     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
