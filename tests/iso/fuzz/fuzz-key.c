/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the key that fuzz targets check signatures with. */
#include "fuzz-key.h"

#include "plt-test-keys.h"

PltIssuerKey *
fuzz_key_get (void)
{
  static PltIssuerKey *key;

  if (g_once_init_enter (&key))
    {
      char *folder = plt_test_keys_new ();
      PltIssuerKey *loaded = plt_test_keys_load (folder, "UTO0001");

      plt_test_keys_remove (folder);
      g_once_init_leave (&key, loaded);
    }

  return key;
}
