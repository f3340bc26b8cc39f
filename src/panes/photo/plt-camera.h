/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A camera, over GStreamer. Which element gives the picture is a setting: "auto" asks the desktop for it
 * (xdg-desktop-portal) and takes the computer's own where the desktop has no such service; "portal" does not
 * do without; "portal:WORDS" asks it, too, and gives the descriptor to the elements of WORDS as {fd}; all else
 * is elements ("v4l2src device=/dev/video0", "videotestsrc" for trying). Signal "frame" (GdkTexture *): what it sees now. Signal "failed" (const
 * char *sentence): it stopped. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PLT_TYPE_CAMERA (plt_camera_get_type ())
G_DECLARE_FINAL_TYPE (PltCamera, plt_camera, PLT, CAMERA, GObject)

PltCamera  *plt_camera_new       (void);
/* @source: as above. FALSE with a sentence in G_IO_ERROR_FAILED when there is no such element or it cannot
 * begin; where the desktop is asked, that comes by "failed". */
gboolean    plt_camera_start     (PltCamera   *self,
                                  const char  *source,
                                  GError     **error);
void        plt_camera_stop      (PltCamera   *self);
/* The last picture. (transfer none) (nullable) */
GdkTexture *plt_camera_get_frame (PltCamera   *self);

G_END_DECLS
