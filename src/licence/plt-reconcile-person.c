/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the registries disagree on beyond single fields. */
#include "plt-reconcile-person.h"

#include "plt-category.h"
#include "plt-id-number.h"

static void
add (GArray        *found,
     PltDifference  difference)
{
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, PltDifference, i) == difference)
      return;
  g_array_append_val (found, difference);
}

static PltSourceState
get_state (PltSourceAnswer *answers[PLT_N_SOURCES],
           PltSource        source)
{
  return answers[source] != NULL ? plt_source_answer_get_state (answers[source])
                                 : PLT_SOURCE_STATE_CANCELLED;
}

static const char *
get_value (PltSourceAnswer *answers[PLT_N_SOURCES],
           PltSource        source,
           PltField         field)
{
  return get_state (answers, source) == PLT_SOURCE_STATE_ANSWERED
         ? plt_source_answer_get_field (answers[source], field) : NULL;
}

/* A registry that did not answer has not said that it knows nobody. */
static void
add_missing (GArray          *found,
             PltSourceAnswer *answers[PLT_N_SOURCES])
{
  gboolean identity = get_state (answers, PLT_SOURCE_IDENTITY) == PLT_SOURCE_STATE_ANSWERED;
  gboolean driver = get_state (answers, PLT_SOURCE_DRIVER) == PLT_SOURCE_STATE_ANSWERED;
  gboolean offender = get_state (answers, PLT_SOURCE_INFRINGEMENT) == PLT_SOURCE_STATE_ANSWERED;

  if (get_state (answers, PLT_SOURCE_IDENTITY) == PLT_SOURCE_STATE_NOT_FOUND && driver)
    add (found, PLT_DIFFERENCE_ONLY_DRIVER);
  else if (get_state (answers, PLT_SOURCE_IDENTITY) == PLT_SOURCE_STATE_NOT_FOUND && offender)
    add (found, PLT_DIFFERENCE_ONLY_INFRINGEMENT);
  else if (identity && get_state (answers, PLT_SOURCE_DRIVER) == PLT_SOURCE_STATE_NOT_FOUND)
    add (found, PLT_DIFFERENCE_ONLY_IDENTITY);
}

static gboolean
is_withdrawn (PltSourceAnswer *answers[PLT_N_SOURCES],
              PltSource        source)
{
  return g_strcmp0 (get_value (answers, source, PLT_FIELD_LICENCE_STATUS), "withdrawn") == 0;
}

/* A registry that never says that somebody died has not said that they live; one that has a licence
 * that was not withdrawn, be it run out, has not heard of it. */
static void
add_death (GArray          *found,
           PltSourceAnswer *answers[PLT_N_SOURCES])
{
  gboolean dead = FALSE;
  gboolean alive = FALSE;

  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    {
      gboolean has_died = get_value (answers, i, PLT_FIELD_DEATH_DATE) != NULL;
      gboolean has_licence = get_value (answers, i, PLT_FIELD_LICENCE_STATUS) != NULL;
      gboolean is_identity = i == PLT_SOURCE_IDENTITY &&
                             get_state (answers, i) == PLT_SOURCE_STATE_ANSWERED;

      dead = dead || has_died;
      alive = alive || (!has_died && (is_identity || (has_licence && !is_withdrawn (answers, i))));
    }
  if (dead && alive)
    add (found, PLT_DIFFERENCE_DEAD_AND_ALIVE);
}

/* A photo of somebody else is a card for somebody else. */
static void
add_photo (GArray          *found,
           const char      *id_number,
           PltSourceAnswer *answers[PLT_N_SOURCES])
{
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    {
      const char *shown = get_value (answers, i, PLT_FIELD_PORTRAIT_OF);

      if (shown != NULL && g_strcmp0 (shown, id_number) != 0)
        add (found, PLT_DIFFERENCE_FOREIGN_PHOTO);
    }
}

/* Whether one of the withdrawn @codes, or ALL, stands among @categories. */
static gboolean
has_withdrawn (const char *categories,
               const char *codes)
{
  g_autoptr (GPtrArray) entries = categories != NULL ? plt_categories_parse (categories, NULL)
                                                     : NULL;
  g_auto (GStrv) words = g_strsplit (codes, ",", -1);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const PltCategoryEntry *entry = entries->pdata[i];

      if (g_strv_contains ((const char * const *) words, "ALL") ||
          g_strv_contains ((const char * const *) words, plt_category_to_code (entry->category)))
        return TRUE;
    }

  return FALSE;
}

/* A day that is over when the registry says it suspends nobody any more. */
static gboolean
lies_ahead (PltSourceAnswer *answer,
            const char      *day)
{
  GDateTime *at = plt_source_answer_get_answered_at (answer);
  PltDate today = { 0, 0, 0 };
  PltDate end;

  if (at != NULL)
    g_date_time_get_ymd (at, &today.year, &today.month, &today.day);

  return plt_date_parse_iso (day, &end) && plt_date_compare (end, today) >= 0;
}

/* Whether another registry took what the driver register still has. */
static gboolean
takes_away (PltSourceAnswer *answers[PLT_N_SOURCES],
            PltSource        other)
{
  const char *categories = get_value (answers, PLT_SOURCE_DRIVER, PLT_FIELD_CATEGORIES);
  const char *status = get_value (answers, PLT_SOURCE_DRIVER, PLT_FIELD_LICENCE_STATUS);
  const char *until = get_value (answers, other, PLT_FIELD_SUSPENDED_UNTIL);
  const char *codes = get_value (answers, other, PLT_FIELD_WITHDRAWN);

  if (until != NULL && lies_ahead (answers[other], until) && g_strcmp0 (status, "valid") == 0 &&
      get_value (answers, PLT_SOURCE_DRIVER, PLT_FIELD_SUSPENDED_UNTIL) == NULL)
    return TRUE;
  if (is_withdrawn (answers, PLT_SOURCE_DRIVER))
    return FALSE;

  return (is_withdrawn (answers, other) && has_withdrawn (categories, "ALL")) ||
         (codes != NULL && has_withdrawn (categories, codes));
}

/* Two registries that both speak of the right to drive must say the same. */
static gboolean
differ_on_rights (PltSourceAnswer *answers[PLT_N_SOURCES],
                  PltSource        other)
{
  static const PltField rights[] = {
    PLT_FIELD_LICENCE_NUMBER, PLT_FIELD_LICENCE_STATUS, PLT_FIELD_CATEGORIES,
    PLT_FIELD_SUSPENDED_UNTIL,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      const char *driver = get_value (answers, PLT_SOURCE_DRIVER, rights[i]);
      const char *said = get_value (answers, other, rights[i]);

      if (driver != NULL && said != NULL && !g_str_equal (driver, said))
        return TRUE;
    }

  return FALSE;
}

static void
add_rights (GArray          *found,
            PltSourceAnswer *answers[PLT_N_SOURCES])
{
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    if (i != PLT_SOURCE_DRIVER && (differ_on_rights (answers, i) || takes_away (answers, i)))
      add (found, PLT_DIFFERENCE_RIGHT_TO_DRIVE);
}

/**
 * plt_reconcile_person:
 * @id_number: the number that was asked for
 * @answers: by source; %NULL where a registry was not asked
 *
 * The database's platen.person_differences() is the same.
 *
 * Returns: (transfer full) (element-type PltDifference): each kind once, in no order of weight;
 *   those of single fields are plt_reconcile()'s
 */
GArray *
plt_reconcile_person (const char      *id_number,
                      PltSourceAnswer *answers[PLT_N_SOURCES])
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (PltDifference));
  g_autofree char *normal = plt_id_number_normalise (id_number, NULL);

  if (normal == NULL)
    add (found, PLT_DIFFERENCE_WRONG_CHECK);
  add_missing (found, answers);
  add_death (found, answers);
  add_photo (found, normal != NULL ? normal : id_number, answers);
  add_rights (found, answers);

  return found;
}
