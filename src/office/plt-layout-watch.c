/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads layouts in a worker thread and watches their folders. */
#include "plt-layout-watch.h"

#include "plt-layout-samples.h"
#include "plt-layout-shelf.h"

/* Programs save in several steps; this is after the last of them and before an eye has moved. */
#define SETTLE_MS 80

struct _PltLayoutWatch
{
  GObject       parent_instance;

  char        **folders;
  GPtrArray    *files;    /* PltLayoutFile; NULL until they have been read */
  GPtrArray    *samples;  /* PltCardSample */
  GPtrArray    *monitors; /* GFileMonitor */
  GCancellable *cancellable;
  guint         settle_id;
};

G_DEFINE_FINAL_TYPE (PltLayoutWatch, plt_layout_watch, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What a thread reads: its own until it is handed over. */
typedef struct
{
  char     **folders;
  GPtrArray *files;
  GPtrArray *samples;
  GPtrArray *watched; /* paths of folders and files */
} Reading;

static void
layout_file_free (PltLayoutFile *self)
{
  g_free (self->path);
  g_free (self->id);
  g_free (self->digest);
  g_clear_object (&self->layout);
  g_free (self->faults);
  g_free (self);
}

static void
reading_free (Reading *self)
{
  g_strfreev (self->folders);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_free (self);
}

/* Folders may appear in folders: of the layouts, and of their versions. */
static void
add_watched (GPtrArray  *watched,
             const char *folder,
             int         depth)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;
  g_ptr_array_add (watched, g_strdup (folder));
  while (depth > 0 && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_watched (watched, path, depth - 1);
    }
}

static char *
read_faults (const char   *path,
             const GError *error)
{
  g_autoptr (PltLayout) sound = NULL;
  g_autoptr (GPtrArray) faults = plt_layout_read_all_faults (path, &sound);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", ((GError *) faults->pdata[i])->message);
  if (faults->len == 0) /* sound in itself, but in a wrong folder */
    g_string_append (text, error->message);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;
  g_autoptr (PltLayoutShelf) shelf = plt_layout_shelf_new ((const char * const *) reading->folders);

  reading->files = g_ptr_array_new_with_free_func ((GDestroyNotify) layout_file_free);
  for (guint i = 0; i < plt_layout_shelf_get_n_items (shelf); i++)
    {
      const PltLayoutShelfItem *item = plt_layout_shelf_get_item (shelf, i);
      PltLayoutFile *file = g_new0 (PltLayoutFile, 1);

      file->path = g_strdup (item->path);
      file->id = g_strdup (item->id);
      file->version = item->version;
      file->layout = item->layout != NULL ? g_object_ref (item->layout) : NULL;
      file->digest = item->layout != NULL ? g_strdup (plt_layout_get_digest (item->layout)) : NULL;
      file->faults = item->layout == NULL ? read_faults (item->path, item->error) : NULL;
      g_ptr_array_add (reading->files, file);
    }
  reading->samples = plt_layout_samples_read ((const char *const *) reading->folders, NULL);
  reading->watched = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; reading->folders[i] != NULL; i++)
    add_watched (reading->watched, reading->folders[i], 2);
  g_task_return_boolean (task, TRUE);
}

static gboolean
settled_cb (gpointer user_data)
{
  PltLayoutWatch *self = user_data;

  self->settle_id = 0;
  plt_layout_watch_reload (self);

  return G_SOURCE_REMOVE;
}

static void
saved_cb (PltLayoutWatch *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
watch (PltLayoutWatch *self,
       GPtrArray      *paths)
{
  g_ptr_array_set_size (self->monitors, 0);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths->pdata[i]);
      GFileMonitor *monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

      if (monitor == NULL)
        continue;
      g_signal_connect_object (monitor, "changed", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->monitors, monitor);
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  PltLayoutWatch *self;
  Reading *reading = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  self = user_data;
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = g_steal_pointer (&reading->files);
  if (reading->samples != NULL)
    {
      g_clear_pointer (&self->samples, g_ptr_array_unref);
      self->samples = g_steal_pointer (&reading->samples);
    }
  watch (self, reading->watched);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Of several at once only the last one counts. */
void
plt_layout_watch_reload (PltLayoutWatch *self)
{
  g_return_if_fail (PLT_IS_LAYOUT_WATCH (self));

  g_autoptr (GTask) task = NULL;
  Reading *reading = g_new0 (Reading, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, read_cb, self);
  reading->folders = g_strdupv (self->folders);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_thread);
}

static void
plt_layout_watch_dispose (GObject *object)
{
  PltLayoutWatch *self = PLT_LAYOUT_WATCH (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->monitors, 0);

  G_OBJECT_CLASS (plt_layout_watch_parent_class)->dispose (object);
}

static void
plt_layout_watch_finalize (GObject *object)
{
  PltLayoutWatch *self = PLT_LAYOUT_WATCH (object);

  g_strfreev (self->folders);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_ptr_array_unref (self->samples);
  g_ptr_array_unref (self->monitors);

  G_OBJECT_CLASS (plt_layout_watch_parent_class)->finalize (object);
}

static void
plt_layout_watch_class_init (PltLayoutWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plt_layout_watch_dispose;
  object_class->finalize = plt_layout_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
plt_layout_watch_init (PltLayoutWatch *self)
{
  self->samples = g_ptr_array_new_with_free_func (g_object_unref);
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
}

PltLayoutWatch *
plt_layout_watch_new (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);

  PltLayoutWatch *self = g_object_new (PLT_TYPE_LAYOUT_WATCH, NULL);

  self->folders = plt_office_config_dup_layout_folders (plt_office_get_config (office));
  plt_layout_watch_reload (self);

  return self;
}

GPtrArray *
plt_layout_watch_get_files (PltLayoutWatch *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT_WATCH (self), NULL);

  return self->files;
}

GPtrArray *
plt_layout_watch_get_samples (PltLayoutWatch *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT_WATCH (self), NULL);

  return self->samples;
}
