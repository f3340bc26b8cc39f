/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One side being drawn, and the parts of the renderer that draw on it. The unit of @cr is one
 * millimetre throughout; every function leaves the state of @cr as it found it. */
#pragma once

#include "plt-card-parts.h"
#include "plt-card-pdf.h"
#include "plt-card-renderer.h"
#include "plt-card-runs.h"
#include "plt-layout-private.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Where nothing tells the dots of the device (PDF), bar codes stand on the grid of a card printer. */
#define PLT_CARD_GRID_DPI 300

typedef struct
{
  PltLayout     *layout;
  PltCardInputs *inputs;
  cairo_t       *cr;
  double         dpi;    /* 0: vector output */
  PltCardLayers  layers; /* what is wanted */
  PangoLayout   *text;   /* of this thread */
  guint          page;
  const guint   *order;  /* by their places: elements of the page; NULL: as the layout has them */
  PltCardPdf    *pdf;    /* NULL: @cr is not of a file that plt_card_pdf_finish() will finish */
  PltCardPart   *part;   /* where what was drawn is noted down; NULL: nowhere */
} PltCardDrawing;

typedef struct
{
  const char        *text;
  PltCardRuns       *runs;     /* where @text is of these; else NULL */
  const PltElement  *element;  /* whose rules hold; NULL: only smaller and condensed */
  const char        *font;     /* name in the layout */
  const char        *words;    /* what a message calls it */
  double             x, y;     /* left end of the baseline's room, mm */
  double             width;    /* mm; 0: as wide as it is */
  double             size, min_size; /* points */
  double             spacing, leading; /* mm */
  int                max_lines;
  PltAlign           align;
  PltColour          colour;
  gboolean           is_turned; /* @x and @y are not of the page */
} PltCardText;

/* plt-card-parts.c */
gboolean     plt_card_draw_nothing    (PltCardDrawing     *self);
void         plt_card_part_add_text   (PltCardPart        *self,
                                       const char         *text);

/* plt-card-renderer.c */
gboolean     plt_card_wants           (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       PltCardLayers       layer);
gboolean     plt_card_draw_element    (PltCardDrawing     *self,
                                       guint               index,
                                       GError            **error);
/* Of a machine-readable zone each character is a piece, in the order of this. */
#define PLT_CARD_MRZ_CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
guint        plt_card_get_index       (const PltCardDrawing *self,
                                       guint               place);
gboolean     plt_card_draw_piece      (PltCardDrawing     *self,
                                       guint               first,
                                       guint               n,
                                       int                 variant,
                                       GError            **error);

/* plt-card-lines.c: text is laid out in hundredths of a millimetre with hinting off, so that a line
 * has the same width on every device and glyph positions keep their precision. */
#define PLT_CARD_TEXT_UNITS_PER_MM 100.0
typedef struct
{
  PangoLayout *layout;
  double       width; /* mm */
} PltCardLine;

PangoLayout       *plt_card_text_get_layout (PltLayout         *layout);
void               plt_card_set_style       (PltCardDrawing    *self,
                                             const PltCardText *text);
const PltCardLine *plt_card_shape           (PltCardDrawing    *self,
                                             const PltCardText *text,
                                             double             size,
                                             const char        *string,
                                             gssize             length);

/* plt-card-languages.c */
void         plt_card_add_languages   (PangoAttrList      *list,
                                       const char         *line);

/* plt-card-text.c */
gboolean     plt_card_draw_text       (PltCardDrawing     *self,
                                       const PltCardText  *text,
                                       GError            **error);
gboolean     plt_card_draw_cells      (PltCardDrawing     *self,
                                       const PltCardText  *text,
                                       double              pitch,
                                       GError            **error);
double       plt_card_measure_text    (PltCardDrawing     *self,
                                       const PltCardText  *text);

/* plt-card-words.c */
gboolean     plt_card_draw_value      (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);
double       plt_card_measure_label   (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       double             *size);
gboolean     plt_card_draw_paragraph  (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);
gboolean     plt_card_draw_microtext  (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);

/* plt-card-guilloche.c */
void         plt_card_set_colour      (cairo_t            *cr,
                                       const PltColour    *colour);
void         plt_card_draw_rect       (PltCardDrawing     *self,
                                       const PltElement   *element);
void         plt_card_draw_path       (PltCardDrawing     *self,
                                       const PltElement   *element);
void         plt_card_draw_waves      (PltCardDrawing     *self,
                                       const PltElement   *element);
void         plt_card_draw_rosette    (PltCardDrawing     *self,
                                       const PltElement   *element);

/* plt-card-codes.c */
gboolean     plt_card_draw_qr         (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);
gboolean     plt_card_draw_pdf417     (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);

gboolean     plt_card_draw_code128    (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);
gboolean     plt_card_draw_datamatrix (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);

/* plt-card-table.c: the frame, and each row's part that needs no entry, held and not held */
#define PLT_CARD_N_CATEGORY_PARTS (1 + 2 * PLT_N_CATEGORIES)
gboolean     plt_card_draw_categories     (PltCardDrawing     *self,
                                           guint               index,
                                           GError            **error);
gboolean     plt_card_draw_category_part  (PltCardDrawing     *self,
                                           const PltElement   *element,
                                           int                 part,
                                           GError            **error);

/* plt-card-marks.c */
gboolean     plt_card_draw_pictogram  (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);
gboolean     plt_card_draw_magnetic   (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);
gboolean     plt_card_draw_chip       (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);
gboolean     plt_card_draw_artwork    (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);

/* plt-card-jpeg.c */
gboolean     plt_card_read_jpeg_head  (GBytes             *bytes,
                                       int                *width,
                                       int                *height,
                                       int                *components);
gboolean     plt_card_draw_jpeg       (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GBytes             *bytes);

/* plt-card-images.c */
gboolean     plt_card_draw_portrait   (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);
gboolean     plt_card_draw_signature  (PltCardDrawing     *self,
                                       const PltElement   *element,
                                       GError            **error);

G_END_DECLS
