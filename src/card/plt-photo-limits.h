/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a portrait: a file of named checks with their limits (data/photo/checks.json, or the
 * administrator's). A check that the file does not name is not made. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* In the order in which they are told: what spoils everything first. */
typedef enum
{
  PLT_PHOTO_CHECK_FACES,
  PLT_PHOTO_CHECK_SIZE,
  PLT_PHOTO_CHECK_EYE_DISTANCE,
  PLT_PHOTO_CHECK_HEAD_HEIGHT,
  PLT_PHOTO_CHECK_EYES_MIDDLE,
  PLT_PHOTO_CHECK_EYES_HEIGHT,
  PLT_PHOTO_CHECK_EYES_LEVEL,
  PLT_PHOTO_CHECK_SHARPNESS,
  PLT_PHOTO_CHECK_OVEREXPOSED,
  PLT_PHOTO_CHECK_UNDEREXPOSED,
  PLT_PHOTO_CHECK_CONTRAST,
  PLT_PHOTO_CHECK_LIGHTING,
  PLT_PHOTO_CHECK_COLOUR,
  PLT_PHOTO_CHECK_SKIN,
  PLT_PHOTO_CHECK_BACKGROUND,
  PLT_PHOTO_CHECK_BACKGROUND_LIGHT,
  PLT_PHOTO_CHECK_BACKGROUND_EVEN,
  PLT_PHOTO_CHECK_FACE_FREE,  /* of a covered head only */
  PLT_PHOTO_CHECK_HEAD_COVER, /* what was allowed, not what was measured: no file switches it off */
} PltPhotoCheck;

#define PLT_N_PHOTO_CHECKS (PLT_PHOTO_CHECK_HEAD_COVER + 1)

typedef struct
{
  gboolean is_made;
  double   warn_below, warn_above, fail_below, fail_above; /* infinite where there is none */
} PltPhotoLimit;

typedef struct
{
  char          *version;
  PltPhotoLimit  limits[PLT_N_PHOTO_CHECKS];
} PltPhotoLimits;

const char     *plt_photo_check_get_nick (PltPhotoCheck    check);
PltPhotoLimits *plt_photo_limits_parse   (const char      *json,
                                          gssize           length,
                                          const char      *name,
                                          GError         **error);
/* Errors: G_IO_ERROR_INVALID_DATA with a sentence that names the file, the member and what would be
 * right; of G_FILE_ERROR where it cannot be read. */
PltPhotoLimits *plt_photo_limits_load    (const char      *path,
                                          GError         **error);
void            plt_photo_limits_free    (PltPhotoLimits  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPhotoLimits, plt_photo_limits_free)

G_END_DECLS
