/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each carrier of a card's data says, beside the record of when it was made. Private to plt-twin.c. */
#pragma once

#include <json-glib/json-glib.h>

#include "plt-store-verify.h"
#include "plt-verify.h"

G_BEGIN_DECLS

/* In the order in which they stand beside the record: what was drawn and what was read back first. */
typedef enum
{
  PLT_TWIN_CARD_FILE,
  PLT_TWIN_READ_BACK,
  PLT_TWIN_CHIP,
  PLT_TWIN_MDL,
  PLT_TWIN_QR,
  PLT_TWIN_PDF417,
  PLT_TWIN_MRZ,
  PLT_N_TWIN_CARRIERS,
} PltTwinCarrier;

/* @inputs: of the drawing. (transfer full): the record as it was then */
PltStoreKnownCard *plt_twin_fields_read_record (JsonObject             *inputs);
/* @findings: by PltTwinCarrier, NULL where there is none. @serials: of the blank, and as it was read with the card;
 * NULL: not read. Adds the members "fields" and "carriers"; FALSE: one of them says something else, or its signature
 * does not hold. */
gboolean           plt_twin_fields_add         (JsonBuilder             *builder,
                                                PltStoreKnownCard       *record,
                                                PltVerifyFinding *const *findings,
                                                char             *const *troubles,
                                                const char       *const  serials[2]);

G_END_DECLS
