/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells of the issuer's keys that end soon, or sign no more: above the list of who is concerned. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_KEY_NEWS_BAR (plt_key_news_bar_get_type ())
G_DECLARE_FINAL_TYPE (PltKeyNewsBar, plt_key_news_bar, PLT, KEY_NEWS_BAR, AdwBin)

/* To be called again when somebody looks. */
void plt_key_news_bar_load (PltKeyNewsBar *self,
                            PltOffice     *office);

G_END_DECLS
