/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every element of a card, page by page, as the renderer fits it: found in a thread, because fitting
 * is as much work as drawing. */
#pragma once

#include <gio/gio.h>

#include "plt-card-parts.h"

G_BEGIN_DECLS

/* One element and the page it stands on. */
typedef struct
{
  guint        page;
  PltCardPart *part;
} PltCardListed;

void       plt_card_list_async        (PltLayout            *layout,
                                       PltCardInputs        *inputs,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GPtrArray *plt_card_list_finish       (GAsyncResult         *result,
                                       GError              **error);

gboolean   plt_card_listed_is_content (const PltCardListed  *self);
char      *plt_card_listed_dup_title  (const PltCardListed  *self);
char      *plt_card_listed_dup_remark (const PltCardListed  *self);
char      *plt_card_list_dup_reading  (GPtrArray            *list,
                                       guint                 page);

G_END_DECLS
