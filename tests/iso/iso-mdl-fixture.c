/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An issuer of mobile driving licences for a test, and the holder of vector A. */
#include "iso-mdl-fixture.h"

#include "iso-vectors.h"
#include "plt-test-keys.h"

void
iso_mdl_set_up (IsoMdlFixture *fixture,
        gconstpointer  user_data)
{
  fixture->issuer = plt_test_mdl_issuer_new ();
  fixture->signer = plt_test_mdl_issuer_make_signer (fixture->issuer, NULL);
}

void
iso_mdl_tear_down (IsoMdlFixture *fixture,
           gconstpointer  user_data)
{
  g_clear_object (&fixture->signer);
  plt_test_mdl_issuer_free (fixture->issuer);
}

GBytes *
iso_mdl_get_bytes (JsonObject *vector,
           const char *member)
{
  return plt_test_bytes_from_hex (json_object_get_string_member (vector, member));
}

/* The holder of vector A. */
PltLicenceData *
iso_mdl_vector_licence (JsonObject *vector)
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
  data->portrait = iso_mdl_get_bytes (vector, "portrait_jpeg");
  data->portrait_taken_at = 1771579800; /* 2026-02-20T09:30:00Z */

  return data;
}

PltLicenceData *
iso_mdl_example_licence (void)
{
  g_autoptr (JsonObject) vector = iso_vectors_load ("mdl-vector-a.json");

  return iso_mdl_vector_licence (vector);
}

PltMdl *
iso_mdl_build_and_read (PltLicenceData    *data,
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

const char *
iso_mdl_get_text (PltMdl     *mdl,
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

void
iso_mdl_set_text (char       **place,
          const char  *text)
{
  g_free (*place);
  *place = g_strdup (text);
}
