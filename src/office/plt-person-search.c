/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches this office first, which writes the log, and then the registries at once. What is typed
 * next cancels what is under way: in the server of the office, and by hanging up on registries. */
#include "plt-person-search.h"

#include "plt-office-private.h"
#include "plt-person-rows.h"
#include "plt-registry-search.h"
#include "plt-search-key.h"
#include "plt-store-search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_PAGE_SIZE 20
#define MAX_RECENT 10
#define PURPOSE "search"

struct _PltPersonSearch
{
  GObject               parent_instance;

  PltOffice            *office;
  PltSearchLine        *line;
  GArray               *rows;           /* plt-person-rows.h */
  GPtrArray            *troubles;
  GCancellable         *cancellable;    /* of what is under way */
  PltPersonSearchState  state;
  guint                 page_size;
  guint                 page;
  guint                 asking;         /* 1 << place */
  guint                 given;          /* 1 << place: has been asked for this line */
  char                 *next[PLT_N_SEARCH_PLACES];
  gboolean              stale;          /* the rows are of what was typed before */
  GTask                *run;            /* of a command */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

typedef struct
{
  PltPersonSearch *self;
  GCancellable    *cancellable; /* tells this round from a later one */
  guint            place;
} Asking;

static guint signals[N_SIGNALS];

static void plt_person_search_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PltPersonSearch, plt_person_search, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      plt_person_search_list_model_init))

static Asking *
new_asking (PltPersonSearch *self,
            guint            place)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->self = g_object_ref (self);
  asking->cancellable = g_object_ref (self->cancellable);
  asking->place = place;

  return asking;
}

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->self);
  g_object_unref (asking->cancellable);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

/* Takes the new rows over; what stands where it stood is not said to have changed. */
static void
replace_rows (PltPersonSearch *self,
              GArray          *rows)
{
  g_autoptr (GArray) before = self->rows;
  guint same = 0;

  self->rows = rows;
  while (same < before->len && same < rows->len &&
         plt_person_rows_get (before, same) == plt_person_rows_get (rows, same))
    same++;
  if (same < before->len || same < rows->len)
    g_list_model_items_changed (G_LIST_MODEL (self), same, before->len - same, rows->len - same);
}

static void
add_hits (PltPersonSearch *self,
          GPtrArray       *hits)
{
  GArray *rows = plt_person_rows_new (self->stale ? NULL : self->rows);

  self->stale = FALSE;
  plt_person_rows_add (rows, hits, self->page);
  replace_rows (self, rows);
}

static void
add_trouble (PltPersonSearch *self,
             const char      *sentence)
{
  g_ptr_array_add (self->troubles, g_strdup (sentence));
}

static gboolean
is_blank (PltPersonSearch *self)
{
  return *plt_search_line_get_text (self->line) == '\0';
}

static void
update (PltPersonSearch *self)
{
  self->state = is_blank (self)     ? PLT_PERSON_SEARCH_STATE_RECENT
                : self->asking != 0 ? PLT_PERSON_SEARCH_STATE_SEARCHING
                                    : PLT_PERSON_SEARCH_STATE_DONE;
  if (self->asking == 0 && self->stale)
    {
      self->stale = FALSE;
      replace_rows (self, plt_person_rows_new (NULL));
    }
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->asking == 0 && self->run != NULL)
    {
      g_autoptr (GTask) run = g_steal_pointer (&self->run);

      g_task_return_boolean (run, TRUE);
    }
}

/* @page (transfer full) (nullable), @error (nullable): one of both.
 *
 * Returns: whether it is of what is searched for now */
static gboolean
take_page (Asking        *asking,
           PltSearchPage *page,
           const GError  *error)
{
  PltPersonSearch *self = asking->self;
  g_autoptr (PltSearchPage) taken = page;

  if (asking->cancellable != self->cancellable || self->office == NULL)
    return FALSE;

  self->asking &= ~(1u << asking->place);
  g_clear_pointer (&self->next[asking->place], g_free);
  if (taken == NULL)
    add_trouble (self, error->message);
  else
    {
      if (taken->hits->len >= self->page_size || asking->place != PLT_SEARCH_PLACE_OFFICE)
        self->next[asking->place] = g_steal_pointer (&taken->next);
      add_hits (self, taken->hits);
    }

  return TRUE;
}

static void
registry_searched_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (Asking) asking = user_data;
  g_autoptr (GError) error = NULL;
  PltRegistryClient *client = PLT_REGISTRY_CLIENT (source);
  PltSearchPage *page = plt_registry_client_search_finish (client, result, &error);
  guint n_unusable = page != NULL ? page->n_unusable : 0;

  if (!take_page (asking, page, error))
    return;
  if (n_unusable > 0)
    {
      g_autofree char *sentence
        = g_strdup_printf (ngettext ("%u person that “%s” found cannot be shown, because the record "
                                     "cannot be read. Tell the people who run that registry.",
                                     "%u persons that “%s” found cannot be shown, because their "
                                     "records cannot be read. Tell the people who run that "
                                     "registry.", n_unusable),
                           n_unusable, plt_registry_client_get_title (client));

      add_trouble (asking->self, sentence);
    }
  update (asking->self);
}

static void
search_registry (PltPersonSearch   *self,
                 PltRegistryClient *client)
{
  PltSource source = plt_registry_client_get_source (client);

  self->asking |= 1u << source;
  self->given |= 1u << source;
  plt_registry_client_search_async (client, self->line, self->page_size, self->next[source],
                                    self->cancellable, registry_searched_cb,
                                    new_asking (self, source));
}

/* Those that have not been asked, or that have more. */
static void
search_registries (PltPersonSearch *self)
{
  GPtrArray *registries = plt_office_list_registries (self->office, NULL);

  for (guint i = 0; registries != NULL && i < registries->len; i++)
    {
      PltRegistryClient *client = registries->pdata[i];
      PltSource source = plt_registry_client_get_source (client);

      if (plt_registry_client_can_search (client, self->line) &&
          (!(self->given & 1u << source) || self->next[source] != NULL))
        search_registry (self, client);
    }
}

/* While the log cannot be written, nobody else is asked. */
static void
office_searched_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Asking) asking = user_data;
  PltPersonSearch *self = asking->self;
  g_autoptr (GError) error = NULL;
  PltSearchPage *page = plt_store_search_finish (PLT_STORE (source), result, &error);
  gboolean refused = page == NULL;

  if (refused && self->office != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    error = plt_office_take_error (self->office, g_steal_pointer (&error));
  if (!take_page (asking, page, error))
    return;
  self->given |= 1u << PLT_SEARCH_PLACE_OFFICE;
  if (!refused)
    search_registries (self);
  update (self);
}

/* (array zero-terminated=1) (transfer container): the registries that will be asked. */
static const char **
list_sources (PltPersonSearch *self)
{
  GPtrArray *registries = plt_office_list_registries (self->office, NULL);
  g_autoptr (GPtrArray) nicks = g_ptr_array_new ();

  for (guint i = 0; registries != NULL && i < registries->len; i++)
    {
      if (plt_registry_client_can_search (registries->pdata[i], self->line))
        g_ptr_array_add (nicks, (gpointer) plt_source_to_nick (
                                  plt_registry_client_get_source (registries->pdata[i])));
    }
  g_ptr_array_add (nicks, NULL);

  return (const char **) g_ptr_array_free (g_steal_pointer (&nicks), FALSE);
}

static void
search_office (PltPersonSearch *self)
{
  g_autofree const char **sources = list_sources (self);
  /* A later page of the registries alone is written to the log all the same. */
  const char *next = self->next[PLT_SEARCH_PLACE_OFFICE];
  const char *after = next == NULL && self->given & 1u << PLT_SEARCH_PLACE_OFFICE ? "-" : next;

  self->asking |= 1u << PLT_SEARCH_PLACE_OFFICE;
  plt_store_search_async (plt_office_get_store (self->office), self->line, sources, PURPOSE,
                          self->page_size, after, self->cancellable, office_searched_cb,
                          new_asking (self, PLT_SEARCH_PLACE_OFFICE));
}

static void
recent_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Asking) asking = user_data;
  PltPersonSearch *self = asking->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) persons = plt_store_recent_finish (PLT_STORE (source), result, &error);
  GArray *rows;

  if (asking->cancellable != self->cancellable || self->office == NULL)
    return;

  /* Trouble with the database is told by what the person does next. */
  self->asking = 0;
  self->stale = FALSE;
  rows = plt_person_rows_new (NULL);
  for (guint i = 0; persons != NULL && i < persons->len; i++)
    plt_person_rows_append (rows, persons->pdata[i]);
  replace_rows (self, rows);
  update (self);
}

static void
read_recent (PltPersonSearch *self)
{
  self->asking |= 1u << PLT_SEARCH_PLACE_OFFICE;
  plt_store_recent_async (plt_office_get_store (self->office), MAX_RECENT, self->cancellable,
                          recent_read_cb, new_asking (self, PLT_SEARCH_PLACE_OFFICE));
}

static void
begin (PltPersonSearch *self,
       const char      *text)
{
  plt_person_search_cancel (self);
  g_clear_pointer (&self->line, plt_search_line_unref);
  self->line = plt_search_line_parse (text, plt_date_today ());
  g_ptr_array_set_size (self->troubles, 0);
  for (guint i = 0; i < PLT_N_SEARCH_PLACES; i++)
    g_clear_pointer (&self->next[i], g_free);
  self->page = 0;
  self->given = 0;
  self->stale = TRUE;
}

/* What was typed may hold nothing to be searched for: marks, a day that there is not. Whoever was looked
 * up last is no answer to that. */
static void
ask_first (PltPersonSearch *self)
{
  if (is_blank (self))
    read_recent (self);
  else if (plt_search_line_is_empty (self->line))
    add_trouble (self, _("What was typed holds no name, number, address or day on which somebody can be "
                         "born. Type it another way."));
  else
    search_office (self);
}

static GType
plt_person_search_get_item_type (GListModel *list)
{
  return PLT_TYPE_PERSON_HIT;
}

static guint
plt_person_search_get_n_items (GListModel *list)
{
  return PLT_PERSON_SEARCH (list)->rows->len;
}

static gpointer
plt_person_search_get_item (GListModel *list,
                            guint       position)
{
  PltPersonSearch *self = PLT_PERSON_SEARCH (list);

  return position < self->rows->len
           ? g_object_ref (plt_person_rows_get (self->rows, position)) : NULL;
}

static void
plt_person_search_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = plt_person_search_get_item_type;
  iface->get_n_items = plt_person_search_get_n_items;
  iface->get_item = plt_person_search_get_item;
}

static void
plt_person_search_dispose (GObject *object)
{
  PltPersonSearch *self = PLT_PERSON_SEARCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (plt_person_search_parent_class)->dispose (object);
}

static void
plt_person_search_finalize (GObject *object)
{
  PltPersonSearch *self = PLT_PERSON_SEARCH (object);

  g_clear_pointer (&self->line, plt_search_line_unref);
  g_array_unref (self->rows);
  g_ptr_array_unref (self->troubles);
  g_object_unref (self->cancellable);
  for (guint i = 0; i < PLT_N_SEARCH_PLACES; i++)
    g_free (self->next[i]);

  G_OBJECT_CLASS (plt_person_search_parent_class)->finalize (object);
}

static void
plt_person_search_class_init (PltPersonSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plt_person_search_dispose;
  object_class->finalize = plt_person_search_finalize;
  signals[CHANGED] = g_signal_new ("changed", PLT_TYPE_PERSON_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
plt_person_search_init (PltPersonSearch *self)
{
  self->rows = plt_person_rows_new (NULL);
  self->troubles = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  self->page_size = DEFAULT_PAGE_SIZE;
}

PltPersonSearch *
plt_person_search_new (PltOffice *office)
{
  PltPersonSearch *self = g_object_new (PLT_TYPE_PERSON_SEARCH, NULL);

  self->office = g_object_ref (office);

  return self;
}

/* @page_size: how many persons each place is asked for at a time, 1 to 100 */
void
plt_person_search_set_page_size (PltPersonSearch *self,
                                 guint            page_size)
{
  self->page_size = CLAMP (page_size, 1, 100);
}

/**
 * plt_person_search_set_text:
 * @self: a search
 * @text: as typed; empty for the recent persons
 *
 * The rows of before stay until the first new ones arrive.
 */
void
plt_person_search_set_text (PltPersonSearch *self,
                            const char      *text)
{
  begin (self, text);
  ask_first (self);
  update (self);
}

/* Asks each place that has more for its next page. */
void
plt_person_search_load_more (PltPersonSearch *self)
{
  if (self->asking != 0 || !plt_person_search_has_more (self))
    return;

  self->page++;
  search_office (self);
  update (self);
}

/* Nothing under way arrives any more; the rows stay. */
void
plt_person_search_cancel (PltPersonSearch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->asking = 0;
}

PltPersonSearchState
plt_person_search_get_state (PltPersonSearch *self)
{
  return self->state;
}

gboolean
plt_person_search_has_more (PltPersonSearch *self)
{
  for (guint i = 0; i < PLT_N_SEARCH_PLACES; i++)
    {
      if (self->next[i] != NULL)
        return TRUE;
    }

  return FALSE;
}

PltSearchLine *
plt_person_search_get_line (PltPersonSearch *self)
{
  return self->line;
}

GPtrArray *
plt_person_search_get_troubles (PltPersonSearch *self)
{
  return self->troubles;
}

char *
plt_person_search_dup_key (PltPersonSearch *self)
{
  return plt_search_key_new (self->next);
}

static void
run_cancelled_cb (GCancellable *cancellable,
                  gpointer      user_data)
{
  plt_person_search_cancel (user_data);
}

void
plt_person_search_run_async (PltPersonSearch     *self,
                             const char          *text,
                             const char          *after,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  begin (self, text);
  if (after != NULL && !plt_search_key_read (after, self->next))
    {
      g_task_return_new_error (task, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                               _("Nothing was searched, because this is no key of a search. Take "
                                 "the key that the search before gave."));
      return;
    }
  if (after != NULL)
    self->given = ~0u;
  /* What a client needs to be asked must be known before: an adapter file may be wrong. */
  GError *error = NULL;

  if (plt_office_list_registries (self->office, &error) == NULL)
    {
      add_trouble (self, error->message);
      g_clear_error (&error);
    }
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (run_cancelled_cb), self, 0);
  self->run = g_steal_pointer (&task);
  ask_first (self);
  update (self);
}

gboolean
plt_person_search_run_finish (PltPersonSearch  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
