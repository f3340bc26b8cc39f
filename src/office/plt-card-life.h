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
  PLT_CARD_LIFE_REASONS,  /* why a card can be spoiled */
  PLT_CARD_LIFE_LIMITS,
  PLT_CARD_LIFE_SET_LIMITS, /* [cards of one application], [by one person in a day, -1: no limit] */
  PLT_CARD_LIFE_ALLOW,    /* application, why */
  PLT_CARD_LIFE_RECALL,   /* card, why, [yes: it was brought back] */
  PLT_CARD_LIFE_RETURNED, /* card, [note] */
  PLT_RECALL_PREVIEW,     /* JSON: printer, from, to, layout, layout_version, lot, roll, first, last, operator */
  PLT_RECALL_NEW,         /* the same, why */
  PLT_RECALL_LIST,
  PLT_RECALL_SHOW,        /* number; nothing where there is none */
  PLT_RECALL_CONFIRM,     /* number of a colleague's */
  PLT_RECALL_REFUSE,      /* number */
  PLT_RECALL_DONE,        /* number, card, returned|destroyed|not_found, [note] */
  PLT_CARD_LIFE_SHELVE,    /* card, place */
  PLT_CARD_LIFE_PLACE,     /* card; nothing where there is none; its state where it is not ready */
  PLT_CARD_LIFE_GIVE,      /* card, a colleague's login */
  PLT_CARD_LIFE_TAKE,      /* card */
  PLT_CARD_LIFE_HAND_OVER, /* card, [its code], document, [how its number ends], [receipt: a picture in base64] */
  PLT_CARD_LIFE_LETTER,    /* card */
  PLT_CARD_LIFE_POST,      /* letter, the card's code, number of the posting */
  PLT_HANDOVER_RULES,
  PLT_HANDOVER_SET_RULES,  /* [identity], [receipt], [custody], [post]: yes or no */
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
