/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads, checks and shows Utopia's ID numbers. */
#include "plt-id-number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What people, forms and spreadsheets put between digits. */
static gboolean
is_separator (gunichar c)
{
  return c == '.' || c == '/' || g_unichar_isspace (c) || c == 0x00A0 || c == 0x2212 ||
         g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR ||
         g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static char *
take_digits (const char  *typed,
             GError     **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *at = typed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_separator (c))
        continue;
      if (!g_unichar_isdigit (c))
        {
          char shown[7] = { 0 };

          g_unichar_to_utf8 (g_unichar_isprint (c) ? c : 0xFFFD, shown);
          g_set_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
                       _("An ID number has digits only, but this one contains “%s”. "
                         "Correct it and try again."), shown);
          return NULL;
        }
      g_string_append_c (digits, (char) ('0' + g_unichar_digit_value (c)));
    }

  return g_strdup (digits->str);
}

static gboolean
check_length (const char  *digits,
              GError     **error)
{
  size_t length = strlen (digits);

  if (length == PLT_ID_NUMBER_DIGITS)
    return TRUE;

  if (length == 0)
    g_set_error_literal (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
                         _("No ID number was given. Type its 11 digits."));
  else
    g_set_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
                 ngettext ("An ID number has 11 digits, but this one has %d. "
                           "Read the number again.",
                           "An ID number has 11 digits, but this one has %d. "
                           "Read the number again.", (gulong) length),
                 (int) MIN (length, 9999));

  return FALSE;
}

/**
 * plt_id_number_normalise:
 * @typed: UTF-8 as typed or scanned; white space, dashes, dots and slashes between digits are
 *   passed over, and decimal digits of any script are taken
 * @error: %PLT_LICENCE_ERROR_INVALID (characters, length) or %PLT_LICENCE_ERROR_CHECK_DIGIT
 *
 * Returns: (transfer full) (nullable): the 11 ASCII digits, or %NULL with a sentence that says
 *   what is wrong
 */
char *
plt_id_number_normalise (const char  *typed,
                         GError     **error)
{
  g_return_val_if_fail (typed != NULL, NULL);

  if (!g_utf8_validate (typed, -1, NULL))
    {
      g_set_error_literal (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
                           _("What was typed or scanned is not text. Type the 11 digits of the "
                             "ID number."));
      return NULL;
    }

  g_autofree char *digits = take_digits (typed, error);

  if (digits == NULL || !check_length (digits, error))
    return NULL;

  g_autofree char *body = g_strndup (digits, PLT_ID_NUMBER_DIGITS - 1);

  if (digits[PLT_ID_NUMBER_DIGITS - 1] - '0' != plt_id_number_check_digit (body))
    {
      g_set_error_literal (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_CHECK_DIGIT,
                           _("The check digit of this ID number is wrong, so at least one digit "
                             "was misread. Read the number again."));
      return NULL;
    }

  return g_steal_pointer (&digits);
}

/**
 * plt_id_number_check_digit:
 * @digits: ASCII digits without the check digit, of any length but none
 *
 * ISO/IEC 7064 MOD 11,10 (clause 9, hybrid system): finds every single wrong digit and nearly
 * every swap of two neighbours.
 *
 * Returns: 0 … 9, or -1 if @digits is empty or has anything but digits
 */
int
plt_id_number_check_digit (const char *digits)
{
  int product = 10;

  g_return_val_if_fail (digits != NULL, -1);

  if (*digits == '\0')
    return -1;

  for (const char *at = digits; *at != '\0'; at++)
    {
      if (!g_ascii_isdigit (*at))
        return -1;

      int sum = (product + (*at - '0')) % 10;

      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }

  return (11 - product) % 10;
}

static gboolean
is_number (const char *text)
{
  return strlen (text) == PLT_ID_NUMBER_DIGITS &&
         strspn (text, "0123456789") == PLT_ID_NUMBER_DIGITS;
}

static gboolean
is_right (const char *number)
{
  g_autofree char *normal = plt_id_number_normalise (number, NULL);

  return normal != NULL;
}

static void
add_wrong (GPtrArray  *numbers,
           const char *number)
{
  if (!is_right (number))
    g_ptr_array_add (numbers, g_strdup (number));
}

/**
 * plt_id_number_list_slips:
 * @id_number: a right number, 11 digits
 *
 * Returns: (transfer full) (element-type utf8): the numbers that one wrong digit, or two neighbours
 *   swapped, makes of it and that are nobody's, since their check digit is wrong
 */
GPtrArray *
plt_id_number_list_slips (const char *id_number)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);
  char number[PLT_ID_NUMBER_DIGITS + 1];

  if (!is_number (id_number))
    return numbers;
  memcpy (number, id_number, sizeof number);
  for (int i = PLT_ID_NUMBER_DIGITS - 1; i >= 0; i--)
    {
      for (char digit = '0'; digit <= '9'; digit++)
        {
          number[i] = digit;
          if (digit != id_number[i])
            add_wrong (numbers, number);
        }
      number[i] = id_number[i];
    }
  for (int i = 0; i + 1 < PLT_ID_NUMBER_DIGITS; i++)
    {
      number[i] = id_number[i + 1];
      number[i + 1] = id_number[i];
      if (number[i] != number[i + 1])
        add_wrong (numbers, number);
      number[i] = id_number[i];
      number[i + 1] = id_number[i + 1];
    }

  return numbers;
}

/**
 * plt_id_number_is_slip:
 * @a: a number as a registry has it
 * @b: another one
 *
 * Returns: whether one of the two has a wrong check digit and may be the other, but for one digit or
 *   two neighbours that were swapped
 */
gboolean
plt_id_number_is_slip (const char *a,
                       const char *b)
{
  int first = 0;
  int last = PLT_ID_NUMBER_DIGITS - 1;

  if (!is_number (a) || !is_number (b) || g_str_equal (a, b) || (is_right (a) && is_right (b)))
    return FALSE;
  while (a[first] == b[first])
    first++;
  while (a[last] == b[last])
    last--;

  return first == last || (first + 1 == last && a[first] == b[last] && a[last] == b[first]);
}

/**
 * plt_id_number_to_display:
 * @id_number: 11 digits; anything else is given back as it is
 *
 * Returns: (transfer full): "12345 67890 1"
 */
char *
plt_id_number_to_display (const char *id_number)
{
  g_return_val_if_fail (id_number != NULL, NULL);

  if (strlen (id_number) != PLT_ID_NUMBER_DIGITS)
    return g_strdup (id_number);

  return g_strdup_printf ("%.5s %.5s %s", id_number, id_number + 5, id_number + 10);
}
