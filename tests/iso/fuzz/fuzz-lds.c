/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the readers of EF.COM, every data group, EF.SOD and U1; what a reader
 * accepts must come out the same when it is written and read again. */
#include "fuzz-key.h"
#include "plt-lds-files.h"

static void
try_dg1 (GBytes *bytes)
{
  g_autoptr (PltLicenceData) licence = plt_lds_read_dg1 (bytes, NULL);
  g_autoptr (GBytes) again = licence == NULL ? NULL
                             : licence->type_approval != NULL ? plt_lds_build_dg1_eu (licence, NULL)
                                                              : plt_lds_build_dg1 (licence, NULL);

  if (again != NULL)
    {
      g_autoptr (PltLicenceData) reread = plt_lds_read_dg1 (again, NULL);
      g_autofree char *before = plt_categories_to_text (licence->categories);
      g_autofree char *after = NULL;

      g_assert_nonnull (reread);
      g_assert_cmpstr (reread->family_name, ==, licence->family_name);
      g_assert_cmpstr (reread->licence_number, ==, licence->licence_number);
      after = plt_categories_to_text (reread->categories);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
try_pictures (GBytes *bytes)
{
  g_autoptr (PltLicenceData) licence = plt_licence_data_new ();
  g_autoptr (GBytes) face = NULL;
  int width;
  int height;

  licence->portrait = plt_lds_read_dg4 (bytes, &licence->portrait_taken_at, NULL);
  licence->signature = plt_lds_read_dg5 (bytes, NULL);
  face = plt_lds_read_dg6 (bytes, &width, &height, NULL);
  if (licence->portrait != NULL)
    {
      g_autoptr (GBytes) dg4 = plt_lds_build_dg4 (licence, NULL);
      g_autoptr (GBytes) dg6 = plt_lds_build_dg6 (licence, NULL);
      g_autoptr (GBytes) again = dg4 != NULL ? plt_lds_read_dg4 (dg4, NULL, NULL) : NULL;

      g_assert_true (dg4 == NULL || g_bytes_equal (again, licence->portrait));
      g_assert_true (dg6 == NULL || dg4 != NULL);
    }
}

static void
try_others (GBytes *bytes)
{
  g_autoptr (PltLicenceData) licence = plt_licence_data_new ();
  g_autoptr (GBytes) tags = plt_lds_read_com (bytes, NULL);
  g_autofree char *line = plt_lds_read_dg12 (bytes, NULL);
  g_autoptr (GBytes) dg12 = line != NULL ? plt_lds_build_dg12 (line, NULL) : NULL;

  g_assert_true (line == NULL || dg12 != NULL);
  plt_lds_read_dg11 (bytes, licence, NULL);
}

/* Nobody but the key's holder makes what verifies. */
static void
try_signed (GBytes *bytes)
{
  const PltLdsGroup groups[] = { { 1, bytes } };
  g_autoptr (PltLicenceData) of_payload = plt_lds_read_u1 (bytes, fuzz_key_get (), NULL);

  g_assert_null (of_payload);
  g_assert_false (plt_lds_verify_sod (bytes, groups, 1, fuzz_key_get (), NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  try_dg1 (bytes);
  try_pictures (bytes);
  try_others (bytes);
  try_signed (bytes);

  return 0;
}
