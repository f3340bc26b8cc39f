/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the tools a box needs, and starts, recognises and stops the servers that stay. */
#include "plt-demo-process.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define START_DEADLINE_MS 20000
#define STOP_DEADLINE_MS 5000

static volatile sig_atomic_t interrupted;

static void
interrupt_cb (int signal_number)
{
  interrupted = signal_number;
}

/* From here on Ctrl+C and a polite kill are noticed between two steps instead of ending us. */
void
plt_demo_process_catch_interrupt (void)
{
  struct sigaction action = { .sa_handler = interrupt_cb };

  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGHUP, &action, NULL);
}

gboolean
plt_demo_process_is_interrupted (GError **error)
{
  if (interrupted == 0)
    return FALSE;
  g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_INTERRUPTED,
                       _("The work was interrupted."));

  return TRUE;
}

/* PostgreSQL's tools refuse root and inherit nothing of root's environment. */
static GStrv
build_argv (PltDemoBox         *box,
            gboolean            as_service,
            const char * const *argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (as_service && plt_demo_box_drops_root (box))
    {
      const char *user = plt_demo_box_get_service_user (box);
      g_autofree char *reuid = g_strdup_printf ("--reuid=%s", user);
      g_autofree char *regid = g_strdup_printf ("--regid=%s", user);

      g_strv_builder_add_many (builder, "setpriv", reuid, regid, "--init-groups", "--reset-env",
                               "env", "LC_ALL=C.UTF-8", "TZ=UTC", NULL);
    }
  g_strv_builder_addv (builder, (const char **) argv);

  return g_strv_builder_end (builder);
}

/* The last line that is not empty: there tools say what went wrong. */
static char *
take_last_line (char *text)
{
  g_strchomp (text);

  char *at = strrchr (text, '\n');

  return g_strdup (at == NULL ? text : at + 1);
}

/* The folder of the caller may be closed to the service user; signals of the terminal are for us. */
static void
prepare_child_cb (gpointer user_data)
{
  setsid ();
}

/**
 * plt_demo_process_run:
 * @box: the box
 * @as_service: run it as the service user
 * @argv: program and arguments, %NULL-terminated; never a secret
 * @error: %PLT_DEMO_ERROR_FAILED with the tool's own last line
 *
 * Runs a tool to its end.
 *
 * Returns: whether it ended with success
 */
gboolean
plt_demo_process_run (PltDemoBox         *box,
                      gboolean            as_service,
                      const char * const *argv,
                      GError            **error)
{
  g_auto (GStrv) full = build_argv (box, as_service, argv);
  g_autofree char *output = NULL;
  g_autofree char *trouble = NULL;
  g_autoptr (GError) reason = NULL;
  int status = 0;

  if (!g_spawn_sync ("/", full, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDIN_FROM_DEV_NULL,
                     prepare_child_cb, NULL, &output, &trouble, &status, &reason))
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                   _("“%s” could not be run: %s. Install the packages that are listed in "
                     "data/demo/packages."), argv[0], reason->message);
      return FALSE;
    }
  if (plt_demo_process_is_interrupted (error))
    return FALSE;
  if (g_spawn_check_wait_status (status, NULL))
    return TRUE;

  g_autofree char *said = take_last_line (*trouble != '\0' ? trouble : output);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED, _("“%s” failed and said: %s"),
               argv[0], said);

  return FALSE;
}

/* Field 22 of /proc/PID/stat; the name in field 2 may hold anything but ends at the last ')'. */
static char *
read_start_time (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;

  const char *rest = strrchr (text, ')');

  if (rest == NULL)
    return NULL;

  g_auto (GStrv) fields = g_strsplit (rest + 2, " ", -1);

  if (g_strv_length (fields) < 20 || *fields[0] == 'Z')
    return NULL;

  return g_strdup (fields[19]);
}

gboolean
plt_demo_process_write_pid (const char  *pid_path,
                            GPid         pid,
                            GError     **error)
{
  g_autofree char *started = read_start_time (pid);
  g_autofree char *text = g_strdup_printf ("%d %s\n", (int) pid, started != NULL ? started : "-");

  return g_file_set_contents_full (pid_path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

/* Returns: the server's process id if the very process that was started still runs, else 0. */
GPid
plt_demo_process_find (const char *pid_path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (pid_path, &text, NULL, NULL))
    return 0;

  g_auto (GStrv) parts = g_strsplit (g_strchomp (text), " ", 2);
  gint64 pid = g_ascii_strtoll (text, NULL, 10);

  if (pid <= 1 || pid > G_MAXINT || parts[1] == NULL)
    return 0;

  g_autofree char *started = read_start_time ((GPid) pid);

  return g_strcmp0 (started, parts[1]) == 0 ? (GPid) pid : 0;
}

/* Servers print one line when they are ready; until then nobody may count on them. */
static char *
read_first_line (int fd)
{
  gint64 deadline = g_get_monotonic_time () + START_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GString) line = g_string_new (NULL);
  struct pollfd watched = { .fd = fd, .events = POLLIN };
  char c;

  while (interrupted == 0)
    {
      gint64 left_ms = (deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

      if (left_ms <= 0 || (poll (&watched, 1, (int) left_ms) < 0 && errno != EINTR))
        return NULL;
      if (watched.revents == 0)
        continue;
      if (read (fd, &c, 1) != 1)
        return NULL;
      if (c == '\n')
        return g_strdup (line->str);
      g_string_append_c (line, c);
    }

  return NULL;
}

static char *
read_reason (const char *log_path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (log_path, &text, NULL, NULL) || *text == '\0')
    return g_strdup (_("It said nothing."));

  return take_last_line (text);
}

/**
 * plt_demo_process_start:
 * @argv: program and arguments, %NULL-terminated; never a secret
 * @log_path: where its error output goes
 * @pid_path: where its process id is written down
 * @first_line: (out): the line by which it said that it is ready
 * @error: %PLT_DEMO_ERROR_FAILED with the log's last line
 *
 * Starts a server that stays when we end, in a session of its own.
 *
 * Returns: whether it is ready
 */
gboolean
plt_demo_process_start (const char * const  *argv,
                        const char          *log_path,
                        const char          *pid_path,
                        char               **first_line,
                        GError             **error)
{
  g_autoptr (GError) reason = NULL;
  GPid pid = 0;
  int output = -1;
  int log = g_open (log_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (log < 0)
    return plt_demo_error_from_errno (error, log_path);

  gboolean started = g_spawn_async_with_pipes_and_fds (
    "/", argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDIN_FROM_DEV_NULL, prepare_child_cb,
    NULL, -1, -1, log, NULL, NULL, 0, &pid, NULL, &output, NULL, &reason);

  close (log);
  if (!started)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED, _("“%s” could not be run: %s."),
                   argv[0], reason->message);
      return FALSE;
    }
  if (!plt_demo_process_write_pid (pid_path, pid, error))
    return FALSE;

  g_autofree char *line = read_first_line (output);

  close (output);
  if (line != NULL)
    {
      *first_line = g_steal_pointer (&line);
      return TRUE;
    }
  plt_demo_process_stop (pid_path);
  if (plt_demo_process_is_interrupted (error))
    return FALSE;

  g_autofree char *said = read_reason (log_path);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("“%s %s” did not become ready. %s"), argv[0], argv[1] != NULL ? argv[1] : "",
               said);

  return FALSE;
}

/* Waits on the process itself (pidfd), not on the clock. */
static gboolean
wait_for_end (int pidfd,
              int timeout_ms)
{
  struct pollfd watched = { .fd = pidfd, .events = POLLIN };
  int ended;

  do
    ended = poll (&watched, 1, timeout_ms);
  while (ended < 0 && errno == EINTR);

  return ended > 0;
}

/* Asks the server to end, then insists; when this returns it is gone, and its pid file too. */
void
plt_demo_process_stop (const char *pid_path)
{
  GPid pid = plt_demo_process_find (pid_path);
  int pidfd = pid != 0 ? (int) syscall (SYS_pidfd_open, pid, 0) : -1;

  if (pidfd >= 0)
    {
      kill (pid, SIGTERM);
      if (!wait_for_end (pidfd, STOP_DEADLINE_MS))
        {
          kill (pid, SIGKILL);
          wait_for_end (pidfd, STOP_DEADLINE_MS);
        }
      close (pidfd);
    }
  g_remove (pid_path);
}

/* In a build tree where meson puts it; installed beside this program. */
char *
plt_demo_process_find_platenctl (void)
{
  const char *build = g_getenv ("PLATEN_BUILD_ROOT");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : "/usr/bin/platen-demo");
  g_autofree char *beside = g_build_filename (folder, "platenctl", NULL);

  if (build != NULL)
    return g_build_filename (build, "src", "cli", "platenctl", NULL);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);

  return g_build_filename (folder, "..", "cli", "platenctl", NULL);
}
