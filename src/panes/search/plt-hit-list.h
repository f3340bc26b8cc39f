/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of search finds, as it is typed; without one, whom this person looked up last. */
#pragma once

#include <adwaita.h>

#include "plt-person-search.h"

G_BEGIN_DECLS

#define PLT_TYPE_HIT_LIST (plt_hit_list_get_type ())
G_DECLARE_FINAL_TYPE (PltHitList, plt_hit_list, PLT, HIT_LIST, AdwBin)

/* Signal "opened" (PltPersonHit): this one is meant. */
void     plt_hit_list_set_office  (PltHitList *self,
                                   PltOffice  *office);
void     plt_hit_list_find        (PltHitList *self,
                                   const char *text);
gboolean plt_hit_list_focus_first (PltHitList *self);
void     plt_hit_list_open_first  (PltHitList *self);

G_END_DECLS
