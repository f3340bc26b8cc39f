/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures as they come from the office, PNG or JPEG: decoded in a thread, because a photograph
 * takes longer than a frame lasts. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void        plt_texture_load_async  (GBytes               *image,
                                     int                   width_px,
                                     int                   height_px,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GdkTexture *plt_texture_load_finish (GAsyncResult         *result,
                                     GError              **error);

void        plt_texture_show        (GtkPicture           *picture,
                                     GBytes               *image,
                                     int                   width_px,
                                     int                   height_px);
gboolean    plt_texture_is_damaged  (GtkPicture           *picture);

G_END_DECLS
