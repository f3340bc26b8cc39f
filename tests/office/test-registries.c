/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registry that no line of code knows is attached by a file, and asked, shown, compared, recorded
 * and judged with the others. */
#include <string.h>

#include "office-fixture.h"
#include "plt-finding.h"

static const char residence_adapter[] =
  "{\"registry\":1,\"source\":\"residence\",\"title\":\"Residence Register\","
  "\"url\":\"https://localhost:@PORT@/{id_number}\",\"ca\":\"@CERTIFICATES@/ca.pem\","
  "\"authentication\":{\"type\":\"bearer\",\"token_file\":\"../token\"},"
  "\"answer\":{\"root\":\"/record\",\"id_number\":\"/subject/number\",\"fields\":{"
  "\"family_name\":{\"path\":\"/subject/name/1\"},"
  "\"birth_date\":{\"path\":\"/subject/born\",\"format\":\"DD.MM.YYYY\"},"
  "\"death_date\":{\"path\":\"/subject/died\"}}}}";

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
  g_autofree char *body = g_strdup_printf (
    "{\"record\":{\"subject\":{\"number\":\"%s\",\"name\":[\"Ida\",\"Berg\"],\"born\":\"05.06.1980\","
    "\"died\":\"2026-01-02\"}}}", OFFICE_CITIZEN);
  office_attach (residence_adapter, body);
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
  g_assert_cmpstr (plt_reconciled_field_get_source_value (birth, source), ==, "1980-06-05");

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/registries/attached-by-a-file", test_attached);
  return office_fixture_run ();
}
