/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Optical reading of a line whose font and grid are known: black against white, dot by dot. */
#include "plt-mrz-reader.h"

#include "plt-card-drawing.h"

#include <math.h>
#include <string.h>

#define MM_PER_INCH 25.4
/* Darker is ink. OCR-B is printed black; grounds and a specimen mark are lighter. */
#define DARK 110
/* A cell is the letter that is most like it, if no more of its dots than this are dark in one of them
 * and nowhere near in the other: a corner that is covered. */
#define ASTRAY 0.04
/* The grid of the letters need not be that of the dots. */
#define SHIFT 1
#define N_LETTERS (sizeof PLT_CARD_MRZ_CHARACTERS - 1)

/* Dark dots of one cell, a byte each. */
typedef struct
{
  int     width, height;
  guint8 *dots;
} Cell;

static void
cell_clear (Cell *self)
{
  g_free (self->dots);
}

static gboolean
is_dark (cairo_surface_t *picture,
         int              x,
         int              y)
{
  const guint8 *data = cairo_image_surface_get_data (picture);
  guint32 pixel;

  if (x < 0 || y < 0 || x >= cairo_image_surface_get_width (picture)
      || y >= cairo_image_surface_get_height (picture))
    return FALSE;
  memcpy (&pixel, data + (gsize) y * (gsize) cairo_image_surface_get_stride (picture) + (gsize) x * 4,
          sizeof pixel);
  return ((pixel >> 16 & 0xff) * 77 + (pixel >> 8 & 0xff) * 150 + (pixel & 0xff) * 29) >> 8 < DARK;
}

static void
cut_out (Cell            *self,
         cairo_surface_t *picture,
         int              left,
         int              top)
{
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      self->dots[y * self->width + x] = is_dark (picture, left + x, top + y);
}

static Cell
cell_new (const PltElement *element,
          double            scale)
{
  Cell self = {
    .width = (int) ceil (element->pitch * scale),
    .height = (int) ceil ((element->leading > 0 ? element->leading : element->height) * scale),
  };

  self.dots = g_malloc0 ((gsize) self.width * (gsize) self.height);
  return self;
}

/* How one cell lies on another. */
typedef struct
{
  double likeness; /* of the dots that are dark in either, how many are in both */
  int    dx, dy;   /* where that is most */
} Match;

static gboolean
get (const Cell *self,
     int         x,
     int         y)
{
  return x >= 0 && y >= 0 && x < self->width && y < self->height && self->dots[y * self->width + x];
}

static Match
match (const Cell *letter,
       const Cell *cell)
{
  Match best = { 0, 0, 0 };

  for (int dy = -SHIFT; dy <= SHIFT; dy++)
    for (int dx = -SHIFT; dx <= SHIFT; dx++)
      {
        int both = 0, either = 0;

        for (int y = 0; y < cell->height; y++)
          for (int x = 0; x < cell->width; x++)
            {
              gboolean of_letter = get (letter, x - dx, y - dy);
              gboolean of_cell = cell->dots[y * cell->width + x];

              both += of_letter && of_cell;
              either += of_letter || of_cell;
            }
        if (either > 0 && (double) both / either > best.likeness)
          best = (Match) { (double) both / either, dx, dy };
      }
  return best;
}

static gboolean
has_near (const Cell *self,
          int         x,
          int         y)
{
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      if (get (self, x + dx, y + dy))
        return TRUE;
  return FALSE;
}

/* How many of the dark dots of either have none of the other about them. */
static double
count_astray (const Cell  *letter,
              const Cell  *cell,
              const Match *at)
{
  int astray = 0, n = 0;

  for (int y = 0; y < cell->height; y++)
    for (int x = 0; x < cell->width; x++)
      {
        gboolean of_letter = get (letter, x - at->dx, y - at->dy);
        gboolean of_cell = cell->dots[y * cell->width + x];

        n += of_letter || of_cell;
        astray += (of_letter && !has_near (cell, x, y))
                  || (of_cell && !has_near (letter, x - at->dx, y - at->dy));
      }
  return n > 0 ? (double) astray / n : 1;
}

static gboolean
is_empty (const Cell *self)
{
  return memchr (self->dots, TRUE, (gsize) self->width * (gsize) self->height) == NULL;
}

/* The letters as they look in the first cell of the line that ends at @bottom. */
static gboolean
draw_letters (PltLayout        *layout,
              guint             page,
              guint             index,
              double            scale,
              double            bottom,
              Cell             *letters)
{
  const PltElement *element = plt_layout_get_element (layout, page, index);
  g_autoptr (PltCardInputs) inputs = plt_card_inputs_new ();
  PltCardDrawing drawing = {
    .layout = layout, .inputs = inputs, .page = page, .layers = PLT_CARD_LAYER_ALL,
    .text = plt_card_text_get_layout (layout),
  };
  gboolean ok = TRUE;

  for (gsize i = 0; i < N_LETTERS; i++)
    {
      cairo_surface_t *surface;

      letters[i] = cell_new (element, scale);
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, letters[i].width, letters[i].height);
      drawing.cr = cairo_create (surface);
      cairo_set_source_rgb (drawing.cr, 1, 1, 1);
      cairo_paint (drawing.cr);
      /* The dots of the first cell begin where those of the picture do. */
      cairo_translate (drawing.cr, -floor (element->x * scale),
                       letters[i].height - ceil (bottom * scale)
                       - (element->y + element->height - bottom) * scale);
      cairo_scale (drawing.cr, scale, scale);
      ok = plt_card_draw_piece (&drawing, index, 1, (int) i, NULL) && ok;
      cairo_destroy (drawing.cr);
      cairo_surface_flush (surface);
      cut_out (&letters[i], surface, 0, 0);
      cairo_surface_destroy (surface);
    }
  return ok;
}

static char
read_cell (const Cell *cell,
           const Cell *letters)
{
  Match best = { 0, 0, 0 };
  gsize letter = 0;

  for (gsize i = 0; i < N_LETTERS; i++)
    {
      Match found = match (&letters[i], cell);

      if (found.likeness > best.likeness)
        {
          best = found;
          letter = i;
        }
    }
  return count_astray (&letters[letter], cell, &best) <= ASTRAY ? PLT_CARD_MRZ_CHARACTERS[letter]
                                                                : PLT_MRZ_UNREADABLE;
}

/* Appends what stands in the cells above @bottom, to the last that is not empty. */
static gboolean
read_line (GString          *zone,
           const PltElement *element,
           cairo_surface_t  *picture,
           double            scale,
           double            bottom,
           Cell             *cell,
           const Cell       *letters)
{
  int n_cells = (int) floor (element->width / element->pitch + 0.01);
  gsize begin = zone->len;
  gsize read = begin;

  for (int i = 0; i < n_cells; i++)
    {
      cut_out (cell, picture, (int) floor ((element->x + i * element->pitch) * scale),
               (int) ceil (bottom * scale) - cell->height);
      g_string_append_c (zone, is_empty (cell) ? PLT_MRZ_UNREADABLE : read_cell (cell, letters));
      if (!is_empty (cell))
        read = zone->len;
    }
  g_string_truncate (zone, read);
  return read > begin;
}

/**
 * plt_mrz_reader_read:
 * @index: of the element of the layout that is the machine-readable zone
 * @picture: the page, trimmed, as %CAIRO_FORMAT_RGB24 or %CAIRO_FORMAT_ARGB32
 *
 * Returns: (transfer full) (nullable): what stands in its cells, a newline between lines, %PLT_MRZ_UNREADABLE for what is none of
 *   the letters, to the last that is not empty; %NULL if there is nothing
 */
char *
plt_mrz_reader_read (PltLayout       *layout,
                     guint            page,
                     guint            index,
                     cairo_surface_t *picture,
                     double           dpi)
{
  const PltElement *element = plt_layout_get_element (layout, page, index);
  double scale = dpi / MM_PER_INCH;
  Cell letters[N_LETTERS] = { 0 };
  Cell cell = cell_new (element, scale);
  g_autoptr (GString) zone = g_string_new (NULL);
  gboolean ok = TRUE;
  gboolean found = FALSE;
  guint n = plt_card_mrz_count_lines (element->manner);

  for (guint i = 0; ok && i < n; i++)
    {
      double bottom = element->y + element->height - (double) (n - 1 - i) * element->leading;

      if (i > 0)
        g_string_append_c (zone, '\n');
      ok = draw_letters (layout, page, index, scale, bottom, letters);
      found = (ok && read_line (zone, element, picture, scale, bottom, &cell, letters)) || found;
      for (gsize letter = 0; letter < N_LETTERS; letter++)
        cell_clear (&letters[letter]);
    }
  cell_clear (&cell);
  return found ? g_string_free (g_steal_pointer (&zone), FALSE) : NULL;
}
