/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two registries' answers about one ID number have to do with one another, field by field. A
 * difference that a typing mistake explains is only taken for one while all else that says who the
 * person is agrees; two at once are another person until somebody has looked. */
#pragma once

#include "plt-difference.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

PltDifference plt_reconcile_pair (PltField         field,
                                  PltSourceAnswer *a,
                                  PltSourceAnswer *b);

G_END_DECLS
