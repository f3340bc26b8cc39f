/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The category table of side 2: every category has its row, held or not, with pictogram, code,
 * dates 10 and 11 and codes 12. What is not held shows dashes, so that nothing can be added. */
#include "plt-card-fixed.h"
#include "plt-layout-functions.h"

#include "plt-svg-path.h"

#include <glib/gi18n-lib.h>

#define MM_PER_POINT (25.4 / 72)
#define CELL_PADDING 0.6
#define DASH "–––"

typedef enum
{
  COLUMN_PICTOGRAM,
  COLUMN_CODE,
  COLUMN_FROM,
  COLUMN_TO,
  COLUMN_RESTRICTIONS,
} Column;

static const PltColour black = { 0, 0, 0, 1 };

static double
get_column_x (const PltElement *element,
              int               column)
{
  double x = element->x;

  for (int i = 0; i < column; i++)
    x += element->columns[i];
  return x;
}

static const PltCategoryEntry *
find_entry (GPtrArray   *entries,
            PltCategory  category)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);

      if (entry->category == category)
        return entry;
    }
  return NULL;
}

static void
draw_rules (PltCardDrawing   *self,
            const PltElement *element)
{
  cairo_t *cr = self->cr;

  cairo_save (cr);
  plt_card_set_colour (cr, &element->colour);
  cairo_set_line_width (cr, element->line_width);
  for (int row = 0; row <= PLT_N_CATEGORIES; row++)
    {
      double y = element->y + element->header + row * element->pitch;

      cairo_move_to (cr, element->x, y);
      cairo_line_to (cr, element->x + element->width, y);
    }
  for (int column = 1; column < element->n_columns; column++)
    {
      double x = get_column_x (element, column);

      cairo_move_to (cr, x, element->y);
      cairo_line_to (cr, x, element->y + element->header + PLT_N_CATEGORIES * element->pitch);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_pictogram (PltCardDrawing   *self,
                const PltElement *element,
                PltCategory       category,
                double            y,
                gboolean          is_held)
{
  const PltPictogram *pictogram = g_hash_table_lookup (self->layout->pictograms,
                                                       plt_category_to_code (category));
  double room = element->columns[COLUMN_PICTOGRAM] - 2 * CELL_PADDING;
  double height = element->pitch - 0.24;
  double scale = MIN (room / pictogram->width, height / pictogram->height);
  double x = element->x + (element->columns[COLUMN_PICTOGRAM] - pictogram->width * scale) / 2;
  PltColour colour = is_held ? black : element->colour;

  if (!plt_card_wants (self, element, is_held ? PLT_CARD_LAYER_BLACK : PLT_CARD_LAYER_COLOUR))
    return;
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &colour);
  cairo_translate (self->cr, x, y + element->pitch - 0.12 - pictogram->height * scale);
  cairo_scale (self->cr, scale, scale);
  cairo_set_fill_rule (self->cr, CAIRO_FILL_RULE_EVEN_ODD);
  plt_svg_path_trace (pictogram->path, self->cr);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
}

static gboolean
draw_cell (PltCardDrawing    *self,
           const PltElement  *element,
           Column             column,
           double             baseline,
           const char        *value,
           const char        *font,
           const char        *words,
           GError           **error)
{
  gboolean is_list = column == COLUMN_RESTRICTIONS;
  PltCardText text = {
    .text = value,
    .font = font,
    .words = words,
    .x = get_column_x (element, column) + CELL_PADDING,
    .y = baseline,
    .width = element->columns[column] - 2 * CELL_PADDING,
    .size = element->size,
    .min_size = element->min_size,
    .max_lines = 1,
    .align = is_list && value[0] != DASH[0] ? PLT_ALIGN_LEFT : PLT_ALIGN_CENTRE,
    .colour = black,
  };

  return plt_card_draw_text (self, &text, error);
}

static gboolean
draw_head (PltCardDrawing    *self,
           const PltElement  *element,
           GError           **error)
{
  static const char *const numbers[] = { "", "9", "10", "11", "12" };
  double baseline = element->y + element->header - 0.45;

  for (int column = COLUMN_CODE; column <= COLUMN_RESTRICTIONS; column++)
    {
      PltCardText text = {
        .text = numbers[column],
        .font = element->label_font != NULL ? element->label_font : element->font,
        .words = numbers[column],
        .x = get_column_x (element, column),
        .y = baseline,
        .width = element->columns[column],
        .size = element->min_size,
        .min_size = element->min_size,
        .align = PLT_ALIGN_CENTRE,
        .colour = element->colour,
      };

      if (!plt_card_draw_text (self, &text, error))
        return FALSE;
    }
  return TRUE;
}

static double
get_baseline (const PltElement *element,
              PltCategory       category)
{
  return element->y + element->header + category * element->pitch
         + (element->pitch + element->size * MM_PER_POINT * 0.714) / 2;
}

static gboolean
draw_code (PltCardDrawing    *self,
           const PltElement  *element,
           PltCategory        category,
           GError           **error)
{
  const char *code = plt_category_to_code (category);

  return draw_cell (self, element, COLUMN_CODE, get_baseline (element, category), code,
                    element->label_font != NULL ? element->label_font : element->font, code,
                    error);
}

/* What no holder has stands in full: nothing can be added. */
static gboolean
draw_fixed_row (PltCardDrawing    *self,
                const PltElement  *element,
                PltCategory        category,
                gboolean           is_held,
                GError           **error)
{
  double baseline = get_baseline (element, category);

  draw_pictogram (self, element, category, element->y + element->header + category * element->pitch,
                  is_held);
  if (!plt_card_wants (self, element, PLT_CARD_LAYER_BLACK))
    return TRUE;
  for (int column = COLUMN_FROM; !is_held && column <= COLUMN_RESTRICTIONS; column++)
    if (!draw_cell (self, element, column, baseline, DASH, element->font, DASH, error))
      return FALSE;
  return TRUE;
}

/* @part: 0: rules, head and codes; 1 + 2 × category: its row where it is not held; one more: the
 * pictogram of its row where it is held. */
gboolean
plt_card_draw_category_part (PltCardDrawing    *self,
                             const PltElement  *element,
                             int                part,
                             GError           **error)
{
  if (part > 0)
    return draw_fixed_row (self, element, (part - 1) / 2, (part - 1) % 2 != 0, error);
  draw_rules (self, element);
  if (!draw_head (self, element, error))
    return FALSE;
  for (int category = 0; category < PLT_N_CATEGORIES; category++)
    if (!draw_code (self, element, category, error))
      return FALSE;
  return TRUE;
}

static char *
to_words (const PltElement *element,
          PltDate           date)
{
  if (!plt_date_is_set (date))
    return g_strdup (DASH);
  return element->date_form != NULL ? plt_date_to_format (date, element->date_form)
                                    : plt_date_to_card (date);
}

static gboolean
draw_entry (PltCardDrawing          *self,
            const PltElement        *element,
            const PltCategoryEntry  *entry,
            GError                 **error)
{
  double baseline = get_baseline (element, entry->category);
  const char *code = plt_category_to_code (entry->category);
  g_autofree char *from = to_words (element, entry->from);
  g_autofree char *to = to_words (element, entry->to);
  const char *restrictions = *entry->restrictions != '\0' ? entry->restrictions : DASH;
  /* Translators: %s is a category such as BE. */
  g_autofree char *words = g_strdup_printf (_("list of restrictions of category %s (12)"), code);

  return draw_cell (self, element, COLUMN_FROM, baseline, from, element->font, code, error)
         && draw_cell (self, element, COLUMN_TO, baseline, to, element->font, code, error)
         && draw_cell (self, element, COLUMN_RESTRICTIONS, baseline, restrictions, element->font,
                       words, error);
}

static gboolean
draw_entries (PltCardDrawing    *self,
              const PltElement  *element,
              GPtrArray         *entries,
              GError           **error)
{
  for (int category = 0; category < PLT_N_CATEGORIES; category++)
    {
      const PltCategoryEntry *entry = find_entry (entries, category);

      if (entry != NULL && !draw_entry (self, element, entry, error))
        return FALSE;
    }
  return TRUE;
}

/* @index: of the element on the page. What is fixed comes first and in one go. */
gboolean
plt_card_draw_categories (PltCardDrawing  *self,
                          guint            index,
                          GError         **error)
{
  const PltElement *element = plt_layout_get_element (self->layout, self->page, index);
  GPtrArray *entries = plt_card_inputs_get_categories (self->inputs);

  if (plt_card_wants (self, element, PLT_CARD_LAYER_COLOUR)
      && !plt_card_fixed_draw (self, index, 1, 0, error))
    return FALSE;
  for (int category = 0; category < PLT_N_CATEGORIES; category++)
    if (!plt_card_fixed_draw (self, index, 1,
                              1 + 2 * category + (find_entry (entries, category) != NULL), error))
      return FALSE;
  plt_card_fixed_end (self);
  return !plt_card_wants (self, element, PLT_CARD_LAYER_BLACK)
         || draw_entries (self, element, entries, error);
}
