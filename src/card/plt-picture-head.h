/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture file says about itself, read without decoding it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_PICTURE_FORMAT_JPEG,
  PLT_PICTURE_FORMAT_PNG,
  PLT_PICTURE_FORMAT_TIFF,
  PLT_PICTURE_FORMAT_WEBP,
} PltPictureFormat;

typedef struct
{
  PltPictureFormat format;
  int              width, height; /* 0 where only the decoder can tell */
} PltPictureHead;

gboolean plt_picture_head_read (GBytes          *data,
                                const char      *name,
                                PltPictureHead  *head,
                                GError         **error);

/* plt-picture-ink.c: from a flattened picture to trimmed black ink on transparent, as PNG. */
struct _GdkPixbuf;
GBytes  *plt_picture_extract_ink (struct _GdkPixbuf  *pixbuf,
                                  const char         *name,
                                  GError            **error);

G_END_DECLS
