/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which card a person means: the one that is named where the keyboard is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For rows that draw their text themselves. @number: (nullable): of a card or an application */
void  plt_named_card_say  (GtkWidget  *row,
                           const char *number);

/* @focus: (nullable): where the keyboard is
 * Returns: (transfer full) (nullable): the number of the card that is named there, else in what holds it; else that of
 *   the application. NULL: none is, or several are. */
char *plt_named_card_find (GtkWidget  *focus);

G_END_DECLS
