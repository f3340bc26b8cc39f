/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zooming and moving the card about: wheel, fingers, dragging, keys. */
#include "plt-card-board-private.h"

#include "plt-screen-size.h"

#include <math.h>

#define LEAST_ZOOM 0.25
#define WHEEL_STEP 1.15

static const double steps[] = { 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16 };

/* Remembers what lies at @x, @y of the widget: after the next layout it lies there again. */
static void
anchor (PltCardBoard *self,
        double        x,
        double        y)
{
  self->anchored = self->scale > 0 && self->views->len > 0;
  self->anchor_px = GRAPHENE_POINT_INIT ((float) x, (float) y);
  for (guint i = 0; i < plt_card_board_get_n_shown (self); i++)
    {
      PltCardView *view = plt_card_board_get_view (self, self->page + i);
      graphene_point_t point;

      if (!gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (view), &self->anchor_px, &point))
        continue;
      if (i > 0 && (point.x < 0 || point.y < 0))
        break;
      self->anchor_page = self->page + i;
      self->anchor_mm = GRAPHENE_POINT_INIT ((float) (point.x / self->scale),
                                             (float) (point.y / self->scale));
    }
}

static void
zoom_at (PltCardBoard *self,
         double        zoom,
         double        x,
         double        y)
{
  anchor (self, x, y);
  self->zoom = zoom > 0 ? CLAMP (zoom, LEAST_ZOOM, PLT_CARD_MAX_ZOOM) : 0;
  /* Not an allocation alone: scroll bars may come or go, which asks for a resize in the midst of it. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
  plt_card_board_tell_look (self);
}

static double
get_next_step (PltCardBoard *self,
               int           direction)
{
  double now = plt_card_board_get_real_zoom (self);

  if (direction > 0)
    {
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        if (steps[i] > now * 1.02)
          return steps[i];
      return PLT_CARD_MAX_ZOOM;
    }
  for (guint i = G_N_ELEMENTS (steps); i > 0; i--)
    if (steps[i - 1] < now * 0.98)
      return steps[i - 1];

  return LEAST_ZOOM;
}

static gboolean
scrolled_cb (PltCardBoard             *self,
             double                    dx,
             double                    dy,
             GtkEventControllerScroll *scroll)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  if ((state & GDK_CONTROL_MASK) == 0 || dy == 0)
    return GDK_EVENT_PROPAGATE;
  zoom_at (self, plt_card_board_get_real_zoom (self) * pow (WHEEL_STEP, -dy), self->pointer.x,
           self->pointer.y);

  return GDK_EVENT_STOP;
}

static void
moved_cb (PltCardBoard *self,
          double        x,
          double        y)
{
  self->pointer = GRAPHENE_POINT_INIT ((float) x, (float) y);
}

static void
pinch_begun_cb (PltCardBoard *self)
{
  self->pinch_zoom = plt_card_board_get_real_zoom (self);
}

static void
pinched_cb (PltCardBoard *self,
            double        factor,
            GtkGesture   *gesture)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    zoom_at (self, self->pinch_zoom * factor, x, y);
}

static void
drag_begun_cb (PltCardBoard *self)
{
  self->drag_start =
    GRAPHENE_POINT_INIT ((float) plt_card_board_get_value (self, GTK_ORIENTATION_HORIZONTAL),
                         (float) plt_card_board_get_value (self, GTK_ORIENTATION_VERTICAL));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
dragged_cb (PltCardBoard *self,
            double        dx,
            double        dy)
{
  if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_HORIZONTAL], self->drag_start.x - dx);
  if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], self->drag_start.y - dy);
}

/* @args: (orientation, steps) */
static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  PltCardBoard *self = PLT_CARD_BOARD (widget);
  GtkAdjustment *adjustment;
  int orientation, n;

  g_variant_get (args, "(ii)", &orientation, &n);
  adjustment = self->adjustments[orientation];
  if (adjustment == NULL)
    return FALSE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                          n * gtk_adjustment_get_step_increment (adjustment));

  return TRUE;
}

/* The keys by which the card is moved. */
void
plt_card_board_add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; int orientation, steps; } moves[] = {
    { GDK_KEY_Left, GTK_ORIENTATION_HORIZONTAL, -1 },
    { GDK_KEY_Right, GTK_ORIENTATION_HORIZONTAL, 1 },
    { GDK_KEY_Up, GTK_ORIENTATION_VERTICAL, -1 },
    { GDK_KEY_Down, GTK_ORIENTATION_VERTICAL, 1 },
    { GDK_KEY_Home, GTK_ORIENTATION_HORIZONTAL, -1000 },
    { GDK_KEY_End, GTK_ORIENTATION_HORIZONTAL, 1000 },
    { GDK_KEY_Page_Up, GTK_ORIENTATION_VERTICAL, -8 },
    { GDK_KEY_Page_Down, GTK_ORIENTATION_VERTICAL, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move_cb, "(ii)", moves[i].orientation,
                                  moves[i].steps);
}

void
plt_card_board_add_gestures (PltCardBoard *self)
{
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begun_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begun_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/* @zoom: 1 is the card's own size, at most 16; 0: as large as fits */
void
plt_card_board_set_zoom (PltCardBoard *self,
                         double        zoom)
{
  zoom_at (self, zoom, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
           gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

double
plt_card_board_get_zoom (PltCardBoard *self)
{
  return self->zoom;
}

/* Returns: how large it is, also where it fits; 1 is the card's own size */
double
plt_card_board_get_real_zoom (PltCardBoard *self)
{
  if (self->zoom > 0)
    return self->zoom;

  return self->scale / plt_screen_size_get (GTK_WIDGET (self), self->settings);
}

void
plt_card_board_step_zoom (PltCardBoard *self,
                          int           direction)
{
  plt_card_board_set_zoom (self, get_next_step (self, direction));
}
