/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field to sign in with a pen on a tablet, a finger or the mouse. How hard the pen is pressed does not
 * matter: the line has one width, as the stored picture has. Signal "changed": strokes came or went. */
#pragma once

#include <gtk/gtk.h>

#include "plt-picture-strokes.h"

G_BEGIN_DECLS

#define PLT_TYPE_SIGNATURE_PAD (plt_signature_pad_get_type ())
G_DECLARE_FINAL_TYPE (PltSignaturePad, plt_signature_pad, PLT, SIGNATURE_PAD, GtkWidget)

/* (transfer none) */
const PltStrokes *plt_signature_pad_get_strokes (PltSignaturePad *self);
/* Takes the last stroke back; what is being drawn ends. */
void              plt_signature_pad_undo        (PltSignaturePad *self);
void              plt_signature_pad_clear       (PltSignaturePad *self);

G_END_DECLS
