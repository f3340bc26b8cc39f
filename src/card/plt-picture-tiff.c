/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes TIFF, as scanners write it: one page of it, any depth and colour that libtiff can turn into
 * RGB, strip by strip or tile by tile. A small picture of the same page beside it is left alone. */
#include "plt-picture-decode.h"

#include <string.h>
#include <tiffio.h>

#define MAX_DIRECTORIES 16
#define MAX_ALLOCATION (256 * 1024 * 1024)
#define REDUCED (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)

typedef struct
{
  const guint8 *data;
  toff_t        size, at;
} Memory;

static tmsize_t
read_cb (thandle_t  handle,
         void      *buffer,
         tmsize_t   n_bytes)
{
  Memory *memory = handle;
  toff_t n = memory->at < memory->size ? MIN ((toff_t) n_bytes, memory->size - memory->at) : 0;

  memcpy (buffer, memory->data + (n > 0 ? memory->at : 0), n);
  memory->at += n;
  return (tmsize_t) n;
}

static tmsize_t
write_cb (thandle_t  handle,
          void      *buffer,
          tmsize_t   n_bytes)
{
  return 0;
}

static toff_t
seek_cb (thandle_t handle,
         toff_t    offset,
         int       whence)
{
  Memory *memory = handle;

  memory->at = whence == SEEK_SET ? offset
                                  : (whence == SEEK_CUR ? memory->at : memory->size) + offset;
  return memory->at;
}

static int
close_cb (thandle_t handle)
{
  return 0;
}

static toff_t
size_cb (thandle_t handle)
{
  return ((Memory *) handle)->size;
}

static int
silent_cb (TIFF       *tiff,
           void       *user_data,
           const char *module,
           const char *format,
           va_list     arguments)
{
  return 1;
}

static TIFF *
open_memory (Memory *memory)
{
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc ();
  TIFF *tiff;

  TIFFOpenOptionsSetMaxSingleMemAlloc (options, MAX_ALLOCATION);
  TIFFOpenOptionsSetErrorHandlerExtR (options, silent_cb, NULL);
  TIFFOpenOptionsSetWarningHandlerExtR (options, silent_cb, NULL);
  tiff = TIFFClientOpenExt ("picture", "rm", memory, read_cb, write_cb, seek_cb, close_cb, size_cb,
                            NULL, NULL, options);
  TIFFOpenOptionsFree (options);
  return tiff;
}

/* To the one page. Returns how many pages there are, counted no farther than needed. */
static int
find_page (TIFF *tiff)
{
  tdir_t page = 0;
  int n_pages = 0;

  for (int i = 0; i < MAX_DIRECTORIES; i++)
    {
      guint32 kind = 0;

      TIFFGetFieldDefaulted (tiff, TIFFTAG_SUBFILETYPE, &kind);
      if ((kind & REDUCED) == 0 && n_pages++ == 0)
        page = TIFFCurrentDirectory (tiff);
      if (TIFFLastDirectory (tiff) || !TIFFReadDirectory (tiff))
        break;
    }
  if (n_pages > 0 && TIFFCurrentDirectory (tiff) != page && !TIFFSetDirectory (tiff, page))
    return 0;
  return n_pages;
}

static void
read_profile (TIFF           *tiff,
              PltPictureJob  *job)
{
  guint32 size = 0;
  void *profile = NULL;

  if (TIFFGetField (tiff, TIFFTAG_ICCPROFILE, &size, &profile) && size > 0)
    job->profile = g_bytes_new (profile, size);
}

/* libtiff's pixels have the colour times the alpha in them already. */
static void
put_rows (GdkPixbuf     *pixbuf,
          const guint32 *raster,
          int            from,
          int            n_rows)
{
  int width = gdk_pixbuf_get_width (pixbuf);

  for (int row = 0; row < n_rows; row++)
    {
      guchar *out = gdk_pixbuf_get_pixels (pixbuf)
                    + (gsize) (from + row) * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, out += 3)
        {
          guint32 pixel = raster[(gsize) row * (gsize) width + (gsize) x];
          guint white = 255 - TIFFGetA (pixel);

          out[0] = (guchar) MIN (255, TIFFGetR (pixel) + white);
          out[1] = (guchar) MIN (255, TIFFGetG (pixel) + white);
          out[2] = (guchar) MIN (255, TIFFGetB (pixel) + white);
        }
    }
}

/* As many rows as are stored together: each is unpacked once. */
static guint32
get_band (TIFF    *tiff,
          guint32  height)
{
  guint32 rows = 0;

  if (TIFFIsTiled (tiff))
    TIFFGetField (tiff, TIFFTAG_TILELENGTH, &rows);
  else
    TIFFGetFieldDefaulted (tiff, TIFFTAG_ROWSPERSTRIP, &rows);
  return rows > 0 ? MIN (rows, height) : height;
}

static gboolean
read_bands (TIFF           *tiff,
            TIFFRGBAImage  *image,
            GdkPixbuf      *pixbuf,
            PltPictureJob  *job)
{
  guint32 height = image->height, band = get_band (tiff, height);
  g_autofree guint32 *raster = g_try_malloc_n ((gsize) band * image->width, sizeof *raster);

  if (raster == NULL)
    return FALSE;
  for (guint32 row = 0; row < height; row += band)
    {
      guint32 n_rows = MIN (band, height - row);

      if (plt_picture_job_is_over (job))
        return FALSE;
      image->row_offset = (int) row;
      image->col_offset = 0;
      if (!TIFFRGBAImageGet (image, raster, image->width, n_rows))
        return FALSE;
      put_rows (pixbuf, raster, (int) row, (int) n_rows);
    }
  return TRUE;
}

static GdkPixbuf *
decode_rgb (TIFF           *tiff,
            PltPictureJob  *job,
            GError        **error)
{
  char message[1024] = "";
  TIFFRGBAImage image;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gboolean is_whole;

  if (!TIFFRGBAImageOK (tiff, message) || !TIFFRGBAImageBegin (&image, tiff, 1, message))
    {
      g_debug ("tiff: %s", message);
      return plt_picture_job_fail (job, PLT_PICTURE_FAULT_KIND, error);
    }
  /* As stored: a band cannot be turned by itself. */
  image.orientation = ORIENTATION_TOPLEFT;
  image.req_orientation = ORIENTATION_TOPLEFT;
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) image.width, (int) image.height);
  is_whole = pixbuf != NULL && read_bands (tiff, &image, pixbuf, job);
  TIFFRGBAImageEnd (&image);
  return is_whole ? g_steal_pointer (&pixbuf)
                  : plt_picture_job_fail (job, PLT_PICTURE_FAULT_DAMAGED, error);
}

/* Four inks with a profile: libtiff would convert them plainly. */
static GdkPixbuf *
decode_ink (TIFF           *tiff,
            int             width,
            int             height,
            PltPictureJob  *job,
            GError        **error)
{
  g_autoptr (PltPictureInk) ink = plt_picture_ink_new (job->profile, FALSE);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autofree guint8 *line = g_malloc (MAX ((gsize) TIFFScanlineSize (tiff), (gsize) width * 4));

  if (pixbuf == NULL)
    return plt_picture_job_fail (job, PLT_PICTURE_FAULT_DAMAGED, error);
  for (int y = 0; y < height; y++)
    {
      if (plt_picture_job_is_over (job) || TIFFReadScanline (tiff, line, (guint32) y, 0) != 1)
        return plt_picture_job_fail (job, PLT_PICTURE_FAULT_DAMAGED, error);
      plt_picture_ink_convert (ink, line, gdk_pixbuf_get_pixels (pixbuf)
                               + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf), width);
    }
  job->is_converted = plt_picture_ink_is_profiled (ink);
  g_clear_pointer (&job->profile, g_bytes_unref);
  return g_steal_pointer (&pixbuf);
}

static gboolean
is_plain_ink (TIFF           *tiff,
              PltPictureJob  *job)
{
  guint16 samples = 1, bits = 1, planes = PLANARCONFIG_CONTIG;

  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_PLANARCONFIG, &planes);
  return job->is_cmyk && job->profile != NULL && samples == 4 && bits == 8
         && planes == PLANARCONFIG_CONTIG && !TIFFIsTiled (tiff);
}

static GdkPixbuf *
decode_page (TIFF           *tiff,
             PltPictureJob  *job,
             GError        **error)
{
  guint32 width = 0, height = 0;
  guint16 orientation = 1, colours = 0;

  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_ORIENTATION, &orientation);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &colours);
  if (!plt_picture_job_check_size (job, width, height, error))
    return NULL;
  job->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  job->is_cmyk = colours == PHOTOMETRIC_SEPARATED;
  read_profile (tiff, job);
  if (is_plain_ink (tiff, job))
    return decode_ink (tiff, (int) width, (int) height, job, error);
  return decode_rgb (tiff, job, error);
}

GdkPixbuf *
plt_picture_decode_tiff (GBytes         *data,
                         PltPictureJob  *job,
                         GError        **error)
{
  Memory memory = { 0 };
  gsize size = 0;
  TIFF *tiff;
  GdkPixbuf *pixbuf = NULL;
  int n_pages;

  memory.data = g_bytes_get_data (data, &size);
  memory.size = size;
  tiff = open_memory (&memory);
  if (tiff == NULL)
    return plt_picture_job_fail (job, PLT_PICTURE_FAULT_DAMAGED, error);
  n_pages = find_page (tiff);
  if (n_pages == 1)
    pixbuf = decode_page (tiff, job, error);
  else
    plt_picture_job_fail (job, n_pages > 1 ? PLT_PICTURE_FAULT_PAGES : PLT_PICTURE_FAULT_DAMAGED,
                          error);
  TIFFClose (tiff);
  return pixbuf;
}
