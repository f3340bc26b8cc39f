/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet of the letter in which a card is posted, printed from the window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for a printer of paper, and prints. @json: what PLT_CARD_LIFE_LETTER answered. @settings: (inout) (nullable):
 * the printer that was chosen last, offered first. FALSE without @error: the person thought better of it. */
gboolean plt_letter_paper_print (GtkWidget         *parent,
                                 const char        *json,
                                 GtkPrintSettings **settings,
                                 GError           **error);

G_END_DECLS
