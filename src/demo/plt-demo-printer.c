/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts, finds, troubles and stops the virtual card printers and their schedulers. */
#include "plt-demo-printer.h"

#include "plt-demo-control.h"
#include "plt-demo-error.h"
#include "plt-demo-machine.h"
#include "plt-demo-printer-process.h"
#include "plt-demo-scheduler.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define QUEUE "card-printer"
#define MAIN_SCHEDULER "main"
#define DEVICE "device "
#define SCHEDULER "scheduler "
/* Not “localhost”: libcups 2.4 then tries ::1 beside 127.0.0.1, and when ::1 does not refuse within
 * 100 ms, which happens on a busy machine, it closes both sockets in the end. */
#define LOOPBACK "127.0.0.1"
#define START_TIMEOUT_US (20 * G_USEC_PER_SEC)
#define POLL_US 20000

static const char *const part_groups[] = { DEVICE QUEUE, SCHEDULER MAIN_SCHEDULER };

static guint
get_port (GKeyFile   *state,
          const char *group)
{
  return (guint) g_key_file_get_integer (state, group, "port", NULL);
}

static guint
pick_port (GError **error)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, error);
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

  return plt_demo_printer_run_tool (argv, error);
}

static gboolean
answers (GKeyFile    *state,
         const char  *group,
         GError     **error)
{
  guint port = get_port (state, group);

  if (g_str_has_prefix (group, SCHEDULER))
    return run_ipptool (state, port, "/", "scheduler-ready.test", error);
  if (plt_demo_control_is_answered (port))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "It does not answer.");
  return FALSE;
}

/* In a build tree where meson puts it; else this very program. */
static char *
find_program (void)
{
  const char *build = g_getenv ("PLATEN_BUILD_ROOT");

  return build != NULL ? g_build_filename (build, "src", "demo", "platen-demo", NULL)
                       : g_file_read_link ("/proc/self/exe", NULL);
}

static gboolean
spawn_device (const char  *folder,
              GKeyFile    *state,
              const char  *group,
              GError     **error)
{
  g_autofree char *program = find_program ();
  g_autofree char *port = g_strdup_printf ("--port=%u", get_port (state, group));
  const char *argv[] = { "setsid", program, "serve-printer", folder, group + strlen (DEVICE), port, NULL };

  return plt_demo_printer_spawn (folder, state, group, argv, error);
}

static gboolean
spawn_scheduler (const char  *folder,
                 GKeyFile    *state,
                 const char  *group,
                 GError     **error)
{
  g_autofree char *earlier = g_key_file_get_string (state, group, "folder", NULL);
  g_autofree char *own = plt_demo_scheduler_prepare (earlier, get_port (state, group), error);
  g_autofree char *conf = NULL;
  g_autofree char *files = NULL;

  if (own == NULL)
    return FALSE;
  g_key_file_set_string (state, group, "folder", own);
  conf = g_build_filename (own, "etc", "cupsd.conf", NULL);
  files = g_build_filename (own, "etc", "cups-files.conf", NULL);
  const char *argv[] = { "setsid", "/usr/sbin/cupsd", "-f", "-c", conf, "-s", files, NULL };
  return plt_demo_printer_spawn (folder, state, group, argv, error);
}

static gboolean
start_part (const char  *folder,
            GKeyFile    *state,
            const char  *group,
            GError     **error)
{
  gint64 deadline = g_get_monotonic_time () + START_TIMEOUT_US;
  gboolean spawned = g_str_has_prefix (group, DEVICE) ? spawn_device (folder, state, group, error)
                                                      : spawn_scheduler (folder, state, group, error);

  if (!spawned)
    return FALSE;
  for (;;)
    {
      g_autoptr (GError) problem = NULL;

      if (answers (state, group, &problem))
        return TRUE;
      if (plt_demo_printer_find_process (state, group) == 0 || g_get_monotonic_time () > deadline)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "The %s of the virtual printers did not start; see its log in %s. (%s)",
                       group, folder, problem->message);
          return FALSE;
        }
      g_usleep (POLL_US);
    }
}

static char *
make_group (const char *kind,
            const char *name)
{
  return g_strconcat (kind, name, NULL);
}

static gboolean
add_queue (GKeyFile    *state,
           const char  *scheduler,
           const char  *device,
           GError     **error)
{
  g_autofree char *server = g_strdup_printf (LOOPBACK ":%u", get_port (state, scheduler));
  g_autofree char *uri = g_strdup_printf ("ipp://" LOOPBACK ":%u/ipp/print", get_port (state, device));
  const char *argv[] = { "/usr/sbin/lpadmin", "-h", server, "-p", device + strlen (DEVICE), "-E", "-v", uri,
                         "-m", "everywhere", "-D", "Utopia Card Printer", "-L", "Print room", "-o",
                         "printer-error-policy=stop-printer", NULL };

  return plt_demo_printer_run_tool (argv, error);
}

static gboolean
wait_for_queue (GKeyFile    *state,
                const char  *scheduler,
                const char  *name,
                GError     **error)
{
  guint port = get_port (state, scheduler);
  gint64 deadline = g_get_monotonic_time () + START_TIMEOUT_US;
  g_autofree char *resource = g_strconcat ("/printers/", name, NULL);

  while (!run_ipptool (state, port, resource, "queue-ready.test", NULL))
    {
      if (g_get_monotonic_time () > deadline)
        return run_ipptool (state, port, resource, "queue-ready.test", error);
      g_usleep (POLL_US);
    }
  return TRUE;
}

static gboolean
give_port (GKeyFile    *state,
           const char  *group,
           guint        port,
           GError     **error)
{
  if (port == 0)
    port = pick_port (error);
  g_key_file_set_integer (state, group, "port", (int) port);
  return port != 0;
}

static gboolean
make_folders (const char  *folder,
              GError     **error)
{
  g_autofree char *out = g_build_filename (folder, "out", NULL);

  return g_mkdir_with_parents (out, 0700) == 0 || plt_demo_error_from_errno (error, out);
}

/* Both run, or are started: then the one is known to the other. */
static gboolean
start_pair (const char  *folder,
            GKeyFile    *state,
            const char  *scheduler,
            const char  *name,
            GError     **error)
{
  g_autofree char *device = make_group (DEVICE, name);

  g_key_file_set_string (state, device, "scheduler", scheduler);
  if (plt_demo_printer_find_process (state, device) == 0 && !start_part (folder, state, device, error))
    return FALSE;
  if (plt_demo_printer_find_process (state, scheduler) == 0 && !start_part (folder, state, scheduler, error))
    return FALSE;
  return add_queue (state, scheduler, device, error) && wait_for_queue (state, scheduler, name, error);
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
  g_autofree char *data = g_canonicalize_filename (data_folder, NULL);

  if (!make_folders (absolute, error) || !plt_demo_printer_stop (absolute, error))
    return FALSE;
  state = g_key_file_new ();
  g_key_file_set_string (state, "data", "folder", data);
  if (give_port (state, part_groups[PLT_DEMO_PRINTER_DEVICE], device_port, error) &&
      give_port (state, part_groups[PLT_DEMO_PRINTER_SCHEDULER], scheduler_port, error) &&
      start_pair (absolute, state, part_groups[PLT_DEMO_PRINTER_SCHEDULER], QUEUE, error))
    return TRUE;
  plt_demo_printer_stop (absolute, NULL); /* the first error is the one to tell */
  return FALSE;
}

gboolean
plt_demo_printer_add (const char  *folder,
                      const char  *name,
                      const char  *scheduler,
                      GError     **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (absolute);
  g_autofree char *device = make_group (DEVICE, name);
  g_autofree char *group = make_group (SCHEDULER, scheduler != NULL ? scheduler : MAIN_SCHEDULER);

  if ((!g_key_file_has_group (state, device) && !give_port (state, device, 0, error)) ||
      (!g_key_file_has_group (state, group) && !give_port (state, group, 0, error)))
    return FALSE;
  return start_pair (absolute, state, group, name, error);
}

static gboolean
fail_unknown (const char  *name,
              GError     **error)
{
  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("There is no printer “%s”. See “platen-demo printer status”."), name);
  return FALSE;
}

gboolean
plt_demo_printer_take_away (const char  *folder,
                            const char  *name,
                            GError     **error)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);
  g_autofree char *device = make_group (DEVICE, name);
  g_autofree char *server = plt_demo_printer_get_scheduler_of (folder, name);
  const char *argv[] = { "/usr/sbin/lpadmin", "-h", server, "-x", name, NULL };

  if (server == NULL)
    return fail_unknown (name, error);
  if (!plt_demo_printer_end_process (state, device, FALSE, error) ||
      !plt_demo_printer_run_tool (argv, error))
    return FALSE;
  g_key_file_remove_group (state, device, NULL);
  return plt_demo_printer_save_state (folder, state, error);
}

static void
remove_tree (const char *path)
{
  const char *argv[] = { "rm", "-rf", "--", path, NULL };

  plt_demo_printer_run_tool (argv, NULL);
}

/* Schedulers first, which would else look for their printers. */
static gboolean
end_all (GKeyFile    *state,
         const char  *kind,
         GError     **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (state, NULL);

  for (int i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *own = g_key_file_get_string (state, groups[i], "folder", NULL);

      if (!g_str_has_prefix (groups[i], kind))
        continue;
      if (!plt_demo_printer_end_process (state, groups[i], FALSE, error))
        return FALSE;
      if (own != NULL)
        remove_tree (own);
    }
  return TRUE;
}

gboolean
plt_demo_printer_stop (const char  *folder,
                       GError     **error)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);
  g_autofree char *path = g_build_filename (folder, "printer.ini", NULL);

  if (!end_all (state, SCHEDULER, error) || !end_all (state, DEVICE, error))
    return FALSE;
  g_unlink (path);
  return TRUE;
}

/* Returns: whether each part ran, or runs again. */
static gboolean
visit_parts (const char  *folder,
             gboolean     repair,
             GError     **error)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);
  g_auto (GStrv) groups = g_key_file_get_groups (state, NULL);
  guint n = 0;

  for (int i = 0; groups[i] != NULL; i++)
    {
      if (!g_str_has_prefix (groups[i], DEVICE) && !g_str_has_prefix (groups[i], SCHEDULER))
        continue;
      n++;
      if (plt_demo_printer_find_process (state, groups[i]) == 0 &&
          (!repair || !start_part (folder, state, groups[i], error)))
        return FALSE;
    }
  return n >= 2;
}

gboolean
plt_demo_printer_is_running (const char *folder)
{
  return visit_parts (folder, FALSE, NULL);
}

gboolean
plt_demo_printer_repair (const char *folder)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);

  return visit_parts (absolute, TRUE, NULL);
}

static char *
get_address (GKeyFile   *state,
             const char *scheduler)
{
  guint port = scheduler != NULL ? get_port (state, scheduler) : 0;

  return port != 0 ? g_strdup_printf (LOOPBACK ":%u", port) : NULL;
}

char *
plt_demo_printer_get_scheduler (const char *folder)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);

  return get_address (state, part_groups[PLT_DEMO_PRINTER_SCHEDULER]);
}

char *
plt_demo_printer_get_scheduler_of (const char *folder,
                                   const char *name)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);
  g_autofree char *device = make_group (DEVICE, name);
  g_autofree char *scheduler = g_key_file_get_string (state, device, "scheduler", NULL);

  return get_address (state, scheduler);
}

const char *
plt_demo_printer_get_queue (void)
{
  return QUEUE;
}

char **
plt_demo_printer_list (const char *folder)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);
  g_auto (GStrv) groups = g_key_file_get_groups (state, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], DEVICE))
      g_strv_builder_add (builder, groups[i] + strlen (DEVICE));
  return g_strv_builder_end (builder);
}

gboolean
plt_demo_printer_is_on (const char *folder,
                        const char *name)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);
  g_autofree char *device = make_group (DEVICE, name);

  return plt_demo_printer_find_process (state, device) != 0;
}

gboolean
plt_demo_printer_switch (const char  *folder,
                         const char  *name,
                         gboolean     on,
                         GError     **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (absolute);
  g_autofree char *device = make_group (DEVICE, name);

  if (!g_key_file_has_group (state, device))
    return fail_unknown (name, error);
  if (!on)
    return plt_demo_printer_end_process (state, device, TRUE, error);
  return plt_demo_printer_find_process (state, device) != 0 || start_part (absolute, state, device, error);
}

gboolean
plt_demo_printer_kill_part (const char          *folder,
                            PltDemoPrinterPart   part,
                            GError             **error)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);

  return plt_demo_printer_end_process (state, part_groups[part], TRUE, error);
}

gboolean
plt_demo_printer_restart_part (const char          *folder,
                               PltDemoPrinterPart   part,
                               GError             **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (absolute);

  return plt_demo_printer_find_process (state, part_groups[part]) != 0 ||
         start_part (absolute, state, part_groups[part], error);
}

char *
plt_demo_printer_tell (const char         *folder,
                       const char         *name,
                       const char *const  *words,
                       GError            **error)
{
  g_autoptr (GKeyFile) state = plt_demo_printer_load_state (folder);
  g_autofree char *device = make_group (DEVICE, name);

  if (g_key_file_has_group (state, device))
    return plt_demo_control_tell (folder, name, get_port (state, device), words, error);
  fail_unknown (name, error);
  return NULL;
}

/* The first printer is meant. */
static gboolean
tell (const char  *folder,
      const char  *word,
      const char  *value,
      GError     **error)
{
  const char *words[] = { word, value, NULL };
  g_autofree char *answer = plt_demo_printer_tell (folder, QUEUE, words, error);

  return answer != NULL;
}

gboolean
plt_demo_printer_set_fault (const char  *folder,
                            const char  *keywords,
                            GError     **error)
{
  return keywords != NULL ? tell (folder, "hold", keywords, error) : tell (folder, "none", NULL, error);
}

gboolean
plt_demo_printer_fail_next (const char  *folder,
                            GError     **error)
{
  return tell (folder, "plan", "fail-next", error);
}

gboolean
plt_demo_printer_set_seconds (const char  *folder,
                              guint        seconds_per_card,
                              GError     **error)
{
  g_autofree char *seconds = g_strdup_printf ("%u", seconds_per_card);

  return tell (folder, "speed", seconds, error);
}

GPtrArray *
plt_demo_printer_list_plastic (const char *folder)
{
  GPtrArray *list = plt_demo_plastic_new_list ();
  g_autofree char *devices = g_build_filename (folder, "devices", NULL);
  g_autoptr (GDir) dir = g_dir_open (devices, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *own = plt_demo_control_dup_folder (folder, name);

      plt_demo_plastic_list_add (list, own, name);
    }
  plt_demo_plastic_list_sort (list);
  return list;
}

char **
plt_demo_printer_list_printed (const char *folder)
{
  g_autoptr (GPtrArray) list = plt_demo_printer_list_plastic (folder);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const PltDemoPlastic *plastic = g_ptr_array_index (list, i);
      g_autofree char *name = g_strdup_printf ("card-%04d.pdf", plastic->number);
      g_autofree char *path = g_build_filename (folder, "out", name, NULL);

      if (plastic->front && g_str_equal (plastic->tray, "output") && g_file_test (path, G_FILE_TEST_EXISTS))
        g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}
