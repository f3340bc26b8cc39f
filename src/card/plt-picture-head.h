/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture file says about itself, read without decoding it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *format; /* "jpeg" or "png": the name of gdk-pixbuf's loader */
  int         width, height;
  int         components; /* of a JPEG */
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
