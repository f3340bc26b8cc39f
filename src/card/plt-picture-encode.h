/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG for cards and chips: baseline, optimised, 300 dpi, no metadata (ICAO Doc 9303, ISO/IEC
 * 19794-5); and the best picture that a number of bytes has room for. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a portrait is made for, smallest last. */
typedef enum
{
  PLT_PORTRAIT_MOBILE,  /* mobile licence: at most 100 000 bytes, 480 wide */
  PLT_PORTRAIT_CHIP,    /* DG4 and DG6: at most 15 000 bytes, 337 wide (ISO/IEC 18013-2) */
  PLT_PORTRAIT_BARCODE, /* at most 700 bytes, 60 wide, grey: for the eye beside the code */
} PltPortraitUse;

/* @pixels: @n_channels bytes each, 1 (grey) or 3. */
GBytes  *plt_picture_encode_jpeg (const guint8    *pixels,
                                  int              width,
                                  int              height,
                                  int              n_channels,
                                  int              quality);

/* Makes @portrait, as it is stored, into the best JPEG of at most @max_bytes and @max_width: the highest
 * quality that fits, and a smaller picture only where even the lowest (@min_quality) does not. Never
 * enlarges. @quality: (out) (optional). Errors: PLT_CARD_ERROR_IMAGE where @portrait is no picture, or
 * nothing that can still be recognised (24 pixels across) fits. Takes long: for worker threads. */
GBytes  *plt_portrait_fit        (GBytes          *portrait,
                                  int              max_width,
                                  gsize            max_bytes,
                                  gboolean         is_grey,
                                  int             *quality,
                                  GError         **error);
GBytes  *plt_portrait_make       (GBytes          *portrait,
                                  PltPortraitUse   use,
                                  int             *quality,
                                  GError         **error);

G_END_DECLS
