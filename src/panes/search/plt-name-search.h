/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The applications of this office whose number, ID number or holder begins with a text. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_NAME_SEARCH (plt_name_search_get_type ())
G_DECLARE_FINAL_TYPE (PltNameSearch, plt_name_search, PLT, NAME_SEARCH, AdwBin)

void plt_name_search_find (PltNameSearch *self,
                           PltOffice     *office,
                           const char    *text);

G_END_DECLS
