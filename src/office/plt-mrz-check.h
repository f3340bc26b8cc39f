/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares the machine-readable line that stands on a card with the record, field by field. */
#pragma once

#include "plt-card-mrz.h"
#include "plt-licence-data.h"

G_BEGIN_DECLS

GPtrArray *plt_mrz_check_compare (PltLicenceData   *record,
                                  PltCardMrzManner  manner,
                                  const char       *drawn,
                                  const char       *found);

G_END_DECLS
