/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the schema's version and runs the upgrades that are missing. */
#include "config.h"

#include "plt-store-schema.h"

#include "plt-data-folder.h"
#include "plt-store-private.h"
#include "plt-store-script.h"

#include <glib/gi18n-lib.h>

/* An upgrade may build indexes over years of history. */
#define UPGRADE_DEADLINE_MS (30 * 60 * 1000)

typedef struct
{
  int   version;
  char *path;
} Upgrade;

typedef struct
{
  GPtrArray            *upgrades; /* Upgrade, by version */
  gboolean              run;      /* else only look */
  gboolean              is_owner; /* this login may upgrade */
  int                   just_ran; /* the version whose script has just been run, or 0 */
  PltStoreSchemaStatus  status;
} SchemaTask;

static void read_version (GTask *task);

static void
upgrade_free (Upgrade *self)
{
  g_free (self->path);
  g_free (self);
}

static void
schema_task_free (SchemaTask *self)
{
  g_clear_pointer (&self->upgrades, g_ptr_array_unref);
  g_free (self);
}

static int
compare_upgrades (gconstpointer a,
                  gconstpointer b)
{
  const Upgrade *first = *(const Upgrade * const *) a;
  const Upgrade *second = *(const Upgrade * const *) b;

  return first->version - second->version;
}

static char *
find_schema_dir (void)
{
  const char *given = g_getenv ("PLATEN_SCHEMA_DIR");

  return given != NULL ? g_strdup (given) : plt_data_folder_find ("schema");
}

/* "0003-events.sql" is version 3; other files are none of ours. */
static int
parse_version (const char *name)
{
  if (strlen (name) > 9 && name[4] == '-' && g_str_has_suffix (name, ".sql")
      && strspn (name, "0123456789") == 4)
    return (int) g_ascii_strtoll (name, NULL, 10);
  return 0;
}

/* Numbers are allotted to subjects in tens, so they rise and need not follow one another. */
static gboolean
check_complete (GPtrArray   *upgrades,
                const char  *folder,
                GError     **error)
{
  if (upgrades->len == 0)
    {
      g_set_error (error, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_FILES,
                   _("There are no schema upgrades in “%s”. Install Platen again, or name their"
                     " folder in PLATEN_SCHEMA_DIR."), folder);
      return FALSE;
    }
  if (((const Upgrade *) g_ptr_array_index (upgrades, 0))->version != 1)
    {
      g_set_error (error, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_FILES,
                   _("The schema upgrades in “%s” are not complete: number %04u is missing."
                     " Install Platen again."), folder, 1u);
      return FALSE;
    }

  return TRUE;
}

static GPtrArray *
list_upgrades (GError **error)
{
  g_autofree char *folder = find_schema_dir ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local_error);
  g_autoptr (GPtrArray) upgrades = g_ptr_array_new_with_free_func ((GDestroyNotify) upgrade_free);

  if (dir == NULL)
    {
      g_set_error (error, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_FILES,
                   _("The schema upgrades cannot be read: %s. Install Platen again, or name their"
                     " folder in PLATEN_SCHEMA_DIR."), local_error->message);
      return NULL;
    }
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    if (parse_version (name) > 0)
      {
        Upgrade *upgrade = g_new0 (Upgrade, 1);
        upgrade->version = parse_version (name);
        upgrade->path = g_build_filename (folder, name, NULL);
        g_ptr_array_add (upgrades, upgrade);
      }
  g_ptr_array_sort (upgrades, compare_upgrades);
  return check_complete (upgrades, folder, error) ? g_steal_pointer (&upgrades) : NULL;
}

/* The first that the database does not have; there is one while it is older than the program. */
static const Upgrade *
find_next (SchemaTask *data)
{
  for (guint i = 0; i < data->upgrades->len; i++)
    {
      const Upgrade *upgrade = g_ptr_array_index (data->upgrades, i);

      if (upgrade->version > data->status.database)
        return upgrade;
    }

  g_assert_not_reached ();
}

static void
upgraded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SchemaTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) results
      = plt_pg_connection_pipeline_finish (PLT_PG_CONNECTION (source), result, &error);

  if (results == NULL)
    {
      const Upgrade *upgrade = find_next (data);
      g_autofree char *name = g_path_get_basename (upgrade->path);
      /* Translators: the name of a file, then why. */
      g_prefix_error (&error, _("The upgrade “%s” was not made, and nothing of it is left behind: "),
                      name);
      g_task_return_error (task, error);
      return;
    }
  data->just_ran = find_next (data)->version;
  read_version (g_steal_pointer (&task));
}

static void
run_next (GTask *task)
{
  SchemaTask *data = g_task_get_task_data (task);
  const Upgrade *upgrade = find_next (data);
  PltStore *self = g_task_get_source_object (task);
  g_autofree char *script = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (upgrade->path, &script, NULL, &error))
    {
      g_task_return_new_error (task, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_FILES,
                               _("The schema upgrades cannot be read: %s. Install Platen again."),
                               error->message);
      g_object_unref (task);
      return;
    }

  g_autoptr (GPtrArray) texts = plt_store_script_split (script);
  GPtrArray *batch = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_statement_free);
  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (batch, plt_pg_statement_new (NULL, g_ptr_array_index (texts, i), NULL));
  plt_pg_connection_pipeline_async (plt_store_get_connection (self), batch, TRUE,
                                    UPGRADE_DEADLINE_MS, g_task_get_cancellable (task),
                                    upgraded_cb, task);
}

static void
advance (GTask *task)
{
  SchemaTask *data = g_task_get_task_data (task);

  if (!data->run
      || (data->is_owner && data->status.database == data->status.program))
    {
      g_task_return_pointer (task, g_memdup2 (&data->status, sizeof data->status), g_free);
      g_object_unref (task);
    }
  else if (data->status.database > data->status.program)
    {
      g_task_return_new_error (task, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_NEWER,
                               _("The database was not upgraded because it is newer (version %d) than"
                                 " this program (version %d). Update Platen on this machine."),
                               data->status.database, data->status.program);
      g_object_unref (task);
    }
  else if (data->status.database != 0 && !data->is_owner)
    {
      g_task_return_new_error (task, PLT_PG_ERROR, PLT_PG_ERROR_FORBIDDEN,
                               _("The database was not upgraded because this login may not change its"
                                 " schema. Sign in as the database's administrator."));
      g_object_unref (task);
    }
  else
    run_next (task);
}

static void
version_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SchemaTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 version = plt_store_run_finish_int (PLT_STORE (source), result, "version", &error);

  if (version < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  /* A script that forgets to write its version would be run for ever. */
  if (version < data->just_ran)
    {
      g_task_return_new_error (task, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_FILES,
                               _("The schema upgrade number %d did not write its own version, so the"
                                 " upgrade stopped there. Tell the administrator."), data->just_ran);
      return;
    }
  data->status.database = (int) version;
  advance (g_steal_pointer (&task));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  SchemaTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltPgResult) rows = plt_store_run_finish (PLT_STORE (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  data->is_owner = plt_pg_result_get_bool (rows, 0, plt_pg_result_column (rows, "of_owner"));
  if (data->is_owner
      || plt_pg_result_get_bool (rows, 0, plt_pg_result_column (rows, "of_staff")))
    {
      plt_store_run_async (PLT_STORE (source),
                           data->is_owner ? "schema-version" : "schema-version-staff", NULL,
                           cancellable, version_read_cb, g_steal_pointer (&task));
      return;
    }
  data->status.database
      = plt_pg_result_get_bool (rows, 0, plt_pg_result_column (rows, "exists")) ? -1 : 0;
  advance (g_steal_pointer (&task));
}

static void
read_version (GTask *task)
{
  PltStore *self = g_task_get_source_object (task);
  plt_store_run_async (self, "schema-exists", NULL, g_task_get_cancellable (task), looked_cb, task);
}

static void
start (PltStore            *self,
       gboolean             run,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_STORE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SchemaTask *data = g_new0 (SchemaTask, 1);
  GError *error = NULL;

  g_task_set_task_data (task, data, (GDestroyNotify) schema_task_free);
  data->run = run;
  data->upgrades = list_upgrades (&error);
  if (data->upgrades == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  data->status.program =
    ((const Upgrade *) g_ptr_array_index (data->upgrades, data->upgrades->len - 1))->version;
  read_version (g_steal_pointer (&task));
}

static gboolean
finish (PltStore              *self,
        GAsyncResult          *result,
        PltStoreSchemaStatus  *status,
        GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_autofree PltStoreSchemaStatus *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found != NULL)
    *status = *found;
  return found != NULL;
}

void
plt_store_schema_status_async (PltStore            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  start (self, FALSE, cancellable, callback, user_data);
}

gboolean
plt_store_schema_status_finish (PltStore              *self,
                                GAsyncResult          *result,
                                PltStoreSchemaStatus  *status,
                                GError               **error)
{
  return finish (self, result, status, error);
}

void
plt_store_schema_upgrade_async (PltStore            *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  start (self, TRUE, cancellable, callback, user_data);
}

gboolean
plt_store_schema_upgrade_finish (PltStore              *self,
                                 GAsyncResult          *result,
                                 PltStoreSchemaStatus  *status,
                                 GError               **error)
{
  return finish (self, result, status, error);
}
