/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tracks of the AAMVA magnetic stripe. Start and end sentinels are part of a text, the check
 * character (LRC) is not: encoders write it and readers take it away. */
#include "plt-aamva-stripe.h"

#include "plt-aamva-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Annex F; ISO/IEC 7811-2: 79 and 40 characters on a track, of which sentinels and check take three. */
#define MOST_ON_TRACK_1 76
#define MOST_ON_TRACK_2 37
#define TOWN_LENGTH 13
#define NAME_LENGTH 35
#define ADDRESS_LENGTH 29
#define NUMBER_LENGTH 13
#define OVERFLOW_LENGTH 5
#define ISSUER_LENGTH 6

static void
refuse (PltIsoError   code,
        const char   *field,
        const char   *value,
        GError      **error)
{
  g_clear_error (error);
  if (code == PLT_ISO_ERROR_TOO_LONG)
    g_set_error (error, PLT_ISO_ERROR, code,
                 /* Translators: first the name of a field, then its value. */
                 _("The track of the magnetic stripe was not made, because the %s “%s” does not fit. "
                   "Leave the stripe blank, or shorten it in the application."), field, value);
  else if (*value == '\0')
    g_set_error (error, PLT_ISO_ERROR, code,
                 _("The track of the magnetic stripe was not made, because the %s is not known. "
                   "Complete the record, or leave the stripe blank."), field);
  else
    g_set_error (error, PLT_ISO_ERROR, code,
                 /* Translators: first the name of a field, then its value. */
                 _("The track of the magnetic stripe was not made, because it cannot hold the %s "
                   "“%s”. Leave the stripe blank, or correct the record."), field, value);
}

/* The end sentinel and what stands between fields cannot stand in one, nor can what seven bits do
 * not have: ISO/IEC 7811-2 holds the characters from space to underscore. */
static char *
spell (const char  *text,
       const char  *field,
       GError     **error)
{
  g_autofree char *spelt = plt_aamva_spell (text, field, error);

  if (spelt == NULL)
    {
      refuse (PLT_ISO_ERROR_NEEDS_LATIN, field, text, error);
      return NULL;
    }
  for (const char *at = spelt; *at != '\0'; at++)
    if (*at > '_' || strchr ("%^?$", *at) != NULL)
      {
        refuse (PLT_ISO_ERROR_INVALID, field, text, error);
        return NULL;
      }
  if (*spelt == '\0')
    {
      refuse (PLT_ISO_ERROR_INVALID, field, "", error);
      return NULL;
    }

  return g_steal_pointer (&spelt);
}

/* Of a fixed width, or ended by @end where it is shorter. A field that does not fit is refused: a
 * stripe has no mark for what was cut. */
static gboolean
add_field (GString     *track,
           const char  *value,
           gsize        width,
           char         end,
           const char  *field,
           GError     **error)
{
  gsize length = strlen (value);

  if (length > width)
    {
      refuse (PLT_ISO_ERROR_TOO_LONG, field, value, error);
      return FALSE;
    }
  g_string_append (track, value);
  if (length < width)
    g_string_append_c (track, end);

  return TRUE;
}

/* Last, first and middle names with a dollar sign between. */
static char *
spell_name (PltLicenceData  *data,
            GError         **error)
{
  g_autofree char *family = spell (data->family_name, _("family name"), error);
  g_autofree char *given = family != NULL ? spell (data->given_names, _("given names"), error) : NULL;
  char *space;

  if (given == NULL)
    return NULL;
  space = strchr (given, ' ');
  if (space != NULL)
    *space = '$';

  return g_strconcat (family, "$", given, NULL);
}

static char *
spell_address (PltLicenceData  *data,
               GError         **error)
{
  g_autofree char *spelt = spell (data->address, _("address"), error);
  g_auto (GStrv) lines = NULL;

  if (spelt == NULL)
    return NULL;
  lines = g_strsplit (spelt, ", ", -1);

  return g_strjoinv ("$", lines);
}

static char *
build_track_1 (PltLicenceData  *data,
               GError         **error)
{
  g_autoptr (GString) track = g_string_new ("%" PLT_AAMVA_JURISDICTION);
  g_autofree char *town = spell (data->address_city, _("town"), error);
  g_autofree char *name = town != NULL ? spell_name (data, error) : NULL;
  g_autofree char *address = name != NULL ? spell_address (data, error) : NULL;
  gsize left;

  if (address == NULL ||
      !add_field (track, town, TOWN_LENGTH, '^', _("town"), error) ||
      !add_field (track, name, NAME_LENGTH, '^', _("name"), error))
    return NULL;
  left = MOST_ON_TRACK_1 - (track->len - 1);
  if (!add_field (track, address, MIN (left, ADDRESS_LENGTH), '^', _("address"), error))
    return NULL;
  g_string_append_c (track, '?');

  return g_string_free (g_steal_pointer (&track), FALSE);
}

/* How letters would be written as digits is not confirmed; a number with letters is refused. */
static gboolean
check_number (const char  *number,
              GError     **error)
{
  if (number == NULL || *number == '\0')
    {
      refuse (PLT_ISO_ERROR_INVALID, _("licence number"), "", error);
      return FALSE;
    }
  if (number[strspn (number, "0123456789")] != '\0')
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
                   _("Track 2 of the magnetic stripe was not made, because how the letters and signs "
                     "of the licence number “%s” are written as digits is not confirmed. Leave the "
                     "stripe blank."), number);
      return FALSE;
    }
  if (strlen (number) > NUMBER_LENGTH + OVERFLOW_LENGTH)
    {
      refuse (PLT_ISO_ERROR_TOO_LONG, _("licence number"), number, error);
      return FALSE;
    }

  return TRUE;
}

static char *
build_track_2 (PltLicenceData  *data,
               GError         **error)
{
  g_autoptr (GString) track = g_string_new (";" PLT_AAMVA_ISSUER);
  const char *number = data->licence_number;
  gsize length;

  if (!check_number (number, error))
    return NULL;
  if (!plt_date_is_set (data->expiry_date) || !plt_date_is_set (data->birth_date))
    {
      refuse (PLT_ISO_ERROR_INVALID, _("dates of birth and expiry"), "", error);
      return NULL;
    }
  length = strlen (number);
  g_string_append_printf (track, "%.*s=%02d%02d%04d%02d%02d", NUMBER_LENGTH, number,
                          data->expiry_date.year % 100, data->expiry_date.month,
                          data->birth_date.year, data->birth_date.month, data->birth_date.day);
  g_string_append (track, length > NUMBER_LENGTH ? number + NUMBER_LENGTH : "=");
  g_string_append_c (track, '?');
  g_assert (track->len - 2 <= MOST_ON_TRACK_2);

  return g_string_free (g_steal_pointer (&track), FALSE);
}

/**
 * plt_aamva_stripe_build:
 * @data: names whole, not as shortened for another code
 * @track: 1 to %PLT_STRIPE_N_TRACKS
 * @error: %PLT_ISO_ERROR_NEEDS_LATIN, %PLT_ISO_ERROR_TOO_LONG, %PLT_ISO_ERROR_INVALID or
 *   %PLT_ISO_ERROR_UNCONFIRMED, each naming the field
 *
 * The issuer's number and the jurisdiction are fictitious ones, so only specimens are written. Track 3
 * is refused: of its 37 discretionary characters neither error correction nor security is confirmed.
 *
 * Returns: (transfer full) (nullable): ASCII, with its sentinels
 */
char *
plt_aamva_stripe_build (PltLicenceData  *data,
                        int              track,
                        GError         **error)
{
  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (track >= 1 && track <= PLT_STRIPE_N_TRACKS, NULL);

  if (!data->specimen)
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
                           _("The magnetic stripe was not made: its issuer’s number 999999 is fictitious, and this office’s "
                             "keys are enrolled, so that its cards are no specimens. Leave the stripe blank."));
      return NULL;
    }
  if (track == 1)
    return build_track_1 (data, error);
  if (track == 2)
    return build_track_2 (data, error);

  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
                       _("Track 3 of the magnetic stripe was not made, because what its error "
                         "correction and security characters hold is not confirmed. Write tracks 1 "
                         "and 2 alone."));
  return NULL;
}
