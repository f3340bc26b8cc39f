/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that a layout draws. Millimetres from the top left corner of the trimmed page, type
 * sizes in points, angles in degrees. Which members a type has stands in plt-layout-element.c. */
#pragma once

#include "plt-card-renderer.h"
#include "plt-layout.h"
#include "plt-layout-template.h"
#include "plt-layout-text.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_ELEMENT_RECT,
  PLT_ELEMENT_PATH,
  PLT_ELEMENT_WAVES,
  PLT_ELEMENT_ROSETTE,
  PLT_ELEMENT_MICROTEXT,
  PLT_ELEMENT_TEXT,
  PLT_ELEMENT_PARAGRAPH,
  PLT_ELEMENT_PORTRAIT,
  PLT_ELEMENT_SIGNATURE,
  PLT_ELEMENT_CATEGORIES,
  PLT_ELEMENT_MRZ,
  PLT_ELEMENT_PDF417,
  PLT_ELEMENT_QR,
  PLT_ELEMENT_SPECIMEN,
  PLT_ELEMENT_PICTOGRAM,
  PLT_ELEMENT_CODE128,
  PLT_ELEMENT_DATAMATRIX,
  PLT_ELEMENT_MAGNETIC,
  PLT_ELEMENT_CHIP,
  PLT_ELEMENT_ARTWORK,
  PLT_N_ELEMENT_TYPES,
} PltElementType;

typedef enum
{
  PLT_ALIGN_LEFT,
  PLT_ALIGN_CENTRE,
  PLT_ALIGN_RIGHT,
  PLT_ALIGN_START, /* where a line begins in the direction of the text */
  PLT_ALIGN_END,
} PltAlign;

/* What may be done to a text that is too wide, in the order of trying. */
typedef enum
{
  PLT_FIT_SHRINK,
  PLT_FIT_CONDENSE,
  PLT_FIT_WRAP,
  PLT_FIT_HYPHENATE,
  PLT_FIT_ABBREVIATE,
  PLT_N_FIT_STEPS,
} PltFitStep;

#define PLT_N_TRACKS 3 /* of a magnetic stripe, ISO/IEC 7811 */

typedef struct
{
  PltElementType  type;
  char           *place;  /* in the layout file, such as "front[3]" */
  char           *name;   /* for people; NULL where the layout gives none */
  PltCardLayers   layers; /* a labelled text has its label in colour, its value in black */
  PltExpression  *when;   /* NULL: always */
  double          x, y, width, height;
  PltColour       colour, colour_to;
  double          opacity;
  double          radius;
  double          line_width;
  double          angle;

  char           *text;
  PltTemplate    *template; /* of text */
  gboolean        rich;
  char           *label;
  double          label_width;
  double          label_size;
  char           *font;
  char           *label_font;
  double          size, min_size;
  double          spacing; /* between letters, mm */
  double          leading; /* between lines, mm */
  PltAlign        align;
  int             max_lines;
  gboolean        required;
  gboolean        capitals;
  double          condense; /* how narrow letters may become */
  char           *language; /* that letters of several languages are drawn for */
  char           *hyphenate;  /* language of the layout's hyphenation */
  char          **abbreviate; /* rules of the layout, in this order; NULL: none */
  PltFitStep      fit[PLT_N_FIT_STEPS];
  int             n_fit;

  char           *pictogram;
  char           *file;    /* of artwork, in the layout's folder */
  GBytes         *artwork; /* its contents, checked */
  char           *tracks[PLT_N_TRACKS];
  PltTemplate    *track_templates[PLT_N_TRACKS];

  int             lines;
  double          amplitude, wavelength, phase;
  double          amplitude_2, wavelength_2, phase_2;
  int             petals;
  double          inner;

  char           *path_data;
  GArray         *path; /* of PltSvgSegment */
  double          view_width, view_height;

  double          header; /* height of the table's head */
  char           *date_form;    /* of the table of categories; NULL: DD.MM.YYYY */
  double          columns[5];
  int             n_columns;
  double          pitch;
  int             error_level;
  int             symbol_columns;
  PltCardPayload  payload;
  PltCardMrzManner manner;
  double          module;        /* the largest (QR) or the usual (PDF417) module width, mm */
  double          finest_module; /* for what does not fit else, mm; 0: none */
} PltElement;

GPtrArray  *plt_elements_read      (const PltLayoutText  *text,
                                    JsonArray            *array,
                                    const char           *path,
                                    double                page_width,
                                    double                page_height,
                                    double                bleed);
const char *plt_element_get_type   (const PltElement     *self);
const char *plt_element_get_words  (const PltElement     *self);
const char *plt_element_get_field  (const PltElement     *self);
gboolean    plt_element_is_fixed   (const PltElement     *self);

G_END_DECLS
