/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts, recognises and ends the processes of the virtual printers. */
#include "plt-demo-printer-process.h"

#include <signal.h>
#include <string.h>

#define POLL_US 50000
#define END_US (5 * G_USEC_PER_SEC)

static char *
get_state_path (const char *folder)
{
  return g_build_filename (folder, "printer.ini", NULL);
}

GKeyFile *
plt_demo_printer_load_state (const char *folder)
{
  GKeyFile *state = g_key_file_new ();
  g_autofree char *path = get_state_path (folder);

  g_key_file_load_from_file (state, path, G_KEY_FILE_NONE, NULL); /* none yet: empty */
  return state;
}

gboolean
plt_demo_printer_save_state (const char  *folder,
                             GKeyFile    *state,
                             GError     **error)
{
  g_autofree char *path = get_state_path (folder);

  return g_key_file_save_to_file (state, path, error);
}

gboolean
plt_demo_printer_run_tool (const char *const  *argv,
                           GError            **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *output = NULL;

  g_subprocess_launcher_unsetenv (launcher, "CUPS_SERVER");
  process = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &output, error))
    return FALSE;
  if (g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", argv[0],
               output != NULL ? g_strstrip (output) : "");
  return FALSE;
}

/* The session of a process: the sixth field of proc(5) stat, behind the name in parentheses. */
static int
get_session (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) fields = NULL;
  const char *after_name;

  if (!g_file_get_contents (path, &content, NULL, NULL))
    return -1;
  after_name = strrchr (content, ')');
  if (after_name == NULL)
    return -1;
  fields = g_strsplit (after_name + 1, " ", 7); /* "", state, ppid, pgrp, session, … */
  if (g_strv_length (fields) < 5 || g_str_equal (fields[1], "Z"))
    return -1;
  return (int) g_ascii_strtoll (fields[4], NULL, 10);
}

/* Each part leads a session of its own, which its filters, back ends and bus belong to. Signal 0
 * only counts. Returns: how many there are */
static guint
signal_session (int session,
                int signal_number)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;
  guint n = 0;

  while (proc != NULL && (name = g_dir_read_name (proc)) != NULL)
    {
      if (!g_ascii_isdigit (name[0]) || get_session (name) != session)
        continue;
      n++;
      if (signal_number != 0)
        kill ((pid_t) g_ascii_strtoll (name, NULL, 10), signal_number);
    }
  return n;
}

/* When it began, in clock ticks: field 22. Tells a recorded process from a later one that was given
 * the same number. */
static char *
get_start_time (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *content = NULL;
  g_auto (GStrv) fields = NULL;
  const char *after_name;

  if (!g_file_get_contents (path, &content, NULL, NULL))
    return NULL;
  after_name = strrchr (content, ')');
  fields = after_name != NULL ? g_strsplit (after_name + 1, " ", 22) : NULL;
  return fields != NULL && g_strv_length (fields) > 20 && !g_str_equal (fields[1], "Z") ? g_strdup (fields[20])
                                                                                        : NULL;
}

int
plt_demo_printer_find_process (GKeyFile   *state,
                               const char *group)
{
  int pid = g_key_file_get_integer (state, group, "pid", NULL);
  g_autofree char *recorded = g_key_file_get_string (state, group, "started", NULL);
  g_autofree char *started = pid > 0 ? get_start_time (pid) : NULL;

  if (pid <= 0 || (started != NULL && g_strcmp0 (started, recorded) != 0))
    return 0;
  /* Just started, it does not lead its session yet. */
  return started != NULL || signal_session (pid, 0) > 0 ? pid : 0;
}

static gboolean
wait_until_gone (int session)
{
  gint64 deadline = g_get_monotonic_time () + END_US;

  while (signal_session (session, 0) > 0 && g_get_monotonic_time () < deadline)
    g_usleep (POLL_US);
  return signal_session (session, 0) == 0;
}

/* cupsd wants to stop its own children first; what has not gone then is killed. */
gboolean
plt_demo_printer_end_process (GKeyFile    *state,
                              const char  *group,
                              gboolean     at_once,
                              GError     **error)
{
  int pid = plt_demo_printer_find_process (state, group);

  if (pid == 0)
    return TRUE;
  if (!at_once)
    {
      kill (pid, SIGTERM);
      if (wait_until_gone (pid))
        return TRUE;
    }
  signal_session (pid, SIGKILL);
  if (wait_until_gone (pid))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Process %d of the virtual printer does not "
               "end.", pid);
  return FALSE;
}

gboolean
plt_demo_printer_spawn (const char         *folder,
                        GKeyFile           *state,
                        const char         *group,
                        const char *const  *argv,
                        GError            **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *log_name = g_strdelimit (g_strdup_printf ("%s.log", group), " ", '-');
  g_autofree char *log = g_build_filename (folder, log_name, NULL);
  g_autofree char *started = NULL;
  const char *identifier;

  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_stdin_file_path (launcher, "/dev/null");
  /* libcups makes a folder .cups for its certificates at home. */
  g_subprocess_launcher_setenv (launcher, "HOME", folder, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (process == NULL)
    return FALSE;
  identifier = g_subprocess_get_identifier (process);
  if (identifier == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s ended at once; see %s.", argv[1], log);
      return FALSE;
    }
  started = get_start_time ((int) g_ascii_strtoll (identifier, NULL, 10));
  g_key_file_set_string (state, group, "pid", identifier);
  g_key_file_set_string (state, group, "started", started != NULL ? started : "");
  return plt_demo_printer_save_state (folder, state, error);
}
