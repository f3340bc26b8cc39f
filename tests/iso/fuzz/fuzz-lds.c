/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the readers of data groups; what DG1 accepts must come out the same
 * when it is written and read again. */
#include "fuzz-key.h"
#include "plt-lds.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (PltLicenceData) of_payload = plt_lds_read_u1 (bytes, fuzz_key_get (), NULL);
  g_autoptr (PltLicenceData) of_dg1 = plt_lds_read_dg1 (bytes, NULL);
  g_autoptr (GBytes) again = of_dg1 != NULL ? plt_lds_build_dg1 (of_dg1, NULL) : NULL;

  /* Nobody but the key's holder makes a payload that verifies. */
  g_assert_null (of_payload);
  if (again != NULL)
    {
      g_autoptr (PltLicenceData) reread = plt_lds_read_dg1 (again, NULL);

      g_assert_nonnull (reread);
      g_assert_cmpstr (reread->family_name, ==, of_dg1->family_name);
      g_assert_cmpstr (reread->licence_number, ==, of_dg1->licence_number);
    }

  return 0;
}
