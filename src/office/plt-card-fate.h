/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks by itself what became of a card whose last step has no answer, because the connection to the
 * database broke: at once when there is a connection, and otherwise as soon as it is back. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* Signal "known" (PltCard*), once: the card as it is. Unreferenced before, it never comes. */
#define PLT_TYPE_CARD_FATE (plt_card_fate_get_type ())
G_DECLARE_FINAL_TYPE (PltCardFate, plt_card_fate, PLT, CARD_FATE, GObject)

PltCardFate *plt_card_fate_new (PltOffice  *office,
                                const char *card_number);

/* Whether @error of a step that was begun while there was a connection leaves it unknown whether the
 * step was made: a step takes several statements, and the connection can break between them, too. */
gboolean     plt_card_fate_is_unknown (const GError *error,
                                       gboolean      begun_online);

G_END_DECLS
