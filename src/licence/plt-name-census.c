/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How common names and places of birth are among many records. */
#include "plt-name-census.h"

#include "plt-fold.h"
#include "plt-transliteration.h"

/* Two names in one place are taken for commoner than they are, which errs to the careful side. */
#define N_PLACES (1u << 18)
/* How many times commoner the right spelling is, at least, than one and the same slip. */
#define SLIP_RATIO 20

struct _PltNameCensus
{
  guint32 counts[PLT_N_CENSUSES][N_PLACES];
  guint64 totals[PLT_N_CENSUSES];
};

PltNameCensus *
plt_name_census_new (void)
{
  return g_new0 (PltNameCensus, 1);
}

void
plt_name_census_free (PltNameCensus *self)
{
  g_free (self);
}

static guint
find_place (const char *name)
{
  g_autofree char *folded = plt_transliteration_fold (name);
  guint hash = g_str_hash (folded);

  return (hash ^ hash >> 18) % N_PLACES;
}

static void
count_one (PltNameCensus *self,
           PltCensusOf    of,
           const char    *name)
{
  self->counts[of][find_place (name)]++;
  self->totals[of]++;
}

void
plt_name_census_count (PltNameCensus   *self,
                       PltPersonRecord *record)
{
  const char *family = plt_person_record_get_field (record, PLT_FIELD_FAMILY_NAME);
  const char *given = plt_person_record_get_field (record, PLT_FIELD_GIVEN_NAMES);
  const char *place = plt_person_record_get_field (record, PLT_FIELD_BIRTH_PLACE);

  if (family != NULL)
    count_one (self, PLT_CENSUS_FAMILY_NAME, family);
  if (place != NULL)
    count_one (self, PLT_CENSUS_BIRTH_PLACE, place);
  if (given != NULL)
    {
      g_auto (GStrv) words = g_strsplit (given, " ", 8);

      for (int i = 0; words[i] != NULL; i++)
        count_one (self, PLT_CENSUS_GIVEN_NAME, words[i]);
    }
}

double
plt_name_census_share (PltNameCensus *self,
                       PltCensusOf    of,
                       const char    *name)
{
  if (self == NULL || self->totals[of] == 0)
    return -1;

  /* Somebody whom few records show may be common among those that are not here. */
  return ((double) self->counts[of][find_place (name)] + 1) / ((double) self->totals[of] + 200);
}

/**
 * plt_name_census_is_slip:
 * @self: (nullable): a census, or %NULL if nothing is known
 * @of: of what
 * @name: a spelling
 * @other: one that is like it
 *
 * Maria and Marie are two names; Maria and Maira are a name and a slip of the hand.
 *
 * Returns: whether one of the two is so rare beside the other that it is a mistake
 */
gboolean
plt_name_census_is_slip (PltNameCensus *self,
                         PltCensusOf    of,
                         const char    *name,
                         const char    *other)
{
  if (self == NULL)
    return FALSE;

  guint32 first = self->counts[of][find_place (name)];
  guint32 second = self->counts[of][find_place (other)];

  return (guint64) MIN (first, second) * SLIP_RATIO <= MAX (first, second);
}
