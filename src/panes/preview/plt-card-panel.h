/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the card in words, beside its picture: the elements of each page, to be walked through
 * with the keyboard and read by a screen reader; the chosen one is outlined on the board. */
#pragma once

#include <adwaita.h>

#include "plt-card-board.h"
#include "plt-card-changes.h"
#include "plt-preview.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_PANEL (plt_card_panel_get_type ())
G_DECLARE_FINAL_TYPE (PltCardPanel, plt_card_panel, PLT, CARD_PANEL, AdwBin)

void plt_card_panel_set_board    (PltCardPanel *self,
                                  PltCardBoard *board);
void plt_card_panel_set_preview  (PltCardPanel *self,
                                  PltPreview   *preview);
void plt_card_panel_set_changes  (PltCardPanel *self,
                                  GPtrArray    *changes,
                                  PltPreview   *before,
                                  const char   *note);
void plt_card_panel_set_answer   (PltCardPanel *self,
                                  const char   *text,
                                  gboolean      may_be_given);
void plt_card_panel_set_outlines (PltCardPanel *self,
                                  gboolean      shown);

G_END_DECLS
