/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds faces with one cascade and the eyes in each with another. */
#include "plt-face.h"

#include "config.h"

#include <math.h>

#define FACE_FILE "haarcascade_frontalface_alt2.xml"
#define EYE_FILE "haarcascade_eye.xml"
#define MIN_FACE 0.12        /* of the picture's shorter side: smaller is somebody in the background */
#define MIN_FACE_NEIGHBOURS 4
#define SURE_NEIGHBOURS 40   /* so many squares agree that eyes need not be seen (dark glasses) */
#define MIN_EYE_NEIGHBOURS 2
/* Where eyes are in the square of a face, and how large the cascade sees one. */
#define EYE_X 0.31
#define EYE_Y 0.385
#define EYE_REACH 0.16       /* farther from there it is a nostril or a brow */
#define MIN_EYE 0.14
#define MAX_EYE 0.42

/* The cascade weighs contrasts, and against a white wall those within a dark face are small: it is asked
 * three times, with the shadows lifted more each time. Alone, the picture as it is missed one dark face
 * in six. */
static const double tones[] = { 1.0, 0.5, 0.35 };

static PltFaceCascade *
load_cascade (const char *name)
{
  const char * const *folders = g_get_system_data_dirs ();
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (paths, g_build_filename (PLT_CASCADEDIR, name, NULL));
  for (gsize i = 0; folders[i] != NULL; i++)
    g_ptr_array_add (paths, g_build_filename (folders[i], "opencv4", "haarcascades", name, NULL));
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) error = NULL;
      PltFaceCascade *cascade = plt_face_cascade_load (paths->pdata[i], &error);

      if (cascade != NULL)
        return cascade;
      g_debug ("face: %s", error->message);
    }
  return NULL;
}

/* Read once, kept for good; NULL where the file is missing. */
static PltFaceCascade *
get_face_cascade (void)
{
  static gsize is_loaded;
  static PltFaceCascade *cascade;

  if (g_once_init_enter (&is_loaded))
    {
      cascade = load_cascade (FACE_FILE);
      g_once_init_leave (&is_loaded, 1);
    }
  return cascade;
}

static PltFaceCascade *
get_eye_cascade (void)
{
  static gsize is_loaded;
  static PltFaceCascade *cascade;

  if (g_once_init_enter (&is_loaded))
    {
      cascade = load_cascade (EYE_FILE);
      g_once_init_leave (&is_loaded, 1);
    }
  return cascade;
}

gboolean
plt_face_can_find (void)
{
  return get_face_cascade () != NULL;
}

/* The upper part of a face, as a picture of its own. */
static PltGrey
cut_eye_band (const PltGrey *grey,
              const PltFace *face,
              int           *left,
              int           *top)
{
  int right = MIN (grey->width, (int) (face->x + face->size));
  int bottom = MIN (grey->height, (int) (face->y + 0.62 * face->size));
  PltGrey band = { 0 };

  *left = MAX (0, (int) face->x);
  *top = MAX (0, (int) (face->y + 0.12 * face->size));
  band.width = MAX (0, right - *left);
  band.height = MAX (0, bottom - *top);
  band.levels = g_malloc (MAX ((gsize) 1, (gsize) band.width * (gsize) band.height));
  for (int y = 0; y < band.height; y++)
    for (int x = 0; x < band.width; x++)
      band.levels[(gsize) y * (gsize) band.width + (gsize) x]
        = grey->levels[(gsize) (*top + y) * (gsize) grey->width + (gsize) (*left + x)];
  return band;
}

/* The hit that is strongest for how far it lies from where an eye is expected. */
static gboolean
choose_eye (const GArray  *hits,
            const PltFace *face,
            double         expected_x,
            double        *x,
            double        *y)
{
  double best = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      const PltFaceHit *hit = &g_array_index (hits, PltFaceHit, i);
      double hit_x = hit->x + hit->size / 2, hit_y = hit->y + hit->size / 2;
      double away = hypot (hit_x - expected_x, hit_y - (face->y + EYE_Y * face->size)) / face->size;
      double score = hit->n_neighbours * (1 - away / EYE_REACH);

      if (score <= best)
        continue;
      best = score;
      *x = hit_x;
      *y = hit_y;
    }
  return best > 0;
}

/* Two eyes of one face are about as far apart as eyes are. */
static gboolean
is_pair (const PltFace *face,
         double         left_x,
         double         left_y,
         double         right_x,
         double         right_y)
{
  double distance = hypot (right_x - left_x, right_y - left_y) / face->size;

  return distance > 0.26 && distance < 0.52 && fabs (right_y - left_y) < 0.4 * (right_x - left_x);
}

static gboolean
find_eyes (const PltGrey *grey,
           PltFace       *face)
{
  PltFaceCascade *cascade = get_eye_cascade ();
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PltFaceHit));
  g_autoptr (GArray) hits = NULL;
  double left_x = 0, left_y = 0, right_x = 0, right_y = 0;
  int left, top;
  PltGrey band;

  if (cascade == NULL)
    return FALSE;
  band = cut_eye_band (grey, face, &left, &top);
  plt_face_cascade_collect (cascade, &band, MIN_EYE * face->size, MAX_EYE * face->size, all);
  hits = plt_face_hits_merge (all, MIN_EYE_NEIGHBOURS);
  g_free (band.levels);
  for (guint i = 0; i < hits->len; i++)
    {
      g_array_index (hits, PltFaceHit, i).x += left;
      g_array_index (hits, PltFaceHit, i).y += top;
    }
  if (!choose_eye (hits, face, face->x + EYE_X * face->size, &left_x, &left_y)
      || !choose_eye (hits, face, face->x + (1 - EYE_X) * face->size, &right_x, &right_y)
      || !is_pair (face, left_x, left_y, right_x, right_y))
    return FALSE;
  face->has_eyes = TRUE;
  face->left_x = left_x;
  face->left_y = left_y;
  face->right_x = right_x;
  face->right_y = right_y;
  return TRUE;
}

static int
compare_faces (gconstpointer a,
               gconstpointer b)
{
  double first = ((const PltFace *) a)->size, second = ((const PltFace *) b)->size;

  return first < second ? 1 : first > second ? -1 : 0;
}

static PltGrey
lift_shadows (const PltGrey *grey,
              double         gamma)
{
  gsize n = (gsize) grey->width * (gsize) grey->height;
  PltGrey lifted = { grey->width, grey->height, g_malloc (n) };
  guint8 levels[256];

  for (int i = 0; i < 256; i++)
    levels[i] = (guint8) lround (255 * pow (i / 255.0, gamma));
  for (gsize i = 0; i < n; i++)
    lifted.levels[i] = levels[grey->levels[i]];
  return lifted;
}

/* A nose in a face that is known already is no second face. */
static gboolean
is_within (const GArray  *faces,
           const PltFace *face)
{
  double x = face->x + face->size / 2, y = face->y + face->size / 2;

  for (guint i = 0; i < faces->len; i++)
    {
      const PltFace *known = &g_array_index (faces, PltFace, i);
      double reach = MAX (known->size, face->size) * 0.75;

      if (fabs (known->x + known->size / 2 - x) < reach &&
          fabs (known->y + known->size / 2 - y) < reach)
        return TRUE;
    }
  return FALSE;
}

/* Strongest first, so that what lies within a face comes after it. */
static GArray *
choose_faces (GArray  *hits,
              PltGrey *pictures)
{
  GArray *faces = g_array_new (FALSE, FALSE, sizeof (PltFace));

  for (guint i = 0; i < hits->len; i++)
    {
      const PltFaceHit *hit = &g_array_index (hits, PltFaceHit, i);
      double eyes_y = hit->y + EYE_Y * hit->size;
      PltFace face = { hit->x, hit->y, hit->size, hit->x + EYE_X * hit->size, eyes_y,
                       hit->x + (1 - EYE_X) * hit->size, eyes_y, FALSE };

      if (is_within (faces, &face))
        continue;
      for (gsize k = 0; k < G_N_ELEMENTS (tones) && !face.has_eyes; k++)
        find_eyes (&pictures[k], &face);
      if (face.has_eyes || hit->n_neighbours >= SURE_NEIGHBOURS)
        g_array_append_val (faces, face);
    }
  g_array_sort (faces, compare_faces);
  return faces;
}

GArray *
plt_face_find (const PltGrey *grey)
{
  PltFaceCascade *cascade = get_face_cascade ();
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (PltFaceHit));
  g_autoptr (GArray) hits = NULL;
  double side = MIN (grey->width, grey->height);
  PltGrey pictures[G_N_ELEMENTS (tones)];
  GArray *faces;

  if (cascade == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    {
      pictures[i] = lift_shadows (grey, tones[i]);
      plt_face_cascade_collect (cascade, &pictures[i], MIN_FACE * side, side, all);
    }
  hits = plt_face_hits_merge (all, MIN_FACE_NEIGHBOURS);
  faces = choose_faces (hits, pictures);
  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++)
    g_free (pictures[i].levels);
  return faces;
}
