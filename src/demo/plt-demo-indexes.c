/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares the statements of the index scripts out among several sessions. */
#include "plt-demo-indexes.h"

#include "plt-demo-process.h"
#include "plt-demo-progress.h"
#include "plt-demo-search.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_SESSIONS 4
#define TELL_PAUSE (G_TIME_SPAN_SECOND / 5)

typedef struct
{
  PltDemoRegistry registry;
  char           *script; /* NULL: what the registry's search needs */
} Job;

typedef struct
{
  PltDemoConnect  connect;
  gpointer        user_data;
  GPtrArray      *jobs; /* of Job */
  gint            next;
  GMutex          lock;
  GCond           changed;
  guint           n_done;
  int             n_working;
  GError         *reason;
} Build;

static void
job_free (Job *job)
{
  g_free (job->script);
  g_free (job);
}

static char *
load_script (PltDemoRegistry registry)
{
  g_autofree char *path = g_strconcat ("/org/platen/demo/", plt_demo_registry_to_nick (registry),
                                       "-indexes.sql", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return bytes != NULL ? g_strdup (g_bytes_get_data (bytes, NULL)) : NULL;
}

static void
add_job (GPtrArray       *jobs,
         PltDemoRegistry  registry,
         const char      *script)
{
  Job *job = g_new0 (Job, 1);

  job->registry = registry;
  job->script = g_strdup (script);
  g_ptr_array_add (jobs, job);
}

/* GRANT takes no lock on the table, so it must not run while an index is being built. */
static gboolean
is_grant (const char *statement)
{
  return g_str_has_prefix (statement, "grant ");
}

static void
add_statements (GPtrArray       *jobs,
                PltDemoRegistry  registry,
                gboolean         grants)
{
  g_autofree char *script = load_script (registry);
  g_auto (GStrv) statements = g_strsplit (script, ";\n", -1);

  for (char **statement = statements; *statement != NULL; statement++)
    if (**statement != '\0' && is_grant (*statement) == grants)
      add_job (jobs, registry, *statement);
}

/* The population register first: its search takes longest, and begins while others are indexed. */
static GPtrArray *
list_indexes (void)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);

  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      add_statements (jobs, (PltDemoRegistry) i, FALSE);
      add_job (jobs, (PltDemoRegistry) i, NULL);
    }

  return jobs;
}

static GPtrArray *
list_grants (void)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);

  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      add_statements (jobs, (PltDemoRegistry) i, TRUE);
      add_job (jobs, (PltDemoRegistry) i, "analyze");
    }

  return jobs;
}

static gboolean
do_job (Build      *self,
        const Job  *job,
        GError    **error)
{
  g_autoptr (PGconn) connection = self->connect (job->registry, self->user_data, error);

  return connection != NULL && !plt_demo_process_is_interrupted (error) &&
         plt_demo_sql_run (connection, "set max_parallel_maintenance_workers = 0", error) &&
         (job->script != NULL
            ? plt_demo_sql_run (connection, job->script, error)
            : plt_demo_sql_run (connection, "analyze", error) &&
              plt_demo_search_prepare (connection, job->registry, error));
}

static gpointer
build_in_thread (gpointer data)
{
  Build *self = data;
  gboolean going = TRUE;

  for (guint at; going && (at = (guint) g_atomic_int_add (&self->next, 1)) < self->jobs->len;)
    {
      g_autoptr (GError) error = NULL;

      going = do_job (self, self->jobs->pdata[at], &error);
      g_mutex_lock (&self->lock);
      self->n_done++;
      if (!going && self->reason == NULL)
        self->reason = g_steal_pointer (&error);
      going = self->reason == NULL;
      g_mutex_unlock (&self->lock);
    }
  g_mutex_lock (&self->lock);
  self->n_working--;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);

  return NULL;
}

static void
watch (Build *self)
{
  PltDemoProgress progress;

  plt_demo_progress_begin (&progress, _("Indexes"));
  g_mutex_lock (&self->lock);
  while (self->n_working > 0)
    {
      g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + TELL_PAUSE);
      plt_demo_progress_tell (&progress, self->n_done, self->jobs->len, 0);
    }
  g_mutex_unlock (&self->lock);
  plt_demo_progress_end (&progress);
}

static gboolean
do_all (PltDemoConnect   connect,
        gpointer         user_data,
        GPtrArray       *jobs,
        GError         **error)
{
  int n_threads = CLAMP ((int) g_get_num_processors (), 1, MOST_SESSIONS);
  Build build = { .connect = connect, .user_data = user_data, .jobs = jobs,
                  .n_working = n_threads };
  GThread *threads[MOST_SESSIONS];

  g_mutex_init (&build.lock);
  g_cond_init (&build.changed);
  for (int i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("indexes", build_in_thread, &build);
  watch (&build);
  for (int i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_cond_clear (&build.changed);
  g_mutex_clear (&build.lock);
  if (build.reason == NULL)
    return TRUE;

  g_propagate_error (error, build.reason);

  return FALSE;
}

/**
 * plt_demo_indexes_build:
 * @connect: called by several threads, once for each statement
 * @user_data: for @connect
 * @error: %PLT_DEMO_ERROR_FAILED or %PLT_DEMO_ERROR_INTERRUPTED
 *
 * Runs NAME-indexes.sql of every registry, makes what their searches need, and gathers what the
 * planner must know.
 */
gboolean
plt_demo_indexes_build (PltDemoConnect   connect,
                        gpointer         user_data,
                        GError         **error)
{
  g_autoptr (GPtrArray) indexes = list_indexes ();
  g_autoptr (GPtrArray) grants = list_grants ();

  return do_all (connect, user_data, indexes, error) &&
         do_all (connect, user_data, grants, error);
}
