/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets a paragraph: lines filled one after another into a box, smaller or with words divided or
 * shortened where they would leave it. */
#include "plt-card-type.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define ASCENT 0.8   /* of the size: from the top of the box to the first baseline */
#define SIZE_STEP 0.1 /* points */

/* The lines at @size; FALSE when they are too many or a word is too long. */
static gboolean
try_size (PltCardDrawing    *self,
          const PltCardText *text,
          PltCardBreaks     *breaks,
          double             height,
          double             size,
          PltCardSetting    *setting)
{
  double scale = size / text->size;
  double longest = plt_card_breaks_fill (breaks, text->width / scale, setting->lines);

  setting->size = size;
  setting->condense = 1;
  return longest * scale <= text->width + 0.001
         && text->leading * scale * setting->lines->len <= height + 0.01;
}

static gboolean
try_sizes (PltCardDrawing    *self,
           const PltCardText *text,
           double             height,
           gboolean           hyphenate,
           double             min_size,
           PltCardSetting    *setting)
{
  g_autoptr (PltCardBreaks) breaks = plt_card_breaks_new (self, text, hyphenate);

  for (double size = text->size; size >= min_size - 1e-9; size -= SIZE_STEP)
    if (try_size (self, text, breaks, height, size, setting))
      return TRUE;
  return try_size (self, text, breaks, height, min_size, setting);
}

/* In the order of what changes least: words divided, smaller, words shortened. */
static gboolean
fit (PltCardDrawing *self,
     PltCardText    *text,
     PltCardRuns    *runs,
     double          height,
     PltCardSetting *setting)
{
  const PltElement *element = text->element;
  gboolean hyphenate = element->hyphenate != NULL;

  if (try_sizes (self, text, height, FALSE, text->size, setting)
      || (hyphenate && try_sizes (self, text, height, TRUE, text->size, setting))
      || try_sizes (self, text, height, hyphenate, text->min_size, setting))
    return TRUE;
  while (element->abbreviate != NULL
         && plt_card_runs_abbreviate (runs, self->layout, (const char *const *) element->abbreviate))
    {
      text->text = runs->text;
      if (self->part != NULL)
        self->part->abbreviated = TRUE;
      if (try_sizes (self, text, height, hyphenate, text->min_size, setting))
        return TRUE;
    }
  return FALSE;
}

static gboolean
draw_lines (PltCardDrawing        *self,
            const PltCardText     *text,
            const PltCardSetting  *setting,
            GError               **error)
{
  double scale = setting->size / text->size;
  double y = text->y + setting->size * PLT_MM_PER_POINT * ASCENT;

  for (guint i = 0; i < setting->lines->len; i++)
    {
      const PltCardRange *line = &g_array_index (setting->lines, PltCardRange, i);

      if (line->end > line->start
          && !plt_card_type_draw (self, text, line, y + i * text->leading * scale, setting->size, 1,
                                  error))
        return FALSE;
    }
  return TRUE;
}

gboolean
plt_card_draw_paragraph (PltCardDrawing    *self,
                         const PltElement  *element,
                         GError           **error)
{
  g_autoptr (PltCardRuns) runs = NULL;
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (PltCardRange));
  PltCardSetting setting = { .lines = lines };
  PltCardText text = {
    .element = element,
    .font = element->font,
    .x = element->x,
    .y = element->y,
    .width = element->width,
    .size = element->size,
    .min_size = element->min_size,
    .leading = element->leading,
    .align = element->align,
    .colour = element->colour,
  };

  if (!plt_card_runs_expand (element, element->template, self->inputs, &runs, error))
    return FALSE;
  if (runs == NULL)
    return plt_card_draw_nothing (self);
  text.runs = runs;
  text.text = runs->text;
  text.words = runs->words;
  if (!plt_card_type_check (self, &text, error))
    return FALSE;
  if (fit (self, &text, runs, element->height, &setting))
    return draw_lines (self, &text, &setting, error);
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
               _("The card was not drawn because the %s is too long for its place on the card. Ask "
                 "the administrator for a layout with more room."), text.words);
  return FALSE;
}
