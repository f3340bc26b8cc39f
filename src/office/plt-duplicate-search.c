/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks this office and the registries for whoever is like a record: by the whole name, and by the
 * given names alone, since the family name may be misspelt or have changed; both on the birth date and on those
 * that a slip of the hand makes of it; and by the numbers that a slip makes of the ID number. The
 * office is asked first, for it keeps the log. */
#include "plt-duplicate-search.h"

#include "plt-date-comparison.h"
#include "plt-id-number.h"
#include "plt-office-private.h"
#include "plt-registry-search.h"
#include "plt-store-search.h"

#define PURPOSE "duplicates"
#define LIMIT 40
#define MAX_LINES 4

typedef struct
{
  PltDuplicateHits *found;
  PltSearchLine    *lines[MAX_LINES];
  guint             n_lines;
  guint             n_waiting;
} Search;

/* One line under way; keeps the task alive. */
typedef struct
{
  GTask         *task;
  PltSearchLine *line;
} Asking;

void
plt_duplicate_hits_free (PltDuplicateHits *self)
{
  g_ptr_array_unref (self->hits);
  g_ptr_array_unref (self->troubles);
  g_free (self);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_pointer (&search->found, plt_duplicate_hits_free);
  for (guint i = 0; i < search->n_lines; i++)
    plt_search_line_unref (search->lines[i]);
  g_free (search);
}

static Asking *
new_asking (GTask         *task,
            PltSearchLine *line)
{
  Asking *asking = g_new (Asking, 1);
  Search *search = g_task_get_task_data (task);

  asking->task = g_object_ref (task);
  asking->line = line;
  search->n_waiting++;

  return asking;
}

/* Takes @page over; when it was the last one the task ends. */
static void
end_asking (Asking        *asking,
            PltSearchPage *page,
            const GError  *error)
{
  g_autoptr (GTask) task = asking->task;
  g_autoptr (PltSearchPage) taken = page;
  Search *search = g_task_get_task_data (task);

  g_free (asking);
  if (taken != NULL)
    for (guint i = 0; i < taken->hits->len; i++)
      g_ptr_array_add (search->found->hits, g_object_ref (taken->hits->pdata[i]));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           !g_ptr_array_find_with_equal_func (search->found->troubles, error->message, g_str_equal,
                                              NULL))
    g_ptr_array_add (search->found->troubles, g_strdup (error->message));
  if (--search->n_waiting == 0)
    g_task_return_pointer (task, g_steal_pointer (&search->found),
                           (GDestroyNotify) plt_duplicate_hits_free);
}

static void
registry_searched_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  PltSearchPage *page
    = plt_registry_client_search_finish (PLT_REGISTRY_CLIENT (source), result, &error);

  end_asking (user_data, page, error);
}

static void
search_registries (GTask         *task,
                   PltSearchLine *line)
{
  GPtrArray *registries = plt_office_list_registries (g_task_get_source_object (task), NULL);

  for (guint i = 0; registries != NULL && i < registries->len; i++)
    if (plt_registry_client_can_search (registries->pdata[i], line))
      plt_registry_client_search_async (registries->pdata[i], line, LIMIT, NULL,
                                        g_task_get_cancellable (task), registry_searched_cb,
                                        new_asking (task, line));
}

/* While the log cannot be written, nobody else is asked. */
static void
office_searched_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  Asking *asking = user_data;
  GTask *task = asking->task;
  g_autoptr (GError) error = NULL;
  PltSearchPage *page = plt_store_search_finish (PLT_STORE (source), result, &error);

  if (page != NULL)
    search_registries (task, asking->line);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    error = plt_office_take_error (g_task_get_source_object (task), g_steal_pointer (&error));
  end_asking (asking, page, error);
}

/* (array zero-terminated=1) (transfer container): the registries that will be asked. */
static const char **
list_sources (PltOffice     *office,
              PltSearchLine *line)
{
  GPtrArray *registries = plt_office_list_registries (office, NULL);
  g_autoptr (GPtrArray) nicks = g_ptr_array_new ();

  for (guint i = 0; registries != NULL && i < registries->len; i++)
    if (plt_registry_client_can_search (registries->pdata[i], line))
      g_ptr_array_add (nicks, (gpointer) plt_source_to_nick (
                                plt_registry_client_get_source (registries->pdata[i])));
  g_ptr_array_add (nicks, NULL);

  return (const char **) g_ptr_array_free (g_steal_pointer (&nicks), FALSE);
}

static void
add_line (Search     *search,
          const char *given,
          const char *family,
          GArray     *births,
          guint       n_births)
{
  g_autofree char *names = g_strconcat (given, family != NULL ? " " : NULL, family, NULL);
  PltSearchLine *line
    = plt_search_line_new_person (names, (const PltDate *) (gpointer) births->data, n_births);

  if (plt_search_line_is_empty (line))
    plt_search_line_unref (line);
  else
    search->lines[search->n_lines++] = line;
}

/* By name and day; by given names and day; and by the name with the days that a slip makes. */
static void
add_name_lines (Search          *search,
                PltPersonRecord *record)
{
  const char *given = plt_person_record_get_field (record, PLT_FIELD_GIVEN_NAMES);
  const char *family = plt_person_record_get_field (record, PLT_FIELD_FAMILY_NAME);
  const char *birth = plt_person_record_get_field (record, PLT_FIELD_BIRTH_DATE);
  g_autofree char *first = given != NULL ? g_strndup (given, strcspn (given, " ")) : NULL;
  PltDate day;

  /* Without a day the name alone would find nothing but namesakes. */
  if (birth == NULL || !plt_date_parse_iso (birth, &day) || (first == NULL && family == NULL))
    return;

  g_autoptr (GArray) births = plt_date_list_slips (day);

  add_line (search, first != NULL ? first : family, first != NULL ? family : NULL, births, 1);
  if (first != NULL && family != NULL)
    {
      add_line (search, first, NULL, births, 1);
      add_line (search, first, family, births, births->len);
    }
}

static void
add_lines (Search          *search,
           PltPersonRecord *record)
{
  const char *id_number = plt_person_record_get_id_number (record);
  g_autofree char *normal = plt_id_number_normalise (id_number, NULL);

  add_name_lines (search, record);
  if (normal != NULL)
    search->lines[search->n_lines++] = plt_search_line_new_mistyped (normal);
}

/**
 * plt_duplicate_search_async:
 * @office: whose session and registries are used
 * @record: whom the found persons shall be like
 * @cancellable: (nullable): hangs up
 * @callback: when all places have ended
 * @user_data: for @callback
 */
void
plt_duplicate_search_async (PltOffice           *office,
                            PltPersonRecord     *record,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (office, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_name (task, "duplicate-search");
  g_task_set_task_data (task, search, search_free);
  search->found = g_new (PltDuplicateHits, 1);
  search->found->hits = g_ptr_array_new_with_free_func (g_object_unref);
  search->found->troubles = g_ptr_array_new_with_free_func (g_free);
  add_lines (search, record);
  if (search->n_lines == 0)
    g_task_return_pointer (task, g_steal_pointer (&search->found),
                           (GDestroyNotify) plt_duplicate_hits_free);
  for (guint i = 0; i < search->n_lines; i++)
    {
      g_autofree const char **sources = list_sources (office, search->lines[i]);

      plt_store_search_async (plt_office_get_store (office), search->lines[i], sources, PURPOSE,
                              LIMIT, NULL, cancellable, office_searched_cb,
                              new_asking (task, search->lines[i]));
    }
}

PltDuplicateHits *
plt_duplicate_search_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
