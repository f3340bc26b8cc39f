/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the mobile licence's reader share. Private to this folder. */
#pragma once

#include "plt-cbor.h"
#include "plt-verify-private.h"

G_BEGIN_DECLS

void  plt_verify_claim_element        (PltVerifyFinding        *finding,
                                       gboolean                 is_iso,
                                       const char              *element,
                                       PltCborReader            value);
char *plt_verify_dup_issuing_country  (const PltVerifyFinding  *finding);

G_END_DECLS
