/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The QR code's signed text: vector B, round trips, bounds, and everything a reader must refuse. */
#include "plt-qr-claim-private.h"

#include "iso-vectors.h"
#include "plt-cbor.h"
#include "plt-cose.h"
#include "plt-deflate.h"
#include "plt-test-keys.h"

#include <string.h>

#define DAY 86400
#define ISSUED_AT 1772359200

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
  fixture->key = plt_test_keys_load (fixture->folder, "UTO-QR-1");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_clear_object (&fixture->key);
  plt_test_keys_remove (fixture->folder);
}

/* The holder of vector B as the vector has it. */
static PltLicenceData *
vector_licence (void)
{
  PltLicenceData *data = iso_example_licence ();
  PltCategoryEntry *b = data->categories->pdata[1];

  g_free (data->licence_number);
  g_free (data->document_discriminator);
  g_free (b->restrictions);
  data->licence_number = g_strdup ("UTO-000123");
  data->document_discriminator = g_strdup ("");
  b->restrictions = g_strdup ("01,S02<=3500");

  return data;
}

static PltIssuerKey *
load_vector_key (Fixture    *fixture,
                 JsonObject *vector)
{
  g_autofree char *path = g_build_filename (fixture->folder, "vector.pem", NULL);
  g_autoptr (GError) error = NULL;
  PltIssuerKey *key;

  plt_test_keys_write_raw (path, json_object_get_string_member (vector, "private_key"),
                           json_object_get_string_member (vector, "public_key"));
  key = plt_issuer_key_load (path, NULL, "UTO-QR-1", NULL, &error);
  g_assert_no_error (error);

  return key;
}

static void
test_vector_b_written (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (JsonObject) vector = iso_vectors_load ("qr-vector-b.json");
  g_autoptr (PltIssuerKey) key = load_vector_key (fixture, vector);
  g_autoptr (PltLicenceData) data = vector_licence ();
  PltQrClaimFrame frame = {
    .issuer = "https://licence.utopia.example",
    .expires_at = 2087769600,
    .not_before = 1772323200,
    .issued_at = ISSUED_AT,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) cose = plt_qr_claim_build_cose (data, &frame, key, &error);
  g_autofree char *hex = NULL;

  g_assert_no_error (error);
  hex = plt_test_bytes_to_hex (cose);
  g_assert_cmpstr (hex, ==, json_object_get_string_member (vector, "cose"));
}

static void
test_vector_b_read (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (JsonObject) vector = iso_vectors_load ("qr-vector-b.json");
  g_autoptr (PltIssuerKey) key = load_vector_key (fixture, vector);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLicenceData) data =
    plt_qr_claim_read (json_object_get_string_member (vector, "base45_of_zlib_example"), key,
                       ISSUED_AT, &error);
  g_autofree char *categories = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (data->family_name, ==, "Müller");
  g_assert_cmpstr (data->given_names, ==, "Ana Sofía");
  g_assert_cmpint (plt_date_compare (data->birth_date, iso_date ("1994-11-05")), ==, 0);
  g_assert_cmpstr (data->sex, ==, "F");
  g_assert_cmpstr (data->nationality, ==, "UTO");
  g_assert_cmpstr (data->licence_number, ==, "UTO-000123");
  g_assert_cmpstr (data->document_discriminator, ==, "");
  g_assert_true (data->specimen);
  categories = plt_categories_to_text (data->categories);
  g_assert_cmpstr (categories, ==,
                   "A1;2014-06-20;2036-02-28;|B;2016-06-20;2036-02-28;01,S02<=3500");
}

static void
test_base45_vectors (void)
{
  static const char *samples[][2] = {
    { "AB", "BB8" }, { "Hello!!", "%69 VD92EX0" }, { "ietf!", "QED8WEX0" }, { "", "" },
    { "base-45", "UJCLQE7W581" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (samples[i][0], strlen (samples[i][0]));
      g_autofree char *text = plt_base45_encode (bytes);
      g_autoptr (GBytes) back = plt_base45_decode (samples[i][1], NULL);

      g_assert_cmpstr (text, ==, samples[i][1]);
      g_assert_true (g_bytes_equal (back, bytes));
    }
}

static void
test_base45_refuses (void)
{
  /* One character too many, a triple above 65535, a pair above 255, lower case, foreign ones. */
  static const char *samples[] = { "A", "BB8A", ":::", "GGW", ":Z", "V5", "bb8", "BB!", "B\xC3\xBC" };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_base45_decode (samples[i], &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, &error);
  g_autofree char *again = plt_qr_claim_build (data, fixture->key, ISSUED_AT, &error);
  g_autofree char *typed = g_strconcat (text, "\r\n", NULL);
  g_autoptr (PltLicenceData) read = NULL;
  g_autofree char *categories = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, again);
  g_test_message ("two categories, two restrictions: %zu characters", strlen (text));

  read = plt_qr_claim_read (typed, fixture->key, ISSUED_AT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->family_name, ==, data->family_name);
  g_assert_cmpstr (read->given_names, ==, data->given_names);
  g_assert_cmpstr (read->licence_number, ==, data->licence_number);
  g_assert_cmpstr (read->document_discriminator, ==, data->document_discriminator);
  g_assert_cmpint (plt_date_compare (read->issue_date, data->issue_date), ==, 0);
  g_assert_cmpint (plt_date_compare (read->expiry_date, data->expiry_date), ==, 0);
  categories = plt_categories_to_text (read->categories);
  g_assert_cmpstr (categories, ==, "A1;2014-06-20;2036-02-28;|B;2016-06-20;2036-02-28;01,78");
}

static void
test_not_specimen (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (PltLicenceData) read = NULL;
  g_autofree char *text = NULL;

  data->specimen = FALSE;
  text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, NULL);
  read = plt_qr_claim_read (text, fixture->key, 0, NULL);

  g_assert_nonnull (read);
  g_assert_false (read->specimen);
}

static void
test_boundary_seconds (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  gint64 first = plt_date_to_unix (data->issue_date);
  gint64 end = plt_date_to_unix (data->expiry_date) + DAY;
  g_autofree char *text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, NULL);
  const struct
  {
    gint64   now;
    gboolean accepted;
  } cases[] = {
    { first - 1, FALSE }, { first, TRUE }, { end - 1, TRUE }, { end, FALSE }, { 0, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltLicenceData) read =
        plt_qr_claim_read (text, fixture->key, cases[i].now, &error);

      g_assert_cmpint (read != NULL, ==, cases[i].accepted);
      if (!cases[i].accepted)
        g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NOT_CURRENT);
    }
}

static void
test_flipped_bits (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autofree char *text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, NULL);
  g_autoptr (GBytes) stream = plt_base45_decode (text, NULL);
  g_autoptr (GBytes) cose = plt_inflate (stream, 65536, NULL);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (cose, &length);

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autofree guint8 *changed = g_memdup2 (bytes, length);
      g_autoptr (GBytes) message = NULL;

      changed[bit / 8] ^= (guint8) (1 << bit % 8);
      message = g_bytes_new (changed, length);
      g_assert_null (plt_qr_claim_open_cose (message, fixture->key, 0, NULL));
    }
}

static void
test_cut_short (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autofree char *text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, NULL);

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *part = g_strndup (text, length);

      g_assert_null (plt_qr_claim_read (part, fixture->key, 0, NULL));
    }
}

static void
test_other_key (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autofree char *text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "other.pem", NULL);
  g_autoptr (PltIssuerKey) same_name = plt_issuer_key_load (path, NULL, "UTO-QR-1", NULL, NULL);
  g_autoptr (PltIssuerKey) other_name = plt_issuer_key_load (path, NULL, "UTO-QR-2", NULL, NULL);
  g_autoptr (GError) signature = NULL;
  g_autoptr (GError) name = NULL;

  g_assert_null (plt_qr_claim_read (text, same_name, 0, &signature));
  g_assert_error (signature, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
  g_assert_null (plt_qr_claim_read (text, other_name, 0, &name));
  g_assert_error (name, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
  g_assert_nonnull (strstr (name->message, "UTO-QR-2"));
}

/* A token of our own key whose payload is @hex. */
static PltLicenceData *
read_payload (Fixture     *fixture,
              const char  *hex,
              GError     **error)
{
  g_autoptr (GBytes) payload = plt_test_bytes_from_hex (hex);
  g_autoptr (GBytes) cose = plt_cose_sign1 (payload, fixture->key, NULL);

  return plt_qr_claim_open_cose (cose, fixture->key, 0, error);
}

static void
test_refuses_payloads (Fixture       *fixture,
                       gconstpointer  user_data)
{
  static const struct
  {
    const char *hex;
    const char *why;
  } cases[] = {
    { "a2041a7c70d60018a9a0", "no licence number" },
    { "a2041a7c70d60018a9a2184b6131184b6132", "member 75 twice" },
    { "a3041a7c70d600041a7c70d60018a9a1184b6131", "claim 4 twice" },
    { "a118a9a1184b6131", "no exp" },
    { "a204fb41df1c35800000000018a9a1184b6131", "exp as a float" },
    { "a204c11a7c70d60018a9a1184b6131", "exp with tag 1" },
    { "bf041a7c70d60018a9a1184b6131ff", "indefinite length" },
    { "a2041a7c70d60018a9a1184b61313132", "bytes behind the map" },
    { "a2041a7c70d60018a9a2016132184b6131", "ID differs from the licence number" },
    { "a2041a7c70d60018a9a2184b6131184e81836151606060", "unknown category" },
    { "a2041a7c70d60018a9a2184b6131086831393934313333", "birth date cut" },
    { "a2041a7c70d60018a9a2184b6131086831393934313331", "no such month" },
    { "a2041a7c70d60018a9a2184b61310904", "gender 4" },
    { "a2041a7c70d60018a9a1184b61ff", "not UTF-8" },
    { "a2041a7c70d60018a9bbffffffffffffffff", "a map of 2^64 - 1" },
    { "a2041a7c70d60018a9a2184b613118639bffffffffffffffff", "an unknown huge array" },
    { "", "nothing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].why);
      g_assert_null (read_payload (fixture, cases[i].hex, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

static void
test_accepts_unknown_members (Fixture       *fixture,
                              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLicenceData) data =
    read_payload (fixture, "a2041a7c70d60018a9a3184b6131186382a1617801f6186203", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (data->licence_number, ==, "1");
  g_assert_cmpstr (data->family_name, ==, "");
}

static void
test_refuses_deep_nesting (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_autoptr (GString) hex = g_string_new ("a2041a7c70d60018a9a2184b61311863");

  for (int i = 0; i < 5000; i++)
    g_string_append (hex, "81");
  g_string_append (hex, "01");

  g_assert_null (read_payload (fixture, hex->str, NULL));
}

static void
test_refuses_algorithms (Fixture       *fixture,
                         gconstpointer  user_data)
{
  /* Protected headers { 1: -8 }, { 1: -35 }, {}, { 1: -7, 1: -7 }, { 1: -7, 2: [] }. */
  static const char *headers[] = { "a10127", "a1013822", "a0", "a201260126", "a201260280" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GBytes) header = plt_test_bytes_from_hex (headers[i]);
      g_autoptr (GBytes) message = NULL;
      g_autoptr (GError) error = NULL;
      guint8 zeros[64] = { 0 };

      plt_cbor_add_tag (bytes, 18);
      plt_cbor_add_array (bytes, 4);
      plt_cbor_add_bytes (bytes, g_bytes_get_data (header, NULL), g_bytes_get_size (header));
      plt_cbor_add_map (bytes, 0);
      plt_cbor_add_bytes (bytes, "\xA0", 1);
      plt_cbor_add_bytes (bytes, zeros, sizeof zeros);
      message = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

      g_assert_null (plt_cose_open1 (message, fixture->key, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

static void
test_refuses_bomb (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autofree guint8 *zeros = g_malloc0 (1024 * 1024);
  g_autoptr (GBytes) bomb = g_bytes_new_static (zeros, 1024 * 1024);
  g_autoptr (GBytes) stream = plt_deflate (bomb);
  g_autofree char *text = plt_base45_encode (stream);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (text), <, 4296);
  g_assert_null (plt_qr_claim_read (text, fixture->key, 0, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

static void
test_stored_block (void)
{
  guint8 noise[256];
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) stream = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GBytes) shrinking = g_bytes_new_static ("aaaaaaaaaaaaaaaaaaaa", 20);
  g_autoptr (GBytes) shrunk = plt_deflate (shrinking);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (gsize i = 0; i < sizeof noise; i++)
    noise[i] = (guint8) g_rand_int (rand);
  plain = g_bytes_new (noise, sizeof noise);
  stream = plt_deflate (plain);
  back = plt_inflate (stream, 65536, NULL);

  g_assert_true (plt_deflate_is_stored (stream));
  g_assert_false (plt_deflate_is_stored (shrunk));
  g_assert_true (g_bytes_equal (plain, back));
}

static void
test_never_stored (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = plt_licence_data_new ();
  g_autofree char *text = NULL;
  g_autoptr (GBytes) stream = NULL;

  data->licence_number = g_strdup ("1");
  data->issue_date = iso_date ("2026-03-01");
  data->expiry_date = iso_date ("2036-02-28");
  text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, NULL);
  stream = plt_base45_decode (text, NULL);

  g_assert_false (plt_deflate_is_stored (stream));
}

/* Every category, each with dates of its own and a restriction, and the longest names. */
static void
test_longest (Fixture       *fixture,
              gconstpointer  user_data)
{
  static const char *letters[] = { "é", "ž", "Š", "ñ", "ü", "ł", "ő", "ç", "ă", "ø", "ý" };
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 80; i++)
    g_string_append (name, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  g_free (data->family_name);
  data->family_name = g_strdup (name->str);
  g_string_truncate (name, 0);
  for (int i = 0; i < 80; i++)
    g_string_append (name, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  g_free (data->given_names);
  data->given_names = g_strdup (name->str);

  text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, &error);

  if (text != NULL)
    g_assert_cmpuint (strlen (text), <=, PLT_QR_CLAIM_MAX_LENGTH);
  else
    g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG);
  g_test_message ("two names of eighty letters: %s", text != NULL ? text : error->message);
}

static void
test_many_categories (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_example_licence ();
  static const PltCategory held[] = {
    PLT_CATEGORY_AM, PLT_CATEGORY_A1, PLT_CATEGORY_A2, PLT_CATEGORY_A, PLT_CATEGORY_B1,
    PLT_CATEGORY_B, PLT_CATEGORY_BE, PLT_CATEGORY_C1, PLT_CATEGORY_C1E, PLT_CATEGORY_C,
    PLT_CATEGORY_CE, PLT_CATEGORY_D1, PLT_CATEGORY_D1E, PLT_CATEGORY_D, PLT_CATEGORY_DE,
  };

  g_ptr_array_set_size (data->categories, 0);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    {
      PltDate from = plt_date_add_days (iso_date ("2012-02-03"), (int) (i * 211));
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_autoptr (PltLicenceData) read = NULL;

      g_ptr_array_add (data->categories,
                       plt_category_entry_new (held[i], from,
                                               i < 5 ? data->expiry_date : iso_date ("2031-02-28"),
                                               i < 3 ? "01" : "01,78"));
      text = plt_qr_claim_build (data, fixture->key, ISSUED_AT, &error);
      g_test_message ("%u categories: %zu characters", i + 1, text ? strlen (text) : 0);
      g_assert_no_error (error);
      read = plt_qr_claim_read (text, fixture->key, ISSUED_AT, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (read->categories->len, ==, i + 1);
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/iso/base45/vectors", test_base45_vectors);
  g_test_add_func ("/iso/base45/refuses", test_base45_refuses);
  g_test_add_func ("/iso/deflate/stored-block", test_stored_block);
  ADD ("/iso/qr-claim/vector-b/written-byte-for-byte", test_vector_b_written);
  ADD ("/iso/qr-claim/vector-b/read", test_vector_b_read);
  ADD ("/iso/qr-claim/round-trip", test_round_trip);
  ADD ("/iso/qr-claim/not-specimen", test_not_specimen);
  ADD ("/iso/qr-claim/boundary-seconds", test_boundary_seconds);
  ADD ("/iso/qr-claim/every-flipped-bit-refused", test_flipped_bits);
  ADD ("/iso/qr-claim/every-cut-refused", test_cut_short);
  ADD ("/iso/qr-claim/other-key-refused", test_other_key);
  ADD ("/iso/qr-claim/payloads-refused", test_refuses_payloads);
  ADD ("/iso/qr-claim/unknown-members-accepted", test_accepts_unknown_members);
  ADD ("/iso/qr-claim/deep-nesting-refused", test_refuses_deep_nesting);
  ADD ("/iso/qr-claim/algorithms-refused", test_refuses_algorithms);
  ADD ("/iso/qr-claim/bomb-refused", test_refuses_bomb);
  ADD ("/iso/qr-claim/never-a-stored-block", test_never_stored);
  ADD ("/iso/qr-claim/longest-names-fit-or-are-refused", test_longest);
  ADD ("/iso/qr-claim/many-categories", test_many_categories);

  return g_test_run ();
}
