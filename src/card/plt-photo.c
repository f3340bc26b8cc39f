/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds one shot, finds its faces, and cuts the portrait out of it. */
#include "plt-photo.h"

#include "plt-face.h"
#include "plt-picture-decode.h"
#include "plt-picture-encode.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SEARCH_SIDE 320.0 /* pixels of the shorter side in which faces are looked for */
/* An adult's head, in distances between the eyes and, above them, in the part below (ISO/IEC 19794-5
 * frames by chin and crown, which no detector sees under a beard or under hair). */
#define CHIN 1.85
#define CROWN 0.85
/* Of the frame's height: chin to crown, and the eyes from the top. */
#define HEAD_SHARE 0.75
#define EYES_SHARE 0.45
#define LEVEL 1.0 /* degrees: less is within what the finder errs */
#define MAX_SUBSAMPLES 6

struct _PltPhoto
{
  GObject    parent_instance;

  char      *name;
  GdkPixbuf *pixbuf;   /* RGB on white */
  GArray    *faces;    /* PltFace in pixels of the picture; NULL: nobody could look */
  gboolean   is_cmyk;
  gboolean   is_converted;
};

G_DEFINE_FINAL_TYPE (PltPhoto, plt_photo, G_TYPE_OBJECT)

typedef struct
{
  GBytes *data;
  char   *name;
} LoadTask;

static void
load_task_free (LoadTask *task)
{
  g_bytes_unref (task->data);
  g_free (task->name);
  g_free (task);
}

static void
plt_photo_finalize (GObject *object)
{
  PltPhoto *self = PLT_PHOTO (object);

  g_clear_pointer (&self->faces, g_array_unref);
  g_clear_object (&self->pixbuf);
  g_free (self->name);

  G_OBJECT_CLASS (plt_photo_parent_class)->finalize (object);
}

static void
plt_photo_class_init (PltPhotoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_photo_finalize;
}

static void
plt_photo_init (PltPhoto *self)
{
}

/* RGB without alpha: what is transparent is white. */
static GdkPixbuf *
put_on_white (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  GdkPixbuf *flat;

  if (!gdk_pixbuf_get_has_alpha (pixbuf))
    return g_object_ref (pixbuf);
  flat = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  gdk_pixbuf_fill (flat, 0xffffffff);
  gdk_pixbuf_composite (pixbuf, flat, 0, 0, width, height, 0, 0, 1, 1, GDK_INTERP_NEAREST, 255);
  return flat;
}

/* Small, grey; @scale: pixels of the picture in one of it. */
static PltGrey
make_grey (GdkPixbuf *pixbuf,
           double    *scale)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autoptr (GdkPixbuf) small = NULL;
  PltGrey grey;

  *scale = MAX (1.0, MIN (width, height) / SEARCH_SIDE);
  grey.width = MAX (1, (int) lround (width / *scale));
  grey.height = MAX (1, (int) lround (height / *scale));
  grey.levels = g_malloc ((gsize) grey.width * (gsize) grey.height);
  small = gdk_pixbuf_scale_simple (pixbuf, grey.width, grey.height, GDK_INTERP_BILINEAR);
  for (int y = 0; y < grey.height; y++)
    for (int x = 0; x < grey.width; x++)
      {
        const guchar *p = gdk_pixbuf_read_pixels (small)
                          + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (small) + (gsize) x * 3;

        grey.levels[(gsize) y * (gsize) grey.width + (gsize) x]
          = (guint8) ((p[0] * 77 + p[1] * 150 + p[2] * 29) >> 8);
      }
  return grey;
}

static void
find_faces (PltPhoto *self)
{
  double scale;
  PltGrey grey = make_grey (self->pixbuf, &scale);

  self->faces = plt_face_find (&grey);
  g_free (grey.levels);
  for (guint i = 0; self->faces != NULL && i < self->faces->len; i++)
    {
      PltFace *face = &g_array_index (self->faces, PltFace, i);
      double *places[] = { &face->x, &face->y, &face->size, &face->left_x, &face->left_y,
                           &face->right_x, &face->right_y };

      for (gsize k = 0; k < G_N_ELEMENTS (places); k++)
        *places[k] *= scale;
    }
}

PltPhoto *
plt_photo_load (GBytes        *data,
                const char    *name,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (PltPhoto) self = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  PltPictureJob job;

  g_return_val_if_fail (data != NULL && name != NULL, NULL);

  pixbuf = plt_picture_decode (data, name, cancellable, &job, error);
  plt_picture_job_clear (&job);
  if (pixbuf == NULL)
    return NULL;
  self = g_object_new (PLT_TYPE_PHOTO, NULL);
  self->name = g_strdup (name);
  self->pixbuf = put_on_white (pixbuf);
  self->is_cmyk = job.is_cmyk;
  self->is_converted = job.is_converted;
  find_faces (self);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  LoadTask *load = task_data;
  g_autoptr (GError) error = NULL;
  PltPhoto *self = plt_photo_load (load->data, load->name, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
plt_photo_load_async (GBytes              *data,
                      const char          *name,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  LoadTask *load;

  g_return_if_fail (data != NULL && name != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_name (task, "plt_photo_load_async");
  load = g_new0 (LoadTask, 1);
  load->data = g_bytes_ref (data);
  load->name = g_strdup (name);
  g_task_set_task_data (task, load, (GDestroyNotify) load_task_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load_thread);
}

PltPhoto *
plt_photo_load_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
plt_photo_get_name (PltPhoto *self)
{
  g_return_val_if_fail (PLT_IS_PHOTO (self), NULL);

  return self->name;
}

int
plt_photo_get_width (PltPhoto *self)
{
  g_return_val_if_fail (PLT_IS_PHOTO (self), 0);

  return gdk_pixbuf_get_width (self->pixbuf);
}

int
plt_photo_get_height (PltPhoto *self)
{
  g_return_val_if_fail (PLT_IS_PHOTO (self), 0);

  return gdk_pixbuf_get_height (self->pixbuf);
}

GBytes *
plt_photo_get_pixels (PltPhoto *self,
                      gsize    *stride)
{
  g_return_val_if_fail (PLT_IS_PHOTO (self), NULL);

  *stride = (gsize) gdk_pixbuf_get_rowstride (self->pixbuf);
  return g_bytes_new_with_free_func (gdk_pixbuf_read_pixels (self->pixbuf),
                                     gdk_pixbuf_get_byte_length (self->pixbuf), g_object_unref,
                                     g_object_ref (self->pixbuf));
}

char *
plt_photo_dup_remark (PltPhoto *self)
{
  g_return_val_if_fail (PLT_IS_PHOTO (self), NULL);

  if (self->is_cmyk && !self->is_converted)
    return g_strdup (_("Its colours were CMYK without a profile and were converted plainly: look "
                       "whether the skin is as it should be."));
  if (self->is_converted)
    return g_strdup (_("Its colours were converted from its own profile."));
  return NULL;
}

int
plt_photo_get_n_faces (PltPhoto *self)
{
  g_return_val_if_fail (PLT_IS_PHOTO (self), -1);

  return self->faces != NULL ? (int) self->faces->len : -1;
}

/* ---- the frame ---- */

typedef struct
{
  double cosine, sine, width, height;
} Frame;

static Frame
get_frame (const PltPhotoCrop *crop)
{
  double angle = crop->degrees * G_PI / 180;

  return (Frame) { cos (angle), sin (angle), crop->height * PLT_PHOTO_RATIO, crop->height };
}

static void
to_frame (const PltPhotoCrop *crop,
          double              x,
          double              y,
          double             *u,
          double             *v)
{
  Frame frame = get_frame (crop);
  double dx = x - crop->x, dy = y - crop->y;

  *u = (dx * frame.cosine + dy * frame.sine) / frame.width + 0.5;
  *v = (-dx * frame.sine + dy * frame.cosine) / frame.height + 0.5;
}

gboolean
plt_photo_get_face (PltPhoto           *self,
                    const PltPhotoCrop *crop,
                    PltPhotoFace       *face)
{
  const PltFace *found;
  double between;

  g_return_val_if_fail (PLT_IS_PHOTO (self), FALSE);

  *face = (PltPhotoFace) { 0 };
  if (self->faces == NULL || self->faces->len == 0 || crop->height <= 0)
    return FALSE;
  found = &g_array_index (self->faces, PltFace, 0);
  to_frame (crop, found->left_x, found->left_y, &face->left_x, &face->left_y);
  to_frame (crop, found->right_x, found->right_y, &face->right_x, &face->right_y);
  between = hypot (found->right_x - found->left_x, found->right_y - found->left_y) / crop->height;
  face->chin_y = (face->left_y + face->right_y) / 2 + CHIN * between;
  face->crown_y = (face->left_y + face->right_y) / 2 - CROWN * CHIN * between;
  face->degrees = atan2 (found->right_y - found->left_y, found->right_x - found->left_x) * 180 / G_PI
                  - crop->degrees;
  face->has_eyes = found->has_eyes;
  return TRUE;
}

PltPhotoCrop
plt_photo_fit_crop (PltPhoto           *self,
                    const PltPhotoCrop *crop)
{
  PltPhotoCrop fit = *crop;
  Frame frame = get_frame (crop);
  double width = plt_photo_get_width (self), height = plt_photo_get_height (self);
  /* Of what stands upright around a turned frame, for each pixel of the frame's height. */
  double around_x = PLT_PHOTO_RATIO * fabs (frame.cosine) + fabs (frame.sine);
  double around_y = PLT_PHOTO_RATIO * fabs (frame.sine) + fabs (frame.cosine);

  fit.height = CLAMP (fit.height, 1.0, MIN (width / around_x, height / around_y));
  fit.x = CLAMP (fit.x, fit.height * around_x / 2, width - fit.height * around_x / 2);
  fit.y = CLAMP (fit.y, fit.height * around_y / 2, height - fit.height * around_y / 2);
  return fit;
}

PltPhotoCrop
plt_photo_suggest_crop (PltPhoto *self)
{
  PltPhotoCrop crop = { plt_photo_get_width (self) / 2.0, plt_photo_get_height (self) / 2.0,
                        plt_photo_get_height (self), 0 };
  PltPhotoCrop whole = { 0, 0, 1, 0 };
  PltPhotoFace face;

  if (plt_photo_get_face (self, &whole, &face))
    {
      const PltFace *found = &g_array_index (self->faces, PltFace, 0);
      double between = hypot (found->right_x - found->left_x, found->right_y - found->left_y);
      gboolean is_turned = face.has_eyes && fabs (face.degrees) > LEVEL
                           && fabs (face.degrees) <= PLT_PHOTO_MAX_TILT;
      double degrees = is_turned ? face.degrees : 0;
      double angle = degrees * G_PI / 180;
      double below;

      crop.height = between * CHIN * (1 + CROWN) / HEAD_SHARE;
      below = (0.5 - EYES_SHARE) * crop.height;
      crop.x = (found->left_x + found->right_x) / 2 - below * sin (angle);
      crop.y = (found->left_y + found->right_y) / 2 + below * cos (angle);
      crop.degrees = degrees;
    }
  return plt_photo_fit_crop (self, &crop);
}

/* ---- pixels ---- */

static void
add_sample (const guchar *pixels,
            gsize         stride,
            int           width,
            int           height,
            double        x,
            double        y,
            double        sum[3])
{
  int left = CLAMP ((int) floor (x), 0, width - 1), top = CLAMP ((int) floor (y), 0, height - 1);
  int right = MIN (left + 1, width - 1), bottom = MIN (top + 1, height - 1);
  double fx = CLAMP (x - left, 0, 1), fy = CLAMP (y - top, 0, 1);
  const guchar *a = pixels + (gsize) top * stride, *b = pixels + (gsize) bottom * stride;

  for (int c = 0; c < 3; c++)
    sum[c] += (a[left * 3 + c] * (1 - fx) + a[right * 3 + c] * fx) * (1 - fy)
              + (b[left * 3 + c] * (1 - fx) + b[right * 3 + c] * fx) * fy;
}

/* Each pixel is the mean of as many places as it covers pixels of the picture. */
guint8 *
plt_photo_sample (PltPhoto           *self,
                  const PltPhotoCrop *crop,
                  int                 width,
                  int                 height)
{
  const guchar *pixels = gdk_pixbuf_read_pixels (self->pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (self->pixbuf);
  int picture_width = plt_photo_get_width (self), picture_height = plt_photo_get_height (self);
  Frame frame = get_frame (crop);
  double step = frame.height / height;
  int n = CLAMP ((int) ceil (step), 1, MAX_SUBSAMPLES);
  guint8 *result = g_malloc ((gsize) width * (gsize) height * 3), *out = result;

  for (int v = 0; v < height; v++)
    for (int u = 0; u < width; u++, out += 3)
      {
        double sum[3] = { 0 };

        for (int i = 0; i < n * n; i++)
          {
            double along = ((u + (i % n + 0.5) / n) / width - 0.5) * frame.width;
            double down = ((v + (i / n + 0.5) / n) / height - 0.5) * frame.height;

            add_sample (pixels, stride, picture_width, picture_height,
                        crop->x + along * frame.cosine - down * frame.sine - 0.5,
                        crop->y + along * frame.sine + down * frame.cosine - 0.5, sum);
          }
        for (int c = 0; c < 3; c++)
          out[c] = (guint8) CLAMP (lround (sum[c] / (n * n)), 0, 255);
      }
  return result;
}

GBytes *
plt_photo_cut (PltPhoto                 *self,
               const PltPhotoCrop       *crop,
               const PltPortraitBudget  *budget,
               GError                  **error)
{
  g_autofree guint8 *pixels = NULL;
  PltPortraitBudget shipped;
  int across, width, height;
  GBytes *portrait;

  g_return_val_if_fail (PLT_IS_PHOTO (self), NULL);

  plt_portrait_budget_init (&shipped, PLT_PORTRAIT_RECORD);
  if (budget == NULL)
    budget = &shipped;
  across = (int) (crop->height * PLT_PHOTO_RATIO + 0.5);
  if (across < PLT_PHOTO_MIN_WIDTH)
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                   _("The portrait “%s” was not taken over because it is too small: cropped to 35 × "
                     "45 it has %d × %d pixels, and %d × %d are needed. Take or scan it at a higher "
                     "resolution."), self->name, across, (int) lround (across / PLT_PHOTO_RATIO),
                   PLT_PHOTO_MIN_WIDTH, (int) lround (PLT_PHOTO_MIN_WIDTH / PLT_PHOTO_RATIO));
      return NULL;
    }
  width = MIN (across, MAX (budget->max_width, PLT_PHOTO_MIN_WIDTH));
  height = (int) lround (width / PLT_PHOTO_RATIO);
  pixels = plt_photo_sample (self, crop, width, height);
  portrait = plt_picture_fit_jpeg (pixels, width, height, budget, NULL);
  if (portrait == NULL)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("The portrait “%s” was not taken over because it does not fit into %u bytes. Take it "
                   "before a plain wall, or ask the administrator to allow more bytes."), self->name,
                 (guint) budget->max_bytes);
  return portrait;
}
