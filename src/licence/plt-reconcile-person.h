/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the registries disagree on beyond single fields: whether they know the person at all,
 * whether the person lives, what may be driven. */
#pragma once

#include "plt-difference.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

GArray *plt_reconcile_person (const char      *id_number,
                              PltSourceAnswer *answers[PLT_N_SOURCES]);

G_END_DECLS
