/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG for cards and chips: baseline, optimised, 300 dpi, no metadata (ICAO Doc 9303, ISO/IEC
 * 19794-5); and the best picture that a number of bytes has room for. */
#pragma once

#include "plt-picture-budgets.h"

G_BEGIN_DECLS

/* @pixels: @n_channels bytes each, 1 (grey) or 3. */
GBytes  *plt_picture_encode_jpeg (const guint8    *pixels,
                                  int              width,
                                  int              height,
                                  int              n_channels,
                                  int              quality);

/* The best JPEG of the pixels that @budget has room for: the highest quality from its best down to 25 that
 * fits; no scaling. NULL: not even that fits. @quality: (out) (optional) */
GBytes  *plt_picture_fit_jpeg    (const guint8             *pixels,
                                  int                       width,
                                  int                       height,
                                  const PltPortraitBudget  *budget,
                                  int                      *quality);

/* Makes @portrait, as it is stored, into the best JPEG that @budget has room for: the highest quality that
 * fits, and a smaller picture only where even the lowest (25) does not. Never enlarges. @quality: (out)
 * (optional). Errors: PLT_CARD_ERROR_IMAGE where @portrait is no picture, or nothing that can still be
 * recognised (24 pixels across) fits. Takes long: for worker threads. */
GBytes  *plt_portrait_fit        (GBytes                   *portrait,
                                  const PltPortraitBudget  *budget,
                                  int                      *quality,
                                  GError                  **error);

/* The same for whoever makes many: decodes no more than @budget shows, begins at a quality that nearly always
 * fits, and takes the first that does, so that the quality is good and not the highest. What fits as it is
 * comes back as it is. Same bytes in, same bytes out. */
GBytes  *plt_portrait_fit_soon   (GBytes                   *portrait,
                                  const PltPortraitBudget  *budget,
                                  GError                  **error);

/* The same of pixels, of one channel or three; NULL where that does not fit. */
GBytes  *plt_picture_fit_jpeg_soon (const guint8            *pixels,
                                    int                      width,
                                    int                      height,
                                    int                      n_channels,
                                    const PltPortraitBudget *budget);

/* The same of a signature's ink, in grey on white; a PNG is read row by row and nothing else made of it. */
GBytes  *plt_signature_fit_soon  (GBytes                   *signature,
                                  const PltPortraitBudget  *budget,
                                  GError                  **error);

/* Whether @small, a JPEG that somebody else made, shows what @portrait shows: it need not be believed. Looks
 * at no more than an eighth of the dots. */
gboolean plt_portrait_is_same    (GBytes                   *portrait,
                                  GBytes                   *small);

G_END_DECLS
