/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way in which a registry writes its dates: a pattern of YYYY, MM or M or MON, DD or D and what
 * stands between, or a moment (“date-time”, “epoch-s”, “epoch-ms”) that is a day in some zone. */
#pragma once

#include <glib.h>

#include "plt-date.h"

G_BEGIN_DECLS

typedef struct _PltDatePattern PltDatePattern;

PltDatePattern *plt_date_pattern_new        (const char           *format,
                                             const char           *zone,
                                             const char * const   *months);
void            plt_date_pattern_free       (PltDatePattern       *self);
gboolean        plt_date_pattern_has_zone   (const PltDatePattern *self);
gboolean        plt_date_pattern_has_months (const PltDatePattern *self);
gboolean        plt_date_pattern_read       (const PltDatePattern *self,
                                             const char           *text,
                                             PltDate              *date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDatePattern, plt_date_pattern_free)

G_END_DECLS
