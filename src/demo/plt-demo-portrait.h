/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portraits and signatures of people who do not exist. */
#pragma once

#include "plt-demo-error.h"

G_BEGIN_DECLS

#define PLT_DEMO_PORTRAIT_WIDTH 900
#define PLT_DEMO_PORTRAIT_HEIGHT 1157

/* (transfer full): a JPEG of 900 × 1157 pixels, 35 × 45 mm; the same for the same arguments. */
GBytes *plt_demo_portrait_draw (const char  *id_number,
                                char         sex,
                                int          birth_year,
                                GError     **error);

GBytes *plt_demo_portrait_draw_reference (const char  *reference,
                                          GError     **error);

G_END_DECLS
