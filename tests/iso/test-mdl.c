/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mobile driving licence: vector A, every element back from what was built, and everything that a
 * reader or an issuer must refuse. */
#include "plt-mdl-private.h"

#include "iso-mdl-fixture.h"
#include "iso-vectors.h"
#include "plt-test-keys.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY 86400
#define NOW 1772359200 /* 2026-03-01T10:00:00Z */
#define UNTIL 1803859200 /* 2027-03-01 */

static PltIssuerKey *
load_vector_signer (IsoMdlFixture    *fixture,
                    JsonObject *vector)
{
  const char *certificate = json_object_get_string_member (vector, "ds_cert_der");
  const char *point = strstr (certificate, "03420004");
  g_autofree char *public_hex = g_strndup (point + 6, 130);
  g_autofree char *folder = g_dir_make_tmp ("plt-mdl-XXXXXX", NULL);
  g_autofree char *key_path = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *path = g_build_filename (folder, "certificate.pem", NULL);
  g_autoptr (GBytes) der = plt_test_bytes_from_hex (certificate);
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (der, NULL), g_bytes_get_size (der));
  g_autofree char *pem = g_strdup_printf ("-----BEGIN CERTIFICATE-----\n%s\n"
                                          "-----END CERTIFICATE-----\n", base64);
  g_autoptr (GError) error = NULL;
  PltIssuerKey *key;

  plt_test_keys_write_raw (key_path, json_object_get_string_member (vector, "ds_private_key"),
                           public_hex);
  g_assert_true (g_file_set_contents (path, pem, -1, NULL));
  key = plt_issuer_key_load (key_path, path, "UTO-MDL-1", NULL, &error);
  g_assert_no_error (error);
  plt_test_keys_remove (g_steal_pointer (&folder));

  return key;
}

/* Elements that the vector has, in its order. */
static GPtrArray *
pick_elements (GPtrArray *all,
               JsonArray *items)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      const char *identifier =
        json_object_get_string_member (json_array_get_object_element (items, i), "elementIdentifier");
      guint found = 0;

      for (guint j = 0; j < all->len; j++)
        if (g_str_equal (((PltMdlItem *) all->pdata[j])->identifier, identifier))
          {
            g_ptr_array_add (picked, all->pdata[j]);
            found++;
          }
      g_test_message ("%s", identifier);
      g_assert_cmpuint (found, ==, 1);
    }

  return picked;
}

static void
make_vector_random (const char *identifier,
                    guint8      random[PLT_MDL_RANDOM_LENGTH])
{
  g_autofree char *text = g_strconcat ("platen-vector-A:r:", identifier, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = PLT_MDL_RANDOM_LENGTH;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, random, &length);
}

static void
copy_vector_device_key (JsonObject      *vector,
                        PltMdlDeviceKey *key)
{
  const char *object = json_object_get_string_member (vector, "mobileSecurityObject");
  const char *found = strstr (object, "a401022001215820");
  g_autofree char *x_hex = g_strndup (found + 16, 64);
  g_autofree char *y_hex = g_strndup (found + 16 + 64 + 6, 64);
  g_autoptr (GBytes) x = plt_test_bytes_from_hex (x_hex);
  g_autoptr (GBytes) y = plt_test_bytes_from_hex (y_hex);

  memcpy (key->x, g_bytes_get_data (x, NULL), 32);
  memcpy (key->y, g_bytes_get_data (y, NULL), 32);
}

static void
test_vector_a_written (IsoMdlFixture *fixture,
                       gconstpointer  user_data)
{
  static const guint8 ages[] = { 18, 21, 0 };
  g_autoptr (JsonObject) vector = iso_vectors_load ("mdl-vector-a.json");
  g_autoptr (PltIssuerKey) signer = load_vector_signer (fixture, vector);
  g_autoptr (PltLicenceData) data = iso_mdl_vector_licence (vector);
  g_autoptr (GBytes) certificate = iso_mdl_get_bytes (vector, "ds_cert_der");
  PltMdlFacts facts = { "UT", NOW, UNTIL, PLT_MDL_LEAP_BIRTHDAY_28_FEBRUARY, ages };
  PltMdlSalts salts = { .plain = TRUE, .get_random = make_vector_random };
  PltMdlContent content = { .n_name_spaces = 1, .signed_at = NOW, .valid_from = NOW,
                            .valid_until = UNTIL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = plt_mdl_elements_new (data, &facts, &error);
  g_autoptr (GPtrArray) picked = NULL;
  g_autoptr (GBytes) made = NULL;
  g_autofree char *hex = NULL;

  g_assert_no_error (error);
  picked = pick_elements (all, json_object_get_array_member (vector, "items"));
  content.name_spaces[0] = (PltMdlNameSpace) { PLT_MDL_NAME_SPACE, picked };
  copy_vector_device_key (vector, &content.device_key);
  made = plt_mdl_assemble (&content, &salts, certificate, signer, &error);
  g_assert_no_error (error);
  hex = plt_test_bytes_to_hex (made);
  g_assert_cmpstr (hex, ==, json_object_get_string_member (vector, "issuerSigned"));
}

static void
test_vector_a_read (IsoMdlFixture *fixture,
                    gconstpointer  user_data)
{
  static const char *const members[] = { "issuerSigned", "deviceResponse_issuerOnly" };
  g_autoptr (JsonObject) vector = iso_vectors_load ("mdl-vector-a.json");
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (roots, iso_mdl_get_bytes (vector, "iaca_cert_der"));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GBytes) bytes = iso_mdl_get_bytes (vector, members[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (PltMdl) mdl = plt_mdl_read (bytes, &error);
      g_autofree char *categories = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (mdl->elements->len, ==, 21);
      g_assert_cmpstr (mdl->data->family_name, ==, "Müller");
      g_assert_cmpstr (mdl->data->given_names, ==, "Ana Sofía");
      g_assert_cmpstr (mdl->data->issuing_country, ==, "UTO");
      g_assert_cmpint (mdl->data->height_cm, ==, 168);
      g_assert_cmpint (mdl->signed_at, ==, NOW);
      g_assert_cmpint (mdl->valid_until, ==, UNTIL);
      g_assert_cmpstr (mdl->signer, ==, "Utopia mDL Signer 1 (TEST)");
      g_assert_cmpstr (mdl->missing[0], ==, NULL);
      g_assert_false (mdl->one_off);
      categories = plt_categories_to_text (mdl->data->categories);
      g_assert_cmpstr (categories, ==,
                       "A1;2014-06-20;2036-02-28;|B;2016-06-20;2036-02-28;01,S02<=3500");
      plt_mdl_check_chain (mdl, roots, NULL, NOW, &error);
      g_assert_no_error (error);
    }
}

static void
test_build (IsoMdlFixture *fixture,
            gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (PltMdl) mdl = iso_mdl_build_and_read (data, fixture->signer, NULL);

  g_assert_cmpint (mdl->signed_at, ==, plt_date_to_unix (data->issue_date));
  g_assert_cmpint (mdl->valid_from, ==, mdl->signed_at);
  g_assert_cmpint (mdl->valid_until, ==, mdl->signed_at + 365 * DAY);
  g_assert_true (mdl->one_off);
  g_assert_true (plt_mdl_device_key_is_on_curve (&mdl->device_key));
  g_assert_true (mdl->data->specimen);
  g_assert_cmpstr (mdl->data->document_discriminator, ==, data->document_discriminator);
  g_assert_true (g_bytes_equal (mdl->data->portrait, data->portrait));
  g_assert_cmpstr (iso_mdl_get_text (mdl, "age_over_21"), ==, "true");
  g_assert_cmpstr (iso_mdl_get_text (mdl, "age_over_65"), ==, "false");
  g_assert_cmpstr (iso_mdl_get_text (mdl, "age_birth_year"), ==, "1994");
  g_assert_cmpstr (iso_mdl_get_text (mdl, "resident_country"), ==, "UT");
}

static void
test_same_again (IsoMdlFixture *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (GBytes) first = plt_mdl_build (data, fixture->signer, NULL, NULL);
  g_autoptr (GBytes) again = plt_mdl_build (data, fixture->signer, NULL, NULL);
  g_autoptr (GBytes) other = NULL;
  g_autoptr (PltMdl) mdl = plt_mdl_read (first, NULL);
  g_autoptr (PltMdl) other_mdl = NULL;

  g_assert_true (g_bytes_equal (first, again));

  /* Another card has another key, although the same holder. */
  g_free (data->document_discriminator);
  data->document_discriminator = g_strdup ("UC-26-C000018");
  other = plt_mdl_build (data, fixture->signer, NULL, NULL);
  other_mdl = plt_mdl_read (other, NULL);
  g_assert_cmpmem (mdl->device_key.x, 32, mdl->device_key.x, 32);
  g_assert_cmpint (memcmp (mdl->device_key.x, other_mdl->device_key.x, 32), !=, 0);
}

static void
test_ages (void)
{
  const PltMdlLeapBirthday february = PLT_MDL_LEAP_BIRTHDAY_28_FEBRUARY;
  const PltMdlLeapBirthday march = PLT_MDL_LEAP_BIRTHDAY_1_MARCH;
  PltDate leap = iso_date ("2008-02-29");
  PltDate plain = iso_date ("2008-03-01");

  g_assert_false (plt_mdl_age_is_reached (plain, 18, iso_date ("2026-02-28"), february));
  g_assert_true (plt_mdl_age_is_reached (plain, 18, iso_date ("2026-03-01"), march));
  g_assert_false (plt_mdl_age_is_reached (leap, 18, iso_date ("2026-02-27"), february));
  g_assert_true (plt_mdl_age_is_reached (leap, 18, iso_date ("2026-02-28"), february));
  g_assert_false (plt_mdl_age_is_reached (leap, 18, iso_date ("2026-02-28"), march));
  g_assert_true (plt_mdl_age_is_reached (leap, 18, iso_date ("2026-03-01"), march));
  /* A leap year has the day. */
  g_assert_false (plt_mdl_age_is_reached (leap, 20, iso_date ("2028-02-28"), february));
  g_assert_true (plt_mdl_age_is_reached (leap, 20, iso_date ("2028-02-29"), march));
}

/* Who becomes eighteen while the signature is good is not said to be younger. */
static void
test_no_stale_statement (IsoMdlFixture *fixture,
                         gconstpointer  user_data)
{
  static const struct
  {
    const char *birth;
    const char *eighteen;
    const char *twenty_one;
  } cases[] = {
    { "2008-03-01", "true", "false" }, /* eighteen on the day of signing */
    { "2008-03-02", NULL, "false" },
    { "2009-02-28", NULL, "false" },
    { "2009-03-01", "false", "false" }, /* eighteen at the second in which it ends */
    { "2005-03-02", "true", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PltMdlTerms terms = { .signed_at = 1772323200, .valid_until = 1772323200 + 365 * DAY };
      g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
      g_autoptr (PltMdl) mdl = NULL;

      data->birth_date = iso_date (cases[i].birth);
      mdl = iso_mdl_build_and_read (data, fixture->signer, &terms);
      g_test_message ("born on %s", cases[i].birth);
      g_assert_cmpstr (iso_mdl_get_text (mdl, "age_over_18"), ==, cases[i].eighteen);
      g_assert_cmpstr (iso_mdl_get_text (mdl, "age_over_21"), ==, cases[i].twenty_one);
    }
}

static void
test_names (IsoMdlFixture *fixture,
            gconstpointer  user_data)
{
  static const struct
  {
    const char *name;
    const char *national;
    const char *latin;
    const char *kept; /* of the national characters */
  } cases[] = {
    { "Müller", NULL, "Müller", NULL },
    { "Łukasiewicz", NULL, "Lukasiewicz", "Łukasiewicz" },
    { "Őry-Žák", NULL, "Ory-Zák", "Őry-Žák" },
    { "Petrov", "Петров", "Petrov", "Петров" },
    { "Somsri", "สมศรี", "Somsri", "สมศรี" },
    { "Müller", "Müller", "Müller", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
      g_autoptr (PltMdl) mdl = NULL;

      iso_mdl_set_text (&data->family_name, cases[i].name);
      iso_mdl_set_text (&data->family_name_national, cases[i].national);
      mdl = iso_mdl_build_and_read (data, fixture->signer, NULL);
      g_assert_cmpstr (iso_mdl_get_text (mdl, "family_name"), ==, cases[i].latin);
      g_assert_cmpstr (iso_mdl_get_text (mdl, "family_name_national_character"), ==, cases[i].kept);
    }
}

/* One name alone: the mandatory element is there and empty. */
static void
test_one_name (IsoMdlFixture *fixture,
               gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (PltMdl) mdl = NULL;

  iso_mdl_set_text (&data->given_names, "");
  mdl = iso_mdl_build_and_read (data, fixture->signer, NULL);
  g_assert_cmpstr (iso_mdl_get_text (mdl, "given_name"), ==, "");
}

typedef void (*Spoil) (PltLicenceData *data);

static void
spoil_portrait (PltLicenceData *data)
{
  g_clear_pointer (&data->portrait, g_bytes_unref);
}

static void
spoil_format (PltLicenceData *data)
{
  spoil_portrait (data);
  data->portrait = g_bytes_new_static ("\x89PNG\r\n\x1A\n", 8);
}

static void
spoil_categories (PltLicenceData *data)
{
  g_ptr_array_set_size (data->categories, 0);
}

static void
spoil_sign (PltLicenceData *data)
{
  iso_mdl_set_text (&data->distinguishing_sign, "utop");
}

static void
spoil_birth (PltLicenceData *data)
{
  data->birth_date = data->issue_date;
}

static void
spoil_expiry (PltLicenceData *data)
{
  data->expiry_date = (PltDate) { 0 };
}

static void
spoil_colour (PltLicenceData *data)
{
  iso_mdl_set_text (&data->eye_colour, "gren");
}

static void
spoil_script (PltLicenceData *data)
{
  iso_mdl_set_text (&data->family_name, "Петров");
}

static void
spoil_length (PltLicenceData *data)
{
  g_autofree char *text = g_strnfill (151, 'a');

  iso_mdl_set_text (&data->address, text);
}

static void
spoil_jurisdiction (PltLicenceData *data)
{
  iso_mdl_set_text (&data->jurisdiction, "FR-IDF");
}

static void
test_refuses_records (IsoMdlFixture *fixture,
                      gconstpointer  user_data)
{
  static const struct
  {
    Spoil       spoil;
    PltIsoError code;
    const char *word;
  } cases[] = {
    { spoil_portrait, PLT_ISO_ERROR_INVALID, "portrait" },
    { spoil_format, PLT_ISO_ERROR_INVALID, "portrait" },
    { spoil_categories, PLT_ISO_ERROR_INVALID, "categories" },
    { spoil_sign, PLT_ISO_ERROR_INVALID, "sign" },
    { spoil_birth, PLT_ISO_ERROR_INVALID, "date of issue" },
    { spoil_expiry, PLT_ISO_ERROR_INVALID, "date of expiry" },
    { spoil_colour, PLT_ISO_ERROR_INVALID, "eye colour" },
    { spoil_script, PLT_ISO_ERROR_NEEDS_LATIN, "family name" },
    { spoil_length, PLT_ISO_ERROR_TOO_LONG, "address" },
    { spoil_jurisdiction, PLT_ISO_ERROR_INVALID, "jurisdiction" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
      g_autoptr (GError) error = NULL;

      cases[i].spoil (data);
      g_assert_null (plt_mdl_build (data, fixture->signer, NULL, &error));
      g_assert_error (error, PLT_ISO_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].word));
    }
}

static void
test_picture_stripped (void)
{
  /* SOI, JFIF, Exif, comment, SOS with a stuffed FF and a restart, EOI, and something behind it. */
  static const guint8 whole[] = {
    0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x03, 'J', 0xFF, 0xE1, 0x00, 0x06, 'E', 'x', 'i', 'f',
    0xFF, 0xFE, 0x00, 0x04, 'h', 'i', 0xFF, 0xDB, 0x00, 0x03, 0x01, 0xFF, 0xDA, 0x00, 0x03, 0x01,
    0x12, 0xFF, 0x00, 0xFF, 0xD0, 0x34, 0xFF, 0xD9, 'G', 'P', 'S',
  };
  static const guint8 bare[] = {
    0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x03, 'J', 0xFF, 0xDB, 0x00, 0x03, 0x01, 0xFF, 0xDA, 0x00, 0x03,
    0x01, 0x12, 0xFF, 0x00, 0xFF, 0xD0, 0x34, 0xFF, 0xD9,
  };
  g_autoptr (GBytes) file = g_bytes_new_static (whole, sizeof whole);
  g_autoptr (GBytes) stripped = plt_mdl_picture_strip (file);

  g_assert_nonnull (stripped);
  g_assert_cmpmem (g_bytes_get_data (stripped, NULL), g_bytes_get_size (stripped), bare, sizeof bare);
  for (gsize length = 0; length < sizeof whole - 3; length++)
    {
      g_autoptr (GBytes) part = g_bytes_new_static (whole, length);

      g_assert_null (plt_mdl_picture_strip (part));
    }
}

#define POINT_X "f33cf36d0485b9f3c8092c388e5fefda37d89ba2217d2b72dada3327dc97b5f9"
#define POINT_Y "e78da6bbd2340763b1232dd9a79165e36ef0bad58c620f0223f1921127b230c0"
#define COSE_KEY "0102200121" "5820" POINT_X "22" "5820" POINT_Y
#define JWK_POINT "\"x\":\"8zzzbQSFufPICSw4jl_v2jfYm6IhfSty2tozJ9yXtfk\"," \
                  "\"y\":\"542mu9I0B2OxIy3Zp5Fl427wutWMYg8CI_GSESeyMMA\""

static gboolean
parse_text (const char       *text,
            PltMdlDeviceKey  *key,
            GError          **error)
{
  g_autoptr (GBytes) file = g_bytes_new_static (text, strlen (text));

  return plt_mdl_device_key_parse (file, key, error);
}

static void
test_device_keys (void)
{
  g_autoptr (GBytes) x = plt_test_bytes_from_hex (POINT_X);
  g_autoptr (GBytes) cose = plt_test_bytes_from_hex ("a4" COSE_KEY);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = plt_test_keys_new ();
  g_autofree char *path = g_build_filename (folder, "public.pem", NULL);
  g_autofree char *pem = NULL;
  PltMdlDeviceKey key;

  g_assert_true (plt_mdl_device_key_parse (cose, &key, &error));
  g_assert_cmpmem (key.x, 32, g_bytes_get_data (x, NULL), 32);
  g_assert_true (parse_text ("{\"kty\":\"EC\",\"crv\":\"P-256\"," JWK_POINT "}", &key, &error));
  g_assert_cmpmem (key.x, 32, g_bytes_get_data (x, NULL), 32);
  g_assert_true (g_file_get_contents (path, &pem, NULL, NULL));
  g_assert_true (parse_text (pem, &key, &error));
  plt_test_keys_remove (g_steal_pointer (&folder));
}

static void
test_refuses_device_keys (void)
{
  static const char *const hex[] = {
    "a5" COSE_KEY "235820" POINT_X,                              /* private */
    "a4" "0102200221" "5820" POINT_X "22" "5820" POINT_Y,        /* P-384 */
    "a4" "0102200121" "5820" POINT_Y "22" "5820" POINT_X,        /* not on the curve */
    "a4" "010220012158215820" POINT_X "225820" POINT_Y,          /* 33 bytes */
    "a3" "01022001215820" POINT_X,
    "a4" COSE_KEY "00",
    "",
  };
  static const char *const texts[] = {
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"AA\"," JWK_POINT "}",
    "{\"kty\":\"EC\",\"crv\":\"P-384\"," JWK_POINT "}",
    "{\"kty\":7}", "{", "[]",
    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
  };
  PltMdlDeviceKey key;

  for (gsize i = 0; i < G_N_ELEMENTS (hex); i++)
    {
      g_autoptr (GBytes) file = plt_test_bytes_from_hex (hex[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (plt_mdl_device_key_parse (file, &key, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
      g_assert_cmpint (strstr (error->message, "private half") != NULL, ==, i == 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (parse_text (texts[i], &key, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
    }
}

static void
test_for_wallet (IsoMdlFixture *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (GBytes) cose = plt_test_bytes_from_hex ("a4" COSE_KEY);
  PltMdlDeviceKey key;
  const PltMdlTerms terms = { .device_key = &key };
  g_autoptr (PltMdl) mdl = NULL;

  g_assert_true (plt_mdl_device_key_parse (cose, &key, NULL));
  mdl = iso_mdl_build_and_read (data, fixture->signer, &terms);
  g_assert_false (mdl->one_off);
  g_assert_cmpmem (&mdl->device_key, sizeof key, &key, sizeof key);
}

static void
test_enrolled (IsoMdlFixture *fixture,
               gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (PltMdl) mdl = NULL;

  data->specimen = FALSE;
  iso_mdl_set_text (&data->document_discriminator, "");
  mdl = iso_mdl_build_and_read (data, fixture->signer, NULL);
  g_assert_false (mdl->data->specimen);
  for (guint i = 0; i < mdl->elements->len; i++)
    g_assert_cmpstr (((PltMdlElement *) mdl->elements->pdata[i])->name_space, ==,
                     PLT_MDL_NAME_SPACE);
}

#define ADD(path, test) \
  g_test_add (path, IsoMdlFixture, NULL, iso_mdl_set_up, test, iso_mdl_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/iso/mdl/vector-a/written-byte-for-byte", test_vector_a_written);
  ADD ("/iso/mdl/vector-a/read", test_vector_a_read);
  ADD ("/iso/mdl/built", test_build);
  ADD ("/iso/mdl/same-inputs-same-bytes", test_same_again);
  ADD ("/iso/mdl/no-stale-statement-of-age", test_no_stale_statement);
  ADD ("/iso/mdl/names", test_names);
  ADD ("/iso/mdl/one-name", test_one_name);
  ADD ("/iso/mdl/records-refused", test_refuses_records);
  ADD ("/iso/mdl/for-a-wallet", test_for_wallet);
  ADD ("/iso/mdl/enrolled-says-no-specimen", test_enrolled);
  g_test_add_func ("/iso/mdl/leap-birthday", test_ages);
  g_test_add_func ("/iso/mdl/picture-stripped", test_picture_stripped);
  g_test_add_func ("/iso/mdl/device-keys", test_device_keys);
  g_test_add_func ("/iso/mdl/device-keys-refused", test_refuses_device_keys);

  return g_test_run ();
}
