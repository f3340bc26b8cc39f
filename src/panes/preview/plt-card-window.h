/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card for the citizen's eyes, on a screen that is turned to them: nothing else is on it. */
#pragma once

#include <adwaita.h>

#include "plt-card-changes.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_WINDOW (plt_card_window_get_type ())
G_DECLARE_FINAL_TYPE (PltCardWindow, plt_card_window, PLT, CARD_WINDOW, GtkWindow)

/* Signal "answered" (gboolean confirmed): the citizen pressed it. */

typedef enum
{
  PLT_CARD_WINDOW_SHOWS,   /* there is nothing to answer yet */
  PLT_CARD_WINDOW_ASKS,
  PLT_CARD_WINDOW_THANKS,  /* confirmed */
  PLT_CARD_WINDOW_LISTENS, /* something is wrong: the citizen may still confirm it */
  PLT_CARD_WINDOW_FAILED,  /* the answer was not kept */
} PltCardWindowAsked;

GtkWidget *plt_card_window_new         (GtkWidget     *beside,
                                        GSettings     *settings);
void       plt_card_window_set_card    (PltCardWindow *self,
                                        PltLayout     *layout,
                                        PltCardInputs *inputs);
void       plt_card_window_set_changes (PltCardWindow *self,
                                        GPtrArray     *changes);
void       plt_card_window_set_asked   (PltCardWindow *self,
                                        PltCardWindowAsked asked);

G_END_DECLS
