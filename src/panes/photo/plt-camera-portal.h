/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the desktop for the camera (org.freedesktop.portal.Camera): the person at the desk allows it there, and
 * a program in a sandbox gets it no other way. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void plt_camera_portal_open_async  (GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* Returns: a descriptor of PipeWire that shows cameras only, the caller's to close; -1 with
 * G_IO_ERROR_NOT_SUPPORTED: this desktop has no such service; G_IO_ERROR_NOT_FOUND: it knows of no camera;
 * G_IO_ERROR_PERMISSION_DENIED: it was refused; G_IO_ERROR_FAILED. Each but the first is a sentence. */
int  plt_camera_portal_open_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
