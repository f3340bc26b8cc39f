/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words on a sheet of paper, whose unit is the millimetre. */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* (transfer full): @words in lines of @width_mm at the most */
PangoLayout *plt_sheet_text_new        (cairo_t     *cr,
                                        const char  *words,
                                        double       width_mm,
                                        double       points);
double       plt_sheet_text_get_height (PangoLayout *text);
/* Returns: where it ends, downwards */
double       plt_sheet_text_show       (PangoLayout *text,
                                        cairo_t     *cr,
                                        double       x,
                                        double       y);

G_END_DECLS
