/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Desks of one process on the business path. Arguments: libpq keywords without a user, the first desk's number,
 * how many desks, of how many offices, for how many seconds. Standard input: ID numbers, the same number for each
 * desk. Standard output: see business-desk.h. */
#include "business-desk.h"

#include <stdio.h>
#include <stdlib.h>

static char **
read_citizens (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  char line[64];

  while (fgets (line, sizeof line, stdin) != NULL)
    g_ptr_array_add (lines, g_strdup (g_strchomp (line)));
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_steal (lines, NULL);
}

int
main (int    argc,
      char **argv)
{
  BusinessPlan plan = { NULL };
  g_auto (GStrv) citizens = NULL;

  if (argc != 6)
    return EXIT_FAILURE;
  plan.conninfo = argv[1];
  plan.first = atoi (argv[2]);
  plan.n = atoi (argv[3]);
  plan.offices = atoi (argv[4]);
  plan.seconds = g_ascii_strtod (argv[5], NULL);
  plan.citizens = citizens = read_citizens ();
  plan.n_citizens = (int) g_strv_length (citizens) / plan.n;
  business_run_desks (&plan);
  return EXIT_SUCCESS;
}
