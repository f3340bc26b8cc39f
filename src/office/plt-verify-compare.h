/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares what a form of a licence says with the record, in the spelling that this form has room for. */
#pragma once

#include <gio/gio.h>

#include "plt-store-verify.h"
#include "plt-verify.h"

G_BEGIN_DECLS

/* @card: (nullable). Returns: (transfer full) (element-type PltVerifiedField) */
GPtrArray *plt_verify_compare (const PltVerifyFinding  *finding,
                               const PltStoreKnownCard *card);

G_END_DECLS
