/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-card-scan.h"

#include "plt-code-reader.h"
#include "plt-picture-decode.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LARGE 1200      /* dots; a card at 300 dpi has 1011 */
#define STRAIGHT 1.0    /* degrees that readers bear */
#define MOST_TURN 12.0  /* degrees tried where no code says how the picture is turned */
#define TURN_STEP 4.0

typedef struct
{
  guint8 *dots; /* one byte each, 0 is black */
  int     width, height;
} Grey;

static void
grey_clear (Grey *self)
{
  g_clear_pointer (&self->dots, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grey, grey_clear)

static void
grey_init (Grey *self,
           int   width,
           int   height)
{
  *self = (Grey) { g_malloc ((gsize) width * (gsize) height), width, height };
}

static guint8 *
grey_at (const Grey *self,
         int         x,
         int         y)
{
  return self->dots + (gsize) y * (gsize) self->width + (gsize) x;
}

static void
make_grey (GdkPixbuf *pixbuf,
           Grey      *grey)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  int n = gdk_pixbuf_get_n_channels (pixbuf);

  grey_init (grey, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  for (int y = 0; y < grey->height; y++)
    for (int x = 0; x < grey->width; x++)
      {
        const guint8 *pixel = pixels + (gsize) y * (gsize) stride + (gsize) (x * n);
        guint value = (pixel[0] * 77u + pixel[1] * 150u + pixel[2] * 29u) >> 8;

        /* What is transparent shows the paper under it. */
        if (n == 4)
          value = (value * pixel[3] + 255u * (255u - pixel[3])) / 255u;
        *grey_at (grey, x, y) = (guint8) value;
      }
}

static void
make_half (const Grey *grey,
           Grey       *half)
{
  grey_init (half, grey->width / 2, grey->height / 2);
  for (int y = 0; y < half->height; y++)
    for (int x = 0; x < half->width; x++)
      {
        const guint8 *above = grey_at (grey, 2 * x, 2 * y);
        const guint8 *below = above + grey->width;

        *grey_at (half, x, y) = (guint8) ((above[0] + above[1] + below[0] + below[1] + 2) / 4);
      }
}

/* Between the four dots around a point; white outside. */
static guint8
sample (const Grey *grey,
        double      x,
        double      y)
{
  int left = (int) floor (x), top = (int) floor (y);
  double right_part = x - left, lower_part = y - top;
  const guint8 *above;
  const guint8 *below;

  if (left < 0 || top < 0 || left + 1 >= grey->width || top + 1 >= grey->height)
    return 255;
  above = grey_at (grey, left, top);
  below = above + grey->width;
  return (guint8) ((above[0] * (1 - right_part) + above[1] * right_part) * (1 - lower_part) +
                   (below[0] * (1 - right_part) + below[1] * right_part) * lower_part + 0.5);
}

/* What is turned by @degrees clockwise in @grey stands upright in @turned. */
static void
make_turned (const Grey *grey,
             double      degrees,
             Grey       *turned)
{
  double c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180);

  grey_init (turned, (int) (grey->width * fabs (c) + grey->height * fabs (s)),
             (int) (grey->height * fabs (c) + grey->width * fabs (s)));
  for (int y = 0; y < turned->height; y++)
    for (int x = 0; x < turned->width; x++)
      {
        double right = x - turned->width / 2.0, down = y - turned->height / 2.0;

        *grey_at (turned, x, y) = sample (grey, grey->width / 2.0 + c * right - s * down,
                                          grey->height / 2.0 + s * right + c * down);
      }
}

/* A code can be too fine for the noise around it, or too large: both are looked at. */
static GBytes *
search (const Grey  *grey,
        PltCodeKind  kind,
        double      *angle)
{
  GBytes *code = plt_code_reader_search (kind, grey->dots, grey->width, grey->height, angle);
  g_auto (Grey) half = { 0 };

  if (code != NULL || MAX (grey->width, grey->height) < LARGE)
    return code;
  make_half (grey, &half);
  return plt_code_reader_search (kind, half.dots, half.width, half.height, angle);
}

static GBytes *
search_turned (const Grey  *grey,
               PltCodeKind  kind,
               double       degrees)
{
  g_auto (Grey) turned = { 0 };
  double angle;

  make_turned (grey, degrees, &turned);
  return search (&turned, kind, &angle);
}

/* Bars bear little turning; nothing else in the picture says how far. */
static GBytes *
search_askew (const Grey   *grey,
              GCancellable *cancellable)
{
  GBytes *code = NULL;
  g_auto (Grey) half = { 0 };

  if (MAX (grey->width, grey->height) >= 2 * LARGE)
    {
      make_half (grey, &half);
      return search_askew (&half, cancellable);
    }
  for (double turn = TURN_STEP;
       code == NULL && turn <= MOST_TURN && !g_cancellable_is_cancelled (cancellable);
       turn += TURN_STEP)
    {
      code = search_turned (grey, PLT_CODE_PDF417, turn);
      if (code == NULL)
        code = search_turned (grey, PLT_CODE_PDF417, -turn);
    }
  return code;
}

/* Each kind once. Where one is found and is turned, the others are turned as it is. */
static void
find_codes (const Grey    *grey,
            GPtrArray     *codes,
            GCancellable  *cancellable)
{
  static const PltCodeKind kinds[] = { PLT_CODE_QR, PLT_CODE_PDF417, PLT_CODE_DATA_MATRIX };
  GBytes *found[G_N_ELEMENTS (kinds)] = { NULL };
  double turn = 0, angle;
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      found[i] = search (grey, kinds[i], &angle);
      if (found[i] != NULL && !any)
        turn = angle;
      any |= found[i] != NULL;
    }
  for (gsize i = 0; i < 2 && any && fabs (turn) > STRAIGHT; i++)
    if (found[i] == NULL && !g_cancellable_is_cancelled (cancellable))
      found[i] = search_turned (grey, kinds[i], turn);
  if (!any)
    found[1] = search_askew (grey, cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (found[i] != NULL)
      g_ptr_array_add (codes, found[i]);
}

/**
 * plt_card_scan:
 * @picture: JPEG, PNG, TIFF or WebP; bounded as every picture is (plt-picture.h)
 *
 * Each kind of code once: a card has no two of a kind. Blocks, where no code is found for a second or
 * more: belongs into a worker thread.
 *
 * Returns: (transfer full) (nullable) (element-type GBytes): what the codes hold; none may have been found
 */
GPtrArray *
plt_card_scan (GBytes        *picture,
               GCancellable  *cancellable,
               GError       **error)
{
  GPtrArray *codes;
  PltPictureJob job = { 0 };
  g_autoptr (GdkPixbuf) pixbuf =
    plt_picture_decode (picture, /* Translators: in place of the name of a picture */
                        _("picture of a card"), cancellable, &job, error);
  g_auto (Grey) grey = { 0 };

  plt_picture_job_clear (&job);
  if (pixbuf == NULL)
    return NULL;
  make_grey (pixbuf, &grey);
  codes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  find_codes (&grey, codes, cancellable);
  return codes;
}
