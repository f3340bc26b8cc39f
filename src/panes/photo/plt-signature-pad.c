/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects strokes: all places that a pen was at, not only one for each frame of the screen. */
#include "plt-signature-pad.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LINE_PX 2.6
#define BASELINE 0.72 /* of the height: where people write */
#define APART_PX 0.7  /* nearer places are one */

struct _PltSignaturePad
{
  GtkWidget   parent_instance;

  PltStrokes *strokes;
  gboolean    is_drawing;
  double      last_x, last_y;
};

G_DEFINE_FINAL_TYPE (PltSignaturePad, plt_signature_pad, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tell (PltSignaturePad *self)
{
  guint n = plt_strokes_get_n (self->strokes);
  g_autofree char *words = n == 0 ? g_strdup (_("Nothing is written yet."))
                                  : g_strdup_printf (ngettext ("%u stroke is written.",
                                                               "%u strokes are written.", n), n);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
begin (PltSignaturePad *self,
       double           x,
       double           y)
{
  self->is_drawing = TRUE;
  self->last_x = x;
  self->last_y = y;
  plt_strokes_begin (self->strokes);
  plt_strokes_add (self->strokes, x, y);
  tell (self);
}

static void
extend (PltSignaturePad *self,
        double           x,
        double           y)
{
  if (!self->is_drawing || hypot (x - self->last_x, y - self->last_y) < APART_PX)
    return;
  self->last_x = x;
  self->last_y = y;
  plt_strokes_add (self->strokes, x, y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
end (PltSignaturePad *self)
{
  if (!self->is_drawing)
    return;
  self->is_drawing = FALSE;
  tell (self);
}

/* ---- a finger or the mouse ---- */

static void
drag_begin_cb (PltSignaturePad *self,
               double           x,
               double           y,
               GtkGesture      *gesture)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  begin (self, x, y);
}

static void
drag_update_cb (PltSignaturePad *self,
                double           offset_x,
                double           offset_y,
                GtkGesture      *gesture)
{
  double x = 0, y = 0;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y);
  extend (self, x + offset_x, y + offset_y);
}

/* ---- a pen ---- */

static void
pen_down_cb (PltSignaturePad *self,
             double           x,
             double           y,
             GtkGesture      *gesture)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (!self->is_drawing)
    begin (self, x, y);
}

/* A tablet tells of places more often than the screen is drawn. */
static void
pen_motion_cb (PltSignaturePad *self,
               double           x,
               double           y,
               GtkGesture      *gesture)
{
  GdkTimeCoord *backlog = NULL;
  guint n = 0;

  if (self->is_drawing && gtk_gesture_stylus_get_backlog (GTK_GESTURE_STYLUS (gesture), &backlog, &n))
    for (guint i = 0; i < n; i++)
      extend (self, backlog[i].axes[GDK_AXIS_X], backlog[i].axes[GDK_AXIS_Y]);
  g_free (backlog);
  extend (self, x, y);
}

/* ---- the widget ---- */

static void
plt_signature_pad_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  PltSignaturePad *self = PLT_SIGNATURE_PAD (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, width, height);
  graphene_rect_t base = GRAPHENE_RECT_INIT (width * 0.06f, height * (float) BASELINE,
                                             width * 0.88f, 1);
  cairo_t *cr;

  /* Paper is white and ink is black, as on the card, whatever colours the screen has. */
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 }, &all);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0.62f, 0.66f, 0.72f, 1 }, &base);
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  plt_strokes_trace (self->strokes, cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, LINE_PX);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
plt_signature_pad_finalize (GObject *object)
{
  plt_strokes_free (PLT_SIGNATURE_PAD (object)->strokes);

  G_OBJECT_CLASS (plt_signature_pad_parent_class)->finalize (object);
}

static void
plt_signature_pad_class_init (PltSignaturePadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plt_signature_pad_finalize;
  widget_class->snapshot = plt_signature_pad_snapshot;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "signature-pad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plt_signature_pad_init (PltSignaturePad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pen = gtk_gesture_stylus_new ();

  self->strokes = plt_strokes_new ();
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "crosshair");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (end), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (end), self);
  g_signal_connect_swapped (pen, "down", G_CALLBACK (pen_down_cb), self);
  g_signal_connect_swapped (pen, "motion", G_CALLBACK (pen_motion_cb), self);
  g_signal_connect_swapped (pen, "up", G_CALLBACK (end), self);
  /* The one that is added last is asked first: where there is a pen, the drag gets nothing of it. */
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pen));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Field to sign in"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _("Nothing is written yet."), -1);
}

const PltStrokes *
plt_signature_pad_get_strokes (PltSignaturePad *self)
{
  g_return_val_if_fail (PLT_IS_SIGNATURE_PAD (self), NULL);

  return self->strokes;
}

void
plt_signature_pad_undo (PltSignaturePad *self)
{
  g_return_if_fail (PLT_IS_SIGNATURE_PAD (self));

  self->is_drawing = FALSE;
  if (plt_strokes_undo (self->strokes))
    tell (self);
}

void
plt_signature_pad_clear (PltSignaturePad *self)
{
  g_return_if_fail (PLT_IS_SIGNATURE_PAD (self));

  self->is_drawing = FALSE;
  plt_strokes_clear (self->strokes);
  tell (self);
}
