/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells whether this computer has the layouts that were approved: above the list of who is concerned. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_LAYOUT_NEWS_BAR (plt_layout_news_bar_get_type ())
G_DECLARE_FINAL_TYPE (PltLayoutNewsBar, plt_layout_news_bar, PLT, LAYOUT_NEWS_BAR, AdwBin)

/* To be called again when the files may have changed; what people decide it learns by itself. */
void plt_layout_news_bar_load (PltLayoutNewsBar *self,
                               PltOffice        *office);

G_END_DECLS
