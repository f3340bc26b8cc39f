/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the elements of a layout and marks them on the board. */
#include "plt-element-list.h"

#include "plt-card-list.h"
#include "plt-card-marker.h"
#include "plt-panes.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

struct _PltElementList
{
  AdwBin         parent_instance;

  GtkListBox    *elements;

  PltCardMarker *marker;
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

/* Each that is there; what is wrong stands out. */
static gboolean
is_marked (const PltCardListed *listed,
           PltCardMarkKind     *kind,
           gpointer             user_data)
{
  *kind = listed->part->error != NULL || listed->misplaced != NULL ? PLT_CARD_MARK_FAULT
                                                                   : PLT_CARD_MARK_ELEMENT;
  return listed->part->is_shown || listed->part->error != NULL;
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
  return g_strdup_printf (_("Letters of %.1f points, asked for are %.1f"), part->size,
                          part->asked_size);
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
  take_line (text, g_strdup_printf (_("%.1f × %.1f mm at %.1f, %.1f"), part->width, part->height,
                                    part->x, part->y));
  /* Translators: a place in a layout file, such as front[12] */
  take_line (text, g_strdup_printf (_("In the file: %s"), part->path));
  if (part->error != NULL || part->missing_glyphs != NULL || part->abbreviated || part->wrapped
      || listed->misplaced != NULL)
    take_line (text, plt_card_listed_dup_remark (listed));
  take_line (text, g_strdup (listed->near_edge));

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

static const PltCardListed *
get_selected (PltElementList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->elements);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return index >= 0 && self->list != NULL && (guint) index < self->list->len
           ? self->list->pdata[index]
           : NULL;
}

/* The same element after the file was saved: others may have come or gone before it. Of several that look the same, the
 * one in the same place of the file; -1 if it is gone. */
static int
find_same (GPtrArray           *list,
           const PltCardListed *old)
{
  g_autofree char *title = plt_card_listed_dup_title (old);
  int found = -1;

  for (guint i = 0; i < list->len; i++)
    {
      const PltCardListed *listed = list->pdata[i];
      g_autofree char *other = plt_card_listed_dup_title (listed);

      if (listed->page != old->page || !g_str_equal (other, title)
          || !g_str_equal (listed->part->type, old->part->type))
        continue;
      if (g_str_equal (listed->part->path, old->part->path))
        return (int) i;
      if (found < 0)
        found = (int) i;
    }

  return found;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GPtrArray *list = plt_card_list_finish (result, NULL);
  const PltCardListed *selected;
  PltElementList *self;
  int index;

  if (list == NULL)
    return;
  self = user_data;
  selected = get_selected (self);
  index = selected != NULL ? find_same (list, selected) : -1;
  plt_card_marker_set_rows (self->marker, NULL, NULL);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = list;
  update_rows (self);
  gtk_list_box_select_row (self->elements,
                           index >= 0 ? gtk_list_box_get_row_at_index (self->elements, index) : NULL);
  plt_card_marker_set_rows (self->marker, self->layout, list);
  plt_card_marker_set_readings (self->marker, list);
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
  g_clear_object (&self->marker);
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
  plt_panes_class_set_grab_focus (widget_class, plt_element_list_grab_focus);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/inspector/plt-element-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PltElementList, elements);
}

static void
plt_element_list_init (PltElementList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->marker = plt_card_marker_new (self->elements, is_marked, NULL);
}

void
plt_element_list_set_board (PltElementList *self,
                            PltCardBoard   *board)
{
  plt_card_marker_set_board (self->marker, board);
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
      plt_card_marker_set_rows (self->marker, NULL, NULL);
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
  plt_card_marker_step (self->marker, step);
}
