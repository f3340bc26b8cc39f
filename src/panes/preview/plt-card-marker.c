/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks the elements of a list on the board, and chooses in the list what is pressed there. */
#include "plt-card-marker.h"

struct _PltCardMarker
{
  GObject          parent_instance;

  GtkListBox      *list;   /* not ours; a row for each of @rows */
  PltCardBoard    *board;  /* not ours; NULL: none yet */
  PltLayout       *layout; /* NULL: nothing is shown */
  GPtrArray       *rows;   /* PltCardListed, which belong to somebody else */
  PltCardMarkFunc  func;
  gpointer         user_data;
};

G_DEFINE_FINAL_TYPE (PltCardMarker, plt_card_marker, G_TYPE_OBJECT)

static const PltCardListed *
get_selected (PltCardMarker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return index >= 0 && (guint) index < self->rows->len ? g_ptr_array_index (self->rows, index) : NULL;
}

static void
add_mark (GArray              *marks,
          const PltCardListed *listed,
          PltCardMarkKind      kind)
{
  PltCardMark mark = { .kind = kind };

  graphene_rect_init (&mark.area, (float) listed->part->x, (float) listed->part->y,
                      (float) listed->part->width, (float) listed->part->height);
  g_array_append_val (marks, mark);
}

/* The chosen one lies on top. */
static GArray *
make_marks (PltCardMarker *self,
            guint          page)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (PltCardMark));
  const PltCardListed *selected = get_selected (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PltCardListed *listed = g_ptr_array_index (self->rows, i);
      PltCardMarkKind kind;

      if (listed->page == page && listed != selected && self->func (listed, &kind, self->user_data))
        add_mark (marks, listed, kind);
    }
  if (selected != NULL && selected->page == page)
    add_mark (marks, selected, PLT_CARD_MARK_SELECTED);

  return marks;
}

/* What @func says has changed. */
void
plt_card_marker_update (PltCardMarker *self)
{
  for (guint page = 0; self->board != NULL && self->layout != NULL
                       && page < plt_layout_get_n_pages (self->layout); page++)
    {
      g_autoptr (GArray) marks = make_marks (self, page);

      plt_card_board_set_marks (self->board, page, marks);
    }
}

static void
row_selected_cb (PltCardMarker *self)
{
  const PltCardListed *selected = get_selected (self);

  if (selected != NULL && self->board != NULL)
    plt_card_board_show_page (self->board, selected->page);
  plt_card_marker_update (self);
}

/* Of several elements that lie there, the smallest. */
static int
find_at (PltCardMarker *self,
         guint          page,
         double         x,
         double         y)
{
  double least = G_MAXDOUBLE;
  int found = -1;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PltCardListed *listed = g_ptr_array_index (self->rows, i);
      const PltCardPart *part = listed->part;
      double size = part->width * part->height;

      if (listed->page == page && x >= part->x && x <= part->x + part->width && y >= part->y
          && y <= part->y + part->height && size < least)
        {
          least = size;
          found = (int) i;
        }
    }

  return found;
}

/* Into sight, without taking the keyboard from where it is. */
static void
show_row (PltCardMarker *self,
          GtkWidget     *row)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_VIEWPORT);
  graphene_rect_t place;
  GtkAdjustment *adjustment;

  if (viewport == NULL
      || !gtk_widget_compute_bounds (row, gtk_viewport_get_child (GTK_VIEWPORT (viewport)), &place))
    return;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  gtk_adjustment_clamp_page (adjustment, place.origin.y, place.origin.y + place.size.height);
}

static void
select_index (PltCardMarker *self,
              int            index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  gtk_list_box_select_row (self->list, row);
  if (row != NULL)
    show_row (self, GTK_WIDGET (row));
}

static void
board_pressed_cb (PltCardMarker *self,
                  guint          page,
                  double         x,
                  double         y)
{
  select_index (self, find_at (self, page, x, y));
}

static void
plt_card_marker_finalize (GObject *object)
{
  PltCardMarker *self = PLT_CARD_MARKER (object);

  g_clear_weak_pointer (&self->board);
  g_clear_object (&self->layout);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (plt_card_marker_parent_class)->finalize (object);
}

static void
plt_card_marker_class_init (PltCardMarkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_card_marker_finalize;
}

static void
plt_card_marker_init (PltCardMarker *self)
{
  self->rows = g_ptr_array_new ();
}

/* @list: whose owner keeps this; @func, @user_data: asked whenever something is marked */
PltCardMarker *
plt_card_marker_new (GtkListBox      *list,
                     PltCardMarkFunc  func,
                     gpointer         user_data)
{
  PltCardMarker *self = g_object_new (PLT_TYPE_CARD_MARKER, NULL);

  self->list = list;
  self->func = func;
  self->user_data = user_data;
  g_signal_connect_object (list, "row-selected", G_CALLBACK (row_selected_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* @board: where the card lies; what is pressed there is chosen in the list */
void
plt_card_marker_set_board (PltCardMarker *self,
                           PltCardBoard  *board)
{
  g_set_weak_pointer (&self->board, board);
  g_signal_connect_object (board, "pressed", G_CALLBACK (board_pressed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * plt_card_marker_set_rows:
 * @layout: (nullable): of the card; %NULL: nothing is shown
 * @rows: (nullable) (element-type PltCardListed): one for each row of the list; its owner keeps them until
 *   others are set
 */
void
plt_card_marker_set_rows (PltCardMarker *self,
                          PltLayout     *layout,
                          GPtrArray     *rows)
{
  g_set_object (&self->layout, layout);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_ptr_array_add (self->rows, g_ptr_array_index (rows, i));
  plt_card_marker_update (self);
}

/* @list: (element-type PltCardListed): all of the card, for whoever cannot see it */
void
plt_card_marker_set_readings (PltCardMarker *self,
                              GPtrArray     *list)
{
  for (guint page = 0; self->board != NULL && self->layout != NULL
                       && page < plt_layout_get_n_pages (self->layout); page++)
    {
      g_autofree char *reading = plt_card_list_dup_reading (list, page);

      plt_card_board_set_reading (self->board, page, reading);
    }
}

/* Chooses the next element (1) or the one before (-1), round and round. */
void
plt_card_marker_step (PltCardMarker *self,
                      int            step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int n = (int) self->rows->len;
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : step > 0 ? 0 : n - 1;

  if (n > 0)
    select_index (self, (index + n) % n);
}
