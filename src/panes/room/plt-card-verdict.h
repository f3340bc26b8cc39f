/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a read-back, for eyes, ears and screen readers; and after a wrong one why the card is spoiled,
 * by one key. Or the question whether a card came out, by one key, too. */
#pragma once

#include <adwaita.h>

#include "plt-card.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_VERDICT (plt_card_verdict_get_type ())
G_DECLARE_FINAL_TYPE (PltCardVerdict, plt_card_verdict, PLT, CARD_VERDICT, AdwBin)

typedef enum
{
  PLT_CARD_ANSWER_CAME_OUT,
  PLT_CARD_ANSWER_NOT_PRINTED,
  PLT_CARD_ANSWER_SCAN,
  PLT_CARD_ANSWER_LATER,
  PLT_N_CARD_ANSWERS,
} PltCardAnswer;

/* Signals: "spoil" (const char *reason): a key or a button gave one. "answered" (int): a PltCardAnswer. */
void     plt_card_verdict_clear (PltCardVerdict *self);
void     plt_card_verdict_right (PltCardVerdict *self,
                                 const char     *text);
/* @fields: (nullable) (element-type PltReadbackField) */
void     plt_card_verdict_wrong (PltCardVerdict *self,
                                 const char     *text,
                                 GPtrArray      *fields,
                                 gboolean        may_spoil);
/* @left: how many more are to be asked about */
void     plt_card_verdict_ask   (PltCardVerdict *self,
                                 PltCard        *card,
                                 guint           left);

G_END_DECLS
