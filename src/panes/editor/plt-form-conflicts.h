/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed here and at another desk, beside what both began with: a person chooses for each field. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @conflicts: (element-type PltFormConflict); not empty. */
void       plt_form_conflicts_ask_async  (GtkWidget            *parent,
                                          GPtrArray            *conflicts,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* (transfer full): field → value; G_IO_ERROR_CANCELLED when it was put off: nothing is overwritten then. */
GHashTable *plt_form_conflicts_ask_finish (GAsyncResult        *result,
                                          GError              **error);

G_END_DECLS
