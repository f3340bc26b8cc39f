/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picture files as other programs write them, made when the tests run: one plain picture in two halves,
 * the upper orange and the lower blue, in every format, depth and colour that people bring. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PICTURE_WIDTH 500
#define PICTURE_HEIGHT 640
#define PICTURE_UPPER 0xe07020
#define PICTURE_LOWER 0x2040c0

GBytes *picture_file_jpeg_cmyk (gboolean  has_adobe_marker,
                                GBytes   *profile);
GBytes *picture_file_jpeg_rgb  (GBytes   *profile);
/* @bits: 8 or 16. */
GBytes *picture_file_png       (int       bits,
                                GBytes   *exif);
/* @n_pages, and @is_thumbnail: the second is a smaller picture of the first. */
GBytes *picture_file_tiff      (int       bits,
                                gboolean  is_cmyk,
                                int       orientation,
                                int       n_pages,
                                gboolean  is_thumbnail);
GBytes *picture_file_webp      (gboolean  is_lossless);
GBytes *picture_file_webp_animated (void);

/* A profile whose red is the green of sRGB and the other way about: nobody can miss that it was used. */
GBytes *picture_profile_swapped (void);
GBytes *picture_profile_srgb    (void);
/* Four inks, of which cyan alone says how light it is: a press that prints grey. */
GBytes *picture_profile_ink     (void);

G_END_DECLS
