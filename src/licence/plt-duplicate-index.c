/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds among any number of records those that may be of one person: key by key, whoever meets. */
#include "plt-duplicate-index.h"

#include <stdlib.h>

/* More who share a key share a default, “unknown”, an institution; other keys tell them apart. */
#define MAX_CROWD 1000
/* More are no finds but a file that has everybody several times. */
#define MAX_PAIRS 1000000

struct _PltDuplicateIndex
{
  PltNameCensus *census;
  GArray        *digests;          /* PltRecordDigest */
  GArray        *met[PLT_N_KEYS];  /* guint64: key and position */
  GArray        *keys[PLT_N_KEYS]; /* guint32: of one record, used again */
};

/* One search. */
typedef struct
{
  PltDuplicateIndex  *index;
  PltRecordFetch      fetch;
  gpointer            user_data;
  PltDuplicateEffort *effort;
  GArray             *pairs;
  GHashTable         *known; /* pairs that are in @pairs: guint64 of both positions */
  PltPersonRecord    *held;  /* the record that is compared with several */
  guint               held_position;
  gboolean            ended;
} Search;

PltDuplicateIndex *
plt_duplicate_index_new (void)
{
  PltDuplicateIndex *self = g_new0 (PltDuplicateIndex, 1);

  self->census = plt_name_census_new ();
  self->digests = g_array_new (FALSE, FALSE, sizeof (PltRecordDigest));
  for (int i = 0; i < PLT_N_KEYS; i++)
    {
      self->met[i] = g_array_new (FALSE, FALSE, sizeof (guint64));
      self->keys[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
    }

  return self;
}

void
plt_duplicate_index_free (PltDuplicateIndex *self)
{
  plt_name_census_free (self->census);
  g_array_unref (self->digests);
  for (int i = 0; i < PLT_N_KEYS; i++)
    {
      g_clear_pointer (&self->met[i], g_array_unref);
      g_array_unref (self->keys[i]);
    }
  g_free (self);
}

/* @record: takes the next position */
void
plt_duplicate_index_add (PltDuplicateIndex *self,
                         PltPersonRecord   *record)
{
  guint position = self->digests->len;
  PltRecordDigest digest;

  plt_name_census_count (self->census, record);
  plt_record_digest_init (&digest, record);
  g_array_append_val (self->digests, digest);
  plt_duplicate_keys_append (record, self->keys);
  for (int i = 0; i < PLT_N_KEYS; i++)
    {
      for (guint j = 0; j < self->keys[i]->len; j++)
        {
          guint64 entry = (guint64) g_array_index (self->keys[i], guint32, j) << 32 | position;

          g_array_append_val (self->met[i], entry);
        }
      g_array_set_size (self->keys[i], 0);
    }
}

static int
compare_entries (const void *a,
                 const void *b)
{
  guint64 first = *(const guint64 *) a;
  guint64 second = *(const guint64 *) b;

  return (first > second) - (first < second);
}

static PltPersonRecord *
hold (Search *self,
      guint   position)
{
  if (self->held != NULL && self->held_position == position)
    return self->held;
  g_clear_pointer (&self->held, plt_person_record_unref);
  self->held = self->fetch (position, self->user_data);
  self->held_position = position;

  return self->held;
}

static gboolean
is_known (Search *self,
          guint64 both)
{
  return g_hash_table_contains (self->known, &both);
}

static void
compare (Search *self,
         guint   a,
         guint   b)
{
  guint64 both = (guint64) a << 32 | b;
  PltDuplicatePair pair = { .a = a, .b = b };
  g_autoptr (PltPersonRecord) other = NULL;

  if (is_known (self, both))
    return;
  other = hold (self, a) != NULL ? self->fetch (b, self->user_data) : NULL;
  if (other == NULL)
    {
      self->ended = TRUE;
      return;
    }
  self->effort->n_compared++;
  if (g_str_equal (plt_person_record_get_id_number (self->held),
                   plt_person_record_get_id_number (other)))
    return;
  plt_duplicate_compare (self->held, other, self->index->census, &pair.duplicate);
  if (pair.duplicate.level == PLT_DUPLICATE_UNLIKELY)
    return;
  g_array_append_val (self->pairs, pair);
  g_hash_table_add (self->known, g_memdup2 (&both, sizeof both));
  self->effort->too_many = self->pairs->len >= MAX_PAIRS;
  self->ended = self->effort->too_many;
}

/* @entries: all that have one key, in the order of their positions */
static void
compare_crowd (Search        *self,
               const guint64 *entries,
               guint          n,
               PltKeyKind     kind)
{
  const PltRecordDigest *digests = (const PltRecordDigest *) (gpointer) self->index->digests->data;

  if (n > MAX_CROWD)
    {
      self->effort->n_crowds++;
      return;
    }
  self->effort->n_met += (guint64) n * (n - 1) / 2;
  for (guint i = 0; i < n && !self->ended; i++)
    for (guint j = i + 1; j < n && !self->ended; j++)
      {
        guint a = (guint) (entries[i] & G_MAXUINT32);
        guint b = (guint) (entries[j] & G_MAXUINT32);

        if (plt_record_digest_may_be (&digests[a], &digests[b], kind))
          compare (self, a, b);
      }
}

static void
search_key (Search     *self,
            PltKeyKind  kind)
{
  GArray *met = self->index->met[kind];
  const guint64 *entries = (const guint64 *) (gpointer) met->data;

  if (met->len > 1)
    qsort (met->data, met->len, sizeof (guint64), compare_entries);
  for (guint first = 0, end; first < met->len && !self->ended; first = end)
    {
      for (end = first + 1; end < met->len && entries[end] >> 32 == entries[first] >> 32; end++)
        ;
      compare_crowd (self, entries + first, end - first, kind);
    }
}

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const PltDuplicatePair *first = a;
  const PltDuplicatePair *second = b;

  if (first->duplicate.level != second->duplicate.level)
    return (int) second->duplicate.level - (int) first->duplicate.level;
  if (first->duplicate.weight != second->duplicate.weight)
    return first->duplicate.weight < second->duplicate.weight ? 1 : -1;
  if (first->a != second->a)
    return first->a < second->a ? -1 : 1;

  return (first->b > second->b) - (first->b < second->b);
}

/**
 * plt_duplicate_index_find:
 * @self: an index to which all records have been added; it is used up
 * @fetch: gives a record
 * @user_data: for @fetch
 * @effort: (out caller-allocates): what it cost
 *
 * Returns: (transfer full) (element-type PltDuplicatePair) (nullable): the pairs that are not
 *   unlikely, the surest first; %NULL when @fetch gave none, or there are too many
 */
GArray *
plt_duplicate_index_find (PltDuplicateIndex  *self,
                          PltRecordFetch      fetch,
                          gpointer            user_data,
                          PltDuplicateEffort *effort)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (PltDuplicatePair));
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Search search = { .index = self, .fetch = fetch, .user_data = user_data, .effort = effort,
                    .pairs = pairs, .known = known };

  *effort = (PltDuplicateEffort) { 0, 0, 0, FALSE };
  for (int kind = 0; kind < PLT_N_KEYS && !search.ended; kind++)
    {
      search_key (&search, (PltKeyKind) kind);
      g_clear_pointer (&self->met[kind], g_array_unref);
    }
  g_clear_pointer (&search.held, plt_person_record_unref);
  if (search.ended)
    return NULL;
  g_array_sort (pairs, compare_pairs);

  return g_steal_pointer (&pairs);
}
