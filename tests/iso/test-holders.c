/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holders at random (--seed repeats one run), and the longest, shortest and oddest: written here, read
 * by a program that shares nothing with this one, tests/iso/lds-reader.py, and by OpenSSL. */
#include "plt-lds-files.h"
#include "plt-mrz.h"

#include "iso-vectors.h"
#include "plt-test-keys.h"

#include <gio/gio.h>
#include <string.h>

#define N_HOLDERS 80
#define N_SIGNED 16 /* OpenSSL is asked about these */

static const char *const letters =
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
  "ÀÁÂÃĀĂĄàáâãāăąÄäÅåÆæĆĈČĊÇćĉčċçĎĐÐďđðÈÉÊËĒĔĖĘĚèéêëēĕėęěĜĞĠĢĝğġģĤĦĥħÌÍÎÏĨĪĬĮİıìíîïĩīĭįĲĳĴĵĶķĸ"
  "ĹĻĽĿŁĺļľŀłÑŃŅŇŊñńņňŋÒÓÔÕŌŎŐòóôõōŏőÖöØøŒœŔŖŘŕŗřŚŜŞŠȘśŝşšșßẞŢŤŦȚţťŧțÞþÙÚÛŨŪŬŮŰŲùúûũūŭůűųÜü"
  "ŴŵÝŶŸýŷÿŹŻŽźżžǾǿẠạẢảẤấẦầẴẵẼẽẾếỆệỊịỌọỔổỚớỢợỤụỨứỰựỲỳỸỹǗǘȦȧḂḃ";

static const char *const names[] = {
  "Ng", "O", "Å", "Ü", "D’Arc", "O'Connor", "Smith-Jones", "van der Meer-Østergård", "Nguyễn Thị Ánh",
  "Łódź", "İpek Yılmaz", "Đorđević", "Þóra Jónsdóttir", "Groß", "Müller–Œuvre", "J. Œ. Ŀ", "Kapaʻakea", "Col·lell",
  "Featherstonehaugh-Cholmondeley von Hohenfels", "ŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒŒ",
  "Wolfeschlegelsteinhausenbergerdorff-Wolfeschlegelsteinhausenbergerdorff",
};

static int
roll (int below)
{
  return g_test_rand_int_range (0, below);
}

/* Of the letters above, words of them, or one of the names. */
static char *
random_name (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const int n = roll (4) == 0 ? 1 : 1 + roll (40);

  if (roll (3) == 0)
    return plt_lds_fit_name (names[roll (G_N_ELEMENTS (names))]);
  for (int i = 0; i < n; i++)
    {
      const char *letter = g_utf8_offset_to_pointer (letters, roll ((int) g_utf8_strlen (letters, -1)));

      if (i > 0 && i < n - 1 && roll (8) == 0)
        g_string_append_c (name, " -'"[roll (3)]);
      g_string_append_len (name, letter, g_utf8_next_char (letter) - letter);
    }

  return plt_lds_fit_name (name->str);
}

static char *
random_of (const char *characters,
           int         least,
           int         most)
{
  const int n = least + roll (most - least + 1);
  char *text = g_malloc0 ((gsize) n + 1);

  for (int i = 0; i < n; i++)
    text[i] = characters[roll ((int) strlen (characters))];

  return text;
}

static PltDate
random_date (void)
{
  static const PltDate odd[] = {
    { 1900, 1, 1 }, { 9999, 12, 31 }, { 2000, 2, 29 }, { 2096, 2, 29 }, { 1970, 1, 1 }, { 2038, 1, 19 },
  };

  if (roll (4) == 0)
    return odd[roll (G_N_ELEMENTS (odd))];

  return plt_date_add_days ((PltDate) { 1900, 1, 1 }, roll (60000));
}

static char *
random_restrictions (void)
{
  static const char *const some[] = {
    "01", "02.01", "78", "S01<=3500", "S02>=3.5", "S03=0", "S05<8", "S07>65535", "70.UTO", "93<=8000",
    "S04>=1000000000000000000000000000001", "79(<=3500)", "79(C1E>12000kg)",
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (int n = roll (4); n > 0; n--)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", some[roll (G_N_ELEMENTS (some))]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* None has the category, date and restrictions of its neighbour. */
static void
add_categories (PltLicenceData *data,
                gboolean        all)
{
  for (int category = 0; category < PLT_N_CATEGORIES; category++)
    {
      g_autofree char *restrictions = random_restrictions ();
      PltDate from = roll (8) == 0 ? (PltDate) { 0 } : random_date ();
      PltDate to = roll (8) == 0 ? (PltDate) { 0 } : random_date ();

      if (all || roll (4) == 0)
        g_ptr_array_add (data->categories, plt_category_entry_new (category, from, to, restrictions));
    }
  if (data->categories->len == 0)
    g_ptr_array_add (data->categories,
                     plt_category_entry_new (PLT_CATEGORY_B, (PltDate) { 0 }, (PltDate) { 0 }, ""));
}

/* What a decoder would look at of a JPEG, then noise. */
static GBytes *
random_jpeg (gsize length)
{
  static const guint8 head[] = {
    0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x06, 'J', 'F', 'I', 'F', 0xFF, 0xC0, 0x00, 0x0B, 0x08,
    0x01, 0xB1, 0x01, 0x51, 0x01, 0x01, 0x11, 0x00,
  };
  guint8 *bytes = g_malloc (length);

  memcpy (bytes, head, sizeof head);
  for (gsize i = sizeof head; i < length; i++)
    bytes[i] = (guint8) roll (256);

  return g_bytes_new_take (bytes, length);
}

static PltLicenceData *
random_licence (int number)
{
  static const char digits[] = "0123456789";
  static const char numerals[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static const char text[] = "abcXYZ 0123456789.,-/";
  static const char *const sexes[] = { "M", "F", "X", "" };
  PltLicenceData *data = plt_licence_data_new ();

  data->family_name = random_name ();
  data->given_names = roll (8) == 0 ? g_strdup ("") : random_name ();
  data->birth_date = random_date ();
  data->issue_date = random_date ();
  data->expiry_date = random_date ();
  data->birth_place = random_name ();
  data->authority = number == 0 ? g_strnfill (67, 'A') : random_of (text, 1, 67);
  data->licence_number = roll (2) == 0 ? random_of (digits, 9, 9) : random_of (numerals, 1, 9);
  data->administrative_number = roll (2) == 0 ? random_name () : g_strdup ("");
  data->sex = g_strdup (sexes[roll (4)]);
  data->nationality = roll (4) == 0 ? g_strdup ("") : random_of (numerals + 10, 3, 3);
  data->address = roll (4) == 0 ? g_strdup ("") : random_of (text, 1, 127);
  data->issuing_country = random_of (numerals + 10, 3, 3);
  data->type_approval = g_strdup ("e99-DL00 00000");
  data->specimen = roll (2) == 0;
  add_categories (data, number == 0);
  if (roll (8) > 0)
    data->portrait = random_jpeg (number == 0 ? 65279 : 30 + (gsize) roll (2000));
  if (roll (4) > 0)
    data->portrait_taken_at = plt_date_to_unix ((PltDate) { 2026, 2, 28 }) + roll (86400 * 2);
  if (roll (4) > 0)
    data->signature = random_jpeg (30 + (gsize) roll (300));

  return data;
}

static void
set_string (JsonBuilder *json,
            const char  *member,
            const char  *value)
{
  json_builder_set_member_name (json, member);
  json_builder_add_string_value (json, value != NULL ? value : "");
}

static void
set_bytes (JsonBuilder *json,
           const char  *member,
           GBytes      *bytes)
{
  g_autofree char *hex = bytes != NULL ? plt_test_bytes_to_hex (bytes) : NULL;

  set_string (json, member, hex);
}

static void
set_date (JsonBuilder *json,
          const char  *member,
          PltDate      date)
{
  g_autofree char *iso = plt_date_is_set (date) ? plt_date_to_iso (date) : NULL;

  set_string (json, member, iso);
}

static void
add_date (JsonBuilder *json,
          PltDate      date)
{
  g_autofree char *iso = plt_date_is_set (date) ? plt_date_to_iso (date) : g_strdup ("");

  json_builder_add_string_value (json, iso);
}

static void
write_categories (JsonBuilder    *json,
                  PltLicenceData *data)
{
  json_builder_set_member_name (json, "categories");
  json_builder_begin_array (json);
  for (guint i = 0; i < data->categories->len; i++)
    {
      PltCategoryEntry *entry = data->categories->pdata[i];

      json_builder_begin_array (json);
      json_builder_add_string_value (json, plt_category_to_code (entry->category));
      add_date (json, entry->from);
      add_date (json, entry->to);
      json_builder_add_string_value (json, entry->restrictions);
      json_builder_end_array (json);
    }
  json_builder_end_array (json);
}

static void
write_record (JsonBuilder    *json,
              PltLicenceData *data)
{
  g_autoptr (GDateTime) taken = g_date_time_new_from_unix_utc (data->portrait_taken_at);
  g_autofree char *digits = g_date_time_format (taken, "%Y%m%d%H%M%S");

  set_string (json, "family_name", data->family_name);
  set_string (json, "given_names", data->given_names);
  set_string (json, "birth_place", data->birth_place);
  set_string (json, "authority", data->authority);
  set_string (json, "licence_number", data->licence_number);
  set_string (json, "administrative_number", data->administrative_number);
  set_string (json, "sex", data->sex);
  set_string (json, "nationality", data->nationality);
  set_string (json, "address", data->address);
  set_string (json, "issuing_country", data->issuing_country);
  set_string (json, "type_approval", data->type_approval);
  set_date (json, "birth_date", data->birth_date);
  set_date (json, "issue_date", data->issue_date);
  set_date (json, "expiry_date", data->expiry_date);
  set_bytes (json, "portrait", data->portrait);
  set_bytes (json, "signature", data->signature);
  set_string (json, "portrait_taken", data->portrait_taken_at != 0 ? digits : "");
  json_builder_set_member_name (json, "portrait_size");
  json_builder_begin_array (json);
  json_builder_add_int_value (json, 0x151);
  json_builder_add_int_value (json, 0x1B1);
  json_builder_end_array (json);
  json_builder_set_member_name (json, "specimen");
  json_builder_add_boolean_value (json, data->specimen);
  write_categories (json, data);
}

static void
write_files (JsonBuilder *json,
             GPtrArray   *files)
{
  json_builder_set_member_name (json, "files");
  json_builder_begin_object (json);
  for (guint i = 0; i < files->len; i++)
    {
      PltLdsFile *file = files->pdata[i];
      g_autofree char *number = g_strdup_printf ("%u", file->kind->number);

      if (file->kind->number != PLT_LDS_COM && file->kind->number != PLT_LDS_SOD)
        set_bytes (json, number, file->bytes);
    }
  json_builder_end_object (json);
  set_bytes (json, "com", plt_lds_find_file (files, PLT_LDS_COM));
  set_bytes (json, "sod", plt_lds_find_file (files, PLT_LDS_SOD));
}

/* The Dutch line takes any number, the Swiss lines only one of nine digits. */
static void
write_other_lines (JsonBuilder    *json,
                   PltLicenceData *data)
{
  g_autofree char *random = random_of ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0, 13);
  g_autofree char *number = g_steal_pointer (&data->licence_number);
  g_autoptr (GError) error = NULL;
  g_autofree char *ch = NULL;
  g_autofree char *nl = NULL;

  data->licence_number = g_strdup ("305142128");
  ch = plt_mrz_build_ch (data, "AAA001", 'F', roll (1000), &error);
  g_assert_no_error (error);
  g_free (data->licence_number);
  data->licence_number = g_steal_pointer (&number);
  nl = plt_mrz_build_nl (data, random, &error);
  g_assert_no_error (error);
  set_string (json, "ch", ch);
  set_string (json, "nl", nl);
  set_string (json, "random", random);
}

static void
write_holder (JsonBuilder  *json,
              int           number,
              PltIssuerKey *key)
{
  g_autoptr (PltLicenceData) data = random_licence (number);
  PltIssuerKey *signer = number < N_SIGNED ? key : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fr = plt_mrz_build_fr (data, &error);
  const PltLdsProfile profile = { .form = number % 2 == 0 ? PLT_LDS_FORM_ISO : PLT_LDS_FORM_EU, .mrz = fr };
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GBytes) u1 = NULL;

  g_assert_no_error (error);
  files = plt_lds_build_files (data, &profile, signer, &error);
  g_assert_no_error (error);
  /* Many restrictions are refused in words, as the barcode has no room. */
  u1 = signer != NULL ? plt_lds_build_u1 (data, signer, &error) : NULL;
  g_assert_true (error == NULL || g_error_matches (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG));
  g_assert_true (u1 == NULL || g_bytes_get_size (u1) <= 1108);

  json_builder_begin_object (json);
  write_record (json, data);
  set_string (json, "form", profile.form == PLT_LDS_FORM_EU ? "eu" : "iso");
  set_string (json, "fr", fr);
  write_other_lines (json, data);
  write_files (json, files);
  set_bytes (json, "u1", u1);
  json_builder_end_object (json);
}

static void
test_strangers_reader (void)
{
  g_autofree char *folder = plt_test_keys_new ();
  g_autoptr (PltIssuerKey) key = plt_test_keys_load (folder, "UTO0001");
  g_autofree char *program = g_test_build_filename (G_TEST_DIST, "iso", "lds-reader.py", NULL);
  g_autofree char *holders = g_build_filename (folder, "holders.json", NULL);
  g_autofree char *certificate = g_build_filename (folder, "certificate.pem", NULL);
  const char *argv[] = { "python3", program, holders, certificate, folder, NULL };
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  int status = -1;

  json_builder_begin_array (json);
  for (int i = 0; i < N_HOLDERS; i++)
    write_holder (json, i, key);
  json_builder_end_array (json);
  root = json_builder_get_root (json);
  json_generator_set_root (generator, root);
  g_assert_true (json_generator_to_file (generator, holders, &error));
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &said, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s", said);
  g_assert_cmpint (status, ==, 0);
  g_clear_object (&key);
  plt_test_keys_remove (g_steal_pointer (&folder));
}

/* The readers of the program itself, over the same holders: what was written is what they say. */
static void
test_own_readers (void)
{
  for (int i = 0; i < N_HOLDERS; i++)
    {
      g_autoptr (PltLicenceData) data = random_licence (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) iso = plt_lds_build_dg1 (data, &error);
      g_autoptr (GBytes) eu = plt_lds_build_dg1_eu (data, &error);
      g_autoptr (PltLicenceData) of_iso = NULL;
      g_autoptr (PltLicenceData) of_eu = NULL;
      g_autofree char *wanted = plt_categories_to_text (data->categories);
      g_autofree char *text = NULL;
      g_autofree char *text_eu = NULL;

      g_assert_no_error (error);
      of_iso = plt_lds_read_dg1 (iso, &error);
      g_assert_no_error (error);
      of_eu = plt_lds_read_dg1 (eu, &error);
      g_assert_no_error (error);
      text = plt_categories_to_text (of_iso->categories);
      text_eu = plt_categories_to_text (of_eu->categories);
      g_assert_cmpstr (text, ==, wanted);
      g_assert_cmpstr (text_eu, ==, wanted);
      g_assert_cmpstr (of_iso->family_name, ==, of_eu->family_name);
      g_assert_cmpstr (of_eu->licence_number, ==, data->licence_number);
      g_assert_cmpint (plt_date_compare (of_eu->birth_date, data->birth_date), ==, 0);
      g_assert_cmpint (plt_date_compare (of_iso->expiry_date, data->expiry_date), ==, 0);
    }
}

/* Scripts without a Latin spelling, and signs that no name has: the message names field and sign. */
static void
test_other_scripts (void)
{
  static const char *const texts[] = {
    "Иванов", "Ωνάσης", "محمد", "כהן", "สมชาย", "王小明", "さくら", "김", "Հայկ", "ნინო", "ราม", "शर्मा",
    "ǃXóõ", "Ana\xF0\x9F\x98\x80", "A\x01", "Ꮳ",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PltLicenceData) data = iso_example_licence ();
      g_autoptr (GError) of_dg1 = NULL;
      g_autoptr (GError) of_line = NULL;

      g_free (data->given_names);
      data->given_names = g_strdup (texts[i]);
      g_assert_null (plt_lds_build_dg1 (data, &of_dg1));
      g_assert_error (of_dg1, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN);
      g_assert_nonnull (strstr (of_dg1->message, "given names"));
      g_assert_nonnull (strstr (of_dg1->message, "(U+"));
      g_free (data->licence_number);
      data->licence_number = g_strdup ("305142128");
      g_assert_null (plt_mrz_build_ch (data, "AAA001", 'D', 1, &of_line));
      g_assert_error (of_line, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN);
    }
}

static void
test_restrictions_refused (void)
{
  static const char *const texts[] = { "S01<=AB", "S01==3", "<=3", "01;02", "S1<>2" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PltLicenceData) data = iso_example_licence ();
      PltCategoryEntry *b = data->categories->pdata[1];
      g_autoptr (GError) error = NULL;

      g_free (b->restrictions);
      b->restrictions = g_strdup (texts[i]);
      g_assert_null (plt_lds_build_dg1 (data, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, texts[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iso/holders/read-by-a-stranger", test_strangers_reader);
  g_test_add_func ("/iso/holders/read-by-ourselves", test_own_readers);
  g_test_add_func ("/iso/holders/other-scripts-refused", test_other_scripts);
  g_test_add_func ("/iso/holders/restrictions-refused", test_restrictions_refused);

  return g_test_run ();
}
