/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ID numbers that are one person, or that somebody says are: what was done to each link and why, and
 * what may be done now. Two persons link them and two take them apart; nothing of either record is
 * changed by it. Kept fresh while it lives. */
#pragma once

#include <gtk/gtk.h>

#include "plt-lookup.h"

G_BEGIN_DECLS

#define PLT_TYPE_LINK_LIST (plt_link_list_get_type ())
G_DECLARE_FINAL_TYPE (PltLinkList, plt_link_list, PLT, LINK_LIST, GtkWidget)

/* Property "empty" (gboolean), notifying: there is no link to show, and nothing to say. */
void plt_link_list_set_office (PltLinkList *self,
                               PltOffice   *office);
/* Shows the links of one number, or (NULL) those of all. */
void plt_link_list_load       (PltLinkList *self,
                               const char  *id_number);
/* Asks which other number is the same person as the one that is shown. */
void plt_link_list_ask        (PltLinkList *self,
                               PltLookup   *lookup);

G_END_DECLS
