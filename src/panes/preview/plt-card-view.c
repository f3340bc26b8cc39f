/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws one page, clipped to the card's outline with a shadow under it, then guides and marks. */
#include "plt-card-view.h"

#include "plt-card-renderer.h"

#include <math.h>

struct _PltCardView
{
  GtkWidget       parent_instance;

  PltCardPicture *picture;
  PltCardPicture *old_picture;
  gboolean        shows_old;

  guint           page;
  double          width_mm;
  double          height_mm;

  gboolean        guides;
  double          bleed_mm;
  double          safe_mm;
  GArray         *marks; /* PltCardMark */

  double          scale; /* application pixels per millimetre */
};

enum
{
  PRESSED,
  PAINTED,
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltCardView, plt_card_view, GTK_TYPE_WIDGET)

static double
get_margin (PltCardView *self)
{
  return self->guides ? self->bleed_mm : 0;
}

static gboolean
is_old_shown (PltCardView *self)
{
  return self->shows_old && !plt_card_picture_is_empty (self->old_picture);
}

/* Only cards have round corners; a page of a booklet or a sheet has none. */
static gboolean
is_card (PltCardView *self)
{
  return MAX (self->width_mm, self->height_mm) < PLT_CARD_WIDTH_MM + 1;
}

static GskRoundedRect
get_outline (PltCardView *self)
{
  float radius = is_card (self) ? (float) (PLT_CARD_CORNER_RADIUS_MM * self->scale) : 0;
  graphene_size_t corner = GRAPHENE_SIZE_INIT (radius, radius);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) (self->width_mm * self->scale),
                                               (float) (self->height_mm * self->scale));
  GskRoundedRect outline;

  gsk_rounded_rect_init (&outline, &bounds, &corner, &corner, &corner, &corner);
  return outline;
}

static void
append_outline (GtkSnapshot           *snapshot,
                const graphene_rect_t *bounds,
                float                  width,
                GdkRGBA                colour)
{
  const float widths[] = { width, width, width, width };
  const GdkRGBA colours[] = { colour, colour, colour, colour };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

/* Nothing is told by colour alone: each kind has its own thickness, and the chosen one is filled. */
static void
append_mark (PltCardView       *self,
             GtkSnapshot       *snapshot,
             const PltCardMark *mark)
{
  static const struct { float width; GdkRGBA colour; GdkRGBA fill; } looks[] = {
    [PLT_CARD_MARK_ELEMENT] = { 1, { 0.10f, 0.37f, 0.71f, 0.8f }, { 0 } },
    [PLT_CARD_MARK_CHANGED] = { 2, { 0.78f, 0.27f, 0, 1 }, { 0.9f, 0.5f, 0, 0.14f } },
    [PLT_CARD_MARK_FAULT] = { 3, { 0.75f, 0.11f, 0.16f, 1 }, { 0.75f, 0.11f, 0.16f, 0.18f } },
    [PLT_CARD_MARK_SELECTED] = { 3, { 0.10f, 0.37f, 0.71f, 1 }, { 0.10f, 0.37f, 0.71f, 0.18f } },
  };
  graphene_rect_t bounds;

  graphene_rect_scale (&mark->area, (float) self->scale, (float) self->scale, &bounds);
  graphene_rect_inset (&bounds, -looks[mark->kind].width, -looks[mark->kind].width);
  if (looks[mark->kind].fill.alpha > 0)
    gtk_snapshot_append_color (snapshot, &looks[mark->kind].fill, &bounds);
  append_outline (snapshot, &bounds, looks[mark->kind].width, looks[mark->kind].colour);
}

/* Where the card is cut, and the line that nothing important should cross. */
static void
append_guides (PltCardView *self,
               GtkSnapshot *snapshot)
{
  graphene_rect_t trim = GRAPHENE_RECT_INIT (0, 0, (float) (self->width_mm * self->scale),
                                             (float) (self->height_mm * self->scale));
  graphene_rect_t safe = trim;
  float inset = (float) (self->safe_mm * self->scale);

  append_outline (snapshot, &trim, 1, (GdkRGBA) { 0.75f, 0.11f, 0.16f, 1 });
  graphene_rect_inset (&safe, inset, inset);
  append_outline (snapshot, &safe, 1, (GdkRGBA) { 0.15f, 0.55f, 0.30f, 1 });
}

static void
append_card (PltCardView *self,
             GtkSnapshot *snapshot)
{
  PltCardPicture *picture = is_old_shown (self) ? self->old_picture : self->picture;
  GskRoundedRect outline = get_outline (self);
  GdkRGBA shadow = { 0, 0, 0, 0.35f };

  if (!self->guides)
    {
      /* Of the outline: a shadow of the picture would be computed from all its pixels at each frame. */
      gtk_snapshot_append_outset_shadow (snapshot, &outline, &shadow, 0, 1, 0, 6);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
    }
  if (plt_card_picture_is_empty (picture))
    gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0.5f, 0.5f, 0.5f, 0.2f }, &outline.bounds);
  else
    plt_card_picture_snapshot (picture, snapshot, self->scale);
  if (!self->guides)
    gtk_snapshot_pop (snapshot);
}

static void
plt_card_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PltCardView *self = PLT_CARD_VIEW (widget);
  float margin = (float) (get_margin (self) * self->scale);

  if (self->scale <= 0)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (margin, margin));
  append_card (self, snapshot);
  if (self->guides)
    append_guides (self, snapshot);
  for (guint i = 0; i < self->marks->len; i++)
    append_mark (self, snapshot, &g_array_index (self->marks, PltCardMark, i));
  gtk_snapshot_restore (snapshot);
}

static void
pressed_cb (PltCardView *self,
            int          n_press,
            double       x,
            double       y)
{
  if (self->scale > 0)
    g_signal_emit (self, signals[PRESSED], 0, x / self->scale - get_margin (self),
                   y / self->scale - get_margin (self));
}

static void
painted_cb (PltCardView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[PAINTED], 0);
}

static void
refused_cb (PltCardView  *self,
            const GError *error)
{
  g_signal_emit (self, signals[REFUSED], 0, error);
}

static void
plt_card_view_dispose (GObject *object)
{
  PltCardView *self = PLT_CARD_VIEW (object);

  if (self->picture != NULL)
    plt_card_picture_set_card (self->picture, NULL, NULL, 0);
  if (self->old_picture != NULL)
    plt_card_picture_set_card (self->old_picture, NULL, NULL, 0);
  g_clear_object (&self->picture);
  g_clear_object (&self->old_picture);
  g_clear_pointer (&self->marks, g_array_unref);
  G_OBJECT_CLASS (plt_card_view_parent_class)->dispose (object);
}

static void
plt_card_view_class_init (PltCardViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_card_view_dispose;
  widget_class->snapshot = plt_card_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[PRESSED] = g_signal_new ("pressed", PLT_TYPE_CARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[PAINTED] = g_signal_new ("painted", PLT_TYPE_CARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", PLT_TYPE_CARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static PltCardPicture *
new_picture (PltCardView *self)
{
  PltCardPicture *picture = plt_card_picture_new ();

  g_signal_connect_object (picture, "painted", G_CALLBACK (painted_cb), self, G_CONNECT_SWAPPED);
  return picture;
}

static void
plt_card_view_init (PltCardView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->marks = g_array_new (FALSE, FALSE, sizeof (PltCardMark));
  self->picture = new_picture (self);
  self->old_picture = new_picture (self);
  self->width_mm = PLT_CARD_WIDTH_MM;
  self->height_mm = PLT_CARD_HEIGHT_MM;
  g_signal_connect_object (self->picture, "refused", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
plt_card_view_new (void)
{
  return g_object_new (PLT_TYPE_CARD_VIEW, NULL);
}

/**
 * plt_card_view_set_page:
 * @number: from 0
 * @title: what the page is, for a screen reader
 */
void
plt_card_view_set_page (PltCardView *self,
                        guint        number,
                        double       width_mm,
                        double       height_mm,
                        const char  *title)
{
  self->page = number;
  self->width_mm = width_mm;
  self->height_mm = height_mm;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* @text: everything that is written on the page, for a screen reader */
void
plt_card_view_set_reading (PltCardView *self,
                           const char  *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* @layout, @inputs: (nullable): %NULL shows an empty card at once; else the older card stays until
 * the new one is painted. */
void
plt_card_view_set_card (PltCardView   *self,
                        PltLayout     *layout,
                        PltCardInputs *inputs)
{
  plt_card_picture_set_card (self->picture, layout, inputs, self->page);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
plt_card_view_set_old_card (PltCardView   *self,
                            PltLayout     *layout,
                            PltCardInputs *inputs)
{
  plt_card_picture_set_card (self->old_picture, layout, inputs, self->page);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
plt_card_view_show_old (PltCardView *self,
                        gboolean     old)
{
  self->shows_old = old;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
plt_card_view_set_layers (PltCardView *self,
                          guint        layers)
{
  plt_card_picture_set_layers (self->picture, layers);
  plt_card_picture_set_layers (self->old_picture, layers);
}

void
plt_card_view_set_guides (PltCardView *self,
                          gboolean     shown,
                          double       bleed_mm,
                          double       safe_mm)
{
  self->guides = shown;
  self->bleed_mm = bleed_mm;
  self->safe_mm = safe_mm;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* @marks: (element-type PltCardMark): drawn in this order */
void
plt_card_view_set_marks (PltCardView *self,
                         GArray      *marks)
{
  g_array_ref (marks);
  g_array_unref (self->marks);
  self->marks = marks;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
plt_card_view_get_size (PltCardView *self,
                        double      *width_mm,
                        double      *height_mm)
{
  *width_mm = self->width_mm + 2 * get_margin (self);
  *height_mm = self->height_mm + 2 * get_margin (self);
}

/**
 * plt_card_view_look_at:
 * @scale: application pixels per millimetre
 * @seen: the part of the widget that is on the screen, in application pixels
 */
void
plt_card_view_look_at (PltCardView           *self,
                       double                 scale,
                       const graphene_rect_t *seen)
{
  double sharp = scale * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  float margin = (float) get_margin (self);
  graphene_rect_t page = GRAPHENE_RECT_INIT (-margin, -margin, (float) self->width_mm + 2 * margin,
                                             (float) self->height_mm + 2 * margin);
  graphene_rect_t part;

  self->scale = scale;
  graphene_rect_scale (seen, (float) (1 / scale), (float) (1 / scale), &part);
  graphene_rect_offset (&part, -margin, -margin);
  plt_card_picture_look_at (self->picture, &page, &part, sharp);
  plt_card_picture_look_at (self->old_picture, &page, &part, sharp);
}

gboolean
plt_card_view_is_current (PltCardView *self)
{
  return plt_card_picture_is_current (self->picture);
}
