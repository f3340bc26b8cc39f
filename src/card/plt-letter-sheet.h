/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet on which a card goes to its holder by post. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *office;    /* who sends it */
  const char *recipient;
  const char *address;   /* parts of it behind commas */
  const char *number;    /* of the letter: ASCII */
  const char *day;       /* as it is written */
} PltLetterWords;

/**
 * plt_letter_sheet_render:
 * @words: all of them; in the reader's language
 * @error: %PLT_CARD_ERROR_DOES_NOT_FIT where the address is longer than its window
 *
 * A sheet of A4: the address where a window envelope of DL (ISO 269) or C4 shows it, the letter's number as a Code 128
 * beside it, outside the window, a place of ID-1 for the card. What stands on the card stands nowhere on the sheet.
 *
 * Returns: (transfer full): a PDF of one page
 */
GBytes *plt_letter_sheet_render (const PltLetterWords  *words,
                                 GError               **error);

/* The same on a page of A4 that is printed: @cr in points, from the corner of the sheet. */
gboolean plt_letter_sheet_draw (cairo_t               *cr,
                                const PltLetterWords  *words,
                                GError               **error);

G_END_DECLS
