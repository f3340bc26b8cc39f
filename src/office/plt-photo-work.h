/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a photograph before it may be stored, in a worker thread: decoded, framed, checked, cut
 * and hashed. The same for what a desk takes and for what was prepared at home. */
#pragma once

#include "plt-photo-check.h"

G_BEGIN_DECLS

typedef struct
{
  PltPhoto      *photo;     /* NULL: still in @data */
  GBytes        *data;
  char          *name;      /* for messages */
  PltPhotoCrop   crop;
  gboolean       has_crop;  /* else the one that the face suggests */
  PltPhotoCover  cover;

  GBytes        *portrait;  /* what is stored; NULL: @cut_error says why there is none */
  GBytes        *chip;      /* the same made small for the chip; NULL where there is no @portrait */
  GError        *cut_error;
  char          *sha256;    /* of @portrait, or of the pixels where there is none */
  char          *json;      /* what the checks measured, as plt_photo_findings_to_json() says it */
  char          *bad;       /* what is wrong, in sentences; NULL: nothing is */
} PltPhotoWork;

void      plt_photo_work_clear (PltPhotoWork  *self);
/* FALSE: PLT_CARD_ERROR_IMAGE where it is no picture, PLT_OFFICE_ERROR_SETUP where the limits cannot be
 * read. */
gboolean  plt_photo_work_run   (PltPhotoWork  *self,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
