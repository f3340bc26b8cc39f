/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a face in layers, from the wall behind it to the fringe: calm, frontal, evenly lit. */
#include "plt-demo-face.h"

#include "plt-demo-random.h"

#include <math.h>

#define MIDDLE 450.0
#define EYES_Y 560.0
#define LOOK_YEAR 2026 /* portraits do not age with the clock: same number, same picture */

typedef struct
{
  double r, g, b;
} Colour;

typedef struct
{
  gboolean woman;
  int      age;
  Colour   skin;
  Colour   hair;
  Colour   clothes;
  Colour   iris;
  double   half_width; /* of the face at the cheekbones */
  double   chin_y;
  double   jaw;        /* 0 pointed … 1 square */
  double   eye_gap;
  double   brow_y;
  double   nose_width;
  double   mouth_width;
  int      hair_style;
  gboolean beard;
  gboolean glasses;
} Look;

static const Colour skins[] = {
  { 0.96, 0.82, 0.73 }, { 0.93, 0.77, 0.66 }, { 0.89, 0.71, 0.58 }, { 0.82, 0.63, 0.48 },
  { 0.71, 0.52, 0.38 }, { 0.58, 0.41, 0.29 }, { 0.46, 0.32, 0.23 }, { 0.94, 0.79, 0.65 },
};
static const Colour hairs[] = {
  { 0.13, 0.10, 0.09 }, { 0.22, 0.15, 0.11 }, { 0.34, 0.23, 0.15 }, { 0.47, 0.33, 0.20 },
  { 0.70, 0.55, 0.34 }, { 0.56, 0.29, 0.16 }, { 0.17, 0.14, 0.14 },
};
static const Colour cloths[] = {
  { 0.18, 0.24, 0.36 }, { 0.30, 0.33, 0.37 }, { 0.42, 0.20, 0.24 }, { 0.16, 0.34, 0.34 },
  { 0.52, 0.50, 0.46 }, { 0.24, 0.20, 0.30 }, { 0.36, 0.44, 0.34 }, { 0.66, 0.62, 0.56 },
};
static const Colour irises[] = {
  { 0.27, 0.18, 0.11 }, { 0.36, 0.25, 0.14 }, { 0.34, 0.44, 0.50 }, { 0.35, 0.42, 0.30 },
};

static Colour
mix_colours (Colour a,
             Colour b,
             double share)
{
  return (Colour) { a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share,
                    a.b + (b.b - a.b) * share };
}

static Colour
shade (Colour colour,
       double factor)
{
  return (Colour) { MIN (colour.r * factor, 1), MIN (colour.g * factor, 1),
                    MIN (colour.b * factor, 1) };
}

static void
set_colour (cairo_t *cr,
            Colour   colour,
            double   alpha)
{
  cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, alpha);
}

#define PICK(random, list) ((list)[plt_demo_random_range (random, 0, G_N_ELEMENTS (list) - 1)])

static double
vary (PltDemoRandom *random,
      double         middle,
      double         spread)
{
  return middle + (plt_demo_random_unit (random) * 2 - 1) * spread;
}

static Look
draw_lots (guint64 seed,
           char    sex,
           int     birth_year)
{
  PltDemoRandom random = plt_demo_random_new (seed, 19794);
  const Colour grey = { 0.72, 0.71, 0.70 };
  Look look = { .woman = sex == 'X' ? plt_demo_random_chance (&random, 0.5) : sex == 'F' };

  look.age = CLAMP (LOOK_YEAR - birth_year, 0, 100);
  look.skin = PICK (&random, skins);
  look.hair = look.skin.r < 0.75 ? hairs[0] : PICK (&random, hairs);
  look.clothes = PICK (&random, cloths);
  look.iris = look.skin.r < 0.75 ? irises[0] : PICK (&random, irises);
  look.half_width = vary (&random, look.woman ? 236 : 250, 14);
  look.chin_y = vary (&random, look.woman ? 922 : 940, 16);
  look.jaw = vary (&random, look.woman ? 0.25 : 0.62, 0.2);
  look.eye_gap = vary (&random, 104, 6);
  look.brow_y = vary (&random, look.woman ? -62 : -54, 6);
  look.nose_width = vary (&random, look.woman ? 40 : 47, 6);
  look.mouth_width = vary (&random, look.woman ? 80 : 86, 8);
  look.hair_style = plt_demo_random_range (&random, 0, 3);
  look.beard = !look.woman && look.age > 22 && plt_demo_random_chance (&random, 0.3);
  look.glasses = plt_demo_random_chance (&random, look.age > 45 ? 0.3 : 0.12);
  look.hair = mix_colours (look.hair, grey,
                           CLAMP ((look.age - vary (&random, 48, 8)) / 28.0, 0, 0.92));

  return look;
}

/* A spot that fades out, for light and shadow on skin. */
static void
paint_glow (cairo_t *cr,
            double   x,
            double   y,
            double   radius,
            double   flatness,
            Colour   colour,
            double   alpha)
{
  cairo_pattern_t *glow = cairo_pattern_create_radial (0, 0, 0, 0, 0, radius);

  cairo_pattern_add_color_stop_rgba (glow, 0, colour.r, colour.g, colour.b, alpha);
  cairo_pattern_add_color_stop_rgba (glow, 0.55, colour.r, colour.g, colour.b, alpha * 0.45);
  cairo_pattern_add_color_stop_rgba (glow, 1, colour.r, colour.g, colour.b, 0);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, 1, flatness);
  cairo_set_source (cr, glow);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (glow);
}

static void
paint_wall (cairo_t *cr)
{
  cairo_pattern_t *wall = cairo_pattern_create_radial (MIDDLE, 460, 120, MIDDLE, 560, 900);

  cairo_pattern_add_color_stop_rgb (wall, 0, 0.90, 0.925, 0.95);
  cairo_pattern_add_color_stop_rgb (wall, 1, 0.77, 0.81, 0.86);
  cairo_set_source (cr, wall);
  cairo_paint (cr);
  cairo_pattern_destroy (wall);
}

static void
trace_face (cairo_t    *cr,
            const Look *look)
{
  double w = look->half_width;
  double corner = w * (0.50 + 0.26 * look->jaw);
  double chin = look->chin_y;

  cairo_new_path (cr);
  cairo_move_to (cr, MIDDLE, 232);
  cairo_curve_to (cr, MIDDLE + w * 0.72, 232, MIDDLE + w, 340, MIDDLE + w, 540);
  cairo_curve_to (cr, MIDDLE + w, 690, MIDDLE + w * 0.88, 760, MIDDLE + corner, chin - 90);
  cairo_curve_to (cr, MIDDLE + corner * 0.66, chin - 24, MIDDLE + 70, chin, MIDDLE, chin);
  cairo_curve_to (cr, MIDDLE - 70, chin, MIDDLE - corner * 0.66, chin - 24, MIDDLE - corner,
                  chin - 90);
  cairo_curve_to (cr, MIDDLE - w * 0.88, 760, MIDDLE - w, 690, MIDDLE - w, 540);
  cairo_curve_to (cr, MIDDLE - w, 340, MIDDLE - w * 0.72, 232, MIDDLE, 232);
  cairo_close_path (cr);
}

static void
trace_hair_cap (cairo_t    *cr,
                const Look *look,
                double      out,
                double      down)
{
  double w = look->half_width + out;

  cairo_new_path (cr);
  cairo_move_to (cr, MIDDLE - w, down);
  cairo_curve_to (cr, MIDDLE - w - 16, 250, MIDDLE - w * 0.62, 158, MIDDLE, 158);
  cairo_curve_to (cr, MIDDLE + w * 0.62, 158, MIDDLE + w + 16, 250, MIDDLE + w, down);
}

/* What is seen of the hair beside and behind the head. */
static void
paint_back_hair (cairo_t    *cr,
                 const Look *look)
{
  double w = look->half_width;
  double length = look->hair_style == 0 ? 700 : look->hair_style == 1 ? 900 : 1080;

  if (!look->woman || look->hair_style == 3)
    return;
  trace_hair_cap (cr, look, 36, 520);
  cairo_curve_to (cr, MIDDLE + w + 54, length - 160, MIDDLE + w + 30, length - 20,
                  MIDDLE + w - 40, length);
  cairo_curve_to (cr, MIDDLE + 80, length + 30, MIDDLE - 80, length + 30, MIDDLE - w + 40, length);
  cairo_curve_to (cr, MIDDLE - w - 30, length - 20, MIDDLE - w - 54, length - 160,
                  MIDDLE - w - 36, 520);
  set_colour (cr, shade (look->hair, 0.8), 1);
  cairo_fill (cr);
}

static void
paint_shoulders (cairo_t    *cr,
                 const Look *look)
{
  double reach = look->woman ? 372 : 412;
  cairo_pattern_t *cloth = cairo_pattern_create_linear (0, 940, 0, 1157);
  Colour dark = shade (look->clothes, 0.8);

  cairo_pattern_add_color_stop_rgb (cloth, 0, look->clothes.r, look->clothes.g, look->clothes.b);
  cairo_pattern_add_color_stop_rgb (cloth, 1, dark.r, dark.g, dark.b);
  cairo_move_to (cr, MIDDLE - reach, 1160);
  cairo_curve_to (cr, MIDDLE - reach + 10, 1060, MIDDLE - 250, 1030, MIDDLE - 128, 985);
  cairo_line_to (cr, MIDDLE + 128, 985);
  cairo_curve_to (cr, MIDDLE + 250, 1030, MIDDLE + reach - 10, 1060, MIDDLE + reach, 1160);
  cairo_close_path (cr);
  cairo_set_source (cr, cloth);
  cairo_fill (cr);
  cairo_pattern_destroy (cloth);
}

static void
paint_neck (cairo_t    *cr,
            const Look *look)
{
  double w = look->woman ? 112 : 138;

  cairo_move_to (cr, MIDDLE - w, 760);
  cairo_curve_to (cr, MIDDLE - w, 930, MIDDLE - w - 4, 975, MIDDLE - w - 30, 996);
  cairo_curve_to (cr, MIDDLE - 70, 1098, MIDDLE + 70, 1098, MIDDLE + w + 30, 996);
  cairo_curve_to (cr, MIDDLE + w + 4, 975, MIDDLE + w, 930, MIDDLE + w, 760);
  cairo_close_path (cr);
  set_colour (cr, shade (look->skin, 0.88), 1);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  paint_glow (cr, MIDDLE, look->chin_y + 6, 210, 0.42, shade (look->skin, 0.5), 0.55);
  cairo_restore (cr);
}

static void
paint_ears (cairo_t    *cr,
            const Look *look)
{
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_save (cr);
      cairo_translate (cr, MIDDLE + side * (look->half_width + 4), 600);
      cairo_rotate (cr, side * 0.12);
      cairo_scale (cr, 34, 78);
      cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
      cairo_restore (cr);
      set_colour (cr, shade (look->skin, 0.9), 1);
      cairo_fill (cr);
    }
}

static void
paint_skin (cairo_t    *cr,
            const Look *look)
{
  Colour light = mix_colours (look->skin, (Colour) { 1, 0.97, 0.93 }, 0.35);
  Colour dark = shade (look->skin, 0.62);
  Colour blush = { MIN (look->skin.r * 1.02, 1), look->skin.g * 0.72, look->skin.b * 0.68 };
  cairo_pattern_t *base = cairo_pattern_create_radial (MIDDLE - 40, 500, 60, MIDDLE, 580, 440);

  trace_face (cr, look);
  cairo_pattern_add_color_stop_rgb (base, 0, light.r, light.g, light.b);
  cairo_pattern_add_color_stop_rgb (base, 0.5, look->skin.r, look->skin.g, look->skin.b);
  cairo_pattern_add_color_stop_rgb (base, 1, dark.r, dark.g, dark.b);
  cairo_save (cr);
  cairo_clip (cr);
  cairo_set_source (cr, base);
  cairo_paint (cr);
  for (int side = -1; side <= 1; side += 2)
    {
      paint_glow (cr, MIDDLE + side * 140, 700, 110, 0.8, blush, 0.30);
      paint_glow (cr, MIDDLE + side * look->eye_gap, EYES_Y - 6, 90, 0.62, dark, 0.22);
      paint_glow (cr, MIDDLE + side * look->half_width, 720, 110, 2, dark, 0.25);
    }
  paint_glow (cr, MIDDLE, look->chin_y - 66, 80, 0.6, light, 0.4);
  cairo_restore (cr);
  cairo_pattern_destroy (base);
}

static void
trace_eye (cairo_t *cr)
{
  cairo_new_path (cr);
  cairo_move_to (cr, -50, 6);
  cairo_curve_to (cr, -28, -26, 24, -28, 50, 0);
  cairo_curve_to (cr, 26, 22, -26, 24, -50, 6);
  cairo_close_path (cr);
}

static void
paint_eye (cairo_t    *cr,
           const Look *look,
           int         side)
{
  const Colour white = { 0.95, 0.94, 0.93 };
  const Colour black = { 0.06, 0.05, 0.05 };

  cairo_save (cr);
  cairo_translate (cr, MIDDLE + side * look->eye_gap, EYES_Y);
  cairo_scale (cr, side, 1);
  trace_eye (cr);
  cairo_save (cr);
  cairo_clip (cr);
  set_colour (cr, white, 1);
  cairo_paint (cr);
  cairo_arc (cr, -1, -3, 23, 0, 2 * G_PI);
  set_colour (cr, look->iris, 1);
  cairo_fill (cr);
  cairo_arc (cr, -1, -3, 10.5, 0, 2 * G_PI);
  set_colour (cr, black, 1);
  cairo_fill (cr);
  paint_glow (cr, 0, -26, 56, 0.4, black, 0.5);
  cairo_restore (cr);
  cairo_arc (cr, side * -8 - 1, -11, 4.5, 0, 2 * G_PI);
  set_colour (cr, white, 0.9);
  cairo_fill (cr);
  cairo_move_to (cr, -52, 7);
  cairo_curve_to (cr, -28, -28, 24, -30, 53, -2);
  set_colour (cr, shade (look->hair, 0.5), look->woman ? 0.95 : 0.75);
  cairo_set_line_width (cr, look->woman ? 7 : 5);
  cairo_stroke (cr);
  cairo_move_to (cr, -44, -20);
  cairo_curve_to (cr, -24, -44, 24, -46, 50, -20);
  set_colour (cr, shade (look->skin, 0.6), 0.5);
  cairo_set_line_width (cr, 4);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
paint_brow (cairo_t    *cr,
            const Look *look,
            int         side)
{
  double thick = look->woman ? 7 : 11;

  cairo_save (cr);
  cairo_translate (cr, MIDDLE + side * look->eye_gap, EYES_Y + look->brow_y);
  cairo_scale (cr, side, 1);
  cairo_move_to (cr, -56, 6);
  cairo_curve_to (cr, -30, -14, 20, -24, 70, 2);
  cairo_curve_to (cr, 20, -24 + thick * 1.5, -30, -12 + thick * 1.9, -56, 6 + thick);
  cairo_close_path (cr);
  set_colour (cr, shade (look->hair, 0.75), 0.85);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
paint_nose (cairo_t    *cr,
            const Look *look)
{
  double w = look->nose_width;
  Colour dark = shade (look->skin, 0.6);
  Colour light = mix_colours (look->skin, (Colour) { 1, 1, 1 }, 0.5);

  paint_glow (cr, MIDDLE + 26, 650, 44, 2.2, dark, 0.16);
  paint_glow (cr, MIDDLE - 4, 640, 26, 3.2, light, 0.35);
  paint_glow (cr, MIDDLE, 716, w + 16, 0.5, dark, 0.38);
  paint_glow (cr, MIDDLE - 4, 694, 26, 0.9, light, 0.5);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, MIDDLE + side * (w + 2), 694);
      cairo_curve_to (cr, MIDDLE + side * (w + 12), 716, MIDDLE + side * (w - 4), 726,
                      MIDDLE + side * (w - 20), 718);
      set_colour (cr, dark, 0.55);
      cairo_set_line_width (cr, 5);
      cairo_stroke (cr);
      paint_glow (cr, MIDDLE + side * (w * 0.44), 718, 15, 0.5, shade (look->skin, 0.3), 0.7);
    }
}

static void
paint_mouth (cairo_t    *cr,
             const Look *look)
{
  double w = look->mouth_width;
  double y = (look->chin_y + 716) / 2 - 4;
  Colour lip = { look->skin.r * 0.86, look->skin.g * 0.60, look->skin.b * 0.60 };

  if (look->woman)
    lip = mix_colours (lip, (Colour) { 0.70, 0.28, 0.30 }, 0.35);
  cairo_move_to (cr, MIDDLE - w, y);
  cairo_curve_to (cr, MIDDLE - w * 0.4, y - 26, MIDDLE - 14, y - 24, MIDDLE, y - 17);
  cairo_curve_to (cr, MIDDLE + 14, y - 24, MIDDLE + w * 0.4, y - 26, MIDDLE + w, y);
  cairo_curve_to (cr, MIDDLE + w * 0.5, y + 34, MIDDLE - w * 0.5, y + 34, MIDDLE - w, y);
  set_colour (cr, lip, look->woman ? 0.9 : 0.72);
  cairo_fill (cr);
  paint_glow (cr, MIDDLE, y + 15, w * 0.5, 0.22, (Colour) { 1, 0.9, 0.88 }, 0.35);
  cairo_move_to (cr, MIDDLE - w, y);
  cairo_curve_to (cr, MIDDLE - w * 0.4, y + 7, MIDDLE + w * 0.4, y + 7, MIDDLE + w, y);
  set_colour (cr, shade (lip, 0.5), 0.8);
  cairo_set_line_width (cr, 4);
  cairo_stroke (cr);
  paint_glow (cr, MIDDLE, y + 46, w * 0.6, 0.3, shade (look->skin, 0.6), 0.35);
}

static void
paint_beard (cairo_t    *cr,
             const Look *look)
{
  double w = look->half_width;
  double y = (look->chin_y + 716) / 2 - 4;

  cairo_save (cr);
  trace_face (cr, look);
  cairo_clip (cr);
  cairo_move_to (cr, MIDDLE - w, 640);
  cairo_curve_to (cr, MIDDLE - w * 0.8, 780, MIDDLE - w * 0.62, y - 56, MIDDLE, y - 52);
  cairo_curve_to (cr, MIDDLE + w * 0.62, y - 56, MIDDLE + w * 0.8, 780, MIDDLE + w, 640);
  cairo_line_to (cr, MIDDLE + w, 1000);
  cairo_line_to (cr, MIDDLE - w, 1000);
  cairo_close_path (cr);
  set_colour (cr, look->hair, 0.62);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
paint_age (cairo_t    *cr,
           const Look *look)
{
  double depth = CLAMP ((look->age - 42) / 40.0, 0, 1);

  if (depth <= 0)
    return;
  set_colour (cr, shade (look->skin, 0.55), 0.45 * depth);
  cairo_set_line_width (cr, 4);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, MIDDLE + side * 66, 712);
      cairo_curve_to (cr, MIDDLE + side * 104, 740, MIDDLE + side * 116, 776, MIDDLE + side * 112,
                      812);
      cairo_move_to (cr, MIDDLE + side * (look->eye_gap - 44), EYES_Y + 34);
      cairo_curve_to (cr, MIDDLE + side * look->eye_gap, EYES_Y + 52,
                      MIDDLE + side * (look->eye_gap + 30), EYES_Y + 48,
                      MIDDLE + side * (look->eye_gap + 50), EYES_Y + 34);
      cairo_stroke (cr);
    }
  for (int line = 0; line < 2; line++)
    {
      cairo_move_to (cr, MIDDLE - 120, 420 + line * 36);
      cairo_curve_to (cr, MIDDLE - 50, 408 + line * 36, MIDDLE + 50, 408 + line * 36, MIDDLE + 120,
                      420 + line * 36);
      cairo_stroke (cr);
    }
}

/* Hairline by style; men of some age keep less of it. */
static void
paint_front_hair (cairo_t    *cr,
                  const Look *look)
{
  double w = look->half_width;
  gboolean receding = !look->woman && look->age > 50 && look->hair_style % 2 == 0;
  double line = receding ? 292 : look->woman ? 372 : 356;
  double part = receding ? 0 : look->hair_style == 1 ? -90 : look->hair_style == 2 ? 100 : 0;
  double side_y = look->woman ? 610 : 520;

  trace_hair_cap (cr, look, look->woman ? 26 : 14, side_y);
  cairo_curve_to (cr, MIDDLE + w - 4, side_y - 90, MIDDLE + w * 0.86, line + 30,
                  MIDDLE + w * 0.62, line);
  cairo_curve_to (cr, MIDDLE + w * 0.3 + part, line - 56, MIDDLE + part + 30, line - 52,
                  MIDDLE + part, line - 48);
  cairo_curve_to (cr, MIDDLE + part - 60, line - 36, MIDDLE - w * 0.5, line - 20,
                  MIDDLE - w * 0.66, line + 14);
  cairo_curve_to (cr, MIDDLE - w * 0.86, line + 50, MIDDLE - w + 4, side_y - 90,
                  MIDDLE - w - (look->woman ? 26 : 14), side_y);
  cairo_close_path (cr);
  set_colour (cr, look->hair, 1);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  paint_glow (cr, MIDDLE - 60, 236, 190, 0.5, mix_colours (look->hair, (Colour) { 1, 1, 1 }, 0.4),
              0.4);
  cairo_restore (cr);
}

static void
paint_glasses (cairo_t    *cr,
               const Look *look)
{
  const Colour frame = { 0.16, 0.15, 0.16 };

  set_colour (cr, frame, 0.85);
  cairo_set_line_width (cr, 8);
  for (int side = -1; side <= 1; side += 2)
    {
      double x = MIDDLE + side * look->eye_gap;

      cairo_save (cr);
      cairo_translate (cr, x, EYES_Y + 6);
      cairo_scale (cr, 82, 62);
      cairo_new_sub_path (cr);
      cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
      cairo_restore (cr);
      cairo_stroke (cr);
      cairo_move_to (cr, x + side * 82, EYES_Y - 4);
      cairo_line_to (cr, MIDDLE + side * (look->half_width + 2), EYES_Y - 14);
      cairo_stroke (cr);
    }
  cairo_move_to (cr, MIDDLE - look->eye_gap + 80, EYES_Y);
  cairo_curve_to (cr, MIDDLE - 10, EYES_Y - 16, MIDDLE + 10, EYES_Y - 16,
                  MIDDLE + look->eye_gap - 80, EYES_Y);
  cairo_stroke (cr);
}

void
plt_demo_face_draw (cairo_t *cr,
                    guint64  seed,
                    char     sex,
                    int      birth_year)
{
  Look look = draw_lots (seed, sex, birth_year);

  paint_wall (cr);
  paint_back_hair (cr, &look);
  paint_shoulders (cr, &look);
  paint_neck (cr, &look);
  paint_ears (cr, &look);
  paint_skin (cr, &look);
  if (look.beard)
    paint_beard (cr, &look);
  paint_age (cr, &look);
  paint_nose (cr, &look);
  paint_mouth (cr, &look);
  for (int side = -1; side <= 1; side += 2)
    {
      paint_eye (cr, &look, side);
      paint_brow (cr, &look, side);
    }
  paint_front_hair (cr, &look);
  if (look.glasses)
    paint_glasses (cr, &look);
}
