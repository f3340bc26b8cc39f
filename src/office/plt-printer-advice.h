/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do now about a printer in trouble. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* @printer: of a PltPrinterList. Returns: (nullable): a sentence or two; NULL: nothing is to be done */
const char *plt_printer_advice_find (GObject *printer);

G_END_DECLS
