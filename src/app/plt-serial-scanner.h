/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A barcode scanner in serial mode: a terminal device whose bytes come as they stand in the code, also those of
 * binary codes that no keyboard can type. */
#pragma once

#include "plt-burst.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define PLT_TYPE_SERIAL_SCANNER (plt_serial_scanner_get_type ())
G_DECLARE_FINAL_TYPE (PltSerialScanner, plt_serial_scanner, PLT, SERIAL_SCANNER, GObject)

/* Signals: "scanned" (gpointer PltBurstText): what was read, as text; what is none in hexadecimal digits.
 * "trouble" (char *text): a sentence: the device cannot be used; it is tried again. "well": it can be again. */
PltSerialScanner *plt_serial_scanner_new   (const char       *device,
                                            guint             baud);
void              plt_serial_scanner_start (PltSerialScanner *self);

/* (transfer full): the text of the @length bytes that were read together. */
char             *plt_serial_scanner_text  (const guint8     *bytes,
                                            gsize             length);

G_END_DECLS
