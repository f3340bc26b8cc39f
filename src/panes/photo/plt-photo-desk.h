/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a photograph is taken, framed and chosen: a window over the editor with several shots side by
 * side, the last ones on record, and what the checks say. */
#pragma once

#include <adwaita.h>

#include "plt-case-photo.h"

G_BEGIN_DECLS

#define PLT_TYPE_PHOTO_DESK (plt_photo_desk_get_type ())
G_DECLARE_FINAL_TYPE (PltPhotoDesk, plt_photo_desk, PLT, PHOTO_DESK, AdwWindow)

/* Opens over @parent's window. @camera_source: of GStreamer. */
PltPhotoDesk *plt_photo_desk_open     (GtkWidget      *parent,
                                       PltCase        *kase,
                                       const char     *camera_source);
/* A picture to begin with, or another one. */
void          plt_photo_desk_add      (PltPhotoDesk   *self,
                                       GBytes         *data,
                                       const char     *name,
                                       PltPhotoOrigin  origin);

G_END_DECLS
