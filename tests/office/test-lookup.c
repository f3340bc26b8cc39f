/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking a citizen up: all registries at once, each by itself, and never without the log. */
#include <string.h>

#include "office-fixture.h"

static PltReconciledField *
dup_field (GListModel *fields,
           PltField    wanted)
{
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (PltReconciledField) field = g_list_model_get_item (fields, i);
      if (plt_reconciled_field_get_field (field) == wanted)
        return g_steal_pointer (&field);
    }
  return NULL;
}

static void
test_agreeing (void)
{
  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  office_answer (OFFICE_CITIZEN, TRUE);
  g_autoptr (PltLookup) lookup = office_look_up (anna, OFFICE_CITIZEN);

  g_assert_false (plt_lookup_is_busy (lookup));
  for (PltSource i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    {
      g_assert_cmpint (plt_source_answer_get_state (plt_lookup_get_answer (lookup, i)), ==,
                       PLT_SOURCE_STATE_ANSWERED);
      g_assert_cmpint (plt_lookup_get_budget_ms (lookup, i), ==, 1500);
    }
  g_assert_nonnull (plt_source_answer_get_portrait (plt_lookup_get_answer (lookup, PLT_SOURCE_IDENTITY)));
  g_autoptr (PltReconciledField) birth = dup_field (plt_lookup_get_fields (lookup), PLT_FIELD_BIRTH_DATE);
  g_assert_cmpint (plt_reconciled_field_get_choice (birth), ==, PLT_CHOICE_AGREED);
  /* BERG and Berg: a rule may choose. */
  g_autoptr (PltReconciledField) name = dup_field (plt_lookup_get_fields (lookup), PLT_FIELD_FAMILY_NAME);
  g_assert_cmpint (plt_reconciled_field_get_choice (name), ==, PLT_CHOICE_RULE);
  g_assert_cmpstr (plt_reconciled_field_get_value (name), ==, "Berg");
  /* It stands in the log of who read whom. */
  g_autofree char *logged = plt_test_cluster_query (office_cluster (), office_database (),
    "SELECT count(*) FROM platen.lookup");
  g_assert_cmpstr (logged, ==, "1");
  office_fixture_end ();
}

static void
test_wrong_number (void)
{
  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  static const char * const wrong[] = { "", "123", "12345678901234567890", "00000000011", "abcdefghijk" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltLookup) lookup = plt_lookup_new (anna, wrong[i], &error);
      g_assert_null (lookup);
      g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
    }
  g_assert_cmpint (plt_test_registry_get_requests (office_registry (PLT_SOURCE_IDENTITY)), ==, 0);
  office_fixture_end ();
}

static void
note_answered_cb (PltLookup *lookup,
                  guint      source,
                  gboolean   answered[PLT_N_SOURCES])
{
  answered[source] = TRUE;
}

/* One hangs, one talks nonsense: the third is there long before the budget of the first ends. */
static void
test_faults (void)
{
  gboolean answered[PLT_N_SOURCES] = { FALSE };
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("<html>", 6);
  office_answer (OFFICE_CITIZEN, TRUE);
  plt_test_registry_set_fault (office_registry (PLT_SOURCE_DRIVER), PLT_TEST_FAULT_HANG);
  plt_test_registry_set_answer (office_registry (PLT_SOURCE_INFRINGEMENT), 200, "application/json", nonsense);

  g_autoptr (PltLookup) lookup = plt_lookup_new (anna, OFFICE_CITIZEN, &error);
  g_assert_no_error (error);
  g_signal_connect (lookup, "answered", G_CALLBACK (note_answered_cb), answered);
  office_wait (&answered[PLT_SOURCE_IDENTITY]);
  office_wait (&answered[PLT_SOURCE_INFRINGEMENT]);
  g_assert_false (answered[PLT_SOURCE_DRIVER]);
  g_assert_true (plt_lookup_is_busy (lookup));
  office_wait (&answered[PLT_SOURCE_DRIVER]);
  g_assert_cmpint (plt_source_answer_get_state (plt_lookup_get_answer (lookup, PLT_SOURCE_IDENTITY)), ==,
                   PLT_SOURCE_STATE_ANSWERED);
  g_assert_cmpint (plt_source_answer_get_state (plt_lookup_get_answer (lookup, PLT_SOURCE_DRIVER)), ==,
                   PLT_SOURCE_STATE_TIMED_OUT);
  g_assert_cmpint (plt_source_answer_get_state (plt_lookup_get_answer (lookup, PLT_SOURCE_INFRINGEMENT)), ==,
                   PLT_SOURCE_STATE_NONSENSE);
  g_assert_false (plt_lookup_is_busy (lookup));

  /* Asked again, alone, after it has been mended. */
  int before = plt_test_registry_get_requests (office_registry (PLT_SOURCE_IDENTITY));
  answered[PLT_SOURCE_DRIVER] = FALSE;
  plt_test_registry_set_fault (office_registry (PLT_SOURCE_DRIVER), PLT_TEST_FAULT_NONE);
  plt_lookup_ask_again (lookup, PLT_SOURCE_DRIVER);
  g_assert_true (plt_lookup_is_busy (lookup));
  office_wait (&answered[PLT_SOURCE_DRIVER]);
  g_assert_cmpint (plt_source_answer_get_state (plt_lookup_get_answer (lookup, PLT_SOURCE_DRIVER)), ==,
                   PLT_SOURCE_STATE_ANSWERED);
  g_assert_cmpint (plt_test_registry_get_requests (office_registry (PLT_SOURCE_IDENTITY)), ==, before);
  office_fixture_end ();
}

static void
note_failed_cb (PltLookup    *lookup,
                const GError *error,
                gboolean     *failed)
{
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SESSION);
  *failed = TRUE;
}

/* Without a line in the log nobody is asked. */
static void
test_log_refuses (void)
{
  gboolean failed = FALSE;
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  office_answer (OFFICE_CITIZEN, TRUE);
  g_free (plt_test_cluster_query (office_cluster (), office_database (),
                                  "UPDATE platen.session SET ended_at = clock_timestamp()"));
  g_autoptr (PltLookup) lookup = plt_lookup_new (anna, OFFICE_CITIZEN, &error);
  g_assert_no_error (error);
  g_signal_connect (lookup, "failed", G_CALLBACK (note_failed_cb), &failed);
  office_wait (&failed);
  g_assert_false (plt_lookup_is_busy (lookup));
  for (PltSource i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    {
      g_assert_cmpint (plt_test_registry_get_requests (office_registry (i)), ==, 0);
      g_assert_cmpint (plt_source_answer_get_state (plt_lookup_get_answer (lookup, i)), ==,
                       PLT_SOURCE_STATE_CANCELLED);
    }
  office_fixture_end ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/lookup/agreeing", test_agreeing);
  g_test_add_func ("/office/lookup/wrong-number", test_wrong_number);
  g_test_add_func ("/office/lookup/faults", test_faults);
  g_test_add_func ("/office/lookup/log-refuses", test_log_refuses);
  return office_fixture_run ();
}
