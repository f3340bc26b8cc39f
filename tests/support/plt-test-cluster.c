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

#define TEMPLATE_DATABASE "platen_template"

struct _PltTestCluster
{
  char        *folder;
  char        *bindir;
  int          life;    /* write end of the pipe whose end tells the warden to clean up */
  GSubprocess *warden;
  GHashTable  *tokens;  /* "database login" → session token */
  int          n_databases;
  gboolean     has_template;
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
  g_autoptr (GError) error = NULL;

  /* With a short name: a socket's path ends at 107 bytes. */
  self->folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  if (self->folder == NULL)
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
                     " -c synchronous_commit=off -c full_page_writes=off -c max_connections=60\" start",
                     self->folder, self->folder, self->folder);

  run_server_command (self, command);
}

void
plt_test_cluster_stop (PltTestCluster *self,
                       const char     *mode)
{
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

/* Every file of data/schema in order, each in one transaction, as an upgrade runs them. */
static void
load_schema (PltTestCluster *self)
{
  const char *root = g_getenv ("PLATEN_SOURCE_ROOT");
  g_autofree char *folder = g_build_filename (root != NULL ? root : ".", "data", "schema", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".sql"))
        g_ptr_array_add (names, g_strdup (name));
    }
  if (names->len == 0)
    g_error ("%s has no schema; set PLATEN_SOURCE_ROOT.", folder);
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autofree char *sql = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_file_get_contents (path, &sql, NULL, &error))
        g_error ("%s", error->message);

      g_autofree char *whole = g_strdup_printf ("BEGIN;\n%s\nCOMMIT;\n", sql);
      g_autofree char *nothing = plt_test_cluster_query (self, TEMPLATE_DATABASE, whole);
    }
}

PltTestCluster *
plt_test_cluster_new (void)
{
  PltTestCluster *self = g_new0 (PltTestCluster, 1);

  self->bindir = find_bindir ();
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  make_folder (self);
  start_warden (self);

  g_autofree char *initdb =
    g_strdup_printf ("initdb -D %s/data -N -U postgres --auth=trust -E UTF8 --locale=C.UTF-8",
                     self->folder);

  run_server_command (self, initdb);
  plt_test_cluster_start (self);

  return self;
}

void
plt_test_cluster_free (PltTestCluster *self)
{
  if (self == NULL)
    return;

  close (self->life);
  g_subprocess_wait (self->warden, NULL, NULL);
  g_clear_object (&self->warden);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_free (self->folder);
  g_free (self->bindir);
  g_free (self);
}

const char *
plt_test_cluster_get_folder (PltTestCluster *self)
{
  return self->folder;
}

static char *
create_database (PltTestCluster *self,
                 const char     *template)
{
  g_autofree char *name = g_strdup_printf ("test%d", ++self->n_databases);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE %s", name, template);
  g_autofree char *nothing = plt_test_cluster_query (self, "postgres", sql);

  return g_steal_pointer (&name);
}

char *
plt_test_cluster_create_database (PltTestCluster *self)
{
  if (!self->has_template)
    {
      g_autofree char *nothing = plt_test_cluster_query (self, "postgres",
                                                         "CREATE DATABASE " TEMPLATE_DATABASE);

      load_schema (self);
      self->has_template = TRUE;
    }

  return create_database (self, TEMPLATE_DATABASE);
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

int
plt_test_cluster_psql (PltTestCluster  *self,
                       const char      *database,
                       const char      *user,
                       const char      *sql,
                       char           **out,
                       char           **err)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (self, database, user);
  g_autofree char *psql = g_build_filename (self->bindir, "psql", NULL);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                      G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                      psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                      "-v", "VERBOSITY=verbose", "-v", "SHOW_CONTEXT=never", "-d", conninfo, NULL);

  if (process == NULL ||
      !g_subprocess_communicate_utf8 (process, sql, NULL, &output, &errors, &error))
    g_error ("psql: %s", error->message);
  if (out != NULL)
    *out = g_steal_pointer (&output);
  if (err != NULL)
    *err = g_steal_pointer (&errors);

  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

char *
plt_test_cluster_query (PltTestCluster *self,
                        const char     *database,
                        const char     *sql)
{
  char *out = NULL;
  g_autofree char *err = NULL;

  if (plt_test_cluster_psql (self, database, "postgres", sql, &out, &err) != 0)
    g_error ("%s\n%s", err, sql);

  return g_strchomp (out);
}

static const char *
open_session (PltTestCluster *self,
              const char     *database,
              const char     *login)
{
  g_autofree char *key = g_strdup_printf ("%s %s", database, login);
  const char *known = g_hash_table_lookup (self->tokens, key);

  if (known != NULL)
    return known;

  g_autofree char *totp = plt_test_cluster_fresh_totp (self, database, login);
  g_autofree char *sql = g_strdup_printf ("SELECT token FROM api.open_session ('%s', 'Test desk')",
                                          totp);
  char *token = NULL;
  g_autofree char *err = NULL;

  if (plt_test_cluster_psql (self, database, login, sql, &token, &err) != 0)
    g_error ("%s", err);
  g_hash_table_insert (self->tokens, g_steal_pointer (&key), g_strchomp (token));

  return token;
}

int
plt_test_cluster_run_as (PltTestCluster  *self,
                         const char      *database,
                         const char      *login,
                         const char      *sql,
                         char           **out,
                         char           **err)
{
  g_autofree char *bound =
    g_strdup_printf ("DO $$ BEGIN PERFORM api.resume_session ('%s'); END $$;\n%s",
                     open_session (self, database, login), sql);

  return plt_test_cluster_psql (self, database, login, bound, out, err);
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

static GByteArray *
decode_base32 (const char *text)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  GByteArray *bytes = g_byte_array_new ();
  guint32 buffer = 0;
  int bits = 0;

  for (; *text != '\0' && *text != '='; text++)
    {
      const char *at = strchr (alphabet, *text);

      g_assert (at != NULL);
      buffer = (buffer << 5) | (guint32) (at - alphabet);
      bits += 5;
      if (bits >= 8)
        {
          guint8 byte = (guint8) (buffer >> (bits - 8));

          g_byte_array_append (bytes, &byte, 1);
          bits -= 8;
        }
    }

  return bytes;
}

char *
plt_test_totp (const char *base32_secret,
               gint64      unix_time)
{
  g_autoptr (GByteArray) secret = decode_base32 (base32_secret);
  guint64 step = GUINT64_TO_BE ((guint64) (unix_time / 30));
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, secret->data, secret->len);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) &step, sizeof step);
  g_hmac_get_digest (hmac, digest, &length);

  int offset = digest[19] & 15;
  guint32 number = ((guint32) (digest[offset] & 127) << 24) | ((guint32) digest[offset + 1] << 16) |
                   ((guint32) digest[offset + 2] << 8) | digest[offset + 3];

  return g_strdup_printf ("%06u", number % 1000000);
}
