/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes JPEG with libjpeg: grey, RGB and CMYK, baseline and progressive. A progressive file can
 * hold thousands of empty scans, each of which walks the whole picture: scans are counted. */
#include "plt-picture-decode.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

#define MAX_SCANS 100 /* ten are usual */

typedef struct
{
  struct jpeg_error_mgr            errors;
  struct jpeg_progress_mgr         progress;
  struct jpeg_decompress_struct    info;
  jmp_buf                          escape;
  PltPictureJob                   *job;
  PltPictureFault                  fault;
  GdkPixbuf                       *pixbuf;
  PltPictureInk                   *ink; /* NULL: not CMYK */
  JSAMPLE                         *row; /* one line of CMYK */
} Decoder;

/* The callbacks get the library's own struct, which is the middle of ours. */
static Decoder *
get_decoder (j_common_ptr info)
{
  return info->client_data;
}

static G_NORETURN void
give_up (j_common_ptr    info,
         PltPictureFault fault)
{
  Decoder *self = get_decoder (info);

  self->fault = fault;
  longjmp (self->escape, 1);
}

static void
error_cb (j_common_ptr info)
{
  char message[JMSG_LENGTH_MAX];

  info->err->format_message (info, message);
  g_debug ("jpeg: %s", message);
  give_up (info, PLT_PICTURE_FAULT_DAMAGED);
}

/* libjpeg goes on with grey after broken data. A portrait with a grey half is none. */
static void
message_cb (j_common_ptr info,
            int          level)
{
  if (level >= 0)
    return;
  switch (info->err->msg_code)
    {
    case JWRN_JPEG_EOF:
      give_up (info, PLT_PICTURE_FAULT_TRUNCATED);
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_MUST_RESYNC:
    case JWRN_ARITH_BAD_CODE:
      give_up (info, PLT_PICTURE_FAULT_DAMAGED);
    default:
      break;
    }
}

static void
progress_cb (j_common_ptr info)
{
  Decoder *self = get_decoder (info);

  if (plt_picture_job_is_over (self->job) || self->info.input_scan_number > MAX_SCANS)
    give_up (info, PLT_PICTURE_FAULT_TOO_SLOW);
}

static void
read_profile (Decoder *self)
{
  JOCTET *profile = NULL;
  unsigned size = 0;

  if (jpeg_read_icc_profile (&self->info, &profile, &size))
    self->job->profile = g_bytes_new_with_free_func (profile, size, free, profile);
}

static void
read_orientation (Decoder *self)
{
  for (jpeg_saved_marker_ptr marker = self->info.marker_list; marker != NULL; marker = marker->next)
    if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6
        && memcmp (marker->data, "Exif\0\0", 6) == 0)
      {
        self->job->orientation = plt_picture_exif_orientation (marker->data, marker->data_length);
        return;
      }
}

static void
choose_colours (Decoder *self)
{
  struct jpeg_decompress_struct *info = &self->info;

  if (info->num_components != 4)
    {
      info->out_color_space = JCS_RGB;
      return;
    }
  info->out_color_space = JCS_CMYK;
  self->job->is_cmyk = TRUE;
  self->ink = plt_picture_ink_new (self->job->profile, info->saw_Adobe_marker);
  self->job->is_converted = plt_picture_ink_is_profiled (self->ink);
  g_clear_pointer (&self->job->profile, g_bytes_unref);
}

static void
read_lines (Decoder *self)
{
  struct jpeg_decompress_struct *info = &self->info;
  guchar *pixels = gdk_pixbuf_get_pixels (self->pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (self->pixbuf);

  while (info->output_scanline < info->output_height)
    {
      guchar *line = pixels + (gsize) info->output_scanline * stride;
      JSAMPROW rows[] = { self->ink != NULL ? self->row : line };

      jpeg_read_scanlines (info, rows, 1);
      if (self->ink != NULL)
        plt_picture_ink_convert (self->ink, self->row, line, (int) info->output_width);
      if (plt_picture_job_is_over (self->job))
        give_up ((j_common_ptr) info, PLT_PICTURE_FAULT_TOO_SLOW);
    }
}

/* FALSE when the picture could not be had; everything that it took is in @self. */
static gboolean
run (Decoder  *self,
     GBytes   *data,
     GError  **error)
{
  struct jpeg_decompress_struct *info = &self->info;
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  if (setjmp (self->escape) != 0)
    {
      plt_picture_job_fail (self->job, self->fault, error);
      return FALSE;
    }
  jpeg_create_decompress (info);
  info->progress = &self->progress;
  jpeg_mem_src (info, bytes, (unsigned long) size);
  jpeg_save_markers (info, JPEG_APP0 + 1, 0xffff);
  jpeg_save_markers (info, JPEG_APP0 + 2, 0xffff);
  jpeg_read_header (info, TRUE);
  if (!plt_picture_job_check_size (self->job, info->image_width, info->image_height, error))
    return FALSE;
  read_profile (self);
  read_orientation (self);
  choose_colours (self);
  jpeg_start_decompress (info);
  self->pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) info->output_width,
                                 (int) info->output_height);
  if (self->pixbuf == NULL)
    give_up ((j_common_ptr) info, PLT_PICTURE_FAULT_DAMAGED);
  self->row = g_malloc ((gsize) info->output_width * 4);
  read_lines (self);
  jpeg_finish_decompress (info);
  return TRUE;
}

GdkPixbuf *
plt_picture_decode_jpeg (GBytes         *data,
                         PltPictureJob  *job,
                         GError        **error)
{
  g_autofree Decoder *self = g_new0 (Decoder, 1);
  gboolean is_done;

  self->job = job;
  self->info.err = jpeg_std_error (&self->errors);
  self->info.client_data = self;
  self->errors.error_exit = error_cb;
  self->errors.emit_message = message_cb;
  self->progress.progress_monitor = progress_cb;
  is_done = run (self, data, error);
  jpeg_destroy_decompress (&self->info);
  g_clear_pointer (&self->ink, plt_picture_ink_free);
  g_clear_pointer (&self->row, g_free);
  if (!is_done)
    g_clear_object (&self->pixbuf);
  return self->pixbuf;
}
