/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the ink of a scanned signature: black on transparent, trimmed with a margin of 5 %. */
#include "plt-picture-head.h"

#include "plt-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define MIN_SHARE 0.005
#define MAX_SHARE 0.25
#define MIN_LENGTH 150
#define MARGIN 0.05
#define MIN_CONTRAST 40 /* grey levels between paper and ink */
#define SOFTNESS 24     /* grey levels over which an edge fades */

typedef struct
{
  int     width, height;
  guint8 *grey;
  int     threshold;
} Scan;

typedef struct
{
  int left, top, right, bottom; /* right and bottom are the first outside */
} Box;

static guint8 *
to_grey (GdkPixbuf *pixbuf,
         guint      histogram[256])
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf), stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *grey = g_malloc ((gsize) width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guchar *p = pixels + (gsize) y * stride + x * channels;
        guint8 level = (guint8) ((p[0] * 77 + p[1] * 150 + p[2] * 29) >> 8);

        grey[(gsize) y * width + x] = level;
        histogram[level]++;
      }
  return grey;
}

/* Otsu's threshold: the one that parts the levels into the two classes farthest apart. */
static int
find_threshold (const guint histogram[256],
                double      n,
                double     *contrast)
{
  double sum = 0, sum_dark = 0, n_dark = 0, best = -1;
  int threshold = 0;

  for (int i = 0; i < 256; i++)
    sum += (double) i * histogram[i];
  *contrast = 0;
  for (int i = 0; i < 255; i++)
    {
      double distance, between;

      n_dark += histogram[i];
      sum_dark += (double) i * histogram[i];
      if (n_dark <= 0 || n_dark >= n)
        continue;
      distance = (sum - sum_dark) / (n - n_dark) - sum_dark / n_dark;
      between = n_dark * (n - n_dark) * distance * distance;
      if (between > best)
        {
          best = between;
          threshold = i;
          *contrast = distance;
        }
    }
  return threshold;
}

static gboolean
is_ink (const Scan *scan,
        int         x,
        int         y)
{
  return scan->grey[(gsize) y * scan->width + x] <= scan->threshold;
}

static Box
find_ink (const Scan *scan,
          gsize      *n_ink)
{
  Box box = { scan->width, scan->height, 0, 0 };

  *n_ink = 0;
  for (int y = 0; y < scan->height; y++)
    for (int x = 0; x < scan->width; x++)
      if (is_ink (scan, x, y))
        {
          box.left = MIN (box.left, x);
          box.top = MIN (box.top, y);
          box.right = MAX (box.right, x + 1);
          box.bottom = MAX (box.bottom, y + 1);
          (*n_ink)++;
        }
  return box;
}

static gboolean
check_ink (const Box   *box,
           gsize        n_ink,
           const char  *name,
           GError     **error)
{
  int width = box->right - box->left, height = box->bottom - box->top;
  double share = n_ink / ((double) width * height);

  if (share > MAX_SHARE)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("The signature “%s” was not taken over because %.0f %% of it is ink; at most "
                   "%.0f %% are allowed. Ask for the signature again, with a finer pen on white "
                   "paper."), name, share * 100, MAX_SHARE * 100);
  else if (MAX (width, height) < MIN_LENGTH)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("The signature “%s” was not taken over because it is only %d × %d pixels; its "
                   "longer side needs %d. Scan it at 300 dots per inch or more."),
                 name, width, height, MIN_LENGTH);
  else if (share < MIN_SHARE)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("The signature “%s” was not taken over because only %.1f %% of it is ink; at "
                   "least %.1f %% are needed. Scan only the signature, on clean paper."),
                 name, share * 100, MIN_SHARE * 100);
  else
    return TRUE;
  return FALSE;
}

static GdkPixbuf *
cut_ink (const Scan *scan,
         const Box  *box)
{
  int margin = (int) ceil (MAX (box->right - box->left, box->bottom - box->top) * MARGIN);
  int width = box->right - box->left + 2 * margin, height = box->bottom - box->top + 2 * margin;
  GdkPixbuf *result = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, width, height);
  int stride = gdk_pixbuf_get_rowstride (result);
  guchar *pixels = gdk_pixbuf_get_pixels (result);

  gdk_pixbuf_fill (result, 0);
  for (int y = box->top; y < box->bottom; y++)
    for (int x = box->left; x < box->right; x++)
      {
        int level = scan->grey[(gsize) y * scan->width + x];
        int alpha = (scan->threshold + SOFTNESS / 2 - level) * 255 / SOFTNESS;

        pixels[(gsize) (y - box->top + margin) * stride + (x - box->left + margin) * 4 + 3]
          = (guchar) CLAMP (alpha, 0, 255);
      }
  return result;
}

static GBytes *
save_png (GdkPixbuf   *pixbuf,
          GError     **error)
{
  gchar *buffer = NULL;
  gsize size = 0;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", error, NULL))
    return NULL;
  return g_bytes_new_take (buffer, size);
}

/* Errors: PLT_CARD_ERROR_IMAGE when there is no ink, or more than a signature has. */
GBytes *
plt_picture_extract_ink (GdkPixbuf   *pixbuf,
                         const char  *name,
                         GError     **error)
{
  guint histogram[256] = { 0 };
  g_autofree guint8 *grey = to_grey (pixbuf, histogram);
  Scan scan = { gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf), grey, 0 };
  g_autoptr (GdkPixbuf) ink = NULL;
  double contrast;
  gsize n_ink;
  Box box;

  scan.threshold = find_threshold (histogram, (double) scan.width * scan.height, &contrast);
  if (contrast < MIN_CONTRAST)
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                   _("The signature “%s” was not taken over because there is no ink on it. Ask for "
                     "the signature again."), name);
      return NULL;
    }
  box = find_ink (&scan, &n_ink);
  if (!check_ink (&box, n_ink, name, error))
    return NULL;
  ink = cut_ink (&scan, &box);
  return save_png (ink, error);
}
