/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine-readable line against published vectors, and its properties. */
#include "plt-mrz-fields.h"
#include "plt-mrz.h"

#include "iso-vectors.h"

#include <string.h>

static void
test_check_digit_vectors (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("mrz.json");
  JsonArray *list = json_object_get_array_member (vectors, "check_digits");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);
      const char *text = json_object_get_string_member (vector, "in");

      g_assert_cmpint (plt_mrz_check_digit (text, -1), ==,
                       *json_object_get_string_member (vector, "cd") - '0');
    }
  g_assert_cmpint (plt_mrz_check_digit ("ab", -1), ==, -1);
  g_assert_cmpint (plt_mrz_check_digit ("A B", -1), ==, -1);
}

static void
test_transliteration_vectors (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("mrz.json");
  JsonArray *list = json_object_get_array_member (vectors, "transliteration");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);
      g_autoptr (GError) error = NULL;
      g_autofree char *line =
        plt_mrz_transliterate (json_object_get_string_member (vector, "in"), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (line, ==, json_object_get_string_member (vector, "out"));
    }
}

static void
test_transliteration_table (void)
{
  /* Every row of the table of ICAO Doc 9303-3, section 6: letters, then the spelling of each; and ǰ,
   * a small letter without a capital. */
  static const char *rows[][2] = {
    { "ÀÁÂÃĀĂĄàáâãāăą", "A" }, { "Ää", "AE" }, { "Åå", "AA" }, { "Ææ", "AE" },
    { "ĆĈČĊÇćĉčċç", "C" }, { "ĎĐÐďđð", "D" }, { "ÈÉÊËĒĔĖĘĚèéêëēĕėęě", "E" },
    { "ĜĞĠĢĝğġģ", "G" }, { "ĤĦĥħ", "H" }, { "ÌÍÎÏĨĪĬĮİıìíîïĩīĭį", "I" }, { "Ĳĳ", "IJ" },
    { "Ĵĵǰ", "J" }, { "Ķķ", "K" }, { "ĸ", "Q" }, { "ĹĻĽĿŁĺļľŀł", "L" }, { "ÑŃŅŇŊñńņňŋ", "N" },
    { "ÒÓÔÕŌŎŐòóôõōŏő", "O" }, { "Öö", "OE" }, { "Øø", "OE" }, { "Œœ", "OE" },
    { "ŔŖŘŕŗř", "R" }, { "ŚŜŞŠȘśŝşšș", "S" }, { "ßẞ", "SS" }, { "ŢŤŦȚţťŧț", "T" },
    { "Þþ", "TH" }, { "ÙÚÛŨŪŬŮŰŲùúûũūŭůűų", "U" }, { "Üü", "UE" }, { "Ŵŵ", "W" },
    { "ÝŶŸýŷÿ", "Y" }, { "ŹŻŽźżž", "Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (const char *at = rows[i][0]; *at != '\0'; at = g_utf8_next_char (at))
        {
          g_autofree char *letter =
            g_strndup (at, (gsize) (g_utf8_next_char (at) - at));
          g_autofree char *apart = g_utf8_normalize (letter, -1, G_NORMALIZE_NFD);
          g_autofree char *line = plt_mrz_transliterate (letter, NULL);
          g_autofree char *line_apart = plt_mrz_transliterate (apart, NULL);

          g_assert_cmpstr (line, ==, rows[i][1]);
          g_assert_cmpstr (line_apart, ==, rows[i][1]);
        }
    }
}

static void
test_refuses_other_scripts (void)
{
  static const char *names[] = { "Иванов", "Ωνάσης", "สมชาย", "王", "Anna 2", "Ana😀" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PltLicenceData) data = iso_example_licence ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) bare = NULL;

      g_free (data->family_name);
      data->family_name = g_strdup (names[i]);

      g_assert_null (plt_mrz_build_fr (data, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN);
      g_assert_nonnull (strstr (error->message, "family name"));
      g_assert_nonnull (strstr (error->message, names[i]));
      g_assert_nonnull (strstr (error->message, "(U+"));
      g_assert_null (plt_mrz_transliterate (names[i], &bare));
      g_assert_error (bare, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN);
    }
}

/* Every letter of Unicode's Latin script has a spelling, however written; what has none is no letter of
 * a name's spelling but a click, a glottal stop, or another sign of phonetics. */
static void
test_every_latin_letter (void)
{
  static const gunichar without[] = {
    0x01BB, 0x01BE, 0x01C0, 0x01C1, 0x01C2, 0x01C3, 0x0241, 0x0294, 0x0295, 0x0296, 0x0297, 0x0298,
    0x02A1, 0x02A2, 0x02AC, 0x02AD, 0x02E4, 0x1D24, 0x1D25, 0x1D5C, 0xA722, 0xA724, 0xA72A, 0xA72C, 0xA72E,
    0xA78F, 0x10781, 0x10782, 0x107B3, 0x107B4, 0x107B5, 0x107B6, 0x107B7, 0x107B8, 0x107B9, 0x1DF0A, 0x1DF0E, 0x1DF0F,
  };
  guint n_letters = 0;

  for (gunichar letter = 'A'; letter < 0x20000; letter++)
    {
      char text[7] = { 0 };
      g_autofree char *line = NULL;
      gboolean is_known = TRUE;

      if (g_unichar_get_script (letter) != G_UNICODE_SCRIPT_LATIN || !g_unichar_isalpha (letter))
        continue;
      n_letters++;
      g_unichar_to_utf8 (letter, text);
      for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
        is_known = is_known && without[i] != g_unichar_toupper (letter) && without[i] != letter;
      line = plt_mrz_transliterate (text, NULL);
      if (!is_known)
        continue;
      if (line == NULL || line[strspn (line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] != '\0')
        g_test_message ("U+%04X %s", letter, text);
      g_assert_nonnull (line);
      g_assert_cmpuint (strspn (line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), ==, strlen (line));
    }
  g_assert_cmpuint (n_letters, >, 1300);
}

static void
check_fr (JsonObject *expect,
          const char *mrz)
{
  g_autoptr (PltLicenceData) data = plt_licence_data_new ();
  const char *expiry = json_object_get_string_member (expect, "expiry_yymmdd");
  g_autofree char *iso = g_strdup_printf ("20%.2s-%.2s-%.2s", expiry, expiry + 2, expiry + 4);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  data->issuing_country = g_strndup (mrz + 2, 3);
  data->licence_number = g_strdup (json_object_get_string_member (expect, "number"));
  data->expiry_date = iso_date (iso);
  data->family_name = g_strdup (json_object_get_string_member (expect, "name"));

  line = plt_mrz_build_fr (data, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, mrz);
}

/* A line without configuration, "D<", is not built here; it is only read. */
static void
check_nl (JsonObject *expect,
          const char *mrz)
{
  g_autoptr (PltLicenceData) data = plt_licence_data_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  if (mrz[1] == '<')
    return;
  data->issuing_country = g_strndup (mrz + 2, 3);
  data->licence_number = g_strdup (json_object_get_string_member (expect, "number"));

  line = plt_mrz_build_nl (data, json_object_get_string_member (expect, "random"), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, mrz);
}

static void
test_valid_vectors (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("mrz.json");
  JsonArray *list = json_object_get_array_member (vectors, "licence_mrz_valid");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);
      JsonObject *expect = json_object_get_object_member (vector, "expect");
      const char *mrz = json_object_get_string_member (vector, "mrz");
      g_autoptr (GError) error = NULL;

      plt_mrz_verify (mrz, &error);
      g_assert_no_error (error);
      if (g_str_has_prefix (json_object_get_string_member (vector, "layout"), "FR"))
        check_fr (expect, mrz);
      else
        check_nl (expect, mrz);
    }
}

/* Each field that a vector expects, by the name that the vector gives it. */
static void
check_fields (JsonObject *expect,
              PltMrz     *mrz)
{
  const struct
  {
    const char *member;
    const char *value;
  } fields[] = {
    { "document_code", mrz->document_code }, { "configuration", mrz->configuration },
    { "issuing_state", mrz->issuing_state }, { "version", mrz->version },
    { "number", mrz->number }, { "number_cd", mrz->number_check_digit },
    { "expiry_yymmdd", mrz->expiry }, { "name", mrz->family_name }, { "random", mrz->random },
    { "overall_cd", mrz->overall_check_digit },
  };
  g_autoptr (GList) members = json_object_get_members (expect);

  for (GList *at = members; at != NULL; at = at->next)
    {
      gboolean found = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        {
          if (!g_str_equal (fields[i].member, at->data))
            continue;
          found = TRUE;
          g_assert_cmpstr (fields[i].value, ==, json_object_get_string_member (expect, at->data));
        }
      g_assert_true (found);
    }
}

static void
test_vectors_fields (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("mrz.json");
  JsonArray *valid = json_object_get_array_member (vectors, "licence_mrz_valid");
  JsonArray *invalid = json_object_get_array_member (vectors, "licence_mrz_invalid");

  for (guint i = 0; i < json_array_get_length (valid); i++)
    {
      JsonObject *vector = json_array_get_object_element (valid, i);
      g_autofree char *typed = g_strdup_printf ("  %s\r\n",
                                                json_object_get_string_member (vector, "mrz"));
      g_autoptr (GError) error = NULL;
      g_autoptr (PltMrz) mrz = plt_mrz_read (typed, &error);

      g_assert_no_error (error);
      g_assert_true ((mrz->manner == PLT_MRZ_MANNER_FR) ==
                     g_str_has_prefix (json_object_get_string_member (vector, "layout"), "FR"));
      check_fields (json_object_get_object_member (vector, "expect"), mrz);
    }
  for (guint i = 0; i < json_array_get_length (invalid); i++)
    {
      JsonObject *vector = json_array_get_object_element (invalid, i);

      g_assert_null (plt_mrz_read (json_object_get_string_member (vector, "mrz"), NULL));
    }
}

static PltLicenceData *
swiss_licence (const char *family_name,
               const char *given_names)
{
  PltLicenceData *data = plt_licence_data_new ();

  data->issuing_country = g_strdup ("CHE");
  data->licence_number = g_strdup ("305142128");
  data->birth_date = iso_date ("1980-01-26");
  data->family_name = g_strdup (family_name);
  data->given_names = g_strdup (given_names);

  return data;
}

static void
test_swiss_published (void)
{
  static const char published[] =
    "AAA001D<<\nFACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<";
  g_autoptr (PltLicenceData) data = swiss_licence ("Marchand", "Fabienne");
  g_autoptr (GError) error = NULL;
  g_autofree char *built = plt_mrz_build_ch (data, "AAA001", 'D', 97, &error);
  g_autoptr (PltMrz) mrz = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (built, ==, published);
  mrz = plt_mrz_read (published, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mrz->manner, ==, PLT_MRZ_MANNER_CH);
  g_assert_cmpstr (mrz->blank_number, ==, "AAA001");
  g_assert_cmpstr (mrz->language, ==, "D");
  g_assert_cmpstr (mrz->document_code, ==, "FA");
  g_assert_cmpstr (mrz->issuing_state, ==, "CHE");
  g_assert_cmpstr (mrz->number, ==, "305142128");
  g_assert_cmpstr (mrz->version, ==, "097");
  g_assert_cmpstr (mrz->birth, ==, "800126");
  g_assert_cmpstr (mrz->family_name, ==, "MARCHAND");
  g_assert_cmpstr (mrz->given_names, ==, "FABIENNE");
}

/* ICAO Doc 9303-3, 4.6: of each name something is left, the longest are cut, and the last place of a
 * line that was cut has a letter. */
static void
test_swiss_names (void)
{
  static const char *cases[][3] = {
    { "Müller", "", "MUELLER<<<<<<<<<<<<<<<<<<<<<<<" },
    { "O’Connor-Łódź", "Ana Sofía", "OCONNOR<LODZ<<ANA<SOFIA<<<<<<<" },
    { "X", "Y", "X<<Y<<<<<<<<<<<<<<<<<<<<<<<<<<" },
    { "Featherstonehaugh-Cholmondeley", "Maximiliana Alexandrina",
      "FEATHER<CHOLMON<<MAXIMI<ALEXAN" },
    { "A B C D E F G H", "I J K L M N O P Q", "A<B<C<D<E<F<G<H<<I<J<K<L<M<N<O" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltLicenceData) data = swiss_licence (cases[i][0], cases[i][1]);
      g_autoptr (GError) error = NULL;
      g_autofree char *built = plt_mrz_build_ch (data, "A1B999", 'R', 0, &error);
      g_autoptr (PltMrz) mrz = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (built + 41, ==, cases[i][2]);
      mrz = plt_mrz_read (built, &error);
      g_assert_no_error (error);
    }
}

static void
test_swiss_refusals (void)
{
  static const char *texts[] = {
    "AAA001E<<\nFACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<",
    "AAA0O1D<<\nFACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<",
    "AAA001D<<\nFBCHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<",
    "AAA001D<<\nFACHE30514212809X<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<",
    "AAA001D<<\nFACHE305142128097<<800231<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<",
    "AAA001D<<\nFACHE305142128097<<800126<<<<<\n<<FABIENNE<<<<<<<<<<<<<<<<<<<<",
    "AAA001D<<\nFACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENN3<<<<<<<<<<<<",
    "AAA001D<<\nFACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<",
    "AAA001D<<\nFACHE305142128097<<800126<<<<<",
    "", "\n\n\n",
  };
  g_autoptr (PltLicenceData) data = swiss_licence ("Marchand", "Fabienne");
  g_autoptr (GError) blank = NULL;
  g_autoptr (GError) number = NULL;
  g_autoptr (GError) name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_mrz_read (texts[i], &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
  g_assert_null (plt_mrz_build_ch (data, "aaa001", 'D', 1, &blank));
  g_assert_error (blank, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
  g_free (data->family_name);
  data->family_name = g_strdup ("王");
  g_assert_null (plt_mrz_build_ch (data, "AAA001", 'D', 1, &name));
  g_assert_error (name, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN);
  g_free (data->licence_number);
  data->licence_number = g_strdup ("U12345675");
  g_assert_null (plt_mrz_build_ch (data, "AAA001", 'D', 1, &number));
  g_assert_error (number, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

static void
test_invalid_vectors (void)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("mrz.json");
  JsonArray *list = json_object_get_array_member (vectors, "licence_mrz_invalid");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);
      g_autoptr (GError) error = NULL;

      g_assert_false (plt_mrz_verify (json_object_get_string_member (vector, "mrz"), &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

static int
value_of (char character)
{
  if (character == '<')
    return 0;

  return g_ascii_isdigit (character) ? character - '0' : character - 'A' + 10;
}

/* Any one changed character is seen, unless the two values differ by a multiple of ten. */
static void
test_one_change_is_seen (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
  g_autoptr (JsonObject) vectors = iso_vectors_load ("mrz.json");
  JsonArray *list = json_object_get_array_member (vectors, "licence_mrz_valid");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);
      const char *mrz = json_object_get_string_member (vector, "mrz");

      for (int at = 0; at < PLT_MRZ_LENGTH; at++)
        {
          for (const char *other = alphabet; *other != '\0'; other++)
            {
              g_autofree char *changed = g_strdup (mrz);

              changed[at] = *other;
              if ((value_of (*other) - value_of (mrz[at])) % 10 != 0)
                g_assert_false (plt_mrz_verify (changed, NULL));
            }
        }
    }
}

static void
test_always_thirty (void)
{
  static const char *names[] = { "", "-", "A", "van der Meer-Østergaard", "Đặng", "Æ" };
  static const char *numbers[] = { "", "1", "U1234567", "UTO-00012" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (numbers); j++)
        {
          g_autoptr (PltLicenceData) data = iso_example_licence ();
          g_autoptr (GError) error = NULL;
          g_autofree char *fr = NULL;
          g_autofree char *nl = NULL;

          g_free (data->family_name);
          g_free (data->licence_number);
          data->family_name = g_strdup (names[i]);
          data->licence_number = g_strdup (numbers[j]);

          fr = plt_mrz_build_fr (data, &error);
          g_assert_no_error (error);
          g_assert_true (plt_mrz_verify (fr, NULL));
          nl = plt_mrz_build_nl (data, "AB12CD34EF56G", &error);
          g_assert_no_error (error);
          g_assert_true (plt_mrz_verify (nl, NULL));
        }
    }
}

/* Another hand's arithmetic: the weights by position, the values by a table. */
static int
sum_of (const char *text,
        gsize       length)
{
  static const char values[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  int sum = 0;

  for (gsize i = 0; i < length; i++)
    sum += (i % 3 == 0 ? 7 : i % 3 == 1 ? 3 : 1) * (text[i] == '<' ? 0 : (int) (strchr (values, text[i]) - values));

  return sum % 10;
}

static char *
make_name (GRand *rand)
{
  static const char *const letters[] = { "a", "É", "ß", "Ø", "ñ", "-", " ", "’", "Ł", "z", "Ü", "Þ", "ő", "B", "Æ", "i" };
  GString *name = g_string_new ("A");
  gint n = g_rand_int_range (rand, 0, 40);

  for (gint i = 0; i < n; i++)
    g_string_append (name, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);

  return g_string_free (name, FALSE);
}

static void
test_random_holders (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9303);

  for (int i = 0; i < 400; i++)
    {
      g_autoptr (PltLicenceData) licence = iso_example_licence ();
      g_autofree char *random13 = plt_mrz_new_random ();
      g_autofree char *french = NULL, *dutch = NULL, *swiss = NULL;
      g_auto (GStrv) lines = NULL;
      g_autoptr (PltMrz) read = NULL;

      g_free (licence->family_name);
      g_free (licence->given_names);
      g_free (licence->licence_number);
      licence->family_name = make_name (rand);
      licence->given_names = make_name (rand);
      licence->licence_number = g_strdup_printf ("%09d", g_rand_int_range (rand, 0, 1000000000));
      french = plt_mrz_build_fr (licence, NULL);
      dutch = plt_mrz_build_nl (licence, random13, NULL);
      swiss = plt_mrz_build_ch (licence, "AAA001", "DFIR"[i % 4], i, NULL);
      lines = g_strsplit (swiss, "\n", -1);
      read = plt_mrz_read (swiss, NULL);

      g_assert_cmpuint (strlen (random13), ==, 13);
      g_assert_cmpuint (strlen (french), ==, 30);
      g_assert_cmpint (french[14] - '0', ==, sum_of (french, 14));
      g_assert_cmpint (french[29] - '0', ==, sum_of (french, 29));
      g_assert_cmpuint (strlen (dutch), ==, 30);
      g_assert_cmpint (dutch[29] - '0', ==, sum_of (dutch, 29));
      g_assert_true (g_str_has_prefix (dutch + 16, random13));
      g_assert_cmpuint (g_strv_length (lines), ==, 3);
      g_assert_cmpuint (strlen (lines[0]), ==, 9);
      g_assert_cmpuint (strlen (lines[1]), ==, 30);
      g_assert_cmpuint (strlen (lines[2]), ==, 30);
      g_assert_nonnull (read);
      g_assert_cmpstr (read->number, ==, licence->licence_number);
    }
}

static void
test_refuses_long_number (void)
{
  static const char *numbers[] = { "U123456789", "1234567890123456789012345" };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (PltLicenceData) data = iso_example_licence ();
      g_autoptr (GError) error = NULL;

      g_free (data->licence_number);
      data->licence_number = g_strdup (numbers[i]);

      g_assert_null (plt_mrz_build_fr (data, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG);
      g_assert_nonnull (strstr (error->message, numbers[i]));
    }
}

static void
test_refuses_bad_input (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) number = NULL;
  g_autoptr (GError) country = NULL;
  g_autoptr (GError) random = NULL;

  g_assert_null (plt_mrz_build_nl (data, "lowercase", &random));
  g_assert_error (random, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);

  g_free (data->licence_number);
  data->licence_number = g_strdup ("Ü1");
  g_assert_null (plt_mrz_build_fr (data, &number));
  g_assert_error (number, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);

  g_free (data->issuing_country);
  data->issuing_country = g_strdup ("Utopia");
  g_assert_null (plt_mrz_build_fr (data, &country));
  g_assert_error (country, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iso/mrz/check-digit/vectors", test_check_digit_vectors);
  g_test_add_func ("/iso/mrz/transliterate/vectors", test_transliteration_vectors);
  g_test_add_func ("/iso/mrz/transliterate/whole-table", test_transliteration_table);
  g_test_add_func ("/iso/mrz/transliterate/refuses-other-scripts", test_refuses_other_scripts);
  g_test_add_func ("/iso/mrz/transliterate/every-latin-letter", test_every_latin_letter);
  g_test_add_func ("/iso/mrz/vectors-say-every-field", test_vectors_fields);
  g_test_add_func ("/iso/mrz/swiss/published", test_swiss_published);
  g_test_add_func ("/iso/mrz/swiss/names", test_swiss_names);
  g_test_add_func ("/iso/mrz/swiss/refusals", test_swiss_refusals);
  g_test_add_func ("/iso/mrz/valid-vectors-both-ways", test_valid_vectors);
  g_test_add_func ("/iso/mrz/invalid-vectors-refused", test_invalid_vectors);
  g_test_add_func ("/iso/mrz/one-changed-character-is-seen", test_one_change_is_seen);
  g_test_add_func ("/iso/mrz/always-thirty-characters", test_always_thirty);
  g_test_add_func ("/iso/mrz/random-holders", test_random_holders);
  g_test_add_func ("/iso/mrz/refuses-long-number", test_refuses_long_number);
  g_test_add_func ("/iso/mrz/refuses-bad-input", test_refuses_bad_input);

  return g_test_run ();
}
