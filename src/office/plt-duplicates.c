/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for other records of the person who was looked up, after the look-up has ended. */
#include "plt-duplicates.h"

#include "plt-decisions.h"
#include "plt-duplicate-keys.h"
#include "plt-duplicate-search.h"
#include "plt-id-number.h"
#include "plt-inquiry.h"
#include "plt-lookup-private.h"
#include "plt-store-decisions.h"

#include <glib/gi18n-lib.h>

/* So many are read in full, which is written to the log as a look-up of each. */
#define MAX_READ 3
#define PURPOSE "duplicates"

/* Somebody who was found. */
typedef struct
{
  PltPersonRecord *record;
  PltInquiry      *inquiry; /* NULL until it is read in full */
  PltDuplicate     duplicate;
  gboolean         mistyped; /* it stands under a number that is nobody's, */
  PltSource        source;   /* in this registry */
} Candidate;

struct _PltDuplicates
{
  GObject parent_instance;
  PltLookup *lookup;
  PltOffice *office;
  GCancellable *cancellable;
  PltPersonRecord *subject;
  GPtrArray *candidates; /* Candidate, the likeliest first */
  GHashTable *links;     /* the other number → state */
  GPtrArray *finds;      /* PltDuplicateFind */
  GPtrArray *troubles;
  guint n_waiting;
  gboolean busy;
};

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint done_signal;

static void plt_duplicates_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PltDuplicates, plt_duplicates, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      plt_duplicates_list_model_init))

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  plt_person_record_unref (candidate->record);
  if (candidate->inquiry != NULL)
    plt_inquiry_cancel (candidate->inquiry);
  g_clear_object (&candidate->inquiry);
  g_free (candidate);
}

static void
add_trouble (PltDuplicates *self,
             const char    *sentence)
{
  if (!g_ptr_array_find_with_equal_func (self->troubles, sentence, g_str_equal, NULL))
    g_ptr_array_add (self->troubles, g_strdup (sentence));
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *first = *(Candidate * const *) a;
  const Candidate *second = *(Candidate * const *) b;

  if (first->duplicate.level != second->duplicate.level)
    return (int) second->duplicate.level - (int) first->duplicate.level;

  return (second->duplicate.weight > first->duplicate.weight) -
         (second->duplicate.weight < first->duplicate.weight);
}

static void
end (PltDuplicates *self)
{
  if (!self->busy)
    return;

  g_ptr_array_sort (self->candidates, compare_candidates);
  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = self->candidates->pdata[i];
      PltDuplicateFind *find;

      if (candidate->duplicate.level == PLT_DUPLICATE_UNLIKELY)
        continue;
      find = candidate->mistyped
               ? plt_duplicate_find_new_mistyped (candidate->record, &candidate->duplicate,
                                                  candidate->source)
               : plt_duplicate_find_new (candidate->record, &candidate->duplicate);
      if (self->links != NULL)
        plt_duplicate_find_set_link (
          find, g_hash_table_lookup (self->links, plt_duplicate_find_get_id_number (find)));
      g_ptr_array_add (self->finds, find);
    }
  self->busy = FALSE;
  if (self->finds->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->finds->len);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  g_signal_emit (self, done_signal, 0);
}

static void
end_step (PltDuplicates *self)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (--self->n_waiting == 0)
    end (self);
}

static gboolean
is_answered (PltSourceAnswer *answer)
{
  return answer != NULL && plt_source_answer_get_state (answer) == PLT_SOURCE_STATE_ANSWERED;
}

/* The population register's record if it has one, else the first; a licence of any. */
static PltPersonRecord *
make_record (const char      *id_number,
             PltSourceAnswer *answers[PLT_N_SOURCES])
{
  PltPersonRecord *record = NULL;

  for (int i = 0; i < PLT_N_SOURCES; i++)
    if (is_answered (answers[i]))
      {
        if (record == NULL)
          record = plt_person_record_new_from_answer (id_number, answers[i]);
        if (plt_person_record_get_field (record, PLT_FIELD_LICENCE_NUMBER) == NULL)
          plt_person_record_set_field (
            record, PLT_FIELD_LICENCE_NUMBER,
            plt_source_answer_get_field (answers[i], PLT_FIELD_LICENCE_NUMBER));
      }

  return record;
}

static Candidate *
find_candidate (PltDuplicates *self,
                PltInquiry    *inquiry)
{
  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = self->candidates->pdata[i];

      if (candidate->inquiry == inquiry)
        return candidate;
    }

  return NULL;
}

static void
candidate_read_cb (PltDuplicates *self,
                   PltInquiry    *inquiry)
{
  Candidate *candidate = find_candidate (self, inquiry);
  PltSourceAnswer *answers[PLT_N_SOURCES];
  PltPersonRecord *record;

  /* What has been cancelled ends as well. */
  if (candidate == NULL)
    return;
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    answers[i] = plt_inquiry_get_answer (inquiry, i);
  record = make_record (plt_person_record_get_id_number (candidate->record), answers);
  if (record != NULL)
    {
      plt_person_record_unref (candidate->record);
      candidate->record = record;
      plt_duplicate_compare (self->subject, record, NULL, &candidate->duplicate);
    }
  end_step (self);
}

static void
candidate_failed_cb (PltDuplicates *self,
                     const GError  *error)
{
  if (self->candidates->len == 0)
    return;
  add_trouble (self, error->message);
  end_step (self);
}

static void
read_candidate (PltDuplicates *self,
                Candidate     *candidate)
{
  candidate->inquiry = plt_inquiry_new (
    self->office, plt_person_record_get_id_number (candidate->record), PURPOSE);
  g_signal_connect_object (candidate->inquiry, "done", G_CALLBACK (candidate_read_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (candidate->inquiry, "failed", G_CALLBACK (candidate_failed_cb), self,
                           G_CONNECT_SWAPPED);
  self->n_waiting++;
}

/* Each person once, with all that several places said. */
static GHashTable *
merge_hits (GPtrArray *hits)
{
  GHashTable *merged = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < hits->len; i++)
    {
      PltPersonHit *hit = hits->pdata[i];
      PltPersonHit *known = g_hash_table_lookup (merged, plt_person_hit_get_id_number (hit));

      if (known == NULL)
        g_hash_table_insert (merged, (gpointer) plt_person_hit_get_id_number (hit), hit);
      else if (known != hit)
        plt_person_hit_merge (known, hit);
    }

  return merged;
}

/* The first of those that have the person. */
static PltSource
find_source (PltPersonHit *hit)
{
  PltSource source = 0;

  while (source + 1 < PLT_N_SOURCES && !plt_person_hit_has_source (hit, source))
    source++;

  return source;
}

static void
compare_hits (PltDuplicates *self,
              GPtrArray     *hits)
{
  g_autoptr (GHashTable) merged = merge_hits (hits);
  PltRecordDigest subject, other;
  GHashTableIter iter;
  gpointer hit;

  plt_record_digest_init (&subject, self->subject);
  g_hash_table_remove (merged, plt_lookup_get_id_number (self->lookup));
  g_hash_table_iter_init (&iter, merged);
  while (g_hash_table_iter_next (&iter, NULL, &hit))
    {
      g_autoptr (PltPersonRecord) record = plt_person_record_new_from_hit (hit);
      Candidate candidate = { .duplicate.level = PLT_DUPLICATE_UNLIKELY };

      gboolean is_slip = plt_id_number_is_slip (plt_lookup_get_id_number (self->lookup),
                                                plt_person_record_get_id_number (record));

      plt_record_digest_init (&other, record);
      if (!plt_record_digest_may_be (&subject, &other, is_slip ? PLT_KEY_TOKEN : PLT_KEY_FAMILY_DAY))
        continue;
      plt_duplicate_compare (self->subject, record, NULL, &candidate.duplicate);
      if (candidate.duplicate.level == PLT_DUPLICATE_UNLIKELY)
        continue;
      candidate.record = g_steal_pointer (&record);
      candidate.mistyped = is_slip;
      candidate.source = find_source (hit);
      g_ptr_array_add (self->candidates, g_memdup2 (&candidate, sizeof candidate));
    }
  g_ptr_array_sort (self->candidates, compare_candidates);
}

/* A number that is nobody's cannot be looked up. */
static void
read_best (PltDuplicates *self)
{
  guint n_read = 0;

  for (guint i = 0; i < self->candidates->len && n_read < MAX_READ; i++)
    {
      Candidate *candidate = self->candidates->pdata[i];

      if (candidate->mistyped)
        continue;
      read_candidate (self, candidate);
      n_read++;
    }
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PltDuplicates) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltDuplicateHits) found = plt_duplicate_search_finish (result, &error);

  if (found != NULL)
    {
      for (guint i = 0; i < found->troubles->len; i++)
        add_trouble (self, found->troubles->pdata[i]);
      compare_hits (self, found->hits);
      read_best (self);
    }
  end_step (self);
}

static void
links_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PltDuplicates) self = user_data;
  g_autoptr (GError) error = NULL;

  self->links = plt_store_read_links_finish (PLT_STORE (source), result, &error);
  if (self->links == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_trouble (self, error->message);
  end_step (self);
}

static void
begin (PltDuplicates *self)
{
  PltSourceAnswer *answers[PLT_N_SOURCES];

  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    answers[i] = plt_lookup_get_answer (self->lookup, i);
  self->subject = make_record (plt_lookup_get_id_number (self->lookup), answers);
  if (self->subject == NULL)
    {
      add_trouble (self, _("Nobody was searched for a second record, because no registry said who "
                           "this is. Look the person up again."));
      end (self);
      return;
    }
  self->n_waiting = 2;
  plt_duplicate_search_async (self->office, self->subject, self->cancellable, searched_cb,
                              g_object_ref (self));
  plt_store_read_links_async (plt_office_get_store (self->office),
                              plt_lookup_get_id_number (self->lookup), self->cancellable,
                              links_read_cb, g_object_ref (self));
}

static gboolean
begin_cb (gpointer user_data)
{
  PltDuplicates *self = user_data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    begin (self);

  return G_SOURCE_REMOVE;
}

static void
looked_up_cb (PltDuplicates *self)
{
  g_signal_handlers_disconnect_by_data (self->lookup, self);
  g_idle_add_full (G_PRIORITY_LOW, begin_cb, g_object_ref (self), g_object_unref);
}

static void
lookup_failed_cb (PltDuplicates *self,
                  const GError  *error)
{
  g_signal_handlers_disconnect_by_data (self->lookup, self);
  add_trouble (self, error->message);
  end (self);
}

static GType
plt_duplicates_get_item_type (GListModel *list)
{
  return PLT_TYPE_DUPLICATE_FIND;
}

static guint
plt_duplicates_get_n_items (GListModel *list)
{
  return PLT_DUPLICATES (list)->finds->len;
}

static gpointer
plt_duplicates_get_item (GListModel *list,
                         guint       position)
{
  PltDuplicates *self = PLT_DUPLICATES (list);

  return position < self->finds->len ? g_object_ref (self->finds->pdata[position]) : NULL;
}

static void
plt_duplicates_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = plt_duplicates_get_item_type;
  iface->get_n_items = plt_duplicates_get_n_items;
  iface->get_item = plt_duplicates_get_item;
}

static void
plt_duplicates_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (property_id == PROP_BUSY)
    g_value_set_boolean (value, PLT_DUPLICATES (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
plt_duplicates_dispose (GObject *object)
{
  PltDuplicates *self = PLT_DUPLICATES (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->candidates, 0);
  g_clear_object (&self->lookup);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_duplicates_parent_class)->dispose (object);
}

static void
plt_duplicates_finalize (GObject *object)
{
  PltDuplicates *self = PLT_DUPLICATES (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->subject, plt_person_record_unref);
  g_ptr_array_unref (self->candidates);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_ptr_array_unref (self->finds);
  g_ptr_array_unref (self->troubles);
  G_OBJECT_CLASS (plt_duplicates_parent_class)->finalize (object);
}

static void
plt_duplicates_class_init (PltDuplicatesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = plt_duplicates_get_property;
  object_class->dispose = plt_duplicates_dispose;
  object_class->finalize = plt_duplicates_finalize;
  properties[PROP_BUSY]
    = g_param_spec_boolean ("busy", NULL, NULL, TRUE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  done_signal = g_signal_new ("done", PLT_TYPE_DUPLICATES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

static void
plt_duplicates_init (PltDuplicates *self)
{
  self->cancellable = g_cancellable_new ();
  self->candidates = g_ptr_array_new_with_free_func (candidate_free);
  self->finds = g_ptr_array_new_with_free_func (g_object_unref);
  self->troubles = g_ptr_array_new_with_free_func (g_free);
  self->busy = TRUE;
}

/**
 * plt_duplicates_new:
 * @lookup: a look-up, ended or not
 *
 * Returns: (transfer full): a list that fills after @lookup has ended
 */
PltDuplicates *
plt_duplicates_new (PltLookup *lookup)
{
  g_return_val_if_fail (PLT_IS_LOOKUP (lookup), NULL);

  PltDuplicates *self = g_object_new (PLT_TYPE_DUPLICATES, NULL);

  self->lookup = g_object_ref (lookup);
  self->office = g_object_ref (plt_lookup_get_office (lookup));
  if (plt_lookup_is_busy (lookup))
    {
      g_signal_connect_object (lookup, "done", G_CALLBACK (looked_up_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (lookup, "failed", G_CALLBACK (lookup_failed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else
    looked_up_cb (self);

  return self;
}

/* Nothing arrives any more: "done" is not emitted, and "busy" stays. */
void
plt_duplicates_cancel (PltDuplicates *self)
{
  g_return_if_fail (PLT_IS_DUPLICATES (self));

  g_signal_handlers_disconnect_by_data (self->lookup, self);
  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->candidates, 0);
}

GPtrArray *
plt_duplicates_get_troubles (PltDuplicates *self)
{
  g_return_val_if_fail (PLT_IS_DUPLICATES (self), NULL);

  return self->troubles;
}
