/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The items of list models: properties, nicks, and updates that notify what differs. */
#include "plt-application.h"
#include "plt-card.h"
#include "plt-finding.h"
#include "plt-reconciliation.h"

static char *
get_text (gpointer    object,
          const char *name)
{
  char *text = NULL;

  g_object_get (object, name, &text, NULL);

  return text;
}

static void
assert_text (gpointer    object,
             const char *name,
             const char *expected)
{
  g_autofree char *text = get_text (object, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
note_cb (GObject    *object,
         GParamSpec *spec,
         GString    *names)
{
  g_string_append_printf (names, "%s ", spec->name);
}

static void
test_application (void)
{
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autoptr (PltLicenceApplication) application = g_object_new (
    PLT_TYPE_LICENCE_APPLICATION, "id", (gint64) 7, "number", "UC-26-000007", "state",
    PLT_APPLICATION_STATE_DRAFT, "type", PLT_APPLICATION_TYPE_RENEWAL, "created-at", created,
    "holder-name", "Anna Berg", "row-version", 3, NULL);
  g_autoptr (PltLicenceApplication) newer = g_object_new (
    PLT_TYPE_LICENCE_APPLICATION, "id", (gint64) 7, "number", "UC-26-000007", "state",
    PLT_APPLICATION_STATE_SUBMITTED, "type", PLT_APPLICATION_TYPE_RENEWAL, "created-at", created,
    "holder-name", "Anna Berg", "row-version", 4, NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  assert_text (application, "type-title", "Renewal");
  assert_text (application, "state-title", "Draft");
  g_signal_connect (application, "notify", G_CALLBACK (note_cb), names);
  plt_licence_application_update (application, newer);

  g_assert_cmpint (plt_licence_application_get_state (application), ==,
                   PLT_APPLICATION_STATE_SUBMITTED);
  g_assert_cmpint (plt_licence_application_get_row_version (application), ==, 4);
  assert_text (application, "state-title", "Submitted");
  g_assert_nonnull (g_strrstr (names->str, "state "));
  g_assert_nonnull (g_strrstr (names->str, "state-title "));
  g_assert_nonnull (g_strrstr (names->str, "row-version "));
  g_assert_null (g_strrstr (names->str, "holder-name "));
  g_assert_null (g_strrstr (names->str, "created-at "));
}

static void
test_age (void)
{
  static const struct
  {
    int         minutes;
    const char *text;
  } rows[] = {
    { 0, "now" },   { 3, "3 min" },   { 59, "59 min" },       { 60, "1 h" },
    { 1439, "23 h" }, { 1440, "1 d" }, { 2 * 1440 + 5, "2 d" },
    /* a clock that is behind */
    { -10, "now" },
  };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) then = g_date_time_add_minutes (now, -rows[i].minutes);
      g_autoptr (PltLicenceApplication) application =
        g_object_new (PLT_TYPE_LICENCE_APPLICATION, "created-at", then, NULL);

      assert_text (application, "age-text", rows[i].text);
    }
}

static void
test_card (void)
{
  g_autoptr (PltCard) card = g_object_new (PLT_TYPE_CARD, "id", (gint64) 5, "serial", "B00000001",
                                           "state", PLT_CARD_STATE_OUT, NULL);
  g_autoptr (PltCard) newer = g_object_new (PLT_TYPE_CARD, "id", (gint64) 5, "serial", "B00000001",
                                            "state", PLT_CARD_STATE_CHECKED, "job-id", 9, NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (card, "notify", G_CALLBACK (note_cb), names);
  plt_card_update (card, newer);

  g_assert_cmpint (plt_card_get_state (card), ==, PLT_CARD_STATE_CHECKED);
  assert_text (card, "state-title", "Checked");
  g_assert_nonnull (g_strrstr (names->str, "job-id "));
  g_assert_null (g_strrstr (names->str, "serial "));
}

static void
test_finding_and_event (void)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autoptr (PltFinding) finding =
    plt_finding_new ("AGE", PLT_SEVERITY_SOFT, "Too young.", "Wait.", "§ 1", "birth_date");
  g_autoptr (PltEvent) event =
    plt_event_new (at, "Anna Berg", "desk-1", "card", "out", "The card came out.", NULL);

  g_assert_cmpint (plt_finding_get_severity (finding), ==, PLT_SEVERITY_SOFT);
  assert_text (finding, "field", "birth_date");
  g_assert_cmpstr (plt_finding_get_cure (finding), ==, "Wait.");
  g_assert_true (g_date_time_equal (plt_event_get_at (event), at));
  g_assert_cmpstr (plt_event_get_who (event), ==, "Anna Berg");
  assert_text (event, "workstation", "desk-1");
  g_assert_null (plt_event_get_why (event));
}

/* Every word of every enum leads back to its value; and none to another. */
static void
test_nicks (void)
{
#define CHECK_NICKS(Type, n, to, from)                     \
  for (int i = 0; i < (int) (n); i++)                      \
    {                                                      \
      Type found = (Type) 0;                               \
      g_assert_true (from (to ((Type) i), &found));        \
      g_assert_cmpint ((int) found, ==, i);                \
      g_assert_false (from ("", &found));                  \
      g_assert_false (from (NULL, &found));                \
    }

  CHECK_NICKS (PltApplicationType, PLT_N_APPLICATION_TYPES, plt_application_type_to_nick,
               plt_application_type_from_nick)
  CHECK_NICKS (PltApplicationState, PLT_N_APPLICATION_STATES, plt_application_state_to_nick,
               plt_application_state_from_nick)
  CHECK_NICKS (PltCardState, PLT_N_CARD_STATES, plt_card_state_to_nick, plt_card_state_from_nick)
  CHECK_NICKS (PltSource, PLT_N_KNOWN_SOURCES, plt_source_to_nick, plt_source_from_nick)
  CHECK_NICKS (PltSourceState, PLT_SOURCE_STATE_CANCELLED + 1, plt_source_state_to_nick,
               plt_source_state_from_nick)
  CHECK_NICKS (PltField, PLT_N_FIELDS, plt_field_to_nick, plt_field_from_nick)
  CHECK_NICKS (PltChoice, PLT_CHOICE_OPEN + 1, plt_choice_to_nick, plt_choice_from_nick)
  CHECK_NICKS (PltSeverity, PLT_SEVERITY_WARNING + 1, plt_severity_to_nick,
               plt_severity_from_nick)
}

/* A word is given a number once, and only words that the database takes. */
static void
test_sources_of_adapters (void)
{
  static const char * const wrong[] = { NULL, "", "Tax", "1tax", "tax office", "t\xc3\xa4x", "_tax",
                                        "a23456789012345678901234567890x" };
  PltSource first;
  PltSource again;
  PltSource known;
  PltSource before = plt_source_get_count ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (plt_source_intern (wrong[i], "Tax", &first));
  g_assert_true (plt_source_intern ("tax_2", NULL, &first));
  g_assert_cmpstr (plt_source_get_title (first), ==, "tax_2");
  g_assert_true (plt_source_intern ("tax_2", "Tax Register", &again));
  g_assert_true (plt_source_intern ("driver", "Somebody's Own", &known));

  g_assert_cmpint (first, ==, again);
  g_assert_cmpint (known, ==, PLT_SOURCE_DRIVER);
  g_assert_cmpint (plt_source_get_count (), ==, before + 1);
  g_assert_cmpstr (plt_source_to_nick (first), ==, "tax_2");
  g_assert_cmpstr (plt_source_get_title (first), ==, "Tax Register");
  g_assert_cmpstr (plt_source_get_title (known), !=, "Somebody's Own");
  g_assert_true (plt_source_from_nick ("tax_2", &again));
  g_assert_false (plt_source_from_nick ("tax_3", &again));
  for (int i = 0; i < PLT_N_SOURCES; i++)
    {
      g_autofree char *nick = g_strdup_printf ("more_%d", i);

      g_assert_true (plt_source_intern (nick, NULL, &again) ==
                     (i < PLT_N_SOURCES - (int) before - 1));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/licence/items/application", test_application);
  g_test_add_func ("/licence/items/age", test_age);
  g_test_add_func ("/licence/items/card", test_card);
  g_test_add_func ("/licence/items/finding-and-event", test_finding_and_event);
  g_test_add_func ("/licence/items/nicks", test_nicks);
  g_test_add_func ("/licence/items/sources-of-adapters", test_sources_of_adapters);

  return g_test_run ();
}
