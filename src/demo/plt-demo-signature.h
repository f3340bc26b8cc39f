/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures of people who do not exist. */
#pragma once

#include "plt-demo-error.h"

G_BEGIN_DECLS

/* (transfer full): a PNG, black on white, 900 × 300 pixels; the same for the same number. */
GBytes *plt_demo_signature_draw (const char  *id_number,
                                 GError     **error);

G_END_DECLS
