/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text and dates of data groups: ISO 8859-1 and packed decimal, in the order of the form. */
#include "plt-lds-private.h"

#include "plt-latin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DATE_LENGTH 4
#define NO_DATE "00000000"

/**
 * plt_lds_encode_text:
 * @text: (nullable): UTF-8
 * @field: its name for the error's sentence
 * @max_length: in bytes
 * @error: %PLT_ISO_ERROR_NEEDS_LATIN or %PLT_ISO_ERROR_TOO_LONG, naming @field
 *
 * Returns: (transfer full) (nullable): ISO 8859-1, one byte for a character
 */
GBytes *
plt_lds_encode_text (const char  *text,
                     const char  *field,
                     gsize        max_length,
                     GError     **error)
{
  g_autoptr (GBytes) latin = plt_latin_to_iso8859_1 (text, field, error);

  if (latin == NULL || g_bytes_get_size (latin) <= max_length)
    return g_steal_pointer (&latin);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
               /* Translators: the name of a field, its value, and a number of characters. */
               _("The %s “%s” is too long for the card’s data, which holds %d characters. Ask a "
                 "supervisor how it may be shortened."), field, text, (int) max_length);
  return NULL;
}

/**
 * plt_lds_spell:
 * @text: UTF-8
 *
 * Returns: (transfer full) (nullable): @text as data groups and mobile licences spell it, in the letters of
 *   ISO 8859-1; %NULL where it has none
 */
char *
plt_lds_spell (const char *text)
{
  g_autoptr (GBytes) latin = plt_latin_to_iso8859_1 (text, "", NULL);

  return latin != NULL
           ? plt_lds_decode_text (plt_byte_reader_init (g_bytes_get_data (latin, NULL),
                                                        g_bytes_get_size (latin)))
           : NULL;
}

/**
 * plt_lds_decode_text:
 * @part: ISO 8859-1
 *
 * Returns: (transfer full) (nullable): UTF-8; %NULL where control characters are among it
 */
char *
plt_lds_decode_text (PltByteReader part)
{
  GString *text = g_string_sized_new (part.length);

  for (gsize i = 0; i < part.length; i++)
    {
      guint8 byte = part.data[i];

      if (byte < 0x20 || (byte >= 0x7F && byte < 0xA0))
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      g_string_append_unichar (text, byte);
    }

  return g_string_free (text, FALSE);
}

/* YYYYMMDD of ISO/IEC 18013-2, DDMMYYYY of Regulation (EU) 383/2012; zeros for no date. */
void
plt_lds_add_date (GByteArray *bytes,
                  PltDate     date,
                  PltLdsForm  form)
{
  g_autofree char *iso = plt_date_to_compact (date);
  g_autofree char *digits = NULL;

  if (*iso == '\0')
    digits = g_strdup (NO_DATE);
  else if (form == PLT_LDS_FORM_EU)
    digits = g_strdup_printf ("%.2s%.2s%.4s", iso + 6, iso + 4, iso);
  else
    digits = g_steal_pointer (&iso);
  plt_byte_writer_add_bcd (bytes, digits);
}

/* Returns: (transfer full) (nullable): %NULL where a half-byte is no digit */
char *
plt_lds_decode_digits (PltByteReader part)
{
  GString *digits = g_string_new (NULL);

  for (gsize i = 0; i < part.length; i++)
    {
      if ((part.data[i] >> 4) > 9 || (part.data[i] & 0x0F) > 9)
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
      g_string_append_printf (digits, "%02x", part.data[i]);
    }

  return g_string_free (digits, FALSE);
}

/* Nothing and zeros are no date. */
gboolean
plt_lds_decode_date (PltByteReader  part,
                     PltLdsForm     form,
                     PltDate       *date)
{
  g_autofree char *digits = plt_lds_decode_digits (part);
  g_autofree char *iso = NULL;

  if (part.length == 0)
    return TRUE;
  if (digits == NULL || part.length != DATE_LENGTH)
    return FALSE;
  if (g_str_equal (digits, NO_DATE))
    return TRUE;
  if (form == PLT_LDS_FORM_EU)
    iso = g_strdup_printf ("%.4s-%.2s-%.2s", digits + 4, digits + 2, digits);
  else
    iso = g_strdup_printf ("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);

  return plt_date_parse_iso (iso, date);
}

gboolean
plt_lds_check_country (const char  *country,
                       GError     **error)
{
  if (country != NULL && strlen (country) == 3 && g_ascii_isupper (country[0]) &&
      g_ascii_isupper (country[1]) && g_ascii_isupper (country[2]))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The issuing country “%s” is no code of three capital letters. Correct it in the "
                 "configuration of the office."), country != NULL ? country : "");
  return FALSE;
}
