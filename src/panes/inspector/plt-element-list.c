/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the elements of a layout and marks them on the board. */
#include "plt-element-list.h"

#include "plt-card-list.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

struct _PltElementList
{
  AdwBin         parent_instance;

  GtkListBox    *elements;

  PltCardBoard  *board;  /* not ours */
  PltLayout     *layout;
  GPtrArray     *list;   /* PltCardListed, one for each row; NULL: not listed yet */
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (PltElementList, plt_element_list, ADW_TYPE_BIN)

static const struct
{
  PltCardLayers layer;
  const char *title;
} layers[] = {
  { PLT_CARD_LAYER_COLOUR, N_("colour") },
  { PLT_CARD_LAYER_BLACK, N_("black panel") },
  { PLT_CARD_LAYER_OVERLAY, N_("overlay") },
  { PLT_CARD_LAYER_UV, N_("ultraviolet") },
  { PLT_CARD_LAYER_MAGNETIC, N_("magnetic stripe") },
  { PLT_CARD_LAYER_CHIP, N_("chip") },
};

static const PltCardListed *
get_selected (PltElementList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->elements);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return self->list != NULL && index >= 0 && (guint) index < self->list->len
         ? g_ptr_array_index (self->list, index) : NULL;
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
make_marks (PltElementList *self,
            guint           page)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (PltCardMark));
  const PltCardListed *selected = get_selected (self);

  for (guint i = 0; self->list != NULL && i < self->list->len; i++)
    {
      const PltCardListed *listed = g_ptr_array_index (self->list, i);

      if (listed->page == page && listed != selected && (listed->part->is_shown || listed->part->error))
        add_mark (marks, listed, listed->part->error != NULL ? PLT_CARD_MARK_FAULT
                                                             : PLT_CARD_MARK_ELEMENT);
    }
  if (selected != NULL && selected->page == page)
    add_mark (marks, selected, PLT_CARD_MARK_SELECTED);

  return marks;
}

static void
update_marks (PltElementList *self)
{
  for (guint page = 0; self->board != NULL && self->layout != NULL
                       && page < plt_layout_get_n_pages (self->layout); page++)
    {
      g_autoptr (GArray) marks = make_marks (self, page);

      plt_card_board_set_marks (self->board, page, marks);
    }
}

static void
row_selected_cb (PltElementList *self)
{
  const PltCardListed *selected = get_selected (self);

  if (selected != NULL && self->board != NULL)
    plt_card_board_show_page (self->board, selected->page);
  update_marks (self);
}

static char *
dup_layers (PltCardLayers of)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
    if ((of & layers[i].layer) != 0)
      g_strv_builder_add (words, _(layers[i].title));
  list = g_strv_builder_end (words);

  return g_strjoinv (", ", list);
}

static char *
dup_size (const PltCardPart *part)
{
  if (part->size <= 0)
    return NULL;
  if (part->size >= part->asked_size - 0.05)
    /* Translators: the size of letters */
    return g_strdup_printf (_("Letters of %.1f points"), part->size);

  /* Translators: sizes of letters */
  return g_strdup_printf (_("Letters of %.1f points, asked for are %.1f"), part->size, part->asked_size);
}

static void
take_line (GString *text,
           char    *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

/* Everything there is to know of one element, a line each. */
static char *
dup_data (const PltCardListed *listed)
{
  const PltCardPart *part = listed->part;
  g_autofree char *on = dup_layers (part->layer);
  g_autoptr (GString) text = g_string_new (NULL);

  take_line (text, g_strdup (part->text));
  if (!part->is_shown && part->error == NULL)
    take_line (text, g_strdup (_("Not on this card")));
  /* Translators: the type of an element, such as “text”, then the layer on which it is printed */
  take_line (text, g_strdup_printf (_("%s, on the layer: %s"), part->type, on));
  if (*part->field != '\0')
    /* Translators: the name of a value in a layout file, such as family_name */
    take_line (text, g_strdup_printf (_("Bound to %s"), part->field));
  take_line (text, dup_size (part));
  /* Translators: width and height of an element, then its place from the left and from the top */
  take_line (text, g_strdup_printf (_("%.1f × %.1f mm at %.1f, %.1f"), part->width, part->height, part->x,
                                    part->y));
  /* Translators: a place in a layout file, such as front[12] */
  take_line (text, g_strdup_printf (_("In the file: %s"), part->path));
  if (part->error != NULL || part->missing_glyphs != NULL || part->abbreviated || part->wrapped)
    take_line (text, plt_card_listed_dup_remark (listed));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Rows stay, and with them what is chosen, while a file is edited. */
static void
update_rows (PltElementList *self)
{
  GtkListBoxRow *row;
  int n = self->list != NULL ? (int) self->list->len : 0;

  for (int i = 0; i < n; i++)
    {
      PltCardListed *listed = g_ptr_array_index (self->list, i);
      g_autofree char *title = plt_card_listed_dup_title (listed);
      g_autofree char *data = dup_data (listed);

      row = gtk_list_box_get_row_at_index (self->elements, i);
      if (row != NULL)
        plt_text_row_set_text (PLT_TEXT_ROW (row), title, data);
      else
        gtk_list_box_append (self->elements, plt_text_row_new (title, data));
    }
  while ((row = gtk_list_box_get_row_at_index (self->elements, n)) != NULL)
    gtk_list_box_remove (self->elements, GTK_WIDGET (row));
}

static void
update_readings (PltElementList *self)
{
  for (guint page = 0; self->board != NULL && page < plt_layout_get_n_pages (self->layout); page++)
    {
      g_autofree char *reading = plt_card_list_dup_reading (self->list, page);

      plt_card_board_set_reading (self->board, page, reading);
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GPtrArray *list = plt_card_list_finish (result, NULL);
  PltElementList *self;

  if (list == NULL)
    return;
  self = user_data;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = list;
  update_rows (self);
  update_readings (self);
  update_marks (self);
}

/* Of several elements that lie there, the smallest. */
static int
find_at (PltElementList *self,
         guint           page,
         double          x,
         double          y)
{
  double least = G_MAXDOUBLE;
  int found = -1;

  for (guint i = 0; self->list != NULL && i < self->list->len; i++)
    {
      const PltCardListed *listed = g_ptr_array_index (self->list, i);
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

static void
select_index (PltElementList *self,
              int             index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->elements, index) : NULL;
  graphene_rect_t place;
  GtkWidget *viewport = gtk_widget_get_parent (GTK_WIDGET (self->elements));

  gtk_list_box_select_row (self->elements, row);
  /* Into sight, without taking the keyboard from where it is. */
  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->elements), &place))
    {
      GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));

      gtk_adjustment_clamp_page (adjustment, place.origin.y, place.origin.y + place.size.height);
    }
}

static void
board_pressed_cb (PltElementList *self,
                  guint           page,
                  double          x,
                  double          y)
{
  select_index (self, find_at (self, page, x, y));
}

static void
stop (PltElementList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
plt_element_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (PLT_ELEMENT_LIST (widget)->elements), GTK_DIR_TAB_FORWARD);
}

static void
plt_element_list_dispose (GObject *object)
{
  PltElementList *self = PLT_ELEMENT_LIST (object);

  stop (self);
  g_clear_weak_pointer (&self->board);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_ELEMENT_LIST);

  G_OBJECT_CLASS (plt_element_list_parent_class)->dispose (object);
}

static void
plt_element_list_class_init (PltElementListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_element_list_dispose;
  widget_class->grab_focus = plt_element_list_grab_focus;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/inspector/plt-element-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PltElementList, elements);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
plt_element_list_init (PltElementList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plt_element_list_set_board (PltElementList *self,
                            PltCardBoard   *board)
{
  g_set_weak_pointer (&self->board, board);
  g_signal_connect_object (board, "pressed", G_CALLBACK (board_pressed_cb), self, G_CONNECT_SWAPPED);
}

void
plt_element_list_set_card (PltElementList *self,
                           PltLayout      *layout,
                           PltCardInputs  *inputs)
{
  stop (self);
  g_set_object (&self->layout, layout);
  if (layout == NULL || inputs == NULL)
    {
      g_clear_pointer (&self->list, g_ptr_array_unref);
      update_rows (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  plt_card_list_async (layout, inputs, self->cancellable, listed_cb, self);
}

void
plt_element_list_step (PltElementList *self,
                       int             step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->elements);
  int n = self->list != NULL ? (int) self->list->len : 0;
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : step > 0 ? 0 : n - 1;

  if (n > 0)
    select_index (self, (index + n) % n);
}
