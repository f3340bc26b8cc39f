/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are a portrait and a signature, or are refused. */
#include "plt-picture.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  for (int kind = PLT_PICTURE_PORTRAIT; kind <= PLT_PICTURE_SIGNATURE; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) picture = plt_picture_import (bytes, "fuzz", (PltPictureKind) kind, &error);

      g_assert ((picture == NULL) == (error != NULL));
    }
  return 0;
}
