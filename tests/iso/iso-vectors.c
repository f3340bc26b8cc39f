/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads the files of tests/vectors, and makes the licence that most tests begin with. */
#include "iso-vectors.h"

#include "plt-test-keys.h"

/**
 * iso_vectors_load:
 * @name: e.g. "mrz.json"
 *
 * Returns: (transfer full): the file's object
 */
JsonObject *
iso_vectors_load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "vectors", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/**
 * iso_vectors_find:
 * @vectors: a file with a list of them
 * @id: of one that it has
 *
 * Returns: (transfer none): that one
 */
JsonObject *
iso_vectors_find (JsonObject *vectors,
                  const char *id)
{
  JsonArray *list = json_object_get_array_member (vectors, "vectors");

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *vector = json_array_get_object_element (list, i);

      if (g_str_equal (json_object_get_string_member (vector, "id"), id))
        return vector;
    }
  g_assert_not_reached ();
}

/**
 * iso_vector_bytes:
 * @id: of a vector of ISO/IEC 18013-2's standard encoding
 * @member: that holds hexadecimal digits, e.g. "hex"
 *
 * Returns: (transfer full): its bytes
 */
GBytes *
iso_vector_bytes (const char *id,
                  const char *member)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("iso18013-standard.json");

  return plt_test_bytes_from_hex (
    json_object_get_string_member (iso_vectors_find (vectors, id), member));
}

PltDate
iso_date (const char *iso)
{
  PltDate date;

  g_assert_true (plt_date_parse_iso (iso, &date));

  return date;
}

/**
 * iso_example_licence:
 *
 * Returns: (transfer full): the holder of vector B, with a card number
 */
PltLicenceData *
iso_example_licence (void)
{
  PltLicenceData *data = plt_licence_data_new ();

  data->family_name = g_strdup ("Müller");
  data->given_names = g_strdup ("Ana Sofía");
  data->birth_date = iso_date ("1994-11-05");
  data->birth_place = g_strdup ("Capital City");
  data->issue_date = iso_date ("2026-03-01");
  data->expiry_date = iso_date ("2036-02-28");
  data->authority = g_strdup ("Utopia Licensing Authority");
  data->administrative_number = g_strdup ("");
  data->licence_number = g_strdup ("U12345675");
  data->document_discriminator = g_strdup ("UC-26-C000017");
  data->sex = g_strdup ("F");
  data->nationality = g_strdup ("UTO");
  data->issuing_country = g_strdup ("UTO");
  data->specimen = TRUE;
  g_ptr_array_add (data->categories,
                   plt_category_entry_new (PLT_CATEGORY_A1, iso_date ("2014-06-20"),
                                           iso_date ("2036-02-28"), ""));
  g_ptr_array_add (data->categories,
                   plt_category_entry_new (PLT_CATEGORY_B, iso_date ("2016-06-20"),
                                           iso_date ("2036-02-28"), "01,78"));

  return data;
}
