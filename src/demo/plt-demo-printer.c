/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts, finds, troubles and stops the virtual card printer and its scheduler. */
#include "plt-demo-printer.h"

#include "plt-demo-scheduler.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define QUEUE "card-printer"
/* Not “localhost”: libcups 2.4 then tries ::1 beside 127.0.0.1, and when ::1 does not refuse within
 * 100 ms, which happens on a busy machine, it closes both sockets in the end. */
#define LOOPBACK "127.0.0.1"
#define START_TIMEOUT_US (20 * G_USEC_PER_SEC)
#define POLL_US 50000

/* The groups of the state file, by PltDemoPrinterPart. */
static const char *const part_groups[] = { "device", "scheduler" };

static char *
get_state_path (const char *folder)
{
  return g_build_filename (folder, "printer.ini", NULL);
}

static char *
get_out_path (const char *folder,
              const char *name)
{
  return g_build_filename (folder, "out", name, NULL);
}

static GKeyFile *
load_state (const char *folder)
{
  GKeyFile *state = g_key_file_new ();
  g_autofree char *path = get_state_path (folder);

  g_key_file_load_from_file (state, path, G_KEY_FILE_NONE, NULL); /* none yet: empty */
  return state;
}

static gboolean
save_state (const char  *folder,
            GKeyFile    *state,
            GError     **error)
{
  g_autofree char *path = get_state_path (folder);

  return g_key_file_save_to_file (state, path, error);
}

static guint
get_port (GKeyFile           *state,
          PltDemoPrinterPart  part)
{
  return (guint) g_key_file_get_integer (state, part_groups[part], "port", NULL);
}

static guint
pick_port (GError **error)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, error);
}

/* Runs a tool to its end. Returns: whether it ended with 0 */
static gboolean
run_tool (const char *const  *argv,
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

/* @test: an ipptool(1) file of the data folder */
static gboolean
run_ipptool (GKeyFile    *state,
             guint        port,
             const char  *resource,
             const char  *test,
             GError     **error)
{
  g_autofree char *data = g_key_file_get_string (state, "data", "folder", NULL);
  g_autofree char *path = g_build_filename (data, test, NULL);
  g_autofree char *uri = g_strdup_printf ("ipp://" LOOPBACK ":%u%s", port, resource);
  const char *argv[] = { "ipptool", "-q", "-T", "5", uri, path, NULL };

  return run_tool (argv, error);
}

static gboolean
answers (GKeyFile            *state,
         PltDemoPrinterPart   part,
         GError             **error)
{
  guint port = get_port (state, part);

  return part == PLT_DEMO_PRINTER_DEVICE
           ? run_ipptool (state, port, "/ipp/print", "ready.test", error)
           : run_ipptool (state, port, "/", "scheduler-ready.test", error);
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
  return fields != NULL && g_strv_length (fields) > 20 ? g_strdup (fields[20]) : NULL;
}

/* Returns: the recorded process, 0 if it has ended and none of its session is left */
static int
find_running (GKeyFile           *state,
              PltDemoPrinterPart  part)
{
  int pid = g_key_file_get_integer (state, part_groups[part], "pid", NULL);
  g_autofree char *recorded = g_key_file_get_string (state, part_groups[part], "started", NULL);
  g_autofree char *started = pid > 0 ? get_start_time (pid) : NULL;

  if (pid <= 0 || (started != NULL && g_strcmp0 (started, recorded) != 0))
    return 0;
  return signal_session (pid, 0) > 0 ? pid : 0;
}

static gboolean
wait_until_gone (int session)
{
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (signal_session (session, 0) > 0 && g_get_monotonic_time () < deadline)
    g_usleep (POLL_US);
  return signal_session (session, 0) == 0;
}

/* cupsd wants to stop its own children first; what has not gone then is killed. */
static gboolean
end_part (GKeyFile            *state,
          PltDemoPrinterPart   part,
          gboolean             at_once,
          GError             **error)
{
  int pid = find_running (state, part);

  if (pid == 0)
    return TRUE;
  if (!at_once)
    {
      kill (pid, SIGTERM);
      if (part == PLT_DEMO_PRINTER_DEVICE)
        signal_session (pid, SIGTERM);
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

/* @argv: led by setsid(1), which takes over the same process. */
static gboolean
spawn_part (const char          *folder,
            GKeyFile            *state,
            PltDemoPrinterPart   part,
            const char *const   *argv,
            GError             **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *log_name = g_strdup_printf ("%s.log", part_groups[part]);
  g_autofree char *log = g_build_filename (folder, log_name, NULL);
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  g_autofree char *started = NULL;
  const char *identifier;

  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_stdin_file_path (launcher, "/dev/null");
  g_subprocess_launcher_setenv (launcher, "PLATEN_PRINTER_OUT", out, TRUE);
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
  g_key_file_set_string (state, part_groups[part], "pid", identifier);
  g_key_file_set_string (state, part_groups[part], "started", started != NULL ? started : "");
  return save_state (folder, state, error);
}

/* The printer's bus listens at a name that is no file, so that a loss of power leaves none. */
static gboolean
write_bus_config (const char  *path,
                  guint        port,
                  GError     **error)
{
  g_autofree char *config =
    g_strdup_printf ("<busconfig><type>session</type>"
                     "<listen>unix:abstract=platen-printer-%u</listen>"
                     "<policy context=\"default\"><allow eavesdrop=\"true\"/>"
                     "<allow send_destination=\"*\" eavesdrop=\"true\"/>"
                     "<allow own=\"*\"/></policy></busconfig>\n", port);

  return g_file_set_contents (path, config, -1, error);
}

/* ippeveprinter 2.4 ends with "Unable to initialize DNS-SD" when it reaches no D-Bus system bus,
 * even with registration off; a session bus of its own in that place is enough. */
static gboolean
spawn_device (const char  *folder,
              GKeyFile    *state,
              GError     **error)
{
  static const char script[] = "export DBUS_SYSTEM_BUS_ADDRESS=\"$DBUS_SESSION_BUS_ADDRESS\"; "
                               "PATH=$PATH:/usr/sbin:/sbin exec ippeveprinter \"$@\"";
  g_autofree char *data = g_key_file_get_string (state, "data", "folder", NULL);
  g_autofree char *attributes = g_build_filename (data, "attributes.conf", NULL);
  g_autofree char *command = g_build_filename (data, "print-card.sh", NULL);
  g_autofree char *spool = g_build_filename (folder, "device", NULL);
  g_autofree char *bus = g_build_filename (folder, "bus.conf", NULL);
  g_autofree char *port = g_strdup_printf ("%u", get_port (state, PLT_DEMO_PRINTER_DEVICE));
  const char *argv[] = { "setsid", "dbus-run-session", "--config-file", bus, "--", "sh", "-c",
                         script, "sh", "-r", "off", "-n", "localhost", "-p", port, "-d", spool,
                         "-v", "-a", attributes, "-c", command, "Utopia Card Printer", NULL };

  if (!write_bus_config (bus, get_port (state, PLT_DEMO_PRINTER_DEVICE), error))
    return FALSE;
  return spawn_part (folder, state, PLT_DEMO_PRINTER_DEVICE, argv, error);
}

static gboolean
spawn_scheduler (const char  *folder,
                 GKeyFile    *state,
                 GError     **error)
{
  const char *group = part_groups[PLT_DEMO_PRINTER_SCHEDULER];
  g_autofree char *earlier = g_key_file_get_string (state, group, "folder", NULL);
  g_autofree char *own =
    plt_demo_scheduler_prepare (earlier, get_port (state, PLT_DEMO_PRINTER_SCHEDULER), error);
  g_autofree char *conf = NULL;
  g_autofree char *files = NULL;

  if (own == NULL)
    return FALSE;
  g_key_file_set_string (state, group, "folder", own);
  conf = g_build_filename (own, "etc", "cupsd.conf", NULL);
  files = g_build_filename (own, "etc", "cups-files.conf", NULL);
  const char *argv[] = { "setsid", "/usr/sbin/cupsd", "-f", "-c", conf, "-s", files, NULL };
  return spawn_part (folder, state, PLT_DEMO_PRINTER_SCHEDULER, argv, error);
}

static gboolean
start_part (const char          *folder,
            GKeyFile            *state,
            PltDemoPrinterPart   part,
            GError             **error)
{
  gint64 deadline = g_get_monotonic_time () + START_TIMEOUT_US;
  gboolean spawned = part == PLT_DEMO_PRINTER_DEVICE ? spawn_device (folder, state, error)
                                                     : spawn_scheduler (folder, state, error);

  if (!spawned)
    return FALSE;
  for (;;)
    {
      g_autoptr (GError) problem = NULL;

      if (answers (state, part, &problem))
        return TRUE;
      if (find_running (state, part) == 0 || g_get_monotonic_time () > deadline)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "The %s of the virtual printer did not start; see %s.log in %s. (%s)",
                       part_groups[part], part_groups[part], folder, problem->message);
          return FALSE;
        }
      g_usleep (POLL_US);
    }
}

static gboolean
add_queue (GKeyFile  *state,
           GError   **error)
{
  g_autofree char *server =
    g_strdup_printf (LOOPBACK ":%u", get_port (state, PLT_DEMO_PRINTER_SCHEDULER));
  g_autofree char *uri = g_strdup_printf ("ipp://" LOOPBACK ":%u/ipp/print",
                                          get_port (state, PLT_DEMO_PRINTER_DEVICE));
  const char *argv[] = { "/usr/sbin/lpadmin", "-h", server, "-p", QUEUE, "-E", "-v", uri, "-m",
                         "everywhere", "-D", "Utopia Card Printer", "-L", "Print room", "-o",
                         "printer-error-policy=stop-printer", NULL };

  return run_tool (argv, error);
}

static gboolean
wait_for_queue (GKeyFile  *state,
                GError   **error)
{
  guint port = get_port (state, PLT_DEMO_PRINTER_SCHEDULER);
  gint64 deadline = g_get_monotonic_time () + START_TIMEOUT_US;

  while (!run_ipptool (state, port, "/printers/" QUEUE, "queue-ready.test", NULL))
    {
      if (g_get_monotonic_time () > deadline)
        return run_ipptool (state, port, "/printers/" QUEUE, "queue-ready.test", error);
      g_usleep (POLL_US);
    }
  return TRUE;
}

static gboolean
prepare_state (const char  *folder,
               GKeyFile    *state,
               const char  *data_folder,
               guint        scheduler_port,
               guint        device_port,
               GError     **error)
{
  g_autofree char *data = g_canonicalize_filename (data_folder, NULL);
  guint ports[2] = { device_port, scheduler_port };

  for (guint part = 0; part < 2; part++)
    {
      if (ports[part] == 0)
        ports[part] = pick_port (error);
      if (ports[part] == 0)
        return FALSE;
      g_key_file_set_integer (state, part_groups[part], "port", (int) ports[part]);
    }
  g_key_file_set_string (state, "data", "folder", data);
  return save_state (folder, state, error);
}

static gboolean
make_folders (const char  *folder,
              GError     **error)
{
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  g_autofree char *device = g_build_filename (folder, "device", NULL);

  if (g_mkdir_with_parents (out, 0700) == 0 && g_mkdir_with_parents (device, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder,
               g_strerror (errno));
  return FALSE;
}

gboolean
plt_demo_printer_start (const char  *folder,
                        const char  *data_folder,
                        guint        scheduler_port,
                        guint        device_port,
                        GError     **error)
{
  g_autoptr (GKeyFile) state = NULL;
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);

  if (!make_folders (absolute, error) || !plt_demo_printer_stop (absolute, error))
    return FALSE;
  state = g_key_file_new ();
  if (prepare_state (absolute, state, data_folder, scheduler_port, device_port, error)
      && start_part (absolute, state, PLT_DEMO_PRINTER_DEVICE, error)
      && start_part (absolute, state, PLT_DEMO_PRINTER_SCHEDULER, error)
      && add_queue (state, error) && wait_for_queue (state, error))
    return TRUE;
  plt_demo_printer_stop (absolute, NULL); /* the first error is the one to tell */
  return FALSE;
}

static void
remove_tree (const char *path)
{
  const char *argv[] = { "rm", "-rf", "--", path, NULL };

  run_tool (argv, NULL);
}

gboolean
plt_demo_printer_stop (const char  *folder,
                       GError     **error)
{
  g_autoptr (GKeyFile) state = load_state (folder);
  g_autofree char *scheduler_folder =
    g_key_file_get_string (state, part_groups[PLT_DEMO_PRINTER_SCHEDULER], "folder", NULL);
  g_autofree char *path = get_state_path (folder);

  if (!end_part (state, PLT_DEMO_PRINTER_SCHEDULER, FALSE, error)
      || !end_part (state, PLT_DEMO_PRINTER_DEVICE, FALSE, error))
    return FALSE;
  if (scheduler_folder != NULL)
    remove_tree (scheduler_folder);
  g_unlink (path);
  return TRUE;
}

gboolean
plt_demo_printer_is_running (const char *folder)
{
  g_autoptr (GKeyFile) state = load_state (folder);

  return find_running (state, PLT_DEMO_PRINTER_DEVICE) != 0
         && find_running (state, PLT_DEMO_PRINTER_SCHEDULER) != 0;
}

char *
plt_demo_printer_get_scheduler (const char *folder)
{
  g_autoptr (GKeyFile) state = load_state (folder);
  guint port = get_port (state, PLT_DEMO_PRINTER_SCHEDULER);

  return port != 0 ? g_strdup_printf (LOOPBACK ":%u", port) : NULL;
}

const char *
plt_demo_printer_get_queue (void)
{
  return QUEUE;
}

gboolean
plt_demo_printer_kill_part (const char          *folder,
                            PltDemoPrinterPart   part,
                            GError             **error)
{
  g_autoptr (GKeyFile) state = load_state (folder);

  return end_part (state, part, TRUE, error);
}

gboolean
plt_demo_printer_restart_part (const char          *folder,
                               PltDemoPrinterPart   part,
                               GError             **error)
{
  g_autoptr (GKeyFile) state = load_state (folder);

  if (find_running (state, part) != 0)
    return TRUE;
  return start_part (folder, state, part, error);
}

static gboolean
write_or_remove (const char  *folder,
                 const char  *name,
                 const char  *content,
                 GError     **error)
{
  g_autofree char *path = get_out_path (folder, name);

  if (content != NULL)
    return g_file_set_contents (path, content, -1, error);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

gboolean
plt_demo_printer_set_fault (const char  *folder,
                            const char  *keywords,
                            GError     **error)
{
  return write_or_remove (folder, "fault", keywords, error);
}

gboolean
plt_demo_printer_fail_next (const char  *folder,
                            GError     **error)
{
  return write_or_remove (folder, "fail-next", "yes", error);
}

gboolean
plt_demo_printer_set_seconds (const char  *folder,
                              guint        seconds_per_card,
                              GError     **error)
{
  g_autofree char *content = g_strdup_printf ("%u", seconds_per_card);

  return write_or_remove (folder, "seconds", seconds_per_card > 0 ? content : NULL, error);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
plt_demo_printer_list_printed (const char *folder)
{
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  g_autoptr (GDir) dir = g_dir_open (out, 0, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "card-") && g_str_has_suffix (name, ".pdf"))
      g_ptr_array_add (paths, g_build_filename (out, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_steal (paths, NULL);
}
