/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far something is, as a pill: its title on a ground that says whether it waits, goes on, is
 * done or came to nothing. The title says the same in words. */
#pragma once

#include <gtk/gtk.h>

#include "plt-application.h"
#include "plt-card.h"

G_BEGIN_DECLS

void plt_pill_show_application (GtkLabel            *label,
                                PltApplicationState  state);
void plt_pill_show_card        (GtkLabel            *label,
                                PltCardState         state);

G_END_DECLS
