/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to the checks of a card file. */
#include "fuzz-key.h"
#include "plt-card-file.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) file = g_bytes_new (data, length);

  plt_card_file_verify (file, fuzz_key_get (), NULL);

  return 0;
}
