/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reconciles citizens as a look-up does: reads "ID<TAB>identity<TAB>driver<TAB>infringement" lines of the
 * registries' JSON (empty: knows nobody), decodes them by the adapter files of the folder it is
 * given, and writes one line for each field that differs and for each thing beyond fields. */
#include "plt-answer-decoder.h"
#include "plt-reconcile-person.h"
#include "plt-reconciliation.h"
#include "plt-registry-adapter.h"

#include <stdio.h>
#include <string.h>

static PltRegistryAdapter *adapters[PLT_N_KNOWN_SOURCES];

static PltSourceAnswer *
read_answer (PltSource   source,
             const char *id_number,
             const char *json)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (*json == '\0')
    return plt_source_answer_new (source, PLT_SOURCE_STATE_NOT_FOUND, now);

  return plt_answer_decode (adapters[source], id_number, json, strlen (json));
}

static void
write_field (const char         *id_number,
             PltReconciledField *field)
{
  if (plt_reconciled_field_get_difference (field) == PLT_DIFFERENCE_NONE)
    return;
  printf ("%s\t%s\t%s\t%s\t%s\t%s\n", id_number,
          plt_field_to_nick (plt_reconciled_field_get_field (field)),
          plt_choice_to_nick (plt_reconciled_field_get_choice (field)),
          plt_difference_to_nick (plt_reconciled_field_get_difference (field)),
          plt_outcome_to_nick (plt_reconciled_field_get_outcome (field)),
          plt_reconciled_field_get_value (field) != NULL ? plt_reconciled_field_get_value (field)
                                                         : "");
}

static void
write_person (const char      *id_number,
              PltSourceAnswer *answers[PLT_N_SOURCES])
{
  g_autoptr (GArray) found = plt_reconcile_person (id_number, answers);

  for (guint i = 0; i < found->len; i++)
    {
      PltDifference difference = g_array_index (found, PltDifference, i);

      printf ("%s\t-\topen\t%s\t%s\t\n", id_number, plt_difference_to_nick (difference),
              plt_outcome_to_nick (plt_difference_get_outcome (difference)));
    }
  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    if (plt_source_answer_get_state (answers[i]) == PLT_SOURCE_STATE_NONSENSE)
      printf ("%s\t-\topen\tnonsense_%s\tstopped\t\n", id_number, plt_source_to_nick ((PltSource) i));
}

static void
reconcile_line (char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "\t", 4);
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };

  if (g_strv_length (parts) != 4)
    return;
  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    answers[i] = read_answer ((PltSource) i, parts[0], parts[i + 1]);

  g_autoptr (GPtrArray) fields = plt_reconcile (answers);

  for (guint i = 0; i < fields->len; i++)
    write_field (parts[0], fields->pdata[i]);
  write_person (parts[0], answers);
  for (int i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    plt_source_answer_unref (answers[i]);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  for (int i = 0; i < PLT_N_KNOWN_SOURCES && argc == 2; i++)
    {
      g_autofree char *name = g_strconcat (plt_source_to_nick ((PltSource) i), ".json", NULL);
      g_autofree char *path = g_build_filename (argv[1], name, NULL);

      adapters[i] = plt_registry_adapter_new_from_file (path, &error);
      if (adapters[i] == NULL)
        g_error ("%s", error->message);
    }
  while ((length = getline (&line, &size, stdin)) > 0)
    {
      line[length - 1] = '\0';
      reconcile_line (line);
    }
  free (line);

  return 0;
}
