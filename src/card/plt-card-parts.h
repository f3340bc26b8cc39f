/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where on a page once it is fitted: for outlines, the inspector, screen readers and
 * the list of a proof. It comes from the renderer itself, so it cannot differ from the card. */
#pragma once

#include "plt-card-renderer.h"

G_BEGIN_DECLS

/**
 * PltCardPart:
 * @type: the element's type as the layout writes it, such as "text"
 * @name: its name for people; of one without, its type and what it shows
 * @field: the first value that it shows, such as "family_name"; "" where it shows none
 * @text: what it shows, as drawn; "" where nothing or no text
 * @x: left edge in mm from the left edge of the trimmed page; of text the ink, else the box
 * @y: top edge, likewise
 * @width: in mm
 * @height: in mm
 * @layer: where it is printed; a labelled text may be on two
 * @size: points at which its text is drawn; 0 where there is none
 * @asked_size: points that the layout asks for
 * @condensed: how wide its letters are drawn, 1 as designed
 * @abbreviated: whether words of a value were shortened by a rule of the layout
 * @wrapped: whether it stands on more lines than one
 * @hyphenated: whether a word is divided
 * @missing_glyphs: (nullable): the characters that the fonts of the layout do not have
 * @error: (nullable): why it cannot be drawn
 * @is_layouts_own: whether that is for words of the layout itself, a label or what stands beside a value
 * @path: its place in the layout file, such as "front[12]"
 * @is_shown: whether anything is drawn: its condition holds and its values are there
 *
 * One element of the layout on one card.
 */
typedef struct
{
  char          *type;
  char          *name;
  char          *field;
  char          *text;
  double         x, y, width, height;
  PltCardLayers  layer;
  double         size, asked_size;
  double         condensed;
  gboolean       abbreviated, wrapped, hyphenated;
  char          *missing_glyphs;
  GError        *error;
  gboolean       is_layouts_own;
  char          *path;
  gboolean       is_shown;
} PltCardPart;

/* Returns: (element-type PltCardPart) (transfer full): in the order of the layout. */
GPtrArray *plt_card_list_parts    (PltLayout          *layout,
                                   PltCardInputs      *inputs,
                                   guint               page);
void       plt_card_part_free     (PltCardPart        *self);
char      *plt_card_part_describe (const PltCardPart  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardPart, plt_card_part_free)

G_END_DECLS
