/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card to draw, made from nothing but this program: drawn face, drawn signature, fixed data. */
#pragma once

#include "plt-card-renderer.h"

G_BEGIN_DECLS

#define SAMPLE_MRZ "D1UTO74219936<<<<<<0DEGARD<<<4"

PltLayout     *sample_layout_new       (void);
char          *sample_layout_get_path  (void);
PltCardInputs *sample_inputs_new       (void);
GBytes        *sample_portrait_jpeg    (int width, int height);
GBytes        *sample_signature_png    (void);
GBytes        *sample_payload          (void);
char          *sample_qr_text          (int length);

G_END_DECLS
