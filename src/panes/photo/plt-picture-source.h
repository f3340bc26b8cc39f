/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where pictures come from: a file that is chosen, the clipboard, what is dropped on a widget, a frame of the
 * camera. Signal "picture" (GBytes *data, const char *name, int origin): the file as it is, and from where
 * (PltPhotoOrigin). Signal "failed" (const char *sentence): nothing came, and why. Read without blocking,
 * bounded to 20 MB; what it is, is the office's to judge. */
#pragma once

#include <gtk/gtk.h>

#include "plt-case-photo.h"

G_BEGIN_DECLS

#define PLT_TYPE_PICTURE_SOURCE (plt_picture_source_get_type ())
G_DECLARE_FINAL_TYPE (PltPictureSource, plt_picture_source, PLT, PICTURE_SOURCE, GObject)

/* Takes what is dropped on @widget, which keeps it and stops it when it is disposed of. @title: of the file
 * chooser. (transfer full) */
PltPictureSource *plt_picture_source_new          (GtkWidget        *widget,
                                                   const char       *title);
/* FALSE: nothing may be dropped. */
void              plt_picture_source_set_open     (PltPictureSource *self,
                                                   gboolean          is_open);
void              plt_picture_source_choose_file  (PltPictureSource *self);
void              plt_picture_source_read_file    (PltPictureSource *self,
                                                   GFile            *file,
                                                   PltPhotoOrigin    origin);
void              plt_picture_source_paste        (PltPictureSource *self);
/* @name: for messages */
void              plt_picture_source_take_texture (PltPictureSource *self,
                                                   GdkTexture       *texture,
                                                   const char       *name,
                                                   PltPhotoOrigin    origin);
/* Lets go of what is being read, and of the chooser: nothing comes of them any more. */
void              plt_picture_source_stop         (PltPictureSource *self);

G_END_DECLS
