/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the card on its way, or ready, whose code was scanned: cards come out of a tray in any order. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* @scan: as for plt_production_read_async() */
void   plt_card_of_code_async   (PltOffice            *office,
                                 const char           *scan,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
/* Returns: (transfer full) (nullable): its number; %NULL without @error: no such card has this code */
char  *plt_card_of_code_finish  (GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
