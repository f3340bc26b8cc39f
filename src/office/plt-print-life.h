/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what the print server says of a card's job can be believed: see plt-print-witness.h. */
#pragma once

#include "plt-office-private.h"

G_BEGIN_DECLS

/* Keeps in the database that the document of @card leaves now for @destination, with the witnesses that stand in the
 * print server and in those behind it. */
void      plt_print_life_begin_async  (PltOffice            *office,
                                       gint64                card,
                                       const char           *destination,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  plt_print_life_begin_finish (PltOffice            *office,
                                       GAsyncResult         *result,
                                       GError              **error);

/* After the job was looked at. @left: (out): whether the document of the card ever left; @life: (out): whether the
 * print server lives since then. */
void      plt_print_life_ask_async    (PltOffice            *office,
                                       gint64                card,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  plt_print_life_ask_finish   (PltOffice            *office,
                                       GAsyncResult         *result,
                                       gboolean             *left,
                                       PltPrintLife         *life,
                                       GError              **error);

G_END_DECLS
