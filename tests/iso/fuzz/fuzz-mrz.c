/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's text to the machine-readable line: what is built must verify. */
#include "fuzz-key.h"
#include "plt-mrz-fields.h"
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
  g_autofree char *ch = NULL;
  g_autoptr (PltMrz) read = NULL;

  plt_mrz_verify (raw, NULL);
  read = plt_mrz_read (raw, NULL);
  g_assert_true (read == NULL || read->issuing_state != NULL);
  licence->family_name = g_steal_pointer (&text);
  licence->licence_number = g_strdup ("U12345675");
  licence->issuing_country = g_strdup ("UTO");
  fr = plt_mrz_build_fr (licence, NULL);
  g_assert_true ((fr != NULL) == (name != NULL));
  g_assert_true (fr == NULL || plt_mrz_verify (fr, NULL));
  g_free (licence->licence_number);
  licence->licence_number = g_strdup ("305142128");
  ch = plt_mrz_build_ch (licence, "AAA001", 'D', 97, NULL);
  if (ch != NULL)
    {
      g_autoptr (PltMrz) again = plt_mrz_read (ch, NULL);

      g_assert_nonnull (again);
    }

  return 0;
}
