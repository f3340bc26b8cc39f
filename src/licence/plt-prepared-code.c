/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the codes of prepared applications as people type them and as QR codes hold them. */
#include "plt-prepared-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LENGTH 10
#define PREFIX "PE"

/* Longer than any address in which a QR code carries a code. */
#define MAX_TYPED 500

/* ISO/IEC 7064 MOD 37,36 (clause 9, hybrid system). */
static char
find_check_character (const char *text,
                      int         length)
{
  int product = 36;

  for (int i = 0; i < length; i++)
    {
      int sum = (product + (int) (strchr (CHARACTERS, text[i]) - CHARACTERS)) % 36;

      product = (sum == 0 ? 36 : sum) * 2 % 37;
    }

  return CHARACTERS[(37 - product) % 36];
}

/* Letters that stand in no code are the digits they look like. */
static char
plain_character (char typed)
{
  char upper = g_ascii_toupper (typed);

  return upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
}

/* A QR code may hold an address of which the code is the last part. */
static const char *
find_last_part (const char *typed)
{
  const char *part = typed;

  for (const char *at = typed; *at != '\0'; at++)
    if (strchr (":/=?&#", *at) != NULL && at[1] != '\0' && !g_ascii_isspace (at[1]))
      part = at + 1;

  return part;
}

/* Returns: (transfer full) (nullable): its letters and digits, if it is as long as a code and
 * begins as one. */
static char *
take_characters (const char *typed)
{
  g_autoptr (GString) taken = g_string_new (NULL);

  if (strlen (typed) > MAX_TYPED)
    return NULL;
  for (const char *at = find_last_part (typed); *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (taken, taken->len < strlen (PREFIX) ? g_ascii_toupper (*at)
                                                             : plain_character (*at));
    else if (!g_ascii_isspace (*at) && *at != '-')
      return NULL;
  if (taken->len != LENGTH || !g_str_has_prefix (taken->str, PREFIX))
    return NULL;

  return g_string_free (g_steal_pointer (&taken), FALSE);
}

/* Pettersson has ten letters and begins with PE. */
static gboolean
is_name (const char *typed)
{
  return strpbrk (typed, "0123456789-") == NULL;
}

/**
 * plt_prepared_code_is_meant:
 * @typed: UTF-8 as typed or scanned
 *
 * Returns: whether it has the shape of a code, right or misread, and is no name
 */
gboolean
plt_prepared_code_is_meant (const char *typed)
{
  g_return_val_if_fail (typed != NULL, FALSE);

  g_autofree char *characters = take_characters (typed);

  return characters != NULL && !is_name (typed);
}

/**
 * plt_prepared_code_normalise:
 * @typed: UTF-8 as typed or scanned, also an address that ends in a code; dashes and white space are
 *   passed over, I and L are read as 1, O as 0
 * @error: %PLT_LICENCE_ERROR_INVALID or %PLT_LICENCE_ERROR_CHECK_DIGIT
 *
 * Returns: (transfer full) (nullable): the ten characters
 */
char *
plt_prepared_code_normalise (const char  *typed,
                             GError     **error)
{
  g_return_val_if_fail (typed != NULL, NULL);

  g_autofree char *code = take_characters (typed);

  if (code == NULL)
    {
      g_set_error_literal (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
                           _("This is no code of a prepared application: one has ten letters and "
                             "digits and begins with PE. Read the code again."));
      return NULL;
    }
  if (find_check_character (code, LENGTH - 1) != code[LENGTH - 1])
    {
      g_set_error_literal (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_CHECK_DIGIT,
                           _("The last character of this code does not fit the others, so at "
                             "least one was misread. Read the code again."));
      return NULL;
    }

  return g_steal_pointer (&code);
}

/* (transfer full): "PE-7K3M-9DQ4"; anything but a code is given back as it is. */
char *
plt_prepared_code_to_display (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  if (strlen (code) != LENGTH)
    return g_strdup (code);

  return g_strdup_printf ("%.2s-%.4s-%s", code, code + 2, code + 6);
}

const char *
plt_prepared_code_of_nobody (void)
{
  static char code[LENGTH + 1];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      /* The first number whose check character is one that codes have. */
      for (int i = 0; code[LENGTH - 1] == '\0' || strchr ("ILO", code[LENGTH - 1]) != NULL; i++)
        {
          g_snprintf (code, sizeof code, PREFIX "%07d", i);
          code[LENGTH - 1] = find_check_character (code, LENGTH - 1);
        }
      g_once_init_leave (&made, 1);
    }

  return code;
}
