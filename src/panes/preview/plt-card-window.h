/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card for the citizen's eyes, on a screen that is turned to them: nothing else is on it. */
#pragma once

#include <adwaita.h>

#include "plt-card-changes.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_WINDOW (plt_card_window_get_type ())
G_DECLARE_FINAL_TYPE (PltCardWindow, plt_card_window, PLT, CARD_WINDOW, GtkWindow)

GtkWidget *plt_card_window_new         (GtkWidget     *beside,
                                        GSettings     *settings);
void       plt_card_window_set_card    (PltCardWindow *self,
                                        PltLayout     *layout,
                                        PltCardInputs *inputs);
void       plt_card_window_set_changes (PltCardWindow *self,
                                        GPtrArray     *changes);

G_END_DECLS
