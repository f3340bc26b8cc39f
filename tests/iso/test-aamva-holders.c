/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The AAMVA barcode of random holders, both ways. */
#include "plt-aamva.h"

#define N_HOLDERS 3000

static char *
make_text (GRand      *rand,
           const char *letters,
           int         most)
{
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 1, most + 1);
  glong n_letters = g_utf8_strlen (letters, -1);

  for (int i = 0; i < n; i++)
    g_string_append_unichar (text, g_utf8_get_char (g_utf8_offset_to_pointer (
                                     letters, g_rand_int_range (rand, 0, (gint32) n_letters))));

  return g_string_free (text, FALSE);
}

static PltDate
make_date (GRand *rand)
{
  PltDate date = { g_rand_int_range (rand, 1900, 2100), g_rand_int_range (rand, 1, 13), 29 };

  if (!plt_date_is_valid (date.year, date.month, date.day))
    date.day = 28;

  return date;
}

static PltLicenceData *
make_holder (GRand *rand)
{
  static const char names[] = "abcdefzABCÅÄÖÆØßÞÐŁğşıİñçéüŷ -’'.,";
  static const char *const sexes[] = { "M", "F", "X" };
  static const char *const codes[] = { "", "01", "01.06,78", "95(01.01.2030),10.02,42,44.08", "97" };
  PltLicenceData *data = plt_licence_data_new ();
  g_autofree char *letters = make_text (rand, names, 60);

  data->family_name = g_strconcat ("Q", letters, NULL);
  data->given_names = make_text (rand, names, 60);
  data->birth_date = make_date (rand);
  data->issue_date = make_date (rand);
  data->expiry_date = make_date (rand);
  data->licence_number = make_text (rand, "ABCXYZ0123456789-", 25);
  data->document_discriminator = make_text (rand, "ABCXYZ0123456789-", 25);
  data->address = make_text (rand, "abc ŠÉ–12/-,.#&", 50);
  data->sex = g_strdup (sexes[g_rand_int_range (rand, 0, 3)]);
  data->issuing_country = g_strdup (g_rand_boolean (rand) ? "UTO" : "CAN");
  data->specimen = TRUE;
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    {
      if (g_rand_int_range (rand, 0, 4) == 0)
        g_ptr_array_add (data->categories,
                         plt_category_entry_new ((PltCategory) i, data->issue_date,
                                                 data->expiry_date,
                                                 codes[g_rand_int_range (rand, 0, 5)]));
    }

  return data;
}

static void
assert_same (const PltAamvaLicence *a,
             const PltAamvaLicence *b)
{
  g_assert_cmpstr (a->family_name, ==, b->family_name);
  g_assert_cmpstr (a->first_name, ==, b->first_name);
  g_assert_cmpstr (a->middle_names, ==, b->middle_names);
  g_assert_true (a->family_name_cut == b->family_name_cut);
  g_assert_true (a->middle_names_cut == b->middle_names_cut);
  g_assert_cmpint (plt_date_compare (a->birth_date, b->birth_date), ==, 0);
  g_assert_cmpint (plt_date_compare (a->issue_date, b->issue_date), ==, 0);
  g_assert_cmpint (plt_date_compare (a->expiry_date, b->expiry_date), ==, 0);
  g_assert_cmpstr (a->sex, ==, b->sex);
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpstr (a->address_2, ==, b->address_2);
  g_assert_cmpstr (a->licence_number, ==, b->licence_number);
  g_assert_cmpstr (a->document_discriminator, ==, b->document_discriminator);
  g_assert_cmpstr (a->country, ==, b->country);
  g_assert_cmpstr (a->categories, ==, b->categories);
  g_assert_cmpstr (a->restrictions, ==, b->restrictions);
}

/* What is encoded is decoded again, from the bytes and from the keyboard's text, or refused by name. */
static void
test_random_holders (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  guint made = 0;

  for (int i = 0; i < N_HOLDERS; i++)
    {
      g_autoptr (PltLicenceData) data = make_holder (rand);
      g_autoptr (PltAamvaLicence) wanted = plt_aamva_licence_new (data, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) payload = plt_aamva_build (data, &error);

      g_assert_true ((payload != NULL) == (wanted != NULL));
      if (payload == NULL)
        continue;
      g_autoptr (PltAamvaLicence) found = plt_aamva_read (payload, &error);
      g_assert_no_error (error);
      g_autofree char *text = g_strndup (g_bytes_get_data (payload, NULL),
                                         g_bytes_get_size (payload));
      g_strdelimit (text, "\n\r", '\n');
      g_autoptr (PltAamvaFile) file = plt_aamva_file_read_typed (text, &error);
      g_assert_no_error (error);
      g_autoptr (PltAamvaLicence) typed = plt_aamva_licence_new_from_file (file, &error);
      g_assert_no_error (error);

      assert_same (wanted, found);
      assert_same (wanted, typed);
      made++;
    }
  g_test_message ("%u of %d holders", made, N_HOLDERS);
  g_assert_cmpint (made, >, N_HOLDERS * 9 / 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/iso/aamva/random-holders", test_random_holders);

  return g_test_run ();
}
