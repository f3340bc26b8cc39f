/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card's digital twin in a window of its own: what the record said, what was drawn, drawn again now, and what was
 * read back from the plastic, beside each other; every difference is marked, and so is every hash. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_TWIN_WINDOW (plt_twin_window_get_type ())
G_DECLARE_FINAL_TYPE (PltTwinWindow, plt_twin_window, PLT, TWIN_WINDOW, AdwWindow)

/* @number: of a card, or of an application for the newest of its cards that was drawn. The window reads it, and goes
 * when who reads it signs out. */
GtkWindow *plt_twin_window_new (GtkWidget  *beside,
                                PltOffice  *office,
                                const char *number);

G_END_DECLS
