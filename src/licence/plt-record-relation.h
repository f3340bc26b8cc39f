/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How two records have one thing: a name, a date, an address, a picture. */
#pragma once

#include "plt-duplicate.h"

G_BEGIN_DECLS

PltField    plt_trait_get_field      (PltTrait         trait);
PltRelation plt_record_relation_find (PltTrait         trait,
                                      PltPersonRecord *a,
                                      PltPersonRecord *b,
                                      PltNameCensus   *census);

G_END_DECLS
