/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setting type: a text in its fonts, measured, broken into lines and drawn. The unit is the
 * millimetre; sizes are points. Private to this folder. */
#pragma once

#include "plt-card-drawing.h"

G_BEGIN_DECLS

#define PLT_MM_PER_POINT (25.4 / 72)

/* One line: bytes of the text, without the space at its end. */
typedef struct
{
  gsize    start, end;
  gboolean has_hyphen; /* a word is divided at its end */
} PltCardRange;

typedef struct
{
  double width;       /* from origin to where the next letter would stand */
  double left, right; /* of the ink, from the origin */
  double top, bottom; /* of the ink, from the baseline, downwards */
} PltCardExtents;

/* How a text is set so that it fits. */
typedef struct
{
  GArray *lines;    /* of PltCardRange */
  double  size;     /* points */
  double  condense; /* 1: as designed */
} PltCardSetting;

/* plt-card-type.c */
PangoLayout *plt_card_type_shape   (PltCardDrawing      *self,
                                    const PltCardText   *text,
                                    const PltCardRange  *range,
                                    double               size);
void         plt_card_type_measure (PltCardDrawing      *self,
                                    const PltCardText   *text,
                                    const PltCardRange  *range,
                                    double               size,
                                    PltCardExtents      *extents);
double       plt_card_type_get_gap (PltCardDrawing      *self,
                                    const PltCardText   *text,
                                    const PltCardRange  *above,
                                    const PltCardRange  *below);
gboolean     plt_card_type_draw    (PltCardDrawing      *self,
                                    const PltCardText   *text,
                                    const PltCardRange  *range,
                                    double               y,
                                    double               size,
                                    double               condense,
                                    GError             **error);
gboolean     plt_card_type_check   (PltCardDrawing      *self,
                                    const PltCardText   *text,
                                    GError             **error);

/* plt-card-breaks.c */
typedef struct _PltCardBreaks PltCardBreaks;

PltCardBreaks *plt_card_breaks_new      (PltCardDrawing      *self,
                                         const PltCardText   *text,
                                         gboolean             hyphenate);
void           plt_card_breaks_free     (PltCardBreaks       *self);
double         plt_card_breaks_balance  (PltCardBreaks       *self,
                                         int                  n_lines,
                                         GArray              *lines);
double         plt_card_breaks_fill     (PltCardBreaks       *self,
                                         double               width,
                                         GArray              *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardBreaks, plt_card_breaks_free)

G_END_DECLS
