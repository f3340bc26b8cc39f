/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl registry duplicates: other records that may be of one person; of all persons of a file,
 * pair by pair. */
#include "plt-ctl-person.h"

#include "plt-duplicate-scan.h"
#include "plt-duplicates.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *file_option;
static gboolean possible_option;

static const GOptionEntry options[] = {
  { "file", 0, 0, G_OPTION_ARG_FILENAME, &file_option,
    N_("Compare all records of this file with one another; “-” is standard input"), N_("CSV") },
  { "possible", 0, 0, G_OPTION_ARG_NONE, &possible_option,
    N_("Of a file: tell also whom somebody would have to look at"), NULL },
  G_OPTION_ENTRY_NULL
};

static void
done_cb (PltDuplicates *duplicates,
         gboolean      *done)
{
  *done = TRUE;
}

static void
add_find (JsonBuilder *builder,
          gpointer     find)
{
  json_builder_begin_object (builder);
  plt_ctl_add_members (builder, find, "id-number", "level", "score", "reason", "name", "birth-date",
                       "address", "link", "difference", NULL);
  json_builder_end_object (builder);
}

static JsonNode *
build_finds (PltLookup     *lookup,
             PltDuplicates *duplicates)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GPtrArray *troubles = plt_duplicates_get_troubles (duplicates);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "id_number", plt_lookup_get_id_number (lookup));
  plt_ctl_add_list (builder, "duplicates", G_LIST_MODEL (duplicates), add_find);
  json_builder_set_member_name (builder, "troubles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < troubles->len; i++)
    json_builder_add_string_value (builder, troubles->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return plt_ctl_finish (builder);
}

static PltCtlStatus
run_person (PltCtl      *ctl,
            const char  *id_number,
            GError     **error)
{
  g_autoptr (PltLookup) lookup = plt_ctl_look_up (ctl, id_number, error);
  g_autoptr (PltDuplicates) duplicates = NULL;
  g_autoptr (JsonNode) node = NULL;
  gboolean done = FALSE;

  if (lookup == NULL)
    return PLT_CTL_REFUSED;
  duplicates = plt_duplicates_new (lookup);
  g_signal_connect (duplicates, "done", G_CALLBACK (done_cb), &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  node = build_finds (lookup, duplicates);
  plt_ctl_print (ctl, node);

  return PLT_CTL_DONE;
}

static void
told_cb (guint    n,
         guint    of,
         gpointer user_data)
{
  if (isatty (STDERR_FILENO))
    fprintf (stderr, "\r%u / %u", n, of);
}

/* Of a pair: the two ID numbers, the one that stands first in the file first. */
typedef struct
{
  char *id_number;
  char *other;
} PairNumbers;

static gboolean
read_numbers (PltRecordFile          *file,
              const PltDuplicatePair *pair,
              PairNumbers            *numbers,
              GError                **error)
{
  g_autoptr (PltPersonRecord) a = plt_record_file_read (file, pair->a, error);
  g_autoptr (PltPersonRecord) b = a != NULL ? plt_record_file_read (file, pair->b, error) : NULL;

  if (b == NULL)
    return FALSE;
  numbers->id_number = g_strdup (plt_person_record_get_id_number (a));
  numbers->other = g_strdup (plt_person_record_get_id_number (b));

  return TRUE;
}

static void
print_value (const char *value)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (strpbrk (value, ",\"\n\r") == NULL)
    {
      fputs (value, stdout);
      return;
    }
  parts = g_strsplit (value, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  printf ("\"%s\"", doubled);
}

static void
print_pair (const PltDuplicatePair *pair,
            const PairNumbers      *numbers)
{
  g_autofree char *reason = plt_duplicate_to_reason (&pair->duplicate);

  print_value (numbers->id_number);
  putchar (',');
  print_value (numbers->other);
  printf (",%s,%d,", plt_duplicate_level_to_nick (pair->duplicate.level),
          plt_duplicate_get_score (&pair->duplicate));
  print_value (reason);
  putchar ('\n');
}

static void
add_pair (JsonBuilder            *builder,
          const PltDuplicatePair *pair,
          const PairNumbers      *numbers)
{
  g_autofree char *reason = plt_duplicate_to_reason (&pair->duplicate);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "id_number", numbers->id_number);
  plt_ctl_add_string (builder, "other_id_number", numbers->other);
  plt_ctl_add_string (builder, "level", plt_duplicate_level_to_nick (pair->duplicate.level));
  json_builder_set_member_name (builder, "score");
  json_builder_add_int_value (builder, plt_duplicate_get_score (&pair->duplicate));
  plt_ctl_add_string (builder, "reason", reason);
  json_builder_end_object (builder);
}

/* @builder: (nullable): where the pairs go; %NULL for lines of comma-separated values */
static gboolean
tell_pairs (PltRecordFile     *file,
            PltDuplicateScan  *scan,
            JsonBuilder       *builder,
            guint              n_told[2],
            GError           **error)
{
  for (guint i = 0; i < scan->pairs->len; i++)
    {
      const PltDuplicatePair *pair = &g_array_index (scan->pairs, PltDuplicatePair, i);
      gboolean is_probable = pair->duplicate.level == PLT_DUPLICATE_PROBABLE;
      PairNumbers numbers = { NULL, NULL };

      n_told[is_probable]++;
      if (!is_probable && !possible_option)
        continue;
      if (!read_numbers (file, pair, &numbers, error))
        return FALSE;
      if (builder != NULL)
        add_pair (builder, pair, &numbers);
      else
        print_pair (pair, &numbers);
      g_free (numbers.id_number);
      g_free (numbers.other);
    }

  return TRUE;
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint64      count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) count);
}

static gboolean
print_json (PltCtl            *ctl,
            PltRecordFile     *file,
            PltDuplicateScan  *scan,
            guint              n_told[2],
            GError           **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "pairs");
  json_builder_begin_array (builder);
  if (!tell_pairs (file, scan, builder, n_told, error))
    return FALSE;
  json_builder_end_array (builder);
  add_count (builder, "records", plt_record_file_get_n (file));
  add_count (builder, "probable", n_told[TRUE]);
  add_count (builder, "possible", n_told[FALSE]);
  add_count (builder, "met", scan->effort.n_met);
  add_count (builder, "compared", scan->effort.n_compared);
  add_count (builder, "crowds", scan->effort.n_crowds);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);

  return TRUE;
}

static void
say_effort (PltRecordFile    *file,
            PltDuplicateScan *scan,
            const guint       n_told[2],
            double            seconds)
{
  guint n = MAX (plt_record_file_get_n (file), 1);

  g_printerr (_("%u records: %u pairs are probably one person, %u perhaps. %.1f pairs a record met "
                "under a key, %.2f were compared; %.1f s.\n"),
              plt_record_file_get_n (file), n_told[TRUE], n_told[FALSE],
              (double) scan->effort.n_met / n, (double) scan->effort.n_compared / n, seconds);
  if (scan->effort.n_crowds > 0)
    g_printerr (ngettext ("Under %u key more than a thousand records meet, which were not compared "
                          "by it: a value that stands for “unknown”?\n",
                          "Under %u keys more than a thousand records meet, which were not compared "
                          "by them: values that stand for “unknown”?\n", scan->effort.n_crowds),
                scan->effort.n_crowds);
}

static PltCtlStatus
run_file (PltCtl  *ctl,
          GError **error)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr (PltRecordFile) file = plt_record_file_open (file_option, error);
  g_autoptr (PltDuplicateScan) scan = NULL;
  guint n_told[2] = { 0, 0 };
  gboolean told;

  if (file != NULL)
    scan = plt_duplicate_scan_run (file, told_cb, NULL, error);
  if (scan == NULL)
    return PLT_CTL_REFUSED;
  if (isatty (STDERR_FILENO))
    fputs ("\r\033[K", stderr);
  if (!ctl->json)
    puts ("id_number,other_id_number,level,score,reason");
  told = ctl->json ? print_json (ctl, file, scan, n_told, error)
                   : tell_pairs (file, scan, NULL, n_told, error);
  if (!told)
    return PLT_CTL_REFUSED;
  say_effort (file, scan, n_told, (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC);

  return PLT_CTL_DONE;
}

static PltCtlStatus
run_duplicates (PltCtl  *ctl,
                char   **arguments,
                GError **error)
{
  if ((arguments[0] != NULL) == (file_option != NULL))
    {
      g_set_error_literal (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                           _("Give either the ID number of one person or --file."));
      return PLT_CTL_USAGE;
    }

  return file_option != NULL ? run_file (ctl, error) : run_person (ctl, arguments[0], error);
}

const PltCtlCommand plt_ctl_registry_duplicates = {
  .name = "registry duplicates",
  .arguments = N_("[ID]"),
  .summary = N_("Find records that may be of the same person"),
  .n_optional = 1,
  .signed_in = TRUE,
  .alone = &file_option,
  .options = options,
  .run = run_duplicates,
};
