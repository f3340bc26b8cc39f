/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pages lie on the board, and what is known of each. */
#include "plt-card-board-private.h"

#include <glib/gi18n-lib.h>

/* Pages before and after those that are shown which are painted too: turning shows them at once. */
#define NEAR 2

PltCardView *
plt_card_board_get_view (PltCardBoard *self,
                         guint         page)
{
  return g_ptr_array_index (self->views, page);
}

/* Pages that are shown at once: none, one or two. */
guint
plt_card_board_get_n_shown (PltCardBoard *self)
{
  if (self->views->len == 0)
    return 0;

  return self->both && self->page + 1 < self->views->len ? 2 : 1;
}

static gboolean
is_shown (PltCardBoard *self,
          guint         page)
{
  return page >= self->page && page < self->page + plt_card_board_get_n_shown (self);
}

gboolean
plt_card_board_is_near (PltCardBoard *self,
                        guint         page)
{
  return page + NEAR >= self->page && page <= self->page + 1 + NEAR;
}

static void
update_view (PltCardBoard *self,
             guint         page)
{
  PltCardView *view = plt_card_board_get_view (self, page);
  gboolean is_near = plt_card_board_is_near (self, page);
  gboolean has_old = is_near && self->old_layout != NULL &&
                     page < plt_layout_get_n_pages (self->old_layout);
  g_autofree char *title = plt_card_board_dup_title (self->layout, page);
  double width, height;

  plt_layout_get_page_size (self->layout, page, &width, &height);
  plt_card_view_set_page (view, page, width, height, title);
  plt_card_view_set_guides (view, self->guides, plt_layout_get_bleed (self->layout),
                            plt_layout_get_safe_margin (self->layout));
  plt_card_view_set_layers (view, self->layers);
  plt_card_view_show_old (view, self->shows_old);
  gtk_widget_set_child_visible (GTK_WIDGET (view), is_shown (self, page));
  gtk_accessible_update_state (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_STATE_HIDDEN,
                               !is_shown (self, page), -1);
  plt_card_view_set_old_card (view, has_old ? self->old_layout : NULL,
                              has_old ? self->old_inputs : NULL);
  plt_card_view_set_card (view, is_near ? self->layout : NULL, is_near ? self->inputs : NULL);
}

/* Lets each page show what the board has. */
void
plt_card_board_update_views (PltCardBoard *self)
{
  for (guint i = 0; i < self->views->len; i++)
    update_view (self, i);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
show_pages (PltCardBoard *self,
            gboolean      both,
            guint         page)
{
  self->both = both;
  self->page = self->views->len == 0 ? 0 : MIN (page, self->views->len - 1);
  if (both)
    self->page -= self->page % 2;
  plt_card_board_update_views (self);
  plt_card_board_tell_look (self);
}

static void
set_n_pages (PltCardBoard *self,
             guint         n_pages)
{
  while (self->views->len < n_pages)
    {
      GtkWidget *view = plt_card_view_new ();

      gtk_widget_set_parent (view, GTK_WIDGET (self));
      plt_card_board_connect_view (self, PLT_CARD_VIEW (view));
      g_ptr_array_add (self->views, view);
    }
  g_ptr_array_set_size (self->views, (int) n_pages);
  if (self->page >= n_pages)
    self->page = 0;
}

/**
 * plt_card_board_set_card:
 * @layout: (nullable): %NULL empties the board at once; else what was shown stays until the new card
 *   is painted
 * @inputs: (nullable): not changed by anybody any more
 */
void
plt_card_board_set_card (PltCardBoard  *self,
                         PltLayout     *layout,
                         PltCardInputs *inputs)
{
  if (inputs != NULL)
    plt_card_inputs_ref (inputs);
  g_clear_pointer (&self->inputs, plt_card_inputs_unref);
  self->inputs = inputs;
  g_set_object (&self->layout, layout);
  set_n_pages (self, layout != NULL ? plt_layout_get_n_pages (layout) : 0);
  plt_card_board_update_views (self);
}

/* @layout, @inputs: (nullable): the card that the holder has now */
void
plt_card_board_set_old_card (PltCardBoard  *self,
                             PltLayout     *layout,
                             PltCardInputs *inputs)
{
  if (inputs != NULL)
    plt_card_inputs_ref (inputs);
  g_clear_pointer (&self->old_inputs, plt_card_inputs_unref);
  self->old_inputs = inputs;
  g_set_object (&self->old_layout, layout);
  plt_card_board_update_views (self);
}

void
plt_card_board_show_old (PltCardBoard *self,
                         gboolean      old)
{
  self->shows_old = old;
  for (guint i = 0; i < self->views->len; i++)
    plt_card_view_show_old (plt_card_board_get_view (self, i), old);
}

void
plt_card_board_set_both (PltCardBoard *self,
                         gboolean      both)
{
  show_pages (self, both, self->page);
}

gboolean
plt_card_board_get_both (PltCardBoard *self)
{
  return self->both;
}

/* As one turns a card in the hand, about its upright axis; of a booklet, the next pages. */
void
plt_card_board_turn (PltCardBoard *self)
{
  guint n_pages = self->views->len;

  if (n_pages < 2)
    return;
  if (self->both && n_pages > 2)
    show_pages (self, TRUE, self->page + 2 < n_pages ? self->page + 2 : 0);
  else
    show_pages (self, FALSE, (self->page + 1) % n_pages);
}

/* As plt_card_board_turn(), the other way: in a booklet that is the way back. */
void
plt_card_board_turn_back (PltCardBoard *self)
{
  guint n_pages = self->views->len;

  if (n_pages < 2)
    return;
  if (self->both && n_pages > 2)
    show_pages (self, TRUE, self->page > 0 ? self->page - 2 : n_pages - 1);
  else
    show_pages (self, FALSE, (self->page + n_pages - 1) % n_pages);
}

/* Returns: (transfer full) (nullable): which pages of a booklet are shown; %NULL: it is none */
char *
plt_card_board_dup_place (PltCardBoard *self)
{
  guint n_pages = self->views->len;

  if (n_pages <= 2)
    return NULL;
  if (plt_card_board_get_n_shown (self) == 2)
    /* Translators: the numbers of two pages that lie side by side, and how many there are */
    return g_strdup_printf (_("Pages %u and %u of %u"), self->page + 1, self->page + 2, n_pages);

  /* Translators: the number of a page, and how many there are */
  return g_strdup_printf (_("Page %u of %u"), self->page + 1, n_pages);
}

/* Returns: the first page that is shown, from 0 */
guint
plt_card_board_get_page (PltCardBoard *self)
{
  return self->page;
}

/* Makes sure that @page is seen. */
void
plt_card_board_show_page (PltCardBoard *self,
                          guint         page)
{
  if (page < self->views->len && !is_shown (self, page))
    show_pages (self, self->both, page);
}

/* @layers: PltCardLayers */
void
plt_card_board_set_layers (PltCardBoard *self,
                           guint         layers)
{
  self->layers = layers;
  plt_card_board_update_views (self);
}

/* Bleed, the line where the card is cut, and the area that is safe from the knife. */
void
plt_card_board_set_guides (PltCardBoard *self,
                           gboolean      shown)
{
  self->guides = shown;
  plt_card_board_update_views (self);
}

/* @marks: (element-type PltCardMark) */
void
plt_card_board_set_marks (PltCardBoard *self,
                          guint         page,
                          GArray       *marks)
{
  if (page < self->views->len)
    plt_card_view_set_marks (plt_card_board_get_view (self, page), marks);
}

/* @text: everything that is written on @page */
void
plt_card_board_set_reading (PltCardBoard *self,
                            guint         page,
                            const char   *text)
{
  if (page < self->views->len)
    plt_card_view_set_reading (plt_card_board_get_view (self, page), text);
}

/* Whether what is seen is the last card that was set, as sharp as the screen can show it. */
gboolean
plt_card_board_is_current (PltCardBoard *self)
{
  for (guint i = 0; i < plt_card_board_get_n_shown (self); i++)
    if (!plt_card_view_is_current (plt_card_board_get_view (self, self->page + i)))
      return FALSE;

  return self->views->len > 0;
}

/* Returns: (transfer full): what @page is called */
char *
plt_card_board_dup_title (PltLayout *layout,
                          guint      page)
{
  if (plt_layout_get_n_pages (layout) != 2)
    /* Translators: the number of a page, then what the layout calls it */
    return g_strdup_printf (_("Page %u: %s"), page + 1, plt_layout_get_page_title (layout, page));

  return g_strdup (page == 0 ? _("Front of the card") : _("Back of the card"));
}
