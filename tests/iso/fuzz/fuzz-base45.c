/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to Base45, both ways: what is written can be read, and what can be read is
 * the one way to write it. */
#include "fuzz-key.h"
#include "plt-qr-claim.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);
  g_autoptr (GBytes) decoded = plt_base45_decode (text, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autofree char *encoded = plt_base45_encode (bytes);
  g_autoptr (GBytes) again = plt_base45_decode (encoded, NULL);

  g_assert_true (again != NULL && g_bytes_equal (again, bytes));
  if (decoded != NULL)
    {
      g_autofree char *written = plt_base45_encode (decoded);

      g_assert_cmpstr (written, ==, text);
    }

  return 0;
}
