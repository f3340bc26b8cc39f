/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs initdb and pg_ctl in a temporary folder, as the user postgres when the test is root. */
#include "pg-cluster.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct _PgCluster
{
  char *folder;
  char *bindir;
};

static void
run (const char *const *argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) whole = NULL;

  if (geteuid () == 0)
    g_strv_builder_add_many (builder, "setpriv", "--reuid=postgres", "--regid=postgres",
                             "--init-groups", NULL);
  g_strv_builder_addv (builder, (const char **) argv);
  whole = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) whole, G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static char *
find_bindir (void)
{
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_command_line_sync ("pg_config --bindir", &output, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (g_strstrip (output));
}

PgCluster *
pg_cluster_new (void)
{
  PgCluster *self = g_new0 (PgCluster, 1);
  g_autofree char *initdb = NULL;
  g_autofree char *data = NULL;

  self->folder = g_dir_make_tmp ("pltpg-XXXXXX", NULL);
  self->bindir = find_bindir ();
  initdb = g_build_filename (self->bindir, "initdb", NULL);
  data = g_build_filename (self->folder, "data", NULL);
  if (geteuid () == 0)
    {
      const char *chown_argv[] = { "chown", "postgres:", self->folder, NULL };
      g_autoptr (GSubprocess) chown = g_subprocess_newv (chown_argv, 0, NULL);

      g_assert_true (g_subprocess_wait_check (chown, NULL, NULL));
    }
  run ((const char *[]) { initdb, "-D", data, "-N", "-U", "postgres", "--auth=trust", "-E", "UTF8",
                          "--locale=C.UTF-8", NULL });
  pg_cluster_start (self);
  return self;
}

void
pg_cluster_start (PgCluster *self)
{
  g_autofree char *pg_ctl = g_build_filename (self->bindir, "pg_ctl", NULL);
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);
  g_autofree char *options = g_strdup_printf ("-c listen_addresses='' -k %s -c fsync=off",
                                              self->folder);

  run ((const char *[]) { pg_ctl, "-D", data, "-w", "-l", log, "-o", options, "start", NULL });
}

/* @mode: "fast" or "immediate" */
void
pg_cluster_stop (PgCluster  *self,
                 const char *mode)
{
  g_autofree char *pg_ctl = g_build_filename (self->bindir, "pg_ctl", NULL);
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);

  run ((const char *[]) { pg_ctl, "-D", data, "-m", mode, "-w", "stop", NULL });
}

/* To the postmaster and its children, which all lead process groups of their own. */
void
pg_cluster_signal (PgCluster *self,
                   int        signal_number)
{
  g_autofree char *path = g_build_filename (self->folder, "data", "postmaster.pid", NULL);
  g_autofree char *content = NULL;
  g_autofree char *children_path = NULL;
  g_autofree char *children = NULL;
  g_auto (GStrv) pids = NULL;
  int postmaster;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  postmaster = (int) g_ascii_strtoll (content, NULL, 10);
  g_assert_cmpint (kill (postmaster, signal_number), ==, 0);
  children_path = g_strdup_printf ("/proc/%d/task/%d/children", postmaster, postmaster);
  g_assert_true (g_file_get_contents (children_path, &children, NULL, NULL));
  pids = g_strsplit (g_strstrip (children), " ", -1);
  for (guint i = 0; pids[i] != NULL; i++)
    kill ((int) g_ascii_strtoll (pids[i], NULL, 10), signal_number);
}

/* Returns: (transfer full) */
char *
pg_cluster_conninfo (PgCluster *self)
{
  return g_strdup_printf ("host=%s dbname=postgres user=postgres", self->folder);
}

void
pg_cluster_free (PgCluster *self)
{
  g_autofree char *pid = g_build_filename (self->folder, "data", "postmaster.pid", NULL);
  const char *rm_argv[] = { "rm", "-rf", self->folder, NULL };
  g_autoptr (GSubprocess) rm = NULL;

  if (g_file_test (pid, G_FILE_TEST_EXISTS))
    pg_cluster_stop (self, "immediate");
  rm = g_subprocess_newv (rm_argv, 0, NULL);
  g_subprocess_wait (rm, NULL, NULL);
  g_free (self->folder);
  g_free (self->bindir);
  g_free (self);
}

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("the awaited event did not come");
  return G_SOURCE_REMOVE;
}

void
pg_await (gboolean *flag)
{
  guint deadline = g_timeout_add_seconds (30, too_late_cb, NULL);

  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

void
pg_await_state (PltPgConnection *connection,
                PltPgState       state)
{
  guint deadline = g_timeout_add_seconds (30, too_late_cb, NULL);

  while (plt_pg_connection_get_state (connection) != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

typedef struct
{
  gboolean      done;
  GAsyncResult *result;
} Answer;

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;

  answer->result = g_object_ref (result);
  answer->done = TRUE;
}

PltPgConnection *
pg_open (PgCluster *cluster)
{
  g_autofree char *conninfo = pg_cluster_conninfo (cluster);
  PltPgConnection *connection = plt_pg_connection_new (conninfo, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Answer answer = { FALSE, NULL };

  plt_pg_connection_open_async (connection, NULL, answered_cb, &answer);
  pg_await (&answer.done);
  plt_pg_connection_open_finish (connection, answer.result, &error);
  g_assert_no_error (error);
  g_object_unref (answer.result);
  return connection;
}

PltPgResult *
pg_query (PltPgConnection  *connection,
          const char       *name,
          const char       *sql,
          PltPgParams      *params,
          guint             deadline_ms,
          GError          **error)
{
  Answer answer = { FALSE, NULL };
  PltPgResult *result;

  plt_pg_connection_query_async (connection, name, sql, params, deadline_ms, NULL, answered_cb,
                                 &answer);
  pg_await (&answer.done);
  result = plt_pg_connection_query_finish (connection, answer.result, error);
  g_object_unref (answer.result);
  return result;
}

/* Returns: (transfer full) (nullable): the first value of the first row */
char *
pg_query_text (PltPgConnection *connection,
               const char      *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPgResult) result = pg_query (connection, NULL, sql, NULL, 0, &error);

  g_assert_no_error (error);
  return plt_pg_result_get_n_rows (result) > 0
           ? g_strdup (plt_pg_result_get_text (result, 0, 0)) : NULL;
}
