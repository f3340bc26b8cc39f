/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which layouts may be used: the files of this desk that nobody has proposed, then what was proposed,
 * newest first, to be let in or not. */
#pragma once

#include <adwaita.h>

#include "plt-layout-watch.h"
#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_VERSION_LIST (plt_version_list_get_type ())
G_DECLARE_FINAL_TYPE (PltVersionList, plt_version_list, PLT, VERSION_LIST, AdwBin)

void plt_version_list_set_office (PltVersionList *self,
                                  PltOffice      *office,
                                  PltLayoutWatch *watch);
/* Reads again what people did. */
void plt_version_list_load       (PltVersionList *self);

G_END_DECLS
