/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person at a glance: who it is, what must be seen first, what each registry says and where they
 * disagree, what this office has. Its buttons name actions of the pane it stands in: "search.renew",
 * "search.new", "search.replace", "search.link", "search.ask-again". Focus goes to the step that is suggested. */
#pragma once

#include <adwaita.h>

#include "plt-lookup.h"

G_BEGIN_DECLS

#define PLT_TYPE_PERSON_VIEW (plt_person_view_get_type ())
G_DECLARE_FINAL_TYPE (PltPersonView, plt_person_view, PLT, PERSON_VIEW, AdwBin)

/* Keeps a reference to @lookup and shows how it stands. */
void plt_person_view_set_lookup    (PltPersonView *self,
                                    PltLookup     *lookup);
/* Shows the look-up as it stands now; to be called when a registry has answered or is asked again. */
void plt_person_view_show          (PltPersonView *self);
/* Whether it is known who this is and whether there is a licence; only then a step is suggested. */
gboolean plt_person_view_is_settled (PltPersonView *self);
/* Once, before anything is shown: whose links are listed. */
void plt_person_view_set_office    (PltPersonView *self,
                                    PltOffice     *office);
/* Whether another ID number may be said to be this person's, too; and asking for it. */
void plt_person_view_set_linkable  (PltPersonView *self,
                                    gboolean       linkable);
void plt_person_view_ask_link      (PltPersonView *self);
/* Whether the steps that start an application are offered at all. */
void plt_person_view_set_startable (PltPersonView *self,
                                    gboolean       startable);

G_END_DECLS
