/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A shot becomes a portrait in the geometry of ISO/IEC 19794-5 whatever it was, each named check sees
 * the fault that it is for. */
#include "plt-photo-check.h"
#include "studio.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

static const Scene plain = { 1000, 1300, 1.0, 0.5, 0.47, 0, NULL };

static PltPhotoLimits *
load_limits (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "photo",
                                            "checks.json", NULL);
  PltPhotoLimits *limits = plt_photo_limits_load (path, &error);

  g_assert_no_error (error);
  return limits;
}

static PltPhotoVerdict
judge (PltPhoto *photo, const PltPhotoCrop *crop, PltPhotoCheck check)
{
  g_autoptr (PltPhotoLimits) limits = load_limits ();
  g_autoptr (GPtrArray) findings = plt_photo_check (photo, crop, limits, PLT_PHOTO_COVER_NONE);

  for (guint i = 0; i < findings->len; i++)
    {
      const PltPhotoFinding *finding = findings->pdata[i];

      if (finding->check != check)
        continue;
      g_test_message ("%s %s", finding->text, finding->cure != NULL ? finding->cure : "");
      g_assert_true ((finding->verdict == PLT_PHOTO_GOOD) == (finding->cure == NULL));
      return finding->verdict;
    }
  return PLT_PHOTO_GOOD;
}

/* Taken from near and far, beside the middle and tilted: the frame is always the same. */
static void
test_geometry (void)
{
  static const Scene scenes[] = {
    { 1000, 1300, 1.0, 0.5, 0.47, 0, NULL }, { 3000, 2000, 0.75, 0.42, 0.5, 0, NULL },
    { 2400, 1800, 0.8, 0.6, 0.5, 5, NULL }, { 1500, 1500, 0.95, 0.5, 0.48, -6, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autoptr (PltPhoto) photo = studio_shoot (&scenes[i], 41 + i);
      PltPhotoCrop crop = plt_photo_suggest_crop (photo);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) portrait = plt_photo_cut (photo, &crop, NULL, &error);
      PltPhotoFace face;

      g_assert_no_error (error);
      g_assert_nonnull (portrait);
      g_assert_cmpint (plt_photo_get_n_faces (photo), ==, 1);
      g_assert_true (plt_photo_get_face (photo, &crop, &face));
      g_test_message ("eyes %.3f,%.3f %.3f,%.3f, %.1f°", face.left_x, face.left_y, face.right_x,
                      face.right_y, crop.degrees);
      g_assert_cmpfloat (fabs ((face.left_x + face.right_x) / 2 - 0.5), <, 0.03);
      g_assert_cmpfloat (fabs ((face.left_y + face.right_y) / 2 - 0.45), <, 0.03);
      g_assert_cmpfloat (fabs (face.chin_y - face.crown_y - 0.75), <, 0.06);
      g_assert_cmpfloat (fabs (crop.degrees - scenes[i].degrees), <, 2);
    }
}

/* Where the frame puts the eyes, they are dark in the portrait that comes out. */
static void
test_cut_is_true (void)
{
  g_autoptr (PltPhoto) photo = studio_shoot (&(Scene) { 2400, 1800, 0.8, 0.6, 0.5, 6, NULL }, 41);
  PltPhotoCrop crop = plt_photo_suggest_crop (photo);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) portrait = plt_photo_cut (photo, &crop, NULL, &error);
  g_autoptr (PltPhoto) again = plt_photo_load (portrait, "portrait", NULL, &error);
  PltPhotoCrop whole = { plt_photo_get_width (again) / 2.0, plt_photo_get_height (again) / 2.0,
                         plt_photo_get_height (again), 0 };
  PltPhotoFace before, after;

  g_assert_no_error (error);
  g_assert_true (plt_photo_get_face (photo, &crop, &before));
  g_assert_true (plt_photo_get_face (again, &whole, &after));
  g_assert_cmpfloat (fabs (before.left_x - after.left_x), <, 0.02);
  g_assert_cmpfloat (fabs (before.right_y - after.right_y), <, 0.02);
  g_assert_cmpfloat (fabs (after.degrees), <, 2);
}

static void
test_frame_stays_inside (void)
{
  g_autoptr (PltPhoto) photo = studio_shoot (&plain, 41);
  static const PltPhotoCrop wishes[] = {
    { -500, -500, 600, 0 }, { 5000, 5000, 600, 7 }, { 500, 650, 90000, 0 }, { 500, 650, -3, 0 },
    { 500, 650, 5000, 8 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      PltPhotoCrop crop = plt_photo_fit_crop (photo, &wishes[i]);
      double angle = crop.degrees * G_PI / 180, width = crop.height * PLT_PHOTO_RATIO;

      for (int corner = 0; corner < 4; corner++)
        {
          double u = corner % 2 ? width / 2 : -width / 2, v = corner / 2 ? crop.height / 2 : -crop.height / 2;
          double x = crop.x + u * cos (angle) - v * sin (angle);
          double y = crop.y + u * sin (angle) + v * cos (angle);

          g_assert_true (x > -0.01 && x < 1000.01 && y > -0.01 && y < 1300.01);
        }
    }
}

static void
test_good (void)
{
  for (guint64 seed = 41; seed < 46; seed++)
    {
      g_autoptr (PltPhoto) photo = studio_shoot (&plain, seed);
      g_autoptr (PltPhotoLimits) limits = load_limits ();
      PltPhotoCrop crop = plt_photo_suggest_crop (photo);
      g_autoptr (GPtrArray) findings = plt_photo_check (photo, &crop, limits, PLT_PHOTO_COVER_NONE);
      g_autofree char *bad = plt_photo_findings_dup_bad (findings);
      g_autofree char *json = plt_photo_findings_to_json (findings, limits);

      g_test_message ("%s", json);
      g_assert_null (bad);
      g_assert_nonnull (strstr (json, "\"bad\":[]"));
      g_assert_cmpuint (findings->len, ==, PLT_N_PHOTO_CHECKS - 2); /* those of a covered head */
    }
}

/* ---- each fault is seen by its check ---- */

static void
spoil_with (guint8 *rgb, int stride, int height, void (*change) (guint8 *p, double u, double v))
{
  for (int y = 0; y < height; y++)
    for (int x = 0; x < stride / 3; x++)
      change (rgb + y * stride + x * 3, x / (stride / 3.0), y / (double) height);
}

static void
whiten (guint8 *p, double u, double v)
{
  if (hypot (u - 0.5, v - 0.55) < 0.12)
    memset (p, 255, 3);
}

static void
darken (guint8 *p, double u, double v)
{
  for (int c = 0; c < 3; c++)
    p[c] = (guint8) (p[c] * 0.12);
}

static void
shade_left (guint8 *p, double u, double v)
{
  for (int c = 0; u < 0.5 && c < 3; c++)
    p[c] = (guint8) (p[c] * 0.45);
}

static void
flatten (guint8 *p, double u, double v)
{
  for (int c = 0; c < 3; c++)
    p[c] = (guint8) (150 + p[c] / 16);
}

static void
make_grey (guint8 *p, double u, double v)
{
  memset (p, (p[0] * 77 + p[1] * 150 + p[2] * 29) >> 8, 3);
}

static void
make_blue (guint8 *p, double u, double v)
{
  p[0] = (guint8) (p[0] * 0.5);
  p[2] = (guint8) MIN (255, p[2] * 1.2);
}

static void
tile_background (guint8 *p, double u, double v)
{
  if (p[2] > p[0] && p[2] > 200 && ((int) (u * 40) + (int) (v * 52)) % 2)
    memset (p, 60, 3);
}

static void
darken_background (guint8 *p, double u, double v)
{
  for (int c = 0; (v < 0.3 || u < 0.2 || u > 0.8) && c < 3; c++)
    p[c] = (guint8) (p[c] * 0.3);
}

static void
dim_right_corner (guint8 *p, double u, double v)
{
  for (int c = 0; u > 0.7 && v < 0.4 && c < 3; c++)
    p[c] = (guint8) (p[c] * 0.6);
}

#define SPOIL(name) \
  static void name##_cb (guint8 *rgb, int stride, int height) { spoil_with (rgb, stride, height, name); }
SPOIL (whiten)
SPOIL (darken)
SPOIL (shade_left)
SPOIL (flatten)
SPOIL (make_grey)
SPOIL (make_blue)
SPOIL (tile_background)
SPOIL (darken_background)
SPOIL (dim_right_corner)

/* Each pixel becomes the mean of many along its row: a hand that shook. */
static void
shake_cb (guint8 *rgb, int stride, int height)
{
  g_autofree guint8 *row = g_malloc ((gsize) stride);
  int width = stride / 3, reach = 24;

  for (int y = 0; y < height; y++)
    {
      memcpy (row, rgb + y * stride, (gsize) stride);
      for (int x = 0; x < width; x++)
        for (int c = 0; c < 3; c++)
          {
            int sum = 0;

            for (int k = -reach; k <= reach; k++)
              sum += row[CLAMP (x + k, 0, width - 1) * 3 + c];
            rgb[y * stride + x * 3 + c] = (guint8) (sum / (2 * reach + 1));
          }
    }
}

/* The frame is where the face was before it was spoiled, so that it does not depend on its being found. */
static void
test_faults (void)
{
  static const struct { const char *name; PltPhotoCheck check; PltPhotoVerdict least;
                        void (*spoil) (guint8 *rgb, int stride, int height); } faults[] = {
    { "burnt out", PLT_PHOTO_CHECK_OVEREXPOSED, PLT_PHOTO_BAD, whiten_cb },
    { "dark", PLT_PHOTO_CHECK_UNDEREXPOSED, PLT_PHOTO_BAD, darken_cb },
    { "one side", PLT_PHOTO_CHECK_LIGHTING, PLT_PHOTO_DOUBTFUL, shade_left_cb },
    { "no contrast", PLT_PHOTO_CHECK_CONTRAST, PLT_PHOTO_DOUBTFUL, flatten_cb },
    { "grey", PLT_PHOTO_CHECK_COLOUR, PLT_PHOTO_BAD, make_grey_cb },
    { "blue", PLT_PHOTO_CHECK_SKIN, PLT_PHOTO_DOUBTFUL, make_blue_cb },
    { "tiles", PLT_PHOTO_CHECK_BACKGROUND, PLT_PHOTO_BAD, tile_background_cb },
    { "dark wall", PLT_PHOTO_CHECK_BACKGROUND_LIGHT, PLT_PHOTO_BAD, darken_background_cb },
    { "dark corner", PLT_PHOTO_CHECK_BACKGROUND_EVEN, PLT_PHOTO_DOUBTFUL, dim_right_corner_cb },
    { "shaken", PLT_PHOTO_CHECK_SHARPNESS, PLT_PHOTO_DOUBTFUL, shake_cb },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      Scene scene = plain;
      g_autoptr (PltPhoto) honest = studio_shoot (&plain, 41);
      PltPhotoCrop crop = plt_photo_suggest_crop (honest);
      g_autoptr (PltPhoto) spoiled = NULL;

      scene.spoil = faults[i].spoil;
      spoiled = studio_shoot (&scene, 41);
      g_test_message ("%s, %d faces", faults[i].name, plt_photo_get_n_faces (spoiled));
      g_assert_cmpint (judge (honest, &crop, faults[i].check), ==, PLT_PHOTO_GOOD);
      /* What hides the face fails by that already. */
      if (plt_photo_get_n_faces (spoiled) != 1)
        g_assert_cmpint (judge (spoiled, &crop, PLT_PHOTO_CHECK_FACES), ==, PLT_PHOTO_BAD);
      else
        g_assert_cmpint (judge (spoiled, &crop, faults[i].check), >=, faults[i].least);
    }
}

static void
test_frame_faults (void)
{
  g_autoptr (PltPhoto) photo = studio_shoot (&(Scene) { 2400, 2400, 0.6, 0.5, 0.5, 0, NULL }, 41);
  const PltPhotoCrop right = plt_photo_suggest_crop (photo);
  static const struct { PltPhotoCheck check; double x, y, zoom, degrees; } moves[] = {
    { PLT_PHOTO_CHECK_EYES_MIDDLE, 0.15, 0, 1, 0 }, { PLT_PHOTO_CHECK_EYES_HEIGHT, 0, 0.2, 1, 0 },
    { PLT_PHOTO_CHECK_EYES_HEIGHT, 0, -0.2, 1, 0 }, { PLT_PHOTO_CHECK_HEAD_HEIGHT, 0, 0, 1.5, 0 },
    { PLT_PHOTO_CHECK_HEAD_HEIGHT, 0, 0, 0.75, 0 }, { PLT_PHOTO_CHECK_EYES_LEVEL, 0, 0, 1, 12 },
    { PLT_PHOTO_CHECK_SIZE, 0, 0, 0.4, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      PltPhotoCrop crop = { right.x + moves[i].x * right.height, right.y + moves[i].y * right.height,
                            right.height * moves[i].zoom, right.degrees + moves[i].degrees };

      g_assert_cmpint (judge (photo, &right, moves[i].check), ==, PLT_PHOTO_GOOD);
      g_assert_cmpint (judge (photo, &crop, moves[i].check), ==, PLT_PHOTO_BAD);
    }
}

/* Fewer pixels than the print has are not invented. */
static void
test_too_small (void)
{
  g_autoptr (PltPhoto) photo = studio_shoot (&(Scene) { 450, 580, 1.0, 0.5, 0.47, 0, NULL }, 41);
  PltPhotoCrop crop = plt_photo_suggest_crop (photo);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) portrait = plt_photo_cut (photo, &crop, NULL, &error);

  g_assert_null (portrait);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
  g_assert_nonnull (strstr (error->message, "413"));
  g_assert_cmpint (judge (photo, &crop, PLT_PHOTO_CHECK_SIZE), ==, PLT_PHOTO_BAD);
}

static void
test_limits_file (void)
{
  static const struct { const char *json, *words; } files[] = {
    { "{\"format\":1,\"version\":\"1\",\"checks\":{\"size\":{\"fail_below\":400}}}", NULL },
    { "{\"format\":1,\"version\":\"1\",\"checks\":{\"size\":{\"fail_under\":400}}}", "checks.size.fail_under" },
    { "{\"format\":1,\"version\":\"1\",\"checks\":{\"size\":{\"fail_below\":\"400\"}}}", "must be a number" },
    { "{\"format\":1,\"version\":\"1\",\"checks\":{\"beauty\":{}}}", "checks.beauty" },
    { "{\"format\":1,\"version\":\"1\",\"checks\":{\"size\":4}}", "checks.size" },
    { "{\"format\":2,\"version\":\"1\",\"checks\":{}}", "format" },
    { "{\"format\":1,\"checks\":{}}", "version" },
    { "{\"format\":1,\"version\":\"1\",\"checks\":[]}", "checks" },
    { "[]", "object" },
    { "", "object" },
    { "{", "JSON" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltPhotoLimits) limits = plt_photo_limits_parse (files[i].json, -1, "checks.json", &error);

      g_test_message ("%s", error != NULL ? error->message : "sound");
      g_assert_true ((limits != NULL) == (files[i].words == NULL));
      if (limits != NULL)
        continue;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "checks.json"));
      g_assert_nonnull (strstr (error->message, files[i].words));
    }
}

/* ---- a covered head ---- */

static const PltPhotoFinding *
find (GPtrArray *findings, PltPhotoCheck check)
{
  for (guint i = 0; i < findings->len; i++)
    if (((PltPhotoFinding *) findings->pdata[i])->check == check)
      return findings->pdata[i];
  return NULL;
}

/* A patterned cloth across the whole picture, between two shares of its height. */
static void
wrap (guchar *pixels, int stride, int height, double from, double down)
{
  for (int y = (int) (height * from); y < height * down; y++)
    for (int x = 0; x < stride / 3; x++)
      {
        guchar *p = pixels + y * stride + x * 3;

        p[0] = 20;
        p[1] = 30;
        p[2] = (x / 12 + y / 12) % 2 ? 120 : 40;
      }
}

static void
wrap_hair (guchar *pixels, int stride, int height)
{
  wrap (pixels, stride, height, 0.325, 0.36);
}

static void
wrap_forehead (guchar *pixels, int stride, int height)
{
  wrap (pixels, stride, height, 0.325, 0.43);
}

static void
test_head_cover (void)
{
  static const PltPhotoVerdict verdicts[] = { [PLT_PHOTO_COVER_UNASKED] = PLT_PHOTO_BAD, [PLT_PHOTO_COVER_ASKED] = PLT_PHOTO_DOUBTFUL,
                                              [PLT_PHOTO_COVER_ALLOWED] = PLT_PHOTO_GOOD };
  g_autoptr (PltPhotoLimits) limits = load_limits ();
  Scene hair = plain, forehead = plain;
  g_autoptr (PltPhoto) free_face = NULL;
  g_autoptr (PltPhoto) hidden = NULL;
  PltPhotoCrop crop;

  hair.spoil = wrap_hair;
  forehead.spoil = wrap_forehead;
  free_face = studio_shoot (&hair, 41);
  hidden = studio_shoot (&forehead, 41);
  crop = plt_photo_suggest_crop (free_face);
  for (PltPhotoCover cover = PLT_PHOTO_COVER_UNASKED; cover <= PLT_PHOTO_COVER_ALLOWED; cover++)
    {
      g_autoptr (GPtrArray) findings = plt_photo_check (free_face, &crop, limits, cover);
      g_autoptr (GPtrArray) uncovered = plt_photo_check (free_face, &crop, limits, PLT_PHOTO_COVER_NONE);
      g_autoptr (GPtrArray) others = plt_photo_check (hidden, &crop, limits, cover);
      g_autofree char *json = plt_photo_findings_to_json (findings, limits);

      g_assert_cmpint (find (findings, PLT_PHOTO_CHECK_HEAD_COVER)->verdict, ==, verdicts[cover]);
      g_assert_nonnull (strstr (json, "\"covered\":true"));
      g_test_message ("%s %s", find (findings, PLT_PHOTO_CHECK_FACE_FREE)->text, find (others, PLT_PHOTO_CHECK_FACE_FREE)->text);
      g_assert_cmpint (find (findings, PLT_PHOTO_CHECK_FACE_FREE)->verdict, ==, PLT_PHOTO_GOOD);
      g_assert_cmpint (find (others, PLT_PHOTO_CHECK_FACE_FREE)->verdict, ==, PLT_PHOTO_BAD);
      /* The cloth beside the head is a busy background only where no head may be covered. */
      g_assert_cmpint (find (uncovered, PLT_PHOTO_CHECK_BACKGROUND)->verdict, !=, PLT_PHOTO_GOOD);
      g_assert_cmpint (find (findings, PLT_PHOTO_CHECK_BACKGROUND)->verdict, ==, PLT_PHOTO_GOOD);
      g_assert_null (find (uncovered, PLT_PHOTO_CHECK_FACE_FREE));
      g_assert_null (find (uncovered, PLT_PHOTO_CHECK_HEAD_COVER));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/photo/geometry", test_geometry);
  g_test_add_func ("/card/photo/cut-is-true", test_cut_is_true);
  g_test_add_func ("/card/photo/frame-stays-inside", test_frame_stays_inside);
  g_test_add_func ("/card/photo/good", test_good);
  g_test_add_func ("/card/photo/faults", test_faults);
  g_test_add_func ("/card/photo/faults-of-the-frame", test_frame_faults);
  g_test_add_func ("/card/photo/too-small", test_too_small);
  g_test_add_func ("/card/photo/limits-file", test_limits_file);
  g_test_add_func ("/card/photo/head-cover", test_head_cover);
  return g_test_run ();
}
