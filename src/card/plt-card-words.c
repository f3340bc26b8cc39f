/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements of one line of type: a value with its number, and micro-text. */
#include "plt-card-type.h"

#include <string.h>

static PltCardText
set_label (const PltElement *element)
{
  return (PltCardText) {
    .text = element->label,
    .font = element->label_font != NULL ? element->label_font : element->font,
    .words = element->label,
    .x = element->x,
    .y = element->y + element->height,
    .size = element->label_size > 0 ? element->label_size : element->size,
    .colour = element->colour,
  };
}

/* Millimetres that the label of @element takes, and the points of its type. */
double
plt_card_measure_label (PltCardDrawing   *self,
                        const PltElement *element,
                        double           *size)
{
  PltCardText label = set_label (element);
  PltCardRange all = { 0, strlen (element->label), FALSE };
  PltCardExtents extents;

  plt_card_type_measure (self, &label, &all, label.size, &extents);
  *size = label.size;
  return MAX (extents.width, extents.right);
}

static gboolean
draw_label (PltCardDrawing    *self,
            const PltElement  *element,
            GError           **error)
{
  PltCardText label = set_label (element);
  PltCardDrawing unnoted = *self;

  unnoted.part = NULL;
  if (plt_card_draw_text (&unnoted, &label, error))
    return TRUE;
  if (self->part != NULL)
    self->part->is_layouts_own = TRUE;
  return FALSE;
}

/* The baseline of a text is the bottom of its box. The label has the element's colour, the value
 * is black: it must reach the black panel of the ribbon. */
gboolean
plt_card_draw_value (PltCardDrawing    *self,
                     const PltElement  *element,
                     GError           **error)
{
  g_autoptr (PltCardRuns) runs = NULL;
  PltCardText text = {
    .element = element,
    .font = element->font,
    .x = element->x + element->label_width,
    .y = element->y + element->height,
    .width = element->width - element->label_width,
    .size = element->size,
    .min_size = element->min_size,
    .spacing = element->spacing,
    .leading = element->leading,
    .max_lines = element->max_lines,
    .align = element->align,
    .colour = { 0, 0, 0, 1 },
  };

  if (!plt_card_runs_expand (element, element->template, self->inputs, &runs, error))
    return FALSE;
  if (runs == NULL)
    return plt_card_draw_nothing (self);
  text.runs = runs;
  text.text = runs->text;
  text.words = runs->words;
  if (element->label == NULL)
    text.colour = element->colour;
  else if (plt_card_wants (self, element, PLT_CARD_LAYER_COLOUR)
           && !draw_label (self, element, error))
    return FALSE;
  return !plt_card_wants (self, element, PLT_CARD_LAYER_BLACK)
         || plt_card_draw_text (self, &text, error);
}

/* One line of very small type, repeated and then shrunk to fill the width exactly. */
gboolean
plt_card_draw_microtext (PltCardDrawing    *self,
                         const PltElement  *element,
                         GError           **error)
{
  g_autoptr (PltCardRuns) runs = NULL;
  g_autoptr (GString) line = NULL;
  PltCardText text = {
    .font = element->font,
    .x = element->x,
    .y = element->y + element->height,
    .size = element->size,
    .min_size = element->size,
    .colour = element->colour,
  };
  double width;

  if (!plt_card_runs_expand (element, element->template, self->inputs, &runs, error))
    return FALSE;
  if (runs == NULL || *runs->text == '\0')
    return plt_card_draw_nothing (self);
  text.text = runs->text;
  text.words = runs->words;
  width = plt_card_measure_text (self, &text) + element->size * PLT_MM_PER_POINT * 0.26;
  line = g_string_new (runs->text);
  for (double x = width; x < element->width; x += width)
    g_string_append_printf (line, " %s", runs->text);
  text.text = line->str;
  text.width = element->width;
  text.min_size = element->size * 0.5;
  return plt_card_draw_text (self, &text, error);
}
