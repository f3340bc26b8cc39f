/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws virtual cards with poppler’s pdftoppm(1), and spoils the pictures as the printer spoiled the card. */
#include "plt-demo-plastic-picture.h"

#include "plt-demo-error.h"
#include "plt-demo-printer-process.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define WIDTH 1011 /* 85.60 mm at 300 dpi */
#define HEIGHT 638
#define BLOCK 24
#define DARK 96

typedef struct
{
  guchar *pixels;
  int     width;
  int     height;
  int     stride;
  int     step;
} Picture;

static guchar *
at (const Picture *self,
    int            x,
    int            y)
{
  return self->pixels + (gsize) y * (gsize) self->stride + (gsize) x * (gsize) self->step;
}

/* The cyan panel lay a little beside the others and the magenta one was weak. */
static void
shift_colours (const Picture *self)
{
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        guchar *pixel = at (self, x, y);

        pixel[0] = at (self, MIN (x + 6, self->width - 1), y)[0];
        pixel[1] = (guchar) MIN (255, 60 + pixel[1] * 3 / 4);
      }
}

static gboolean
is_dark (const Picture *self,
         int            x,
         int            y)
{
  const guchar *pixel = at (self, x, y);

  return (pixel[0] + pixel[1] + pixel[2]) / 3 < DARK;
}

/* Codes are the parts where dark and light are about as much, and change often in both directions. */
static gboolean
looks_like_code (const Picture *self,
                 int            left,
                 int            top)
{
  int dark = 0, across = 0, down = 0;

  for (int y = top + 1; y < top + BLOCK; y++)
    for (int x = left + 1; x < left + BLOCK; x++)
      {
        gboolean here = is_dark (self, x, y);

        dark += here;
        across += here != is_dark (self, x - 1, y);
        down += here != is_dark (self, x, y - 1);
      }
  return dark > BLOCK * BLOCK / 4 && across > 64 && down > 20;
}

static void
smear_block (const Picture *self,
             int            left,
             int            top)
{
  for (int y = top; y < top + BLOCK; y++)
    for (int channel = 0; channel < 3; channel++)
      {
        int sum = 0;

        for (int x = left; x < left + BLOCK; x++)
          sum += at (self, x, y)[channel];
        for (int x = left; x < left + BLOCK; x++)
          at (self, x, y)[channel] = (guchar) (sum / BLOCK);
      }
}

/* The overlay slipped while it was warm. */
static void
smear (const Picture *self)
{
  for (int top = 0; top + BLOCK <= self->height; top += BLOCK)
    for (int left = 0; left + BLOCK <= self->width; left += BLOCK)
      if (looks_like_code (self, left, top))
        smear_block (self, left, top);
}

static void
alter (GdkPixbuf  *pixbuf,
       const char *how)
{
  Picture picture = { gdk_pixbuf_get_pixels (pixbuf), gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                      gdk_pixbuf_get_rowstride (pixbuf), gdk_pixbuf_get_n_channels (pixbuf) };

  if (g_str_equal (how, "colour-shift"))
    shift_colours (&picture);
  else if (g_str_equal (how, "smear"))
    smear (&picture);
}

static GdkPixbuf *
draw_page (const char  *document,
           const char  *folder,
           const char  *page,
           GError     **error)
{
  g_autofree char *stem = g_build_filename (folder, ".page", NULL);
  g_autofree char *path = g_strconcat (stem, ".png", NULL);
  const char *argv[] = { "pdftoppm", "-q", "-singlefile", "-f", page, "-l", page, "-r", "300", "-png", document, stem, NULL };
  GdkPixbuf *drawn;

  if (!plt_demo_printer_run_tool (argv, error))
    return NULL;
  drawn = gdk_pixbuf_new_from_file (path, error);
  g_unlink (path);
  return drawn;
}

/* Print systems turn the page upright; a card is looked at lying. */
static GdkPixbuf *
lay_down (GdkPixbuf *pixbuf)
{
  if (gdk_pixbuf_get_height (pixbuf) <= gdk_pixbuf_get_width (pixbuf))
    return g_object_ref (pixbuf);
  return gdk_pixbuf_rotate_simple (pixbuf, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE);
}

static gboolean
draw_side (const PltDemoPlastic *plastic,
           const char           *document,
           const char           *folder,
           gboolean              is_back,
           GError              **error)
{
  g_autofree char *path = g_build_filename (folder, is_back ? "back.png" : "front.png", NULL);
  g_autoptr (GdkPixbuf) drawn = NULL;
  g_autoptr (GdkPixbuf) lying = NULL;

  if (is_back ? plastic->back : plastic->front)
    {
      drawn = draw_page (document, folder, is_back ? "2" : "1", error);
      if (drawn == NULL)
        return FALSE;
      lying = lay_down (drawn);
      alter (lying, plastic->alter);
    }
  else
    {
      lying = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
      gdk_pixbuf_fill (lying, 0xffffffff);
    }
  return gdk_pixbuf_save (lying, path, "png", error, "x-dpi", "300", "y-dpi", "300", NULL);
}

gboolean
plt_demo_plastic_draw (const PltDemoPlastic  *plastic,
                       const char            *out,
                       const char            *folder,
                       GError               **error)
{
  g_autofree char *name = g_strdup_printf ("card-%04d.pdf", plastic->number);
  g_autofree char *document = g_build_filename (out, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return plt_demo_error_from_errno (error, folder);
  return draw_side (plastic, document, folder, FALSE, error) && draw_side (plastic, document, folder, TRUE, error);
}
