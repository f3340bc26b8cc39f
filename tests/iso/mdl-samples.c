/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes mobile driving licences of random holders into a folder: N.cbor, and N.json with what each must
 * say, for a program of other people's to compare. Also says how long one takes. */
#include "iso-mdl-fixture.h"
#include "iso-vectors.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY 86400

static const char *const names[] = {
  "Müller", "Łukasiewicz", "Őry-Žák", "O’Brien", "de la Cruz", "Ånström", "Þórsdóttir", "Șerban",
  "Straße", "Nguyễn", "Đặng", "Ígor", "José María", "X", "Wolfeschlegelsteinhausenbergerdorff",
};
static const char *const national[] = { "Петров", "สมศรี ใจดี", "Παπαδόπουλος", "山田", "مُحَمَّد" };
static const char *const colours[] = { "blue", "brown", "dichromatic", "unknown" };
static const char *const restrictions[] = { "", "01", "01,78", "S02<=3500", "03,S01>=1,70=UTO" };
static const char *const countries[] = { "UTO", "FRA", "THA", "XXA", "" };

#define PICK(rand, list) list[g_rand_int_range (rand, 0, G_N_ELEMENTS (list))]

static PltDate
make_date (GRand *rand,
           int    first_year,
           int    last_year)
{
  PltDate date = { g_rand_int_range (rand, first_year, last_year + 1), 1, 1 };

  return plt_date_add_days (date, g_rand_int_range (rand, 0, 365));
}

static void
add_categories (PltLicenceData *data,
                GRand          *rand)
{
  guint count = (guint) g_rand_int_range (rand, 1, PLT_N_CATEGORIES + 1);

  g_ptr_array_set_size (data->categories, 0);
  for (guint i = 0; i < count; i++)
    {
      PltDate from = g_rand_boolean (rand) ? make_date (rand, 1990, 2025) : (PltDate) { 0 };

      g_ptr_array_add (data->categories,
                       plt_category_entry_new ((PltCategory) i, from, data->expiry_date,
                                               PICK (rand, restrictions)));
    }
}

static PltLicenceData *
make_holder (GRand *rand,
             int    number)
{
  PltLicenceData *data = iso_mdl_example_licence ();

  iso_mdl_set_text (&data->family_name, PICK (rand, names));
  iso_mdl_set_text (&data->given_names, number % 7 == 0 ? "" : PICK (rand, names));
  iso_mdl_set_text (&data->family_name_national, g_rand_boolean (rand) ? PICK (rand, national) : "");
  iso_mdl_set_text (&data->birth_place, g_rand_boolean (rand) ? PICK (rand, names) : "");
  iso_mdl_set_text (&data->nationality, PICK (rand, countries));
  iso_mdl_set_text (&data->eye_colour, PICK (rand, colours));
  iso_mdl_set_text (&data->sex, &"MFX"[g_rand_int_range (rand, 0, 3)]);
  data->sex[1] = '\0';
  g_free (data->licence_number);
  data->licence_number = g_strdup_printf ("U%08d", g_rand_int_range (rand, 0, 99999999));
  data->birth_date = number % 5 == 0 ? (PltDate) { 1960 + 4 * (number % 12), 2, 29 }
                                     : make_date (rand, 1930, 2008);
  data->issue_date = make_date (rand, 2026, 2026);
  data->expiry_date = plt_date_add_years (data->issue_date, g_rand_int_range (rand, 1, 15));
  data->height_cm = g_rand_int_range (rand, 0, 230);
  data->specimen = g_rand_boolean (rand);
  add_categories (data, rand);

  return data;
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text != NULL ? text : "");
}

static void
add_date (JsonBuilder *builder,
          const char  *name,
          PltDate      date)
{
  g_autofree char *text = plt_date_to_iso (date);

  add_text (builder, name, text);
}

static void
write_expected (const char     *path,
                PltLicenceData *data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *categories = plt_categories_to_text (data->categories);
  g_autofree char *portrait = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, data->portrait);

  json_builder_begin_object (builder);
  add_text (builder, "family_name", data->family_name);
  add_text (builder, "given_name", data->given_names);
  add_text (builder, "family_name_national", data->family_name_national);
  add_text (builder, "birth_place", data->birth_place);
  add_text (builder, "nationality", data->nationality);
  add_text (builder, "eye_colour", data->eye_colour);
  add_text (builder, "sex", data->sex);
  add_text (builder, "document_number", data->licence_number);
  add_text (builder, "categories", categories);
  add_text (builder, "portrait", portrait);
  add_date (builder, "birth_date", data->birth_date);
  add_date (builder, "issue_date", data->issue_date);
  add_date (builder, "expiry_date", data->expiry_date);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, data->height_cm);
  json_builder_set_member_name (builder, "specimen");
  json_builder_add_boolean_value (builder, data->specimen);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  g_assert_true (json_generator_to_file (generator, path, NULL));
}

static char *
name_file (const char *folder,
           int         number,
           const char *suffix)
{
  g_autofree char *name = g_strdup_printf ("%d.%s", number, suffix);

  return g_build_filename (folder, name, NULL);
}

static void
write_bytes (const char *path,
             GBytes     *bytes)
{
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

int
main (int   argc,
      char *argv[])
{
  IsoMdlFixture fixture;
  g_autoptr (GRand) rand = NULL;
  g_autofree char *root = NULL;
  clock_t spent = 0;

  if (argc != 4)
    {
      g_printerr ("Usage: mdl-samples FOLDER COUNT SEED\n");
      return 2;
    }
  g_test_init (&argc, &argv, NULL);
  iso_mdl_set_up (&fixture, NULL);
  rand = g_rand_new_with_seed ((guint32) atoi (argv[3]));
  root = g_build_filename (argv[1], "root.der", NULL);
  write_bytes (root, plt_test_mdl_issuer_get_root (fixture.issuer));
  for (int i = 0; i < atoi (argv[2]); i++)
    {
      g_autoptr (PltLicenceData) data = make_holder (rand, i);
      g_autofree char *cbor = name_file (argv[1], i, "cbor");
      g_autofree char *json = name_file (argv[1], i, "json");
      g_autoptr (GError) error = NULL;
      clock_t start = clock ();
      g_autoptr (GBytes) mdl = plt_mdl_build (data, fixture.signer, NULL, &error);

      spent += clock () - start;
      g_assert_no_error (error);
      write_bytes (cbor, mdl);
      write_expected (json, data);
    }
  g_print ("%s mobile driving licences, built, signed and read back: %.0f us of a processor each\n",
           argv[2], (double) spent / CLOCKS_PER_SEC * 1e6 / MAX (atoi (argv[2]), 1));
  iso_mdl_tear_down (&fixture, NULL);

  return 0;
}
