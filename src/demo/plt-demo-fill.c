/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes new registry databases beside the old ones, fills them, and exchanges them. */
#include "plt-demo-fill.h"

#include "plt-demo-cluster.h"
#include "plt-demo-indexes.h"
#include "plt-demo-population.h"
#include "plt-demo-process.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Only one run at a time; PostgreSQL lets go of it when we die. */
#define LOCK_NUMBER "780220"

/* Tables with their indexes, as measured at full size and half as much again for those of the
 * search; sorting an index takes its size once more. */
#define BYTES_PER_CITIZEN 1000
#define BYTES_PER_DRIVER 1500
#define BYTES_PER_INFRINGEMENT 500
#define BYTES_TO_SORT 600000000

static char *
name_next (PltDemoRegistry registry)
{
  return g_strconcat (plt_demo_registry_to_nick (registry), "_next", NULL);
}

static PGconn *
connect_next_cb (PltDemoRegistry   registry,
                 gpointer          user_data,
                 GError          **error)
{
  g_autofree char *name = name_next (registry);
  g_autoptr (PGconn) connection = plt_demo_cluster_connect (user_data, name, PLT_DEMO_SUPERUSER,
                                                            error);

  if (connection == NULL ||
      !plt_demo_sql_run (connection, "set synchronous_commit = off", error))
    return NULL;

  return g_steal_pointer (&connection);
}

static PGconn *
connect_and_lock (PltDemoBox  *box,
                  GError     **error)
{
  g_autoptr (PGconn) connection = plt_demo_cluster_connect (box, "postgres", PLT_DEMO_SUPERUSER,
                                                            error);
  g_autoptr (PGresult) result = NULL;

  if (connection == NULL)
    return NULL;
  result = plt_demo_sql_query (connection, "select pg_try_advisory_lock(" LOCK_NUMBER ") as mine",
                               0, NULL, error);
  if (result == NULL)
    return NULL;
  if (g_str_equal (plt_demo_sql_get (result, 0, "mine"), "t"))
    return g_steal_pointer (&connection);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The registries in “%s” are being filled already. Wait until that is done, or "
                 "end it."), plt_demo_box_get_folder (box));

  return NULL;
}

static gboolean
drop (PGconn      *connection,
      const char  *suffix,
      GError     **error)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      g_autofree char *script = g_strdup_printf ("drop database if exists %s_%s with (force)",
                                                 plt_demo_registry_to_nick ((PltDemoRegistry) i),
                                                 suffix);

      if (!plt_demo_sql_run (connection, script, error))
        return FALSE;
    }

  return TRUE;
}

/* A truth that waits belongs to databases that were thrown away, or to those that serve now. */
static gboolean
settle_truth (PltDemoBox  *box,
              gboolean     exchanged,
              GError     **error)
{
  g_autofree char *truth = plt_demo_box_path (box, "truth.csv", NULL);
  g_autofree char *next_truth = plt_demo_box_path (box, "truth-next.csv", NULL);

  if (!g_file_test (next_truth, G_FILE_TEST_EXISTS))
    return TRUE;
  if (exchanged && !plt_demo_plan_settle (box, error))
    return FALSE;
  if ((exchanged ? g_rename (next_truth, truth) : g_unlink (next_truth)) == 0)
    return TRUE;

  return plt_demo_error_from_errno (error, next_truth);
}

/* What a run left behind, at whatever moment it was killed: databases that were not ready, or
 * old ones after the exchange. */
static gboolean
clear_up (PltDemoBox  *box,
          PGconn      *connection,
          GError     **error)
{
  g_autoptr (PGresult) result =
    plt_demo_sql_query (connection, "select not exists (select from pg_database where datname = "
                        "'identity_next') and exists (select from pg_database where datname = "
                        "'identity') as exchanged", 0, NULL, error);

  return result != NULL &&
         settle_truth (box, g_str_equal (plt_demo_sql_get (result, 0, "exchanged"), "t"), error) &&
         drop (connection, "next", error) && drop (connection, "old", error);
}

/* For a start after a run was killed: nothing to do most of the time. */
gboolean
plt_demo_fill_clear_up (PltDemoBox  *box,
                        GError     **error)
{
  g_autoptr (PGconn) connection = plt_demo_cluster_connect (box, "postgres", PLT_DEMO_SUPERUSER,
                                                            error);
  g_autoptr (PGresult) left = NULL;
  g_autoptr (PGconn) locked = NULL;

  if (connection == NULL)
    return FALSE;
  left = plt_demo_sql_query (connection, "select from pg_database where datname ~ "
                             "'^(identity|driver|infringement)_(next|old)$'", 0, NULL, error);
  if (left == NULL || PQntuples (left) == 0)
    return left != NULL;
  locked = connect_and_lock (box, error);

  return locked != NULL && clear_up (box, locked, error);
}

static gboolean
check_space (PltDemoBox         *box,
             const PltDemoPlan  *plan,
             GError            **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (plt_demo_box_get_folder (box));
  g_autoptr (GFileInfo) info =
    g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, error);
  guint64 need = (guint64) plan->n_citizens * BYTES_PER_CITIZEN +
                 (guint64) plan->n_drivers * BYTES_PER_DRIVER +
                 (guint64) plan->n_infringements * BYTES_PER_INFRINGEMENT;
  guint64 left;

  if (info == NULL)
    return FALSE;
  need += MIN (need / 4, BYTES_TO_SORT);
  left = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  if (left >= need)
    return TRUE;

  g_autofree char *need_text = g_format_size (need);
  g_autofree char *left_text = g_format_size (left);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The registries were not filled: %s are needed beside “%s” and %s are free. Make "
                 "room, or ask for fewer citizens."), need_text, plt_demo_box_get_folder (box),
               left_text);

  return FALSE;
}

static gboolean
make_next (PltDemoBox  *box,
           PGconn      *connection,
           GError     **error)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      PltDemoRegistry registry = (PltDemoRegistry) i;
      g_autofree char *create = g_strdup_printf ("create database %s_next",
                                                 plt_demo_registry_to_nick (registry));
      g_autofree char *script = g_strconcat (plt_demo_registry_to_nick (registry), ".sql", NULL);
      g_autoptr (PGconn) next = NULL;

      if (plt_demo_process_is_interrupted (error) ||
          !plt_demo_sql_run (connection, create, error))
        return FALSE;
      next = connect_next_cb (registry, box, error);
      if (next == NULL || !plt_demo_sql_run_resource (next, script, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
load (PltDemoBox         *box,
      const PltDemoPlan  *plan,
      guint64            *n_rows,
      GError            **error)
{
  g_autofree char *truth = plt_demo_box_path (box, "truth-next.csv", NULL);
  g_autoptr (PltDemoNames) names = plt_demo_names_new (error);
  g_autoptr (PltDemoStreams) streams = NULL;
  PltDemoWorld world;

  if (names == NULL || !plt_demo_plan_make_world (plan, names, &world, error))
    return FALSE;
  streams = plt_demo_streams_open (connect_next_cb, box, truth, error);

  return streams != NULL &&
         plt_demo_population_load (streams, &world, plan->n_threads, n_rows, error) &&
         plt_demo_streams_close (streams, error);
}

/* All three in one transaction: there is no moment at which they belong to different people. */
static gboolean
exchange_databases (PGconn  *connection,
                    GError **error)
{
  g_autoptr (GString) script = g_string_new ("select pg_terminate_backend (pid) from "
                                             "pg_stat_activity where datname in ('identity', "
                                             "'driver', 'infringement') and pid <> "
                                             "pg_backend_pid (); begin;");

  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      const char *nick = plt_demo_registry_to_nick ((PltDemoRegistry) i);

      g_string_append_printf (script, "do $$ begin if exists (select from pg_database where "
                              "datname = '%s') then alter database %s rename to %s_old; end if; "
                              "end $$; alter database %s_next rename to %s;", nick, nick, nick,
                              nick, nick);
    }
  g_string_append (script, "commit");

  return plt_demo_sql_run (connection, script->str, error);
}

static gboolean
exchange (PltDemoBox         *box,
          const PltDemoPlan  *plan,
          PltDemoStop         stop,
          PGconn             *connection,
          GError            **error)
{
  if (plt_demo_process_is_interrupted (error) || !stop (box, error) ||
      !plt_demo_sql_run (connection, "checkpoint", error))
    return FALSE;

  return plt_demo_plan_save (plan, box, error) &&
         exchange_databases (connection, error) &&
         clear_up (box, connection, error);
}

static gboolean
tell_seconds (gint64  since,
              double *seconds)
{
  *seconds = (double) (g_get_monotonic_time () - since) / G_TIME_SPAN_SECOND;

  return TRUE;
}

/**
 * plt_demo_fill:
 * @box: a box whose database runs
 * @plan: the population
 * @stop: called when all is ready, before the new registries take the place of the old
 * @filled: (out): how many rows, and how long it took
 * @error: %PLT_DEMO_ERROR_FAILED, %PLT_DEMO_ERROR_USAGE or %PLT_DEMO_ERROR_INTERRUPTED; the
 *   registries are then what they were before
 */
gboolean
plt_demo_fill (PltDemoBox         *box,
               const PltDemoPlan  *plan,
               PltDemoStop         stop,
               PltDemoFilled      *filled,
               GError            **error)
{
  g_autoptr (PGconn) connection = connect_and_lock (box, error);
  gint64 started = g_get_monotonic_time ();

  if (connection == NULL || !clear_up (box, connection, error) || !check_space (box, plan, error))
    return FALSE;
  if (make_next (box, connection, error) &&
      load (box, plan, &filled->n_rows, error) &&
      tell_seconds (started, &filled->seconds) &&
      plt_demo_indexes_build (connect_next_cb, box, error) &&
      exchange (box, plan, stop, connection, error))
    return tell_seconds (started, &filled->seconds_with_indexes);
  plt_demo_sql_run (connection, "rollback", NULL);
  clear_up (box, connection, NULL);

  return FALSE;
}
