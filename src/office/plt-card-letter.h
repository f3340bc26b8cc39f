/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet of the letter in which a card is posted. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* Who draws includes cairo; the others need not. */
typedef struct _cairo cairo_t;

/* @json: what PLT_CARD_LIFE_LETTER answered. Returns: (transfer full): a PDF of one page of A4, in the reader's
 * language */
GBytes  *plt_card_letter_draw         (const char           *json,
                                       GError              **error);

/* The same on a page of A4 that is printed: @cr in points, from the corner of the sheet. */
gboolean plt_card_letter_draw_page    (const char           *json,
                                       cairo_t              *cr,
                                       GError              **error);

/* @name: of the print job. Returns: the number of the print job; 0 on failure */
void     plt_card_letter_print_async  (PltOffice            *office,
                                       const char           *destination,
                                       const char           *name,
                                       GBytes               *sheet,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
int      plt_card_letter_print_finish (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
