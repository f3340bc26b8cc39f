/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile of a printer, by what the scheduler says of its make. Blocking. */
#pragma once

#include <cups/cups.h>

#include "plt-print-profile.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): @folders: of profiles; may be NULL */
PltPrintProfile *plt_print_make_find (http_t             *http,
                                      const char *const  *folders,
                                      const char         *destination);
/* For a card: a class is refused. @profile: (out) (transfer full) (nullable) */
gboolean         plt_print_make_look (http_t             *http,
                                      GPtrArray          *profiles,
                                      const char         *destination,
                                      PltPrintProfile   **profile,
                                      GError            **error);

G_END_DECLS
