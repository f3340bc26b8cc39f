/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads SVG path data into segments and traces them with cairo. */
#include "plt-svg-path.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *at;
  GArray     *segments;
  double      x, y;             /* where the pen is */
  double      start_x, start_y; /* where the subpath began */
} Parser;

static void
skip_separators (Parser *parser)
{
  while (*parser->at != '\0' && strchr (" \t\r\n,", *parser->at) != NULL)
    parser->at++;
}

static gboolean
read_number (Parser *parser,
             double *number)
{
  char *end = NULL;

  skip_separators (parser);
  *number = g_ascii_strtod (parser->at, &end);
  if (end == parser->at || !isfinite (*number) || fabs (*number) > 1e6)
    return FALSE;
  parser->at = end;
  return TRUE;
}

static gboolean
read_numbers (Parser *parser,
              double *numbers,
              int     n)
{
  for (int i = 0; i < n; i++)
    if (!read_number (parser, &numbers[i]))
      return FALSE;
  return TRUE;
}

static void
add_segment (Parser       *parser,
             char          command,
             const double *p,
             int           n)
{
  PltSvgSegment segment = { .command = command };

  if (n > 0)
    {
      memcpy (segment.p, p, sizeof (double) * n);
      parser->x = p[n - 2];
      parser->y = p[n - 1];
    }
  g_array_append_val (parser->segments, segment);
}

static void
add_quadratic (Parser       *parser,
               const double *q)
{
  double p[6] = { parser->x + 2.0 / 3 * (q[0] - parser->x), parser->y + 2.0 / 3 * (q[1] - parser->y),
                  q[2] + 2.0 / 3 * (q[0] - q[2]), q[3] + 2.0 / 3 * (q[1] - q[3]), q[2], q[3] };

  add_segment (parser, 'C', p, 6);
}

static void
close_subpath (Parser *parser)
{
  add_segment (parser, 'Z', NULL, 0);
  parser->x = parser->start_x;
  parser->y = parser->start_y;
}

static int
count_numbers (char command)
{
  switch (command)
    {
    case 'M': case 'L': return 2;
    case 'H': case 'V': return 1;
    case 'C': return 6;
    case 'Q': return 4;
    case 'Z': return 0;
    default: return -1;
    }
}

static void
make_absolute (Parser *parser,
               char    command,
               double *p,
               int     n)
{
  for (int i = 0; i < n; i++)
    {
      gboolean is_y = command == 'V' || (command != 'H' && i % 2 == 1);

      p[i] += is_y ? parser->y : parser->x;
    }
}

static void
add_command (Parser *parser,
             char    command,
             double *p,
             int     n)
{
  double across[2] = { p[0], parser->y };
  double down[2] = { parser->x, p[0] };

  switch (command)
    {
    case 'H': add_segment (parser, 'L', across, 2); break;
    case 'V': add_segment (parser, 'L', down, 2); break;
    case 'Q': add_quadratic (parser, p); break;
    case 'Z': close_subpath (parser); break;
    default: add_segment (parser, command, p, n); break;
    }
  if (command == 'M')
    {
      parser->start_x = parser->x;
      parser->start_y = parser->y;
    }
}

static gboolean
is_number_start (char c)
{
  return c != '\0' && strchr ("+-.0123456789", c) != NULL;
}

/* One letter and as many sets of numbers as follow it; more sets after M are lines. */
static gboolean
read_command (Parser *parser)
{
  char letter = *parser->at;
  char command = g_ascii_toupper (letter);
  int n = count_numbers (command);

  if (n < 0 || (parser->segments->len == 0 && command != 'M'))
    return FALSE;
  parser->at++;
  do
    {
      double p[6] = { 0 };

      if (!read_numbers (parser, p, n))
        return FALSE;
      if (g_ascii_islower (letter))
        make_absolute (parser, command, p, n);
      add_command (parser, command, p, n);
      if (command == 'M')
        command = 'L';
      skip_separators (parser);
    }
  while (n > 0 && is_number_start (*parser->at));
  return TRUE;
}

GArray *
plt_svg_path_parse (const char *data,
                    gsize      *position)
{
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (PltSvgSegment));
  Parser parser = { .at = data, .segments = segments };

  for (skip_separators (&parser); *parser.at != '\0'; skip_separators (&parser))
    if (!read_command (&parser))
      {
        *position = parser.at - data;
        return NULL;
      }
  return g_steal_pointer (&segments);
}

void
plt_svg_path_trace (GArray  *segments,
                    cairo_t *cr)
{
  for (guint i = 0; i < segments->len; i++)
    {
      const PltSvgSegment *s = &g_array_index (segments, PltSvgSegment, i);

      switch (s->command)
        {
        case 'M': cairo_move_to (cr, s->p[0], s->p[1]); break;
        case 'L': cairo_line_to (cr, s->p[0], s->p[1]); break;
        case 'C': cairo_curve_to (cr, s->p[0], s->p[1], s->p[2], s->p[3], s->p[4], s->p[5]); break;
        default: cairo_close_path (cr); break;
        }
    }
}
