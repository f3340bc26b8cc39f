/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A citizen at a glance: what each registry says, where they disagree, what this office has. */
#pragma once

#include <adwaita.h>

#include "plt-application.h"
#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_SEARCH_PANE (plt_search_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltSearchPane, plt_search_pane, PLT, SEARCH_PANE, AdwBin)

GtkWidget *plt_search_pane_new     (PltOffice          *office);

/* An ID number asks the registries, anything else searches this office's applications. */
void       plt_search_pane_look_up (PltSearchPane      *self,
                                    const char         *text);
/* Looks @id_number up and starts an application as soon as that is known. */
void       plt_search_pane_start   (PltSearchPane      *self,
                                    const char         *id_number,
                                    PltApplicationType  type);

G_END_DECLS
