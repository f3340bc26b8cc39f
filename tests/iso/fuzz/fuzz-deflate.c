/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the reader of zlib streams: nothing comes out beyond the limit, and what
 * was packed is unpacked to exactly its length, and refused with one byte less. */
#include "fuzz-key.h"
#include "plt-deflate.h"

#define LIMIT 4096

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) stream = g_bytes_new (data, length);
  g_autoptr (GBytes) inflated = plt_inflate (stream, LIMIT, NULL);
  g_autoptr (GBytes) packed = plt_deflate (stream);
  g_autoptr (GBytes) again = plt_inflate (packed, length, NULL);

  if (inflated != NULL)
    g_assert_cmpuint (g_bytes_get_size (inflated), <=, LIMIT);
  g_assert_true (again != NULL && g_bytes_equal (again, stream));
  if (length > 0)
    g_assert_null (plt_inflate (packed, length - 1, NULL));

  return 0;
}
