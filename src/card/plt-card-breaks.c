/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breaks a text into lines: where Unicode allows it (of Thai between words of the dictionary), and
 * where the patterns of a language divide words. */
#include "plt-card-type.h"

#include <string.h>

#define UNIT (PLT_CARD_TEXT_UNITS_PER_MM * PANGO_SCALE)
#define MOST_BREAKS 400
#define NEVER 1e9

/* Between two characters: the line before ends at @end and the next begins at @at. */
typedef struct
{
  glong    end, at; /* characters from the beginning */
  gboolean has_hyphen, is_forced;
} Break;

struct _PltCardBreaks
{
  const PltCardText *text;
  glong              n_letters;
  gsize             *offsets; /* bytes, of each character and of the end */
  double            *sums;    /* mm from the beginning to each character and to the end */
  double             hyphen;  /* width, mm */
  GArray            *breaks;  /* of Break; the last is the end */
};

void
plt_card_breaks_free (PltCardBreaks *self)
{
  g_free (self->offsets);
  g_free (self->sums);
  g_array_unref (self->breaks);
  g_free (self);
}

/* Widths letter by letter, of the text set on one line: they add up whatever its direction. */
static void
measure_letters (PltCardBreaks *self,
                 PangoLayout   *layout)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  const char *text = self->text->text;

  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
      g_autofree int *widths = run != NULL ? g_new0 (int, run->item->num_chars) : NULL;
      glong first = run != NULL ? g_utf8_pointer_to_offset (text, text + run->item->offset) : 0;

      if (run == NULL)
        continue;
      pango_glyph_item_get_logical_widths (run, text, widths);
      for (int i = 0; i < run->item->num_chars; i++)
        self->sums[first + i + 1] = widths[i] / UNIT;
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
  for (glong i = 0; i < self->n_letters; i++)
    self->sums[i + 1] += self->sums[i];
}

static gboolean
is_space_at (PltCardBreaks *self,
             glong          letter)
{
  return g_unichar_isspace (g_utf8_get_char (self->text->text + self->offsets[letter]));
}

static void
add_break (PltCardBreaks *self,
           glong          at,
           gboolean       has_hyphen,
           gboolean       is_forced)
{
  Break new_break = { at, at, has_hyphen, is_forced };

  while (new_break.end > 0 && is_space_at (self, new_break.end - 1))
    new_break.end--;
  if (self->breaks->len < MOST_BREAKS || at == self->n_letters)
    g_array_append_val (self->breaks, new_break);
}

/* Points inside of words; @points has one place for each letter: after it. */
static void
find_hyphens (PltCardBreaks        *self,
              const PltHyphenation *hyphenation,
              gboolean             *points)
{
  const char *text = self->text->text;

  for (glong i = 0; i < self->n_letters;)
    {
      glong start = i;
      g_autofree char *word = NULL;

      while (i < self->n_letters && g_unichar_isalpha (g_utf8_get_char (text + self->offsets[i])))
        i++;
      if (i == start)
        {
          i++;
          continue;
        }
      word = g_strndup (text + self->offsets[start], self->offsets[i] - self->offsets[start]);
      plt_hyphenator_find_points (hyphenation->hyphenator, word, i - start, points + start);
    }
}

static void
list_breaks (PltCardBreaks         *self,
             PangoLayout           *layout,
             const PltHyphenation  *hyphenation)
{
  int n_attributes = 0;
  const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly (layout, &n_attributes);
  g_autofree gboolean *points = g_new0 (gboolean, self->n_letters + 1);

  if (hyphenation != NULL)
    find_hyphens (self, hyphenation, points);
  for (glong i = 1; i < self->n_letters && i < n_attributes; i++)
    if (attributes[i].is_mandatory_break)
      add_break (self, i, FALSE, TRUE);
    else if (attributes[i].is_line_break)
      add_break (self, i, FALSE, FALSE);
    else if (points[i - 1])
      add_break (self, i, TRUE, FALSE);
  add_break (self, self->n_letters, FALSE, TRUE);
}

/* @hyphenate: also where the language of the element divides words. */
PltCardBreaks *
plt_card_breaks_new (PltCardDrawing    *drawing,
                     const PltCardText *text,
                     gboolean           hyphenate)
{
  PltCardBreaks *self = g_new0 (PltCardBreaks, 1);
  PltCardRange all = { 0, strlen (text->text), FALSE };
  PltCardRange hyphen = { 0, 0, TRUE };
  PltCardExtents extents;
  PangoLayout *layout;

  self->text = text;
  self->n_letters = g_utf8_strlen (text->text, -1);
  self->offsets = g_new0 (gsize, self->n_letters + 1);
  self->sums = g_new0 (double, self->n_letters + 1);
  self->breaks = g_array_new (FALSE, FALSE, sizeof (Break));
  for (glong i = 0; i < self->n_letters; i++)
    self->offsets[i + 1] = (gsize) (g_utf8_next_char (text->text + self->offsets[i]) - text->text);
  plt_card_type_measure (drawing, text, &hyphen, text->size, &extents);
  self->hyphen = extents.width;
  layout = plt_card_type_shape (drawing, text, &all, text->size);
  measure_letters (self, layout);
  list_breaks (self, layout,
               hyphenate ? plt_layout_find_hyphenation (drawing->layout, text->element->hyphenate)
                         : NULL);
  return self;
}

static const Break *
get_break (PltCardBreaks *self,
           guint          index)
{
  return &g_array_index (self->breaks, Break, index);
}

/* The width of a line from after break @from (-1: the beginning) to break @to. */
static double
get_width (PltCardBreaks *self,
           int            from,
           int            to)
{
  glong start = from >= 0 ? get_break (self, (guint) from)->at : 0;
  const Break *last = get_break (self, (guint) to);

  return self->sums[MAX (last->end, start)] - self->sums[start]
         + (last->has_hyphen ? self->hyphen : 0);
}

static void
add_line (PltCardBreaks *self,
          GArray        *lines,
          int            from,
          int            to)
{
  glong start = from >= 0 ? get_break (self, (guint) from)->at : 0;
  const Break *last = get_break (self, (guint) to);
  PltCardRange line = {
    self->offsets[start], self->offsets[MAX (last->end, start)], last->has_hyphen
  };

  g_array_append_val (lines, line);
}

/* Exactly @n_lines lines of which the longest is as short as can be. Returns: its width in mm at
 * the size of the text; 0 where there are not as many lines to be had. */
double
plt_card_breaks_balance (PltCardBreaks *self,
                         int            n_lines,
                         GArray        *lines)
{
  int n = (int) self->breaks->len;
  g_autofree double *longest = g_new (double, (gsize) n_lines * n);
  g_autofree int *before = g_new (int, (gsize) n_lines * n);
  g_autofree int *ends = g_new (int, n_lines);

  g_array_set_size (lines, 0);
  if (n < n_lines)
    return 0;
  for (int k = 0; k < n_lines; k++)
    for (int j = 0; j < n; j++)
      {
        longest[k * n + j] = k == 0 ? get_width (self, -1, j) : NEVER;
        before[k * n + j] = -1;
        for (int i = k - 1; k > 0 && i < j; i++)
          {
            double width = MAX (longest[(k - 1) * n + i], get_width (self, i, j));

            if (width < longest[k * n + j])
              {
                longest[k * n + j] = width;
                before[k * n + j] = i;
              }
          }
      }
  for (int k = n_lines - 1, j = n - 1; k >= 0; j = before[k * n + j], k--)
    ends[k] = j;
  for (int k = 0; k < n_lines; k++)
    add_line (self, lines, k > 0 ? ends[k - 1] : -1, ends[k]);
  return longest[n_lines * n - 1];
}

/* Lines filled one after another up to @width mm at the size of the text. Returns: the width of the
 * longest, which is more than @width where a word is too long. */
double
plt_card_breaks_fill (PltCardBreaks *self,
                      double         width,
                      GArray        *lines)
{
  int from = -1, n = (int) self->breaks->len;
  double longest = 0;

  g_array_set_size (lines, 0);
  while (from < n - 1)
    {
      int to = from + 1;

      for (int next = to; !get_break (self, (guint) next)->is_forced && next + 1 < n; next++)
        if (get_width (self, from, next + 1) <= width)
          to = next + 1;
        else if (!get_break (self, (guint) next + 1)->has_hyphen)
          break;
      longest = MAX (longest, get_width (self, from, to));
      add_line (self, lines, from, to);
      from = to;
    }
  return longest;
}
