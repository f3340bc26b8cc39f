/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows for the lists of an application's findings and history: GtkListBoxCreateWidgetFuncs. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *plt_finding_row_new (gpointer item,
                                gpointer user_data);
GtkWidget *plt_event_row_new   (gpointer item,
                                gpointer user_data);

G_END_DECLS
