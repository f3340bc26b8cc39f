/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faces that were drawn at known places are found there, in any size, place, tilt and light; pictures
 * without a face have none; a cascade that is none is refused. */
#include "plt-demo-face.h"
#include "plt-face.h"

#include <math.h>
#include <string.h>

#define DRAWN_WIDTH 900.0
#define DRAWN_HEIGHT 1157.0
#define EYES_Y 560.0  /* as they are drawn */
#define EYE_GAP 104.0 /* from the middle to each, give or take 6 */

/* How a face is brought into the picture. */
typedef struct
{
  const char *name;
  int         width, height;
  double      scale;      /* of the picture's height that the drawing fills */
  double      x, y;       /* where the middle of its eyes is to be, as shares */
  double      degrees;
  double      brightness, contrast;
  double      red, green, blue; /* behind it */
} Scene;

static const Scene scenes[] = {
  { "as drawn", 311, 400, 1.0, 0.5, 0.484, 0, 0, 1, 1, 1, 1 },
  { "small, in a landscape", 600, 400, 0.55, 0.5, 0.5, 0, 0, 1, 0.7, 0.75, 0.8 },
  { "at the left", 600, 400, 0.7, 0.28, 0.45, 0, 0, 1, 0.9, 0.9, 0.88 },
  { "at the lower right", 500, 500, 0.6, 0.66, 0.6, 0, 0, 1, 0.6, 0.7, 0.6 },
  { "tilted to the left", 400, 500, 0.9, 0.5, 0.48, -7, 0, 1, 0.8, 0.85, 0.9 },
  { "tilted to the right", 400, 500, 0.9, 0.5, 0.48, 7, 0, 1, 0.8, 0.85, 0.9 },
  { "dim", 400, 500, 0.95, 0.5, 0.48, 0, 0, 0.55, 0.8, 0.85, 0.9 },
  { "bright", 400, 500, 0.95, 0.5, 0.48, 0, 50, 0.8, 0.8, 0.85, 0.9 },
};

static PltGrey
to_grey (cairo_surface_t *surface, const Scene *scene)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  PltGrey grey = { width, height, g_malloc ((gsize) width * (gsize) height) };

  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = cairo_image_surface_get_data (surface)
                          + y * cairo_image_surface_get_stride (surface) + x * 4;
        double level = 0.114 * p[0] + 0.587 * p[1] + 0.299 * p[2];

        grey.levels[y * width + x]
          = (guint8) CLAMP (lround (level * scene->contrast + scene->brightness), 0, 255);
      }
  return grey;
}

static PltGrey
draw_scene (const Scene *scene, guint64 seed, char sex, int birth_year)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, scene->width, scene->height);
  cairo_t *cr = cairo_create (surface);
  double scale = scene->scale * scene->height / DRAWN_HEIGHT;
  PltGrey grey;

  cairo_set_source_rgb (cr, scene->red, scene->green, scene->blue);
  cairo_paint (cr);
  cairo_translate (cr, scene->x * scene->width, scene->y * scene->height);
  cairo_rotate (cr, scene->degrees * G_PI / 180);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -DRAWN_WIDTH / 2, -EYES_Y);
  cairo_rectangle (cr, 0, 0, DRAWN_WIDTH, DRAWN_HEIGHT);
  cairo_clip (cr);
  plt_demo_face_draw (cr, seed, sex, birth_year);
  cairo_destroy (cr);
  grey = to_grey (surface, scene);
  cairo_surface_destroy (surface);
  return grey;
}

static gboolean
is_at (const PltFace *face, const Scene *scene)
{
  double between = 2 * EYE_GAP * scene->scale * scene->height / DRAWN_HEIGHT;
  double x = (face->left_x + face->right_x) / 2 - scene->x * scene->width;
  double y = (face->left_y + face->right_y) / 2 - scene->y * scene->height;
  double distance = hypot (face->right_x - face->left_x, face->right_y - face->left_y);
  double degrees = atan2 (face->right_y - face->left_y, face->right_x - face->left_x) * 180 / G_PI;

  g_test_message ("%s: %.1f %.1f away, eyes %.1f apart for %.1f, tilt %.1f", scene->name, x, y,
                  distance, between, degrees);
  return face->has_eyes && fabs (x) < 0.1 * between && fabs (y) < 0.1 * between
         && fabs (distance - between) < 0.15 * between && fabs (degrees - scene->degrees) < 4;
}

static void
test_scenes (void)
{
  static const struct { guint64 seed; char sex; int year; } people[] = {
    { 41, 'F', 1990 }, { 1002, 'M', 1961 }, { 77003, 'F', 1948 },
  };
  int n_found = 0, n_others = 0, n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (people); k++, n++)
      {
        PltGrey grey = draw_scene (&scenes[i], people[k].seed, people[k].sex, people[k].year);
        g_autoptr (GArray) faces = plt_face_find (&grey);

        if (faces->len > 0 && is_at (&g_array_index (faces, PltFace, 0), &scenes[i]))
          n_found++;
        else
          g_test_message ("%s: person %u not found", scenes[i].name, (guint) k);
        n_others += MAX (0, (int) faces->len - 1);
        g_free (grey.levels);
      }
  g_test_message ("%d of %d found, %d that are none", n_found, n, n_others);
  g_assert_cmpint (n_found * 100, >=, n * 95);
  g_assert_cmpint (n_others, ==, 0);
}

static void
test_two_people (void)
{
  static const Scene pair[] = { { "left", 300, 400, 0.8, 0.5, 0.5, 0, 0, 1, 0.8, 0.8, 0.8 } };
  PltGrey one = draw_scene (&pair[0], 41, 'F', 1990), other = draw_scene (&pair[0], 1002, 'M', 1961);
  PltGrey both = { 600, 400, g_malloc (600 * 400) };
  g_autoptr (GArray) faces = NULL;

  for (int y = 0; y < 400; y++)
    {
      memcpy (both.levels + y * 600, one.levels + y * 300, 300);
      memcpy (both.levels + y * 600 + 300, other.levels + y * 300, 300);
    }
  faces = plt_face_find (&both);
  g_assert_cmpuint (faces->len, ==, 2);
  g_free (one.levels);
  g_free (other.levels);
  g_free (both.levels);
}

static guint8
paint_nothing (int kind, int x, int y, GRand *rand)
{
  switch (kind)
    {
    case 0:
      return 128;
    case 1:
      return (guint8) (x * 255 / 400);
    case 2:
      return (guint8) g_rand_int_range (rand, 0, 256);
    case 3:
      return (x / 25 + y / 25) % 2 ? 230 : 30;
    case 4:
      return (guint8) (128 + 100 * sin (x / 9.0) * cos (y / 13.0));
    case 5: /* a page of text, from afar */
      return y % 14 < 8 && (x * 7 + y / 14 * 31) % 11 < 6 ? 40 : 245;
    default: /* two dark discs, and nothing else of a face */
      return hypot (x - 140, y - 200) < 22 || hypot (x - 260, y - 200) < 22 ? 20 : 210;
    }
}

static void
test_nobody (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int kind = 0; kind < 7; kind++)
    {
      PltGrey grey = { 400, 500, g_malloc (400 * 500) };
      g_autoptr (GArray) faces = NULL;

      for (int y = 0; y < grey.height; y++)
        for (int x = 0; x < grey.width; x++)
          grey.levels[y * grey.width + x] = paint_nothing (kind, x, y, rand);
      faces = plt_face_find (&grey);
      g_test_message ("picture %d", kind);
      g_assert_cmpuint (faces->len, ==, 0);
      g_free (grey.levels);
    }
}

#define TREE(nodes, leaves) \
  "<stages><_><stageThreshold>0</stageThreshold><weakClassifiers><_><internalNodes>" nodes \
  "</internalNodes><leafValues>" leaves "</leafValues></_></weakClassifiers></_></stages>"
#define FEATURE(rect) "<features><_><rects><_>" rect "</_></rects></_></features>"
#define CASCADE(body) "<cascade><height>20</height><width>20</width>" body "</cascade>"

static void
test_bad_cascades (void)
{
  static const struct { const char *xml; gboolean is_sound; } files[] = {
    { CASCADE (TREE ("0 -1 0 0.5", "1 2") FEATURE ("0 0 4 4 1.")), TRUE },
    { "", FALSE },
    { "no XML", FALSE },
    { "<cascade/>", FALSE },
    { CASCADE (FEATURE ("0 0 4 4 1.")), FALSE },
    { CASCADE (TREE ("0 -1 1 0.5", "1 2") FEATURE ("0 0 4 4 1.")), FALSE },  /* no such feature */
    { CASCADE (TREE ("0 -2 0 0.5", "1 2") FEATURE ("0 0 4 4 1.")), FALSE },  /* no such leaf */
    { CASCADE (TREE ("5 -1 0 0.5", "1 2") FEATURE ("0 0 4 4 1.")), FALSE },  /* no such node */
    { CASCADE (TREE ("0 -1 0", "1 2") FEATURE ("0 0 4 4 1.")), FALSE },
    { CASCADE (TREE ("0 -1 0 0.5", "1 2") FEATURE ("18 0 4 4 1.")), FALSE }, /* outside the window */
    { CASCADE (TREE ("0 -1 0 0.5", "1 2") FEATURE ("0 0 4")), FALSE },
    { CASCADE (TREE ("0 -1 0 0.5", "1 2")
               "<features><_><rects><_>0 0 4 4 1.</_></rects><tilted>1</tilted></_></features>"), FALSE },
    { "<cascade><height>900</height><width>20</width></cascade>", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltFaceCascade) cascade = plt_face_cascade_parse (files[i].xml, -1, &error);

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, error != NULL ? error->message : "sound");
      g_assert_true ((cascade != NULL) == files[i].is_sound);
      g_assert_true ((cascade == NULL) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (plt_face_can_find ());
  g_test_add_func ("/card/face/scenes", test_scenes);
  g_test_add_func ("/card/face/two-people", test_two_people);
  g_test_add_func ("/card/face/nobody", test_nobody);
  g_test_add_func ("/card/face/bad-cascades", test_bad_cascades);
  return g_test_run ();
}
