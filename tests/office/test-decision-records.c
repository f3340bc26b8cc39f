/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions, rules and links as the database tells them. */
#include "plt-decision-records.h"

static void
test_decision (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) decisions = plt_decisions_parse (
    "[{\"at\": \"2026-11-21T11:32:37.25+00:00\", \"application\": \"UC-26-000005\", \"who\": \"Anna Berg\","
    "  \"act\": \"decided\", \"field\": \"given_names\", \"kind\": \"missing_middle_name\","
    "  \"value\": \"Jan Mateo\", \"reason\": \"Passport\", \"gave_way\": \"infringement\","
    "  \"answers\": {\"identity\": \"Jan Mateo\", \"infringement\": \"Jan\", \"driver\": null, \"moon\": \"J\"},"
    "  \"overruled\": \"rule\", \"undone\": true}]", &error);
  const PltDecision *decision;

  g_assert_no_error (error);
  g_assert_cmpuint (decisions->len, ==, 1);
  decision = g_ptr_array_index (decisions, 0);
  g_assert_cmpint (g_date_time_get_hour (decision->at), ==, 11);
  g_assert_cmpstr (decision->application, ==, "UC-26-000005");
  g_assert_cmpint (decision->act, ==, PLT_DECISION_DECIDED);
  g_assert_cmpint (decision->field, ==, PLT_FIELD_GIVEN_NAMES);
  g_assert_cmpint (decision->difference, ==, PLT_DIFFERENCE_MISSING_NAME);
  g_assert_cmpstr (decision->said[PLT_SOURCE_IDENTITY], ==, "Jan Mateo");
  g_assert_cmpstr (decision->said[PLT_SOURCE_INFRINGEMENT], ==, "Jan");
  g_assert_null (decision->said[PLT_SOURCE_DRIVER]);
  g_assert_cmpint (decision->gave_way, ==, PLT_SOURCE_INFRINGEMENT);
  g_assert_true (decision->overruled);
  g_assert_true (decision->undone);
}

static void
test_decision_without_value (void)
{
  g_autoptr (GPtrArray) decisions = plt_decisions_parse (
    "[{\"at\": \"2026-11-21T11:32:37+00:00\", \"who\": \"Anna Berg\", \"act\": \"parked\", \"field\": \"sex\","
    "  \"kind\": \"sex_differs\", \"value\": null, \"reason\": \"See file\", \"gave_way\": null,"
    "  \"answers\": {}, \"overruled\": null, \"undone\": false}]", NULL);
  const PltDecision *decision = g_ptr_array_index (decisions, 0);

  g_assert_cmpint (decision->act, ==, PLT_DECISION_PARKED);
  g_assert_null (decision->value);
  g_assert_cmpint (decision->gave_way, ==, PLT_NO_SOURCE);
  g_assert_false (decision->overruled);
}

/* A database that is newer than the program knows more. */
static void
test_unknown_is_left_out (void)
{
  g_autoptr (GPtrArray) decisions = plt_decisions_parse (
    "[{\"act\": \"dreamt\", \"field\": \"sex\", \"kind\": \"sex_differs\"},"
    " {\"act\": \"parked\", \"field\": \"shoe_size\", \"kind\": \"sex_differs\"},"
    " {\"act\": \"parked\", \"field\": \"sex\", \"kind\": \"later_kind\"}, 7, null]", NULL);
  g_autoptr (GPtrArray) rules = plt_rules_parse ("[{\"kind\": \"later_kind\"}]", NULL);
  g_autoptr (GPtrArray) links = plt_id_links_parse (
    "[{\"id\": 1, \"state\": \"later\", \"history\": []}, {\"id\": 2, \"state\": \"linked\", \"history\": []},"
    " {\"id\": 3, \"state\": \"linked\", \"history\": null}, {\"id\": 4, \"state\": \"linked\"}]", NULL);

  g_assert_cmpuint (decisions->len, ==, 1);
  g_assert_cmpuint (rules->len, ==, 0);
  g_assert_cmpuint (links->len, ==, 0);
}

static void
test_rules (void)
{
  g_autoptr (GPtrArray) rules = plt_rules_parse (
    "[{\"kind\": \"missing_middle_name\", \"field\": \"given_names\", \"source\": \"infringement\", \"times\": 5,"
    "  \"people\": 2, \"open\": 3, \"text\": \"One leaves a name out.\"},"
    " {\"id\": 9, \"kind\": \"case\", \"field\": null, \"source\": null, \"valid_from\": \"2000-01-01\","
    "  \"valid_to\": null, \"accepted_by\": null, \"reason\": null, \"text\": \"Capitals.\"},"
    " {\"id\": 10, \"kind\": \"initial_only\", \"field\": \"given_names\", \"source\": \"driver\","
    "  \"valid_from\": \"2026-11-21\", \"valid_to\": \"2027-05-21\", \"accepted_by\": \"Boris Iliev\","
    "  \"reason\": \"Always so\", \"text\": \"An initial.\"}]", NULL);
  const PltDifferenceRule *proposal = g_ptr_array_index (rules, 0);
  const PltDifferenceRule *shipped = g_ptr_array_index (rules, 1);
  const PltDifferenceRule *own = g_ptr_array_index (rules, 2);

  g_assert_cmpint (proposal->id, ==, 0);
  g_assert_cmpint (proposal->times, ==, 5);
  g_assert_cmpint (proposal->people, ==, 2);
  g_assert_cmpint (proposal->open, ==, 3);
  g_assert_cmpint (shipped->field, ==, PLT_NO_FIELD);
  g_assert_cmpint (shipped->source, ==, PLT_NO_SOURCE);
  g_assert_false (plt_date_is_set (shipped->to));
  g_assert_cmpint (own->source, ==, PLT_SOURCE_DRIVER);
  g_assert_cmpint (own->to.month, ==, 5);
  g_assert_cmpstr (own->accepted_by, ==, "Boris Iliev");
}

static void
test_links (void)
{
  g_autoptr (GPtrArray) links = plt_id_links_parse (
    "[{\"id\": 4, \"id_number\": \"10027182816\", \"other\": \"10100870687\", \"state\": \"unlinking\","
    "  \"asked_by_login\": \"anna\", \"history\": ["
    "   {\"at\": \"2026-11-21T11:00:00+00:00\", \"who\": \"Anna Berg\", \"state\": \"proposed\", \"reason\": \"a\"},"
    "   {\"at\": \"2026-11-21T11:01:00+00:00\", \"who\": \"Boris Iliev\", \"state\": \"linked\", \"reason\": \"b\"},"
    "   {\"at\": \"2026-11-21T11:02:00+00:00\", \"who\": \"Anna Berg\", \"state\": \"unlinking\","
    "    \"reason\": \"c\"}]}]", NULL);
  const PltIdLink *link = g_ptr_array_index (links, 0);
  const PltIdLinkStep *last = g_ptr_array_index (link->steps, 2);

  g_assert_cmpstr (link->id_number, ==, "10027182816");
  g_assert_true (plt_id_link_waits (link));
  g_assert_cmpuint (link->steps->len, ==, 3);
  g_assert_cmpint (last->state, ==, PLT_ID_LINK_UNLINKING);
  g_assert_cmpstr (last->reason, ==, "c");
}

static void
test_nonsense_is_an_error (void)
{
  static const char * const texts[] = { "", "{", "{}", "7", "null", "[1, 2" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_decisions_parse (texts[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/decision-records/decision", test_decision);
  g_test_add_func ("/office/decision-records/decision-without-value", test_decision_without_value);
  g_test_add_func ("/office/decision-records/unknown-is-left-out", test_unknown_is_left_out);
  g_test_add_func ("/office/decision-records/rules", test_rules);
  g_test_add_func ("/office/decision-records/links", test_links);
  g_test_add_func ("/office/decision-records/nonsense-is-an-error", test_nonsense_is_an_error);

  return g_test_run ();
}
