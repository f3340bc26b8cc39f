/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registry that no line of code knows is attached by a file, and asked, shown, compared, recorded
 * and judged with the others; and what is known of registries that are late or down. */
#include <string.h>

#include "office-fixture.h"
#include "plt-finding.h"
#include "plt-registry-state.h"

/* The example that comes with Platen, but for where its server and our keys are. */
static char *
read_example (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "registries",
                                            "examples", "residence.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  GString *adapter = g_string_new (text);
  g_string_replace (adapter, ":8446", ":@PORT@", 0);
  g_string_replace (adapter, "\"ca.pem\"", "\"@CERTIFICATES@/ca.pem\"", 0);
  g_string_replace (adapter, "\"platen.pem\"", "\"@CERTIFICATES@/client.pem\"", 0);
  g_string_replace (adapter, "\"platen.key\"", "\"@CERTIFICATES@/client.key\"", 0);
  return g_string_free (adapter, FALSE);
}

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

static gboolean
has_finding (PltCase    *self,
             const char *rule)
{
  GListModel *findings = plt_case_get_findings (self);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (PltFinding) finding = g_list_model_get_item (findings, i);
      if (g_strcmp0 (plt_finding_get_rule (finding), rule) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_attached (void)
{
  g_autoptr (GError) error = NULL;
  PltSource source;

  office_fixture_new ();
  g_autofree char *adapter = read_example ();
  /* Born on 5 June, an hour before midnight UTC: where the registry is, it is the 6th. */
  g_autofree char *body = g_strdup_printf (
    "{\"response\":{\"total\":1,\"items\":[{\"resident\":{\"identifiers\":{\"personal\":{\"value\":\"%s\"}},"
    "\"name\":{\"full\":\"Berg, Ida Maria\"},\"vital\":{\"birth\":{\"instant\":329094000000,"
    "\"place\":{\"label\":{\"eo\":\"Amaŭroto\"}}},\"death\":{\"instant\":1767312000}},"
    "\"traits\":{\"gender\":{\"label\":{\"eo\":\"VIRINO\"}},\"citizenship\":[{\"label\":{\"eo\":\"Utopio\"}}]},"
    "\"dwelling\":{\"line\":\"1 Long Street\",\"locality\":{\"label\":{\"eo\":\"Amaurot\"}}}}}]}}",
    OFFICE_CITIZEN);
  PltTestRegistry *registry = office_attach (adapter, body);
  office_answer (OFFICE_CITIZEN, TRUE);
  g_autoptr (PltOffice) anna = office_sign_in ("anna");

  g_autoptr (PltLookup) lookup = office_look_up (anna, OFFICE_CITIZEN);
  g_assert_true (plt_source_from_nick ("residence", &source));
  g_assert_cmpint (source, >=, PLT_N_KNOWN_SOURCES);
  g_assert_cmpstr (plt_lookup_get_source_title (lookup, source), ==, "Residence Register");
  g_assert_cmpint (plt_source_answer_get_state (plt_lookup_get_answer (lookup, source)), ==,
                   PLT_SOURCE_STATE_ANSWERED);
  g_autoptr (PltReconciledField) birth = dup_field (plt_lookup_get_fields (lookup), PLT_FIELD_BIRTH_DATE);
  g_assert_cmpint (plt_reconciled_field_get_choice (birth), ==, PLT_CHOICE_OPEN);
  g_assert_cmpstr (plt_reconciled_field_get_source_value (birth, source), ==, "1980-06-06");
  static const struct { PltField field; const char *value; } said[] = {
    { PLT_FIELD_FAMILY_NAME, "Berg" }, { PLT_FIELD_GIVEN_NAMES, "Ida Maria" }, { PLT_FIELD_SEX, "F" },
    { PLT_FIELD_NATIONALITY, "UTO" }, { PLT_FIELD_ADDRESS, "1 Long Street, Amaurot" },
    { PLT_FIELD_BIRTH_PLACE, "Amaŭroto" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    g_assert_cmpstr (plt_source_answer_get_field (plt_lookup_get_answer (lookup, source), said[i].field),
                     ==, said[i].value);
  g_autofree char *user = plt_test_registry_dup_header (registry, "X-Road-UserId");
  g_assert_cmpstr (user, ==, "UTOanna");
  g_autofree char *target = plt_test_registry_dup_target (registry);
  g_assert_nonnull (strstr (target, "limit=1&personalCode="));

  g_autoptr (PltCase) kase = office_start (anna, lookup, PLT_APPLICATION_TYPE_RENEWAL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plt_source_answer_get_field (plt_case_get_answer (kase, source), PLT_FIELD_DEATH_DATE),
                   ==, "2026-01-02");
  g_assert_true (has_finding (kase, "DISCREPANCY_OPEN"));
  g_assert_true (has_finding (kase, "DECEASED"));
  g_autofree char *recorded = plt_test_cluster_query (office_cluster (), office_database (),
    "SELECT state FROM platen.application_source WHERE source = 'residence'");
  g_assert_cmpstr (recorded, ==, "answered");
  office_fixture_end ();
}

typedef struct
{
  PltSource source;
  int n_told;
  gboolean late;
  gboolean last;
} Told;

static void
answered_cb (PltLookup *lookup,
             guint      source,
             Told      *told)
{
  PltSourceAnswer *answer = plt_lookup_get_answer (lookup, source);
  PltSourceState state = plt_source_answer_get_state (answer);

  if (source != told->source)
    return;
  told->n_told++;
  told->late = told->n_told > 1 && state == PLT_SOURCE_STATE_ANSWERED;
  told->last = plt_source_answer_get_last_known (answer) != NULL;
}

/* After the budget the row says so; then it fills in by itself. */
static void
test_late (void)
{
  Told told = { .source = PLT_SOURCE_DRIVER };
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  office_answer (OFFICE_CITIZEN, TRUE);
  plt_test_registry_set_fault (office_registry (PLT_SOURCE_DRIVER), PLT_TEST_FAULT_LATE);
  g_autoptr (PltLookup) lookup = plt_lookup_new (anna, OFFICE_CITIZEN, &error);
  g_assert_no_error (error);
  g_signal_connect (lookup, "answered", G_CALLBACK (answered_cb), &told);
  office_wait (&told.late);
  g_assert_cmpint (told.n_told, >=, 2);
  g_assert_false (plt_lookup_is_busy (lookup));
  g_assert_cmpstr (plt_source_answer_get_field (plt_lookup_get_answer (lookup, PLT_SOURCE_DRIVER),
                                                PLT_FIELD_FAMILY_NAME), ==, "BERG");
  g_assert_cmpint (plt_test_registry_get_requests (office_registry (PLT_SOURCE_DRIVER)), ==, 1);
  office_fixture_end ();
}

/* While a registry is down, what it said before is shown with its age, and only to who looks up. */
static void
test_last_known (void)
{
  Told told = { .source = PLT_SOURCE_IDENTITY };
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  office_answer (OFFICE_CITIZEN, TRUE);
  g_clear_object (&(PltLookup *) { office_look_up (anna, OFFICE_CITIZEN) });
  g_autoptr (GBytes) sorry = g_bytes_new_static ("later", 5);
  plt_test_registry_set_answer (office_registry (PLT_SOURCE_IDENTITY), 503, "text/plain", sorry);
  g_autoptr (PltOffice) axel = office_sign_in ("axel");
  g_autoptr (PltLookup) lookup = plt_lookup_new (axel, OFFICE_CITIZEN, &error);
  g_assert_no_error (error);
  g_signal_connect (lookup, "answered", G_CALLBACK (answered_cb), &told);
  office_wait (&told.last);

  PltSourceAnswer *answer = plt_lookup_get_answer (lookup, PLT_SOURCE_IDENTITY);
  PltSourceAnswer *last = plt_source_answer_get_last_known (answer);
  g_assert_cmpint (plt_source_answer_get_state (answer), ==, PLT_SOURCE_STATE_UNREACHABLE);
  g_assert_cmpstr (plt_source_answer_get_field (last, PLT_FIELD_FAMILY_NAME), ==, "Berg");
  g_assert_nonnull (plt_source_answer_get_answered_at (last));
  /* It is no part of what is compared and judged. */
  g_assert_null (plt_source_answer_get_field (answer, PLT_FIELD_FAMILY_NAME));

  g_autofree char *read = plt_test_cluster_query (office_cluster (), office_database (),
    "SELECT count (*), count (DISTINCT source) FROM platen.last_answer");
  g_assert_cmpstr (read, ==, "3|3");
  /* Somebody who has not looked this citizen up is told nothing. */
  g_autofree char *told_boris = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM api.last_answers ('%s')", OFFICE_CITIZEN);
  g_assert_cmpint (plt_test_cluster_run_as (office_cluster (), office_database (), "boris", sql, &told_boris,
                                            NULL), ==, 0);
  g_assert_cmpstr (g_strstrip (told_boris), ==, "0");
  office_fixture_end ();
}

static void
note_changed_cb (PltOffice  *office,
                 const char *subject,
                 gint64      id,
                 gboolean   *came_back)
{
  *came_back = *came_back || (g_str_equal (subject, "registry") && id == PLT_SOURCE_DRIVER);
}

/* What waits for a registry is told when it answers again. */
static void
test_came_back (void)
{
  gboolean came_back = FALSE;
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  office_answer (OFFICE_CITIZEN, TRUE);
  g_autoptr (GBytes) sorry = g_bytes_new_static ("later", 5);
  plt_test_registry_set_answer (office_registry (PLT_SOURCE_DRIVER), 503, "text/plain", sorry);
  g_signal_connect (anna, "changed", G_CALLBACK (note_changed_cb), &came_back);
  for (int i = 0; i < 3; i++)
    g_clear_object (&(PltLookup *) { office_look_up (anna, OFFICE_CITIZEN) });
  g_autoptr (GListModel) states = plt_registry_state_list (anna, &error);
  g_assert_no_error (error);
  /* In the order of the sources. */
  g_autoptr (PltRegistryState) driver = g_list_model_get_item (states, PLT_SOURCE_DRIVER);
  g_assert_cmpint (g_list_model_get_n_items (states), ==, 3);
  g_assert_cmpint (plt_registry_state_get_condition (driver), ==, PLT_REGISTRY_CONDITION_DOWN);

  office_answer (OFFICE_CITIZEN, TRUE);
  OfficeCall call = { 0 };
  plt_registry_state_probe_async (driver, NULL, office_called_cb, &call);
  g_assert_cmpint (plt_registry_state_get_condition (driver), ==, PLT_REGISTRY_CONDITION_TRYING);
  /* It answers about somebody, and nobody was asked for: not as it should be, but it is there. */
  GAsyncResult *result = office_call_wait (&call);
  g_assert_false (plt_registry_state_probe_finish (driver, result, &error));
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE);
  office_call_clear (&call);
  office_wait (&came_back);
  g_assert_cmpint (plt_registry_state_get_condition (driver), ==, PLT_REGISTRY_CONDITION_FAILING);
  office_fixture_end ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/registries/attached-by-a-file", test_attached);
  g_test_add_func ("/office/registries/late-answer-fills-in", test_late);
  g_test_add_func ("/office/registries/last-known-while-down", test_last_known);
  g_test_add_func ("/office/registries/came-back", test_came_back);
  return office_fixture_run ();
}
