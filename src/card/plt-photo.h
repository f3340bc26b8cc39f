/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One shot of a person: upright pixels in sRGB, the faces found in it, and the frame of 35:45 that
 * becomes the portrait, as ISO/IEC 19794-5 frames a head. Loaded in a worker thread; never changes. */
#pragma once

#include <gio/gio.h>

#include "plt-layout.h"
#include "plt-picture-budgets.h"

G_BEGIN_DECLS

#define PLT_PHOTO_RATIO (35.0 / 45.0)
#define PLT_PHOTO_MIN_WIDTH 413 /* 35 mm at 300 dpi: fewer pixels would have to be invented */
#define PLT_PHOTO_MAX_TILT 8.0  /* degrees by which a picture is turned; more is taken again */

#define PLT_TYPE_PHOTO (plt_photo_get_type ())
G_DECLARE_FINAL_TYPE (PltPhoto, plt_photo, PLT, PHOTO, GObject)

/* The frame, in pixels of the picture: its middle, its height, and by how many degrees it is turned
 * clockwise. The width follows from the ratio. */
typedef struct
{
  double x, y, height, degrees;
} PltPhotoCrop;

/* Where a face is in a frame, as shares of the frame's width and height; all 0 where none was found. */
typedef struct
{
  double   left_x, left_y, right_x, right_y; /* eyes, as seen in the picture */
  double   crown_y, chin_y;                  /* estimated from the eyes */
  double   degrees;                          /* by which the line of the eyes is tilted */
  gboolean has_eyes;                         /* seen, and not taken from where eyes usually are */
} PltPhotoFace;

void         plt_photo_load_async   (GBytes               *data,
                                     const char           *name,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* (transfer full): NULL with PLT_CARD_ERROR_IMAGE and a sentence. */
PltPhoto    *plt_photo_load_finish  (GAsyncResult         *result,
                                     GError              **error);
/* The same, at once; for worker threads and tests. */
PltPhoto    *plt_photo_load         (GBytes               *data,
                                     const char           *name,
                                     GCancellable         *cancellable,
                                     GError              **error);

const char  *plt_photo_get_name     (PltPhoto             *self);
int          plt_photo_get_width    (PltPhoto             *self);
int          plt_photo_get_height   (PltPhoto             *self);
/* Rows of red, green, blue, @stride bytes apart. */
GBytes      *plt_photo_get_pixels   (PltPhoto             *self,
                                     gsize                *stride);
/* What was done to the colours, in a sentence; NULL when nothing was. (transfer full) */
char        *plt_photo_dup_remark   (PltPhoto             *self);

/* -1 where the face finder is not installed. */
int          plt_photo_get_n_faces  (PltPhoto             *self);
/* FALSE when there is none. Of several, the largest. */
gboolean     plt_photo_get_face     (PltPhoto             *self,
                                     const PltPhotoCrop   *crop,
                                     PltPhotoFace         *face);
/* About the face: chin to crown 75 % of the height, eyes level and in the middle; without a face, the
 * largest frame about the middle. Always within the picture. */
PltPhotoCrop plt_photo_suggest_crop (PltPhoto             *self);
/* The nearest frame that lies within the picture. */
PltPhotoCrop plt_photo_fit_crop     (PltPhoto             *self,
                                     const PltPhotoCrop   *crop);

/* The frame's pixels, @width wide, red, green, blue without padding. (transfer full) */
guint8      *plt_photo_sample       (PltPhoto             *self,
                                     const PltPhotoCrop   *crop,
                                     int                   width,
                                     int                   height);
/* What is stored: JPEG, baseline, 300 dpi, no metadata, of the width (at least 413) and the best quality
 * that @budget has room for; NULL: the one that ships. NULL when the frame has fewer than 413 pixels
 * across, or the budget no room for it. */
GBytes      *plt_photo_cut          (PltPhoto                 *self,
                                     const PltPhotoCrop       *crop,
                                     const PltPortraitBudget  *budget,
                                     GError                  **error);

G_END_DECLS
