/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that a layout draws. Millimetres from the top left corner of the trimmed card, type
 * sizes in points, angles in degrees. Which members a type has stands in plt-layout-element.c. */
#pragma once

#include "plt-card-renderer.h"
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
  PLT_N_ELEMENT_TYPES,
} PltElementType;

typedef enum
{
  PLT_ALIGN_LEFT,
  PLT_ALIGN_CENTRE,
  PLT_ALIGN_RIGHT,
} PltAlign;

typedef struct
{
  double red, green, blue, alpha;
} PltColour;

typedef struct
{
  PltElementType  type;
  char           *place;  /* in the layout file, such as "front[3]" */
  char           *name;   /* for people; NULL where the layout gives none */
  PltCardLayers   layers; /* a labelled text has its label in colour, its value in black */
  double          x, y, width, height;
  PltColour       colour, colour_to;
  double          opacity;
  double          radius;
  double          line_width;
  double          angle;

  char           *text; /* with {names} of values */
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

  int             lines;
  double          amplitude, wavelength, phase;
  double          amplitude_2, wavelength_2, phase_2;
  int             petals;
  double          inner;

  char           *path_data;
  GArray         *path; /* of PltSvgSegment */
  double          view_width, view_height;

  double          header; /* height of the table's head */
  double          columns[5];
  int             n_columns;
  double          pitch;
  int             error_level;
  int             symbol_columns;
  double          module;        /* the largest (QR) or the usual (PDF417) module width, mm */
  double          finest_module; /* for what does not fit else, mm; 0: none */
} PltElement;

GPtrArray  *plt_elements_read      (const PltLayoutText  *text,
                                    JsonArray            *array,
                                    const char           *path,
                                    double                page_width,
                                    double                page_height,
                                    double                bleed,
                                    GError              **error);
const char *plt_element_get_type   (const PltElement     *self);
const char *plt_element_get_words  (const PltElement     *self);
char       *plt_element_dup_field  (const PltElement     *self);
gboolean    plt_colour_parse       (const char           *text,
                                    PltColour            *colour);

G_END_DECLS
