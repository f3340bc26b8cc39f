/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds faces and their eyes in a picture. The cascades are OpenCV's (Debian's package opencv-data):
 * frontalface_alt2, which gave no false faces where frontalface_default did, and eye. */
#pragma once

#include "plt-face-cascade.h"

G_BEGIN_DECLS

/* In pixels of the picture; left and right as seen in it. */
typedef struct
{
  double   x, y, size;   /* the square that the cascade was trained on: brows to mouth */
  double   left_x, left_y, right_x, right_y; /* centres of the eyes */
  gboolean has_eyes;     /* seen; otherwise taken from where eyes are in a face */
} PltFace;

/* (element-type PltFace) (transfer full): largest first; empty where there is none. NULL when the
 * cascades are not on this computer. @grey: some hundred pixels high are enough and quick. */
GArray   *plt_face_find       (const PltGrey *grey);
gboolean  plt_face_can_find   (void);

G_END_DECLS
