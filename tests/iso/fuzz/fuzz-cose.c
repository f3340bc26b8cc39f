/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the reader of COSE_Sign1: as a message, which nobody but the key's holder
 * makes so that it verifies, and as what a signed message has in the place of one of its bytes. */
#include "fuzz-key.h"
#include "plt-cose.h"

#include <string.h>

/* The first two bytes say where, the others are written there. */
static void
open_changed (const guint8 *data,
              gsize         length)
{
  static GBytes *sound;
  g_autofree guint8 *changed = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) opened = NULL;
  const guint8 *original;
  gsize size;
  gsize place;

  if (sound == NULL)
    {
      g_autoptr (GBytes) payload = g_bytes_new_static ("payload", strlen ("payload"));

      sound = plt_cose_sign1 (payload, fuzz_key_get (), NULL);
      g_assert_nonnull (sound);
    }
  original = g_bytes_get_data (sound, &size);
  changed = g_memdup2 (original, size);
  place = (gsize) (data[0] << 8 | data[1]) % size;
  memcpy (changed + place, data + 2, MIN (length - 2, size - place));
  message = g_bytes_new (changed, size);
  opened = plt_cose_open1 (message, fuzz_key_get (), NULL);

  /* The unprotected header and the spelling of a length are not signed; the payload is. */
  if (opened != NULL)
    g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened),
                     "payload", strlen ("payload"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) message = g_bytes_new (data, length);

  g_assert_null (plt_cose_open1 (message, fuzz_key_get (), NULL));
  if (length > 2)
    open_changed (data, length);

  return 0;
}
