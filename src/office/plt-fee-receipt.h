/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A receipt for the citizen: a sheet to print or to keep, and the same as text. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @json: what PLT_FEE_RECEIPT answers. Returns: (transfer full): a PDF; print it with plt_card_letter_print_async() */
GBytes *plt_fee_receipt_draw (const char  *json,
                              GError     **error);
/* Returns: (transfer full): lines of 42 columns */
char   *plt_fee_receipt_text (const char  *json,
                              GError     **error);

G_END_DECLS
