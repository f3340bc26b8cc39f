/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out one or two pages of a card in any size, and scrolls by itself: a zoom must keep the place
 * that is looked at, which GtkViewport cannot. */
#include "plt-card-board-private.h"

#include "plt-card-plan.h"
#include "plt-card-renderer.h"
#include "plt-screen-size.h"

#include <math.h>

#define LEAST_WIDTH 240
#define LEAST_HEIGHT 180
#define NATURAL_WIDTH_MM 180
#define NATURAL_HEIGHT_MM 70

enum
{
  PRESSED,
  PAINTED,
  REFUSED,
  LOOKED,
  N_SIGNALS,
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (PltCardBoard, plt_card_board, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* Returns: how far it is scrolled */
double
plt_card_board_get_value (PltCardBoard   *self,
                          GtkOrientation  orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

static void
adjusted_cb (PltCardBoard *self)
{
  if (!self->configuring)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
configure (PltCardBoard   *self,
           GtkOrientation  orientation,
           double          value,
           double          size,
           double          room)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  if (adjustment == NULL)
    return;
  self->configuring = TRUE;
  gtk_adjustment_configure (adjustment, CLAMP (value, 0, MAX (0, size - room)), 0, MAX (size, room),
                            room * 0.1, room * 0.9, room);
  self->configuring = FALSE;
}

static void
make_plan (PltCardBoard *self,
           int           width,
           int           height,
           PltCardPlan  *plan)
{
  PltCardPages pages = { .n = plt_card_board_get_n_shown (self) };

  for (guint i = 0; i < pages.n; i++)
    plt_card_view_get_size (plt_card_board_get_view (self, self->page + i), &pages.width[i],
                            &pages.height[i]);
  plt_card_plan_make (plan, &pages, width, height, self->zoom,
                      plt_screen_size_get (GTK_WIDGET (self), self->settings));
}

/* Where the plan lies in the widget when nothing is scrolled. */
static graphene_point_t
centre (const PltCardPlan *plan,
        int                width,
        int                height)
{
  return GRAPHENE_POINT_INIT ((float) floor (MAX (0, width - plan->width) / 2),
                              (float) floor (MAX (0, height - plan->height) / 2));
}

static void
scroll_to_anchor (PltCardBoard      *self,
                  const PltCardPlan *plan,
                  int                width,
                  int                height)
{
  double x = plt_card_board_get_value (self, GTK_ORIENTATION_HORIZONTAL);
  double y = plt_card_board_get_value (self, GTK_ORIENTATION_VERTICAL);
  guint i = self->anchor_page - self->page;

  if (self->anchored && i < plt_card_board_get_n_shown (self))
    {
      graphene_point_t origin = centre (plan, width, height);

      x = origin.x + plan->pages[i].origin.x + self->anchor_mm.x * plan->scale - self->anchor_px.x;
      y = origin.y + plan->pages[i].origin.y + self->anchor_mm.y * plan->scale - self->anchor_px.y;
    }
  self->anchored = FALSE;
  configure (self, GTK_ORIENTATION_HORIZONTAL, x, plan->width, width);
  configure (self, GTK_ORIENTATION_VERTICAL, y, plan->height, height);
}

static void
allocate_view (PltCardBoard          *self,
               PltCardView           *view,
               const graphene_rect_t *bounds,
               int                    width,
               int                    height)
{
  graphene_rect_t shown = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  graphene_rect_t seen;
  GtkAllocation allocation = { (int) bounds->origin.x, (int) bounds->origin.y,
                               (int) bounds->size.width, (int) bounds->size.height };

  if (!graphene_rect_intersection (&shown, bounds, &seen))
    graphene_rect_init (&seen, 0, 0, 0, 0);
  else
    graphene_rect_offset (&seen, -bounds->origin.x, -bounds->origin.y);
  gtk_widget_size_allocate (GTK_WIDGET (view), &allocation, -1);
  plt_card_view_look_at (view, self->scale, &seen);
}

static void
allocate_views (PltCardBoard      *self,
                const PltCardPlan *plan,
                int                width,
                int                height)
{
  graphene_point_t origin = centre (plan, width, height);
  double x = round (plt_card_board_get_value (self, GTK_ORIENTATION_HORIZONTAL));
  double y = round (plt_card_board_get_value (self, GTK_ORIENTATION_VERTICAL));
  graphene_rect_t nothing = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  for (guint i = 0; i < self->views->len; i++)
    {
      PltCardView *view = plt_card_board_get_view (self, i);
      graphene_rect_t bounds;

      if (i < self->page || i >= self->page + plt_card_board_get_n_shown (self))
        {
          if (plt_card_board_is_near (self, i))
            plt_card_view_look_at (view, self->scale, &nothing);
          continue;
        }
      bounds = plan->pages[i - self->page];
      graphene_rect_offset (&bounds, (float) (origin.x - x), (float) (origin.y - y));
      allocate_view (self, view, &bounds, width, height);
    }
}

static void
plt_card_board_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  PltCardBoard *self = PLT_CARD_BOARD (widget);
  double before = self->scale;
  PltCardPlan plan;

  if (self->views->len == 0)
    return;
  make_plan (self, width, height, &plan);
  self->scale = plan.scale;
  scroll_to_anchor (self, &plan, width, height);
  allocate_views (self, &plan, width, height);
  if (before != self->scale)
    plt_card_board_tell_look (self);
}

static void
plt_card_board_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  PltCardBoard *self = PLT_CARD_BOARD (widget);
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = (int) ((across ? NATURAL_WIDTH_MM : NATURAL_HEIGHT_MM) *
                    plt_screen_size_get (widget, self->settings));
  *natural = MAX (*minimum, *natural);
}

static gboolean
tell_look_cb (gpointer user_data)
{
  PltCardBoard *self = user_data;

  self->looked_id = 0;
  g_signal_emit (self, signals[LOOKED], 0);
  return G_SOURCE_REMOVE;
}

/* Zoom or pages are others. Told later: whoever hears it may want other sizes, and this may be within
 * an allocation. */
void
plt_card_board_tell_look (PltCardBoard *self)
{
  if (self->looked_id == 0)
    self->looked_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_look_cb, self, NULL);
}

static void
view_pressed_cb (PltCardBoard *self,
                 double        x,
                 double        y,
                 PltCardView  *view)
{
  guint page = 0;

  if (g_ptr_array_find (self->views, view, &page))
    g_signal_emit (self, signals[PRESSED], 0, page, x, y);
}

static void
view_painted_cb (PltCardBoard *self)
{
  if (plt_card_board_is_current (self))
    g_signal_emit (self, signals[PAINTED], 0);
}

static void
view_refused_cb (PltCardBoard *self,
                 const GError *error)
{
  g_signal_emit (self, signals[REFUSED], 0, error);
}

void
plt_card_board_connect_view (PltCardBoard *self,
                             PltCardView  *view)
{
  g_signal_connect_object (view, "pressed", G_CALLBACK (view_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "painted", G_CALLBACK (view_painted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "refused", G_CALLBACK (view_refused_cb), self, G_CONNECT_SWAPPED);
}

static void
set_adjustment (PltCardBoard   *self,
                GtkOrientation  orientation,
                GtkAdjustment  *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (*place == adjustment && adjustment != NULL)
    return;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_clear_object (place);
  if (adjustment != NULL)
    {
      *place = g_object_ref_sink (adjustment);
      g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (adjusted_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
plt_card_board_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  PltCardBoard *self = PLT_CARD_BOARD (object);

  switch (property_id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = (guint) g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = (guint) g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_card_board_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  PltCardBoard *self = PLT_CARD_BOARD (object);

  switch (property_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, (int) self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, (int) self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_card_board_dispose (GObject *object)
{
  PltCardBoard *self = PLT_CARD_BOARD (object);

  g_clear_handle_id (&self->looked_id, g_source_remove);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    g_clear_object (&self->adjustments[i]);
  g_clear_object (&self->layout);
  g_clear_object (&self->old_layout);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  g_clear_pointer (&self->old_inputs, plt_card_inputs_unref);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (plt_card_board_parent_class)->dispose (object);
}

static void
plt_card_board_class_init (PltCardBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plt_card_board_dispose;
  object_class->set_property = plt_card_board_set_property;
  object_class->get_property = plt_card_board_get_property;
  widget_class->measure = plt_card_board_measure;
  widget_class->size_allocate = plt_card_board_size_allocate;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[PRESSED] = g_signal_new ("pressed", PLT_TYPE_CARD_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[PAINTED] = g_signal_new ("painted", PLT_TYPE_CARD_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", PLT_TYPE_CARD_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[LOOKED] = g_signal_new ("looked", PLT_TYPE_CARD_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  plt_card_board_add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "cardboard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plt_card_board_init (PltCardBoard *self)
{
  self->both = TRUE;
  self->layers = PLT_CARD_LAYER_PRINTED;
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  plt_card_board_add_gestures (self);
}

/* @settings: (nullable): where the size of a millimetre is kept */
void
plt_card_board_set_settings (PltCardBoard *self,
                             GSettings    *settings)
{
  g_set_object (&self->settings, settings);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* The size of a millimetre was measured. */
void
plt_card_board_measure_again (PltCardBoard *self)
{
  gtk_widget_queue_resize (GTK_WIDGET (self));
  plt_card_board_tell_look (self);
}
