/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the driver of a queue offers: the choices of its PPD file, which IPP does not tell. */
#pragma once

#include <cups/cups.h>

#include "plt-print-profile.h"

G_BEGIN_DECLS

/* (transfer full) (element-type PltProfileOption, which belong to @profile): those to send with a
 * job. @missing: (nullable): gets “name=value” of those that must be offered and are not */
GPtrArray *plt_print_offer_choose   (http_t           *http,
                                     const char       *destination,
                                     PltPrintProfile  *profile,
                                     char            **missing);
/* Whether the text of a PPD file has this choice. */
gboolean   plt_print_offer_is_in    (const char       *ppd,
                                     const char       *name,
                                     const char       *value);

G_END_DECLS
