/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window in which somebody signs: with a pen, a finger or the mouse; or, without any of them, with a scan
 * from a file or the clipboard. Signal "scan" (GBytes *data, const char *name, int origin): a picture was
 * chosen instead, and the window has closed. Signal "signed" (GBytes *png): where there is no case to store it
 * in, what was written, and the window has closed. */
#pragma once

#include <adwaita.h>

#include "plt-case-photo.h"

G_BEGIN_DECLS

#define PLT_TYPE_SIGNATURE_DESK (plt_signature_desk_get_type ())
G_DECLARE_FINAL_TYPE (PltSignatureDesk, plt_signature_desk, PLT, SIGNATURE_DESK, AdwWindow)

/* Opens it over @parent. It closes when the signature has been stored. @kase: (nullable): none, then whoever
 * asked takes what was written. (transfer none) */
PltSignatureDesk *plt_signature_desk_open (GtkWidget *parent,
                                           PltCase   *kase);

G_END_DECLS
