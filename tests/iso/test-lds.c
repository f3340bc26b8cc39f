/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data groups of ISO/IEC 18013-2 against their vectors, and the signed payload U1. */
#include "plt-lds.h"

#include "iso-vectors.h"
#include "plt-byte-writer.h"
#include "plt-test-keys.h"

#include <string.h>

typedef struct
{
  char         *folder;
  PltIssuerKey *key;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = plt_test_keys_new ();
  fixture->key = plt_test_keys_load (fixture->folder, "UTO0001");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_clear_object (&fixture->key);
  plt_test_keys_remove (fixture->folder);
}

static PltDate
optional_date (JsonObject *object,
               const char *member)
{
  return json_object_has_member (object, member)
           ? iso_date (json_object_get_string_member (object, member)) : (PltDate) { 0 };
}

static char *
restriction_of (JsonObject *category)
{
  return g_strconcat (json_object_get_string_member_with_default (category, "restriction", ""),
                      json_object_get_string_member_with_default (category, "sign", ""),
                      json_object_get_string_member_with_default (category, "value_bcd", ""), NULL);
}

static PltLicenceData *
licence_of (JsonObject *expect)
{
  PltLicenceData *data = plt_licence_data_new ();
  JsonArray *categories = json_object_get_array_member (expect, "categories");

  data->family_name = g_strdup (json_object_get_string_member (expect, "family_name"));
  data->given_names = g_strdup (json_object_get_string_member (expect, "given_names"));
  data->birth_date = optional_date (expect, "birth_date");
  data->issue_date = optional_date (expect, "issue_date");
  data->expiry_date = optional_date (expect, "expiry_date");
  data->issuing_country = g_strdup (json_object_get_string_member (expect, "issuing_country"));
  data->authority = g_strdup (json_object_get_string_member (expect, "issuing_authority"));
  data->licence_number = g_strdup (json_object_get_string_member (expect, "licence_number"));
  for (guint i = 0; i < json_array_get_length (categories); i++)
    {
      JsonObject *category = json_array_get_object_element (categories, i);
      g_autofree char *restriction = restriction_of (category);
      PltCategory code;

      g_assert_true (plt_category_from_code (json_object_get_string_member (category, "code"),
                                             &code));
      g_ptr_array_add (data->categories,
                       plt_category_entry_new (code, optional_date (category, "issue"),
                                               optional_date (category, "expiry"), restriction));
    }

  return data;
}

static void
assert_same (PltLicenceData *a,
             PltLicenceData *b)
{
  g_autofree char *of_a = plt_categories_to_text (a->categories);
  g_autofree char *of_b = plt_categories_to_text (b->categories);

  g_assert_cmpstr (a->family_name, ==, b->family_name);
  g_assert_cmpstr (a->given_names, ==, b->given_names);
  g_assert_cmpint (plt_date_compare (a->birth_date, b->birth_date), ==, 0);
  g_assert_cmpint (plt_date_compare (a->issue_date, b->issue_date), ==, 0);
  g_assert_cmpint (plt_date_compare (a->expiry_date, b->expiry_date), ==, 0);
  g_assert_cmpstr (a->issuing_country, ==, b->issuing_country);
  g_assert_cmpstr (a->authority, ==, b->authority);
  g_assert_cmpstr (a->licence_number, ==, b->licence_number);
  g_assert_cmpstr (of_a, ==, of_b);
}

static void
test_dg1_vector (gconstpointer id)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("iso18013-standard.json");
  JsonObject *vector = iso_vectors_find (vectors, id);
  g_autoptr (PltLicenceData) data = licence_of (json_object_get_object_member (vector, "expect"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) built = plt_lds_build_dg1 (data, &error);
  g_autofree char *hex = NULL;
  g_autoptr (PltLicenceData) read = NULL;

  g_assert_no_error (error);
  hex = plt_test_bytes_to_hex (built);
  g_assert_cmpstr (hex, ==, json_object_get_string_member (vector, "hex"));
  read = plt_lds_read_dg1 (built, &error);
  g_assert_no_error (error);
  assert_same (read, data);
}

static void
test_com_vectors (void)
{
  static const guint8 published[] = { 0x61, 0x6B, 0x6C, 0x65, 0x67 };
  static const guint8 utopia[] = { 0x61, 0x65, 0x67 };
  g_autoptr (JsonObject) vectors = iso_vectors_load ("iso18013-standard.json");
  g_autoptr (GBytes) first = plt_lds_build_com (published, sizeof published);
  g_autoptr (GBytes) second = plt_lds_build_com (utopia, sizeof utopia);
  g_autofree char *first_hex = plt_test_bytes_to_hex (first);
  g_autofree char *second_hex = plt_test_bytes_to_hex (second);

  g_assert_cmpstr (first_hex, ==, json_object_get_string_member (
                                    iso_vectors_find (vectors, "com-published"), "hex"));
  g_assert_cmpstr (second_hex, ==, json_object_get_string_member (
                                     iso_vectors_find (vectors, "uto-com"), "hex"));
}

static void
test_names_outside_latin1 (void)
{
  static const char *cases[][2] = {
    { "Müller", "Müller" },   /* ISO 8859-1 itself stays */
    { "Łódź", "Lódz" },       { "Œuvre", "Oeuvre" }, { "ŒUVRE", "OEUVRE" },
    { "D’Arc", "D'Arc" },     { "Ĳssel", "Ijssel" }, { "Nguyễn", "Nguyen" },
    { "Smith–Jones", "Smith-Jones" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltLicenceData) data = iso_example_licence ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) dg1 = NULL;
      g_autoptr (PltLicenceData) read = NULL;

      g_free (data->family_name);
      data->family_name = g_strdup (cases[i][0]);

      dg1 = plt_lds_build_dg1 (data, &error);
      g_assert_no_error (error);
      read = plt_lds_read_dg1 (dg1, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (read->family_name, ==, cases[i][1]);
    }
}

static void
test_refuses_other_scripts (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;

  g_free (data->given_names);
  data->given_names = g_strdup ("สมชาย");

  g_assert_null (plt_lds_build_dg1 (data, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN);
  g_assert_nonnull (strstr (error->message, "given names"));
}

static void
test_lengths (void)
{
  const struct
  {
    gsize       offset;
    gsize       limit;
    const char *field;
  } cases[] = {
    { G_STRUCT_OFFSET (PltLicenceData, family_name), 36, "family name" },
    { G_STRUCT_OFFSET (PltLicenceData, given_names), 36, "given names" },
    { G_STRUCT_OFFSET (PltLicenceData, authority), 67, "issuing authority" },
    { G_STRUCT_OFFSET (PltLicenceData, licence_number), 25, "licence number" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltLicenceData) data = iso_example_licence ();
      char **field = G_STRUCT_MEMBER_P (data, cases[i].offset);
      g_autoptr (GBytes) fits = NULL;
      g_autoptr (GError) error = NULL;

      g_free (*field);
      *field = g_strnfill (cases[i].limit, 'A');
      fits = plt_lds_build_dg1 (data, &error);
      g_assert_no_error (error);

      g_free (*field);
      *field = g_strnfill (cases[i].limit + 1, 'A');
      g_assert_null (plt_lds_build_dg1 (data, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG);
      g_assert_nonnull (strstr (error->message, cases[i].field));
    }
}

static void
test_fit_name (void)
{
  const struct
  {
    const char *name;
    const char *fitted;
  } cases[] = {
    { "", "" },
    { "Lindqvist", "Lindqvist" },
    { "Featherstonehaugh-Cholmondeley von und zu Hohenfels-Östergård",
      "Featherstonehaugh-Cholmondeley" },
    { "Maximiliana-Alexandrina Bartholomea Wilhelmine", "Maximiliana-Alexandrina Bartholomea" },
    { "Österreichisch-Ungarischer Müller-Maier", "Österreichisch-Ungarischer Müller" },
    { "Œœœœœœœœœœœœœœœœœœ Œ", "Œœœœœœœœœœœœœœœœœœ" },
    { "Abcdefghijklmnopqrstuvwxyzabcdefghijklmn", "Abcdefghijklmnopqrstuvwxyzabcdefghij" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fitted = plt_lds_fit_name (cases[i].name);

      g_assert_cmpstr (fitted, ==, cases[i].fitted);
    }
}

static void
test_restrictions_repeat (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  PltCategoryEntry *b = data->categories->pdata[1];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dg1 = NULL;
  g_autoptr (PltLicenceData) read = NULL;
  g_autofree char *hex = NULL;

  g_free (b->restrictions);
  b->restrictions = g_strdup ("01,S02<=3500,78,S03<=750,S04>=3.5");
  dg1 = plt_lds_build_dg1 (data, &error);
  g_assert_no_error (error);

  hex = plt_test_bytes_to_hex (dg1);
  /* A1 once and B five times. */
  g_assert_nonnull (strstr (hex, "020106"));
  g_assert_nonnull (strstr (hex, "3b5330323b3c3d3b3500"));
  read = plt_lds_read_dg1 (dg1, &error);
  g_assert_no_error (error);
  assert_same (read, data);
}

static void
test_cut_short (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GBytes) dg1 = plt_lds_build_dg1 (data, NULL);

  for (gsize length = 0; length < g_bytes_get_size (dg1); length++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (dg1, 0, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_lds_read_dg1 (part, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

/* Any byte may be anything: what is read was well formed, the rest is refused; none crashes. */
static void
test_noise (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GBytes) dg1 = plt_lds_build_dg1 (data, NULL);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (dg1, &length);
  guint refused = 0;

  for (gsize at = 0; at < length; at++)
    {
      for (int value = 0; value < 256; value++)
        {
          g_autofree guint8 *changed = g_memdup2 (bytes, length);
          g_autoptr (GBytes) message = NULL;
          g_autoptr (PltLicenceData) read = NULL;

          changed[at] = (guint8) value;
          message = g_bytes_new (changed, length);
          read = plt_lds_read_dg1 (message, NULL);
          if (read == NULL)
            refused++;
          else
            g_assert_true (g_utf8_validate (read->family_name, -1, NULL));
        }
    }
  g_assert_cmpuint (refused, >, 0);
}

static void
test_u1_vector (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (JsonObject) vectors = iso_vectors_load ("iso18013-standard.json");
  JsonObject *vector = iso_vectors_find (vectors, "uto-u1-payload");
  JsonObject *dg1_vector = iso_vectors_find (vectors, "uto-dg1-iso");
  g_autoptr (GBytes) payload =
    plt_test_bytes_from_hex (json_object_get_string_member (vector, "hex"));
  g_autoptr (GBytes) spki = plt_test_bytes_from_hex (
    json_object_get_string_member (vector, "public_key_spki_der_hex"));
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (spki, NULL),
                                             g_bytes_get_size (spki));
  g_autofree char *pem = g_strdup_printf (
    "-----BEGIN PUBLIC KEY-----\n%.64s\n%s\n-----END PUBLIC KEY-----\n", base64, base64 + 64);
  g_autofree char *path = g_build_filename (fixture->folder, "vector.pem", NULL);
  g_autoptr (PltLicenceData) expect =
    licence_of (json_object_get_object_member (dg1_vector, "expect"));
  g_autoptr (GError) error = NULL;
  g_autoptr (PltIssuerKey) key = NULL;
  g_autoptr (PltLicenceData) read = NULL;
  g_autoptr (GBytes) ours = NULL;

  g_assert_true (g_file_set_contents (path, pem, -1, NULL));
  key = plt_issuer_key_load (path, NULL, "UTO0001", NULL, &error);
  g_assert_no_error (error);
  read = plt_lds_read_u1 (payload, key, &error);
  g_assert_no_error (error);
  assert_same (read, expect);

  /* Our own has the same bytes up to the signature, whose key is gone. */
  ours = plt_lds_build_u1 (expect, fixture->key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (ours), ==, 225);
  g_assert_cmpmem (g_bytes_get_data (ours, NULL), 161, g_bytes_get_data (payload, NULL), 161);
}

static void
test_u1_specimen (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = plt_lds_build_u1 (data, fixture->key, &error);
  g_autoptr (PltLicenceData) read = plt_lds_read_u1 (payload, fixture->key, &error);

  g_assert_no_error (error);
  g_assert_true (read->specimen);
  assert_same (read, data);
}

static void
test_u1_flipped_bits (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GBytes) payload = plt_lds_build_u1 (data, fixture->key, NULL);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (payload, &length);

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autofree guint8 *changed = g_memdup2 (bytes, length);
      g_autoptr (GBytes) message = NULL;

      changed[bit / 8] ^= (guint8) (1 << bit % 8);
      message = g_bytes_new (changed, length);
      g_assert_null (plt_lds_read_u1 (message, fixture->key, NULL));
    }
}

static void
test_u1_refuses_appended (Fixture       *fixture,
                          gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GBytes) payload = plt_lds_build_u1 (data, fixture->key, NULL);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (longer, g_bytes_get_data (payload, NULL),
                       (guint) g_bytes_get_size (payload));
  plt_byte_writer_add_tlv (longer, 0x53, (const guint8 *) "X", 1);
  message = g_byte_array_free_to_bytes (g_steal_pointer (&longer));

  g_assert_null (plt_lds_read_u1 (message, fixture->key, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

static void
test_u1_other_key (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GBytes) payload = plt_lds_build_u1 (data, fixture->key, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "other.pem", NULL);
  g_autoptr (PltIssuerKey) other = plt_issuer_key_load (path, NULL, "UTO0001", NULL, NULL);
  g_autoptr (PltIssuerKey) renamed = plt_issuer_key_load (path, NULL, "UTO0002", NULL, NULL);
  g_autoptr (GError) signature = NULL;
  g_autoptr (GError) name = NULL;

  g_assert_null (plt_lds_read_u1 (payload, other, &signature));
  g_assert_error (signature, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
  g_assert_null (plt_lds_read_u1 (payload, renamed, &name));
  g_assert_error (name, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
}

static void
test_compact_refused (void)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_lds_build_compact (data, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED);
}

static void
test_tlv (void)
{
  static const gsize lengths[] = { 0, 1, 127, 128, 255, 256, 65535 };
  g_autofree guint8 *value = g_malloc0 (65535);

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      PltByteReader reader;
      PltByteReader part;
      guint tag;

      plt_byte_writer_add_tlv (bytes, 0x5F1F, value, lengths[i]);
      reader = plt_byte_reader_init (bytes->data, bytes->len);
      g_assert_true (plt_byte_reader_take_tlv (&reader, &tag, &part));
      g_assert_cmphex (tag, ==, 0x5F1F);
      g_assert_cmpuint (part.length, ==, lengths[i]);
      g_assert_cmpuint (plt_byte_reader_left (&reader), ==, 0);

      reader = plt_byte_reader_init (bytes->data, bytes->len - 1);
      g_assert_false (plt_byte_reader_take_tlv (&reader, &tag, &part));
      g_assert_cmpuint (reader.position, ==, 0);
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iso/lds/tlv", test_tlv);
  g_test_add_data_func ("/iso/lds/dg1/published", "iso-dg1-published", test_dg1_vector);
  g_test_add_data_func ("/iso/lds/dg1/utopia", "uto-dg1-iso", test_dg1_vector);
  g_test_add_func ("/iso/lds/dg1/names-outside-latin-1", test_names_outside_latin1);
  g_test_add_func ("/iso/lds/dg1/other-scripts-refused", test_refuses_other_scripts);
  g_test_add_func ("/iso/lds/dg1/lengths", test_lengths);
  g_test_add_func ("/iso/lds/dg1/fit-name", test_fit_name);
  g_test_add_func ("/iso/lds/dg1/restrictions-repeat-the-category", test_restrictions_repeat);
  g_test_add_func ("/iso/lds/dg1/every-cut-refused", test_cut_short);
  g_test_add_func ("/iso/lds/dg1/noise", test_noise);
  g_test_add_func ("/iso/lds/com-vectors", test_com_vectors);
  g_test_add_func ("/iso/lds/compact-refused", test_compact_refused);
  ADD ("/iso/lds/u1/vector", test_u1_vector);
  ADD ("/iso/lds/u1/specimen", test_u1_specimen);
  ADD ("/iso/lds/u1/every-flipped-bit-refused", test_u1_flipped_bits);
  ADD ("/iso/lds/u1/appended-object-refused", test_u1_refuses_appended);
  ADD ("/iso/lds/u1/other-key-refused", test_u1_other_key);

  return g_test_run ();
}
