/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of SVG path data that layouts need: M L H V C Q Z, absolute and relative. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char   command; /* M, L, C or Z */
  double p[6];
} PltSvgSegment;

/* Returns: (element-type PltSvgSegment) (transfer full) (nullable): NULL when @data is wrong;
 * *@position then says after how many bytes. */
GArray *plt_svg_path_parse (const char  *data,
                            gsize       *position);
void    plt_svg_path_trace (GArray      *segments,
                            cairo_t     *cr);

G_END_DECLS
