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

  GBytes       *png;         /* what is to be seen; NULL: nothing */
  GdkTexture   *texture;     /* the same, as large as it is drawn; older while that is made */
  int           longest_px;  /* how large that is */
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

/* Where the card is drawn, on whole pixels. Returns: pixels per millimetre */
static float
get_bounds (PltCardView     *self,
            graphene_rect_t *bounds)
{
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  float scale = fminf (width / (float) PLT_CARD_WIDTH_MM, height / (float) PLT_CARD_HEIGHT_MM);

  bounds->size.width = floorf ((float) PLT_CARD_WIDTH_MM * scale);
  bounds->size.height = floorf ((float) PLT_CARD_HEIGHT_MM * scale);
  bounds->origin.x = floorf ((width - bounds->size.width) / 2);
  bounds->origin.y = floorf ((height - bounds->size.height) / 2);

  return scale;
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

static void
load (PltCardView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->png == NULL || self->longest_px <= 0)
    return;
  self->cancellable = g_cancellable_new ();
  plt_texture_load_async (self->png, self->longest_px, self->longest_px, self->cancellable, decoded_cb, self);
}

/* Scaling a whole card takes as long as a frame: the picture is made in the size of the screen, and
 * only while that is not ready, an older one is scaled. */
static void
plt_card_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  PltCardView *self = PLT_CARD_VIEW (widget);
  graphene_rect_t bounds;
  int longest_px;

  get_bounds (self, &bounds);
  longest_px = (int) bounds.size.width * gtk_widget_get_scale_factor (widget);
  if (longest_px == self->longest_px)
    return;
  self->longest_px = longest_px;
  load (self);
}

static void
plt_card_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PltCardView *self = PLT_CARD_VIEW (widget);
  graphene_rect_t bounds;
  float scale = get_bounds (self, &bounds);
  graphene_size_t corner;
  GskRoundedRect outline;
  GdkRGBA shadow = { 0, 0, 0, 0.35f };

  corner.width = corner.height = (float) PLT_CARD_CORNER_RADIUS_MM * scale;
  gsk_rounded_rect_init (&outline, &bounds, &corner, &corner, &corner, &corner);

  /* Of the outline: a shadow of the picture would be computed from all its pixels at each frame. */
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shadow, 0, 1, 0, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
  else
    gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0.5f, 0.5f, 0.5f, 0.2f }, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
plt_card_view_dispose (GObject *object)
{
  PltCardView *self = PLT_CARD_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->png, g_bytes_unref);
  G_OBJECT_CLASS (plt_card_view_parent_class)->dispose (object);
}

static void
plt_card_view_class_init (PltCardViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_card_view_dispose;
  widget_class->get_request_mode = plt_card_view_get_request_mode;
  widget_class->measure = plt_card_view_measure;
  widget_class->size_allocate = plt_card_view_size_allocate;
  widget_class->snapshot = plt_card_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plt_card_view_init (PltCardView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
}

/* @png: (nullable): one side, as the renderer drew it; what was shown stays until it is decoded.
 * NULL shows an empty card at once. */
void
plt_card_view_show (PltCardView *self,
                    GBytes      *png)
{
  g_clear_pointer (&self->png, g_bytes_unref);
  if (png != NULL)
    self->png = g_bytes_ref (png);
  else
    g_clear_object (&self->texture);
  load (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
plt_card_view_set_zoom (PltCardView *self,
                        double       zoom)
{
  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
