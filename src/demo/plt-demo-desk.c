/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people at the desks need from the box: codes, environment, faults, portraits. */
#include "plt-demo-commands.h"

#include "plt-demo-config.h"
#include "plt-demo-fault.h"
#include "plt-demo-office.h"
#include "plt-demo-people.h"
#include "plt-demo-population.h"
#include "plt-demo-preenrolment.h"
#include "plt-demo-device-serve.h"
#include "plt-demo-printer.h"
#include "plt-demo-process.h"
#include "plt-demo-registry.h"
#include "plt-demo-signature.h"
#include "plt-totp.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define FAULT_DEADLINE_MS 5000

/* Sleeps until the wall clock shows @step's first second. */
static void
wait_for_step (gint64 step)
{
  struct itimerspec when = { .it_value = { .tv_sec = step * PLT_TOTP_STEP_SECONDS } };
  int timer = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC);
  guint64 expirations;

  if (timer < 0)
    return;
  if (timerfd_settime (timer, TFD_TIMER_ABSTIME, &when, NULL) == 0)
    while (read (timer, &expirations, sizeof expirations) < 0 && errno == EINTR)
      ;
  close (timer);
}

/* The step of the code that is handed out now. The database takes a code of one step before or
 * after as well, and each once: so three codes are good at any moment, and with @fresh one that
 * nobody had is chosen, waiting only when all of them are gone. */
static gint64
take_step (PltDemoBox *box,
           const char *login,
           gboolean    fresh)
{
  g_autofree char *name = g_strconcat (login, ".step", NULL);
  g_autofree char *path = plt_demo_box_path (box, "secrets", name, NULL);
  int lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  char text[32] = "";
  gint64 now = g_get_real_time () / G_USEC_PER_SEC / PLT_TOTP_STEP_SECONDS;
  gint64 step = now;

  if (lock < 0)
    return now;
  while (flock (lock, LOCK_EX) != 0 && errno == EINTR)
    ;
  if (read (lock, text, sizeof text - 1) > 0 && fresh)
    step = MAX (now - 1, g_ascii_strtoll (text, NULL, 10) + 1);
  if (step > now + 1)
    wait_for_step (step - 1);
  if (ftruncate (lock, 0) == 0 && lseek (lock, 0, SEEK_SET) == 0)
    dprintf (lock, "%" G_GINT64_FORMAT, MAX (step, g_ascii_strtoll (text, NULL, 10)));
  close (lock);

  return step;
}

gboolean
plt_demo_command_totp (PltDemoBox            *box,
                       const PltDemoOptions  *options,
                       char                 **arguments,
                       GError               **error)
{
  g_autofree char *code = NULL;

  if (!plt_demo_box_require (box, error))
    return FALSE;
  code = plt_demo_office_make_code (box, arguments[0], 0, error);
  if (code == NULL)
    return FALSE;
  g_free (code);
  code = plt_demo_office_make_code (box, arguments[0],
                                    take_step (box, arguments[0], options->fresh), error);
  if (code == NULL)
    return FALSE;
  printf ("%s\n", code);

  return TRUE;
}

static void
print_export (const char *name,
              const char *value)
{
  g_autofree char *quoted = g_shell_quote (value);

  printf ("export %s=%s\n", name, quoted);
}

/* For “eval "$(platen-demo env anna)"”. */
gboolean
plt_demo_command_env (PltDemoBox            *box,
                      const PltDemoOptions  *options,
                      char                 **arguments,
                      GError               **error)
{
  const char *login = arguments[0] != NULL ? arguments[0] : "anna";
  g_autofree char *host = plt_demo_box_path (box, "pg", NULL);
  g_autofree char *passfile = plt_demo_box_path (box, "secrets", "pgpass", NULL);
  g_autofree char *config = plt_demo_box_path (box, "platen.conf", NULL);
  g_autofree char *printer = plt_demo_box_path (box, "printer", NULL);
  g_autofree char *cups_server = plt_demo_printer_get_scheduler (printer);
  g_autofree char *code = NULL;

  if (!plt_demo_box_require (box, error))
    return FALSE;
  code = plt_demo_office_make_code (box, login, 0, error);
  if (code == NULL)
    return FALSE;
  print_export ("PLATEN_DEMO_FOLDER", plt_demo_box_get_folder (box));
  print_export ("PGHOST", host);
  print_export ("PGDATABASE", "platen");
  print_export ("PGUSER", login);
  print_export ("PGPASSFILE", passfile);
  print_export ("PLATEN_CONFIG", config);
  if (cups_server != NULL)
    print_export ("CUPS_SERVER", cups_server);

  return TRUE;
}

/* The registry says in run/ that it has taken the fault over. */
static gboolean
wait_for_fault (PltDemoBox  *box,
                const char  *nick,
                const char  *fault,
                GError     **error)
{
  g_autofree char *name = g_strconcat (nick, ".fault", NULL);
  g_autofree char *path = plt_demo_box_path (box, "run", name, NULL);
  gint64 deadline = g_get_monotonic_time () + FAULT_DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < deadline)
    {
      g_autofree char *taken = NULL;

      if (g_file_get_contents (path, &taken, NULL, NULL) && g_str_equal (taken, fault))
        return TRUE;
      poll (NULL, 0, 5);
    }
  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The registry “%s” did not take the fault. See “platen-demo status”."), nick);

  return FALSE;
}

gboolean
plt_demo_command_registry_fault (PltDemoBox            *box,
                                 const PltDemoOptions  *options,
                                 char                 **arguments,
                                 GError               **error)
{
  PltDemoFault fault;
  g_autofree char *path = plt_demo_box_path (box, "faults", arguments[0], NULL);
  g_autofree char *pid_name = g_strconcat (arguments[0], ".pid", NULL);
  g_autofree char *pid_path = plt_demo_box_path (box, "run", pid_name, NULL);
  g_autofree char *fault_name = g_strconcat (arguments[0], ".fault", NULL);
  g_autofree char *acknowledged = plt_demo_box_path (box, "run", fault_name, NULL);

  if (!g_strv_contains (plt_demo_config_get_services (), arguments[0]))
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("“%s” is no registry. Choose identity, driver, infringement or "
                     "preenrolment."), arguments[0]);
      return FALSE;
    }
  if (!plt_demo_fault_parse (arguments[1], &fault, error) || !plt_demo_box_require (box, error))
    return FALSE;

  GPid pid = plt_demo_process_find (pid_path);

  if (pid == 0)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                   _("The registry “%s” does not run. “platen-demo up” repairs the office."),
                   arguments[0]);
      return FALSE;
    }
  g_remove (acknowledged);
  if (!g_file_set_contents_full (path, arguments[1], -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                 error))
    return FALSE;
  kill (pid, SIGUSR1);

  return wait_for_fault (box, arguments[0], arguments[1], error);
}

static gboolean
check_output (const PltDemoOptions  *options,
              GError               **error)
{
  if (options->output != NULL)
    return TRUE;
  g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                       _("Say where to write the picture, with “-o FILE”."));

  return FALSE;
}

static gboolean
read_printer_fault (const char  *folder,
                    const char  *fault,
                    GError     **error)
{
  guint64 seconds = 0;

  if (g_str_equal (fault, "none"))
    return plt_demo_printer_set_fault (folder, NULL, error);
  if (g_str_equal (fault, "fail-next"))
    return plt_demo_printer_fail_next (folder, error);
  if (!g_str_has_prefix (fault, "seconds:"))
    return plt_demo_printer_set_fault (folder, fault, error);
  if (g_ascii_string_to_unsigned (fault + strlen ("seconds:"), 10, 0, 600, &seconds, NULL))
    return plt_demo_printer_set_seconds (folder, (guint) seconds, error);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("“%s” is no time for a card. Write seconds:0 to seconds:600."), fault);

  return FALSE;
}

gboolean
plt_demo_command_printer_fault (PltDemoBox            *box,
                                const PltDemoOptions  *options,
                                char                 **arguments,
                                GError               **error)
{
  g_autofree char *folder = plt_demo_box_path (box, "printer", NULL);

  return plt_demo_box_require (box, error) && read_printer_fault (folder, arguments[0], error);
}

/* As a plug that is pulled, or put in again: what was spooled is still there. */
gboolean
plt_demo_command_printer_power (PltDemoBox            *box,
                                const PltDemoOptions  *options,
                                char                 **arguments,
                                GError               **error)
{
  g_autofree char *folder = plt_demo_box_path (box, "printer", NULL);
  PltDemoPrinterPart part = g_str_equal (arguments[0], "device") ? PLT_DEMO_PRINTER_DEVICE
                                                                 : PLT_DEMO_PRINTER_SCHEDULER;
  gboolean is_on = g_str_equal (arguments[1], "on");

  if ((part == PLT_DEMO_PRINTER_SCHEDULER && !g_str_equal (arguments[0], "scheduler")) ||
      (!is_on && !g_str_equal (arguments[1], "off")))
    {
      g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                           _("Name the part, device or scheduler, and say on or off."));
      return FALSE;
    }
  if (!plt_demo_box_require (box, error))
    return FALSE;

  return is_on ? plt_demo_printer_restart_part (folder, part, error)
               : plt_demo_printer_kill_part (folder, part, error);
}

/* The files that came out of the printer, oldest first. */
gboolean
plt_demo_command_printed (PltDemoBox            *box,
                          const PltDemoOptions  *options,
                          char                 **arguments,
                          GError               **error)
{
  g_autofree char *folder = plt_demo_box_path (box, "printer", NULL);
  g_auto (GStrv) files = NULL;

  if (!plt_demo_box_require (box, error))
    return FALSE;
  files = plt_demo_printer_list_printed (folder);
  for (int i = 0; files != NULL && files[i] != NULL; i++)
    printf ("%s\n", files[i]);

  return TRUE;
}

/* Writes the portrait that the population register shows, for “platenctl application set”. */
gboolean
plt_demo_command_portrait (PltDemoBox            *box,
                           const PltDemoOptions  *options,
                           char                 **arguments,
                           GError               **error)
{
  g_autoptr (GBytes) jpeg = NULL;

  if (!plt_demo_box_require (box, error) || !check_output (options, error))
    return FALSE;
  jpeg = plt_demo_people_draw_portrait (box, arguments[0], error);

  return jpeg != NULL &&
         g_file_set_contents (options->output, g_bytes_get_data (jpeg, NULL),
                              (gssize) g_bytes_get_size (jpeg), error);
}

gboolean
plt_demo_command_signature (PltDemoBox            *box,
                            const PltDemoOptions  *options,
                            char                 **arguments,
                            GError               **error)
{
  g_autoptr (GBytes) png = NULL;

  if (!plt_demo_box_require (box, error) || !check_output (options, error))
    return FALSE;
  png = plt_demo_signature_draw (arguments[0], error);

  return png != NULL &&
         g_file_set_contents (options->output, g_bytes_get_data (png, NULL),
                              (gssize) g_bytes_get_size (png), error);
}

gboolean
plt_demo_command_serve (PltDemoBox            *box,
                        const PltDemoOptions  *options,
                        char                 **arguments,
                        GError               **error)
{
  PltDemoRegistry registry;

  if (plt_demo_registry_from_nick (arguments[0], &registry))
    return plt_demo_registry_serve (box, registry, (guint) options->port, error);

  if (g_str_equal (arguments[0], PLT_DEMO_PREENROLMENT))
    return plt_demo_preenrolment_serve (box, (guint) options->port, error);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("“%s” is no registry. Choose identity, driver, infringement or preenrolment."),
               arguments[0]);

  return FALSE;
}

gboolean
plt_demo_command_serve_printer (PltDemoBox            *box,
                                const PltDemoOptions  *options,
                                char                 **arguments,
                                GError               **error)
{
  return plt_demo_device_serve (arguments[0], arguments[1], (guint) options->port, error);
}
