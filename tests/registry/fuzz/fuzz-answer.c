/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer target: decodes any bytes as the answer of each example registry. */
#include "plt-answer-decoder.h"

#include <stdint.h>

int LLVMFuzzerInitialize   (int           *argc,
                            char        ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

#define N_ADAPTERS 4

static PltRegistryAdapter *adapters[N_ADAPTERS];

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  static const char * const names[] = { "identity.json", "driver.json", "infringement.json",
                                        "residence.json" };

  g_log_set_always_fatal (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  for (int i = 0; i < N_ADAPTERS; i++)
    {
      g_autofree char *path = g_build_filename (PLT_EXAMPLES_DIR, names[i], NULL);

      adapters[i] = plt_registry_adapter_new_from_file (path, NULL);
      g_assert_nonnull (adapters[i]);
    }

  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  for (int i = 0; i < N_ADAPTERS; i++)
    {
      g_autoptr (PltSourceAnswer) answer =
        plt_answer_decode (adapters[i], "12345678903", (const char *) data, size);
      PltSourceState state = plt_source_answer_get_state (answer);

      g_assert_true (state == PLT_SOURCE_STATE_ANSWERED || state == PLT_SOURCE_STATE_NOT_FOUND ||
                     state == PLT_SOURCE_STATE_NONSENSE);
    }

  return 0;
}
