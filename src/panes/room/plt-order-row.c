/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows an order in two lines: who, and what becomes of it; its place before, its state behind. */
#include "plt-order-row.h"

#include "plt-named-card.h"

#include <glib/gi18n-lib.h>

/* In ems of its font. */
#define PLACE_WIDTH 3.5
#define GAP 1.0
#define HEIGHT 3.4
#define LEAST_WIDTH 20.0
#define SMALL_PRINT 0.82
#define DIM 0.55

/* A list keeps two hundred rows ready, of which a dozen are seen: a row of labels costs each of them, and
 * this one costs only what is drawn. */
struct _PltOrderRow
{
  GtkWidget      parent_instance;

  PltPrintOrder *order;

  char          *place;
  char          *title;
  char          *subtitle;
  const char    *state;
  const char    *colour; /* of the state, a name of the theme; NULL: as small print */
};

G_DEFINE_FINAL_TYPE (PltOrderRow, plt_order_row, GTK_TYPE_WIDGET)

static const char * const state_colours[PLT_N_PRINT_ORDER_STATES] = {
  [PLT_PRINT_ORDER_LEASED] = "accent_color",  [PLT_PRINT_ORDER_HELD] = "warning_color",
  [PLT_PRINT_ORDER_SAMPLE] = "warning_color", [PLT_PRINT_ORDER_PAUSED] = "warning_color",
  [PLT_PRINT_ORDER_FAILED] = "error_color",
};

static void
add_part (GString    *text,
          const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* By whom, where and why, as far as there is something to say. */
static char *
dup_subtitle (const PltPrintOrderFacts *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *batch = NULL;
  g_autofree char *priority = NULL;

  add_part (text, facts->leased_by);
  add_part (text, facts->held_by);
  add_part (text, facts->reason);
  add_part (text, facts->printer);
  if (facts->batch != NULL)
    /* Translators: the number of a print batch */
    add_part (text, batch = g_strdup_printf (_("batch %s"), facts->batch));
  if (facts->priority != 0)
    add_part (text, priority = g_strdup_printf (_("priority %+d"), facts->priority));
  if (facts->overdue)
    add_part (text, _("has waited too long"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
clear_texts (PltOrderRow *self)
{
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->subtitle, g_free);
  self->state = NULL;
  self->colour = NULL;
}

/* A screen reader is told the state, and then the rest. */
static void
show_order (PltOrderRow *self)
{
  const PltPrintOrderFacts *facts = self->order != NULL ? plt_print_order_get_facts (self->order) : NULL;

  clear_texts (self);
  plt_named_card_say (GTK_WIDGET (self), facts != NULL ? facts->number : NULL);
  if (facts != NULL)
    {
      self->title = g_strdup_printf ("%s · %s", facts->number,
                                     facts->holder_name != NULL ? facts->holder_name : "—");
      self->subtitle = dup_subtitle (facts);
      self->place = facts->place > 0 ? g_strdup_printf ("%d", facts->place) : g_strdup ("–");
      self->state = plt_print_order_state_get_title (facts->state);
      self->colour = state_colours[facts->state];

      g_autofree char *words = g_strjoin (" · ", self->title, self->state,
                                          *self->subtitle != '\0' ? self->subtitle : NULL, NULL);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- drawing ---- */

/* GTK gives the size of its fonts in pixels, with what the person wants larger in it. */
static int
get_em (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);

  return PANGO_PIXELS (pango_font_description_get_size (pango_context_get_font_description (context)));
}

static PangoLayout *
new_layout (PltOrderRow *self,
            const char  *text,
            double       scale,
            gboolean     bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text != NULL ? text : "…");
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

/* @x: from the side where text starts. @width: it has, or -1: as wide as it is */
static void
draw (PltOrderRow   *self,
      GtkSnapshot   *snapshot,
      PangoLayout   *layout,
      int            x,
      int            y,
      int            width,
      const GdkRGBA *colour)
{
  int wide;

  if (width >= 0)
    pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &wide, NULL);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - (width >= 0 ? width : wide);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
plt_order_row_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PltOrderRow *self = PLT_ORDER_ROW (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), em = get_em (widget);
  int place_end = (int) (em * PLACE_WIDTH), start = place_end + (int) (em * GAP), wide = 0, high = 0, small_high;
  g_autoptr (PangoLayout) place = new_layout (self, self->place, 1, FALSE);
  g_autoptr (PangoLayout) title = new_layout (self, self->title, 1, FALSE);
  g_autoptr (PangoLayout) subtitle = new_layout (self, self->subtitle, SMALL_PRINT, FALSE);
  g_autoptr (PangoLayout) state = new_layout (self, self->state, 1, TRUE);
  GdkRGBA text, dim, colour;

  gtk_style_context_get_color (style, &text);
  dim = text;
  dim.alpha *= (float) DIM;
  if (self->colour == NULL || !gtk_style_context_lookup_color (style, self->colour, &colour))
    colour = dim;
  pango_layout_get_pixel_size (place, &wide, &high);
  draw (self, snapshot, place, MAX (place_end - wide, 0), (height - high) / 2, -1, &dim);
  pango_layout_get_pixel_size (state, &wide, &high);
  width -= (int) (em * GAP);
  draw (self, snapshot, state, width - wide, (height - high) / 2, -1, &colour);
  pango_layout_get_pixel_size (subtitle, NULL, &small_high);
  width -= wide + start + (int) (em * GAP);
  if (self->subtitle == NULL || *self->subtitle == '\0')
    small_high = 0;
  else
    draw (self, snapshot, subtitle, start, (height - high - small_high) / 2 + high, width, &dim);
  draw (self, snapshot, title, start, (height - high - small_high) / 2, width, &text);
}

/* All rows are of one height, so that a list of ten thousand knows how long it is. */
static void
plt_order_row_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  int em = get_em (widget);

  *minimum = *natural = (int) (em * (orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : LEAST_WIDTH));
}

static void
plt_order_row_dispose (GObject *object)
{
  plt_order_row_set_order (PLT_ORDER_ROW (object), NULL);

  G_OBJECT_CLASS (plt_order_row_parent_class)->dispose (object);
}

static void
plt_order_row_finalize (GObject *object)
{
  clear_texts (PLT_ORDER_ROW (object));

  G_OBJECT_CLASS (plt_order_row_parent_class)->finalize (object);
}

static void
plt_order_row_class_init (PltOrderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_order_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_order_row_finalize;
  widget_class->measure = plt_order_row_measure;
  widget_class->snapshot = plt_order_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "order");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
plt_order_row_init (PltOrderRow *self)
{
}

GtkWidget *
plt_order_row_new (void)
{
  return g_object_new (PLT_TYPE_ORDER_ROW, NULL);
}

void
plt_order_row_set_order (PltOrderRow   *self,
                         PltPrintOrder *order)
{
  g_return_if_fail (PLT_IS_ORDER_ROW (self));

  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);
  g_set_object (&self->order, order);
  if (order == NULL)
    return;
  g_signal_connect_object (order, "changed", G_CALLBACK (show_order), self, G_CONNECT_SWAPPED);
  show_order (self);
}

PltPrintOrder *
plt_order_row_get_order (PltOrderRow *self)
{
  return self->order;
}
