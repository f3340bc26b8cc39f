/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts, repairs, shows and removes the box as a whole. */
#include "plt-demo-commands.h"

#include "plt-data-folder.h"
#include "plt-demo-cluster.h"
#include "plt-demo-config.h"
#include "plt-demo-fill.h"
#include "plt-demo-keys.h"
#include "plt-demo-office.h"
#include "plt-demo-prepared.h"
#include "plt-demo-printer.h"
#include "plt-demo-process.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define PRINTER_ATTEMPTS 3

static char *
get_run_path (PltDemoBox *box,
              const char *nick,
              const char *suffix)
{
  g_autofree char *name = g_strconcat (nick, suffix, NULL);

  return plt_demo_box_path (box, "run", name, NULL);
}

/* Databases of a start that was killed are made again from nothing. */
static gboolean
make_databases (PltDemoBox  *box,
                GError     **error)
{
  g_autoptr (PGconn) connection = plt_demo_cluster_connect (box, "postgres", PLT_DEMO_SUPERUSER,
                                                            error);

  if (connection == NULL ||
      !plt_demo_sql_run (connection, "do $$ begin if not exists (select from pg_roles where "
                         "rolname = '" PLT_DEMO_REGISTRY_USER "') then create role "
                         PLT_DEMO_REGISTRY_USER " login; end if; end $$", error))
    return FALSE;
  return plt_demo_sql_run (connection, "drop database if exists platen with (force)", error) &&
         plt_demo_sql_run (connection, "drop database if exists identity with (force)", error) &&
         plt_demo_sql_run (connection, "create database platen", error);
}

static gboolean
let_go (PltDemoBox  *box,
        GError     **error)
{
  return TRUE;
}

static gboolean
fill_databases (PltDemoBox            *box,
                const PltDemoOptions  *options,
                GError               **error)
{
  g_autofree char *filled = plt_demo_box_dup_value (box, "box", "databases");
  g_autoptr (PltDemoPlan) plan = NULL;
  PltDemoFilled result = { 0 };

  if (filled != NULL)
    return plt_demo_fill_clear_up (box, error);
  plan = plt_demo_plan_new (options, error);

  return plan != NULL &&
         make_databases (box, error) &&
         plt_demo_office_make (box, !options->no_fees, error) &&
         plt_demo_fill (box, plan, let_go, &result, error) &&
         plt_demo_prepared_fill (box, error) &&
         plt_demo_box_set_value (box, "box", "databases", "filled", error);
}

/* A service that died gets its old port again: the adapter files and running programs know it. */
static gboolean
start_service (PltDemoBox  *box,
               const char  *nick,
               GError     **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *log = get_run_path (box, nick, ".log");
  g_autofree char *pid = get_run_path (box, nick, ".pid");
  g_autofree char *port = g_strdup_printf ("--port=%d",
                                           (int) plt_demo_box_get_number (box, "ports", nick));
  g_autofree char *first_line = NULL;
  const char *argv[] = { program, "serve", nick, "--folder", plt_demo_box_get_folder (box), port,
                         NULL };

  if (program == NULL)
    return FALSE;
  if (plt_demo_process_find (pid) != 0)
    return TRUE;

  return plt_demo_process_start (argv, log, pid, &first_line, error) &&
         plt_demo_box_set_value (box, "ports", nick, first_line, error);
}

static gboolean
start_services (PltDemoBox  *box,
                GError     **error)
{
  const char * const *services = plt_demo_config_get_services ();

  if (!plt_demo_box_make_folder (box, "run", TRUE, error) ||
      !plt_demo_box_make_folder (box, "faults", TRUE, error))
    return FALSE;
  for (int i = 0; services[i] != NULL; i++)
    if (!start_service (box, services[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
write_config (PltDemoBox  *box,
              GError     **error)
{
  const char * const *services = plt_demo_config_get_services ();
  g_autofree guint *ports = g_new0 (guint, g_strv_length ((char **) services));

  for (int i = 0; services[i] != NULL; i++)
    ports[i] = (guint) plt_demo_box_get_number (box, "ports", services[i]);

  g_autofree char *printer = plt_demo_box_path (box, "printer", NULL);
  g_autofree char *print_server = plt_demo_printer_get_scheduler (printer);

  return plt_demo_config_write (box, ports, print_server, error);
}

/* Running programs know the scheduler's port, so it is tried again first. */
static guint
find_scheduler_port (const char *folder)
{
  g_autofree char *server = plt_demo_printer_get_scheduler (folder);
  const char *colon = server != NULL ? strrchr (server, ':') : NULL;

  return colon != NULL ? (guint) g_ascii_strtoull (colon + 1, NULL, 10) : 0;
}

/* What died of the printers is started again where it was; if that fails, they begin anew with one, and
 * what they printed stays. Its free
 * ports are found before they are taken, so another program may be faster: hence more attempts. */
static gboolean
start_printer (PltDemoBox  *box,
               GError     **error)
{
  g_autofree char *folder = plt_demo_box_path (box, "printer", NULL);
  g_autofree char *data = plt_data_folder_find ("demo/printer");
  guint port = find_scheduler_port (folder);

  if (plt_demo_printer_repair (folder))
    return TRUE;
  for (int attempt = 1; attempt < PRINTER_ATTEMPTS; attempt++)
    if (plt_demo_process_is_interrupted (error))
      return FALSE;
    else if (plt_demo_printer_stop (folder, NULL) &&
             plt_demo_printer_start (folder, data, attempt == 1 ? port : 0, 0, NULL))
      return TRUE;

  return plt_demo_printer_stop (folder, error) &&
         plt_demo_printer_start (folder, data, 0, 0, error);
}

static gboolean
stop_services (PltDemoBox  *box,
               GError     **error)
{
  const char * const *services = plt_demo_config_get_services ();

  for (int i = 0; services[i] != NULL; i++)
    {
      g_autofree char *pid = get_run_path (box, services[i], ".pid");

      plt_demo_process_stop (pid);
    }

  return TRUE;
}

static gboolean
take_down (PltDemoBox  *box,
           GError     **error)
{
  g_autofree char *printer = plt_demo_box_path (box, "printer", NULL);

  stop_services (box, NULL);
  if (!plt_demo_printer_stop (printer, error))
    return FALSE;

  return plt_demo_cluster_stop (box, error) && plt_demo_box_remove (box, error);
}

static gboolean
bring_up (PltDemoBox            *box,
          const PltDemoOptions  *options,
          GError               **error)
{
  return plt_demo_keys_make (box, error) &&
         plt_demo_cluster_start (box, error) &&
         fill_databases (box, options, error) &&
         start_services (box, error) &&
         start_printer (box, error) &&
         write_config (box, error);
}

/* Makes a box or repairs one: whatever is there already is left alone. */
gboolean
plt_demo_command_up (PltDemoBox            *box,
                     const PltDemoOptions  *options,
                     char                 **arguments,
                     GError               **error)
{
  gboolean is_new = !plt_demo_box_exists (box);
  g_autoptr (PltDemoPlan) plan = plt_demo_plan_new (options, error);

  if (plan == NULL || !plt_demo_plan_check (options, box, error))
    return FALSE;
  plt_demo_process_catch_interrupt ();
  if (!plt_demo_box_create (box, error))
    return FALSE;
  if (!bring_up (box, options, error))
    {
      if (is_new)
        take_down (box, NULL);
      return FALSE;
    }
  printf (_("The office runs in “%s”. See “platen-demo people” and “platen-demo env anna”.\n"),
          plt_demo_box_get_folder (box));

  return TRUE;
}

gboolean
plt_demo_command_down (PltDemoBox            *box,
                       const PltDemoOptions  *options,
                       char                 **arguments,
                       GError               **error)
{
  if (!plt_demo_box_require (box, error) || !take_down (box, error))
    return FALSE;
  printf (_("The office in “%s” is gone.\n"), plt_demo_box_get_folder (box));

  return TRUE;
}

static void
say_filled (const PltDemoPlan   *plan,
            const PltDemoFilled *filled)
{
  double n_rows = (double) filled->n_rows;

  printf (_("The registries have %d citizens, %d drivers and %d infringements: %.0f rows in "
            "%.1f s (%.0f a second), with their indexes in %.1f s (%.0f a second).\n"),
          plan->n_citizens, plan->n_drivers, plan->n_infringements, n_rows, filled->seconds,
          n_rows / filled->seconds, filled->seconds_with_indexes,
          n_rows / filled->seconds_with_indexes);
}

/* Fills the registries anew. They serve what they had until the new people are ready. */
gboolean
plt_demo_command_generate (PltDemoBox            *box,
                           const PltDemoOptions  *options,
                           char                 **arguments,
                           GError               **error)
{
  g_autoptr (PltDemoPlan) plan = plt_demo_plan_new (options, error);
  PltDemoFilled result = { 0 };
  gboolean filled;

  if (plan == NULL || !plt_demo_box_require (box, error))
    return FALSE;
  if (!plt_demo_cluster_is_running (box))
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                   _("The registries were not filled because the office in “%s” does not run. "
                     "Start it with “platen-demo up”."), plt_demo_box_get_folder (box));
      return FALSE;
    }
  plt_demo_process_catch_interrupt ();
  filled = plt_demo_fill (box, plan, stop_services, &result, error);
  filled = filled && plt_demo_prepared_fill (box, error);
  if (!start_services (box, filled ? error : NULL) || !filled)
    return FALSE;
  say_filled (plan, &result);

  return TRUE;
}

static gboolean
report (const char *part,
        gboolean    runs,
        const char *detail)
{
  printf ("%-14s%-10s%s\n", part, runs ? _("runs") : _("stopped"), detail);

  return runs;
}

static gboolean
report_service (PltDemoBox *box,
                const char *nick)
{
  g_autofree char *pid = get_run_path (box, nick, ".pid");
  g_autofree char *fault_path = get_run_path (box, nick, ".fault");
  g_autofree char *port = plt_demo_box_dup_value (box, "ports", nick);
  g_autofree char *fault = NULL;
  g_autofree char *detail = NULL;

  g_file_get_contents (fault_path, &fault, NULL, NULL);
  detail = g_strdup_printf ("https://localhost:%s%s%s", port != NULL ? port : "-",
                            fault != NULL && !g_str_equal (fault, "none") ? " " : "",
                            fault != NULL && !g_str_equal (fault, "none") ? fault : "");

  return report (nick, plt_demo_process_find (pid) != 0, detail);
}

gboolean
plt_demo_command_status (PltDemoBox            *box,
                         const PltDemoOptions  *options,
                         char                 **arguments,
                         GError               **error)
{
  g_autofree char *socket_folder = plt_demo_box_path (box, "pg", NULL);
  g_autofree char *printer = plt_demo_box_path (box, "printer", NULL);
  g_autofree char *print_server = plt_demo_printer_get_scheduler (printer);
  const char * const *services = plt_demo_config_get_services ();
  gboolean all;

  if (!plt_demo_box_require (box, error))
    return FALSE;
  all = report ("database", plt_demo_cluster_is_running (box), socket_folder);
  for (int i = 0; services[i] != NULL; i++)
    all = report_service (box, services[i]) && all;
  all = report ("printer", plt_demo_printer_is_running (printer),
                print_server != NULL ? print_server : "-") && all;
  if (all)
    return TRUE;

  g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                       _("Part of the office does not run. “platen-demo up” repairs it."));

  return FALSE;
}
