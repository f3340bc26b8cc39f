/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To sRGB, the one colour space of what is stored. Telephones write Display P3 and print shops write
 * CMYK; read as sRGB the first looks pale and the second looks like a negative. A profile in the file
 * is applied with Little CMS. CMYK without one is converted plainly, light = (1 − ink)(1 − black):
 * nothing says which press it was made for, and a portrait stays a good portrait. */
#include "plt-picture-decode.h"

#include <lcms2.h>

#define MAX_PROFILE (4 * 1024 * 1024) /* bytes; the largest of presses have about 2 MiB */

struct _PltPictureInk
{
  cmsHTRANSFORM transform; /* NULL: plainly */
  gboolean      is_inverted;
};

static cmsHPROFILE
open_profile (GBytes                  *profile,
              cmsColorSpaceSignature   space)
{
  gsize size = 0;
  const void *data = profile != NULL ? g_bytes_get_data (profile, &size) : NULL;
  cmsHPROFILE opened;

  if (data == NULL || size < 128 || size > MAX_PROFILE)
    return NULL;
  opened = cmsOpenProfileFromMem (data, (cmsUInt32Number) size);
  if (opened != NULL && cmsGetColorSpace (opened) != space)
    g_clear_pointer (&opened, cmsCloseProfile);
  return opened;
}

static cmsHTRANSFORM
new_transform (GBytes                  *profile,
               cmsColorSpaceSignature   space,
               cmsUInt32Number          from,
               cmsUInt32Number          to)
{
  cmsHPROFILE source = open_profile (profile, space);
  cmsHPROFILE srgb;
  cmsHTRANSFORM transform;

  if (source == NULL)
    return NULL;
  srgb = cmsCreate_sRGBProfile ();
  transform = cmsCreateTransform (source, from, srgb, to, INTENT_PERCEPTUAL, cmsFLAGS_COPY_ALPHA);
  cmsCloseProfile (source);
  cmsCloseProfile (srgb);
  return transform;
}

/* @profile: (nullable): of the four inks. @is_inverted: 255 stands for no ink, as Adobe writes. */
PltPictureInk *
plt_picture_ink_new (GBytes   *profile,
                     gboolean  is_inverted)
{
  PltPictureInk *self = g_new0 (PltPictureInk, 1);

  self->is_inverted = is_inverted;
  self->transform = new_transform (profile, cmsSigCmykData,
                                   is_inverted ? TYPE_CMYK_8_REV : TYPE_CMYK_8, TYPE_RGB_8);
  return self;
}

gboolean
plt_picture_ink_is_profiled (PltPictureInk *self)
{
  return self->transform != NULL;
}

void
plt_picture_ink_convert (PltPictureInk *self,
                         const guint8  *cmyk,
                         guint8        *rgb,
                         int            n_pixels)
{
  guint flip = self->is_inverted ? 0 : 255;

  if (self->transform != NULL)
    {
      cmsDoTransform (self->transform, cmyk, rgb, (cmsUInt32Number) n_pixels);
      return;
    }
  for (int i = 0; i < n_pixels; i++, cmyk += 4, rgb += 3)
    for (int c = 0; c < 3; c++)
      rgb[c] = (guint8) ((cmyk[c] ^ flip) * (cmyk[3] ^ flip) / 255);
}

void
plt_picture_ink_free (PltPictureInk *self)
{
  g_clear_pointer (&self->transform, cmsDeleteTransform);
  g_free (self);
}

/* By what it does and not by its name: a few colours that come out as they went in. */
static gboolean
changes_colours (cmsHTRANSFORM transform)
{
  static const guint8 probes[][4] = {
    { 255, 0, 0, 255 }, { 0, 255, 0, 255 }, { 0, 0, 255, 255 }, { 224, 172, 145, 255 },
    { 120, 80, 60, 255 }, { 128, 128, 128, 255 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      guint8 result[4] = { 0 };

      cmsDoTransform (transform, probes[i], result, 1);
      for (int c = 0; c < 3; c++)
        if (ABS (result[c] - probes[i][c]) > 2)
          return TRUE;
    }
  return FALSE;
}

gboolean
plt_picture_to_srgb (GdkPixbuf *pixbuf,
                     GBytes    *profile)
{
  gboolean has_alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  cmsUInt32Number format = has_alpha ? TYPE_RGBA_8 : TYPE_RGB_8;
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  cmsHTRANSFORM probe = new_transform (profile, cmsSigRgbData, TYPE_RGBA_8, TYPE_RGBA_8);
  gboolean is_needed = probe != NULL && changes_colours (probe);
  cmsHTRANSFORM transform;

  g_clear_pointer (&probe, cmsDeleteTransform);
  if (!is_needed)
    return FALSE;
  transform = new_transform (profile, cmsSigRgbData, format, format);
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    cmsDoTransform (transform, pixels + (gsize) y * stride, pixels + (gsize) y * stride,
                    (cmsUInt32Number) gdk_pixbuf_get_width (pixbuf));
  cmsDeleteTransform (transform);
  return TRUE;
}
