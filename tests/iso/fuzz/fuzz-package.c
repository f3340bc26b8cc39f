/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to what reads personalisation packages: as an archive, as the list in one, and as a
 * bureau's receipt. */
#include "fuzz-key.h"
#include "plt-package-receipt.h"
#include "plt-package.h"
#include "plt-verify-private.h"

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
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_verify_finding_free);
  g_autoptr (PltPackage) package = plt_package_new_from_json (bytes, NULL);
  g_autoptr (PltPackageReceipt) receipt = plt_package_receipt_new (bytes, NULL);
  g_autofree char *written = package != NULL ? plt_package_to_json (package) : NULL;

  plt_verify_read_package (bytes, get_keys (), findings, NULL);
  return 0;
}
