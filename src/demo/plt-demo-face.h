/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawn face from the front, framed as ISO/IEC 19794-5 wants a photograph. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* On 900 × 1157 pixels: background, shoulders, head. @seed decides the look. */
void plt_demo_face_draw (cairo_t *cr,
                         guint64  seed,
                         char     sex,
                         int      birth_year);

G_END_DECLS
