/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What personalisation packages are made of. */
#pragma once

#include "plt-card.h"
#include "plt-store-drawn.h"

G_BEGIN_DECLS

typedef struct
{
  PltStoreDrawnCard *drawn;
  char              *serial;
  char              *application_number;
  PltCardState       state;
  GBytes            *file; /* the signed card file */
} PltStorePackageCard;

void                 plt_store_package_card_free   (PltStorePackageCard  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStorePackageCard, plt_store_package_card_free)

void                 plt_store_package_card_async  (PltStore             *self,
                                                    const char           *card_number,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
PltStorePackageCard *plt_store_package_card_finish (PltStore             *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
