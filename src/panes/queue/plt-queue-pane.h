/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work queue: this office's applications by state, newest change first, live. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_QUEUE_PANE (plt_queue_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltQueuePane, plt_queue_pane, PLT, QUEUE_PANE, AdwBin)

GtkWidget *plt_queue_pane_new (PltOffice *office);

G_END_DECLS
