/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stock of blanks, ribbons and films. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

/* How many blanks each printer finds that is loaded by the books; under "", what the others find. */
void         plt_store_count_blanks_async    (PltStore             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GHashTable  *plt_store_count_blanks_finish   (PltStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* @counted: (nullable): of before. -1 if unknown */
int          plt_store_blanks_of             (GHashTable           *counted,
                                              const char           *printer);

G_END_DECLS
