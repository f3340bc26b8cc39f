/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card of the content of utopia-eu in a few lines of cairo: the floor for bench-cards. */
#pragma once

#include "plt-card-inputs.h"

G_BEGIN_DECLS

typedef struct _BareCard BareCard;

BareCard *bare_card_new  (void);
void      bare_card_free (BareCard      *self);
/* (transfer full): the PDF */
GBytes   *bare_card_draw (BareCard      *self,
                          PltCardInputs *inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BareCard, bare_card_free)

G_END_DECLS
