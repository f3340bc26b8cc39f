/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a card's twin, each with what agrees and what differs in words and by a sign. */
#pragma once

#include <gtk/gtk.h>

#include "plt-twin.h"

G_BEGIN_DECLS

GtkWidget *plt_twin_rows_new_heading (void);
/* Returns: (nullable): NULL where neither the drawing nor the plastic says it, and nothing that does differs */
GtkWidget *plt_twin_rows_new_field   (const PltTwinField  *field);
/* What one carrier says that neither the drawing nor the plastic does. */
GtkWidget *plt_twin_rows_new_other   (const PltTwinField  *field);
GtkWidget *plt_twin_rows_new_source  (const PltTwinSource *source);
GtkWidget *plt_twin_rows_new_hash    (const PltTwinHash   *hash);
GtkWidget *plt_twin_rows_new_event   (const PltTwinEvent  *event);

G_END_DECLS
