/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the decoders of picture files: one file each, all of them bounded in time, all giving
 * upright pixels in sRGB. */
#pragma once

#include "plt-picture-head.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Longer than any honest picture of 40 megapixels takes. */
#define PLT_PICTURE_MAX_SECONDS 10

/* What is known of a picture while it is decoded. */
typedef struct
{
  const char   *name;         /* for messages */
  GCancellable *cancellable;  /* (nullable) */
  gint64        deadline;     /* monotonic, in microseconds */
  gboolean      is_late;      /* the deadline was reached */
  int           orientation;  /* EXIF's 1 to 8 */
  GBytes       *profile;      /* (nullable): of the pixels given back; CMYK is converted already */
  gboolean      is_cmyk;
  gboolean      is_converted; /* another colour profile than sRGB was applied */
} PltPictureJob;

typedef enum
{
  PLT_PICTURE_FAULT_DAMAGED,
  PLT_PICTURE_FAULT_TRUNCATED,
  PLT_PICTURE_FAULT_ANIMATED,
  PLT_PICTURE_FAULT_PAGES,
  PLT_PICTURE_FAULT_TOO_SLOW,
  PLT_PICTURE_FAULT_KIND, /* a way of storing that no decoder here knows */
} PltPictureFault;

void       plt_picture_job_clear   (PltPictureJob   *job);
/* Asked between two pieces of work: TRUE when there is no time left or nobody waits any more. */
gboolean   plt_picture_job_is_over (PltPictureJob   *job);
/* Sets the sentence for @fault, or what ended the job. Returns NULL, for the decoder to return. */
GdkPixbuf *plt_picture_job_fail    (PltPictureJob   *job,
                                    PltPictureFault  fault,
                                    GError         **error);
gboolean   plt_picture_job_check_size (PltPictureJob *job,
                                       gint64         width,
                                       gint64         height,
                                       GError       **error);

/* Each gives RGB or RGBA of 8 bits, as stored in the file (not yet upright), or NULL. */
GdkPixbuf *plt_picture_decode_jpeg (GBytes *data, PltPictureJob *job, GError **error);
GdkPixbuf *plt_picture_decode_png  (GBytes *data, PltPictureJob *job, GError **error);
GdkPixbuf *plt_picture_decode_tiff (GBytes *data, PltPictureJob *job, GError **error);
GdkPixbuf *plt_picture_decode_webp (GBytes *data, PltPictureJob *job, GError **error);

/* Whole: head, decoder, profile, orientation. @job is filled; the caller clears it. */
GdkPixbuf *plt_picture_decode      (GBytes         *data,
                                    const char     *name,
                                    GCancellable   *cancellable,
                                    PltPictureJob  *job,
                                    GError        **error);

/* plt-picture-colour.c */
typedef struct _PltPictureInk PltPictureInk;
PltPictureInk *plt_picture_ink_new     (GBytes          *profile,
                                        gboolean         is_inverted);
gboolean       plt_picture_ink_is_profiled (PltPictureInk *self);
void           plt_picture_ink_convert (PltPictureInk   *self,
                                        const guint8    *cmyk,
                                        guint8          *rgb,
                                        int              n_pixels);
void           plt_picture_ink_free    (PltPictureInk   *self);
/* TRUE when the profile was another than sRGB and could be applied. */
gboolean       plt_picture_to_srgb     (GdkPixbuf       *pixbuf,
                                        GBytes          *profile);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPictureInk, plt_picture_ink_free)

/* plt-picture-exif.c: 1 to 8; 1 for what is none. @data: a TIFF structure, with or without "Exif". */
int        plt_picture_exif_orientation (const guint8 *data,
                                         gsize         size);

G_END_DECLS
