/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ink of a signature, read once for the card's file and for its chip. */
#pragma once

#include "plt-picture-encode.h"

G_BEGIN_DECLS

typedef struct _PltCardInk PltCardInk;

PltCardInk *plt_card_ink_new  (GBytes                  *png,
                               int                      most_columns);
void        plt_card_ink_free (PltCardInk              *self);
GBytes     *plt_card_ink_fit  (PltCardInk              *self,
                               const PltPortraitBudget *budget);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardInk, plt_card_ink_free)

G_END_DECLS
