/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key for fuzz targets, made once when the program starts. */
#pragma once

#include "plt-issuer-key.h"

G_BEGIN_DECLS

PltIssuerKey *fuzz_key_get           (void);
int           LLVMFuzzerTestOneInput (const guint8 *data,
                                      gsize         length);

G_END_DECLS
