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
  char        *misplaced; /* on what it lies or where it is cut, in sentences; NULL: nowhere */
  char        *near_edge; /* that it is nearer to the edge than the layout wants; NULL: it is not */
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
