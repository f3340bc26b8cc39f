/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said first about a citizen, and what a table of fields shows first. */
#include "plt-duplicate-find.h"
#include "plt-field-table.h"
#include "plt-panes.h"
#include "plt-person-alerts.h"
#include "plt-reconciliation.h"

#include <adwaita.h>

static const PltDate today = { 2026, 11, 21 };

static PltSourceAnswer *
new_answer (PltSource       source,
            PltSourceState  state,
            PltField        field,
            const char     *value)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 21, 6, 0, 0);
  PltSourceAnswer *answer = plt_source_answer_new (source, state, now);

  if (value != NULL)
    plt_source_answer_set_field (answer, field, value);

  return answer;
}

static const struct
{
  const char     *path;
  PltSource       source;
  PltSourceState  state;
  PltField        field;
  const char     *value;
  const char     *text; /* NULL: nothing is said */
} cases[] = {
  { "deceased", PLT_SOURCE_IDENTITY, PLT_SOURCE_STATE_ANSWERED, PLT_FIELD_DEATH_DATE, "2026-09-29",
    "This person died on 29 September 2026." },
  { "suspended-with-end", PLT_SOURCE_INFRINGEMENT, PLT_SOURCE_STATE_ANSWERED,
    PLT_FIELD_SUSPENDED_UNTIL, "2027-04-30", "This person may not drive until 30 April 2027." },
  /* The last day counts. */
  { "suspended-until-today", PLT_SOURCE_INFRINGEMENT, PLT_SOURCE_STATE_ANSWERED,
    PLT_FIELD_SUSPENDED_UNTIL, "2026-11-21", "This person may not drive until 21 November 2026." },
  { "suspension-is-over", PLT_SOURCE_INFRINGEMENT, PLT_SOURCE_STATE_ANSWERED,
    PLT_FIELD_SUSPENDED_UNTIL, "2026-11-20", NULL },
  { "suspended-without-end", PLT_SOURCE_DRIVER, PLT_SOURCE_STATE_ANSWERED,
    PLT_FIELD_LICENCE_STATUS, "suspended", "The licence is suspended." },
  { "withdrawn", PLT_SOURCE_DRIVER, PLT_SOURCE_STATE_ANSWERED, PLT_FIELD_LICENCE_STATUS,
    "withdrawn", "The licence has been withdrawn." },
  { "valid", PLT_SOURCE_DRIVER, PLT_SOURCE_STATE_ANSWERED, PLT_FIELD_LICENCE_STATUS, "valid",
    NULL },
  { "unknown", PLT_SOURCE_IDENTITY, PLT_SOURCE_STATE_NOT_FOUND, PLT_FIELD_DEATH_DATE, NULL,
    "The population register knows nobody under this ID number. Check the number with the "
    "citizen." },
  /* Only the population register decides who is a person. */
  { "unknown-elsewhere", PLT_SOURCE_DRIVER, PLT_SOURCE_STATE_NOT_FOUND, PLT_FIELD_DEATH_DATE, NULL,
    NULL },
};

static void
test_alert (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (PltSourceAnswer) answer = new_answer (cases[i].source, cases[i].state, cases[i].field,
                                                   cases[i].value);
  g_autoptr (GListStore) fields = g_list_store_new (PLT_TYPE_RECONCILED_FIELD);
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  g_autoptr (GArray) differences = g_array_new (FALSE, FALSE, sizeof (PltDifference));
  g_autoptr (GPtrArray) alerts = NULL;

  answers[cases[i].source] = answer;
  alerts = plt_person_alerts_list (answers, differences, G_LIST_MODEL (fields), today);

  g_assert_cmpuint (alerts->len, ==, cases[i].text != NULL ? 1 : 0);
  if (cases[i].text != NULL)
    {
      const PltPersonAlert *alert = g_ptr_array_index (alerts, 0);

      g_assert_cmpstr (alert->text, ==, cases[i].text);
      g_assert_true (alert->stops);
    }
}

/* A birth date that is open, a name that agrees, and another script that nobody knows. */
static GListStore *
new_fields (void)
{
  const char *births[PLT_N_SOURCES] = { "1986-08-18", "1986-08-27", NULL };
  const char *names[PLT_N_SOURCES] = { "Andersson", "Andersson", "Andersson" };
  const char *nothing[PLT_N_SOURCES] = { NULL, NULL, NULL };
  GListStore *fields = g_list_store_new (PLT_TYPE_RECONCILED_FIELD);
  g_autoptr (PltReconciledField) name = NULL;
  g_autoptr (PltReconciledField) native = NULL;
  g_autoptr (PltReconciledField) birth = NULL;

  name = plt_reconciled_field_new (PLT_FIELD_FAMILY_NAME, names, names[0], PLT_CHOICE_AGREED, NULL,
                                   NULL);
  native = plt_reconciled_field_new (PLT_FIELD_FAMILY_NAME_NATIVE, nothing, NULL, PLT_CHOICE_NONE,
                                     NULL, NULL);
  birth = plt_reconciled_field_new (PLT_FIELD_BIRTH_DATE, births, NULL, PLT_CHOICE_OPEN, NULL,
                                    NULL);
  g_list_store_append (fields, name);
  g_list_store_append (fields, native);
  g_list_store_append (fields, birth);

  return fields;
}

/* What no field shows is said, and what is said already is not said twice. */
static void
test_differences (void)
{
  static const PltDifference kinds[] = {
    PLT_DIFFERENCE_FOREIGN_PHOTO, PLT_DIFFERENCE_RIGHT_TO_DRIVE, PLT_DIFFERENCE_DEAD_AND_ALIVE,
    PLT_DIFFERENCE_ONLY_IDENTITY,
  };
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  g_autoptr (GListStore) fields = g_list_store_new (PLT_TYPE_RECONCILED_FIELD);
  g_autoptr (GArray) differences = g_array_new (FALSE, FALSE, sizeof (PltDifference));
  g_autoptr (GPtrArray) alerts = NULL;

  g_array_append_vals (differences, kinds, G_N_ELEMENTS (kinds));
  alerts = plt_person_alerts_list (answers, differences, G_LIST_MODEL (fields), today);

  g_assert_cmpuint (alerts->len, ==, 2);
  for (guint i = 0; i < alerts->len; i++)
    {
      const PltPersonAlert *alert = g_ptr_array_index (alerts, i);

      g_assert_true (alert->stops);
      g_assert_cmpstr (alert->text, ==, plt_difference_get_why (kinds[i]));
    }
}

static void
test_open_field (void)
{
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  g_autoptr (GListStore) fields = new_fields ();
  g_autoptr (GArray) differences = g_array_new (FALSE, FALSE, sizeof (PltDifference));
  g_autoptr (GPtrArray) alerts = plt_person_alerts_list (answers, differences, G_LIST_MODEL (fields),
                                                         today);
  const PltPersonAlert *alert;

  g_assert_cmpuint (alerts->len, ==, 1);
  alert = g_ptr_array_index (alerts, 0);
  g_assert_cmpstr (alert->text, ==, "Date of birth: the sources disagree.");
  g_assert_false (alert->stops);
}

static PltDuplicateFind *
append_find (GListStore        *finds,
             PltDuplicateLevel  level)
{
  g_autoptr (PltPersonRecord) record = plt_person_record_new ("11058812997");
  PltDuplicate duplicate = { .level = level };
  g_autoptr (PltDuplicateFind) find = NULL;

  duplicate.relations[PLT_TRAIT_BIRTH_DATE] = PLT_RELATION_SAME;
  find = plt_duplicate_find_new (record, &duplicate);
  g_list_store_append (finds, find);

  return find;
}

/* A second record is told when it is sure, and as long as nobody has linked or parted the two. */
static void
test_duplicates (void)
{
  g_autoptr (GListStore) finds = g_list_store_new (PLT_TYPE_DUPLICATE_FIND);
  PltSourceAnswer *answers[PLT_N_SOURCES] = { NULL };
  g_autoptr (GListStore) fields = g_list_store_new (PLT_TYPE_RECONCILED_FIELD);
  g_autoptr (GArray) differences = g_array_new (FALSE, FALSE, sizeof (PltDifference));
  g_autoptr (GPtrArray) alerts = plt_person_alerts_list (answers, differences, G_LIST_MODEL (fields),
                                                         today);
  const PltPersonAlert *alert;

  append_find (finds, PLT_DUPLICATE_PROBABLE);
  append_find (finds, PLT_DUPLICATE_POSSIBLE);
  plt_duplicate_find_set_link (append_find (finds, PLT_DUPLICATE_PROBABLE), "proposed");
  plt_person_alerts_add (alerts, G_LIST_MODEL (finds));

  g_assert_cmpuint (alerts->len, ==, 1);
  alert = g_ptr_array_index (alerts, 0);
  g_assert_cmpstr (alert->text, ==,
                   "There is probably a second record of this person under 11058 81299 7: Both have "
                   "the same birth date.");
  g_assert_false (alert->stops);
}

static void
collect_rows (GtkWidget *widget,
              GPtrArray *rows)
{
  if (GTK_IS_LIST_BOX_ROW (widget))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static void
test_table (void)
{
  g_autoptr (GListStore) fields = new_fields ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  PltFieldTable *table = g_object_ref_sink (g_object_new (PLT_TYPE_FIELD_TABLE, NULL));

  plt_field_table_set_model (table, G_LIST_MODEL (fields), FALSE);
  collect_rows (GTK_WIDGET (table), rows);

  g_assert_cmpuint (rows->len, ==, 2);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (rows->pdata[0]),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Date of birth. Population: 18 August 1986. Driver "
                                       "Qualification: 27 August 1986. The registries disagree.");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (rows->pdata[1]),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Family name: Andersson. All registries that have a value "
                                       "agree.");
  g_assert_finalize_object (table);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  plt_panes_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/panes/person-alerts/", cases[i].path, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_alert);
    }
  g_test_add_func ("/panes/person-alerts/open-field", test_open_field);
  g_test_add_func ("/panes/person-alerts/duplicates", test_duplicates);
  g_test_add_func ("/panes/person-alerts/differences-beyond-fields", test_differences);
  g_test_add_func ("/panes/field-table/open-first-and-unknown-left-out", test_table);

  return g_test_run ();
}
