/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a card, for its twin. Private to plt-twin.c. */
#pragma once

#include <json-glib/json-glib.h>

#include "plt-twin.h"

G_BEGIN_DECLS

/* @known: as card-twin.sql has it. Fills what @twin says of the card itself, of its hand-over and of its events. */
void plt_twin_history_read (PltTwin    *twin,
                            JsonObject *known);

G_END_DECLS
