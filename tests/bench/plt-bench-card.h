/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A full card's inputs and a signing key, made on the spot. */
#pragma once

#include "plt-card-inputs.h"
#include "plt-issuer-key.h"

G_BEGIN_DECLS

PltCardInputs *plt_bench_card_make_inputs (void);
PltIssuerKey  *plt_bench_card_make_key    (void);

G_END_DECLS
