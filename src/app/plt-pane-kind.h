/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panes of the window, in the order of its sidebar. */
#pragma once

#include <gtk/gtk.h>

#include "plt-office.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_PANE_SEARCH,
  PLT_PANE_EDITOR,
  PLT_PANE_QUEUE,
  PLT_PANE_PREVIEW,
  PLT_PANE_ROOM,
  PLT_PANE_REGISTRIES,
  PLT_PANE_DECISIONS,
  PLT_PANE_LAYOUTS,
  PLT_PANE_VERIFY,
  PLT_N_PANES,
} PltPaneKind;

GtkWidget  *plt_pane_kind_new      (PltPaneKind  pane,
                                    PltOffice   *office);
const char *plt_pane_kind_get_name (PltPaneKind  pane);
gboolean    plt_pane_kind_find     (const char  *name,
                                    PltPaneKind *pane);
gboolean    plt_pane_kind_is_for   (PltPaneKind  pane,
                                    PltSession  *session);

G_END_DECLS
