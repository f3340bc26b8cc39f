/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the recogniser of every form of a licence. */
#include "fuzz-key.h"
#include "plt-verify.h"

static PltVerifyKeys *
get_keys (void)
{
  static PltVerifyKeys *keys = NULL;

  if (keys == NULL)
    {
      keys = plt_verify_keys_new ();
      plt_verify_keys_add_issuer (keys, fuzz_key_get (), PLT_VERIFY_PURPOSE_ANY);
    }
  return keys;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GPtrArray) findings = plt_verify_read (bytes, get_keys (), NULL);

  return 0;
}
