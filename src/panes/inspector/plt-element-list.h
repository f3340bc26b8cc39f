/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every element of a layout on one record, with its data: what it shows, to what it is bound, how
 * large it came out, on which layer, where in the file. The chosen one is outlined on the board, and
 * what is pressed there is chosen here. */
#pragma once

#include <adwaita.h>

#include "plt-card-board.h"

G_BEGIN_DECLS

#define PLT_TYPE_ELEMENT_LIST (plt_element_list_get_type ())
G_DECLARE_FINAL_TYPE (PltElementList, plt_element_list, PLT, ELEMENT_LIST, AdwBin)

void plt_element_list_set_board (PltElementList *self,
                                 PltCardBoard   *board);
/* Both NULL: nothing is listed. */
void plt_element_list_set_card  (PltElementList *self,
                                 PltLayout      *layout,
                                 PltCardInputs  *inputs);
/* The next one or, with -1, the one before, wherever the focus is. */
void plt_element_list_step      (PltElementList *self,
                                 int             step);

G_END_DECLS
