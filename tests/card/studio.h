/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes photographs of the faces that the demo draws. */
#pragma once

#include "plt-photo.h"

/* @scale: 1 is the drawing as high as the shot; @x, @y: where the eyes are, in shares of the shot's size;
 * @spoil: what is done to the dots, or NULL. */
typedef struct
{
  int         width, height;
  double      scale, x, y, degrees;
  void      (*spoil) (guint8 *rgb, int width, int height);
} Scene;

PltPhoto *studio_shoot (const Scene *scene,
                        guint64      seed);
