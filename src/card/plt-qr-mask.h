/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the eight masks a QR code gets (ISO/IEC 18004, 7.8). Private to this folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PLT_QR_MOST_MODULES 177

/* The dark modules of a row, the leftmost in the lowest bit. */
typedef struct
{
  guint64 words[3];
} PltQrRow;

void plt_qr_mask_choose (PltQrRow *rows,
                         int       width,
                         gboolean  is_near_pdf417);

/* plt-card-codes.c */
int  plt_card_encode_qr (const char *text,
                         gboolean    is_near_pdf417,
                         PltQrRow    rows[PLT_QR_MOST_MODULES]);

G_END_DECLS
