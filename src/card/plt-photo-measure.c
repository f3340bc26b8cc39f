/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Raw values of a portrait: where the head is in the frame, and what light, colour and sharpness are.
 * Measured at one fixed size, so that limits hold for every camera. Luminance is linear, as OFIQ's. */
#include "plt-photo-check.h"

#include <math.h>
#include <string.h>

#define WIDTH 300
#define HEIGHT 386
#define BACKGROUND_SIDE 0.13 /* of the width, at the left and at the right, */
#define BACKGROUND_DOWN 0.45 /* and of the height, from the top: beside the head */
#define COVERED_SIDE 0.1     /* beside a cover, which is wider than hair */
#define COVERED_DOWN 0.22
#define BROW 0.4             /* above the eyes, in distances between them: higher up may be cloth */
#define CORNER 0.14
#define BLOCK 18             /* pixels of a block of the background that is judged by itself */
#define CHEEK 0.3            /* side of a cheek's square, in distances between the eyes (OFIQ) */
#define BLACK 25.0
#define WHITE 247.0

typedef struct
{
  int left, top, right, bottom; /* right and bottom are the first outside */
} Box;

typedef struct
{
  guint8       *rgb;
  double        luminance[HEIGHT][WIDTH]; /* 0 to 255, linear */
  double        grey[HEIGHT][WIDTH];      /* 0 to 255, as seen */
  PltPhotoFace  face;
  double        middle_x, middle_y, between, down; /* pixels; down: eyes to chin */
  gboolean      is_covered;
} Portrait;

typedef struct
{
  double lightness, a, b;
} Lab;

static double
to_linear (guint8 value)
{
  double c = value / 255.0;

  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
lab_curve (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

/* D65, as sRGB is. */
static Lab
to_lab (const double rgb[3])
{
  double x = lab_curve ((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
  double y = lab_curve (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
  double z = lab_curve ((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);

  return (Lab) { 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static void
fill_planes (Portrait *self)
{
  double linear[256];

  for (int i = 0; i < 256; i++)
    linear[i] = to_linear ((guint8) i);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        const guint8 *p = self->rgb + (y * WIDTH + x) * 3;

        self->luminance[y][x] = 255 * (0.2126 * linear[p[0]] + 0.7152 * linear[p[1]]
                                       + 0.0722 * linear[p[2]]);
        self->grey[y][x] = 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
      }
}

/* The ellipse of the face, from the eyes. */
static gboolean
is_face (const Portrait *self,
         int             x,
         int             y)
{
  double u = (x - self->middle_x) / (0.9 * self->between);
  double v = (y - self->middle_y - 0.2 * self->down) / (0.8 * self->down);

  if (self->is_covered && y < self->middle_y - BROW * self->between)
    return FALSE;
  return u * u + v * v <= 1;
}

static Box
clamp_box (double left,
           double top,
           double right,
           double bottom)
{
  return (Box) { CLAMP ((int) lround (left), 0, WIDTH), CLAMP ((int) lround (top), 0, HEIGHT),
                 CLAMP ((int) lround (right), 0, WIDTH), CLAMP ((int) lround (bottom), 0, HEIGHT) };
}

/* Mean colour of a box; FALSE where it is empty. */
static gboolean
get_colour (const Portrait *self,
            Box             box,
            Lab            *lab)
{
  double sum[3] = { 0 };
  int n = 0;

  for (int y = box.top; y < box.bottom; y++)
    for (int x = box.left; x < box.right; x++, n++)
      for (int c = 0; c < 3; c++)
        sum[c] += to_linear (self->rgb[(y * WIDTH + x) * 3 + c]);
  if (n == 0)
    return FALSE;
  for (int c = 0; c < 3; c++)
    sum[c] /= n;
  *lab = to_lab (sum);
  return TRUE;
}

static void
measure_light (const Portrait *self,
               double         *values)
{
  guint histogram[256] = { 0 };
  double n = 0, n_black = 0, n_white = 0, entropy = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (is_face (self, x, y))
        {
          n++;
          n_black += self->luminance[y][x] <= BLACK;
          n_white += self->luminance[y][x] >= WHITE;
          histogram[CLAMP ((int) lround (self->grey[y][x]), 0, 255)]++;
        }
  if (n == 0)
    return;
  for (int i = 0; i < 256; i++)
    if (histogram[i] > 0)
      entropy -= histogram[i] / n * log2 (histogram[i] / n);
  values[PLT_PHOTO_CHECK_UNDEREXPOSED] = 100 * n_black / n;
  values[PLT_PHOTO_CHECK_OVEREXPOSED] = 100 * n_white / n;
  values[PLT_PHOTO_CHECK_CONTRAST] = entropy;
}

/* The variance of the second differences over the face: of both directions together (the Laplacian),
 * but not more than the softer direction has, for a shaken hand blurs only one. */
static void
measure_sharpness (const Portrait *self,
                   double         *values)
{
  double n = 0, sums[3] = { 0 }, squares[3] = { 0 }, least = INFINITY;

  for (int y = 1; y < HEIGHT - 1; y++)
    for (int x = 1; x < WIDTH - 1; x++)
      if (is_face (self, x, y))
        {
          double across = self->grey[y][x - 1] + self->grey[y][x + 1] - 2 * self->grey[y][x];
          double down = self->grey[y - 1][x] + self->grey[y + 1][x] - 2 * self->grey[y][x];
          double both[] = { across + down, 2 * across, 2 * down };

          n++;
          for (int i = 0; i < 3; i++)
            {
              sums[i] += both[i];
              squares[i] += both[i] * both[i];
            }
        }
  for (int i = 0; n > 0 && i < 3; i++)
    least = MIN (least, squares[i] / n - sums[i] / n * sums[i] / n);
  if (n > 0)
    values[PLT_PHOTO_CHECK_SHARPNESS] = least;
}

static Box
get_cheek (const Portrait *self,
           gboolean        is_right)
{
  double side = CHEEK * self->between, top = self->middle_y + 0.28 * self->down;
  double left = self->middle_x + (is_right ? 0.5 * self->between - 0.5 * side
                                           : -0.5 * self->between - 0.5 * side);

  return clamp_box (left, top, left + side, top + side);
}

static void
add_histogram (const Portrait *self,
               Box             box,
               double          histogram[32])
{
  int n = (box.right - box.left) * (box.bottom - box.top);

  for (int y = box.top; y < box.bottom; y++)
    for (int x = box.left; x < box.right; x++)
      histogram[MIN (31, (int) (self->grey[y][x] / 8))] += 1.0 / n;
}

/* How far a value lies outside what skin has. */
static double
get_excess (double value,
            double least,
            double most)
{
  return MAX (0, MAX (least - value, value - most));
}

static void
measure_cheeks (const Portrait *self,
                double         *values)
{
  Box left = get_cheek (self, FALSE), right = get_cheek (self, TRUE);
  double first[32] = { 0 }, second[32] = { 0 }, overlap = 0;
  Lab one, other;

  if (!get_colour (self, left, &one) || !get_colour (self, right, &other))
    return;
  add_histogram (self, left, first);
  add_histogram (self, right, second);
  /* A step of one bin is no uneven light: neighbours count as well. */
  for (int i = 0; i < 32; i++)
    {
      double near = second[i] + (i > 0 ? second[i - 1] : 0) + (i < 31 ? second[i + 1] : 0);

      overlap += MIN (first[i], near);
    }
  values[PLT_PHOTO_CHECK_LIGHTING] = 100 * pow (MIN (1, overlap), 0.3);
  values[PLT_PHOTO_CHECK_SKIN] = hypot (get_excess ((one.a + other.a) / 2, 5, 25),
                                        get_excess ((one.b + other.b) / 2, 5, 35));
  values[PLT_PHOTO_CHECK_COLOUR] = (hypot (one.a, one.b) + hypot (other.a, other.b)) / 2;
}

/* How far the colour right above the eyebrows is from that of the cheeks (CIE76). */
static void
measure_forehead (const Portrait *self,
                  double         *values)
{
  Box box = clamp_box (self->middle_x - 0.4 * self->between, self->middle_y - 0.65 * self->between,
                       self->middle_x + 0.4 * self->between, self->middle_y - 0.45 * self->between);
  Lab left, right, forehead;

  if (!get_colour (self, get_cheek (self, FALSE), &left)
      || !get_colour (self, get_cheek (self, TRUE), &right) || !get_colour (self, box, &forehead))
    return;
  values[PLT_PHOTO_CHECK_FACE_FREE]
    = sqrt (pow (forehead.lightness - (left.lightness + right.lightness) / 2, 2)
            + pow (forehead.a - (left.a + right.a) / 2, 2) + pow (forehead.b - (left.b + right.b) / 2, 2));
}

static double
get_slope (const Portrait *self,
           int             x,
           int             y)
{
  const double (*p)[WIDTH] = self->luminance;
  double dx = p[y - 1][x + 1] + 2 * p[y][x + 1] + p[y + 1][x + 1] - p[y - 1][x - 1] - 2 * p[y][x - 1]
              - p[y + 1][x - 1];
  double dy = p[y + 1][x - 1] + 2 * p[y + 1][x] + p[y + 1][x + 1] - p[y - 1][x - 1] - 2 * p[y - 1][x]
              - p[y - 1][x + 1];

  return hypot (dx, dy);
}

/* Beside the head, block by block: one lamp at the edge does not hide in the mean. */
static void
measure_background (const Portrait   *self,
                    PltPhotoMeasures *measures)
{
  int side = (int) ((self->is_covered ? COVERED_SIDE : BACKGROUND_SIDE) * WIDTH);
  int down = (int) ((self->is_covered ? COVERED_DOWN : BACKGROUND_DOWN) * HEIGHT);
  double sum = 0, worst = -1;
  int n_blocks = 0;

  for (int top = 1; top + BLOCK < down; top += BLOCK)
    for (int left = 1; left + BLOCK < WIDTH; left += BLOCK)
      {
        double slope = 0;

        if (left + BLOCK > side && left < WIDTH - side)
          continue;
        for (int y = top; y < top + BLOCK; y++)
          for (int x = left; x < left + BLOCK; x++)
            slope += get_slope (self, x, y) / (BLOCK * BLOCK);
        sum += slope;
        n_blocks++;
        if (slope <= worst)
          continue;
        worst = slope;
        measures->place_x = (double) left / WIDTH;
        measures->place_y = (double) top / HEIGHT;
        measures->place_width = (double) BLOCK / WIDTH;
        measures->place_height = (double) BLOCK / HEIGHT;
      }
  measures->values[PLT_PHOTO_CHECK_BACKGROUND] = n_blocks > 0 ? sum / n_blocks : 0;
}

static void
measure_corners (const Portrait *self,
                 double         *values)
{
  int side = (int) (CORNER * WIDTH);
  Lab left, right;

  get_colour (self, (Box) { 0, 0, side, side }, &left);
  get_colour (self, (Box) { WIDTH - side, 0, WIDTH, side }, &right);
  values[PLT_PHOTO_CHECK_BACKGROUND_LIGHT] = MIN (left.lightness, right.lightness);
  values[PLT_PHOTO_CHECK_BACKGROUND_EVEN]
    = sqrt (pow (left.lightness - right.lightness, 2) + pow (left.a - right.a, 2)
            + pow (left.b - right.b, 2));
}

static void
measure_place (const Portrait     *self,
               const PltPhotoCrop *crop,
               double             *values)
{
  const PltPhotoFace *face = &self->face;
  double between = hypot ((face->right_x - face->left_x) * PLT_PHOTO_RATIO,
                          face->right_y - face->left_y);

  values[PLT_PHOTO_CHECK_EYE_DISTANCE] = between * crop->height;
  values[PLT_PHOTO_CHECK_HEAD_HEIGHT] = 100 * (face->chin_y - face->crown_y);
  values[PLT_PHOTO_CHECK_EYES_MIDDLE] = 100 * fabs ((face->left_x + face->right_x) / 2 - 0.5);
  values[PLT_PHOTO_CHECK_EYES_HEIGHT] = 100 * (face->left_y + face->right_y) / 2;
  if (face->has_eyes)
    values[PLT_PHOTO_CHECK_EYES_LEVEL] = fabs (face->degrees);
}

static void
set_face (Portrait *self)
{
  const PltPhotoFace *face = &self->face;

  self->middle_x = (face->left_x + face->right_x) / 2 * WIDTH;
  self->middle_y = (face->left_y + face->right_y) / 2 * HEIGHT;
  self->between = hypot ((face->right_x - face->left_x) * WIDTH,
                         (face->right_y - face->left_y) * HEIGHT);
  self->down = face->chin_y * HEIGHT - self->middle_y;
}

void
plt_photo_measure (PltPhoto           *photo,
                   const PltPhotoCrop *crop,
                   gboolean            is_covered,
                   PltPhotoMeasures   *measures)
{
  g_autofree Portrait *self = g_new0 (Portrait, 1);

  self->is_covered = is_covered;
  memset (measures, 0, sizeof *measures);
  for (int i = 0; i < PLT_N_PHOTO_CHECKS; i++)
    measures->values[i] = NAN;
  self->rgb = plt_photo_sample (photo, crop, WIDTH, HEIGHT);
  fill_planes (self);
  if (plt_photo_get_n_faces (photo) >= 0)
    measures->values[PLT_PHOTO_CHECK_FACES] = plt_photo_get_n_faces (photo);
  measures->values[PLT_PHOTO_CHECK_SIZE] = floor (crop->height * PLT_PHOTO_RATIO + 0.5);
  measure_background (self, measures);
  measure_corners (self, measures->values);
  if (plt_photo_get_face (photo, crop, &self->face))
    {
      set_face (self);
      measure_place (self, crop, measures->values);
      measure_light (self, measures->values);
      measure_sharpness (self, measures->values);
      measure_cheeks (self, measures->values);
      if (is_covered)
        measure_forehead (self, measures->values);
    }
  g_free (self->rgb);
}
