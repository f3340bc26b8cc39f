/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-cairo-file.h"

#include <cairo-pdf.h>

static const cairo_user_data_key_t bytes_key;

static void
unref_bytes (void *bytes)
{
  g_byte_array_unref (bytes);
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t *
plt_pdf_surface_new (double width_mm,
                     double height_mm)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (append_cb, bytes, width_mm * PLT_POINTS_PER_MM,
                                         height_mm * PLT_POINTS_PER_MM);

  /* A surface that could not be made keeps nothing, and writes nothing either. */
  if (cairo_surface_set_user_data (surface, &bytes_key, bytes, unref_bytes) != CAIRO_STATUS_SUCCESS)
    g_byte_array_unref (bytes);
  return surface;
}

GBytes *
plt_pdf_surface_end (cairo_surface_t *surface,
                     cairo_status_t  *status)
{
  GBytes *pdf = NULL;

  cairo_surface_finish (surface);
  *status = cairo_surface_status (surface);
  if (*status == CAIRO_STATUS_SUCCESS)
    pdf = g_byte_array_free_to_bytes (g_byte_array_ref (cairo_surface_get_user_data (surface, &bytes_key)));
  cairo_surface_destroy (surface);
  return pdf;
}

GBytes *
plt_cairo_to_png (cairo_surface_t *surface,
                  cairo_status_t  *status)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();

  *status = cairo_surface_write_to_png_stream (surface, append_cb, png);
  if (*status != CAIRO_STATUS_SUCCESS)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}
