/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signature as lines without thickness, whatever pen made them, and the picture that is stored of
 * them: black on transparent, of one line width. A scan is traced into such lines, a tablet gives them. */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* The field for which the picture is made, and the width of the line in it. Fields of ID-1 cards differ
 * from it by a sixth (5 … 6.8 mm high, 22.6 … 28 mm wide): there the line is 0.25 … 0.35 mm wide. */
#define PLT_SIGNATURE_WIDTH_MM 24.0
#define PLT_SIGNATURE_HEIGHT_MM 6.0
#define PLT_SIGNATURE_LINE_MM 0.30
#define PLT_SIGNATURE_DOTS_PER_MM 40.0

typedef struct
{
  double x, y; /* to the right and down, in any unit that both share */
} PltStrokePoint;

typedef struct _PltStrokes PltStrokes;

PltStrokes *plt_strokes_new        (void);
void        plt_strokes_free       (PltStrokes           *self);
PltStrokes *plt_strokes_copy       (const PltStrokes     *self);
/* Begins a stroke; what is added from now on belongs to it. */
void        plt_strokes_begin      (PltStrokes           *self);
void        plt_strokes_add        (PltStrokes           *self,
                                    double                x,
                                    double                y);
/* Takes the last stroke back. FALSE: there was none. */
gboolean    plt_strokes_undo       (PltStrokes           *self);
void        plt_strokes_clear      (PltStrokes           *self);
guint       plt_strokes_get_n      (const PltStrokes     *self);
/* (transfer none): @n_points of stroke @number, the first is 0 */
const PltStrokePoint *plt_strokes_get_points (const PltStrokes *self,
                                              guint             number,
                                              guint            *n_points);

/* Adds the lines to the path of @cr, rounded as they are in the picture. */
void        plt_strokes_trace      (const PltStrokes     *self,
                                    cairo_t              *cr);
/* The picture: PNG, black on transparent, the lines scaled together to fill the field, a margin of 5 %,
 * lines of PLT_SIGNATURE_LINE_MM. @name: for messages. Errors: PLT_CARD_ERROR_IMAGE where nothing is
 * drawn but a dot, or so much that it is no line any more (45 % of the box). (transfer full) */
GBytes     *plt_strokes_draw       (const PltStrokes     *self,
                                    const char           *name,
                                    GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStrokes, plt_strokes_free)

G_END_DECLS
