/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text of a layout: words of its own, {expressions} in braces, and, where it is rich, marks such
 * as <font bold>…</font>. What a card brings is never read for marks. */
#pragma once

#include "plt-layout-expression.h"

G_BEGIN_DECLS

typedef struct
{
  double red, green, blue, alpha;
} PltColour;

/* How a piece differs from the rest of its element. */
typedef struct
{
  char      *font;      /* NULL: that of the element */
  PltColour  colour;    /* alpha 0: that of the element */
  double     scale;     /* of the size */
  double     rise;      /* of the size, upwards */
  gboolean   underline;
} PltTextStyle;

/* One of both is set. */
typedef struct
{
  char          *words;
  PltExpression *expression;
  PltTextStyle   style;
} PltTemplatePiece;

typedef struct
{
  GPtrArray *pieces; /* of PltTemplatePiece */
} PltTemplate;

PltTemplate *plt_template_parse     (const char   *source,
                                     gboolean      is_rich,
                                     char        **problem);
void         plt_template_free      (PltTemplate  *self);
gboolean     plt_template_is_fixed  (PltTemplate  *self);
gboolean     plt_template_has_style (PltTemplate  *self);
const char  *plt_template_get_field (PltTemplate  *self);
gboolean     plt_colour_parse       (const char   *text,
                                     PltColour    *colour);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltTemplate, plt_template_free)

G_END_DECLS
