/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at a portrait as a person at the counter would, by numbers (ISO/IEC 29794-5, the measures of
 * its reference implementation OFIQ where they need no learned model), and says what is wrong with it,
 * where, and what to do about it. */
#pragma once

#include "plt-photo-limits.h"
#include "plt-photo.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_PHOTO_GOOD,
  PLT_PHOTO_DOUBTFUL, /* a person decides */
  PLT_PHOTO_BAD,      /* taken again, or a supervisor allows it */
} PltPhotoVerdict;

typedef struct
{
  PltPhotoCheck    check;
  PltPhotoVerdict  verdict;
  double           value;
  char            *text;      /* one sentence with the number, for people */
  char            *cure;      /* what to do; NULL where it is good */
  gboolean         has_place; /* where in the frame, as shares of its width and height: */
  double           x, y, width, height;
} PltPhotoFinding;

/* Is the head covered, and who allowed it? A cover hides the hair and reaches into the background: then
 * only the upper corners are looked at as background and only what lies below the eyebrows as face, and
 * the forehead must be free (ICAO Doc 9303: headgear for religious or medical reasons only, the face
 * visible from chin to forehead). */
typedef enum
{
  PLT_PHOTO_COVER_NONE,
  PLT_PHOTO_COVER_UNASKED, /* nobody asked for the exception */
  PLT_PHOTO_COVER_ASKED,   /* a supervisor has not decided yet */
  PLT_PHOTO_COVER_ALLOWED,
} PltPhotoCover;

void        plt_photo_finding_free  (PltPhotoFinding      *self);
/* One for each check that was made, in their order. Takes some hundredths of a second: for worker
 * threads while a frame is being moved. (element-type PltPhotoFinding) (transfer full) */
GPtrArray  *plt_photo_check         (PltPhoto             *photo,
                                     const PltPhotoCrop   *crop,
                                     const PltPhotoLimits *limits,
                                     PltPhotoCover         cover);
PltPhotoVerdict plt_photo_findings_get_verdict (GPtrArray *findings);
/* {"version": …, "verdict": …, "covered": false, "values": {"sharpness": 81.2, …}, "bad": […],
 * "doubtful": […]}: what is kept with the application. (transfer full) */
char       *plt_photo_findings_to_json (GPtrArray            *findings,
                                        const PltPhotoLimits *limits);
/* The failed ones as sentences, for one message. NULL when there is none. (transfer full) */
char       *plt_photo_findings_dup_bad (GPtrArray *findings);

/* plt-photo-measure.c: raw values, by PltPhotoCheck; NaN for what could not be measured (no face). */
typedef struct
{
  double values[PLT_N_PHOTO_CHECKS];
  double place_x, place_y, place_width, place_height; /* of what is worst in the background */
} PltPhotoMeasures;
void        plt_photo_measure       (PltPhoto             *photo,
                                     const PltPhotoCrop   *crop,
                                     gboolean              is_covered,
                                     PltPhotoMeasures     *measures);

G_END_DECLS
