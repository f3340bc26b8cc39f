/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each carrier of a card's data says, beside the record of when it was made. Private to plt-twin.c. */
#pragma once

#include <json-glib/json-glib.h>

#include "plt-store-verify.h"
#include "plt-twin.h"
#include "plt-verify.h"

G_BEGIN_DECLS

/* @inputs: of the drawing. (transfer full): the record as it was then */
PltStoreKnownCard *plt_twin_fields_read_record (JsonObject             *inputs);
/* @findings: by PltTwinCarrier, NULL where there is none. @serials: of the blank, and as it was read with the card;
 * NULL: not read. Fills the fields and sources of @twin; FALSE: one of them says something else, or its signature
 * does not hold. */
gboolean           plt_twin_fields_compare     (PltTwin                 *twin,
                                                PltStoreKnownCard       *record,
                                                PltVerifyFinding *const *findings,
                                                char             *const *troubles,
                                                const char       *const  serials[2]);
/* Adds them as the members "fields" and "carriers". */
void               plt_twin_fields_write       (JsonBuilder             *builder,
                                                const PltTwin           *twin);

G_END_DECLS
