/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the picture of one side, clipped to the card's outline, with a shadow under it. */
#include "plt-card-view.h"

#include "plt-card-renderer.h"
#include "plt-texture.h"

#include <math.h>

#define MM_PER_INCH 25.4
#define FALLBACK_DPI 96.0
/* The least width at which a card is still worth looking at, in real millimetres. */
#define MIN_WIDTH_FACTOR 0.6
#define FIT_FACTOR 1.2

struct _PltCardView
{
  GtkWidget     parent_instance;

  GdkTexture   *texture;
  GCancellable *cancellable; /* of the picture that is being decoded */
  double        zoom;
};

G_DEFINE_FINAL_TYPE (PltCardView, plt_card_view, GTK_TYPE_WIDGET)

/* Application pixels per millimetre of the monitor the window is on. */
static double
get_pixels_per_mm (PltCardView *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  GdkMonitor *monitor = NULL;
  GdkRectangle geometry;

  if (surface != NULL)
    monitor = gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
  if (monitor == NULL || gdk_monitor_get_width_mm (monitor) <= 0)
    return FALLBACK_DPI / MM_PER_INCH;
  gdk_monitor_get_geometry (monitor, &geometry);
  return (double) geometry.width / gdk_monitor_get_width_mm (monitor);
}

static void
plt_card_view_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  PltCardView *self = PLT_CARD_VIEW (widget);
  double size_mm = orientation == GTK_ORIENTATION_HORIZONTAL ? PLT_CARD_WIDTH_MM
                                                             : PLT_CARD_HEIGHT_MM;
  double real = size_mm * get_pixels_per_mm (self);

  *natural = (int) ceil (real * (self->zoom > 0 ? self->zoom : 1.0));
  *minimum = self->zoom > 0 ? *natural : (int) (real * MIN_WIDTH_FACTOR);
  if (self->zoom > 0)
    return;

  /* What is fitted takes the width it is given, and the height that belongs to it. */
  *natural = (int) ceil (real * FIT_FACTOR);
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size > 0)
    *natural = MAX (*minimum, (int) ceil (for_size * PLT_CARD_HEIGHT_MM / PLT_CARD_WIDTH_MM));
}

static GtkSizeRequestMode
plt_card_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
plt_card_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PltCardView *self = PLT_CARD_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float scale = fminf (width / (float) PLT_CARD_WIDTH_MM, height / (float) PLT_CARD_HEIGHT_MM);
  graphene_rect_t bounds;
  graphene_size_t corner;
  GskRoundedRect outline;
  GskShadow shadow = { { 0, 0, 0, 0.35f }, 0, 1, 6 };

  bounds.size.width = (float) PLT_CARD_WIDTH_MM * scale;
  bounds.size.height = (float) PLT_CARD_HEIGHT_MM * scale;
  bounds.origin.x = (width - bounds.size.width) / 2;
  bounds.origin.y = (height - bounds.size.height) / 2;
  corner.width = corner.height = (float) PLT_CARD_CORNER_RADIUS_MM * scale;
  gsk_rounded_rect_init (&outline, &bounds, &corner, &corner, &corner, &corner);

  gtk_snapshot_push_shadow (snapshot, &shadow, 1);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
  else
    gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0.5f, 0.5f, 0.5f, 0.2f }, &bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
plt_card_view_dispose (GObject *object)
{
  PltCardView *self = PLT_CARD_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (plt_card_view_parent_class)->dispose (object);
}

static void
plt_card_view_class_init (PltCardViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_card_view_dispose;
  widget_class->get_request_mode = plt_card_view_get_request_mode;
  widget_class->measure = plt_card_view_measure;
  widget_class->snapshot = plt_card_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plt_card_view_init (PltCardView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
}

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = plt_texture_load_finish (result, &error);
  PltCardView *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (texture == NULL)
    g_warning ("the side of a card is not shown: %s", error->message);
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* @png: (nullable): one side, as the renderer drew it; what was shown stays until it is decoded.
 * NULL shows an empty card at once. */
void
plt_card_view_show (PltCardView *self,
                    GBytes      *png)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (png == NULL)
    {
      g_clear_object (&self->texture);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }

  self->cancellable = g_cancellable_new ();
  plt_texture_load_async (png, 0, self->cancellable, decoded_cb, self);
}

void
plt_card_view_set_zoom (PltCardView *self,
                        double       zoom)
{
  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
