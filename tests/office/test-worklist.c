/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work list follows other desks row by row, and keeps its rows. */
#include <string.h>

#include "office-fixture.h"
#include "plt-worklist.h"

static PltWorklist *
load (PltOffice  *office,
      guint       states,
      const char *text)
{
  g_autoptr (GError) error = NULL;
  OfficeCall call = { NULL };
  PltWorklist *list = plt_worklist_new (office, states, text);

  plt_worklist_load_async (list, NULL, office_called_cb, &call);
  g_assert_true (plt_worklist_load_finish (list, office_call_wait (&call), &error));
  g_assert_no_error (error);
  office_call_clear (&call);
  g_assert_cmpint (plt_worklist_get_state (list), ==, PLT_WORKLIST_STATE_READY);
  return list;
}

static guint
count (PltWorklist *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static void
note_items_cb (GListModel *list,
               guint       position,
               guint       removed,
               guint       added,
               gboolean   *changed)
{
  *changed = TRUE;
}

static void
note_row_cb (GObject    *row,
             GParamSpec *pspec,
             gboolean   *changed)
{
  *changed = TRUE;
}

static void
test_other_desk (void)
{
  gboolean items = FALSE;
  gboolean row_changed = FALSE;
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltOffice) boris = office_sign_in ("boris");
  g_autoptr (PltWorklist) all = load (boris, 0, NULL);
  g_autoptr (PltWorklist) drafts = load (boris, 1u << PLT_APPLICATION_STATE_DRAFT, NULL);
  gboolean left = FALSE;
  g_assert_cmpuint (count (all), ==, 0);

  /* What anna starts comes to boris by itself. */
  g_signal_connect (all, "items-changed", G_CALLBACK (note_items_cb), &items);
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  office_wait (&items);
  g_assert_cmpuint (count (all), ==, 1);
  while (count (drafts) == 0)
    g_main_context_iteration (NULL, TRUE);

  /* A change arrives in the row that is there; it stays the same object in the same place. */
  g_autoptr (PltLicenceApplication) row = g_list_model_get_item (G_LIST_MODEL (all), 0);
  g_autoptr (PltCase) draft = office_open (anna, number, &error);
  g_assert_no_error (error);
  g_signal_connect (row, "notify::state", G_CALLBACK (note_row_cb), &row_changed);
  g_signal_connect (drafts, "items-changed", G_CALLBACK (note_items_cb), &left);
  office_step (draft, PLT_CASE_STEP_SUBMIT, NULL, &error);
  g_assert_no_error (error);
  office_wait (&row_changed);
  g_autoptr (PltLicenceApplication) same = g_list_model_get_item (G_LIST_MODEL (all), 0);
  g_assert_true (row == same);
  g_assert_cmpint (plt_licence_application_get_state (row), ==, PLT_APPLICATION_STATE_SUBMITTED);
  /* And leaves the list that it no longer belongs to. */
  office_wait (&left);
  g_assert_cmpuint (count (drafts), ==, 0);
  office_fixture_end ();
}

static void
test_filter (void)
{
  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  struct { guint states; const char *text; guint n; } rows[] = {
    { 0, NULL, 1 }, { 0, "", 1 }, { 0, number, 1 }, { 0, "uc-", 1 }, { 0, OFFICE_CITIZEN, 1 },
    { 0, "ber", 1 }, { 0, "ida", 1 }, { 0, "da", 0 }, { 0, "%", 0 }, { 0, "_", 0 }, { 0, "'; DROP", 0 },
    { 1u << PLT_APPLICATION_STATE_DRAFT, NULL, 1 }, { 1u << PLT_APPLICATION_STATE_READY, NULL, 0 },
    { (1u << PLT_APPLICATION_STATE_READY) | (1u << PLT_APPLICATION_STATE_DRAFT), "UC", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PltWorklist) list = load (anna, rows[i].states, rows[i].text);
      g_test_message ("“%s”", rows[i].text != NULL ? rows[i].text : "");
      g_assert_cmpuint (count (list), ==, rows[i].n);
    }
  office_fixture_end ();
}

/* More than a page: loaded page by page, each row once. */
static void
test_pages (void)
{
  gboolean more;

  office_fixture_new ();
  g_free (plt_test_cluster_query (office_cluster (), office_database (),
    "INSERT INTO platen.application (number, key, office_code, type, id_number, entered_by, changed_by)"
    " SELECT 'UC-20-' || lpad (n::text, 6, '0'), gen_random_uuid (), 'UC', 'new',"
    "        lpad (n::text, 10, '0') || platen.mod11_10 (lpad (n::text, 10, '0')), s.id, s.id"
    "   FROM generate_series (1, 250) n, platen.staff s WHERE s.login = 'anna'"));
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autoptr (PltWorklist) list = load (anna, 0, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (count (list), ==, 100);
  g_object_get (list, "more", &more, NULL);
  g_assert_true (more);
  plt_worklist_load_more (list);
  while (count (list) < 200)
    g_main_context_iteration (NULL, TRUE);
  plt_worklist_load_more (list);
  while (count (list) < 250)
    g_main_context_iteration (NULL, TRUE);
  g_object_get (list, "more", &more, NULL);
  g_assert_false (more);
  for (guint i = 0; i < count (list); i++)
    {
      g_autoptr (PltLicenceApplication) row = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_assert_true (g_hash_table_add (seen, g_strdup (plt_licence_application_get_number (row))));
    }
  office_fixture_end ();
}

static void
note_state_cb (PltWorklist *list,
               GParamSpec  *pspec,
               gboolean    *ready)
{
  *ready = plt_worklist_get_state (list) == PLT_WORKLIST_STATE_READY;
}

/* A list made while the database is away says so, and fills by itself when it is back. */
static void
test_loads_when_it_can (void)
{
  gboolean ready = FALSE;
  OfficeCall call = { NULL };
  g_autoptr (GError) error = NULL;

  office_fixture_new ();
  g_autoptr (PltOffice) anna = office_sign_in ("anna");
  g_autofree char *number = office_draft (anna, OFFICE_CITIZEN, PLT_APPLICATION_TYPE_RENEWAL);
  g_free (plt_test_cluster_query (office_cluster (), office_database (), "CHECKPOINT"));
  plt_test_cluster_stop (office_cluster (), "immediate");
  g_autoptr (PltWorklist) list = plt_worklist_new (anna, 0, NULL);
  plt_worklist_load_async (list, NULL, office_called_cb, &call);
  g_assert_false (plt_worklist_load_finish (list, office_call_wait (&call), &error));
  office_call_clear (&call);
  g_assert_nonnull (error);
  g_assert_cmpint (plt_worklist_get_state (list), ==, PLT_WORKLIST_STATE_FAILED);
  g_assert_nonnull (plt_worklist_get_error (list));

  g_signal_connect (list, "notify::state", G_CALLBACK (note_state_cb), &ready);
  plt_test_cluster_start (office_cluster ());
  office_wait (&ready);
  g_assert_cmpuint (count (list), ==, 1);
  g_assert_null (plt_worklist_get_error (list));
  office_fixture_end ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/worklist/other-desk", test_other_desk);
  g_test_add_func ("/office/worklist/filter", test_filter);
  g_test_add_func ("/office/worklist/pages", test_pages);
  g_test_add_func ("/office/worklist/loads-when-it-can", test_loads_when_it_can);
  return office_fixture_run ();
}
