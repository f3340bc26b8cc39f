/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recalls in the print room: proposed, confirmed by another person, and what is still to be done with each card. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_RECALLS_PAGE (plt_recalls_page_get_type ())
G_DECLARE_FINAL_TYPE (PltRecallsPage, plt_recalls_page, PLT, RECALLS_PAGE, AdwBin)

void plt_recalls_page_set_office   (PltRecallsPage *self,
                                    PltOffice      *office);
/* @printers: (nullable): while somebody looks */
void plt_recalls_page_set_printers (PltRecallsPage *self,
                                    GListModel     *printers);

G_END_DECLS
