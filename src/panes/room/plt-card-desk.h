/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One card in the hand: what it is, what to do now, its read-back field by field, and the steps
 * that its state and the role of whoever looks allow. Its actions are called "room.…". */
#pragma once

#include <adwaita.h>

#include "plt-card.h"
#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_DESK (plt_card_desk_get_type ())
G_DECLARE_FINAL_TYPE (PltCardDesk, plt_card_desk, PLT, CARD_DESK, AdwBin)

/* Must be called once, before a card is set. */
void      plt_card_desk_set_office  (PltCardDesk *self,
                                     PltOffice   *office);
/* @card: (nullable): followed while it is shown; what was typed for another one is forgotten */
void      plt_card_desk_set_card    (PltCardDesk *self,
                                     PltCard     *card);
/* @printers: (nullable): rows with "destination" and "title", by which printers are named here */
void      plt_card_desk_set_printers (PltCardDesk *self,
                                      GListModel  *printers);
PltCard  *plt_card_desk_get_card    (PltCardDesk *self);
/* Signals: "checked": the card was read back and is right. "answered": one that was asked about has its
 * answer, or has none yet. */
void      plt_card_desk_ask         (PltCardDesk *self,
                                     int          left);
/* Whether the card that is shown is one that can be read back. */
gboolean  plt_card_desk_is_readable (PltCardDesk *self);
/* Whether it is one that this person can hand over, for which it may be scanned again. */
gboolean  plt_card_desk_is_handed_over
                                    (PltCardDesk *self);
/* Whether @text is written as the serial of a blank is. */
gboolean  plt_card_desk_is_serial   (const char  *text);
/* Whether @text is the serial of a blank and a card whose code was scanned awaits it: then it is read back. */
gboolean  plt_card_desk_take_serial (PltCardDesk *self,
                                     const char  *text);
/* Reads the card back with the text of a scanned code, or keeps the text for the hand-over. */
void      plt_card_desk_scan        (PltCardDesk *self,
                                     const char  *text);

G_END_DECLS
