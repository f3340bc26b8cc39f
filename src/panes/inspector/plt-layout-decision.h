/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What supervisors and administrators say to versions of layouts and to the rules that choose them. */
#pragma once

#include "plt-layout-versions.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  const char    *action;
  const char    *heading, *body, *verb; /* of the dialog that asks for the reason; not yet translated */
  PltLayoutsAct  act;
} PltLayoutDecision;

gboolean plt_layout_decision_is_allowed (PltOffice               *office);
gboolean plt_layout_decision_ask        (GtkWidget               *list,
                                         const PltLayoutDecision *decisions,
                                         gsize                    n_decisions,
                                         const char              *action,
                                         GAsyncReadyCallback      callback,
                                         PltLayoutsAct           *act);

G_END_DECLS
