/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps what a barcode scanner in keyboard mode types away from the widgets of a window. */
#pragma once

#include "plt-burst.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @from: the window that had the keyboard */
typedef void (* PltScannedFunc) (GtkWindow          *from,
                                 const PltBurstText *scan,
                                 gpointer            owner);
typedef gboolean (* PltScannableFunc) (gpointer owner);

void plt_scanner_watch (GtkWindow        *window,
                        PltScannableFunc  may_scan,
                        PltScannedFunc    scanned,
                        gpointer          owner);

G_END_DECLS
