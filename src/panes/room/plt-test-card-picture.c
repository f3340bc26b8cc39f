/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the test card as the printer should print it, and in its margins the four measures. */
#include "plt-test-card-picture.h"

#include "plt-test-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In millimetres of the card, which lies in the middle of the margins. */
#define CARD_WIDTH 85.6
#define CARD_HEIGHT 53.98
#define MARGIN 11.0
#define PICTURE_WIDTH (CARD_WIDTH + 2 * MARGIN)
#define PICTURE_HEIGHT (CARD_HEIGHT + MARGIN + 1)
#define AWAY 3.2 /* of a measure's line from the card */
#define ARROW 1.1
#define RADIUS 2.3
#define LEAST_WIDTH 240
#define NATURAL_WIDTH 430

struct _PltTestCardPicture
{
  GtkWidget         parent_instance;

  PltMeasureNumber  number;
};

G_DEFINE_FINAL_TYPE (PltTestCardPicture, plt_test_card_picture, GTK_TYPE_WIDGET)

/* From one end of a measure to the other, and where its number stands. */
typedef struct
{
  double x0, y0, x1, y1;
  double number_x, number_y;
} Measure;

#define A PLT_PRINT_MEASURE_EDGE_MM
#define B (PLT_PRINT_MEASURE_EDGE_MM + PLT_PRINT_MEASURE_LENGTH_MM)

static const Measure measures[PLT_N_MEASURES] = {
  [PLT_MEASURE_LEFT] = { 0, -AWAY, A, -AWAY, A / 2, -AWAY - RADIUS - 1.2 },
  [PLT_MEASURE_TOP] = { -AWAY, 0, -AWAY, A, -AWAY - RADIUS - 1.2, A / 2 },
  [PLT_MEASURE_LENGTH] = { A, -AWAY, B, -AWAY, (A + B) / 2, -AWAY - RADIUS - 1.2 },
  [PLT_MEASURE_RIGHT_TOP] = { CARD_WIDTH + AWAY, 0, CARD_WIDTH + AWAY, A,
                              CARD_WIDTH + AWAY + RADIUS + 1.2, A / 2 },
};

/* The lines that lead from what is measured to where the measure is written. */
static const double leaders[][4] = {
  { 0, 0, 0, -AWAY - 1 },     { A, A, A, -AWAY - 1 },         { B, A, B, -AWAY - 1 },
  { 0, 0, -AWAY - 1, 0 },     { A, A, -AWAY - 1, A },
  { CARD_WIDTH, 0, CARD_WIDTH + AWAY + 1, 0 }, { B, A, CARD_WIDTH + AWAY + 1, A },
};

static void
draw_arrow (cairo_t *cr,
            double   x,
            double   y,
            double   angle)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, angle);
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, -ARROW, -ARROW / 2);
  cairo_line_to (cr, -ARROW, ARROW / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_number (cairo_t       *cr,
             PangoContext  *context,
             const Measure *measure,
             int            number,
             gboolean       chosen)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  g_autofree char *text = g_strdup_printf ("%d", number);
  int width, height;
  const double size = RADIUS * 1.3;

  if (chosen)
    {
      cairo_arc (cr, measure->number_x, measure->number_y, RADIUS, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, measure->number_x, measure->number_y);
  cairo_scale (cr, 2 * size * PANGO_SCALE / height, 2 * size * PANGO_SCALE / height);
  cairo_translate (cr, -width / 2.0 / PANGO_SCALE, -height / 2.0 / PANGO_SCALE);
  if (chosen)
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}

static void
draw_measure (PltTestCardPicture *self,
              cairo_t            *cr,
              PltMeasureNumber    number,
              const GdkRGBA      *colour,
              const GdkRGBA      *accent)
{
  const Measure *measure = &measures[number];
  gboolean chosen = number == self->number;
  double angle = atan2 (measure->y1 - measure->y0, measure->x1 - measure->x0);

  gdk_cairo_set_source_rgba (cr, chosen ? accent : colour);
  cairo_set_line_width (cr, chosen ? 0.6 : 0.25);
  cairo_move_to (cr, measure->x0, measure->y0);
  cairo_line_to (cr, measure->x1, measure->y1);
  cairo_stroke (cr);
  draw_arrow (cr, measure->x1, measure->y1, angle);
  draw_arrow (cr, measure->x0, measure->y0, angle + G_PI);
  draw_number (cr, gtk_widget_get_pango_context (GTK_WIDGET (self)), measure, (int) number + 1, chosen);
}

/* A card is white in the dark, too. */
static void
draw_card (cairo_t       *cr,
           const GdkRGBA *colour)
{
  cairo_rectangle (cr, 0, 0, CARD_WIDTH, CARD_HEIGHT);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 0.3);
  cairo_stroke (cr);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, CARD_WIDTH, CARD_HEIGHT);
  cairo_clip (cr);
  plt_test_card_draw_front (cr, NULL);
  cairo_restore (cr);
}

static void
plt_test_card_picture_snapshot (GtkWidget   *widget,
                                GtkSnapshot *snapshot)
{
  PltTestCardPicture *self = PLT_TEST_CARD_PICTURE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale = MIN (width / PICTURE_WIDTH, height / PICTURE_HEIGHT);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA colour, accent;
  cairo_t *cr;

  gtk_style_context_get_color (style, &colour);
  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &accent))
    accent = colour;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_translate (cr, (width - PICTURE_WIDTH * scale) / 2, 0);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, MARGIN, MARGIN);
  draw_card (cr, &colour);
  for (gsize i = 0; i < G_N_ELEMENTS (leaders); i++)
    {
      gdk_cairo_set_source_rgba (cr, &accent);
      cairo_set_line_width (cr, 0.15);
      cairo_move_to (cr, leaders[i][0], leaders[i][1]);
      cairo_line_to (cr, leaders[i][2], leaders[i][3]);
      cairo_stroke (cr);
    }
  for (int i = 0; i < PLT_N_MEASURES; i++)
    draw_measure (self, cr, i, &colour, &accent);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
plt_test_card_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
plt_test_card_picture_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  int width = for_size < 0 ? NATURAL_WIDTH : MIN (for_size, NATURAL_WIDTH);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    *minimum = *natural = (int) ceil (width * PICTURE_HEIGHT / PICTURE_WIDTH);
}

static void
plt_test_card_picture_class_init (PltTestCardPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = plt_test_card_picture_snapshot;
  widget_class->measure = plt_test_card_picture_measure;
  widget_class->get_request_mode = plt_test_card_picture_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plt_test_card_picture_init (PltTestCardPicture *self)
{
  self->number = PLT_N_MEASURES;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The front of the test card, its writing upright: cross A is at the top left, "
                                    "cross B at the top right."), -1);
}

void
plt_test_card_picture_set_number (PltTestCardPicture *self,
                                  PltMeasureNumber    number)
{
  g_return_if_fail (PLT_IS_TEST_CARD_PICTURE (self));

  self->number = number;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
