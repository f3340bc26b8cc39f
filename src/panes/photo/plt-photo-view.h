/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A shot with the frame of the portrait over it: guides for eyes, chin and crown, the places of what is
 * wrong marked and numbered. The frame is moved with the arrow keys or by dragging, made smaller and
 * larger with + and −, turned with [ and ]; 0 puts it back. Signal "moved": it was. */
#pragma once

#include <gtk/gtk.h>

#include "plt-photo-check.h"

G_BEGIN_DECLS

#define PLT_TYPE_PHOTO_VIEW (plt_photo_view_get_type ())
G_DECLARE_FINAL_TYPE (PltPhotoView, plt_photo_view, PLT, PHOTO_VIEW, GtkWidget)

/* @photo: (nullable). @crop: (nullable): where the frame is; NULL: where the face suggests. */
void                plt_photo_view_show         (PltPhotoView        *self,
                                                 PltPhoto            *photo,
                                                 const PltPhotoCrop  *crop);
/* What a camera sees now, instead of a shot. @paintable: (nullable). */
void                plt_photo_view_show_live    (PltPhotoView        *self,
                                                 GdkPaintable        *paintable);
const PltPhotoCrop *plt_photo_view_get_crop     (PltPhotoView        *self);
/* @findings: (nullable) (element-type PltPhotoFinding): of the frame as it is now. */
void                plt_photo_view_set_findings (PltPhotoView        *self,
                                                 GPtrArray           *findings);

G_END_DECLS
