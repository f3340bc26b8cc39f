/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks which other ID number is the same person, shows both records side by side, and asks which
 * number is kept and why. */
#pragma once

#include <gtk/gtk.h>

#include "plt-lookup.h"

G_BEGIN_DECLS

/* @lookup: of the person who is looked at. Looking at the other one is a look-up like any other:
 * it is written to the log of who read whom. */
void      plt_link_dialog_ask_async  (GtkWidget            *parent,
                                      PltOffice            *office,
                                      PltLookup            *lookup,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/* Returns: (transfer full): the reason; @kept and @other (out)(transfer full): the two numbers.
 * G_IO_ERROR_CANCELLED when the person thought better of it. */
char     *plt_link_dialog_ask_finish (GAsyncResult         *result,
                                      char                **kept,
                                      char                **other,
                                      GError              **error);

G_END_DECLS
