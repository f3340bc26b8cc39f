/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a small portrait shows what the large one shows. libjpeg gives the mean of each eight by eight
 * dots without undoing the transform, which is enough to tell two people apart, and cheap. */
#include "plt-picture-encode.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#define PART 8
#define COLUMNS 14
#define ROWS 18
#define SAMPLES 4          /* of a cell, on each side */
#define MOST_DOTS 1000000  /* of an eighth: no portrait has so many */
#define MOST_MEAN 3.0      /* by which two cells may differ, of 255 */
#define MOST_ANYWHERE 28.0

typedef struct
{
  struct jpeg_error_mgr         errors;
  struct jpeg_decompress_struct info;
  jmp_buf                       escape;
  guint8                       *dots;
  int                           width, height;
  double across, down; /* what of them is picture: the last may be of less than eight */
} Eighth;

static G_NORETURN void
error_cb (j_common_ptr info)
{
  Eighth *self = info->client_data;

  longjmp (self->escape, 1);
}

static void
message_cb (j_common_ptr info,
            int          level)
{
}

static gboolean
read_eighth (Eighth *self,
             GBytes *jpeg)
{
  struct jpeg_decompress_struct *info = &self->info;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  if (setjmp (self->escape) != 0)
    return FALSE;
  jpeg_create_decompress (info);
  jpeg_mem_src (info, data, (unsigned long) size);
  jpeg_read_header (info, TRUE);
  info->scale_num = 1;
  info->scale_denom = PART;
  info->out_color_space = JCS_GRAYSCALE;
  jpeg_calc_output_dimensions (info);
  if (info->output_width > MOST_DOTS / info->output_height)
    return FALSE;
  jpeg_start_decompress (info);
  self->width = (int) info->output_width;
  self->height = (int) info->output_height;
  self->across = (double) info->image_width / PART;
  self->down = (double) info->image_height / PART;
  self->dots = g_malloc ((gsize) self->width * (gsize) self->height);
  while (info->output_scanline < info->output_height)
    {
      JSAMPROW rows[] = { self->dots + (gsize) info->output_scanline * (gsize) self->width };

      jpeg_read_scanlines (info, rows, 1);
    }
  jpeg_finish_decompress (info);
  return TRUE;
}

/* Between the middles of which two dots a sample lies, and how near it is to the second. */
typedef struct
{
  int    first, second;
  double nearness;
} Sample;

/* Of each cell so many, in one direction. @length: of the picture, in dots; @n_dots: that there are */
static void
place_samples (Sample *samples,
               int     n_samples,
               double  length,
               int     n_dots)
{
  for (int i = 0; i < n_samples; i++)
    {
      double at = (i + 0.5) / n_samples * length - 0.5;

      samples[i].first = CLAMP ((int) floor (at), 0, n_dots - 1);
      samples[i].second = MIN (samples[i].first + 1, n_dots - 1);
      samples[i].nearness = CLAMP (at - samples[i].first, 0, 1);
    }
}

static double
get_brightness (const Eighth *self,
                const Sample *x,
                const Sample *y)
{
  const guint8 *above = self->dots + (gsize) y->first * (gsize) self->width;
  const guint8 *below = self->dots + (gsize) y->second * (gsize) self->width;

  return (above[x->first] * (1 - x->nearness) + above[x->second] * x->nearness) * (1 - y->nearness)
         + (below[x->first] * (1 - x->nearness) + below[x->second] * x->nearness) * y->nearness;
}

/* The brightness of each cell of a grid that is the same for pictures of every size. */
static void
measure (const Eighth *self,
         double        cells[ROWS * COLUMNS])
{
  Sample across[COLUMNS * SAMPLES], down[ROWS * SAMPLES];

  place_samples (across, COLUMNS * SAMPLES, self->across, self->width);
  place_samples (down, ROWS * SAMPLES, self->down, self->height);
  for (int i = 0; i < ROWS * COLUMNS; i++)
    {
      double sum = 0;

      for (int s = 0; s < SAMPLES * SAMPLES; s++)
        sum += get_brightness (self, &across[i % COLUMNS * SAMPLES + s % SAMPLES],
                               &down[i / COLUMNS * SAMPLES + s / SAMPLES]);
      cells[i] = sum / (SAMPLES * SAMPLES);
    }
}

static gboolean
read_cells (GBytes *jpeg,
            double  cells[ROWS * COLUMNS])
{
  g_autofree Eighth *self = g_new0 (Eighth, 1);
  gboolean ok;

  self->info.err = jpeg_std_error (&self->errors);
  self->info.client_data = self;
  self->errors.error_exit = error_cb;
  self->errors.emit_message = message_cb;
  ok = g_bytes_get_size (jpeg) > 0 && read_eighth (self, jpeg);
  if (ok)
    measure (self, cells);
  jpeg_destroy_decompress (&self->info);
  g_free (self->dots);
  return ok;
}

gboolean
plt_portrait_is_same (GBytes *portrait,
                      GBytes *small)
{
  double large_cells[ROWS * COLUMNS], small_cells[ROWS * COLUMNS], sum = 0, most = 0;

  g_return_val_if_fail (portrait != NULL && small != NULL, FALSE);

  if (!read_cells (portrait, large_cells) || !read_cells (small, small_cells))
    return FALSE;
  for (int i = 0; i < ROWS * COLUMNS; i++)
    {
      double difference = ABS (large_cells[i] - small_cells[i]);

      sum += difference;
      most = MAX (most, difference);
    }
  return sum / (ROWS * COLUMNS) <= MOST_MEAN && most <= MOST_ANYWHERE;
}
