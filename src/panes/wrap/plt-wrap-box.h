/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of widgets that goes on in the next line where it does not fit: with large text, in a narrow
 * window, in a wordy language. Each keeps its natural width, or all have the same. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PLT_TYPE_WRAP_BOX (plt_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (PltWrapBox, plt_wrap_box, PLT, WRAP_BOX, GtkWidget)

/* Properties: "to-end" (gboolean): whether lines end where text ends; they start where it starts
 * otherwise. "homogeneous" (gboolean): whether all have the same width and fill their line.
 * "spacing" (int): between neighbours and lines. Children come from the template or: */
void plt_wrap_box_append (PltWrapBox *self,
                          GtkWidget  *child);

G_END_DECLS
