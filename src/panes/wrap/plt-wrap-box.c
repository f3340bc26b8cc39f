/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breaks a row of widgets into lines. */
#include "plt-wrap-box.h"

struct _PltWrapBox
{
  GtkWidget parent_instance;

  gboolean  to_end;
  gboolean  homogeneous;
  int       spacing;
};

G_DEFINE_FINAL_TYPE (PltWrapBox, plt_wrap_box, GTK_TYPE_WIDGET)

enum { PROP_TO_END = 1, PROP_HOMOGENEOUS, PROP_SPACING, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* Children of one line, from first up to, but not with, end. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end;
  int        width;
  int        height;
} Line;

/* The width that each child gets in @limit when all have the same: as many columns as the widest
 * needs, but never more than there are children. */
static int
get_column_width (PltWrapBox *self,
                  int         limit)
{
  int widest = 1, n_children = 0, n_columns;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      widest = MAX (widest, minimum);
      n_children++;
    }

  n_columns = CLAMP ((limit + self->spacing) / (widest + self->spacing), 1, MAX (n_children, 1));

  return MAX (widest, (limit - (n_columns - 1) * self->spacing) / n_columns);
}

static int
get_width (PltWrapBox *self,
           GtkWidget  *child,
           int         limit)
{
  int minimum, natural;

  if (self->homogeneous)
    return get_column_width (self, limit);
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return MAX (minimum, MIN (natural, limit));
}

/* No line is higher than it must be: a picture would take all the height that it is offered. */
static int
get_height (GtkWidget *child,
            int        width)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* As many of the visible children from @first on as fit into @limit, and at least one. */
static Line
take_line (PltWrapBox *self,
           GtkWidget  *first,
           int         limit)
{
  Line line = { .first = first };

  for (line.end = first; line.end != NULL; line.end = gtk_widget_get_next_sibling (line.end))
    {
      int width, gap = line.width > 0 ? self->spacing : 0;

      if (!gtk_widget_should_layout (line.end))
        continue;
      width = get_width (self, line.end, limit);
      if (line.width > 0 && line.width + gap + width > limit)
        break;
      line.width += gap + width;
      line.height = MAX (line.height, get_height (line.end, width));
    }

  return line;
}

static void
measure_width (PltWrapBox *self,
               int        *minimum,
               int        *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += (*natural > 0 ? self->spacing : 0) + child_natural;
    }
}

static int
measure_height (PltWrapBox *self,
                int         width)
{
  int height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;)
    {
      Line line = take_line (self, child, width);

      if (line.height > 0)
        height += (height > 0 ? self->spacing : 0) + line.height;
      child = line.end;
    }

  return height;
}

static GtkSizeRequestMode
plt_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
plt_wrap_box_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  PltWrapBox *self = PLT_WRAP_BOX (widget);
  int narrowest = 0, widest = 0;

  measure_width (self, &narrowest, &widest);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = narrowest;
      *natural = widest;
    }
  else
    *minimum = *natural = measure_height (self, for_size < 0 ? widest : for_size);
}

static void
allocate_line (PltWrapBox *self,
               const Line *line,
               int         y,
               int         limit)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = self->to_end ? MAX (0, limit - line->width) : 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child))
    {
      int width;

      if (!gtk_widget_should_layout (child))
        continue;
      width = get_width (self, child, limit);
      gtk_widget_size_allocate (child,
                                &(GtkAllocation) { mirrored ? limit - x - width : x, y, width,
                                                   line->height }, -1);
      x += width + self->spacing;
    }
}

static void
plt_wrap_box_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  PltWrapBox *self = PLT_WRAP_BOX (widget);
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;)
    {
      Line line = take_line (self, child, width);

      allocate_line (self, &line, y, width);
      y += line.height > 0 ? line.height + self->spacing : 0;
      child = line.end;
    }
}

static void
plt_wrap_box_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PltWrapBox *self = PLT_WRAP_BOX (object);

  switch (id)
    {
    case PROP_TO_END:
      g_value_set_boolean (value, self->to_end);
      break;
    case PROP_HOMOGENEOUS:
      g_value_set_boolean (value, self->homogeneous);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
plt_wrap_box_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  PltWrapBox *self = PLT_WRAP_BOX (object);

  switch (id)
    {
    case PROP_TO_END:
      self->to_end = g_value_get_boolean (value);
      break;
    case PROP_HOMOGENEOUS:
      self->homogeneous = g_value_get_boolean (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
plt_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (plt_wrap_box_parent_class)->dispose (object);
}

static void
plt_wrap_box_class_init (PltWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_wrap_box_dispose;
  G_OBJECT_CLASS (klass)->get_property = plt_wrap_box_get_property;
  G_OBJECT_CLASS (klass)->set_property = plt_wrap_box_set_property;
  widget_class->get_request_mode = plt_wrap_box_get_request_mode;
  widget_class->measure = plt_wrap_box_measure;
  widget_class->size_allocate = plt_wrap_box_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  properties[PROP_TO_END] = g_param_spec_boolean ("to-end", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HOMOGENEOUS] = g_param_spec_boolean ("homogeneous", NULL, NULL, FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 6,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
plt_wrap_box_init (PltWrapBox *self)
{
  self->spacing = 6;
}

void
plt_wrap_box_append (PltWrapBox *self,
                     GtkWidget  *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}
