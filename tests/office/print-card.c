/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the card of one application as a program of its own, for tests that kill it: the session of
 * this machine, the configuration of PLATEN_CONFIG. Usage: CONNINFO APPLICATION DESTINATION */
#include <stdio.h>

#include "plt-production.h"

typedef struct
{
  GMainLoop *loop;
  PltOffice *office;
  const char *application;
  const char *destination;
  int status;
} Program;

static void
end (Program *program,
     GError  *error)
{
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  program->status = error != NULL ? 1 : 0;
  g_main_loop_quit (program->loop);
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_production_print_finish (result, &error);

  end (user_data, error);
}

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;

  if (plt_office_sign_in_finish (program->office, result, &error))
    plt_production_print_async (program->office, program->application, program->destination, NULL,
                                printed_cb, program);
  else
    end (program, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltOfficeConfig) config = plt_office_config_load (NULL, &error);

  if (argc != 4 || config == NULL)
    return 2;
  Program program = { g_main_loop_new (NULL, FALSE), plt_office_new (config, argv[1]), argv[2], argv[3], 1 };
  plt_office_sign_in_async (program.office, NULL, NULL, NULL, NULL, signed_in_cb, &program);
  g_main_loop_run (program.loop);
  g_main_loop_unref (program.loop);
  g_object_unref (program.office);
  return program.status;
}
