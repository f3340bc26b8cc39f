/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scheduler behind TLS and a password, and one that hides what others print. */
#include "print-office.h"

#include <glib/gstdio.h>
#include <string.h>

static PrintOffice *office;
static char *backend_port;

/* Makes @office talk to @address until it is given back. */
static PltPrintServer *
take_server (const char *address)
{
  PltPrintServer *before = office->server;

  office->server = plt_print_server_new (address);
  return before;
}

static void
give_back (PltPrintServer *before)
{
  g_object_unref (office->server);
  office->server = before;
}

static char *
make_file (const char *name,
           const char *content,
           int         mode)
{
  char *path = g_build_filename (office->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

typedef struct
{
  GSubprocess *process;
  char        *address;
} Proxy;

static void
proxy_free (Proxy *proxy)
{
  g_subprocess_force_exit (proxy->process);
  g_subprocess_wait (proxy->process, NULL, NULL);
  g_object_unref (proxy->process);
  g_free (proxy->address);
  g_free (proxy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Proxy, proxy_free)

static Proxy *
start_proxy (void)
{
  g_autofree char *script = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "tests", "print",
                                              "basic-proxy.py", NULL);
  g_autofree char *key = g_build_filename (office->folder, "server.key", NULL);
  g_autofree char *certificate = g_build_filename (office->folder, "server.crt", NULL);
  const char *make[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                         "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate,
                         "-subj", "/CN=127.0.0.1", "-days", "2", NULL };
  const char *argv[] = { "/usr/bin/python3", script, certificate, key, backend_port, "clerk",
                         "right", NULL };
  g_autoptr (GSubprocess) openssl = g_subprocess_newv (make, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *port = NULL;
  Proxy *proxy = g_new0 (Proxy, 1);

  g_assert_true (g_subprocess_wait_check (openssl, NULL, NULL));
  proxy->process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (proxy->process));
  port = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_nonnull (port);
  proxy->address = g_strdup_printf ("ipps://127.0.0.1:%s", port);
  return proxy;
}

/* Asks for the printers with this file of the password. Returns: the error, NULL if they came */
static GError *
try_password (const char *user,
              const char *password_file,
              const char *pin_file)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) printers = NULL;

  plt_print_server_set_login (office->server, user, password_file, pin_file);
  printers = print_list (office, &error);
  g_assert_true ((printers != NULL) == (error == NULL));
  return error;
}

static void
assert_denied (GError     *problem,
               const char *words)
{
  g_autoptr (GError) error = problem;

  g_test_message ("%s", error != NULL ? error->message : "no error");
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_DENIED);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_password (void)
{
  g_autoptr (Proxy) proxy = start_proxy ();
  PltPrintServer *before = take_server (proxy->address);
  g_autofree char *right = make_file ("right", "right\n", 0600);
  g_autofree char *wrong = make_file ("wrong", "wrong\n", 0600);
  g_autofree char *open = make_file ("open", "right\n", 0644);
  g_autoptr (GBytes) card = print_office_new_card ("FRONT");
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) job = NULL;
  guint printed = print_count_cards (office);

  assert_denied (try_password (NULL, NULL, NULL), "“user” and “password-file”");
  assert_denied (try_password ("clerk", "/nonexistent", NULL), "cannot be read");
  assert_denied (try_password ("clerk", open, NULL), "chmod 600");
  assert_denied (try_password ("clerk", wrong, NULL), "does not take the password");
  g_assert_no_error (try_password ("clerk", right, NULL));

  /* and a card goes through */
  job = print_create (office, "platen:SECURE:1", &error);
  g_assert_no_error (error);
  print_send (office, job->id, card, &error);
  g_assert_no_error (error);
  print_await_job (office, job->id, PLT_JOB_STATE_COMPLETED, NULL);
  g_assert_cmpuint (print_count_cards (office), ==, printed + 1);
  give_back (before);
}

static void
test_certificate (void)
{
  g_autoptr (Proxy) proxy = start_proxy ();
  PltPrintServer *before = take_server (proxy->address);
  g_autofree char *right = make_file ("right", "right\n", 0600);
  g_autofree char *pins = g_build_filename (office->folder, "pins", "print-servers.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  const char *place = proxy->address + strlen ("ipps://");

  /* kept at first sight, the same the next time */
  g_assert_no_error (try_password ("clerk", right, pins));
  g_assert_no_error (try_password ("clerk", right, pins));
  g_assert_true (g_key_file_load_from_file (file, pins, G_KEY_FILE_NONE, NULL));
  g_assert_true (g_key_file_has_key (file, "certificates", place, NULL));

  g_key_file_set_string (file, "certificates", place, "0123");
  g_assert_true (g_key_file_save_to_file (file, pins, NULL));
  error = try_password ("clerk", right, pins);
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_UNTRUSTED);
  g_assert_nonnull (strstr (error->message, "another certificate than before"));
  g_assert_nonnull (strstr (error->message, pins));
  give_back (before);
}

/* What a real server that asks for Kerberos answers to who has no ticket. */
static void
test_kerberos (void)
{
  static const char open[] = "<Location />\nOrder allow,deny\nAllow from 127.0.0.1\n</Location>";
  static const char closed[] = "<Location />\nAuthType Negotiate\nRequire valid-user\nOrder allow,deny\n"
                               "Allow from 127.0.0.1\n</Location>";
  g_autoptr (GPtrArray) printers = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) job = NULL;

  print_office_change (office, open, closed);
  printers = print_list (office, &error);
  g_assert_null (printers);
  assert_denied (g_steal_pointer (&error), "“kinit”");
  job = print_create (office, "platen:TICKET:1", &error);
  g_assert_null (job);
  assert_denied (g_steal_pointer (&error), "Kerberos ticket");
  print_office_change (office, closed, open);
}

/* A job that may be ours but whose name is hidden is no job that is not there. */
static void
test_hidden_names (void)
{
  g_autofree char *address = plt_demo_printer_get_scheduler (office->folder);
  const char *argv[] = { "lp", "-h", address, "-U", "somebody", "-d", plt_demo_printer_get_queue (),
                         "-H", "hold", "-t", "platen:HIDDEN:1", "/etc/hostname", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPrintJob) seen = NULL;
  g_autoptr (GSubprocess) lp = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (lp, NULL, NULL));
  seen = print_find (office, 0, "platen:HIDDEN:1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (seen->state, ==, PLT_JOB_STATE_HELD);

  print_office_change (office, "\nJobPrivateAccess all\nJobPrivateValues none",
                       "\nJobPrivateAccess owner\nJobPrivateValues default");
  g_assert_null (print_find (office, 0, "platen:HIDDEN:1", &error));
  g_assert_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_HIDDEN);
  g_assert_nonnull (strstr (error->message, "JobPrivateValues none"));
  print_office_change (office, "\nJobPrivateAccess owner\nJobPrivateValues default",
                       "\nJobPrivateAccess all\nJobPrivateValues none");
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *settings = g_dir_make_tmp ("pltclient-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (settings, "client.conf", NULL);
  int status;

  /* Not as root, from whom nothing is hidden. */
  g_assert_true (g_file_set_contents (path, "User clerk\n", -1, NULL));
  g_test_init (&argc, &argv, NULL);
  office = print_office_new ();
  g_setenv ("CUPS_SERVERROOT", settings, TRUE);
  backend_port = print_office_dup_state (office, "scheduler", "port");
  g_test_add_func ("/print/secure/password", test_password);
  g_test_add_func ("/print/secure/certificate", test_certificate);
  g_test_add_func ("/print/secure/kerberos", test_kerberos);
  g_test_add_func ("/print/secure/hidden-names", test_hidden_names);
  status = g_test_run ();
  print_office_free (office);
  g_free (backend_port);
  g_unlink (path);
  g_rmdir (settings);
  return status;
}
