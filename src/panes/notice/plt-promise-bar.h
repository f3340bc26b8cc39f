/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Warns whoever takes an application in before they promise a card for which there is no stock. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_PROMISE_BAR (plt_promise_bar_get_type ())
G_DECLARE_FINAL_TYPE (PltPromiseBar, plt_promise_bar, PLT, PROMISE_BAR, AdwBin)

/* @promises: whether the application that is shown can be submitted here, and does not count yet */
void plt_promise_bar_set (PltPromiseBar *self,
                          PltOffice     *office,
                          gboolean       promises);

G_END_DECLS
