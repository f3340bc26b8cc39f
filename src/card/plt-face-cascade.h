/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A boosted cascade of Haar features (Viola and Jones) as OpenCV publishes them in XML: the file is
 * read, and the cascade evaluated over a grey picture. Only the data of OpenCV is used, not its code:
 * one file of 540 kB instead of 28 MB of libraries. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int     width, height;
  guint8 *levels; /* row by row, without padding */
} PltGrey;

typedef struct
{
  double x, y, size;  /* of the square, in pixels of the picture */
  int    n_neighbours; /* how many squares about the same place said the same */
} PltFaceHit;

typedef struct _PltFaceCascade PltFaceCascade;

PltFaceCascade *plt_face_cascade_load   (const char      *path,
                                         GError         **error);
PltFaceCascade *plt_face_cascade_parse  (const char      *xml,
                                         gssize           length,
                                         GError         **error);
void            plt_face_cascade_free   (PltFaceCascade  *self);
/* Adds to @hits each square between @min_size and @max_size that holds what the cascade was trained
 * on. (element-type PltFaceHit) */
void            plt_face_cascade_collect (PltFaceCascade *self,
                                          const PltGrey  *grey,
                                          double          min_size,
                                          double          max_size,
                                          GArray         *hits);
/* Squares about the same place become one; those that fewer than @min_neighbours agree on are
 * dropped. Strongest first. (element-type PltFaceHit) (transfer full) */
GArray         *plt_face_hits_merge      (GArray         *hits,
                                          int             min_neighbours);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltFaceCascade, plt_face_cascade_free)

G_END_DECLS
