/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the measured size of each screen by its maker, model and socket. */
#include "plt-screen-size.h"

#define MM_PER_INCH 25.4
/* What a screen of unknown size is taken for, and what no screen is beyond. */
#define FALLBACK_DPI 96.0
#define LEAST_PX_PER_MM 1.0
#define MOST_PX_PER_MM 40.0
#define KEY "screen-sizes"

static GdkMonitor *
get_monitor (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;

  if (surface == NULL)
    return NULL;

  return gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static char *
dup_name (GdkMonitor *monitor)
{
  return g_strdup_printf ("%s/%s/%s", or_empty (gdk_monitor_get_manufacturer (monitor)),
                          or_empty (gdk_monitor_get_model (monitor)),
                          or_empty (gdk_monitor_get_connector (monitor)));
}

/* Returns: pixels of the screen per millimetre, 0 when nobody has measured it */
static double
get_measured (GdkMonitor *monitor,
              GSettings  *settings)
{
  g_autoptr (GVariant) sizes = NULL;
  g_autofree char *name = NULL;
  double size = 0;

  if (monitor == NULL || settings == NULL)
    return 0;
  sizes = g_settings_get_value (settings, KEY);
  name = dup_name (monitor);
  if (!g_variant_lookup (sizes, name, "d", &size) || size < LEAST_PX_PER_MM || size > MOST_PX_PER_MM)
    return 0;

  return size;
}

/* A screen that says it has no size, or one that cannot be, is taken for a common one. */
static double
get_claimed (GdkMonitor *monitor)
{
  GdkRectangle geometry;
  double size;

  if (monitor == NULL || gdk_monitor_get_width_mm (monitor) <= 0)
    return FALLBACK_DPI / MM_PER_INCH;
  gdk_monitor_get_geometry (monitor, &geometry);
  size = (double) geometry.width / gdk_monitor_get_width_mm (monitor);

  return size >= LEAST_PX_PER_MM && size <= MOST_PX_PER_MM ? size : FALLBACK_DPI / MM_PER_INCH;
}

/**
 * plt_screen_size_get:
 * @widget: on the screen that is asked about
 * @settings: (nullable): where what was measured is kept
 *
 * Returns: application pixels per millimetre
 */
double
plt_screen_size_get (GtkWidget *widget,
                     GSettings *settings)
{
  GdkMonitor *monitor = get_monitor (widget);
  double measured = get_measured (monitor, settings);

  return measured > 0 ? measured / gdk_monitor_get_scale_factor (monitor) : get_claimed (monitor);
}

gboolean
plt_screen_size_is_measured (GtkWidget *widget,
                             GSettings *settings)
{
  return get_measured (get_monitor (widget), settings) > 0;
}

/* @pixels_per_mm: application pixels; kept for the screen that @widget is on */
void
plt_screen_size_set (GtkWidget *widget,
                     GSettings *settings,
                     double     pixels_per_mm)
{
  GdkMonitor *monitor = get_monitor (widget);
  g_autoptr (GVariant) sizes = NULL;
  g_autofree char *name = NULL;
  GVariantBuilder builder;

  if (monitor == NULL || settings == NULL)
    return;
  name = dup_name (monitor);
  sizes = g_settings_get_value (settings, KEY);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sd}"));
  for (gsize i = 0; i < g_variant_n_children (sizes); i++)
    {
      const char *other;
      double size;

      g_variant_get_child (sizes, i, "{&sd}", &other, &size);
      if (!g_str_equal (other, name))
        g_variant_builder_add (&builder, "{sd}", other, size);
    }
  g_variant_builder_add (&builder, "{sd}", name,
                         pixels_per_mm * gdk_monitor_get_scale_factor (monitor));
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}
