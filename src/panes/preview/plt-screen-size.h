/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large a millimetre is on a screen: what a person has measured there with a ruler, else what the
 * screen says of itself. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

double   plt_screen_size_get         (GtkWidget *widget,
                                      GSettings *settings);
gboolean plt_screen_size_is_measured (GtkWidget *widget,
                                      GSettings *settings);
void     plt_screen_size_set         (GtkWidget *widget,
                                      GSettings *settings,
                                      double     pixels_per_mm);

G_END_DECLS
