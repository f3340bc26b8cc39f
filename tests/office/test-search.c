/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of search over the office and a registry: what both say of a person is one row, what is
 * typed next takes the place of what is under way, and nothing is asked that is not logged. */
#include <string.h>

#include "office-fixture.h"
#include "plt-person-search.h"

static const char adapter[] =
  "{\"registry\":1,\"source\":\"residence\",\"title\":\"Residence Register\","
  "\"url\":\"https://localhost:@PORT@/{id_number}\",\"ca\":\"@CERTIFICATES@/ca.pem\","
  "\"authentication\":{\"type\":\"bearer\",\"token_file\":\"../token\"},\"budget_ms\":1500,"
  "\"answer\":{\"id_number\":\"/no\",\"fields\":{\"family_name\":{\"path\":\"/name\"}}},"
  "\"search\":{\"url\":\"https://localhost:@PORT@/find\",\"query\":{\"n\":\"{names}\",\"p\":\"{page}\"},"
  "\"answer\":{\"hits\":\"/people\",\"next\":\"/next\",\"id_number\":\"/no\",\"score\":\"/score\","
  "\"matched\":{\"path\":\"/why\",\"map\":{\"S\":\"family_name:sound\"}},"
  "\"fields\":{\"family_name\":{\"path\":\"/name\"},\"address\":{\"path\":\"/home\"}}}}}";

static PltTestRegistry *
attach (const char *body)
{
  return office_attach (adapter, body);
}

static void
set_body (PltTestRegistry *registry,
          const char      *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  plt_test_registry_set_answer (registry, 200, "application/json", bytes);
}

static void
wait_done (PltPersonSearch *search)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (plt_person_search_get_state (search) == PLT_PERSON_SEARCH_STATE_SEARCHING)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static char *
list_rows (PltPersonSearch *search)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (search)); i++)
    {
      g_autoptr (PltPersonHit) hit = g_list_model_get_item (G_LIST_MODEL (search), i);
      g_autofree char *reasons = plt_person_hit_dup_reasons (hit);

      g_string_append_printf (text, "%s %s %s [%s]\n", plt_person_hit_get_id_number (hit),
                              plt_person_hit_get_field (hit, PLT_FIELD_FAMILY_NAME),
                              plt_person_hit_get_application (hit) != NULL ? "here" : "there", reasons);
    }

  return g_strdup (text->str);
}

static char *
query (const char *sql)
{
  return plt_test_cluster_query (office_cluster (), office_database (), sql);
}

/* The office knows the citizen by an application, the registry the citizen and somebody else. */
static void
test_merged (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autofree char *body = g_strdup_printf (
    "{\"people\":[{\"no\":\"%s\",\"name\":\"Other\",\"score\":0.6,\"why\":[\"S\"]},"
    "{\"no\":\"%s\",\"name\":\"Berg\",\"home\":\"Oak Drive 1\",\"score\":0.9}]}",
    office_citizen (2), OFFICE_CITIZEN);
  attach (body);
  office_answer (OFFICE_CITIZEN, TRUE);
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltLookup) lookup = office_look_up (anna, OFFICE_CITIZEN);
  g_autoptr (PltCase) kase = office_start (anna, lookup, PLT_APPLICATION_TYPE_RENEWAL, &error);
  g_assert_no_error (error);

  g_autoptr (PltPersonSearch) search = plt_person_search_new (anna);
  plt_person_search_set_text (search, "berg");
  wait_done (search);
  g_assert_cmpuint (plt_person_search_get_troubles (search)->len, ==, 0);

  g_autofree char *rows = list_rows (search);
  g_autofree char *expected = g_strdup_printf ("%s Berg here [name]\n%s Other there [family name (sounds alike)]\n",
                                               OFFICE_CITIZEN, office_citizen (2));
  g_assert_cmpstr (rows, ==, expected);

  g_autofree char *log = query ("SELECT text, sources, purpose FROM platen.search_log");
  g_assert_cmpstr (log, ==, "berg|{residence}|search");

  /* What holds nothing that can be searched for finds nobody, and says so. */
  plt_person_search_set_text (search, "%% 31.02.1980");
  g_assert_cmpint (plt_person_search_get_state (search), ==, PLT_PERSON_SEARCH_STATE_DONE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (search)), ==, 0);
  g_assert_cmpuint (plt_person_search_get_troubles (search)->len, ==, 1);

  /* Nothing typed: whom anna looked up last. */
  plt_person_search_set_text (search, " ");
  while (plt_person_search_get_state (search) != PLT_PERSON_SEARCH_STATE_RECENT
         || g_list_model_get_n_items (G_LIST_MODEL (search)) != 1)
    g_main_context_iteration (NULL, TRUE);
  office_fixture_end ();
}

static void
test_pages (void)
{
  office_fixture_new ();
  g_autofree char *first = g_strdup_printf ("{\"people\":[{\"no\":\"%s\",\"name\":\"A\",\"score\":0.5}],\"next\":\"more\"}",
                                            office_citizen (1));
  g_autofree char *second = g_strdup_printf ("{\"people\":[{\"no\":\"%s\",\"name\":\"A\",\"score\":0.5},"
                                             "{\"no\":\"%s\",\"name\":\"B\",\"score\":0.9}]}",
                                             office_citizen (1), office_citizen (2));
  PltTestRegistry *registry = attach (first);
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltPersonSearch) search = plt_person_search_new (anna);

  plt_person_search_set_text (search, "berg");
  wait_done (search);
  g_assert_true (plt_person_search_has_more (search));
  g_autofree char *key = plt_person_search_dup_key (search);
  g_assert_cmpstr (key, ==, "residence=more");

  set_body (registry, second);
  plt_person_search_load_more (search);
  wait_done (search);
  g_assert_false (plt_person_search_has_more (search));
  g_autofree char *target = plt_test_registry_dup_target (registry);
  g_assert_nonnull (strstr (target, "p=more"));

  /* The later page stays below, and who stood there already does not come twice. */
  g_autofree char *rows = list_rows (search);
  g_autofree char *expected = g_strdup_printf ("%s A there []\n%s B there []\n", office_citizen (1), office_citizen (2));
  g_assert_cmpstr (rows, ==, expected);
  g_autofree char *log = query ("SELECT count (*) FROM platen.search_log");
  g_assert_cmpstr (log, ==, "2");
  office_fixture_end ();
}

/* What is typed next does not wait for what hangs; a registry that hangs is named and the others' rows stand. */
static void
test_typed_on (void)
{
  office_fixture_new ();
  g_autofree char *body = g_strdup_printf ("{\"people\":[{\"no\":\"%s\",\"name\":\"Late\"}]}", office_citizen (1));
  PltTestRegistry *registry = attach (body);
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltPersonSearch) search = plt_person_search_new (anna);

  plt_test_registry_set_fault (registry, PLT_TEST_FAULT_HANG);
  plt_person_search_set_text (search, "ber");
  while (plt_test_registry_get_requests (registry) == 0)
    g_main_context_iteration (NULL, TRUE);
  plt_test_registry_set_fault (registry, PLT_TEST_FAULT_NONE);
  gint64 started = g_get_monotonic_time ();
  plt_person_search_set_text (search, "berg");
  wait_done (search);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 1500000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (search)), ==, 1);
  g_assert_cmpuint (plt_person_search_get_troubles (search)->len, ==, 0);

  plt_test_registry_set_fault (registry, PLT_TEST_FAULT_HANG);
  plt_person_search_set_text (search, "bergm");
  wait_done (search);
  g_assert_cmpuint (plt_person_search_get_troubles (search)->len, ==, 1);
  g_assert_nonnull (strstr (plt_person_search_get_troubles (search)->pdata[0], "Residence Register"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (search)), ==, 0);
  office_fixture_end ();
}

/* The log refuses: no registry hears of it. */
static void
test_no_log (void)
{
  office_fixture_new ();
  PltTestRegistry *registry = attach ("{\"people\":[]}");
  g_autoptr (PltOffice) emil = office_sign_in ("emil");
  g_autoptr (PltPersonSearch) search = plt_person_search_new (emil);

  plt_person_search_set_text (search, "berg");
  wait_done (search);
  g_assert_cmpuint (plt_person_search_get_troubles (search)->len, ==, 1);
  g_assert_cmpint (plt_test_registry_get_requests (registry), ==, 0);
  office_fixture_end ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/search/merged", test_merged);
  g_test_add_func ("/office/search/pages", test_pages);
  g_test_add_func ("/office/search/typed-on", test_typed_on);
  g_test_add_func ("/office/search/no-log", test_no_log);

  return office_fixture_run ();
}
