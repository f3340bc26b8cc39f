/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mobile driving licence: vector A, every element back from what was built, and everything that a
 * reader or an issuer must refuse. */
#include "plt-mdl-private.h"

#include "iso-vectors.h"
#include "plt-cbor.h"
#include "plt-test-keys.h"
#include "plt-test-mdl-issuer.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY 86400
#define NOW 1772359200 /* 2026-03-01T10:00:00Z */
#define UNTIL 1803859200 /* 2027-03-01 */

typedef struct
{
  PltTestMdlIssuer *issuer;
  PltIssuerKey     *signer;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->issuer = plt_test_mdl_issuer_new ();
  fixture->signer = plt_test_mdl_issuer_make_signer (fixture->issuer, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_clear_object (&fixture->signer);
  plt_test_mdl_issuer_free (fixture->issuer);
}

static GBytes *
get_bytes (JsonObject *vector,
           const char *member)
{
  return plt_test_bytes_from_hex (json_object_get_string_member (vector, member));
}

/* The holder of vector A. */
static PltLicenceData *
vector_licence (JsonObject *vector)
{
  PltLicenceData *data = iso_example_licence ();
  PltCategoryEntry *b = data->categories->pdata[1];

  g_free (data->licence_number);
  g_free (data->administrative_number);
  g_free (data->birth_place);
  g_free (b->restrictions);
  g_clear_pointer (&data->address, g_free);
  g_clear_pointer (&data->family_name_national, g_free);
  g_clear_pointer (&data->given_names_national, g_free);
  g_clear_pointer (&data->portrait, g_bytes_unref);
  g_clear_pointer (&data->signature, g_bytes_unref);
  data->licence_number = g_strdup ("UTO-000123");
  data->administrative_number = g_strdup ("94110512345");
  data->birth_place = NULL;
  b->restrictions = g_strdup ("01,S02<=3500");
  g_free (data->distinguishing_sign);
  data->distinguishing_sign = g_strdup ("UTO");
  data->height_cm = 168;
  g_free (data->eye_colour);
  data->eye_colour = g_strdup ("green");
  data->address_city = g_strdup ("Amaurot");
  data->address_country = g_strdup ("UTO");
  data->portrait = get_bytes (vector, "portrait_jpeg");
  data->portrait_taken_at = 1771579800; /* 2026-02-20T09:30:00Z */

  return data;
}

static PltLicenceData *
example_licence (void)
{
  g_autoptr (JsonObject) vector = iso_vectors_load ("mdl-vector-a.json");

  return vector_licence (vector);
}

static PltIssuerKey *
load_vector_signer (Fixture    *fixture,
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
test_vector_a_written (Fixture       *fixture,
                       gconstpointer  user_data)
{
  static const guint8 ages[] = { 18, 21, 0 };
  g_autoptr (JsonObject) vector = iso_vectors_load ("mdl-vector-a.json");
  g_autoptr (PltIssuerKey) signer = load_vector_signer (fixture, vector);
  g_autoptr (PltLicenceData) data = vector_licence (vector);
  g_autoptr (GBytes) certificate = get_bytes (vector, "ds_cert_der");
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
test_vector_a_read (Fixture       *fixture,
                    gconstpointer  user_data)
{
  static const char *const members[] = { "issuerSigned", "deviceResponse_issuerOnly" };
  g_autoptr (JsonObject) vector = iso_vectors_load ("mdl-vector-a.json");
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (roots, get_bytes (vector, "iaca_cert_der"));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GBytes) bytes = get_bytes (vector, members[i]);
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

static PltMdl *
build_and_read (PltLicenceData    *data,
                PltIssuerKey      *signer,
                const PltMdlTerms *terms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = plt_mdl_build (data, signer, terms, &error);
  PltMdl *mdl;

  g_assert_no_error (error);
  mdl = plt_mdl_read (bytes, &error);
  g_assert_no_error (error);

  return mdl;
}

static const char *
get_text (PltMdl     *mdl,
          const char *identifier)
{
  for (guint i = 0; i < mdl->elements->len; i++)
    {
      PltMdlElement *element = mdl->elements->pdata[i];

      if (g_str_equal (element->identifier, identifier))
        return element->text;
    }

  return NULL;
}

static void
test_build (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = example_licence ();
  g_autoptr (PltMdl) mdl = build_and_read (data, fixture->signer, NULL);

  g_assert_cmpint (mdl->signed_at, ==, plt_date_to_unix (data->issue_date));
  g_assert_cmpint (mdl->valid_from, ==, mdl->signed_at);
  g_assert_cmpint (mdl->valid_until, ==, mdl->signed_at + 365 * DAY);
  g_assert_true (mdl->one_off);
  g_assert_true (plt_mdl_device_key_is_on_curve (&mdl->device_key));
  g_assert_true (mdl->data->specimen);
  g_assert_cmpstr (mdl->data->document_discriminator, ==, data->document_discriminator);
  g_assert_true (g_bytes_equal (mdl->data->portrait, data->portrait));
  g_assert_cmpstr (get_text (mdl, "age_over_21"), ==, "true");
  g_assert_cmpstr (get_text (mdl, "age_over_65"), ==, "false");
  g_assert_cmpstr (get_text (mdl, "age_birth_year"), ==, "1994");
  g_assert_cmpstr (get_text (mdl, "resident_country"), ==, "UT");
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/iso/mdl/vector-a/written-byte-for-byte", test_vector_a_written);
  ADD ("/iso/mdl/vector-a/read", test_vector_a_read);
  ADD ("/iso/mdl/built", test_build);

  return g_test_run ();
}
