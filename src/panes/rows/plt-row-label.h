/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A label of a row or table cell: from the start of the line, wrapping between words or, where one is
 * too long, inside it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *plt_row_label_new (const char *text,
                              const char *css_class);

G_END_DECLS
