/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mobile driving licence (ISO/IEC 18013-5) of what the database says is to be printed. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-press-data.h"

G_BEGIN_DECLS

GBytes *plt_press_mdl_make (const PltPressIssuer  *issuer,
                            PltStoreCardData      *data,
                            PltLicenceData        *record,
                            PltIssuerKey          *signer,
                            GBytes                *device_key,
                            GError               **error);
GBytes *plt_press_mdl_make_fitted (const PltPressIssuer  *issuer,
                                   PltStoreCardData      *data,
                                   PltLicenceData        *fitted,
                                   PltIssuerKey          *signer,
                                   GError               **error);

G_END_DECLS
