/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists what stands where on a page: each element is drawn to nowhere by the renderer itself, which
 * notes down what it did. */
#include "plt-card-parts.h"

#include "plt-card-drawing.h"
#include "plt-card-fields.h"

#include <glib/gi18n-lib.h>

void
plt_card_part_free (PltCardPart *self)
{
  g_free (self->type);
  g_free (self->name);
  g_free (self->field);
  g_free (self->text);
  g_free (self->missing_glyphs);
  g_free (self->path);
  g_clear_error (&self->error);
  g_free (self);
}

/* Of what is drawn in several pieces, such as a table, the text is all of them. */
void
plt_card_part_add_text (PltCardPart *self,
                        const char  *text)
{
  char *longer = self->text == NULL ? g_strdup (text) : g_strconcat (self->text, " ", text, NULL);

  g_free (self->text);
  self->text = longer;
}

static void
add_words (GString    *words,
           const char *more)
{
  if (words->len > 0)
    g_string_append (words, words->str[words->len - 1] == '.' ? " – " : ", ");
  g_string_append (words, more);
}

static void
add_setting (const PltCardPart *self,
             GString           *words)
{
  if (self->condensed > 0 && self->condensed < 0.995)
    {
      /* Translators: how narrow letters became, of their usual width. */
      g_autofree char *narrow = g_strdup_printf (_("narrowed to %.0f %%"), self->condensed * 100);

      add_words (words, narrow);
    }
  if (self->size > 0 && self->size < self->asked_size - 0.05)
    {
      /* Translators: sizes of letters in points. */
      g_autofree char *smaller = g_strdup_printf (_("%.1f instead of %.1f points"), self->size,
                                                  self->asked_size);

      add_words (words, smaller);
    }
}

/* All that happened to the element on this card; NULL where it stands as the layout asks for. */
char *
plt_card_part_describe (const PltCardPart *self)
{
  g_autoptr (GString) words = g_string_new (self->error != NULL ? self->error->message : NULL);

  if (self->missing_glyphs != NULL)
    {
      /* Translators: the characters that a layout's fonts do not have. */
      g_autofree char *glyphs = g_strdup_printf (_("the fonts lack %s"), self->missing_glyphs);

      add_words (words, glyphs);
    }
  if (self->abbreviated && self->error == NULL)
    {
      g_autofree char *shorter = g_strdup_printf (_("shortened to “%s”"), self->text);

      add_words (words, shorter);
    }
  if (self->hyphenated)
    add_words (words, _("a word is divided"));
  add_setting (self, words);
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/* For an element whose value is not there. Returns: TRUE, always. */
gboolean
plt_card_draw_nothing (PltCardDrawing *self)
{
  if (self->part != NULL)
    self->part->is_shown = FALSE;
  return TRUE;
}

/* The name that the layout gives, else the words of the first value, else those of the type. */
static char *
make_name (const PltElement *element,
           const char       *field)
{
  if (element->name != NULL)
    return g_strdup (element->name);
  if (field != NULL)
    return g_strdup (plt_card_field_get_words (field));
  return g_strdup (plt_element_get_words (element));
}

static PltCardPart *
list_part (PltCardDrawing *drawing,
           guint           index)
{
  const PltElement *element = plt_layout_get_element (drawing->layout, drawing->page, index);
  const char *field = plt_element_get_field (element);
  PltCardPart *part = g_new0 (PltCardPart, 1);

  part->type = g_strdup (plt_element_get_type (element));
  part->name = make_name (element, field);
  part->path = g_strdup (element->place);
  part->x = element->x;
  part->y = element->y;
  part->width = element->width;
  part->height = element->height;
  part->layer = element->layers;
  part->asked_size = element->size;
  part->condensed = 1;
  part->is_shown = TRUE;
  drawing->part = part;
  plt_card_draw_element (drawing, index, &part->error);
  part->field = g_strdup (field != NULL ? field : "");
  if (part->text == NULL)
    part->text = g_strdup ("");
  return part;
}

GPtrArray *
plt_card_list_parts (PltLayout     *layout,
                     PltCardInputs *inputs,
                     guint          page)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_card_part_free);
  cairo_surface_t *surface;
  PltCardDrawing drawing = {
    .layout = layout, .inputs = inputs, .page = page, .layers = PLT_CARD_LAYER_ALL,
  };

  g_return_val_if_fail (PLT_IS_LAYOUT (layout) && inputs != NULL, NULL);
  g_return_val_if_fail (page < plt_layout_get_n_pages (layout), NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  drawing.cr = cairo_create (surface);
  drawing.text = plt_card_text_get_layout (layout);
  for (guint i = 0; i < plt_layout_get_page (layout, page)->elements->len; i++)
    g_ptr_array_add (parts, list_part (&drawing, i));
  cairo_destroy (drawing.cr);
  cairo_surface_destroy (surface);
  return g_steal_pointer (&parts);
}
