/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says who is deceased, suspended, unknown, or told differently by two sources. */
#include "plt-person-alerts.h"

#include "plt-duplicate-find.h"
#include "plt-field-text.h"
#include "plt-reconciliation.h"

#include <glib/gi18n-lib.h>

static void
alert_free (gpointer data)
{
  PltPersonAlert *alert = data;

  g_free (alert->text);
  g_free (alert);
}

static void
take_alert (GPtrArray *alerts,
            gboolean   stops,
            char      *text)
{
  PltPersonAlert *alert = g_new0 (PltPersonAlert, 1);

  alert->stops = stops;
  alert->text = text;
  g_ptr_array_add (alerts, alert);
}

static const char *
find_value (PltSourceAnswer *answers[PLT_N_SOURCES],
            PltField         field)
{
  for (int source = 0; source < PLT_N_SOURCES; source++)
    {
      const char *value = answers[source] != NULL
                            ? plt_source_answer_get_field (answers[source], field) : NULL;

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

static void
add_death (GPtrArray       *alerts,
           PltSourceAnswer *answers[PLT_N_SOURCES])
{
  const char *died = find_value (answers, PLT_FIELD_DEATH_DATE);
  g_autofree char *text = plt_field_to_display (PLT_FIELD_DEATH_DATE, died);

  if (died != NULL)
    /* Translators: %s is a date */
    take_alert (alerts, TRUE, g_strdup_printf (_("This person died on %s."), text));
}

/* A suspension without an end, or whose end lies ahead. */
static void
add_suspension (GPtrArray       *alerts,
                PltSourceAnswer *answers[PLT_N_SOURCES],
                PltDate          today)
{
  const char *status = find_value (answers, PLT_FIELD_LICENCE_STATUS);
  const char *until = find_value (answers, PLT_FIELD_SUSPENDED_UNTIL);
  g_autofree char *text = plt_field_to_display (PLT_FIELD_SUSPENDED_UNTIL, until);
  PltDate end;

  if (until != NULL && plt_date_parse_iso (until, &end) && plt_date_compare (end, today) >= 0)
    /* Translators: %s is a date */
    take_alert (alerts, TRUE, g_strdup_printf (_("This person may not drive until %s."), text));
  else if (g_strcmp0 (status, "suspended") == 0)
    take_alert (alerts, TRUE, g_strdup (_("The licence is suspended.")));
  else if (g_strcmp0 (status, "withdrawn") == 0)
    take_alert (alerts, TRUE, g_strdup (_("The licence has been withdrawn.")));
}

static void
add_unknown (GPtrArray       *alerts,
             PltSourceAnswer *answers[PLT_N_SOURCES])
{
  PltSourceAnswer *identity = answers[PLT_SOURCE_IDENTITY];

  if (identity != NULL && plt_source_answer_get_state (identity) == PLT_SOURCE_STATE_NOT_FOUND)
    take_alert (alerts, TRUE, g_strdup (_("The population register knows nobody under this ID "
                                          "number. Check the number with the citizen.")));
}

/* Those that nothing above has told yet. */
static void
add_differences (GPtrArray *alerts,
                 GArray    *differences)
{
  for (guint i = 0; i < differences->len; i++)
    {
      PltDifference difference = g_array_index (differences, PltDifference, i);

      if (difference == PLT_DIFFERENCE_FOREIGN_PHOTO || difference == PLT_DIFFERENCE_RIGHT_TO_DRIVE ||
          difference == PLT_DIFFERENCE_WRONG_CHECK)
        take_alert (alerts, TRUE, g_strdup (plt_difference_get_why (difference)));
    }
}

static void
add_open_fields (GPtrArray  *alerts,
                 GListModel *fields)
{
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (PltReconciledField) field = g_list_model_get_item (fields, i);

      if (plt_reconciled_field_get_choice (field) == PLT_CHOICE_OPEN)
        /* Translators: %s is the name of a field, such as “Date of birth” */
        take_alert (alerts, FALSE,
                    g_strdup_printf (_("%s: the sources disagree."),
                                     plt_field_get_title (plt_reconciled_field_get_field (field))));
    }
}

/**
 * plt_person_alerts_list:
 * @answers: those that have not been asked may be %NULL
 * @differences: (element-type PltDifference): what the registries differ on beyond fields
 * @fields: a model of PltReconciledField
 * @today: the date suspensions are measured against
 *
 * Returns: (element-type PltPersonAlert) (transfer full): the gravest first, empty when there is
 *   nothing to say
 */
GPtrArray *
plt_person_alerts_list (PltSourceAnswer *answers[PLT_N_SOURCES],
                        GArray          *differences,
                        GListModel      *fields,
                        PltDate          today)
{
  GPtrArray *alerts = g_ptr_array_new_with_free_func (alert_free);

  add_death (alerts, answers);
  add_unknown (alerts, answers);
  add_suspension (alerts, answers, today);
  add_differences (alerts, differences);
  add_open_fields (alerts, fields);

  return alerts;
}

/**
 * plt_person_alerts_add:
 * @alerts: what is to be said already
 * @duplicates: a model of PltDuplicateFind
 *
 * Adds a sentence for each second record that is probably of the same person, unless the two have been linked
 * or wait for it.
 */
void
plt_person_alerts_add (GPtrArray  *alerts,
                       GListModel *duplicates)
{
  for (guint i = 0; i < g_list_model_get_n_items (duplicates); i++)
    {
      g_autoptr (PltDuplicateFind) find = g_list_model_get_item (duplicates, i);
      char *text = NULL;

      if (plt_duplicate_find_get_level (find) != PLT_DUPLICATE_PROBABLE ||
          plt_duplicate_find_get_link (find) != NULL)
        continue;
      g_object_get (find, "text", &text, NULL);
      take_alert (alerts, plt_duplicate_find_is_mistyped (find), text);
    }
}
