/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a card beside its printing: frozen by a stop, spoiled, made again, recalled, put on a
 * shelf, handed over. The database decides who may and whether; here are the words for it. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* What is done, and the words that it takes, in their order; [] may be NULL. */
typedef enum
{
  PLT_CARD_LIFE_FREEZE,   /* card, why */
  PLT_CARD_LIFE_UNFREEZE, /* card, why */
} PltCardLifeAct;

void   plt_card_life_act_async  (PltOffice            *office,
                                 PltCardLifeAct        act,
                                 const char *const    *words,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
/* Returns: (transfer full): JSON for people */
char  *plt_card_life_act_finish (GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
