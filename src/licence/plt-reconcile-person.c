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

/* A registry that never says that somebody died has not said that they live; that the driver
 * register has a licence in force, or a later conviction is known, says so. */
static void
add_death (GArray          *found,
           PltSourceAnswer *answers[PLT_N_SOURCES])
{
  gboolean dead = FALSE;
  gboolean alive = FALSE;

  for (int i = 0; i < PLT_N_SOURCES; i++)
    {
      const char *status = get_value (answers, (PltSource) i, PLT_FIELD_LICENCE_STATUS);
      gboolean has_died = get_value (answers, (PltSource) i, PLT_FIELD_DEATH_DATE) != NULL;

      dead = dead || has_died;
      alive = alive || (!has_died && (g_strcmp0 (status, "valid") == 0 ||
                                      g_strcmp0 (status, "suspended") == 0 ||
                                      (i == PLT_SOURCE_IDENTITY &&
                                       get_state (answers, PLT_SOURCE_IDENTITY) ==
                                       PLT_SOURCE_STATE_ANSWERED)));
    }
  if (dead && alive)
    add (found, PLT_DIFFERENCE_DEAD_AND_ALIVE);
}

static gboolean
has_categories (const char *text)
{
  g_autoptr (GPtrArray) entries = text != NULL ? plt_categories_parse (text, NULL) : NULL;

  return entries != NULL && entries->len > 0;
}

/* Two registries that both speak of the right to drive must say the same; and who may drive
 * nothing has no category. */
static void
add_rights (GArray          *found,
            PltSourceAnswer *answers[PLT_N_SOURCES])
{
  static const PltField rights[] = {
    PLT_FIELD_LICENCE_NUMBER, PLT_FIELD_LICENCE_STATUS, PLT_FIELD_CATEGORIES,
    PLT_FIELD_SUSPENDED_UNTIL,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      const char *driver = get_value (answers, PLT_SOURCE_DRIVER, rights[i]);
      const char *other = get_value (answers, PLT_SOURCE_INFRINGEMENT, rights[i]);

      if (driver != NULL && other != NULL && !g_str_equal (driver, other))
        add (found, PLT_DIFFERENCE_RIGHT_TO_DRIVE);
    }
  if (get_value (answers, PLT_SOURCE_INFRINGEMENT, PLT_FIELD_SUSPENDED_UNTIL) != NULL &&
      get_value (answers, PLT_SOURCE_DRIVER, PLT_FIELD_SUSPENDED_UNTIL) == NULL &&
      g_strcmp0 (get_value (answers, PLT_SOURCE_DRIVER, PLT_FIELD_LICENCE_STATUS), "valid") == 0)
    add (found, PLT_DIFFERENCE_RIGHT_TO_DRIVE);
  if (g_strcmp0 (get_value (answers, PLT_SOURCE_INFRINGEMENT, PLT_FIELD_LICENCE_STATUS),
                 "withdrawn") == 0 &&
      has_categories (get_value (answers, PLT_SOURCE_DRIVER, PLT_FIELD_CATEGORIES)))
    add (found, PLT_DIFFERENCE_RIGHT_TO_DRIVE);
}

/**
 * plt_reconcile_person:
 * @id_number: the number that was asked for
 * @answers: by source; %NULL where a registry was not asked
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
  add_rights (found, answers);

  return found;
}
