/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting, changing and deciding applications. */
#include <string.h>

#include "office-fixture.h"

static void
test_start_is_idempotent (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  office_answer (OFFICE_CITIZEN, TRUE);
  g_autoptr (PltLookup) lookup = office_look_up (anna, OFFICE_CITIZEN);
  g_autoptr (PltCase) first = office_start (anna, lookup, PLT_APPLICATION_TYPE_RENEWAL, &error);
  g_assert_no_error (error);
  g_autoptr (PltCase) second = office_start (anna, lookup, PLT_APPLICATION_TYPE_RENEWAL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plt_licence_application_get_number (plt_case_get_application (first)), ==,
                   plt_licence_application_get_number (plt_case_get_application (second)));
  g_assert_cmpint (plt_licence_application_get_row_version (plt_case_get_application (first)), ==,
                   plt_licence_application_get_row_version (plt_case_get_application (second)));

  /* Another look-up is another wish: the citizen has an open application already. */
  g_autoptr (PltLookup) again = office_look_up (anna, OFFICE_CITIZEN);
  g_autoptr (PltCase) third = office_start (anna, again, PLT_APPLICATION_TYPE_RENEWAL, &error);
  g_assert_null (third);
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_RULE);
  g_assert_cmpstr (plt_office_error_get_rule (error), ==, "OPEN_APPLICATION");
  while (g_list_model_get_n_items (plt_lookup_get_applications (again)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *n = plt_test_cluster_query (office_cluster (), office_database (),
    "SELECT (SELECT count(*) FROM platen.application) || ' ' || (SELECT count(*) FROM platen.application_source)");
  g_assert_cmpstr (n, ==, "1 3");
  office_fixture_end ();
}

static void
test_what_is_read (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltCase) self = office_open (anna, number, &error);
  g_assert_no_error (error);

  g_assert_cmpint (office_state (self), ==, PLT_APPLICATION_STATE_DRAFT);
  g_assert_cmpstr (plt_licence_application_get_id_number (plt_case_get_application (self)), ==, OFFICE_CITIZEN);
  g_assert_nonnull (plt_case_get_image (self, PLT_CASE_IMAGE_PORTRAIT));
  g_assert_nonnull (plt_case_get_image (self, PLT_CASE_IMAGE_SIGNATURE));
  g_assert_cmpuint (g_list_model_get_n_items (plt_case_get_events (self)), >=, 3);
  for (PltSource i = 0; i < PLT_N_KNOWN_SOURCES; i++)
    g_assert_cmpint (plt_source_answer_get_state (plt_case_get_answer (self, i)), ==,
                     PLT_SOURCE_STATE_ANSWERED);
  g_assert_cmpstr (plt_source_answer_get_field (plt_case_get_answer (self, PLT_SOURCE_DRIVER),
                                                PLT_FIELD_FAMILY_NAME), ==, "BERG");
  g_assert_cmpint (plt_case_get_can (self), ==,
                   PLT_CASE_CAN_EDIT | PLT_CASE_CAN_SUBMIT | PLT_CASE_CAN_WITHDRAW);
  g_autofree char *obstacle = plt_case_dup_obstacle (self);
  g_assert_cmpstr (obstacle, ==, NULL);

  g_autoptr (PltCase) none = office_open (anna, "UC-26-999999", &error);
  g_assert_null (none);
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND);
  office_fixture_end ();
}

static gboolean
choose (PltCase     *self,
        PltField     field,
        const char  *value,
        const char  *reason,
        GError     **error)
{
  OfficeCall call = { NULL };

  plt_case_choose_async (self, field, value, reason, NULL, office_called_cb, &call);
  gboolean made = plt_case_choose_finish (self, office_call_wait (&call), error);
  office_call_clear (&call);
  return made;
}

/* Two birth dates: only a person may choose, only among those, and only with a reason. */
static void
test_conflict_of_sources (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  g_autoptr (GBytes) portrait = office_portrait ();
  g_autoptr (GBytes) signature = office_signature ();

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  office_answer (OFFICE_CITIZEN, TRUE);
  office_answer_identity (OFFICE_CITIZEN, "Berg", "1980-06-05");
  g_autoptr (PltLookup) lookup = office_look_up (anna, OFFICE_CITIZEN);
  g_autoptr (PltCase) self = office_start (anna, lookup, PLT_APPLICATION_TYPE_RENEWAL, &error);
  g_assert_no_error (error);
  g_assert_true (office_set_image (self, PLT_CASE_IMAGE_PORTRAIT, portrait, &error));
  g_assert_true (office_set_image (self, PLT_CASE_IMAGE_SIGNATURE, signature, &error));

  g_autofree char *obstacle = plt_case_dup_obstacle (self);
  g_assert_nonnull (obstacle);
  g_assert_false (office_step (self, PLT_CASE_STEP_SUBMIT, NULL, &refused));
  g_assert_error (refused, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_RULE);
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "FINDINGS");
  g_clear_error (&refused);
  g_assert_false (choose (self, PLT_FIELD_BIRTH_DATE, "1999-01-01", "passport", &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "FIELD");
  g_clear_error (&refused);
  g_assert_false (choose (self, PLT_FIELD_BIRTH_DATE, "1980-06-05", "", &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "REASON");

  choose (self, PLT_FIELD_BIRTH_DATE, "1980-06-05", "Passport seen", &error);
  g_assert_no_error (error);
  g_autofree char *none = plt_case_dup_obstacle (self);
  g_assert_cmpstr (none, ==, NULL);
  office_step (self, PLT_CASE_STEP_SUBMIT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (office_state (self), ==, PLT_APPLICATION_STATE_SUBMITTED);
  office_fixture_end ();
}

/* Two programs change the same draft: the second is told, and then sees the first one's change. */
static void
test_stale (void)
{
  static const char * const categories[] = { "B", NULL };
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };
  OfficeCall other = { NULL };

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltOffice) axel = office_sign_in ("axel");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltCase) first = office_open (anna, number, &error);
  g_autoptr (PltCase) second = office_open (axel, number, &error);
  g_assert_no_error (error);

  /* Both calls leave before either news can arrive. */
  plt_case_set_categories_async (first, categories, NULL, office_called_cb, &call);
  plt_case_set_categories_async (second, categories, NULL, office_called_cb, &other);
  gboolean made = plt_case_set_categories_finish (first, office_call_wait (&call), NULL);
  gboolean also = plt_case_set_categories_finish (second, office_call_wait (&other), &error);
  office_call_clear (&call);
  office_call_clear (&other);
  g_assert_true (made != also);
  if (error != NULL)
    {
      g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_CONFLICT);
      g_assert_cmpstr (plt_office_error_get_rule (error), ==, "STALE");
    }
  while (plt_licence_application_get_row_version (plt_case_get_application (first))
         != plt_licence_application_get_row_version (plt_case_get_application (second)))
    g_main_context_iteration (NULL, TRUE);
  office_fixture_end ();
}

static void
test_four_eyes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) bella = office_sign_in ("bella");
  g_autoptr (PltOffice) boris = office_sign_in ("boris");
  g_autofree char *number = office_draft (bella, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltCase) own = office_open (bella, number, &error);
  office_step (own, PLT_CASE_STEP_SUBMIT, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (plt_case_get_can (own) & PLT_CASE_CAN_APPROVE);
  g_assert_false (office_step (own, PLT_CASE_STEP_APPROVE, NULL, &refused));
  g_assert_error (refused, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_RULE);
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "FOUR_EYES");

  /* Boris may; returning needs a reason; and what was decided is not decided twice. */
  g_autoptr (PltCase) self = office_open (boris, number, &error);
  g_assert_no_error (error);
  g_assert_true (plt_case_get_can (self) & PLT_CASE_CAN_APPROVE);
  g_clear_error (&refused);
  g_assert_false (office_step (self, PLT_CASE_STEP_RETURN, NULL, &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "REASON");
  office_step (self, PLT_CASE_STEP_APPROVE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (office_state (self), ==, PLT_APPLICATION_STATE_APPROVED);
  g_assert_nonnull (plt_licence_application_get_licence_number (plt_case_get_application (self)));
  g_clear_error (&refused);
  g_assert_false (office_step (self, PLT_CASE_STEP_APPROVE, NULL, &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "STATE");
  office_fixture_end ();
}

/* What the identity registry said to the clerk must be what it says to the approver. */
static void
test_approver_asks_again (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltOffice) boris = office_sign_in ("boris");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltCase) draft = office_open (anna, number, &error);
  office_step (draft, PLT_CASE_STEP_SUBMIT, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (PltCase) self = office_open (boris, number, &error);
  g_assert_no_error (error);

  office_answer_identity (OFFICE_CITIZEN, "Dahl", "1980-05-06");
  g_assert_false (office_step (self, PLT_CASE_STEP_APPROVE, NULL, &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "IDENTITY_CHANGED");
  g_clear_error (&refused);
  plt_test_registry_set_fault (office_registry (PLT_SOURCE_IDENTITY), PLT_TEST_FAULT_HANG);
  g_assert_false (office_step (self, PLT_CASE_STEP_APPROVE, NULL, &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "IDENTITY_NOT_ASKED");
  plt_test_registry_set_fault (office_registry (PLT_SOURCE_IDENTITY), PLT_TEST_FAULT_NONE);
  office_answer_identity (OFFICE_CITIZEN, "Berg", "1980-05-06");
  office_step (self, PLT_CASE_STEP_APPROVE, NULL, &error);
  g_assert_no_error (error);
  office_fixture_end ();
}

static void
test_bad_pictures (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltCase) self = office_open (anna, number, &error);
  g_autoptr (GBytes) good = office_portrait ();
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) / 2);
  g_autoptr (GBytes) text = g_bytes_new_static ("hello", 5);
  GBytes *bad[] = { cut, text };
  int before = plt_licence_application_get_row_version (plt_case_get_application (self));

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) refused = NULL;
      g_assert_false (office_set_image (self, PLT_CASE_IMAGE_PORTRAIT, bad[i], &refused));
      g_assert_error (refused, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID);
      g_assert_nonnull (strstr (refused->message, "photo"));
    }
  g_assert_cmpint (plt_licence_application_get_row_version (plt_case_get_application (self)), ==, before);
  office_fixture_end ();
}

/* The server dies with a write under way. What is told is that nobody knows, and what is shown after
 * the connection has come back is what is stored. */
static void
test_unknown_fate (void)
{
  static const char * const categories[] = { "B", NULL };
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltCase) self = office_open (anna, number, &error);
  g_assert_no_error (error);
  g_free (plt_test_cluster_query (office_cluster (), office_database (), "CHECKPOINT"));

  /* The row is held elsewhere, so the write waits inside the server until that dies. */
  g_autofree char *conninfo
      = plt_test_cluster_dup_conninfo (office_cluster (), office_database (), "postgres");
  g_autofree char *script = g_strdup_printf (
      "echo \"BEGIN; LOCK platen.application; SELECT 'held'; SELECT pg_sleep(60);\" | psql -qAt '%s'", conninfo);
  char *argv[] = { (char *) "sh", (char *) "-c", script, NULL };
  g_autoptr (GSubprocess) holder = g_subprocess_newv (
      (const char * const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (holder));
  g_autofree char *held = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_cmpstr (held, ==, "held");

  plt_case_set_categories_async (self, categories, NULL, office_called_cb, &call);
  g_autofree char *waiting = NULL;
  while (g_strcmp0 (waiting, "1") != 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_free (waiting);
      waiting = plt_test_cluster_query (office_cluster (), office_database (),
        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'anna' AND wait_event_type = 'Lock'");
    }
  plt_test_cluster_stop (office_cluster (), "immediate");
  g_assert_false (plt_case_set_categories_finish (self, office_call_wait (&call), &error));
  office_call_clear (&call);
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_UNKNOWN_FATE);
  g_subprocess_wait (holder, NULL, NULL);

  int version = plt_licence_application_get_row_version (plt_case_get_application (self));
  gboolean read_again = FALSE;
  g_signal_connect_swapped (self, "changed", G_CALLBACK (g_atomic_int_inc), &read_again);
  plt_test_cluster_start (office_cluster ());
  office_wait (&read_again);
  g_assert_cmpint (plt_licence_application_get_row_version (plt_case_get_application (self)), ==, version);
  g_clear_error (&error);
  plt_case_set_categories_async (self, categories, NULL, office_called_cb, &call);
  plt_case_set_categories_finish (self, office_call_wait (&call), &error);
  g_assert_no_error (error);
  office_call_clear (&call);
  office_fixture_end ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/case/start-is-idempotent", test_start_is_idempotent);
  g_test_add_func ("/office/case/what-is-read", test_what_is_read);
  g_test_add_func ("/office/case/conflict-of-sources", test_conflict_of_sources);
  g_test_add_func ("/office/case/stale", test_stale);
  g_test_add_func ("/office/case/four-eyes", test_four_eyes);
  g_test_add_func ("/office/case/approver-asks-again", test_approver_asks_again);
  g_test_add_func ("/office/case/bad-pictures", test_bad_pictures);
  g_test_add_func ("/office/case/unknown-fate", test_unknown_fate);
  return office_fixture_run ();
}
