/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts and stops a private PostgreSQL cluster for a test program and runs SQL in it. */
#include "plt-test-cluster.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "plt-test-sql.h"
#include "plt-test-template.h"

#define TEMPLATE_DATABASE "platen_template"

#define INITDB "initdb -N -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --wal-segsize=1"

struct _PltTestCluster
{
  char        *folder;
  char        *bindir;
  int          life;    /* write end of the pipe whose end tells the warden to clean up */
  GSubprocess *warden;
  GHashTable  *tokens;  /* "database login" → session token */
  GHashTable  *idle;    /* "database login" → connection that nobody uses just now */
  GMutex       lock;    /* of the two tables */
  int          n_databases;
};

/* Runs when the pipe on its standard input ends, which is when the test program is gone or has freed
 * the cluster. In a session of its own, so that Ctrl+C does not take it away first. */
static const char warden_script[] =
  "read -r line; "
  "[ -f \"$1/data/postmaster.pid\" ] && "
  "  $3 \"$2/pg_ctl\" -D \"$1/data\" -m immediate -w stop >/dev/null 2>&1; "
  "rm -rf \"$1\"";

/* The server refuses to run as root. */
static gboolean
is_root (void)
{
  return geteuid () == 0;
}

static const char as_postgres[] =
  "setpriv --reuid=postgres --regid=postgres --init-groups --reset-env";

static char *
find_bindir (void)
{
  g_autofree char *out = NULL;

  if (g_spawn_command_line_sync ("pg_config --bindir", &out, NULL, NULL, NULL) && out != NULL)
    {
      g_autofree char *initdb = g_build_filename (g_strstrip (out), "initdb", NULL);

      if (g_file_test (initdb, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&out);
    }

  return g_strdup ("/usr/lib/postgresql/15/bin");
}

/* Ends the test program where the server's own tools fail: no test could mean anything then. */
static void
run_server_command (PltTestCluster *self,
                    const char     *command)
{
  g_autofree char *line = g_strdup_printf ("cd / && %s env PATH='%s':\"$PATH\" LC_ALL=C.UTF-8 %s",
                                           is_root () ? as_postgres : "", self->bindir, command);
  const char *argv[] = { "/bin/sh", "-c", line, NULL };
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &err,
                     &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s\n%s", command, error->message, err);
}

static void
make_folder (PltTestCluster *self)
{
  const char *memory = g_getenv ("PLATEN_TEST_MEMORY");

  /* With a short name: a socket's path ends at 107 bytes. */
  self->folder = g_build_filename (memory != NULL ? memory : g_get_tmp_dir (), "plt-XXXXXX", NULL);
  if (g_mkdtemp (self->folder) == NULL)
    g_error ("No temporary folder could be made for PostgreSQL.");
  if (!is_root ())
    return;

  struct passwd *postgres = getpwnam ("postgres");

  if (postgres == NULL || chown (self->folder, postgres->pw_uid, postgres->pw_gid) != 0)
    g_error ("%s could not be given to the user postgres.", self->folder);
}

static void
start_warden (PltTestCluster *self)
{
  int ends[2];
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, &error))
    g_error ("%s", error->message);
  self->life = ends[1];
  g_subprocess_launcher_take_stdin_fd (launcher, ends[0]);
  self->warden = g_subprocess_launcher_spawn (launcher, &error, "setsid", "/bin/sh", "-c",
                                              warden_script, "warden", self->folder, self->bindir,
                                              is_root () ? as_postgres : "", NULL);
  if (self->warden == NULL)
    g_error ("%s", error->message);
}

void
plt_test_cluster_start (PltTestCluster *self)
{
  g_autofree char *command =
    g_strdup_printf ("pg_ctl -D %s/data -w -l %s/log -o \"-c listen_addresses='' -k %s -c fsync=off"
                     " -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c jit=off\" start",
                     self->folder, self->folder, self->folder);

  run_server_command (self, command);
}

void
plt_test_cluster_disconnect (PltTestCluster *self)
{
  g_mutex_lock (&self->lock);
  g_hash_table_remove_all (self->idle);
  g_mutex_unlock (&self->lock);
}

void
plt_test_cluster_stop (PltTestCluster *self,
                       const char     *mode)
{
  plt_test_cluster_disconnect (self);

  g_autofree char *command = g_strdup_printf ("pg_ctl -D %s/data -m %s -w stop", self->folder,
                                              mode);

  run_server_command (self, command);
}

/* The postmaster's children lead process groups of their own. */
void
plt_test_cluster_signal (PltTestCluster *self,
                         int             signal_number)
{
  g_autofree char *path = g_build_filename (self->folder, "data", "postmaster.pid", NULL);
  g_autofree char *content = NULL;
  g_autofree char *children_path = NULL;
  g_autofree char *children = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));

  int postmaster = (int) g_ascii_strtoll (content, NULL, 10);

  g_assert_cmpint (kill (postmaster, signal_number), ==, 0);
  children_path = g_strdup_printf ("/proc/%d/task/%d/children", postmaster, postmaster);
  g_assert_true (g_file_get_contents (children_path, &children, NULL, NULL));

  g_auto (GStrv) pids = g_strsplit (g_strstrip (children), " ", -1);

  for (guint i = 0; pids[i] != NULL; i++)
    kill ((int) g_ascii_strtoll (pids[i], NULL, 10), signal_number);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Every file of data/schema in order. */
static GPtrArray *
list_upgrades (void)
{
  const char *root = g_getenv ("PLATEN_SOURCE_ROOT");
  g_autofree char *folder = g_build_filename (root != NULL ? root : ".", "data", "schema", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".sql"))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  if (paths->len == 0)
    g_error ("%s has no schema; set PLATEN_SOURCE_ROOT.", folder);
  g_ptr_array_sort (paths, compare_names);

  return paths;
}

static char *
read_upgrade (const char *path)
{
  char *sql = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &sql, NULL, &error))
    g_error ("%s", error->message);

  return sql;
}

/* Each in one transaction, as an upgrade runs them. */
static void
load_schema (PltTestCluster *self,
             GPtrArray      *upgrades)
{
  g_free (plt_test_cluster_query (self, "postgres", "CREATE DATABASE " TEMPLATE_DATABASE));
  for (guint i = 0; i < upgrades->len; i++)
    {
      g_autofree char *sql = read_upgrade (g_ptr_array_index (upgrades, i));
      g_autofree char *whole = g_strdup_printf ("BEGIN;\n%s\nCOMMIT;\n", sql);
      g_autofree char *nothing = plt_test_cluster_query (self, TEMPLATE_DATABASE, whole);
    }
}

/* Of all that a prepared cluster is made of. */
static char *
digest_cluster (PltTestCluster *self,
                GPtrArray      *upgrades)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *command = g_strdup_printf ("'%s/initdb' --version", self->bindir);
  g_autofree char *made = NULL;

  if (!g_spawn_command_line_sync (command, &made, NULL, NULL, NULL))
    g_error ("%s cannot be run.", command);

  g_autofree char *by = g_strdup_printf ("%s%u " INITDB " " TEMPLATE_DATABASE "\n", made, geteuid ());

  g_checksum_update (checksum, (const guchar *) by, -1);
  for (guint i = 0; i < upgrades->len; i++)
    {
      g_autofree char *sql = read_upgrade (g_ptr_array_index (upgrades, i));

      g_checksum_update (checksum, (const guchar *) sql, -1);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

/* A cluster with TEMPLATE_DATABASE in it: a copy of what the first program of this build made. */
static void
make_data (PltTestCluster *self)
{
  g_autoptr (GPtrArray) upgrades = list_upgrades ();
  g_autofree char *key = digest_cluster (self, upgrades);
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);
  g_autofree char *initdb = g_strdup_printf (INITDB " -D %s", data);
  g_autoptr (PltTestTemplate) template = plt_test_template_hold (key);

  if (plt_test_template_copy (template, data))
    return;

  run_server_command (self, initdb);
  plt_test_cluster_start (self);
  load_schema (self, upgrades);
  plt_test_cluster_stop (self, "fast");
  plt_test_template_keep (template, data);
}

static void
close_connection (gpointer data)
{
  PQfinish (data);
}

PltTestCluster *
plt_test_cluster_new (void)
{
  PltTestCluster *self = g_new0 (PltTestCluster, 1);

  self->bindir = find_bindir ();
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->idle = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, close_connection);
  g_mutex_init (&self->lock);
  make_folder (self);
  start_warden (self);
  make_data (self);
  plt_test_cluster_start (self);

  return self;
}

void
plt_test_cluster_free (PltTestCluster *self)
{
  if (self == NULL)
    return;

  plt_test_cluster_disconnect (self);
  close (self->life);
  g_subprocess_wait (self->warden, NULL, NULL);
  g_clear_object (&self->warden);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->idle, g_hash_table_unref);
  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self->bindir);
  g_free (self);
}

const char *
plt_test_cluster_get_folder (PltTestCluster *self)
{
  return self->folder;
}

/* The idle connections belong to tests that have ended, or to the database that is to be copied. */
static char *
create_database (PltTestCluster *self,
                 const char     *template)
{
  g_autofree char *name = g_strdup_printf ("test%d", ++self->n_databases);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE %s", name, template);

  plt_test_cluster_disconnect (self);
  g_free (plt_test_cluster_query (self, "postgres", sql));

  return g_steal_pointer (&name);
}

char *
plt_test_cluster_create_database (PltTestCluster *self)
{
  return create_database (self, TEMPLATE_DATABASE);
}

/* Those of @from are tokens of the copy, too: its sessions are copied. */
static void
copy_tokens (PltTestCluster *self,
             const char     *from,
             const char     *to)
{
  g_autofree char *prefix = g_strconcat (from, " ", NULL);
  g_autofree const char **keys = (const char **) g_hash_table_get_keys_as_array (self->tokens, NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (g_str_has_prefix (keys[i], prefix))
        g_hash_table_insert (self->tokens,
                             g_strdup_printf ("%s %s", to, keys[i] + strlen (prefix)),
                             g_strdup (g_hash_table_lookup (self->tokens, keys[i])));
    }
}

char *
plt_test_cluster_copy_database (PltTestCluster *self,
                                const char     *from)
{
  g_autofree char *name = create_database (self, from);

  copy_tokens (self, from, name);

  return g_steal_pointer (&name);
}

char *
plt_test_cluster_create_empty_database (PltTestCluster *self)
{
  return create_database (self, "template1");
}

char *
plt_test_cluster_dup_conninfo (PltTestCluster *self,
                               const char     *database,
                               const char     *user)
{
  return g_strdup_printf ("host=%s dbname=%s user=%s", self->folder, database, user);
}

static int
run_on (PGconn      *connection,
        const char  *sql,
        char       **out,
        char       **err)
{
  g_autoptr (GString) output = g_string_new (NULL);
  g_autoptr (GString) errors = g_string_new (NULL);
  int status = plt_test_sql_run (connection, sql, output, errors);

  if (out != NULL)
    *out = g_string_free (g_steal_pointer (&output), FALSE);
  if (err != NULL)
    *err = g_string_free (g_steal_pointer (&errors), FALSE);

  return status;
}

int
plt_test_cluster_psql (PltTestCluster  *self,
                       const char      *database,
                       const char      *user,
                       const char      *sql,
                       char           **out,
                       char           **err)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (self, database, user);
  g_autoptr (PGconn) connection = PQconnectdb (conninfo);

  return run_on (connection, sql, out, err);
}

static PGconn *
take_connection (PltTestCluster *self,
                 const char     *key,
                 const char     *database,
                 const char     *user)
{
  g_autoptr (PGconn) connection = NULL;
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (self, database, user);
  g_autofree char *old_key = NULL;

  g_mutex_lock (&self->lock);
  g_hash_table_steal_extended (self->idle, key, (gpointer *) &old_key, (gpointer *) &connection);
  g_mutex_unlock (&self->lock);

  if (connection != NULL && plt_test_sql_is_alive (connection))
    return g_steal_pointer (&connection);

  return PQconnectdb (conninfo);
}

/* On a connection that is kept for the next call, as whoever @key says, unless that could feel it. */
static int
run_kept (PltTestCluster  *self,
          const char      *key,
          const char      *database,
          const char      *user,
          const char      *sql,
          char           **out,
          char           **err)
{
  g_autoptr (PGconn) connection = take_connection (self, key, database, user);
  int status = run_on (connection, sql, out, err);

  if (status == PLT_TEST_SQL_OFFLINE || plt_test_sql_is_felt (sql))
    return status;

  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->idle, g_strdup (key), g_steal_pointer (&connection));
  g_mutex_unlock (&self->lock);

  return status;
}

char *
plt_test_cluster_query (PltTestCluster *self,
                        const char     *database,
                        const char     *sql)
{
  g_autofree char *key = g_strdup_printf ("%s as superuser", database);
  char *out = NULL;
  g_autofree char *err = NULL;

  if (run_kept (self, key, database, "postgres", sql, &out, &err) != 0)
    g_error ("%s\n%s", err, sql);

  return g_strchomp (out);
}

static char *
open_session (PltTestCluster *self,
              const char     *database,
              const char     *login)
{
  g_autofree char *totp = plt_test_cluster_fresh_totp (self, database, login);
  g_autofree char *sql = g_strdup_printf ("SELECT token FROM api.open_session ('%s', 'Test desk')",
                                          totp);
  char *token = NULL;
  g_autofree char *err = NULL;

  if (plt_test_cluster_psql (self, database, login, sql, &token, &err) != 0)
    g_error ("%s", err);

  return g_strchomp (token);
}

/* The statement that binds a connection to the session of @login, which is opened when there is none. */
static char *
dup_resume (PltTestCluster *self,
            const char     *database,
            const char     *login)
{
  g_autofree char *key = g_strdup_printf ("%s %s", database, login);
  g_autofree char *token = NULL;

  g_mutex_lock (&self->lock);
  token = g_strdup (g_hash_table_lookup (self->tokens, key));
  g_mutex_unlock (&self->lock);
  if (token == NULL)
    {
      token = open_session (self, database, login);
      g_mutex_lock (&self->lock);
      g_hash_table_replace (self->tokens, g_steal_pointer (&key), g_strdup (token));
      g_mutex_unlock (&self->lock);
    }

  return g_strdup_printf ("DO $$ BEGIN PERFORM api.resume_session ('%s'); END $$;\n", token);
}

int
plt_test_cluster_run_as (PltTestCluster  *self,
                         const char      *database,
                         const char      *login,
                         const char      *sql,
                         char           **out,
                         char           **err)
{
  g_autofree char *key = g_strdup_printf ("%s %s", database, login);
  g_autofree char *resume = dup_resume (self, database, login);
  g_autofree char *bound = g_strconcat (resume, sql, NULL);

  return run_kept (self, key, database, login, bound, out, err);
}

int
plt_test_cluster_run_script_as (PltTestCluster  *self,
                                const char      *database,
                                const char      *login,
                                const char      *script,
                                char           **err)
{
  g_autofree char *resume = dup_resume (self, database, login);
  g_autofree char *bound = g_strconcat (resume, script, NULL);
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (self, database, login);
  g_autofree char *psql = g_build_filename (self->bindir, "psql", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                      G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                      psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose",
                      "-d", conninfo, NULL);

  if (process == NULL ||
      !g_subprocess_communicate_utf8 (process, bound, NULL, NULL, err, &error))
    g_error ("psql: %s", error->message);

  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

char *
plt_test_cluster_add_staff (PltTestCluster *self,
                            const char     *database,
                            const char     *login,
                            const char     *roles,
                            const char     *office_code)
{
  g_autofree char *sql =
    g_strdup_printf ("DO $$ BEGIN IF NOT EXISTS (SELECT FROM platen.office WHERE code = '%s') THEN"
                     " PERFORM api.add_office ('%s', 'Office %s'); END IF; END $$;\n"
                     "SELECT substring (api.add_staff ('%s', initcap ('%s'), '%s', '{%s}', NULL)"
                     " FROM 'secret=([A-Z2-7]+)')",
                     office_code, office_code, office_code, login, login, office_code, roles);

  return plt_test_cluster_query (self, database, sql);
}

char *
plt_test_cluster_fresh_totp (PltTestCluster *self,
                             const char     *database,
                             const char     *login)
{
  g_autofree char *sql =
    g_strdup_printf ("WITH f AS (UPDATE platen.second_factor SET last_step = 0 WHERE staff_id ="
                     " (SELECT id FROM platen.staff WHERE login = '%s') RETURNING secret)"
                     " SELECT platen.base32 (secret) FROM f", login);
  g_autofree char *secret = plt_test_cluster_query (self, database, sql);

  return plt_test_totp (secret, g_get_real_time () / G_USEC_PER_SEC);
}
