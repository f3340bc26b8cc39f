/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names each kind of difference, by the table that the database is tested with too. */
#include "plt-reconcile-pair.h"
#include "plt-reconcile-person.h"
#include "plt-reconcile-rules.h"

#include <json-glib/json-glib.h>

static const struct
{
  const char *field, *a, *b, *kind;
} cases[] = {
#include "difference-cases.inc"
};

static const struct
{
  const char *id_number, *said[PLT_N_KNOWN_SOURCES], *kinds;
} persons[] = {
#include "person-cases.inc"
};

static PltSourceAnswer *
read_answer (PltSource   source,
             const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 21, 9, 0, 0);
  PltSourceAnswer *answer = plt_source_answer_new (source, PLT_SOURCE_STATE_ANSWERED, at);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      PltField field;

      g_assert_true (plt_field_from_nick (name, &field));
      plt_source_answer_set_field (answer, field, json_node_get_string (value));
    }

  return answer;
}

/* Whichever says it. */
static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltSourceAnswer) a = read_answer (PLT_SOURCE_IDENTITY, cases[i].a);
      g_autoptr (PltSourceAnswer) b = read_answer (PLT_SOURCE_DRIVER, cases[i].b);
      PltField field;

      g_assert_true (plt_field_from_nick (cases[i].field, &field));
      g_test_message ("%s of %s and %s", cases[i].field, cases[i].a, cases[i].b);
      g_assert_cmpstr (plt_difference_to_nick (plt_reconcile_pair (field, a, b)), ==, cases[i].kind);
      g_assert_cmpstr (plt_difference_to_nick (plt_reconcile_pair (field, b, a)), ==, cases[i].kind);
    }
}

static int
compare_weights (gconstpointer a,
                 gconstpointer b)
{
  return (int) *(const PltDifference *) b - (int) *(const PltDifference *) a;
}

static char *
join_kinds (GArray *kinds)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_sort (kinds, compare_weights);
  for (guint i = 0; i < kinds->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            plt_difference_to_nick (g_array_index (kinds, PltDifference, i)));

  return g_strdup (text->str);
}

/* What no single field says. */
static void
test_persons (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (persons); i++)
    {
      PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
      g_autoptr (GArray) kinds = NULL;
      g_autofree char *text = NULL;

      for (PltSource j = 0; j < PLT_N_KNOWN_SOURCES; j++)
        answers[j] = persons[i].said[j] != NULL
                       ? read_answer (j, persons[i].said[j])
                       : plt_source_answer_new (j, PLT_SOURCE_STATE_NOT_FOUND, NULL);
      kinds = plt_reconcile_person (persons[i].id_number, answers);
      text = join_kinds (kinds);
      g_test_message ("person %d", (int) i);
      g_assert_cmpstr (text, ==, persons[i].kinds);
      for (PltSource j = 0; j < PLT_N_KNOWN_SOURCES; j++)
        plt_source_answer_unref (answers[j]);
    }
}

/* A registry that is not reached has not said that it knows nobody, nor that somebody lives. */
static void
test_persons_of_silence (void)
{
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  g_autoptr (PltSourceAnswer) driver = read_answer (PLT_SOURCE_DRIVER,
                                                    "{\"licence_status\": \"valid\"}");
  g_autoptr (PltSourceAnswer) silent =
    plt_source_answer_new (PLT_SOURCE_IDENTITY, PLT_SOURCE_STATE_TIMED_OUT, NULL);

  answers[PLT_SOURCE_DRIVER] = driver;
  answers[PLT_SOURCE_IDENTITY] = silent;

  g_autoptr (GArray) kinds = plt_reconcile_person ("70000000012", answers);

  g_assert_cmpuint (kinds->len, ==, 0);
}

static void
test_words (void)
{
  for (PltDifference i = 0; i < PLT_N_DIFFERENCES; i++)
    {
      PltDifference back;

      g_assert_true (plt_difference_from_nick (plt_difference_to_nick (i), &back));
      g_assert_cmpint (back, ==, i);
      g_assert_true (g_str_has_suffix (plt_difference_get_why (i), "."));
      g_assert_cmpstr (plt_difference_get_title (i), !=, "");
    }
}

/* What says who somebody is, whether they live, and what they may drive, no rule ever resolves. */
static void
test_outcomes (void)
{
  static const PltDifference stopped[] = {
    PLT_DIFFERENCE_SEX, PLT_DIFFERENCE_OTHER_DATE, PLT_DIFFERENCE_IMPOSSIBLE_DATE,
    PLT_DIFFERENCE_OTHER_NAME, PLT_DIFFERENCE_SHARED_ID, PLT_DIFFERENCE_TWO_IDS,
    PLT_DIFFERENCE_WRONG_CHECK, PLT_DIFFERENCE_ONLY_DRIVER, PLT_DIFFERENCE_FOREIGN_PHOTO,
    PLT_DIFFERENCE_RIGHT_TO_DRIVE, PLT_DIFFERENCE_DEAD_AND_ALIVE,
  };
  g_autoptr (PltReconcileRules) rules = plt_reconcile_rules_new ();
  const PltDate always = { 0, 0, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (stopped); i++)
    {
      g_assert_cmpint (plt_difference_get_outcome (stopped[i]), ==, PLT_OUTCOME_STOPPED);
      for (PltField field = 0; field < PLT_N_FIELDS; field++)
        {
          g_assert_false (plt_difference_may_learn (stopped[i], field));
          plt_reconcile_rules_add (rules, stopped[i], (int) field, PLT_SOURCE_DRIVER, always, always);
          g_assert_false (plt_reconcile_rules_has (rules, stopped[i], field, PLT_SOURCE_DRIVER,
                                                   always));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/licence/reconcile-pair/table", test_table);
  g_test_add_func ("/licence/reconcile-person/table", test_persons);
  g_test_add_func ("/licence/reconcile-person/silence-says-nothing", test_persons_of_silence);
  g_test_add_func ("/licence/reconcile-pair/words", test_words);
  g_test_add_func ("/licence/reconcile-pair/outcomes", test_outcomes);

  return g_test_run ();
}
