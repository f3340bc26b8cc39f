/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in a facial record of ISO/IEC 19794-5:2005, which data group 6 holds. Private to this
 * folder. */
#pragma once

#include "plt-iso-error.h"

G_BEGIN_DECLS

typedef struct
{
  guint8  face_type;    /* 0 basic, 1 full frontal, 2 token */
  guint8  data_type;    /* 0 JPEG, 1 JPEG 2000 */
  guint16 width;        /* pixels */
  guint16 height;
  guint8  colour_space; /* 0 not said, 1 sRGB */
  guint8  source_type;  /* 0 not said, 2 digital still camera */
  GBytes *image;
} PltLdsFace;

void        plt_lds_face_free  (PltLdsFace       *self);
GBytes     *plt_lds_face_build (const PltLdsFace *self);
PltLdsFace *plt_lds_face_read  (GBytes           *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltLdsFace, plt_lds_face_free)

G_END_DECLS
