/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys under which two records of one person meet, and what tells at once that two are not one. */
#include "plt-duplicate-keys.h"

#include "plt-address-comparison.h"
#include "plt-date.h"
#include "plt-fold.h"
#include "plt-similarity.h"
#include "plt-transliteration.h"

#include <string.h>

/* Words of a name that are keys of their own: particles are shorter. */
#define MIN_WORD 4
#define MAX_WORDS 6
/* Letters that may differ between two spellings of a given and of a family name. */
#define GIVEN_LETTERS 3
#define FAMILY_LETTERS 5

/* Fowler, Noll and Vo, 32 bits, the bits mixed once more at the end. */
static guint32
hash (const char *text,
      guint32     seed)
{
  guint32 value = 2166136261u ^ seed * 2654435761u;

  for (const char *at = text; *at != '\0'; at++)
    value = (value ^ (guchar) *at) * 16777619u;
  value ^= value >> 15;
  value *= 2246822519u;

  return value ^ value >> 13;
}

static void
append_key (GArray     *keys,
            guint       first,
            const char *text,
            guint32     seed)
{
  guint32 key = hash (text, seed);

  for (guint i = first; i < keys->len; i++)
    if (g_array_index (keys, guint32, i) == key)
      return;
  g_array_append_val (keys, key);
}

/* (transfer full): how a name sounds, in whatever script it is; "" for nothing */
static char *
make_sound (const char *name)
{
  g_autofree char *latin = NULL;

  if (plt_fold_is_latin (name))
    return plt_similarity_sound (name);
  latin = plt_transliteration_to_latin (name);

  return latin != NULL ? plt_similarity_sound (latin) : plt_transliteration_skeleton (name);
}

static PltDate
read_birth (PltPersonRecord *record)
{
  const char *birth = plt_person_record_get_field (record, PLT_FIELD_BIRTH_DATE);
  PltDate date = { 0, 0, 0 };

  if (birth != NULL && !plt_date_parse_iso (birth, &date))
    date = (PltDate) { 0, 0, 0 };

  return date;
}

/* The same for a day and the one that is it with its month swapped. */
static guint32
make_day (PltDate birth)
{
  return (guint32) (MIN (birth.month, birth.day) * 32 + MAX (birth.month, birth.day));
}

static guint32
make_date (PltDate birth)
{
  return (guint32) birth.year * 512 + make_day (birth);
}

static void
append_sounds (GArray     *keys,
               guint       first,
               const char *name,
               guint32     date)
{
  if (name == NULL)
    return;

  g_autofree char *whole = make_sound (name);
  g_autofree char *spaced = g_strdelimit (g_strdup (name), "-'", ' ');
  g_auto (GStrv) words = g_strsplit (spaced, " ", MAX_WORDS);

  if (*whole != '\0')
    append_key (keys, first, whole, date);
  for (int i = 0; words[0] != NULL && words[1] != NULL && words[i] != NULL; i++)
    if (g_utf8_strlen (words[i], -1) >= MIN_WORD)
      {
        g_autofree char *sound = make_sound (words[i]);

        if (*sound != '\0')
          append_key (keys, first, sound, date);
      }
}

static char *
take_first_given (PltPersonRecord *record)
{
  const char *given = plt_person_record_get_field (record, PLT_FIELD_GIVEN_NAMES);

  return given != NULL ? g_strndup (given, strcspn (given, " ")) : NULL;
}

/* Each family name that was ever borne; and the given name, in case the two are swapped. */
static void
append_family_days (PltPersonRecord *record,
                    const char      *given,
                    PltDate          birth,
                    GArray          *keys)
{
  static const PltField names[] = { PLT_FIELD_FAMILY_NAME, PLT_FIELD_BIRTH_FAMILY_NAME };
  const char * const *former = plt_person_record_get_list (record, PLT_RECORD_FORMER_NAME);
  guint first = keys->len;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    append_sounds (keys, first, plt_person_record_get_field (record, names[i]), make_date (birth));
  for (int i = 0; former[i] != NULL; i++)
    append_sounds (keys, first, former[i], make_date (birth));
  append_sounds (keys, first, given, make_date (birth));
}

static void
append_names (const char *family,
              const char *given,
              PltDate     birth,
              GArray     *keys[PLT_N_KEYS])
{
  g_autofree char *a = make_sound (family);
  g_autofree char *b = make_sound (given);
  gboolean swap = strcmp (a, b) > 0;
  g_autofree char *both = g_strconcat (swap ? b : a, "/", swap ? a : b, NULL);

  if (*a == '\0' || *b == '\0')
    return;
  append_key (keys[PLT_KEY_NAMES_YEAR], keys[PLT_KEY_NAMES_YEAR]->len, both, (guint32) birth.year);
  append_key (keys[PLT_KEY_NAMES_DAY], keys[PLT_KEY_NAMES_DAY]->len, both, make_day (birth));
}

static void
append_address (GArray     *keys,
                guint       first,
                const char *address,
                int         year)
{
  g_autofree char *normal = address != NULL ? plt_address_normalise (address) : NULL;

  if (normal != NULL && *normal != '\0')
    append_key (keys, first, normal, (guint32) year);
}

static void
append_addresses (PltPersonRecord *record,
                  int              year,
                  GArray          *keys)
{
  const char * const *former = plt_person_record_get_list (record, PLT_RECORD_FORMER_ADDRESS);
  guint first = keys->len;

  append_address (keys, first, plt_person_record_get_field (record, PLT_FIELD_ADDRESS), year);
  for (int i = 0; former[i] != NULL; i++)
    append_address (keys, first, former[i], year);
}

static void
append_tokens (PltPersonRecord *record,
               GArray          *keys)
{
  static const PltRecordList lists[] = { PLT_RECORD_FORMER_ID, PLT_RECORD_DOCUMENT,
                                         PLT_RECORD_PORTRAIT };
  static const PltField fields[] = { PLT_FIELD_LICENCE_NUMBER, PLT_FIELD_PORTRAIT_OF };
  guint first = keys->len;

  append_key (keys, first, plt_person_record_get_id_number (record), 0);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (plt_person_record_get_field (record, fields[i]) != NULL)
      append_key (keys, first, plt_person_record_get_field (record, fields[i]), 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const char * const *value = plt_person_record_get_list (record, lists[i]); *value != NULL;
         value++)
      {
        g_autofree char *folded = g_ascii_strdown (*value, -1);

        append_key (keys, first, folded, 0);
      }
}

void
plt_duplicate_keys_append (PltPersonRecord *record,
                           GArray          *keys[PLT_N_KEYS])
{
  const char *family = plt_person_record_get_field (record, PLT_FIELD_FAMILY_NAME);
  g_autofree char *given = take_first_given (record);
  PltDate birth = read_birth (record);

  append_tokens (record, keys[PLT_KEY_TOKEN]);
  if (!plt_date_is_set (birth))
    return;
  append_family_days (record, given, birth, keys[PLT_KEY_FAMILY_DAY]);
  append_sounds (keys[PLT_KEY_GIVEN_DAY], keys[PLT_KEY_GIVEN_DAY]->len, given, make_date (birth));
  append_addresses (record, birth.year, keys[PLT_KEY_ADDRESS]);
  if (family != NULL && given != NULL)
    append_names (family, given, birth, keys);
}

/* The letters of a name as bits; nothing for a script without a table. */
static guint32
make_letters (const char *name)
{
  g_autofree char *plain = NULL;
  guint32 letters = 0;

  if (name == NULL)
    return 0;
  plain = plt_fold_is_latin (name) ? plt_transliteration_fold (name)
                                   : plt_transliteration_to_latin (name);
  for (const char *at = plain; at != NULL && *at != '\0'; at++)
    if (g_ascii_islower (*at))
      letters |= 1u << (*at - 'a');

  return letters;
}

void
plt_record_digest_init (PltRecordDigest *self,
                        PltPersonRecord *record)
{
  PltDate birth = read_birth (record);
  const char *address = plt_person_record_get_field (record, PLT_FIELD_ADDRESS);
  g_autofree char *normal = address != NULL ? plt_address_normalise (address) : NULL;
  g_autofree char *given = take_first_given (record);
  const char *birth_place = plt_person_record_get_field (record, PLT_FIELD_BIRTH_PLACE);
  g_autofree char *place = birth_place != NULL && plt_fold_is_latin (birth_place)
                             ? plt_similarity_sound (birth_place) : NULL;

  self->id = hash (plt_person_record_get_id_number (record), 0);
  self->birth = plt_date_is_set (birth)
                  ? (guint32) (birth.year * 512 + birth.month * 32 + birth.day) : 0;
  self->family = make_letters (plt_person_record_get_field (record, PLT_FIELD_FAMILY_NAME));
  self->given = make_letters (given);
  self->address = normal != NULL ? hash (normal, 0) : 0;
  self->place = place != NULL && *place != '\0' ? hash (place, 0) : 0;
}

static gboolean
are_letters_near (guint32 a,
                  guint32 b,
                  int     most)
{
  return a == 0 || b == 0 || __builtin_popcount (a ^ b) <= most;
}

/* Whether the first given name may stand among what the other has for a family name. */
static gboolean
may_be_among (guint32 given,
              guint32 family)
{
  return given == 0 || family == 0 || __builtin_popcount (given & ~family) <= 1;
}

/* Two of year, month and day are the same, or day and month are swapped, or a day apart. */
static gboolean
are_births_near (guint32 a,
                 guint32 b)
{
  guint32 year = a / 512, month = a / 32 % 16, day = a % 32;
  guint32 other_year = b / 512, other_month = b / 32 % 16, other_day = b % 32;

  if (a == 0 || b == 0)
    return TRUE;

  return (year == other_year) + (month == other_month) + (day == other_day) >= 2 ||
         (year == other_year && month == other_day && day == other_month) ||
         (day >= 28 && other_day == 1) || (day == 1 && other_day >= 28);
}

/**
 * plt_record_digest_may_be:
 * @a: a record's digest
 * @b: another's
 * @met: the key under which they met
 *
 * Returns: %FALSE if the two are certainly not to be told, so that nobody needs to read them
 */
gboolean
plt_record_digest_may_be (const PltRecordDigest *a,
                          const PltRecordDigest *b,
                          PltKeyKind             met)
{
  if (a->id == b->id)
    return FALSE;
  if (met == PLT_KEY_TOKEN)
    return TRUE;
  if (!are_births_near (a->birth, b->birth))
    return FALSE;
  /* Namesakes who were born elsewhere and live elsewhere are never told as one. */
  if (a->place != 0 && b->place != 0 && a->place != b->place &&
      (a->address == 0 || a->address != b->address))
    return FALSE;
  if (may_be_among (a->given, b->family) && may_be_among (b->given, a->family))
    return TRUE;
  if (!are_letters_near (a->given, b->given, GIVEN_LETTERS))
    return FALSE;

  return met == PLT_KEY_FAMILY_DAY || are_letters_near (a->family, b->family, FAMILY_LETTERS) ||
         (a->address != 0 && a->address == b->address);
}
