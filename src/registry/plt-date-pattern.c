/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads dates as a registry writes them. */
#include "plt-date-pattern.h"

#include <string.h>

typedef enum
{
  KIND_PATTERN,
  KIND_DATE_TIME, /* RFC 3339 */
  KIND_EPOCH_S,
  KIND_EPOCH_MS,
} Kind;

struct _PltDatePattern
{
  Kind       kind;
  char      *format;
  GTimeZone *zone;
  char     **months; /* twelve, case-folded; NULL: English, three letters */
};

/* Characters; the longest in use has fewer. */
#define MAX_MONTH_NAME 32

static const char * const english_months[] = {
  "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL
};

static Kind
get_kind (const char *format)
{
  if (g_str_equal (format, "date-time"))
    return KIND_DATE_TIME;
  if (g_str_equal (format, "epoch-s"))
    return KIND_EPOCH_S;
  if (g_str_equal (format, "epoch-ms"))
    return KIND_EPOCH_MS;

  return KIND_PATTERN;
}

/* How many bytes of the pattern stand for year ('Y'), month ('M', or 'N' for its name), day ('D') or
 * a mark between ('-'); 0 for what cannot stand in one. */
static int
read_token (const char *at,
            char       *what)
{
  if (g_str_has_prefix (at, "YYYY"))
    return *what = 'Y', 4;
  if (g_str_has_prefix (at, "MON"))
    return *what = 'N', 3;
  if (*at == 'M' || *at == 'D')
    return *what = *at, at[1] == *at ? 2 : 1;
  if (*at != '\0' && strchr (".-/ ,", *at) != NULL)
    return *what = '-', 1;

  return 0;
}

/* A number of unknown length must end somewhere: one of M or D alone stands before a mark or at the
 * end. */
static gboolean
is_pattern (const char *format)
{
  int years = 0;
  int months = 0;
  int days = 0;
  int length;
  char what;

  for (const char *at = format; *at != '\0'; at += length)
    {
      length = read_token (at, &what);
      if (length == 0)
        return FALSE;
      years += what == 'Y';
      months += what == 'M' || what == 'N';
      days += what == 'D';
      if ((what == 'M' || what == 'D') && length == 1 && g_ascii_isupper (at[1]))
        return FALSE;
    }

  return years == 1 && months == 1 && days == 1;
}

static char *
fold_month (const char *name,
            gssize      length)
{
  g_autofree char *folded = g_utf8_casefold (name, length);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

static char **
fold_months (const char * const *months)
{
  g_autoptr (GStrvBuilder) folded = g_strv_builder_new ();

  for (int i = 0; months[i] != NULL; i++)
    {
      g_autofree char *name = fold_month (months[i], -1);

      g_strv_builder_add (folded, name);
    }

  return g_strv_builder_end (folded);
}

/**
 * plt_date_pattern_new:
 * @format: “date-time” (RFC 3339), “epoch-s”, “epoch-ms”, or a pattern such as “DD.MM.YYYY”: YYYY,
 *   MM (two digits), M (one or two), MON (a name), DD, D, and “.”, “-”, “/”, “,” or blanks
 * @zone: (nullable): where a moment's day is meant, as g_time_zone_new_identifier() takes it; %NULL
 *   is UTC
 * @months: (nullable): the twelve names for MON, %NULL-terminated; %NULL is Jan … Dec
 *
 * Returns: (transfer full) (nullable): %NULL if @format is no format or @zone no zone
 */
PltDatePattern *
plt_date_pattern_new (const char         *format,
                      const char         *zone,
                      const char * const *months)
{
  g_autoptr (GTimeZone) place = zone != NULL ? g_time_zone_new_identifier (zone)
                                             : g_time_zone_new_utc ();
  Kind kind = get_kind (format);

  if (place == NULL || (kind == KIND_PATTERN && !is_pattern (format)))
    return NULL;

  PltDatePattern *self = g_new0 (PltDatePattern, 1);

  self->kind = kind;
  self->format = g_strdup (format);
  self->zone = g_steal_pointer (&place);
  self->months = fold_months (months != NULL ? months : english_months);

  return self;
}

void
plt_date_pattern_free (PltDatePattern *self)
{
  g_free (self->format);
  g_time_zone_unref (self->zone);
  g_strfreev (self->months);
  g_free (self);
}

/* Whether it is a moment, so that a zone has a meaning. */
gboolean
plt_date_pattern_has_zone (const PltDatePattern *self)
{
  return self->kind != KIND_PATTERN;
}

gboolean
plt_date_pattern_has_months (const PltDatePattern *self)
{
  return self->kind == KIND_PATTERN && strstr (self->format, "MON") != NULL;
}

static gboolean
take_moment (const PltDatePattern *self,
             GDateTime            *moment,
             PltDate              *date)
{
  g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_timezone (moment, self->zone) : NULL;

  if (local == NULL)
    return FALSE;
  g_date_time_get_ymd (local, &date->year, &date->month, &date->day);

  return plt_date_is_valid (date->year, date->month, date->day);
}

static gboolean
read_moment (const PltDatePattern *self,
             const char           *text,
             PltDate              *date)
{
  gint64 seconds;

  if (self->kind == KIND_DATE_TIME)
    {
      g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (text, NULL);

      return take_moment (self, moment, date);
    }
  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &seconds, NULL))
    return FALSE;
  /* Before 1970 a part of a second still belongs to the second before. */
  if (self->kind == KIND_EPOCH_MS)
    seconds = seconds / 1000 - (seconds % 1000 < 0);

  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);

  return take_moment (self, moment, date);
}

static const char *
read_digits (const char *at,
             int         min,
             int         max,
             int        *number)
{
  int length = 0;

  *number = 0;
  while (length < max && g_ascii_isdigit (at[length]))
    *number = *number * 10 + g_ascii_digit_value (at[length++]);

  return length >= min ? at + length : NULL;
}

/* Names have points and marks that are no letters: “avr.”, “ธันวาคม”. The longest that stands there counts. */
static const char *
read_month_name (const PltDatePattern *self,
                 const char           *at,
                 int                  *month)
{
  const char *found = NULL;
  const char *end = at;

  for (int length = 0; length < MAX_MONTH_NAME && *end != '\0'; length++)
    {
      end = g_utf8_next_char (end);

      g_autofree char *name = fold_month (at, end - at);

      for (int i = 0; self->months[i] != NULL; i++)
        if (g_str_equal (self->months[i], name))
          {
            *month = i + 1;
            found = end;
          }
    }

  return found;
}

static gboolean
read_pattern (const PltDatePattern *self,
              const char           *text,
              PltDate              *date)
{
  const char *at = text;
  int length;

  for (const char *format = self->format; *format != '\0'; format += length)
    {
      char what = '\0';

      length = read_token (format, &what);
      if (what == 'Y')
        at = read_digits (at, 4, 4, &date->year);
      else if (what == 'N')
        at = read_month_name (self, at, &date->month);
      else if (what == '-')
        at = *at == *format ? at + 1 : NULL;
      else
        at = read_digits (at, length, 2, what == 'M' ? &date->month : &date->day);
      if (at == NULL)
        return FALSE;
    }

  return *at == '\0' && plt_date_is_valid (date->year, date->month, date->day);
}

/**
 * plt_date_pattern_read:
 * @self: a pattern
 * @text: valid UTF-8 from outside
 * @date: (out): the date; untouched on failure
 *
 * Returns: whether it is a date of that form
 */
gboolean
plt_date_pattern_read (const PltDatePattern *self,
                       const char           *text,
                       PltDate              *date)
{
  PltDate found = { 0 };
  gboolean is_date = self->kind == KIND_PATTERN ? read_pattern (self, text, &found)
                                                : read_moment (self, text, &found);

  if (is_date)
    *date = found;

  return is_date;
}
