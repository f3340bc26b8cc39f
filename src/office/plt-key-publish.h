/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Publishes the issuer's keys: what signs, and of what does so no more that of which cards are
 * still good. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* @folder: (nullable): the configuration's. Asks the database where somebody is signed in;
 * otherwise every key stays. Returns: (transfer full): JSON */
void  plt_key_publish_async  (PltOffice            *office,
                              const char           *folder,
                              const char           *into,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
char *plt_key_publish_finish (GAsyncResult         *result,
                              GError              **error);

G_END_DECLS
