/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes, starts and stops the box's private PostgreSQL cluster. */
#include "plt-demo-cluster.h"

#include "plt-demo-preenrolment.h"
#include "plt-demo-process.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <unistd.h>

#define POSTGRES_FOLDER "/usr/lib/postgresql"
#define OLDEST_VERSION 15
#define START_SECONDS 10

/* Debian keeps the server's tools out of PATH, one folder for each version. */
static char *
find_tool (const char *name)
{
  g_autoptr (GDir) versions = g_dir_open (POSTGRES_FOLDER, 0, NULL);
  g_autofree char *found = NULL;
  int best = OLDEST_VERSION - 1;

  for (const char *entry; versions != NULL && (entry = g_dir_read_name (versions)) != NULL;)
    {
      g_autofree char *tool = g_build_filename (POSTGRES_FOLDER, entry, "bin", name, NULL);
      int version = (int) g_ascii_strtoll (entry, NULL, 10);

      if (version > best && g_file_test (tool, G_FILE_TEST_IS_EXECUTABLE))
        {
          best = version;
          g_free (found);
          found = g_steal_pointer (&tool);
        }
    }

  return found != NULL ? g_steal_pointer (&found) : g_strdup (name);
}

/* The superuser and the services by who they are on this machine, staff by password. */
static gboolean
write_access_rules (PltDemoBox  *box,
                    GError     **error)
{
  g_autofree char *rules_path = plt_demo_box_path (box, "pg", "data", "pg_hba.conf", NULL);
  g_autofree char *map_path = plt_demo_box_path (box, "pg", "data", "pg_ident.conf", NULL);
  g_autoptr (GString) map = g_string_new (NULL);
  const char *machine_users[] = { plt_demo_box_get_service_user (box), "root" };

  for (int i = 0; i < (plt_demo_box_drops_root (box) ? 2 : 1); i++)
    g_string_append_printf (map, "box %s " PLT_DEMO_SUPERUSER "\nbox %s " PLT_DEMO_REGISTRY_USER
                            "\nbox %s " PLT_DEMO_PREENROLMENT "\n", machine_users[i],
                            machine_users[i], machine_users[i]);

  return g_file_set_contents (map_path, map->str, -1, error) &&
         g_file_set_contents (rules_path,
                              "local all " PLT_DEMO_SUPERUSER " peer map=box\n"
                              "local identity,driver,infringement " PLT_DEMO_REGISTRY_USER
                              " peer map=box\n"
                              "local " PLT_DEMO_PREENROLMENT " " PLT_DEMO_PREENROLMENT
                              " peer map=box\n"
                              "local platen all scram-sha-256\n", -1, error);
}

/* A kill must not lose what was committed, a power cut may: hence no fsync but real commits. With
 * the least log, tables that are made and filled in one transaction are not logged at all. */
static gboolean
write_settings (PltDemoBox  *box,
                GError     **error)
{
  g_autofree char *path = plt_demo_box_path (box, "pg", "data", "postgresql.auto.conf", NULL);
  g_autofree char *socket_folder = plt_demo_box_path (box, "pg", NULL);
  g_autofree char *settings = g_strdup_printf (
    "listen_addresses = ''\n"
    "unix_socket_directories = '%s'\n"
    "unix_socket_permissions = 0777\n"
    "fsync = off\n"
    "full_page_writes = off\n"
    "max_connections = 200\n"
    "wal_level = minimal\n"
    "max_wal_senders = 0\n"
    "shared_buffers = 128MB\n"
    "maintenance_work_mem = 256MB\n"
    "max_wal_size = 4GB\n"
    "password_encryption = 'scram-sha-256'\n"
    "timezone = 'UTC'\n"
    "log_timezone = 'UTC'\n"
    "log_min_messages = warning\n"
    "log_statement = 'none'\n"
    "log_parameter_max_length = 0\n"
    "log_parameter_max_length_on_error = 0\n", socket_folder);

  return g_file_set_contents (path, settings, -1, error);
}

static gboolean
make_cluster (PltDemoBox  *box,
              GError     **error)
{
  g_autofree char *initdb = find_tool ("initdb");
  g_autofree char *data = plt_demo_box_path (box, "pg", "data", NULL);
  const char *argv[] = { initdb, "-D", data, "-N", "-U", PLT_DEMO_SUPERUSER, "--auth=peer", "-E",
                         "UTF8", "--locale=C.UTF-8", NULL };

  if (!plt_demo_box_make_folder (box, "pg", TRUE, error) ||
      !plt_demo_process_run (box, TRUE, argv, error))
    return FALSE;
  if (!write_access_rules (box, error) || !write_settings (box, error))
    return FALSE;

  const char *files[] = { "pg_hba.conf", "pg_ident.conf", "postgresql.auto.conf" };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (data, files[i], NULL);

      if (!plt_demo_box_give_to_service (box, path, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
plt_demo_cluster_is_running (PltDemoBox *box)
{
  g_autofree char *host = plt_demo_box_path (box, "pg", NULL);
  const char *keywords[] = { "host", "dbname", "user", "connect_timeout", NULL };
  const char *values[] = { host, "postgres", PLT_DEMO_SUPERUSER, "5", NULL };

  return PQpingParams (keywords, values, 0) == PQPING_OK;
}

/* What was killed a moment ago may still hold its lock or its memory: until its last process has
 * gone, the new server refuses. */
static gboolean
start_server (PltDemoBox  *box,
              GError     **error)
{
  g_autofree char *pg_ctl = find_tool ("pg_ctl");
  g_autofree char *data = plt_demo_box_path (box, "pg", "data", NULL);
  g_autofree char *log = plt_demo_box_path (box, "pg", "log", NULL);
  const char *argv[] = { pg_ctl, "-D", data, "-w", "-s", "-l", log, "start", NULL };
  gint64 deadline = g_get_monotonic_time () + START_SECONDS * G_TIME_SPAN_SECOND;

  for (;;)
    {
      g_autoptr (GError) reason = NULL;

      if (plt_demo_process_run (box, TRUE, argv, &reason))
        return TRUE;
      if (g_error_matches (reason, PLT_DEMO_ERROR, PLT_DEMO_ERROR_INTERRUPTED) ||
          g_get_monotonic_time () > deadline)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      poll (NULL, 0, 100);
    }
}

/* Starts the cluster unless it runs; makes it when the box has none. A cluster that was not made
 * to the end is thrown away, for it holds nothing yet. */
gboolean
plt_demo_cluster_start (PltDemoBox  *box,
                        GError     **error)
{
  g_autofree char *made = plt_demo_box_dup_value (box, "box", "cluster");

  if (made != NULL && plt_demo_cluster_is_running (box))
    return TRUE;
  if (made == NULL && (!plt_demo_box_remove_folder (box, "pg", error) ||
                       !make_cluster (box, error) ||
                       !plt_demo_box_set_value (box, "box", "cluster", "made", error)))
    return FALSE;

  return start_server (box, error);
}

/* Stops it at once, whoever is connected; a cluster that does not run is as good. */
gboolean
plt_demo_cluster_stop (PltDemoBox  *box,
                       GError     **error)
{
  g_autofree char *pid_file = plt_demo_box_path (box, "pg", "data", "postmaster.pid", NULL);

  if (!g_file_test (pid_file, G_FILE_TEST_EXISTS) || !plt_demo_cluster_is_running (box))
    return TRUE;

  g_autofree char *pg_ctl = find_tool ("pg_ctl");
  g_autofree char *data = plt_demo_box_path (box, "pg", "data", NULL);
  const char *argv[] = { pg_ctl, "-D", data, "-w", "-s", "-m", "immediate", "stop", NULL };

  return plt_demo_process_run (box, TRUE, argv, error);
}

/* Returns: (transfer full) (nullable): a connection over the box's socket. */
PGconn *
plt_demo_cluster_connect (PltDemoBox  *box,
                          const char  *dbname,
                          const char  *user,
                          GError     **error)
{
  g_autofree char *host = plt_demo_box_path (box, "pg", NULL);

  return plt_demo_sql_connect (host, dbname, user, error);
}
