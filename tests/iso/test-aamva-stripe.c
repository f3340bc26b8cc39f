/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tracks of the AAMVA magnetic stripe: written by Annex F, read back, and refused. */
#include "plt-aamva-stripe.h"

#include <string.h>

#define N_HOLDERS 2000

static PltLicenceData *
new_holder (const char *number)
{
  PltLicenceData *data = plt_licence_data_new ();

  data->family_name = g_strdup ("Ångström");
  data->given_names = g_strdup ("Zoë Marie Ann");
  data->address = g_strdup ("Long Street 12, Flat 3");
  data->address_city = g_strdup ("Port Azure");
  data->licence_number = g_strdup (number);
  data->birth_date = (PltDate) { 1984, 2, 29 };
  data->expiry_date = (PltDate) { 2031, 7, 15 };
  data->specimen = TRUE;

  return data;
}

static void
replace (char       **field,
         const char  *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static void
test_written (void)
{
  g_autoptr (PltLicenceData) data = new_holder ("123456789");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = plt_aamva_stripe_build (data, 1, &error);
  g_autofree char *second = plt_aamva_stripe_build (data, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "%XUPORT AZURE^AANGSTROEM$ZOE$MARIE ANN^LONG STREET 12$FLAT 3^?");
  g_assert_cmpstr (second, ==, ";999999123456789=310719840229=?");
}

static void
test_long_number (void)
{
  g_autoptr (PltLicenceData) data = new_holder ("123456789012345678");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = plt_aamva_stripe_build (data, 2, &error);
  g_autoptr (PltAamvaStripe) stripe = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, ";9999991234567890123=31071984022945678?");
  g_assert_cmpuint (strlen (text), ==, 39); /* with the check character the forty of ISO/IEC 7811-2 */
  stripe = plt_aamva_stripe_read (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stripe->licence_number, ==, "123456789012345678");

  replace (&data->licence_number, "1234567890123456789");
  g_assert_null (plt_aamva_stripe_build (data, 2, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG);
}

static void
assert_refused (PltLicenceData *data,
                int             track,
                PltIsoError     code,
                const char     *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_aamva_stripe_build (data, track, &error));
  g_assert_error (error, PLT_ISO_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_refused (void)
{
  g_autoptr (PltLicenceData) data = new_holder ("UL-100");

  assert_refused (data, 2, PLT_ISO_ERROR_UNCONFIRMED, "UL-100");
  assert_refused (data, 3, PLT_ISO_ERROR_UNCONFIRMED, "rack 3");
  replace (&data->family_name, "김");
  assert_refused (data, 1, PLT_ISO_ERROR_NEEDS_LATIN, "family name");
  replace (&data->family_name, "O^Hara");
  assert_refused (data, 1, PLT_ISO_ERROR_INVALID, "O^Hara");
  replace (&data->family_name, "Abcdefghijklmnopqrstuvwxyzabcdefgh");
  assert_refused (data, 1, PLT_ISO_ERROR_TOO_LONG, "name");
  replace (&data->family_name, "B");
  replace (&data->address_city, NULL);
  assert_refused (data, 1, PLT_ISO_ERROR_INVALID, "town");
  data->specimen = FALSE;
  assert_refused (data, 1, PLT_ISO_ERROR_UNCONFIRMED, "specimens");
}

/* All three tracks as one reader types them, with the third one's sentinel as some write it. */
static void
test_read (void)
{
  static const char text[] = "%XUPORT AZURE^AANGSTROEM$ZOE$MARIE ANN^LONG STREET 12$FLAT 3^?\r\n"
                             ";999999123456789=310719840229=?\r\n#00012345      C 01?\r";
  g_autoptr (GError) error = NULL;
  g_autoptr (PltAamvaStripe) stripe = plt_aamva_stripe_read (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (stripe->jurisdiction, ==, "XU");
  g_assert_cmpstr (stripe->town, ==, "PORT AZURE");
  g_assert_cmpstr (stripe->family_name, ==, "AANGSTROEM");
  g_assert_cmpstr (stripe->given_names, ==, "ZOE MARIE ANN");
  g_assert_cmpstr (stripe->address, ==, "LONG STREET 12\nFLAT 3");
  g_assert_cmpstr (stripe->issuer, ==, "999999");
  g_assert_cmpstr (stripe->licence_number, ==, "123456789");
  g_assert_cmpint (plt_date_compare (stripe->birth_date, (PltDate) { 1984, 2, 29 }), ==, 0);
  g_assert_cmpint (plt_date_compare (stripe->expiry_month, (PltDate) { 2031, 7, 1 }), ==, 0);
}

static void
test_not_read (void)
{
  static const char *const texts[] = {
    "", "%", "%XU", "%XUTOWN^", "%XUTOWN^NAME^STREET^?", "%XUTOWN$", "%xuTOWN^A$B^S^?", ";999999=310719840229=?",
    ";999999123=311319840229=?", ";999999123=310719830229=?", ";999999123=31071984022=?",
    ";999999123=310719840229=", ";99999912345678901234=310719840229=?",
    ";999999123=310719840229=?;999999123=310719840229=?", "%XUTOWN^A$B^S^?x",
    "%XUTOWN^A$B^S^?#123", "hello ^ world",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltAamvaStripe) stripe = plt_aamva_stripe_read (texts[i], &error);

      g_test_message ("%s", texts[i]);
      g_assert_null (stripe);
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

/* Months that are none by the standard: never, and by the birthday. */
static void
test_special_months (void)
{
  static const char *const texts[] = {
    ";999999123=317719840229=?", ";999999123=318819840229=?", ";999999123=319919840229=?",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltAamvaStripe) stripe = plt_aamva_stripe_read (texts[i], &error);

      g_assert_no_error (error);
      g_assert_false (plt_date_is_set (stripe->expiry_month));
    }
}

static char *
dup_word (GRand *rand,
          int    least,
          int    most)
{
  int length = g_rand_int_range (rand, least, most + 1);
  char *word = g_malloc0 ((gsize) length + 1);

  for (int i = 0; i < length; i++)
    word[i] = (char) g_rand_int_range (rand, 'A', 'Z' + 1);

  return word;
}

static char *
dup_digits (GRand *rand,
            int    length)
{
  char *digits = g_malloc0 ((gsize) length + 1);

  for (int i = 0; i < length; i++)
    digits[i] = (char) g_rand_int_range (rand, '0', '9' + 1);

  return digits;
}

/* Every field by itself from its shortest to its longest. */
static void
test_random_holders (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int_range (0, G_MAXINT32));

  for (int i = 0; i < N_HOLDERS; i++)
    {
      g_autofree char *number = dup_digits (rand, g_rand_int_range (rand, 1, 19));
      g_autoptr (PltLicenceData) data = new_holder (number);
      g_autoptr (GError) error = NULL;
      g_autofree char *first = NULL, *second = NULL, *both = NULL;
      g_autoptr (PltAamvaStripe) stripe = NULL;

      replace (&data->family_name, NULL);
      data->family_name = dup_word (rand, 1, 17);
      replace (&data->given_names, NULL);
      data->given_names = dup_word (rand, 1, 17);
      replace (&data->address_city, NULL);
      data->address_city = dup_word (rand, 1, 13);
      replace (&data->address, NULL);
      data->address = dup_word (rand, 1, 26);
      first = plt_aamva_stripe_build (data, 1, &error);
      g_assert_no_error (error);
      second = plt_aamva_stripe_build (data, 2, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (strlen (first), <=, 78);
      g_assert_cmpuint (strlen (second), <=, 39);
      both = g_strconcat (first, second, NULL);
      stripe = plt_aamva_stripe_read (both, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (stripe->family_name, ==, data->family_name);
      g_assert_cmpstr (stripe->given_names, ==, data->given_names);
      g_assert_cmpstr (stripe->town, ==, data->address_city);
      g_assert_cmpstr (stripe->address, ==, data->address);
      g_assert_cmpstr (stripe->licence_number, ==, number);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/aamva-stripe/written", test_written);
  g_test_add_func ("/aamva-stripe/long-number", test_long_number);
  g_test_add_func ("/aamva-stripe/refused", test_refused);
  g_test_add_func ("/aamva-stripe/read", test_read);
  g_test_add_func ("/aamva-stripe/not-read", test_not_read);
  g_test_add_func ("/aamva-stripe/special-months", test_special_months);
  g_test_add_func ("/aamva-stripe/random-holders", test_random_holders);

  return g_test_run ();
}
