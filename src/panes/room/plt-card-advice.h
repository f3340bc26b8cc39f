/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the card desk says about a card: what is to be done next, and what nobody knows. */
#pragma once

#include "plt-card.h"
#include "plt-production.h"

G_BEGIN_DECLS

/* Can be read back: it has left for the printer. */
gboolean plt_card_advice_is_readable (PltCardState  state);
/* (transfer full): the question about it, its reason, or what comes next for this person. */
char    *plt_card_advice_dup         (PltCard      *card,
                                      gboolean      is_operator,
                                      gboolean      may_hand_over);

/* What is done to a card at the desk: its read-back, and the steps in the order of PltCardStep. */
typedef enum
{
  PLT_CARD_DEED_READ,
  PLT_CARD_DEED_CAME_OUT,
  PLT_CARD_DEED_SPOIL,
  PLT_CARD_DEED_CANCEL,
  PLT_CARD_DEED_ISSUE,
} PltCardDeed;

/* (transfer full): its answer is lost; and, when @card was read again, what is known of it now. */
char    *plt_card_advice_dup_unknown (PltCard      *card,
                                      PltCardDeed   deed);
char    *plt_card_advice_dup_known   (PltCard      *card,
                                      PltCardDeed   deed,
                                      gboolean     *done);

G_END_DECLS
