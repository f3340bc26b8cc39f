/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in and out: wrong codes, kept sessions, ended ones, a wrong password, and a database that
 * goes away and comes back. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "office-fixture.h"

static void
test_right_code (void)
{
  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  PltSession *session = plt_office_get_session (anna);

  g_assert_true (plt_session_is_signed_in (session));
  g_assert_true (plt_session_is_online (session));
  g_assert_cmpstr (plt_session_get_staff_login (session), ==, "anna");
  g_assert_cmpstr (plt_session_get_office_code (session), ==, "UC");
  g_assert_cmpstr (plt_session_get_office_name (session), !=, NULL);
  g_assert_true (plt_session_has_role (session, PLT_ROLE_CLERK));
  g_assert_false (plt_session_has_role (session, PLT_ROLE_SUPERVISOR));
  office_fixture_end ();
}

static void
test_wrong_code (void)
{
  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_new_program ("anna", NULL);
  g_autoptr (GError) none = office_try_sign_in (anna, NULL, NULL, NULL);
  g_autoptr (GError) wrong = office_try_sign_in (anna, NULL, NULL, "000000");

  g_assert_error (none, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR);
  g_assert_error (wrong, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR);
  g_assert_cmpstr (plt_office_error_get_rule (wrong), ==, "SECOND_FACTOR");
  g_assert_nonnull (strstr (plt_office_error_get_detail (wrong), "PL401"));
  g_assert_false (plt_session_is_signed_in (plt_office_get_session (anna)));
  office_fixture_end ();
}

static void
find_token_mode (int *n_files)
{
  g_autofree char *folder = g_build_filename (g_getenv ("XDG_RUNTIME_DIR"), "platen", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  *n_files = 0;
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;
      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
      g_assert_null (strstr (name, "anna"));
      (*n_files)++;
    }
}

/* The next program of the same person needs no code, until the session ends. */
static void
test_resume (void)
{
  int n_before;
  int n_after;

  office_fixture_new ();
  find_token_mode (&n_before);
  g_autoptr (PltOffice) first = office_sign_in ("anna");
  find_token_mode (&n_after);
  g_assert_cmpint (n_after, ==, n_before + 1);

  g_autoptr (PltOffice) second = office_new_program ("anna", NULL);
  g_autoptr (GError) error = office_try_sign_in (second, NULL, NULL, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (plt_session_get_staff_login (plt_office_get_session (second)), ==, "anna");

  /* Somebody else gets nothing from it. */
  g_autoptr (PltOffice) other = office_new_program ("axel", NULL);
  g_autoptr (GError) refused = office_try_sign_in (other, NULL, NULL, NULL);
  g_assert_error (refused, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR);

  OfficeCall call = { NULL };
  plt_office_sign_out_async (first, NULL, office_called_cb, &call);
  g_assert_true (plt_office_sign_out_finish (first, office_call_wait (&call), &error));
  office_call_clear (&call);
  g_assert_false (plt_session_is_signed_in (plt_office_get_session (first)));
  find_token_mode (&n_after);
  g_assert_cmpint (n_after, ==, n_before);
  g_autoptr (PltOffice) third = office_new_program ("anna", NULL);
  g_autoptr (GError) ended = office_try_sign_in (third, NULL, NULL, NULL);
  g_assert_error (ended, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR);
  office_fixture_end ();
}

/* A session that ran out is not resumed, and a program that still works under it is told. */
static void
test_expired (void)
{
  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *nothing = plt_test_cluster_query (office_cluster (), office_database (),
    "UPDATE platen.session SET expires_at = clock_timestamp() - interval '1 second'");
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCase) self = office_open (anna, "UC-26-000001", &error);

  g_assert_null (self);
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SESSION);
  g_assert_false (plt_session_is_signed_in (plt_office_get_session (anna)));
  g_assert_cmpstr (plt_session_get_trouble (plt_office_get_session (anna)), ==, error->message);

  g_autoptr (PltOffice) again = office_new_program ("anna", NULL);
  g_autoptr (GError) refused = office_try_sign_in (again, NULL, NULL, NULL);
  g_assert_error (refused, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SECOND_FACTOR);
  office_fixture_end ();
}

/* Passwords count from here on for this login. */
static void
test_wrong_password (void)
{
  office_fixture_new ();
  g_autofree char *hba = plt_test_cluster_query (office_cluster (), office_database (), "SHOW hba_file");
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents (hba, &before, NULL, &error));
  g_autofree char *rules = g_strconcat ("local all axel scram-sha-256\n", before, NULL);
  FILE *file = g_fopen (hba, "w");
  g_assert_cmpint (fputs (rules, file), >=, 0);
  fclose (file);
  g_free (plt_test_cluster_query (office_cluster (), office_database (),
    "ALTER ROLE axel PASSWORD 'right horse'; SELECT pg_reload_conf (); SELECT pg_sleep (0.1);"));

  g_autoptr (PltOffice) axel = office_new_program ("axel", NULL);
  g_autofree char *totp = office_fresh_totp ("axel");
  g_autoptr (GError) wrong = office_try_sign_in (axel, "axel", "wrong horse", totp);
  g_assert_error (wrong, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_REFUSED);
  g_autoptr (GError) right = office_try_sign_in (axel, "axel", "right horse", totp);
  g_assert_no_error (right);
  office_fixture_end ();
}

static void
note_online_cb (PltSession *session,
                GParamSpec *pspec,
                gboolean   *changed)
{
  *changed = TRUE;
}

static void
note_everything_cb (PltOffice  *office,
                    const char *subject,
                    gint64      id,
                    gboolean   *seen)
{
  if (g_str_equal (subject, "everything"))
    *seen = TRUE;
}

static void
test_connection_lost (void)
{
  gboolean offline = FALSE;
  gboolean back = FALSE;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  PltSession *session = plt_office_get_session (anna);
  gulong id = g_signal_connect (session, "notify::online", G_CALLBACK (note_online_cb), &offline);
  g_signal_connect (anna, "changed", G_CALLBACK (note_everything_cb), &back);

  /* The test's server writes late, for speed; what was committed must be there after the crash. */
  g_free (plt_test_cluster_query (office_cluster (), office_database (), "CHECKPOINT"));
  plt_test_cluster_stop (office_cluster (), "immediate");
  office_wait (&offline);
  g_assert_false (plt_session_is_online (session));
  g_assert_nonnull (plt_session_get_trouble (session));
  g_assert_true (plt_session_is_signed_in (session));
  g_signal_handler_disconnect (session, id);

  plt_test_cluster_start (office_cluster ());
  office_wait (&back);
  g_assert_true (plt_session_is_online (session));
  g_assert_null (plt_session_get_trouble (session));
  /* The session was resumed by itself: the database answers, if only that there is none. */
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCase) none = office_open (anna, "UC-26-999999", &error);
  g_assert_null (none);
  g_assert_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND);
  office_fixture_end ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/session/right-code", test_right_code);
  g_test_add_func ("/office/session/wrong-code", test_wrong_code);
  g_test_add_func ("/office/session/resume", test_resume);
  g_test_add_func ("/office/session/expired", test_expired);
  g_test_add_func ("/office/session/wrong-password", test_wrong_password);
  g_test_add_func ("/office/session/connection-lost", test_connection_lost);
  return office_fixture_run ();
}
