/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: signing in, the command bar, and one pane at a time. Panes are made when they are
 * first shown, so that the first frame waits for none of them. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_WINDOW (plt_window_get_type ())
G_DECLARE_FINAL_TYPE (PltWindow, plt_window, PLT, WINDOW, AdwApplicationWindow)

/* @office: (nullable): %NULL when it could not be set up; @trouble says why. */
PltWindow *plt_window_new            (GtkApplication *application,
                                      PltOffice      *office,
                                      const char     *trouble);
/* @pane: "search", "editor", "queue", "preview" or "room"; shown after signing in. */
void       plt_window_set_first_pane (PltWindow      *self,
                                      const char     *pane);

G_END_DECLS
