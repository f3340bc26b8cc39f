/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the first two tracks of an AAMVA magnetic stripe as a reader in keyboard mode types them. */
#include "plt-aamva-stripe.h"

#include "plt-aamva-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer than all three tracks together. */
#define MOST_CHARACTERS 256

#define ISSUER_LENGTH 6
#define NUMBER_LENGTH 13

/* Months that are none: the licence never expires, or it does by the birthday (Annex F). */
static const char *const special_months[] = { "77", "88", "99", NULL };

void
plt_aamva_stripe_free (PltAamvaStripe *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->jurisdiction);
  g_free (self->town);
  g_free (self->family_name);
  g_free (self->given_names);
  g_free (self->address);
  g_free (self->issuer);
  g_free (self->licence_number);
  g_free (self);
}

static gboolean
refuse (const char  *why,
        GError     **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               /* Translators: a half sentence that says what is wrong. */
               _("The magnetic stripe was not read: %s. Draw the card through the reader again."), why);
  return FALSE;
}

/* What stands up to @end or in @width characters; @at is moved past both. */
static char *
take_field (const char **at,
            gsize        width,
            char         end)
{
  const char *start = *at;
  const char stops[] = { end, '?', '\0' };
  gsize length = MIN (strcspn (start, stops), width);

  *at = start + length;
  if (length < width && **at == end)
    (*at)++;

  return g_strndup (start, length);
}

/* Past one track's start sentinel. */
static gboolean
read_track_1 (PltAamvaStripe  *self,
              const char     **at,
              GError         **error)
{
  g_autofree char *name = NULL;
  char *dollar;

  if (!g_ascii_isupper ((*at)[0]) || !g_ascii_isupper ((*at)[1]))
    return refuse (_("track 1 does not begin with two letters of a jurisdiction"), error);
  self->jurisdiction = g_strndup (*at, 2);
  *at += 2;
  self->town = take_field (at, 13, '^');
  name = take_field (at, 35, '^');
  self->address = g_strdelimit (take_field (at, 29, '^'), "$", '\n');
  dollar = strchr (name, '$');
  if (dollar == NULL || **at != '?')
    return refuse (_("track 1 has no name or no end"), error);
  self->family_name = g_strndup (name, (gsize) (dollar - name));
  self->given_names = g_strdelimit (g_strdup (dollar + 1), "$", ' ');
  (*at)++;

  return TRUE;
}

static gboolean
read_dates (PltAamvaStripe  *self,
            const char      *digits,
            GError         **error)
{
  g_autofree char *birth = g_strndup (digits + 4, 8);
  g_autofree char *month = g_strndup (digits + 2, 2);
  g_autofree char *expiry = g_strdup_printf ("20%.4s01", digits);

  if (!plt_aamva_parse_date (birth, TRUE, &self->birth_date))
    return refuse (_("the birth date of track 2 is none"), error);
  if (!g_strv_contains (special_months, month) &&
      !plt_aamva_parse_date (expiry, TRUE, &self->expiry_month))
    return refuse (_("the month of expiry of track 2 is none"), error);

  return TRUE;
}

static gboolean
read_track_2 (PltAamvaStripe  *self,
              const char     **at,
              GError         **error)
{
  gsize number, dates;
  g_autofree char *start = NULL;
  g_autofree char *overflow = NULL;

  if (strspn (*at, "0123456789") < ISSUER_LENGTH)
    return refuse (_("track 2 does not begin with an issuer’s six digits"), error);
  self->issuer = g_strndup (*at, ISSUER_LENGTH);
  *at += ISSUER_LENGTH;
  number = strspn (*at, "0123456789");
  if (number == 0 || number > NUMBER_LENGTH || (*at)[number] != '=')
    return refuse (_("the licence number of track 2 has no end"), error);
  start = g_strndup (*at, number);
  *at += number + 1;
  dates = strspn (*at, "0123456789");
  if (dates < 12 || dates > 12 + 5 || (dates > 12 && number < NUMBER_LENGTH))
    return refuse (_("the dates of track 2 are not of twelve digits"), error);
  overflow = g_strndup (*at + 12, dates - 12);
  self->licence_number = g_strconcat (start, overflow, NULL);
  if (!read_dates (self, *at, error))
    return FALSE;
  *at += dates;
  if (**at == '=')
    (*at)++;
  if (**at != '?')
    return refuse (_("track 2 has no end"), error);
  (*at)++;

  return TRUE;
}

/* Its fields are not confirmed: passed over, whichever sentinel the reader types for it. */
static gboolean
skip_track_3 (const char **at,
              GError     **error)
{
  const char *end = strchr (*at, '?');

  if (end == NULL)
    return refuse (_("track 3 has no end"), error);
  *at = end + 1;

  return TRUE;
}

/**
 * plt_aamva_is_stripe:
 * @text: (nullable): what was typed
 *
 * Returns: whether it begins as track 1 or 2 of such a stripe does
 */
gboolean
plt_aamva_is_stripe (const char *text)
{
  if (text == NULL)
    return FALSE;
  if (*text == '%')
    return g_ascii_isupper (text[1]) && g_ascii_isupper (text[2]) && strchr (text, '$') != NULL;

  return *text == ';' && strspn (text + 1, "0123456789") > ISSUER_LENGTH && strchr (text, '=') != NULL;
}

/**
 * plt_aamva_stripe_read:
 * @text: track 1, track 2, or one after the other with or without line ends between; a third track is
 *   passed over
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * A stripe is not signed: what it says is no proof of anything.
 *
 * Returns: (transfer full) (nullable): what it says
 */
PltAamvaStripe *
plt_aamva_stripe_read (const char  *text,
                       GError     **error)
{
  g_autoptr (PltAamvaStripe) self = g_new0 (PltAamvaStripe, 1);
  const char *at = text;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > MOST_CHARACTERS || !plt_aamva_is_stripe (text))
    {
      refuse (_("it is not of the AAMVA standard"), error);
      return NULL;
    }
  for (gboolean first = TRUE; *at != '\0'; first = FALSE)
    {
      char sentinel = *at++;

      if (sentinel == '\r' || sentinel == '\n')
        continue;
      if (sentinel == '%' && first)
        {
          if (!read_track_1 (self, &at, error))
            return NULL;
        }
      else if (sentinel == ';' && self->issuer == NULL)
        {
          if (!read_track_2 (self, &at, error))
            return NULL;
        }
      else if (strchr ("%#+", sentinel) == NULL || !skip_track_3 (&at, error))
        {
          if (error != NULL && *error == NULL)
            refuse (_("something else stands between its tracks"), error);
          return NULL;
        }
    }

  return g_steal_pointer (&self);
}
