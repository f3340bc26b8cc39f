/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes picture files with the libraries' own encoders. */
#include "picture-files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <lcms2.h>
#include <tiffio.h>
#include <webp/encode.h>

static void
get_colour (int     y,
            guint8 *rgb)
{
  guint colour = y < PICTURE_HEIGHT / 2 ? PICTURE_UPPER : PICTURE_LOWER;

  rgb[0] = (guint8) (colour >> 16);
  rgb[1] = (guint8) (colour >> 8);
  rgb[2] = (guint8) colour;
}

/* No black ink: each of the others takes its own light away. */
static void
get_ink (int     y,
         guint8 *cmyk)
{
  get_colour (y, cmyk);
  for (int c = 0; c < 3; c++)
    cmyk[c] = (guint8) (255 - cmyk[c]);
  cmyk[3] = 0;
}

static GBytes *
take_jpeg (unsigned char *data,
           unsigned long  size)
{
  return g_bytes_new_with_free_func (data, size, free, data);
}

static GBytes *
write_jpeg (int       n_components,
            gboolean  has_adobe_marker,
            GBytes   *profile)
{
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  unsigned char *data = NULL;
  unsigned long size = 0;
  JSAMPLE row[PICTURE_WIDTH * 4];
  JSAMPROW rows[] = { row };

  info.err = jpeg_std_error (&errors);
  jpeg_create_compress (&info);
  jpeg_mem_dest (&info, &data, &size);
  info.image_width = PICTURE_WIDTH;
  info.image_height = PICTURE_HEIGHT;
  info.input_components = n_components;
  info.in_color_space = n_components == 4 ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults (&info);
  if (n_components == 4)
    info.write_Adobe_marker = has_adobe_marker;
  jpeg_set_quality (&info, 95, TRUE);
  jpeg_start_compress (&info, TRUE);
  if (profile != NULL)
    jpeg_write_icc_profile (&info, g_bytes_get_data (profile, NULL),
                            (unsigned) g_bytes_get_size (profile));
  for (int y = 0; y < PICTURE_HEIGHT; y++)
    {
      for (int x = 0; x < PICTURE_WIDTH; x++)
        {
          guint8 *p = row + x * n_components;

          if (n_components == 4)
            get_ink (y, p);
          else
            get_colour (y, p);
          for (int c = 0; has_adobe_marker && c < n_components; c++)
            p[c] = (guint8) (255 - p[c]);
        }
      jpeg_write_scanlines (&info, rows, 1);
    }
  jpeg_finish_compress (&info);
  jpeg_destroy_compress (&info);
  return take_jpeg (data, size);
}

GBytes *
picture_file_jpeg_cmyk (gboolean  has_adobe_marker,
                        GBytes   *profile)
{
  return write_jpeg (4, has_adobe_marker, profile);
}

GBytes *
picture_file_jpeg_rgb (GBytes *profile)
{
  return write_jpeg (3, FALSE, profile);
}

/* ---- PNG ---- */

static guint32
get_checksum (const guint8 *data,
              gsize         size)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      sum ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
  return ~sum;
}

static void
append_u32 (GByteArray *bytes,
            guint32     value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big, 4);
}

static void
append_chunk (GByteArray   *png,
              const char   *name,
              const guint8 *data,
              gsize         size)
{
  gsize start;

  append_u32 (png, (guint32) size);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) name, 4);
  g_byte_array_append (png, data, (guint) size);
  append_u32 (png, get_checksum (png->data + start, png->len - start));
}

static GBytes *
compress (GByteArray *raw)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream
    = g_converter_output_stream_new (memory, G_CONVERTER (zlib));

  g_assert_true (g_output_stream_write_all (stream, raw->data, raw->len, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
picture_file_png (int     bits,
                  GBytes *exif)
{
  GByteArray *png = g_byte_array_new ();
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GBytes) packed = NULL;
  const guint8 rest[] = { (guint8) bits, 2, 0, 0, 0 };

  for (int y = 0; y < PICTURE_HEIGHT; y++)
    {
      g_byte_array_append (raw, (const guint8 *) "", 1);
      for (int x = 0; x < PICTURE_WIDTH; x++)
        {
          guint8 rgb[3], wide[6];

          get_colour (y, rgb);
          for (int c = 0; c < 3; c++)
            wide[2 * c] = wide[2 * c + 1] = rgb[c];
          g_byte_array_append (raw, bits == 16 ? wide : rgb, bits == 16 ? 6 : 3);
        }
    }
  packed = compress (raw);
  append_u32 (head, PICTURE_WIDTH);
  append_u32 (head, PICTURE_HEIGHT);
  g_byte_array_append (head, rest, sizeof rest);
  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (png, "IHDR", head->data, head->len);
  if (exif != NULL)
    append_chunk (png, "eXIf", g_bytes_get_data (exif, NULL), g_bytes_get_size (exif));
  append_chunk (png, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

/* ---- TIFF ---- */

static void
write_page (TIFF     *tiff,
            int       bits,
            gboolean  is_cmyk,
            int       orientation,
            gboolean  is_thumbnail)
{
  int n = is_cmyk ? 4 : 3, divisor = is_thumbnail ? 10 : 1;
  g_autofree guint8 *row = g_malloc0 (PICTURE_WIDTH * 4 * 2);

  TIFFSetField (tiff, TIFFTAG_SUBFILETYPE, is_thumbnail ? FILETYPE_REDUCEDIMAGE : 0);
  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, PICTURE_WIDTH / divisor);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, PICTURE_HEIGHT / divisor);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, n);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, is_cmyk ? PHOTOMETRIC_SEPARATED : PHOTOMETRIC_RGB);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, 64);
  TIFFSetField (tiff, TIFFTAG_ORIENTATION, orientation);
  for (int y = 0; y < PICTURE_HEIGHT / divisor; y++)
    {
      for (int x = 0; x < PICTURE_WIDTH / divisor; x++)
        {
          guint8 pixel[4];

          if (is_cmyk)
            get_ink (y * divisor, pixel);
          else
            get_colour (y * divisor, pixel);
          for (int c = 0; c < n; c++)
            if (bits == 16)
              ((guint16 *) (gpointer) row)[x * n + c] = (guint16) (pixel[c] * 257);
            else
              row[x * n + c] = pixel[c];
        }
      g_assert_cmpint (TIFFWriteScanline (tiff, row, (guint32) y, 0), ==, 1);
    }
  g_assert_cmpint (TIFFWriteDirectory (tiff), ==, 1);
}

GBytes *
picture_file_tiff (int       bits,
                   gboolean  is_cmyk,
                   int       orientation,
                   int       n_pages,
                   gboolean  is_thumbnail)
{
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("platen-XXXXXX.tif", &stream, NULL);
  g_autoptr (GError) error = NULL;
  TIFF *tiff = TIFFOpen (g_file_peek_path (file), "w");
  GBytes *bytes;

  for (int page = 0; page < n_pages; page++)
    write_page (tiff, bits, is_cmyk, orientation, is_thumbnail && page > 0);
  TIFFClose (tiff);
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_delete (file, NULL, NULL);
  return bytes;
}

/* ---- WebP ---- */

GBytes *
picture_file_webp (gboolean is_lossless)
{
  g_autofree guint8 *pixels = g_malloc (PICTURE_WIDTH * PICTURE_HEIGHT * 3);
  guint8 *out = NULL;
  gsize size;

  for (int i = 0; i < PICTURE_WIDTH * PICTURE_HEIGHT; i++)
    get_colour (i / PICTURE_WIDTH, pixels + i * 3);
  size = is_lossless ? WebPEncodeLosslessRGB (pixels, PICTURE_WIDTH, PICTURE_HEIGHT,
                                              PICTURE_WIDTH * 3, &out)
                     : WebPEncodeRGB (pixels, PICTURE_WIDTH, PICTURE_HEIGHT, PICTURE_WIDTH * 3, 90,
                                      &out);
  g_assert_cmpuint (size, >, 0);
  return g_bytes_new_with_free_func (out, size, WebPFree, out);
}

/* The head of one: what says that pictures follow each other. */
GBytes *
picture_file_webp_animated (void)
{
  static const guint8 file[] = {
    'R', 'I', 'F', 'F', 36, 0, 0, 0, 'W', 'E', 'B', 'P',
    'V', 'P', '8', 'X', 10, 0, 0, 0, 0x02, 0, 0, 0, 0xf3, 1, 0, 0x7f, 2, 0,
    'A', 'N', 'I', 'M', 6, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  };

  return g_bytes_new_static (file, sizeof file);
}

/* ---- profiles ---- */

static GBytes *
save_profile (cmsHPROFILE profile)
{
  cmsUInt32Number size = 0;
  guint8 *data;

  g_assert_true (cmsSaveProfileToMem (profile, NULL, &size));
  data = g_malloc (size);
  g_assert_true (cmsSaveProfileToMem (profile, data, &size));
  cmsCloseProfile (profile);
  return g_bytes_new_take (data, size);
}

GBytes *
picture_profile_srgb (void)
{
  return save_profile (cmsCreate_sRGBProfile ());
}

GBytes *
picture_profile_swapped (void)
{
  const cmsCIExyY white = { 0.3127, 0.3290, 1 };
  const cmsCIExyYTRIPLE primaries = { { 0.30, 0.60, 1 }, { 0.64, 0.33, 1 }, { 0.15, 0.06, 1 } };
  cmsToneCurve *curve = cmsBuildGamma (NULL, 2.2);
  cmsToneCurve *curves[] = { curve, curve, curve };
  GBytes *profile = save_profile (cmsCreateRGBProfile (&white, &primaries, curves));

  cmsFreeToneCurve (curve);
  return profile;
}

static cmsInt32Number
sample_ink (const cmsUInt16Number in[],
            cmsUInt16Number       out[],
            void                 *cargo)
{
  out[0] = (cmsUInt16Number) (0xffff - in[0]);
  out[1] = out[2] = 0x8080;
  return TRUE;
}

GBytes *
picture_profile_ink (void)
{
  cmsHPROFILE profile = cmsCreateProfilePlaceholder (NULL);
  cmsPipeline *pipeline = cmsPipelineAlloc (NULL, 4, 3);
  cmsStage *stage = cmsStageAllocCLut16bit (NULL, 5, 4, 3, NULL);

  cmsStageSampleCLut16bit (stage, sample_ink, NULL, 0);
  cmsPipelineInsertStage (pipeline, cmsAT_END, stage);
  cmsSetProfileVersion (profile, 2.1);
  cmsSetDeviceClass (profile, cmsSigOutputClass);
  cmsSetColorSpace (profile, cmsSigCmykData);
  cmsSetPCS (profile, cmsSigLabData);
  cmsWriteTag (profile, cmsSigAToB0Tag, pipeline);
  cmsPipelineFree (pipeline);
  return save_profile (profile);
}
