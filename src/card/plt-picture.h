/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounded import of portraits and signatures: magic not name, limits before decoding (20 MB, 40
 * megapixels, 10 s), EXIF orientation, every colour made sRGB, metadata dropped. */
#pragma once

#include <gio/gio.h>

#include "plt-layout.h"

G_BEGIN_DECLS

#define PLT_PICTURE_MAX_BYTES (20 * 1024 * 1024)
#define PLT_PICTURE_MAX_PIXELS (40 * 1000 * 1000)

typedef enum
{
  PLT_PICTURE_PORTRAIT,  /* cropped to 35:45 about the face, JPEG of as many bytes as a record has (plt-picture-budgets.h) */
  PLT_PICTURE_SIGNATURE, /* black on transparent, lines of one width (plt-picture-strokes.h), PNG */
} PltPictureKind;

/* Decodes @data in a worker thread. @name is used in messages only. The bytes that come back are
 * what is stored and printed. */
void     plt_picture_import_async  (GBytes               *data,
                                    const char           *name,
                                    PltPictureKind        kind,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
GBytes  *plt_picture_import_finish (GAsyncResult         *result,
                                    GError              **error);

/* The same, at once; for worker threads and tests. */
GBytes  *plt_picture_import        (GBytes               *data,
                                    const char           *name,
                                    PltPictureKind        kind,
                                    GError              **error);

G_END_DECLS
