/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platen-demo: a whole licence office in one folder, for training, trying and tests. */

#include "plt-demo-commands.h"
#include "plt-translations.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  const char     *name;
  PltDemoCommand  run;
  int             n_arguments_min;
  int             n_arguments_max;
  const char     *usage;
} Command;

static const Command commands[] = {
  { "up", plt_demo_command_up, 0, 0, "up [--citizens N] [--drivers N] [--infringements N] [--seed N]" },
  { "down", plt_demo_command_down, 0, 0, "down" },
  { "status", plt_demo_command_status, 0, 0, "status" },
  { "generate", plt_demo_command_generate, 0, 0,
    "generate [--citizens N] [--drivers N] [--infringements N] [--seed N] [--today DATE] "
    "[--anomalies FACTOR] [--anomaly KIND=RATE]" },
  { "people", plt_demo_command_people, 0, 0, "people [--json]" },
  { "env", plt_demo_command_env, 0, 1, "env [LOGIN]" },
  { "totp", plt_demo_command_totp, 1, 1, "totp [--fresh] LOGIN" },
  { "portrait", plt_demo_command_portrait, 1, 1, "portrait ID -o FILE.jpg" },
  { "signature", plt_demo_command_signature, 1, 1, "signature ID -o FILE.png" },
  { "printer", plt_demo_command_printer, 1, 21,
    "printer start|stop|status|power|load|unload|empty|clear|speed|fault|schedule|cards|show …" },
  { "printer-fault", plt_demo_command_printer_fault, 1, 1,
    "printer-fault KEYWORDS|fail-next|seconds:N|none" },
  { "printer-power", plt_demo_command_printer_power, 2, 2,
    "printer-power device|scheduler on|off" },
  { "printed", plt_demo_command_printed, 0, 0, "printed" },
  { "registry-fault", plt_demo_command_registry_fault, 2, 2,
    "registry-fault identity|driver|infringement|preenrolment "
    "slow:MS|down|nonsense|truncated|huge|non-utf8|refuse|none" },
  { "serve", plt_demo_command_serve, 1, 1, NULL },
  { "serve-printer", plt_demo_command_serve_printer, 2, 2, NULL },
};

static char *
describe_commands (void)
{
  g_autoptr (GString) text = g_string_new (_("Commands:"));

  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].usage != NULL)
      g_string_append_printf (text, "\n  %s", commands[i].usage);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const Command *
find_command (const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (name, commands[i].name) == 0)
      return &commands[i];

  return NULL;
}

/* Exit status 2 for wrong usage, 1 for what could not be done. */
static int
fail (GError *error)
{
  fprintf (stderr, "platen-demo: %s\n", error->message);

  return g_error_matches (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE) ||
         error->domain == G_OPTION_ERROR ? 2 : 1;
}

static gboolean
run_command (char                **arguments,
             const char           *folder,
             const PltDemoOptions *options,
             GError              **error)
{
  const Command *command = find_command (arguments[0]);
  int n_arguments = (int) g_strv_length (arguments) - 1;
  g_autoptr (PltDemoBox) box = NULL;

  if (command == NULL)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("“%s” is no command. See “platen-demo --help”."),
                   arguments[0] != NULL ? arguments[0] : "");
      return FALSE;
    }
  if (n_arguments < command->n_arguments_min || n_arguments > command->n_arguments_max)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("The command is used as “platen-demo %s”."),
                   command->usage != NULL ? command->usage : command->name);
      return FALSE;
    }
  box = plt_demo_box_new (folder, error);

  return box != NULL && command->run (box, options, arguments + 1, error);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  PltDemoOptions options = {
    .n_citizens = PLT_DEMO_NOT_GIVEN,
    .n_drivers = PLT_DEMO_NOT_GIVEN,
    .n_infringements = PLT_DEMO_NOT_GIVEN,
    .seed = PLT_DEMO_NOT_GIVEN,
    .n_threads = PLT_DEMO_NOT_GIVEN,
    .anomalies = PLT_DEMO_NOT_GIVEN,
    .at = PLT_DEMO_NOT_GIVEN,
    .n_instances = PLT_DEMO_NOT_GIVEN,
    .chance = -1,
  };
  const GOptionEntry entries[] = {
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("The office’s folder"), N_("DIR") },
    { "citizens", 0, 0, G_OPTION_ARG_INT, &options.n_citizens,
      N_("How many citizens there are (20000)"), N_("N") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed,
      N_("The same seed gives the same citizens (1)"), N_("N") },
    { "drivers", 0, 0, G_OPTION_ARG_INT, &options.n_drivers,
      N_("How many of them drive (55 in 100)"), N_("N") },
    { "infringements", 0, 0, G_OPTION_ARG_INT, &options.n_infringements,
      N_("How many infringements there are (55 for 100 citizens)"), N_("N") },
    { "today", 0, 0, G_OPTION_ARG_STRING, &options.today,
      N_("The day from which ages and terms are counted (today)"), N_("DATE") },
    { "anomalies", 0, 0, G_OPTION_ARG_DOUBLE, &options.anomalies,
      N_("Multiplies the rates of all anomalies (1)"), N_("FACTOR") },
    { "anomaly", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.anomaly,
      N_("The rate of one kind of anomaly, from 0 to 1; may be repeated"), N_("KIND=RATE") },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options.n_threads,
      N_("How many threads draw citizens (one more than there are cores)"), N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("Write JSON"), NULL },
    { "fresh", 0, 0, G_OPTION_ARG_NONE, &options.fresh,
      N_("Wait for a code that has not been handed out yet"), NULL },
    { "no-fees", 0, 0, G_OPTION_ARG_NONE, &options.no_fees, N_("The office asks for no fees"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_("Where to write"),
      N_("FILE") },
    { "instances", 0, 0, G_OPTION_ARG_INT, &options.n_instances,
      N_("How many printers there are to be (1)"), N_("N") },
    { "scheduler", 0, 0, G_OPTION_ARG_STRING, &options.scheduler,
      N_("The print scheduler that a printer is under (main)"), N_("NAME") },
    { "at", 0, 0, G_OPTION_ARG_INT, &options.at,
      N_("The card that a fault hits, counted from the next (1)"), N_("N") },
    { "chance", 0, 0, G_OPTION_ARG_DOUBLE, &options.chance,
      N_("The probability of a fault at each card, from 0 to 1"), N_("P") },
    { "port", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &options.port, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  int status = 0;

  plt_translations_start ();
  context = g_option_context_new (_("COMMAND – an office in a box"));
  summary = describe_commands ();
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      !run_command (argv + 1, folder, &options, &error))
    status = fail (error);

  g_strfreev (options.anomaly);
  g_free (options.today);
  g_free (options.output);
  g_free (options.scheduler);

  return status;
}
