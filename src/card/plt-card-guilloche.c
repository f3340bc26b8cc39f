/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The artwork: tinted grounds, emblems, and the fine-line patterns (guilloche) that a copier
 * cannot follow. Parametric curves are drawn as cubic Béziers through few points, because a card's
 * PDF carries every one of them. */
#include "plt-card-drawing.h"

#include "plt-svg-path.h"

#include <math.h>

#define TURN (2 * G_PI)
#define THIRD (1.0 / 3)
#define HALF_WAVE 0.3642 /* with which a cubic is half a wave of a sine, to a thousandth */
#define GRID 256         /* parts of a dot or point in which cairo tells where something is */

typedef struct
{
  double x, y;
} Point;

typedef Point (*CurveFunc) (const PltElement *element,
                            int               line,
                            double            t);

void
plt_card_set_colour (cairo_t         *cr,
                     const PltColour *colour)
{
  if (colour->alpha < 1)
    cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
  else
    cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
}

static void
set_source (cairo_t          *cr,
            const PltElement *element)
{
  const PltColour *a = &element->colour;
  const PltColour *b = &element->colour_to;
  cairo_pattern_t *gradient;

  if (b->alpha <= 0)
    {
      plt_card_set_colour (cr, a);
      return;
    }
  gradient = cairo_pattern_create_linear (element->x, element->y, element->x + element->width,
                                          element->y + element->height * 0.35);
  cairo_pattern_add_color_stop_rgb (gradient, 0, a->red, a->green, a->blue);
  cairo_pattern_add_color_stop_rgb (gradient, 0.5, b->red, b->green, b->blue);
  cairo_pattern_add_color_stop_rgb (gradient, 1, a->red, a->green, a->blue);
  cairo_set_source (cr, gradient);
  cairo_pattern_destroy (gradient);
}

static void
trace_box (cairo_t          *cr,
           const PltElement *e)
{
  double r = MIN (e->radius, MIN (e->width, e->height) / 2);

  if (r <= 0)
    {
      cairo_rectangle (cr, e->x, e->y, e->width, e->height);
      return;
    }
  cairo_new_sub_path (cr);
  cairo_arc (cr, e->x + e->width - r, e->y + r, r, -TURN / 4, 0);
  cairo_arc (cr, e->x + e->width - r, e->y + e->height - r, r, 0, TURN / 4);
  cairo_arc (cr, e->x + r, e->y + e->height - r, r, TURN / 4, TURN / 2);
  cairo_arc (cr, e->x + r, e->y + r, r, TURN / 2, TURN * 3 / 4);
  cairo_close_path (cr);
}

/* Filled, or a frame where line_width is given. */
void
plt_card_draw_rect (PltCardDrawing   *self,
                    const PltElement *element)
{
  cairo_save (self->cr);
  set_source (self->cr, element);
  trace_box (self->cr, element);
  if (element->line_width > 0)
    {
      cairo_set_line_width (self->cr, element->line_width);
      cairo_stroke (self->cr);
    }
  else
    {
      cairo_fill (self->cr);
    }
  cairo_restore (self->cr);
}

void
plt_card_draw_path (PltCardDrawing   *self,
                    const PltElement *element)
{
  double scale = MIN (element->width / element->view_width, element->height / element->view_height);

  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &element->colour);
  cairo_translate (self->cr, element->x, element->y);
  cairo_scale (self->cr, scale, scale);
  cairo_set_fill_rule (self->cr, CAIRO_FILL_RULE_EVEN_ODD);
  plt_svg_path_trace (element->path, self->cr);
  if (element->line_width > 0)
    {
      cairo_set_line_width (self->cr, element->line_width / scale);
      cairo_stroke (self->cr);
    }
  else
    {
      cairo_fill (self->cr);
    }
  cairo_restore (self->cr);
}

/* @t from 0 to 1 goes from the left edge to the right. Two sines with a shift per line: where the
 * shifts of neighbours run apart the lines open into the eyes and knots of a guilloche. */
static Point
wave_point (const PltElement *e,
            int               line,
            double            t)
{
  double rest = e->height - 2 * (e->amplitude + e->amplitude_2);
  double base = e->y + e->height / 2
                + (e->lines > 1 ? rest * ((double) line / (e->lines - 1) - 0.5) : 0);
  double along = t * e->width;
  double y = base + e->amplitude * sin (TURN * (along / e->wavelength + e->phase * line));

  if (e->wavelength_2 > 0)
    y += e->amplitude_2 * sin (TURN * (along / e->wavelength_2 + e->phase_2 * line));
  return (Point) { e->x + along, y };
}

static double
get_turn (const PltElement *e,
          int               line)
{
  return e->phase != 0 ? e->phase * line : (double) line / e->lines;
}

/* @t from 0 to 1 goes once around; the radius swings between inner and 1. About the centre. */
static Point
rosette_point (const PltElement *e,
               int               line,
               double            t)
{
  double swing = (1 - e->inner) / 2;
  double r = e->inner + swing + swing * sin (TURN * (e->petals * t + get_turn (e, line)));

  return (Point) { e->width / 2 * r * cos (TURN * t), e->height / 2 * r * sin (TURN * t) };
}

/* The derivative of @at at @t, numerically. */
static Point
get_slope (const PltElement *element,
           int               line,
           CurveFunc         at,
           double            t,
           double            h)
{
  Point before = at (element, line, t - h), after = at (element, line, t + h);

  return (Point) { (after.x - before.x) / (2 * h), (after.y - before.y) / (2 * h) };
}

/* Cubic pieces along the tangents at their ends, from @start once through. @arm: how far the control
 * points lie along them; a third is that of Hermite. */
static void
trace_curve (cairo_t          *cr,
             const PltElement *element,
             int               line,
             CurveFunc         at,
             double            start,
             int               pieces,
             double            arm)
{
  const double step = 1.0 / pieces;
  const double h = step * 1e-3;
  Point from = at (element, line, start);
  Point from_slope = get_slope (element, line, at, start, h);

  cairo_move_to (cr, from.x, from.y);
  for (int i = 1; i <= pieces; i++)
    {
      Point to = at (element, line, start + i * step);
      Point to_slope = get_slope (element, line, at, start + i * step, h);

      cairo_curve_to (cr, from.x + from_slope.x * step * arm, from.y + from_slope.y * step * arm,
                      to.x - to_slope.x * step * arm, to.y - to_slope.y * step * arm, to.x, to.y);
      from = to;
      from_slope = to_slope;
    }
}

static void
begin_curves (PltCardDrawing   *self,
              const PltElement *element)
{
  cairo_save (self->cr);
  trace_box (self->cr, element);
  cairo_clip (self->cr);
  set_source (self->cr, element);
  cairo_set_line_width (self->cr, element->line_width);
}

void
plt_card_draw_waves (PltCardDrawing   *self,
                     const PltElement *element)
{
  double shortest = element->wavelength;

  if (element->wavelength_2 > 0 && element->amplitude_2 > 0)
    shortest = MIN (shortest, element->wavelength_2);
  begin_curves (self, element);
  for (int i = 0; i < element->lines; i++)
    trace_curve (self->cr, element, i, wave_point, 0,
                 MAX (4, (int) ceil (element->width / shortest * 2.5)), THIRD);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

/* The origin at the centre, which is put on the grid of cairo's numbers: then what is the same on both
 * sides of it is so in the file. */
static void
move_to_centre (cairo_t          *cr,
                const PltElement *element)
{
  double x = element->x + element->width / 2, y = element->y + element->height / 2;

  cairo_user_to_device (cr, &x, &y);
  x = round (x * GRID) / GRID;
  y = round (y * GRID) / GRID;
  cairo_device_to_user (cr, &x, &y);
  cairo_translate (cr, x, y);
}

/* A line goes from crest to trough to crest: with the tangents there, one piece is half a wave. */
void
plt_card_draw_rosette (PltCardDrawing   *self,
                       const PltElement *element)
{
  begin_curves (self, element);
  move_to_centre (self->cr, element);
  for (int i = 0; i < element->lines; i++)
    trace_curve (self->cr, element, i, rosette_point,
                 (0.25 - get_turn (element, i)) / element->petals, MAX (4, element->petals * 2),
                 HALF_WAVE);
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}
