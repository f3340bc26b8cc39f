/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks once how long a line on the screen is on a ruler: from then on a card has its real size. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     plt_ruler_dialog_ask_async  (GtkWidget            *widget,
                                      GSettings            *settings,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean plt_ruler_dialog_ask_finish (GAsyncResult         *result);

G_END_DECLS
