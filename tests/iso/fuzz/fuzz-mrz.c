/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's text to the machine-readable line: what is built must verify. */
#include "fuzz-key.h"
#include "plt-mrz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autofree char *raw = g_strndup ((const char *) data, length);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  g_autoptr (PltLicenceData) licence = plt_licence_data_new ();
  g_autofree char *name = plt_mrz_transliterate (text, NULL);
  g_autofree char *fr = NULL;

  plt_mrz_verify (raw, NULL);
  licence->family_name = g_steal_pointer (&text);
  licence->licence_number = g_strdup ("U12345675");
  licence->issuing_country = g_strdup ("UTO");
  fr = plt_mrz_build_fr (licence, NULL);
  g_assert_true ((fr != NULL) == (name != NULL));
  g_assert_true (fr == NULL || plt_mrz_verify (fr, NULL));

  return 0;
}
