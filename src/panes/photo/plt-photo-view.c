/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a shot, its frame, guides and marks, and lets the frame be moved. */
#include "plt-photo-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STEP 0.01   /* of the frame's height, with an arrow key; with Shift ten times as much */
#define ZOOM 1.02
#define TURN 0.5    /* degrees */
#define EYES 0.45   /* guides, as shares of the frame's height */
#define CROWN 0.106
#define CHIN 0.856

struct _PltPhotoView
{
  GtkWidget     parent_instance;

  PltPhoto     *photo;    /* NULL: none */
  GdkTexture   *texture;  /* of it */
  GdkPaintable *live;     /* NULL: no camera is on */
  gulong        live_id;
  PltPhotoCrop  crop;
  PltPhotoCrop  dragged;  /* the frame when the drag began */
  GPtrArray    *findings; /* PltPhotoFinding */
};

G_DEFINE_FINAL_TYPE (PltPhotoView, plt_photo_view, GTK_TYPE_WIDGET)

enum { MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Where the picture is in the widget: scaled to fit, in the middle. */
typedef struct
{
  double x, y, scale;
} Place;

static Place
get_place (PltPhotoView *self,
           double        width,
           double        height)
{
  double w = gtk_widget_get_width (GTK_WIDGET (self)), h = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = MIN (w / MAX (width, 1), h / MAX (height, 1));

  return (Place) { (w - width * scale) / 2, (h - height * scale) / 2, scale };
}

/* ---- drawing ---- */

static void
set_colour (cairo_t         *cr,
            PltPhotoVerdict  verdict)
{
  if (verdict == PLT_PHOTO_BAD)
    cairo_set_source_rgb (cr, 0.88, 0.11, 0.14);
  else if (verdict == PLT_PHOTO_DOUBTFUL)
    cairo_set_source_rgb (cr, 0.90, 0.60, 0.00);
  else
    cairo_set_source_rgb (cr, 0.15, 0.64, 0.41);
}

/* White under colour is seen on every picture. */
static void
stroke_twice (cairo_t         *cr,
              PltPhotoVerdict  verdict,
              double           width)
{
  cairo_set_source_rgba (cr, 1, 1, 1, 0.85);
  cairo_set_line_width (cr, width + 2);
  cairo_stroke_preserve (cr);
  set_colour (cr, verdict);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
draw_guides (cairo_t *cr,
             double   width,
             double   height)
{
  static const double dashes[] = { 5, 4 };
  static const double lines[] = { CROWN, EYES, CHIN };

  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      cairo_move_to (cr, -width / 2, (lines[i] - 0.5) * height);
      cairo_rel_line_to (cr, width, 0);
    }
  cairo_move_to (cr, 0, -height / 2);
  cairo_rel_line_to (cr, 0, height);
  stroke_twice (cr, PLT_PHOTO_GOOD, 1);
  cairo_restore (cr);
}

static void
draw_mark (cairo_t               *cr,
           const PltPhotoFinding *finding,
           int                    number,
           double                 width,
           double                 height)
{
  g_autofree char *text = g_strdup_printf ("%d", number);
  double x = (finding->x - 0.5) * width, y = (finding->y - 0.5) * height;

  cairo_rectangle (cr, x, y, finding->width * width, finding->height * height);
  stroke_twice (cr, finding->verdict, 2);
  cairo_arc (cr, x + 2, y + 2, 9, 0, 2 * G_PI);
  set_colour (cr, finding->verdict);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_font_size (cr, 12);
  cairo_move_to (cr, x - (number > 9 ? 5 : 1.5), y + 6.5);
  cairo_show_text (cr, text);
}

/* What is outside the frame is shaded. */
static void
shade_outside (cairo_t *cr,
               double   width,
               double   height)
{
  cairo_rectangle (cr, -1e5, -1e5, 2e5, 2e5);
  cairo_rectangle (cr, -width / 2, -height / 2, width, height);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.5);
  cairo_fill (cr);
}

static void
draw_frame (PltPhotoView *self,
            cairo_t      *cr,
            const Place  *place)
{
  double height = self->crop.height * place->scale, width = height * PLT_PHOTO_RATIO;
  PltPhotoVerdict verdict = self->findings != NULL ? plt_photo_findings_get_verdict (self->findings)
                                                   : PLT_PHOTO_GOOD;
  int number = 0;

  cairo_translate (cr, place->x + self->crop.x * place->scale, place->y + self->crop.y * place->scale);
  cairo_rotate (cr, self->crop.degrees * G_PI / 180);
  shade_outside (cr, width, height);
  draw_guides (cr, width, height);
  cairo_rectangle (cr, -width / 2, -height / 2, width, height);
  stroke_twice (cr, verdict, 2);
  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    {
      const PltPhotoFinding *finding = self->findings->pdata[i];

      if (finding->verdict == PLT_PHOTO_GOOD)
        continue;
      number++;
      if (finding->has_place)
        draw_mark (cr, finding, number, width, height);
    }
}

static void
snapshot_live (PltPhotoView *self,
               GtkSnapshot  *snapshot)
{
  double width = gdk_paintable_get_intrinsic_width (self->live);
  double height = gdk_paintable_get_intrinsic_height (self->live);
  Place place = get_place (self, width, height);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) place.x, (float) place.y));
  gdk_paintable_snapshot (self->live, snapshot, width * place.scale, height * place.scale);
  gtk_snapshot_restore (snapshot);
}

static void
plt_photo_view_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  PltPhotoView *self = PLT_PHOTO_VIEW (widget);
  float w = (float) gtk_widget_get_width (widget), h = (float) gtk_widget_get_height (widget);
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, w, h);
  Place place;
  cairo_t *cr;

  if (self->live != NULL)
    {
      snapshot_live (self, snapshot);
      return;
    }
  if (self->texture == NULL)
    return;
  place = get_place (self, plt_photo_get_width (self->photo), plt_photo_get_height (self->photo));
  gtk_snapshot_push_clip (snapshot, &whole);
  gtk_snapshot_append_texture (
    snapshot, self->texture,
    &GRAPHENE_RECT_INIT ((float) place.x, (float) place.y,
                         (float) (plt_photo_get_width (self->photo) * place.scale),
                         (float) (plt_photo_get_height (self->photo) * place.scale)));
  cr = gtk_snapshot_append_cairo (snapshot, &whole);
  draw_frame (self, cr, &place);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

/* ---- moving ---- */

static void
describe (PltPhotoView *self)
{
  g_autofree char *text = NULL;

  if (self->live != NULL)
    text = g_strdup (_("What the camera sees"));
  else if (self->photo == NULL)
    text = g_strdup (_("No picture yet"));
  else
    text = g_strdup_printf (_("Frame: %.0f pixels wide, turned by %.1f°"),
                            self->crop.height * PLT_PHOTO_RATIO, self->crop.degrees);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
move_to (PltPhotoView       *self,
         const PltPhotoCrop *crop)
{
  if (self->photo == NULL || self->live != NULL)
    return;
  self->crop = plt_photo_fit_crop (self->photo, crop);
  self->crop.degrees = CLAMP (self->crop.degrees, -PLT_PHOTO_MAX_TILT, PLT_PHOTO_MAX_TILT);
  /* What was found belongs to the frame that was. */
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[MOVED], 0);
}

static gboolean
move_by_key (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  PltPhotoView *self = PLT_PHOTO_VIEW (widget);
  PltPhotoCrop crop = self->crop;
  double x, y, zoom, degrees;

  g_variant_get (arguments, "(dddd)", &x, &y, &zoom, &degrees);
  crop.x += x * crop.height;
  crop.y += y * crop.height;
  crop.height *= zoom;
  crop.degrees = CLAMP (crop.degrees + degrees, -PLT_PHOTO_MAX_TILT, PLT_PHOTO_MAX_TILT);
  move_to (self, &crop);
  return TRUE;
}

static gboolean
reset (GtkWidget *widget,
       GVariant  *arguments,
       gpointer   user_data)
{
  PltPhotoView *self = PLT_PHOTO_VIEW (widget);

  if (self->photo != NULL)
    {
      PltPhotoCrop crop = plt_photo_suggest_crop (self->photo);

      move_to (self, &crop);
    }
  return TRUE;
}

static void
drag_begin_cb (PltPhotoView *self)
{
  self->dragged = self->crop;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
drag_update_cb (PltPhotoView *self,
                double        x,
                double        y)
{
  PltPhotoCrop crop = self->dragged;
  Place place;

  if (self->photo == NULL)
    return;
  place = get_place (self, plt_photo_get_width (self->photo), plt_photo_get_height (self->photo));
  crop.x += x / place.scale;
  crop.y += y / place.scale;
  move_to (self, &crop);
}

static gboolean
scroll_cb (PltPhotoView *self,
           double        x,
           double        y)
{
  PltPhotoCrop crop = self->crop;

  crop.height *= pow (ZOOM, y);
  move_to (self, &crop);
  return GDK_EVENT_STOP;
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint keys[3]; double x, y, zoom, degrees; } moves[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left, 0 }, -STEP, 0, 1, 0 },
    { { GDK_KEY_Right, GDK_KEY_KP_Right, 0 }, STEP, 0, 1, 0 },
    { { GDK_KEY_Up, GDK_KEY_KP_Up, 0 }, 0, -STEP, 1, 0 },
    { { GDK_KEY_Down, GDK_KEY_KP_Down, 0 }, 0, STEP, 1, 0 },
    { { GDK_KEY_plus, GDK_KEY_KP_Add, GDK_KEY_equal }, 0, 0, 1 / ZOOM, 0 },
    { { GDK_KEY_minus, GDK_KEY_KP_Subtract, 0 }, 0, 0, ZOOM, 0 },
    { { GDK_KEY_bracketleft, 0, 0 }, 0, 0, 1, -TURN },
    { { GDK_KEY_bracketright, 0, 0 }, 0, 0, 1, TURN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (moves[i].keys) && moves[i].keys[k] != 0; k++)
      {
        gtk_widget_class_add_binding (widget_class, moves[i].keys[k], 0, move_by_key, "(dddd)",
                                      moves[i].x, moves[i].y, moves[i].zoom, moves[i].degrees);
        gtk_widget_class_add_binding (widget_class, moves[i].keys[k], GDK_SHIFT_MASK, move_by_key,
                                      "(dddd)", moves[i].x * 10, moves[i].y * 10, moves[i].zoom,
                                      moves[i].degrees);
      }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_0, 0, reset, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_0, 0, reset, NULL);
}

static void
drop_live (PltPhotoView *self)
{
  if (self->live != NULL)
    g_clear_signal_handler (&self->live_id, self->live);
  g_clear_object (&self->live);
}

static void
plt_photo_view_dispose (GObject *object)
{
  PltPhotoView *self = PLT_PHOTO_VIEW (object);

  drop_live (self);
  g_clear_object (&self->photo);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->findings, g_ptr_array_unref);

  G_OBJECT_CLASS (plt_photo_view_parent_class)->dispose (object);
}

static void
plt_photo_view_class_init (PltPhotoViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_photo_view_dispose;
  widget_class->snapshot = plt_photo_view_snapshot;
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "photoview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plt_photo_view_init (PltPhotoView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll
    = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Picture with the portrait’s frame"), -1);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  describe (self);
}

void
plt_photo_view_show (PltPhotoView       *self,
                     PltPhoto           *photo,
                     const PltPhotoCrop *crop)
{
  g_return_if_fail (PLT_IS_PHOTO_VIEW (self));

  drop_live (self);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  if (g_set_object (&self->photo, photo))
    {
      g_clear_object (&self->texture);
      if (photo != NULL)
        {
          gsize stride;
          g_autoptr (GBytes) pixels = plt_photo_get_pixels (photo, &stride);

          self->texture = gdk_memory_texture_new (plt_photo_get_width (photo),
                                                  plt_photo_get_height (photo), GDK_MEMORY_R8G8B8,
                                                  pixels, stride);
        }
    }
  if (photo != NULL)
    self->crop = crop != NULL ? *crop : plt_photo_suggest_crop (photo);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
plt_photo_view_show_live (PltPhotoView *self,
                          GdkPaintable *paintable)
{
  g_return_if_fail (PLT_IS_PHOTO_VIEW (self));

  drop_live (self);
  g_set_object (&self->live, paintable);
  if (paintable != NULL)
    self->live_id = g_signal_connect_object (paintable, "invalidate-contents",
                                             G_CALLBACK (gtk_widget_queue_draw), self,
                                             G_CONNECT_SWAPPED);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const PltPhotoCrop *
plt_photo_view_get_crop (PltPhotoView *self)
{
  g_return_val_if_fail (PLT_IS_PHOTO_VIEW (self), NULL);

  return &self->crop;
}

void
plt_photo_view_set_findings (PltPhotoView *self,
                             GPtrArray    *findings)
{
  g_return_if_fail (PLT_IS_PHOTO_VIEW (self));

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  if (findings != NULL)
    self->findings = g_ptr_array_ref (findings);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
