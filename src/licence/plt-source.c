/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of registries, of how an answer can end, and of the fields they know. */
#include "plt-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *nick;
  const char *title;
} Word;

static const Word sources[PLT_N_KNOWN_SOURCES] = {
  [PLT_SOURCE_IDENTITY] = { "identity", N_("Population") },
  [PLT_SOURCE_DRIVER] = { "driver", N_("Driver Qualification") },
  [PLT_SOURCE_INFRINGEMENT] = { "infringement", N_("Infringements") },
};

static const Word states[] = {
  [PLT_SOURCE_STATE_ASKING] = { "asking", N_("Asking…") },
  [PLT_SOURCE_STATE_ANSWERED] = { "answered", N_("Answered") },
  [PLT_SOURCE_STATE_NOT_FOUND] = { "not_found", N_("Not known there") },
  [PLT_SOURCE_STATE_TIMED_OUT] = { "timed_out", N_("No answer in time") },
  [PLT_SOURCE_STATE_UNREACHABLE] = { "unreachable", N_("Not reachable") },
  [PLT_SOURCE_STATE_REFUSED] = { "refused", N_("Access refused") },
  [PLT_SOURCE_STATE_NONSENSE] = { "nonsense", N_("Unusable answer") },
  [PLT_SOURCE_STATE_CANCELLED] = { "cancelled", N_("Cancelled") },
};

static const Word fields[PLT_N_FIELDS] = {
  [PLT_FIELD_FAMILY_NAME] = { "family_name", N_("Family name") },
  [PLT_FIELD_GIVEN_NAMES] = { "given_names", N_("Given names") },
  [PLT_FIELD_FAMILY_NAME_NATIVE] = { "family_name_native", N_("Family name, other script") },
  [PLT_FIELD_GIVEN_NAMES_NATIVE] = { "given_names_native", N_("Given names, other script") },
  [PLT_FIELD_BIRTH_DATE] = { "birth_date", N_("Date of birth") },
  [PLT_FIELD_BIRTH_PLACE] = { "birth_place", N_("Place of birth") },
  [PLT_FIELD_SEX] = { "sex", N_("Sex") },
  [PLT_FIELD_NATIONALITY] = { "nationality", N_("Nationality") },
  [PLT_FIELD_ADDRESS] = { "address", N_("Address") },
  [PLT_FIELD_DEATH_DATE] = { "death_date", N_("Date of death") },
  [PLT_FIELD_LICENCE_NUMBER] = { "licence_number", N_("Licence number") },
  [PLT_FIELD_LICENCE_STATUS] = { "licence_status", N_("Licence status") },
  [PLT_FIELD_LICENCE_EXPIRY] = { "licence_expiry", N_("Licence expiry") },
  [PLT_FIELD_CATEGORIES] = { "categories", N_("Categories") },
  [PLT_FIELD_MEDICAL_UNTIL] = { "medical_until", N_("Medical certificate valid until") },
  [PLT_FIELD_SUSPENDED_UNTIL] = { "suspended_until", N_("Suspended until") },
  [PLT_FIELD_POINTS] = { "points", N_("Penalty points") },
  [PLT_FIELD_UNPAID] = { "unpaid", N_("Unpaid fines") },
  [PLT_FIELD_BIRTH_FAMILY_NAME] = { "birth_family_name", N_("Family name at birth") },
  [PLT_FIELD_PORTRAIT_OF] = { "portrait_of", N_("Person on the photo") },
  [PLT_FIELD_WITHDRAWN] = { "withdrawn_categories", N_("Withdrawn categories") },
  [PLT_FIELD_RESIDENT_SINCE] = { "resident_since", N_("Resident since") },
  [PLT_FIELD_RESIDENCE_COUNTRY] = { "residence_country", N_("Country of residence") },
  [PLT_FIELD_DISQUALIFIED_UNTIL] = { "disqualified_until", N_("Disqualified until") },
  [PLT_FIELD_OFFENCES] = { "offences", N_("Offences") },
  [PLT_FIELD_TESTS] = { "tests", N_("Driving tests") },
  [PLT_FIELD_MEDICALS] = { "medicals", N_("Medical certificates") },
};

/* Words that adapter files and recorded answers brought; none is ever taken back. */
static GMutex lock;
static Word added[PLT_N_SOURCES - PLT_N_KNOWN_SOURCES];
static int n_added;

static int
find_nick (const Word *words,
           int         n_words,
           const char *nick)
{
  for (int i = 0; i < n_words; i++)
    {
      if (g_strcmp0 (words[i].nick, nick) == 0)
        return i;
    }

  return -1;
}

/* (nullable): %NULL for a number that no registry has. */
const char *
plt_source_to_nick (PltSource source)
{
  g_return_val_if_fail ((int) source >= 0 && source < PLT_N_SOURCES, NULL);

  if (source < PLT_N_KNOWN_SOURCES)
    return sources[source].nick;

  g_mutex_lock (&lock);
  const char *nick = added[source - PLT_N_KNOWN_SOURCES].nick;
  g_mutex_unlock (&lock);

  return nick;
}

static int
find_source (const char *nick)
{
  int found = find_nick (sources, G_N_ELEMENTS (sources), nick);

  if (found >= 0)
    return found;
  found = find_nick (added, n_added, nick);

  return found >= 0 ? found + PLT_N_KNOWN_SOURCES : -1;
}

gboolean
plt_source_from_nick (const char *nick,
                      PltSource  *source)
{
  g_mutex_lock (&lock);
  int found = find_source (nick);
  g_mutex_unlock (&lock);

  if (found < 0)
    return FALSE;
  *source = (PltSource) found;

  return TRUE;
}

/* A letter, then small letters, digits and underscores, as the database checks it. */
static gboolean
is_source_nick (const char *nick)
{
  if (nick == NULL || !g_ascii_islower (*nick) || strlen (nick) > 30)
    return FALSE;
  for (const char *at = nick; *at != '\0'; at++)
    {
      if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && *at != '_')
        return FALSE;
    }

  return TRUE;
}

/**
 * plt_source_intern:
 * @nick: the word of a source: a small letter, then small letters, digits and "_", 30 at most
 * @title: (nullable): what people call it; kept for a word of an adapter's own, the last one holds
 * @source: (out): its number
 *
 * Thread-safe.
 *
 * Returns: %FALSE if @nick is no such word, or if there are %PLT_N_SOURCES others already
 */
gboolean
plt_source_intern (const char *nick,
                   const char *title,
                   PltSource  *source)
{
  if (!is_source_nick (nick))
    return FALSE;

  g_mutex_lock (&lock);
  int found = find_source (nick);

  if (found < 0 && n_added < (int) G_N_ELEMENTS (added))
    {
      added[n_added].nick = g_intern_string (nick);
      found = n_added++ + PLT_N_KNOWN_SOURCES;
    }
  if (found >= PLT_N_KNOWN_SOURCES && title != NULL)
    added[found - PLT_N_KNOWN_SOURCES].title = g_intern_string (title);
  g_mutex_unlock (&lock);

  if (found < 0)
    return FALSE;
  *source = (PltSource) found;

  return TRUE;
}

/* How many have a word now; it only grows. */
PltSource
plt_source_get_count (void)
{
  g_mutex_lock (&lock);
  int count = PLT_N_KNOWN_SOURCES + n_added;
  g_mutex_unlock (&lock);

  return (PltSource) count;
}

/* What the registry is about; its own name is plt_registry_client_get_title(). One that is not
 * known to the rules is called as its adapter says. */
const char *
plt_source_get_title (PltSource source)
{
  g_return_val_if_fail ((int) source >= 0 && source < PLT_N_SOURCES, NULL);

  if (source < PLT_N_KNOWN_SOURCES)
    return _(sources[source].title);

  g_mutex_lock (&lock);
  const Word *word = &added[source - PLT_N_KNOWN_SOURCES];
  const char *title = word->title != NULL ? word->title : word->nick;
  g_mutex_unlock (&lock);

  return g_strcmp0 (title, PLT_SOURCE_APPLICANT_NICK) == 0 ? _("Stated by applicant") : title;
}

/* Whether it is no registry but what the applicant stated: it gives way to each of them. */
gboolean
plt_source_is_applicant (PltSource source)
{
  return g_strcmp0 (plt_source_to_nick (source), PLT_SOURCE_APPLICANT_NICK) == 0;
}

const char *
plt_source_state_to_nick (PltSourceState state)
{
  g_return_val_if_fail ((int) state >= 0 && state < G_N_ELEMENTS (states), NULL);

  return states[state].nick;
}

gboolean
plt_source_state_from_nick (const char     *nick,
                            PltSourceState *state)
{
  int found = find_nick (states, G_N_ELEMENTS (states), nick);

  if (found < 0)
    return FALSE;
  *state = (PltSourceState) found;

  return TRUE;
}

const char *
plt_source_state_get_title (PltSourceState state)
{
  g_return_val_if_fail ((int) state >= 0 && state < G_N_ELEMENTS (states), NULL);

  return _(states[state].title);
}

gboolean
plt_source_state_is_final (PltSourceState state)
{
  return state != PLT_SOURCE_STATE_ASKING;
}

const char *
plt_field_to_nick (PltField field)
{
  g_return_val_if_fail ((int) field >= 0 && field < PLT_N_FIELDS, NULL);

  return fields[field].nick;
}

gboolean
plt_field_from_nick (const char *nick,
                     PltField   *field)
{
  int found = find_nick (fields, G_N_ELEMENTS (fields), nick);

  if (found < 0)
    return FALSE;
  *field = (PltField) found;

  return TRUE;
}

const char *
plt_field_get_title (PltField field)
{
  g_return_val_if_fail ((int) field >= 0 && field < PLT_N_FIELDS, NULL);

  return _(fields[field].title);
}

/**
 * plt_field_is_person:
 * @field: a field
 *
 * Returns: whether it says who the citizen is (and is reconciled between sources) rather than
 *   what one registry alone knows: licence, points, fines
 */
gboolean
plt_field_is_person (PltField field)
{
  return field <= PLT_FIELD_DEATH_DATE;
}
