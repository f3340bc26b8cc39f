/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a list with a title and a smaller text below it, both as long as they need to be.
 *
 * It looks like AdwActionRow and is laid out by a grid: AdwActionRow's box asks each text how wide it
 * would be for the height of the row, and a text that wraps answers by trying some forty widths, so
 * that a history of ten events costs a tenth of a second. A grid asks for the height of a width. */
#include "plt-text-row.h"

#include "plt-row-label.h"

typedef struct
{
  GtkGrid  *grid;
  GtkBox   *texts;
  GtkLabel *title;
  GtkLabel *subtitle;
} PltTextRowPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (PltTextRow, plt_text_row, GTK_TYPE_LIST_BOX_ROW)

#define PRIVATE(self) ((PltTextRowPrivate *) plt_text_row_get_instance_private (PLT_TEXT_ROW (self)))

static void
plt_text_row_class_init (PltTextRowClass *klass)
{
}

static void
plt_text_row_init (PltTextRow *self)
{
  PltTextRowPrivate *priv = PRIVATE (self);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  priv->grid = GTK_GRID (gtk_grid_new ());
  priv->texts = GTK_BOX (texts);
  priv->title = GTK_LABEL (plt_row_label_new (NULL, "title"));
  priv->subtitle = GTK_LABEL (plt_row_label_new (NULL, "subtitle"));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (priv->title));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (priv->subtitle));
  gtk_widget_set_hexpand (texts, TRUE);
  /* The texts share what the row is higher than they are: a widget that is centred would be asked for
   * its width for each height. */
  gtk_widget_set_vexpand (GTK_WIDGET (priv->title), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (priv->subtitle), TRUE);
  gtk_label_set_yalign (priv->subtitle, 0);
  gtk_widget_set_vexpand (GTK_WIDGET (self), FALSE);

  gtk_grid_set_column_spacing (priv->grid, 12);
  gtk_grid_attach (priv->grid, texts, 0, 0, 1, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "text-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (priv->grid));
}

/**
 * plt_text_row_new:
 * @title: what the row is about
 * @subtitle: (nullable): more of it, perhaps in several lines
 *
 * Returns: (transfer floating): a row that cannot be activated
 */
GtkWidget *
plt_text_row_new (const char *title,
                  const char *subtitle)
{
  GtkWidget *row = g_object_new (PLT_TYPE_TEXT_ROW, "activatable", FALSE, NULL);

  plt_text_row_set_text (PLT_TEXT_ROW (row), title, subtitle);

  return row;
}

/**
 * plt_text_row_set_text:
 * @title: what the row is about; no markup
 * @subtitle: (nullable): more of it
 *
 * A screen reader is told the title as the row's name and the rest as its description.
 */
void
plt_text_row_set_text (PltTextRow *self,
                       const char *title,
                       const char *subtitle)
{
  PltTextRowPrivate *priv = PRIVATE (self);
  const char *more = subtitle != NULL ? subtitle : "";

  gtk_label_set_text (priv->title, title);
  gtk_label_set_text (priv->subtitle, more);
  gtk_widget_set_visible (GTK_WIDGET (priv->subtitle), *more != '\0');
  gtk_label_set_yalign (priv->title, *more != '\0' ? 1 : 0.5f);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, more, -1);
}

/* Below the texts, the one that was added last at the end. */
void
plt_text_row_add_line (PltTextRow *self,
                       GtkWidget  *widget)
{
  gtk_box_append (PRIVATE (self)->texts, widget);
}

/* Before the texts; the one that was added last comes first. */
void
plt_text_row_add_prefix (PltTextRow *self,
                         GtkWidget  *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_grid_attach_next_to (PRIVATE (self)->grid, widget, NULL, GTK_POS_LEFT, 1, 1);
}

/* After the texts, the one that was added last at the end. */
void
plt_text_row_add_suffix (PltTextRow *self,
                         GtkWidget  *widget)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_grid_attach_next_to (PRIVATE (self)->grid, widget, NULL, GTK_POS_RIGHT, 1, 1);
}
