/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the codes on a finished picture as a scanner does, with ZXing: an implementation of its own,
 * which has no part in drawing them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_CODE_QR,
  PLT_CODE_PDF417,
  PLT_CODE_CODE128,
  PLT_CODE_DATA_MATRIX,
} PltCodeKind;

GBytes *plt_code_reader_read (PltCodeKind   kind,
                              const guint8 *grey,
                              int           width,
                              int           height,
                              int           stride);
GBytes *plt_code_reader_search (PltCodeKind   kind,
                                const guint8 *grey,
                                int           width,
                                int           height,
                                double       *angle);

G_END_DECLS
