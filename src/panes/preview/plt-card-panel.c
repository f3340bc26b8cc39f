/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists what stands on a card and marks it on the board. */
#include "plt-card-panel.h"

#include "plt-card-list.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

/* Lists follow an edit a little later than the picture, and not each letter. */
#define SETTLE_MS 120

struct _PltCardPanel
{
  AdwBin        parent_instance;

  GtkListBox   *elements;

  PltCardBoard *board;   /* not ours */
  PltPreview   *preview; /* NULL: nothing to list */
  GPtrArray    *list;    /* PltCardListed; NULL: not listed yet */
  GPtrArray    *rows;    /* PltCardListed that the rows show, by index; of list */
  gboolean      outlines;
  guint         settle_id;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PltCardPanel, plt_card_panel, ADW_TYPE_BIN)

static const PltCardListed *
get_selected (PltCardPanel *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->elements);
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

/* Faults are always marked, the others as asked; the chosen one lies on top. */
static GArray *
make_marks (PltCardPanel *self,
            guint         page)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (PltCardMark));
  const PltCardListed *selected = get_selected (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PltCardListed *listed = g_ptr_array_index (self->rows, i);

      if (listed->page != page || listed == selected)
        continue;
      if (listed->part->error != NULL)
        add_mark (marks, listed, PLT_CARD_MARK_FAULT);
      else if (self->outlines)
        add_mark (marks, listed, PLT_CARD_MARK_ELEMENT);
    }
  if (selected != NULL && selected->page == page)
    add_mark (marks, selected, PLT_CARD_MARK_SELECTED);

  return marks;
}

static void
update_marks (PltCardPanel *self)
{
  PltLayout *layout;

  if (self->board == NULL || self->preview == NULL)
    return;
  layout = plt_preview_get_layout (self->preview);
  for (guint page = 0; page < plt_layout_get_n_pages (layout); page++)
    {
      g_autoptr (GArray) marks = make_marks (self, page);

      plt_card_board_set_marks (self->board, page, marks);
    }
}

static void
update_readings (PltCardPanel *self)
{
  PltLayout *layout = plt_preview_get_layout (self->preview);

  for (guint page = 0; page < plt_layout_get_n_pages (layout); page++)
    {
      g_autofree char *reading = plt_card_list_dup_reading (self->list, page);

      plt_card_board_set_reading (self->board, page, reading);
    }
}

static void
row_selected_cb (PltCardPanel *self)
{
  const PltCardListed *selected = get_selected (self);

  if (selected != NULL && self->board != NULL)
    plt_card_board_show_page (self->board, selected->page);
  update_marks (self);
}

static char *
dup_subtitle (const PltCardListed *listed)
{
  g_autofree char *remark = plt_card_listed_dup_remark (listed);
  const char *text = listed->part->text;

  if (*remark == '\0' || *text == '\0')
    return g_strdup (*text != '\0' ? text : remark);

  return g_strdup_printf ("%s\n%s", text, remark);
}

/* Rows stay: building them anew for each letter would cost more than the picture. */
static void
update_rows (PltCardPanel *self)
{
  GtkListBoxRow *row;

  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->list->len; i++)
    {
      PltCardListed *listed = g_ptr_array_index (self->list, i);
      g_autofree char *title = NULL;
      g_autofree char *subtitle = NULL;

      if (!plt_card_listed_is_content (listed))
        continue;
      title = plt_card_listed_dup_title (listed);
      subtitle = dup_subtitle (listed);
      row = gtk_list_box_get_row_at_index (self->elements, (int) self->rows->len);
      if (row != NULL)
        plt_text_row_set_text (PLT_TEXT_ROW (row), title, subtitle);
      else
        gtk_list_box_append (self->elements, plt_text_row_new (title, subtitle));
      g_ptr_array_add (self->rows, listed);
    }
  while ((row = gtk_list_box_get_row_at_index (self->elements, (int) self->rows->len)) != NULL)
    gtk_list_box_remove (self->elements, GTK_WIDGET (row));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = plt_card_list_finish (result, &error);
  PltCardPanel *self;

  if (list == NULL)
    return;
  self = user_data;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = list;
  update_rows (self);
  update_readings (self);
  update_marks (self);
}

static gboolean
settled_cb (gpointer user_data)
{
  PltCardPanel *self = user_data;

  self->settle_id = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  plt_card_list_async (plt_preview_get_layout (self->preview), plt_preview_get_inputs (self->preview),
                       self->cancellable, listed_cb, self);
  return G_SOURCE_REMOVE;
}

/* Of several elements that lie there, the smallest. */
static int
find_at (PltCardPanel *self,
         guint         page,
         double        x,
         double        y)
{
  double least = G_MAXDOUBLE;
  int found = -1;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PltCardListed *listed = g_ptr_array_index (self->rows, i);
      const PltCardPart *part = listed->part;
      double size = part->width * part->height;

      if (listed->page == page && x >= part->x && x <= part->x + part->width && y >= part->y &&
          y <= part->y + part->height && size < least)
        {
          least = size;
          found = (int) i;
        }
    }

  return found;
}

static void
board_pressed_cb (PltCardPanel *self,
                  guint         page,
                  double        x,
                  double        y)
{
  int index = find_at (self, page, x, y);
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->elements, index) : NULL;

  gtk_list_box_select_row (self->elements, row);
}

static void
clear (PltCardPanel *self)
{
  GtkListBoxRow *row;

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  while (self->elements != NULL && (row = gtk_list_box_get_row_at_index (self->elements, 0)) != NULL)
    gtk_list_box_remove (self->elements, GTK_WIDGET (row));
}

static void
plt_card_panel_dispose (GObject *object)
{
  PltCardPanel *self = PLT_CARD_PANEL (object);

  if (self->elements != NULL)
    clear (self);
  g_clear_weak_pointer (&self->board);
  g_clear_object (&self->preview);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_CARD_PANEL);
  G_OBJECT_CLASS (plt_card_panel_parent_class)->dispose (object);
}

static void
plt_card_panel_finalize (GObject *object)
{
  g_ptr_array_unref (PLT_CARD_PANEL (object)->rows);
  G_OBJECT_CLASS (plt_card_panel_parent_class)->finalize (object);
}

static void
plt_card_panel_class_init (PltCardPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_card_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = plt_card_panel_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/preview/plt-card-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PltCardPanel, elements);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
plt_card_panel_init (PltCardPanel *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @board: where the card lies; what is pressed there is chosen here */
void
plt_card_panel_set_board (PltCardPanel *self,
                          PltCardBoard *board)
{
  g_set_weak_pointer (&self->board, board);
  g_signal_connect_object (board, "pressed", G_CALLBACK (board_pressed_cb), self, G_CONNECT_SWAPPED);
}

/* @preview: (nullable): %NULL empties the lists at once; else the older ones stay for a moment */
void
plt_card_panel_set_preview (PltCardPanel *self,
                            PltPreview   *preview)
{
  gboolean is_first = self->preview == NULL;

  g_set_object (&self->preview, preview);
  if (preview == NULL)
    {
      clear (self);
      return;
    }
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (is_first ? 0 : SETTLE_MS, settled_cb, self);
}

/* Whether each element is outlined on the board. */
void
plt_card_panel_set_outlines (PltCardPanel *self,
                             gboolean      shown)
{
  self->outlines = shown;
  update_marks (self);
}
