/* SPDX-License-Identifier: GPL-3.0-or-later */
/* COSE_Sign1 with ES256 (RFC 9052, 4.2; RFC 9053, 2.1). Private to this folder. */
#pragma once

#include "plt-issuer-key.h"

G_BEGIN_DECLS

GBytes *plt_cose_sign1 (GBytes        *payload,
                        PltIssuerKey  *key,
                        GError       **error);
GBytes *plt_cose_open1 (GBytes        *message,
                        PltIssuerKey  *key,
                        GError       **error);

G_END_DECLS
