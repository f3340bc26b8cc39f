/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The signed text of the card's QR code: CWT claim 169 in COSE_Sign1 (ES256), zlib, Base45. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-licence-data.h"

G_BEGIN_DECLS

/* What symbols of versions 13 and 20 at level M hold (ISO/IEC 18004, alphanumeric mode): what a card
 * has room for with modules of three dots at 300 dpi, and with modules of two. */
#define PLT_QR_CLAIM_USUAL_LENGTH 483
#define PLT_QR_CLAIM_MAX_LENGTH 970

/* @issued_at: Unix seconds of iat; nbf is the issue date, exp the day after the expiry date.
 * Returns the Base45 text, at most PLT_QR_CLAIM_MAX_LENGTH, else PLT_ISO_ERROR_TOO_LONG. */
char           *plt_qr_claim_build  (PltLicenceData  *data,
                                     PltIssuerKey    *key,
                                     gint64           issued_at,
                                     GError         **error);

/* Decodes scanned text, checks the signature with @key, and returns what it says. @now: Unix
 * seconds for exp/nbf, or 0 to skip that. Bounded: 64 KiB inflated. */
PltLicenceData *plt_qr_claim_read   (const char      *text,
                                     PltIssuerKey    *key,
                                     gint64           now,
                                     GError         **error);

char           *plt_base45_encode   (GBytes          *bytes);
GBytes         *plt_base45_decode   (const char      *text,
                                     GError         **error);

G_END_DECLS
