/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts, repairs, shows and removes the box as a whole. */
#include "plt-demo-commands.h"

#include "plt-data-folder.h"
#include "plt-demo-characters.h"
#include "plt-demo-cluster.h"
#include "plt-demo-config.h"
#include "plt-demo-keys.h"
#include "plt-demo-office.h"
#include "plt-demo-population.h"
#include "plt-demo-printer.h"
#include "plt-demo-process.h"
#include "plt-demo-search.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define DEFAULT_CITIZENS 20000
#define DEFAULT_SEED 1
#define PRINTER_ATTEMPTS 3

static char *
get_run_path (PltDemoBox      *box,
              PltDemoRegistry  registry,
              const char      *suffix)
{
  g_autofree char *name = g_strconcat (plt_demo_registry_to_nick (registry), suffix, NULL);

  return plt_demo_box_path (box, "run", name, NULL);
}

/* What the box was started with counts; a second start with other wishes is refused. */
static gboolean
settle_number (PltDemoBox  *box,
               const char  *key,
               gint64       wanted,
               gint64       otherwise,
               GError     **error)
{
  g_autofree char *had = plt_demo_box_dup_value (box, "box", key);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, wanted >= 0 ? wanted : otherwise);

  if (had == NULL)
    return plt_demo_box_set_value (box, "box", key, text, error);
  if (wanted < 0 || g_str_equal (had, text))
    return TRUE;

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("The office in “%s” was made with %s = %s. Remove it with “platen-demo down” "
                 "first, or name another folder."), plt_demo_box_get_folder (box), key, had);

  return FALSE;
}

static gboolean
check_numbers (const PltDemoOptions  *options,
               GError               **error)
{
  int fewest = plt_demo_characters_count ();

  if (options->n_citizens != PLT_DEMO_NOT_GIVEN &&
      (options->n_citizens < fewest || options->n_citizens > PLT_DEMO_MOST_CITIZENS))
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("An office has %d to %d citizens."), fewest, PLT_DEMO_MOST_CITIZENS);
      return FALSE;
    }
  if (options->seed != PLT_DEMO_NOT_GIVEN && options->seed < 0)
    {
      g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                           _("A seed is not below zero."));
      return FALSE;
    }

  return TRUE;
}

/* Databases of a start that was killed are made again from nothing. */
static gboolean
make_databases (PltDemoBox  *box,
                GError     **error)
{
  static const char *const names[] = { "platen", "identity", "driver", "infringement" };
  g_autoptr (PGconn) connection = plt_demo_cluster_connect (box, "postgres", PLT_DEMO_SUPERUSER,
                                                            error);

  if (connection == NULL ||
      !plt_demo_sql_run (connection, "do $$ begin if not exists (select from pg_roles where "
                         "rolname = '" PLT_DEMO_REGISTRY_USER "') then create role "
                         PLT_DEMO_REGISTRY_USER " login; end if; end $$", error))
    return FALSE;
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *drop = g_strdup_printf ("drop database if exists %s with (force)",
                                               names[i]);
      g_autofree char *create = g_strdup_printf ("create database %s", names[i]);

      if (!plt_demo_sql_run (connection, drop, error) ||
          !plt_demo_sql_run (connection, create, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
connect_registries (PltDemoBox  *box,
                    PGconn      *connections[PLT_DEMO_N_REGISTRIES],
                    GError     **error)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      const char *nick = plt_demo_registry_to_nick ((PltDemoRegistry) i);
      g_autofree char *script = g_strconcat (nick, ".sql", NULL);

      connections[i] = plt_demo_cluster_connect (box, nick, PLT_DEMO_SUPERUSER, error);
      if (connections[i] == NULL ||
          !plt_demo_sql_run (connections[i], "set synchronous_commit = off", error) ||
          !plt_demo_sql_run_resource (connections[i], script, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_indexes (PGconn  *connections[PLT_DEMO_N_REGISTRIES],
             GError **error)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      g_autofree char *script = g_strconcat (plt_demo_registry_to_nick ((PltDemoRegistry) i),
                                             "-indexes.sql", NULL);

      if (!plt_demo_sql_run_resource (connections[i], script, error) ||
          !plt_demo_search_prepare (connections[i], (PltDemoRegistry) i, error) ||
          !plt_demo_sql_run (connections[i], "analyze; checkpoint", error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
fill_registries (PltDemoBox  *box,
                 GError     **error)
{
  PGconn *connections[PLT_DEMO_N_REGISTRIES] = { NULL };
  g_autofree char *truth = plt_demo_box_path (box, "truth.csv", NULL);
  guint64 seed = (guint64) plt_demo_box_get_number (box, "box", "seed");
  int n_citizens = (int) plt_demo_box_get_number (box, "box", "citizens");
  gboolean filled = connect_registries (box, connections, error) &&
                    plt_demo_population_load (connections, seed, n_citizens, plt_date_today (),
                                              truth, error) &&
                    add_indexes (connections, error);

  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    g_clear_pointer (&connections[i], PQfinish);

  return filled;
}

static gboolean
fill_databases (PltDemoBox  *box,
                GError     **error)
{
  g_autofree char *filled = plt_demo_box_dup_value (box, "box", "databases");

  return filled != NULL ||
         (make_databases (box, error) &&
          plt_demo_office_make (box, error) &&
          fill_registries (box, error) &&
          plt_demo_box_set_value (box, "box", "databases", "filled", error));
}

/* A registry that died gets its old port again: the adapter files and running programs know it. */
static gboolean
start_registry (PltDemoBox       *box,
                PltDemoRegistry   registry,
                GError          **error)
{
  const char *nick = plt_demo_registry_to_nick (registry);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *log = get_run_path (box, registry, ".log");
  g_autofree char *pid = get_run_path (box, registry, ".pid");
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
start_registries (PltDemoBox  *box,
                  GError     **error)
{
  if (!plt_demo_box_make_folder (box, "run", TRUE, error) ||
      !plt_demo_box_make_folder (box, "faults", TRUE, error))
    return FALSE;
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    if (!start_registry (box, (PltDemoRegistry) i, error))
      return FALSE;

  return TRUE;
}

static gboolean
write_config (PltDemoBox  *box,
              GError     **error)
{
  guint ports[PLT_DEMO_N_REGISTRIES];

  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    ports[i] = (guint) plt_demo_box_get_number (box, "ports",
                                                plt_demo_registry_to_nick ((PltDemoRegistry) i));

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

/* A printer of which one half died is started again as a whole; what it printed stays. Its free
 * ports are found before they are taken, so another program may be faster: hence more attempts. */
static gboolean
start_printer (PltDemoBox  *box,
               GError     **error)
{
  g_autofree char *folder = plt_demo_box_path (box, "printer", NULL);
  g_autofree char *data = plt_data_folder_find ("demo/printer");
  guint port = find_scheduler_port (folder);

  if (plt_demo_printer_is_running (folder))
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
take_down (PltDemoBox  *box,
           GError     **error)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      g_autofree char *pid = get_run_path (box, (PltDemoRegistry) i, ".pid");

      plt_demo_process_stop (pid);
    }

  g_autofree char *printer = plt_demo_box_path (box, "printer", NULL);

  if (!plt_demo_printer_stop (printer, error))
    return FALSE;

  return plt_demo_cluster_stop (box, error) && plt_demo_box_remove (box, error);
}

static gboolean
bring_up (PltDemoBox            *box,
          const PltDemoOptions  *options,
          GError               **error)
{
  return settle_number (box, "citizens", options->n_citizens, DEFAULT_CITIZENS, error) &&
         settle_number (box, "seed", options->seed, DEFAULT_SEED, error) &&
         plt_demo_keys_make (box, error) &&
         plt_demo_cluster_start (box, error) &&
         fill_databases (box, error) &&
         start_registries (box, error) &&
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

  if (!check_numbers (options, error))
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

static gboolean
report (const char *part,
        gboolean    runs,
        const char *detail)
{
  printf ("%-14s%-10s%s\n", part, runs ? _("runs") : _("stopped"), detail);

  return runs;
}

static gboolean
report_registry (PltDemoBox      *box,
                 PltDemoRegistry  registry)
{
  const char *nick = plt_demo_registry_to_nick (registry);
  g_autofree char *pid = get_run_path (box, registry, ".pid");
  g_autofree char *fault_path = get_run_path (box, registry, ".fault");
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
  gboolean all;

  if (!plt_demo_box_require (box, error))
    return FALSE;
  all = report ("database", plt_demo_cluster_is_running (box), socket_folder);
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    all = report_registry (box, (PltDemoRegistry) i) && all;
  all = report ("printer", plt_demo_printer_is_running (printer),
                print_server != NULL ? print_server : "-") && all;
  if (all)
    return TRUE;

  g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                       _("Part of the office does not run. “platen-demo up” repairs it."));

  return FALSE;
}
