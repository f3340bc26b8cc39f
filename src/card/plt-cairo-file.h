/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that cairo writes into memory. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define PLT_POINTS_PER_MM (72 / 25.4)

/* A PDF whose first page has this size; its unit is the point. */
cairo_surface_t *plt_pdf_surface_new (double           width_mm,
                                      double           height_mm);
/* (transfer full): the whole file; NULL with @status when it could not be made. @surface: (transfer full) */
GBytes          *plt_pdf_surface_end (cairo_surface_t *surface,
                                      cairo_status_t  *status);
/* (transfer full): a PNG of @surface; NULL with @status when it could not be made */
GBytes          *plt_cairo_to_png    (cairo_surface_t *surface,
                                      cairo_status_t  *status);

G_END_DECLS
