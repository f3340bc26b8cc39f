/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another card for an application, beyond what its office makes again by itself: a supervisor says why. */
#pragma once

#include <gtk/gtk.h>

#include "plt-office.h"

G_BEGIN_DECLS

/* Asks for the reason, and allows it. @body: what the dialog says of it */
void     plt_allowance_ask_async  (GtkWidget            *parent,
                                   PltOffice            *office,
                                   const char           *application,
                                   const char           *body,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* Tells in a toast that it was. FALSE with G_IO_ERROR_CANCELLED: the person thought better of it; else why not. */
gboolean plt_allowance_ask_finish (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
