/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits a text into its place whole, by the steps that its element allows: smaller, condensed, on
 * several lines, with words divided, with words shortened; else refused with the name of the field.
 * Nothing is ever clipped, and nothing is shortened but by a rule of the layout. */
#include "plt-card-type.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TABLE_CONDENSE 0.8  /* where no element says otherwise */
#define CLOSEST_LEADING 1.05 /* of the size */
#define LINE_GAP 0.02       /* mm between the ink of two lines */

/* What may be done so far. */
typedef struct
{
  double   min_size, condense;
  int      max_lines;
  gboolean hyphenate;
} Allowed;

static gboolean
refuse (GError     **error,
        const char  *format,
        const char  *words)
{
  g_autofree char *message = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  message = g_strdup_printf (format, words);
#pragma GCC diagnostic pop
  g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT, message);
  return FALSE;
}

/* The room that a line takes: its letters may lean out of their measure. */
static double
get_needed_width (const PltCardExtents *extents)
{
  return MAX (extents->width, extents->right) - MIN (extents->left, 0);
}

/* The size at which lines do not touch: by the rule of type, and by the ink that they have. */
static double
bound_by_leading (PltCardDrawing    *self,
                  const PltCardText *text,
                  GArray            *lines,
                  double             min_size)
{
  double size = text->size;

  if (lines->len < 2)
    return size;
  size = MAX (MIN (size, text->leading / PLT_MM_PER_POINT / CLOSEST_LEADING), min_size);
  for (guint i = 1; i < lines->len; i++)
    {
      double gap = plt_card_type_get_gap (self, text, &g_array_index (lines, PltCardRange, i - 1),
                                          &g_array_index (lines, PltCardRange, i));

      if (gap > 0)
        size = MIN (size, text->size * (text->leading - LINE_GAP) / gap);
    }
  return size;
}

/* Size and condensing at which the lines fit; FALSE when they cannot. */
static gboolean
fit_lines (PltCardDrawing    *self,
           const PltCardText *text,
           const Allowed     *allowed,
           PltCardSetting    *setting)
{
  double needed = 0;
  double size;

  for (guint i = 0; i < setting->lines->len; i++)
    {
      PltCardExtents extents;

      plt_card_type_measure (self, text, &g_array_index (setting->lines, PltCardRange, i),
                             text->size, &extents);
      needed = MAX (needed, get_needed_width (&extents));
    }
  size = bound_by_leading (self, text, setting->lines, allowed->min_size);
  if (size < allowed->min_size - 1e-9)
    return FALSE;
  setting->condense = 1;
  setting->size = size;
  if (text->width <= 0 || needed * size / text->size <= text->width)
    return TRUE;
  setting->size = MIN (size, MAX (allowed->min_size, text->size * text->width / needed));
  needed *= setting->size / text->size;
  if (needed <= text->width * (1 + 1e-9))
    return TRUE;
  setting->condense = text->width / needed;
  return setting->condense >= allowed->condense;
}

static void
copy_setting (PltCardSetting       *to,
              const PltCardSetting *from)
{
  g_array_set_size (to->lines, 0);
  g_array_append_vals (to->lines, from->lines->data, from->lines->len);
  to->size = from->size;
  to->condense = from->condense;
}

/* On as few lines as let the letters be largest. */
static gboolean
try_lines (PltCardDrawing    *self,
           const PltCardText *text,
           const Allowed     *allowed,
           PltCardSetting    *best)
{
  g_autoptr (PltCardBreaks) breaks = NULL;
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (PltCardRange));
  PltCardRange all = { 0, strlen (text->text), FALSE };
  gboolean has_best;

  g_array_set_size (best->lines, 0);
  g_array_append_val (best->lines, all);
  has_best = fit_lines (self, text, allowed, best);
  if (allowed->max_lines < 2 || (has_best && best->size >= text->size && best->condense >= 1))
    return has_best;
  breaks = plt_card_breaks_new (self, text, allowed->hyphenate);
  for (int n = 2; n <= allowed->max_lines; n++)
    {
      PltCardSetting setting = { .lines = lines };

      if (plt_card_breaks_balance (breaks, n, lines) <= 0)
        break;
      if (fit_lines (self, text, allowed, &setting)
          && (!has_best || setting.size * setting.condense > best->size * best->condense + 1e-6))
        {
          copy_setting (best, &setting);
          has_best = TRUE;
        }
    }
  return has_best;
}

/* Shortens one word after another until the text fits. */
static gboolean
try_abbreviations (PltCardDrawing *self,
                   PltCardText    *text,
                   PltCardRuns    *runs,
                   const Allowed  *allowed,
                   PltCardSetting *setting)
{
  while (plt_card_runs_abbreviate (runs, self->layout,
                                   (const char *const *) text->element->abbreviate))
    {
      text->text = runs->text;
      if (self->part != NULL)
        self->part->abbreviated = TRUE;
      if (try_lines (self, text, allowed, setting))
        return TRUE;
    }
  return FALSE;
}

/* The steps of the element one after another; what one allows the next ones may use too. */
static gboolean
fit (PltCardDrawing *self,
     PltCardText    *text,
     PltCardSetting *setting)
{
  const PltElement *element = text->element;
  Allowed allowed = { .min_size = text->size, .condense = 1, .max_lines = 1 };

  if (element == NULL || element->n_fit == 0)
    {
      allowed.min_size = text->min_size;
      allowed.condense = TABLE_CONDENSE;
      return try_lines (self, text, &allowed, setting);
    }
  if (try_lines (self, text, &allowed, setting))
    return TRUE;
  for (int i = 0; i < element->n_fit; i++)
    {
      switch (element->fit[i])
        {
        case PLT_FIT_SHRINK: allowed.min_size = text->min_size; break;
        case PLT_FIT_CONDENSE: allowed.condense = element->condense; break;
        case PLT_FIT_WRAP: allowed.max_lines = text->max_lines; break;
        case PLT_FIT_HYPHENATE: allowed.hyphenate = TRUE; break;
        case PLT_FIT_ABBREVIATE:
          if (text->runs != NULL
              && try_abbreviations (self, text, text->runs, &allowed, setting))
            return TRUE;
          continue;
        case PLT_N_FIT_STEPS:
        default: g_assert_not_reached ();
        }
      if (try_lines (self, text, &allowed, setting))
        return TRUE;
    }
  return FALSE;
}

double
plt_card_measure_text (PltCardDrawing    *self,
                       const PltCardText *text)
{
  PltCardRange all = { 0, strlen (text->text), FALSE };
  PltCardExtents extents;

  plt_card_type_measure (self, text, &all, text->size, &extents);
  return extents.width;
}

static gboolean
draw_setting (PltCardDrawing        *self,
              const PltCardText     *text,
              const PltCardSetting  *setting,
              GError               **error)
{
  guint n = setting->lines->len;

  for (guint i = 0; i < n; i++)
    if (!plt_card_type_draw (self, text, &g_array_index (setting->lines, PltCardRange, i),
                             text->y + (i - (n - 1) / 2.0) * text->leading, setting->size,
                             setting->condense, error))
      return FALSE;
  return TRUE;
}

/* Draws one value on its baseline; several lines stand about it. Errors: DOES_NOT_FIT and GLYPH,
 * naming the field. */
gboolean
plt_card_draw_text (PltCardDrawing     *self,
                    const PltCardText  *text,
                    GError            **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (PltCardRange));
  PltCardSetting setting = { .lines = lines };
  PltCardText fitted = *text;

  if (fitted.leading <= 0)
    fitted.leading = text->size * PLT_MM_PER_POINT;
  if (!plt_card_type_check (self, &fitted, error))
    return FALSE;
  if (fit (self, &fitted, &setting))
    return draw_setting (self, &fitted, &setting, error);
  return refuse (error, _("The card was not drawn because the %s is too long for its place on the "
                          "card. Enter the short form that the rules allow."), text->words);
}

/* One character per cell of @pitch mm, as machine-readable zones want it (ICAO Doc 9303-3): no
 * kerning, no justification. The text must be ASCII, one glyph per character. It is drawn as
 * outlines: cairo 1.16 writes a damaged PDF when it embeds the OCR B of fonts-ocr-b. */
gboolean
plt_card_draw_cells (PltCardDrawing     *self,
                     const PltCardText  *text,
                     double              pitch,
                     GError            **error)
{
  PangoLayoutLine *line;
  PangoGlyphString *glyphs;
  int cell = (int) lround (pitch * PLT_CARD_TEXT_UNITS_PER_MM * PANGO_SCALE);

  if (!plt_card_type_check (self, text, error))
    return FALSE;
  plt_card_set_style (self, text);
  pango_layout_set_text (self->text, text->text, -1);
  line = pango_layout_get_line (self->text, 0);
  glyphs = ((PangoGlyphItem *) line->runs->data)->glyphs;
  if (line->runs->next != NULL || glyphs->num_glyphs != (int) strlen (text->text)
      || pitch * glyphs->num_glyphs > text->width + 0.01)
    return refuse (error, _("The card was not drawn because the %s does not fit its cells."),
                   text->words);
  for (int i = 0; i < glyphs->num_glyphs; i++)
    {
      PangoGlyphGeometry *geometry = &glyphs->glyphs[i].geometry;

      geometry->x_offset = (cell - geometry->width) / 2;
      geometry->width = cell;
    }
  if (self->part != NULL)
    plt_card_part_add_text (self->part, text->text);
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &text->colour);
  cairo_translate (self->cr, text->x, text->y);
  cairo_scale (self->cr, 1 / PLT_CARD_TEXT_UNITS_PER_MM, 1 / PLT_CARD_TEXT_UNITS_PER_MM);
  cairo_move_to (self->cr, 0, 0);
  pango_cairo_layout_line_path (self->cr, line);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
  pango_layout_context_changed (self->text);
  return TRUE;
}
