/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the scan of a signature into the picture that a card gets: what is ink under this lamp and on
 * this paper, without the form's lines and without specks, traced and drawn again with one line width. */
#include "plt-picture-head.h"

#include "plt-picture-ink-private.h"
#include "plt-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MIN_SHARE 0.005
#define MAX_SHARE 0.45
#define MIN_LENGTH 150
#define WIDEST 12     /* a pen's line is no wider than this part of the sheet's longer side */
#define MIN_DARKNESS 30 /* 255ths of the paper's brightness: less is dirt */
#define MIN_PIXELS 40
#define STRONG 0.5    /* of the ink's darkness: is ink */
#define WEAK 0.3      /* is, where it touches some that is strong */
#define NOISE 6.0     /* times the paper's own grain */
#define BROADEST 3    /* a blot is no wider than this part */
#define MAX_GROWTH 2.5 /* of lines, where what is dark around them belongs to them */
#define MIN_CONTRAST 40 /* between black and white of what has no lines */

typedef struct
{
  int left, top, right, bottom; /* right and bottom are the first outside */
} Box;

static guint8 *
to_rgb (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  guint8 *rgb = g_malloc ((gsize) width * (gsize) height * 3), *out = rgb;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, out += 3)
      memcpy (out,
              gdk_pixbuf_read_pixels (pixbuf) +
                (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) +
                (gsize) x * (gsize) channels,
              3);
  return rgb;
}

/* The level below which @share of the pixels lie. */
static int
find_level (const guint histogram[256],
            double      share)
{
  double n = 0, sum = 0;
  int level = 0;

  for (int i = 0; i < 256; i++)
    n += histogram[i];
  while (level < 255 && (sum += histogram[level]) < share * n)
    level++;
  return level;
}

/* How dark the ink is, and how dark the darkest grain of the paper. FALSE: there is no ink. */
static gboolean
measure_ink (const PltInk *darkness,
             int          *ink,
             int          *grain)
{
  guint all[256] = { 0 }, dark[256] = { 0 };
  gsize n = (gsize) darkness->width * (gsize) darkness->height, n_dark = 0;
  int middle;

  for (gsize i = 0; i < n; i++)
    all[darkness->pixels[i]]++;
  /* The closing lies on the paper's brightest grains: half of it is darker than its middle. */
  middle = find_level (all, 0.5);
  *grain = middle + (int) (NOISE * (find_level (all, 0.5) - find_level (all, 0.16) + 0.5));
  *grain = CLAMP (*grain, MIN_DARKNESS, 140);
  for (int i = *grain; i < 256; i++)
    {
      dark[i] = all[i];
      n_dark += all[i];
    }
  if (n_dark < MIN_PIXELS)
    return FALSE;
  *ink = find_level (dark, 0.7);
  return TRUE;
}

/* Ink is what is strong, and what hangs on it. */
static void
flood (PltInk       *mask,
       const PltInk *darkness,
       int           x,
       int           y,
       int           weak)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (int) * 2);
  int start[2] = { x, y };

  *plt_ink_at (mask, x, y) = 1;
  g_array_append_val (open, start);
  while (open->len > 0)
    {
      const int *last = &((const int *) (gpointer) open->data)[(open->len - 1) * 2];
      int at_x = last[0], at_y = last[1];

      g_array_set_size (open, open->len - 1);
      for (int ny = MAX (0, at_y - 1); ny <= MIN (mask->height - 1, at_y + 1); ny++)
        for (int nx = MAX (0, at_x - 1); nx <= MIN (mask->width - 1, at_x + 1); nx++)
          {
            int next[2] = { nx, ny };

            if (*plt_ink_at (mask, nx, ny) != 0 || *plt_ink_at (darkness, nx, ny) < weak)
              continue;
            *plt_ink_at (mask, nx, ny) = 1;
            g_array_append_val (open, next);
          }
    }
}

static PltInk
make_mask (const PltInk *darkness,
           int           ink,
           int           grain)
{
  PltInk mask = { darkness->width, darkness->height,
                  g_malloc0 ((gsize) darkness->width * (gsize) darkness->height) };
  int strong = MAX ((int) (ink * STRONG), grain), weak = MAX ((int) (ink * WEAK), grain * 3 / 4);

  for (int y = 0; y < mask.height; y++)
    for (int x = 0; x < mask.width; x++)
      if (*plt_ink_at (&mask, x, y) == 0 && *plt_ink_at (darkness, x, y) >= strong)
        flood (&mask, darkness, x, y, weak);
  return mask;
}

/* ---- what hangs together ---- */

typedef struct
{
  Box   box;
  guint n;       /* pixels */
  guint n_edges; /* of those, on the edge of ink */
} Part;

static void
add_pixel (Part         *part,
           const PltInk *mask,
           int           x,
           int           y)
{
  gboolean is_edge = x == 0 || y == 0 || x == mask->width - 1 || y == mask->height - 1;

  for (int i = 0; i < 4 && !is_edge; i++)
    is_edge = *plt_ink_at (mask, x + (i == 0) - (i == 1), y + (i == 2) - (i == 3)) == 0;
  part->box.left = MIN (part->box.left, x);
  part->box.top = MIN (part->box.top, y);
  part->box.right = MAX (part->box.right, x + 1);
  part->box.bottom = MAX (part->box.bottom, y + 1);
  part->n++;
  part->n_edges += is_edge;
}

/* Measures what hangs together with @x, @y and notes its pixels in @pixels; @seen is set for them. */
static Part
gather (const PltInk *mask,
        guint8       *seen,
        int           x,
        int           y,
        GArray       *pixels)
{
  Part part = { { mask->width, mask->height, 0, 0 }, 0, 0 };
  gsize start = (gsize) y * (gsize) mask->width + (gsize) x;

  g_array_set_size (pixels, 0);
  g_array_append_val (pixels, start);
  seen[start] = 1;
  for (guint i = 0; i < pixels->len; i++)
    {
      gsize at = g_array_index (pixels, gsize, i);
      int at_x = (int) (at % (gsize) mask->width), at_y = (int) (at / (gsize) mask->width);

      add_pixel (&part, mask, at_x, at_y);
      for (int ny = MAX (0, at_y - 1); ny <= MIN (mask->height - 1, at_y + 1); ny++)
        for (int nx = MAX (0, at_x - 1); nx <= MIN (mask->width - 1, at_x + 1); nx++)
          {
            gsize next = (gsize) ny * (gsize) mask->width + (gsize) nx;

            if (mask->pixels[next] == 0 || seen[next] != 0)
              continue;
            seen[next] = 1;
            g_array_append_val (pixels, next);
          }
    }
  return part;
}

/* A strip along the sheet's edge is the scanner's lid or the next sheet. */
static gboolean
is_border (const PltInk *mask,
           const Part   *part)
{
  gboolean at_side = part->box.left == 0 || part->box.right == mask->width;
  gboolean at_end = part->box.top == 0 || part->box.bottom == mask->height;

  return (at_side && part->box.bottom - part->box.top > mask->height * 0.6
          && part->box.right - part->box.left < mask->width * 0.1)
         || (at_end && part->box.right - part->box.left > mask->width * 0.6
             && part->box.bottom - part->box.top < mask->height * 0.1);
}

/* Specks are smaller than a dot of the same pen. @keep_above: pixels. Returns the thickness of what is
 * left: twice the area over its outline. */
static double
sweep (PltInk *mask,
       guint   keep_above)
{
  g_autofree guint8 *seen = g_malloc0 ((gsize) mask->width * (gsize) mask->height);
  g_autoptr (GArray) pixels = g_array_new (FALSE, FALSE, sizeof (gsize));
  double n = 0, n_edges = 0;

  for (int y = 0; y < mask->height; y++)
    for (int x = 0; x < mask->width; x++)
      {
        Part part;

        if (*plt_ink_at (mask, x, y) == 0 || seen[(gsize) y * (gsize) mask->width + (gsize) x] != 0)
          continue;
        part = gather (mask, seen, x, y, pixels);
        if (part.n > keep_above && !is_border (mask, &part))
          {
            n += part.n;
            n_edges += part.n_edges;
            continue;
          }
        for (guint i = 0; i < pixels->len; i++)
          mask->pixels[g_array_index (pixels, gsize, i)] = 0;
      }
  return n_edges > 0 ? MAX (1, 2 * n / n_edges) : 0;
}

static Box
find_box (const PltInk *mask,
          gsize        *n_ink)
{
  Part part = { { mask->width, mask->height, 0, 0 }, 0, 0 };

  for (int y = 0; y < mask->height; y++)
    for (int x = 0; x < mask->width; x++)
      if (*plt_ink_at (mask, x, y) != 0)
        add_pixel (&part, mask, x, y);
  *n_ink = part.n;
  return part.box;
}

static PltInk
cut (const PltInk *mask,
     const Box    *box)
{
  PltInk part = { box->right - box->left, box->bottom - box->top, NULL };

  part.pixels = g_malloc ((gsize) part.width * (gsize) part.height);
  for (int y = 0; y < part.height; y++)
    memcpy (plt_ink_at (&part, 0, y), plt_ink_at (mask, box->left, box->top + y), (gsize) part.width);
  return part;
}

/* ---- is it a signature? ---- */

static gboolean
refuse_share (const char  *name,
              double       share,
              GError     **error)
{
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               _("The signature “%s” was not taken over because %.0f %% of it is ink; at most "
                 "%.0f %% are allowed. Ask for the signature again, with a finer pen on white "
                 "paper."), name, share * 100, MAX_SHARE * 100);
  return FALSE;
}

static gboolean
refuse_empty (const char  *name,
              GError     **error)
{
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               _("The signature “%s” was not taken over because there is no ink on it. Ask for "
                 "the signature again."), name);
  return FALSE;
}

static gboolean
check_ink (const Box   *box,
           gsize        n_ink,
           const char  *name,
           GError     **error)
{
  int width = box->right - box->left, height = box->bottom - box->top;
  double share = n_ink / ((double) width * MAX (height, width / 20));

  if (share > MAX_SHARE)
    return refuse_share (name, share, error);
  if (MAX (width, height) < MIN_LENGTH)
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

/* No lines: is it an empty sheet, or black? */
static gboolean
refuse_no_lines (const guint8  *rgb,
                 gsize          n,
                 const char    *name,
                 GError       **error)
{
  guint levels[256] = { 0 };
  int bright, n_dark = 0;

  for (gsize i = 0; i < n; i++)
    levels[(rgb[i * 3] * 77 + rgb[i * 3 + 1] * 150 + rgb[i * 3 + 2] * 29) >> 8]++;
  bright = find_level (levels, 0.99);
  if (bright - find_level (levels, 0.01) < MIN_CONTRAST)
    return refuse_empty (name, error);
  for (int i = 0; i < (bright + find_level (levels, 0.01)) / 2; i++)
    n_dark += (int) levels[i];
  return refuse_share (name, MAX (MAX_SHARE + 0.01, n_dark / (double) n), error);
}

typedef struct
{
  PltInk mask;
  int    channel, darkness; /* in which the ink stands out most from the paper, and how much */
} Found;

static gboolean
find_ink (const guint8 *rgb,
          int           width,
          int           height,
          Found        *found)
{
  int widest = MAX (15, MAX (width, height) / WIDEST), best = 0;

  for (int channel = 0; channel < 3; channel++)
    {
      PltInk darkness = plt_ink_measure (rgb, channel, width, height, widest);
      int ink = 0, grain = 0;

      if (measure_ink (&darkness, &ink, &grain) && ink - grain >= best)
        {
          best = ink - grain + 1;
          g_free (found->mask.pixels);
          *found = (Found) { make_mask (&darkness, ink, grain), channel, ink };
        }
      g_free (darkness.pixels);
    }
  return best > 0;
}

/* Of something that is wider than any pen, the corners look like lines. */
static gboolean
is_blot (const Found  *found,
         const guint8 *rgb)
{
  const PltInk *mask = &found->mask;
  gsize n = (gsize) mask->width * (gsize) mask->height, n_before = 0, n_after = 0;
  PltInk darkness = plt_ink_measure (rgb, found->channel, mask->width, mask->height,
                                     MAX (mask->width, mask->height) / BROADEST);
  PltInk grown = { mask->width, mask->height, g_memdup2 (mask->pixels, n) };

  for (int y = 0; y < mask->height; y++)
    for (int x = 0; x < mask->width; x++)
      if (*plt_ink_at (mask, x, y) != 0)
        {
          n_before++;
          flood (&grown, &darkness, x, y, found->darkness * 7 / 10);
        }
  for (gsize i = 0; i < n; i++)
    n_after += grown.pixels[i];
  g_free (grown.pixels);
  g_free (darkness.pixels);
  return n_after > MAX_GROWTH * n_before;
}

static PltStrokes *
trace (const guint8  *rgb,
       int            width,
       int            height,
       const char    *name,
       GError       **error)
{
  Found found = { { 0, 0, NULL }, 0, 0 };
  PltStrokes *strokes = NULL;
  gsize n_ink = 0;
  Box box;

  if (find_ink (rgb, width, height, &found))
    {
      double thickness;

      plt_ink_drop_rules (&found.mask);
      thickness = sweep (&found.mask, MIN_PIXELS / 8);
      sweep (&found.mask, (guint) (thickness * thickness * 0.4));
      box = find_box (&found.mask, &n_ink);
    }
  if (n_ink < MIN_PIXELS || is_blot (&found, rgb))
    refuse_no_lines (rgb, (gsize) width * (gsize) height, name, error);
  else if (check_ink (&box, n_ink, name, error))
    {
      PltInk part = cut (&found.mask, &box);

      strokes = plt_ink_trace (&part);
      g_free (part.pixels);
    }
  g_free (found.mask.pixels);
  return strokes;
}

/* Errors: PLT_CARD_ERROR_IMAGE when there is no ink, or more than a signature has. */
GBytes *
plt_picture_extract_ink (GdkPixbuf   *pixbuf,
                         const char  *name,
                         GError     **error)
{
  g_autofree guint8 *rgb = to_rgb (pixbuf);
  g_autoptr (PltStrokes) strokes = trace (rgb, gdk_pixbuf_get_width (pixbuf),
                                          gdk_pixbuf_get_height (pixbuf), name, error);

  return strokes != NULL ? plt_strokes_draw (strokes, name, error) : NULL;
}
