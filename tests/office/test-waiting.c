/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a registry goes on by itself, once, whoever asks again. */
#include <string.h>

#include "office-fixture.h"
#include "plt-resumer.h"

#define QUIETLY_DUE "UPDATE platen.application_wait SET next_at = now()"

static void
run (PltOffice *office,
     guint      expected_asked,
     guint      expected_resumed)
{
  g_autoptr (PltResumer) resumer = plt_resumer_new (office);
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };
  guint n_asked;
  guint n_resumed;

  plt_resumer_run_async (resumer, NULL, office_called_cb, &call);
  plt_resumer_run_finish (resumer, office_call_wait (&call), &n_asked, &n_resumed, &error);
  office_call_clear (&call);
  g_assert_no_error (error);
  g_assert_cmpuint (n_asked, ==, expected_asked);
  g_assert_cmpuint (n_resumed, ==, expected_resumed);
}

static char *
query (const char *sql)
{
  return plt_test_cluster_query (office_cluster (), office_database (), sql);
}

/* A draft that lacks nothing but the answer of a registry that is down. */
static PltCase *
new_draft_without (PltOffice *clerk,
                   PltSource  source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) portrait = office_portrait ();
  g_autoptr (GBytes) signature = office_signature ();

  office_answer (OFFICE_CITIZEN, TRUE);
  plt_test_registry_set_fault (office_registry (source), PLT_TEST_FAULT_CUT);
  g_autoptr (PltLookup) lookup = office_look_up (clerk, OFFICE_CITIZEN);
  PltCase *self = office_start (clerk, lookup, PLT_APPLICATION_TYPE_RENEWAL, &error);
  g_assert_no_error (error);
  g_assert_true (office_set_image (self, PLT_CASE_IMAGE_PORTRAIT, portrait, &error));
  g_assert_true (office_set_image (self, PLT_CASE_IMAGE_SIGNATURE, signature, &error));
  return self;
}

static void
reload (PltCase *self)
{
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };

  plt_case_reload_async (self, NULL, office_called_cb, &call);
  plt_case_reload_finish (self, office_call_wait (&call), &error);
  office_call_clear (&call);
  g_assert_no_error (error);
}

static void
test_draft_goes_on (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltOffice) axel = office_sign_in ("axel");
  g_autoptr (PltCase) self = new_draft_without (anna, PLT_SOURCE_IDENTITY);
  g_assert_true (plt_case_get_can (self) & PLT_CASE_CAN_WAIT);
  g_assert_false (office_step (self, PLT_CASE_STEP_SUBMIT, NULL, &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "FINDINGS");

  office_step (self, PLT_CASE_STEP_WAIT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (office_state (self), ==, PLT_APPLICATION_STATE_WAITING);
  g_assert_cmpuint (plt_case_get_waits (self), ==, 1u << PLT_SOURCE_IDENTITY);
  g_autofree char *text = plt_case_dup_waits_text (self);
  g_assert_nonnull (strstr (text, plt_source_get_title (PLT_SOURCE_IDENTITY)));
  g_assert_true (plt_case_get_can (self) & PLT_CASE_CAN_CONTINUE);
  g_assert_false (plt_case_get_can (self) & PLT_CASE_CAN_EDIT);

  /* Still down: asked once, and then not before a pause, by nobody. */
  run (anna, 1, 0);
  run (anna, 0, 0);
  run (axel, 0, 0);

  /* It is back: another clerk's desk asks, and the draft is submitted. */
  plt_test_registry_set_fault (office_registry (PLT_SOURCE_IDENTITY), PLT_TEST_FAULT_NONE);
  g_free (query (QUIETLY_DUE));
  run (axel, 1, 1);
  run (anna, 0, 0);
  reload (self);
  g_assert_cmpint (office_state (self), ==, PLT_APPLICATION_STATE_SUBMITTED);
  g_assert_cmpuint (plt_case_get_waits (self), ==, 0);
  g_assert_cmpstr (plt_licence_application_get_holder_name (plt_case_get_application (self)), ==,
                   "Ida Maria Berg");
  g_autofree char *events = query ("SELECT string_agg (what || ':' || text, '|' ORDER BY id) FROM platen.event"
                                   " WHERE what IN ('waiting', 'draft', 'submitted') AND text NOT LIKE '%started%'");
  g_assert_cmpstr (events, ==, "waiting:Anna lets the application wait for a registry."
                               "|draft:The identity registry answered and the application goes on."
                               "|submitted:The application was submitted as Anna had asked.");
  office_fixture_end ();
}

/* The registry's return is told while a window is open: nobody touches a key. */
static void
test_goes_on_by_itself (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltCase) self = new_draft_without (anna, PLT_SOURCE_DRIVER);
  office_step (self, PLT_CASE_STEP_WAIT, NULL, &error);
  g_assert_no_error (error);
  g_free (query ("UPDATE platen.application_wait SET next_at = now() + interval '1 hour'"));
  plt_test_registry_set_fault (office_registry (PLT_SOURCE_DRIVER), PLT_TEST_FAULT_NONE);

  g_autoptr (PltResumer) resumer = plt_resumer_new (anna);
  g_signal_emit_by_name (anna, "changed", "registry", (gint64) PLT_SOURCE_DRIVER);
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  while (office_state (self) != PLT_APPLICATION_STATE_SUBMITTED)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  office_fixture_end ();
}

/* Approval needs the identity registry: the supervisor sets it aside, and it comes back unchanged. */
static void
test_submitted_goes_back (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltOffice) boris = office_sign_in ("boris");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_autoptr (PltCase) draft = office_open (anna, number, &error);
  g_assert_false (plt_case_get_can (draft) & PLT_CASE_CAN_WAIT);
  g_assert_false (office_step (draft, PLT_CASE_STEP_WAIT, NULL, &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "ANSWERED");
  office_step (draft, PLT_CASE_STEP_SUBMIT, NULL, &error);
  g_assert_no_error (error);

  g_autoptr (PltCase) self = office_open (boris, number, &error);
  plt_test_registry_set_fault (office_registry (PLT_SOURCE_IDENTITY), PLT_TEST_FAULT_CUT);
  g_clear_error (&refused);
  g_assert_false (office_step (self, PLT_CASE_STEP_APPROVE, NULL, &refused));
  g_assert_cmpstr (plt_office_error_get_rule (refused), ==, "IDENTITY_NOT_ASKED");
  g_assert_true (plt_case_get_can (self) & PLT_CASE_CAN_WAIT);
  office_step (self, PLT_CASE_STEP_WAIT, NULL, &error);
  g_assert_no_error (error);

  plt_test_registry_set_fault (office_registry (PLT_SOURCE_IDENTITY), PLT_TEST_FAULT_NONE);
  g_free (query (QUIETLY_DUE));
  run (boris, 1, 1);
  reload (self);
  g_assert_cmpint (office_state (self), ==, PLT_APPLICATION_STATE_SUBMITTED);
  /* Whoever asked again has entered nothing: the approval is still theirs, and asks anew. */
  office_step (self, PLT_CASE_STEP_APPROVE, NULL, &error);
  g_assert_no_error (error);
  office_fixture_end ();
}

static void
test_slip (void)
{
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltCase) self = new_draft_without (anna, PLT_SOURCE_IDENTITY);
  office_step (self, PLT_CASE_STEP_WAIT, NULL, &error);
  g_assert_no_error (error);

  g_autofree char *slip = plt_case_dup_slip (self);
  g_auto (GStrv) lines = g_strsplit (slip, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    g_assert_cmpint (g_utf8_strlen (*line, -1), <=, 72);
  g_assert_nonnull (strstr (slip, plt_licence_application_get_number (plt_case_get_application (self))));
  g_assert_nonnull (strstr (slip, " 1. An answer is missing: "));
  g_assert_nonnull (strstr (slip, "The identity registry has not confirmed this person"));
  g_assert_null (strstr (slip, "The photo is missing."));
  office_fixture_end ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/waiting/draft-goes-on", test_draft_goes_on);
  g_test_add_func ("/waiting/goes-on-by-itself", test_goes_on_by_itself);
  g_test_add_func ("/waiting/submitted-goes-back", test_submitted_goes_back);
  g_test_add_func ("/waiting/slip", test_slip);

  return office_fixture_run ();
}
