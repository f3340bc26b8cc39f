/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent to a calibrated printer: the drawing of a card file, moved. The card file itself, its
 * data and its signature stay where they are. */
#pragma once

#include <gio/gio.h>

#include "plt-print-measure.h"

G_BEGIN_DECLS

GBytes *plt_print_copy_new (GBytes                 *file,
                            const PltPrintMeasure  *measure,
                            GError                **error);

G_END_DECLS
