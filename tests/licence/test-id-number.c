/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ID numbers by ISO/IEC 7064 MOD 11,10. */
#include "plt-id-number.h"

#include <string.h>

static void
test_normalise (void)
{
  static const struct
  {
    const char *typed;
    const char *words; /* of the refusal; NULL: taken */
    int         code;
  } rows[] = {
    { "12345678903", NULL, 0 },
    { " 12345 67890 3\n", NULL, 0 },
    { "12345-67890-3", NULL, 0 },
    { "123.456.789.03", NULL, 0 },
    { "12345–67890\xc2\xa0" "3", NULL, 0 }, /* en dash, no-break space */
    { "１２３４５６７８９０３", NULL, 0 },      /* full width */
    { "๑๒๓๔๕๖๗๘๙๐๓", NULL, 0 },            /* Thai */
    { "", "No ID number", PLT_LICENCE_ERROR_INVALID },
    { " - ", "No ID number", PLT_LICENCE_ERROR_INVALID },
    { "1234567890", "has 10", PLT_LICENCE_ERROR_INVALID },
    { "123456789033", "has 12", PLT_LICENCE_ERROR_INVALID },
    { "1234567890X", "“X”", PLT_LICENCE_ERROR_INVALID },
    { "12345678903\x1b", "“\xef\xbf\xbd”", PLT_LICENCE_ERROR_INVALID },
    { "\xff\xfe", "not text", PLT_LICENCE_ERROR_INVALID },
    { "12345678904", "check digit", PLT_LICENCE_ERROR_CHECK_DIGIT },
    { "21345678903", "check digit", PLT_LICENCE_ERROR_CHECK_DIGIT }, /* swapped */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number = plt_id_number_normalise (rows[i].typed, &error);

      if (rows[i].words == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (number, ==, "12345678903");
          continue;
        }
      g_assert_null (number);
      g_assert_error (error, PLT_LICENCE_ERROR, rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].words));
    }
}

/* The example of ISO/IEC 7064, 9.2: "0794" has the check digit 5. */
static void
test_standard (void)
{
  g_assert_cmpint (plt_id_number_check_digit ("0794"), ==, 5);
  g_assert_cmpint (plt_id_number_check_digit (""), ==, -1);
  g_assert_cmpint (plt_id_number_check_digit ("07 4"), ==, -1);
}

static void
test_single_errors (void)
{
  char digits[] = "12345678903";

  for (int at = 0; at < PLT_ID_NUMBER_DIGITS; at++)
    {
      char right = digits[at];

      for (char digit = '0'; digit <= '9'; digit++)
        {
          digits[at] = digit;
          g_autofree char *number = plt_id_number_normalise (digits, NULL);
          g_assert_cmpint (number != NULL, ==, digit == right);
        }
      digits[at] = right;
    }
}

static void
test_display (void)
{
  g_autofree char *shown = plt_id_number_to_display ("12345678903");
  g_autofree char *other = plt_id_number_to_display ("123");

  g_assert_cmpstr (shown, ==, "12345 67890 3");
  g_assert_cmpstr (other, ==, "123");
}

static void
test_slips (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean    is_slip;
  } rows[] = {
    { "12345678903", "12345678904", TRUE },  /* the check digit */
    { "12345678903", "22345678903", TRUE },
    { "12345678903", "21345678903", TRUE },  /* neighbours swapped */
    { "12345678903", "12345678930", TRUE },
    { "12345678903", "12345678903", FALSE },
    { "12345678903", "32145678903", FALSE }, /* swapped, but no neighbours */
    { "12345678903", "12345678914", FALSE }, /* two digits */
    { "12345678903", "1234567890", FALSE },
    { "12345678903", "1234567890x", FALSE },
    { "12345678904", "12345678905", TRUE },  /* neither is right */
  };
  g_autoptr (GPtrArray) slips = plt_id_number_list_slips ("12345678903");
  g_autoptr (GPtrArray) none = plt_id_number_list_slips ("1234");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (plt_id_number_is_slip (rows[i].a, rows[i].b), ==, rows[i].is_slip);
      g_assert_cmpint (plt_id_number_is_slip (rows[i].b, rows[i].a), ==, rows[i].is_slip);
    }
  g_assert_cmpuint (none->len, ==, 0);
  /* Every single wrong digit, and the swaps of which none makes another right number. */
  g_assert_cmpuint (slips->len, >=, 11 * 9 + 5);
  g_assert_cmpuint (slips->len, <=, 11 * 9 + 10);
  for (guint i = 0; i < slips->len; i++)
    g_assert_true (plt_id_number_is_slip ("12345678903", slips->pdata[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/licence/id-number/normalise", test_normalise);
  g_test_add_func ("/licence/id-number/standard", test_standard);
  g_test_add_func ("/licence/id-number/finds-each-wrong-digit", test_single_errors);
  g_test_add_func ("/licence/id-number/display", test_display);
  g_test_add_func ("/licence/id-number/slips", test_slips);

  return g_test_run ();
}
