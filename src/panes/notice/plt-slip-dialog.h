/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a text for the citizen as it would be printed, and prints it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @slip: plain text of one page. */
void plt_slip_dialog_show (GtkWidget  *parent,
                           const char *slip);

G_END_DECLS
