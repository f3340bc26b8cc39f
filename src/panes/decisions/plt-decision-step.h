/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of what a person decided in a list: what its dialog kept and what was told of before are gone. */
#pragma once

#include <gtk/gtk.h>

#include "plt-notice.h"

G_BEGIN_DECLS

/* @view: which asked for the reason; @error: those of plt_decisions_run_finish(). */
gboolean plt_decision_step_finish (GtkWidget     *view,
                                   PltNotice     *notice,
                                   GAsyncResult  *result,
                                   GError       **error);

G_END_DECLS
