/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a layout's pages: "front" and "back" of a card, or any number of "pages". */
#include "plt-layout-private.h"

#include "plt-layout-members.h"

#include <glib/gi18n-lib.h>

#define MOST_PAGES 64
#define SMALLEST_PAGE 10.0 /* mm */
#define LARGEST_PAGE 500.0

static void
page_free (PltLayoutPage *page)
{
  g_free (page->title);
  g_free (page->path);
  g_clear_pointer (&page->elements, g_ptr_array_unref);
  g_free (page);
}

static void
check_font (PltLayout            *self,
            const PltLayoutText  *text,
            const char           *name,
            const char           *element_path,
            const char           *member)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", element_path, member);
  g_autoptr (GString) known = NULL;

  if (name == NULL || plt_layout_find_font (self, name) != NULL)
    return;
  known = g_string_new (NULL);
  for (guint i = 0; i < self->fonts->len; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "",
                            ((PltLayoutFont *) g_ptr_array_index (self->fonts, i))->name);
  if (known->len > 0)
    plt_layout_text_fail (text, path, _("“%s” is not among the fonts; there are %s"), name,
                          known->str);
  else
    plt_layout_text_fail (text, path, _("“%s” is not among the fonts"), name);
}

static void
check_marks (PltLayout            *self,
             const PltLayoutText  *text,
             const PltElement     *element)
{
  for (guint i = 0; element->template != NULL && i < element->template->pieces->len; i++)
    {
      const PltTemplatePiece *piece = g_ptr_array_index (element->template->pieces, i);

      check_font (self, text, piece->style.font, element->place, "text");
    }
}

static void
check_rules (PltLayout            *self,
             const PltLayoutText  *text,
             const PltElement     *element)
{
  g_autofree char *hyphenate_path = g_strconcat (element->place, ".hyphenate", NULL);

  if (element->hyphenate != NULL && plt_layout_find_hyphenation (self, element->hyphenate) == NULL)
    plt_layout_text_fail (text, hyphenate_path,
                          _("“%s” is not a language of the layout’s “hyphenation”"),
                          element->hyphenate);
  for (guint i = 0; element->abbreviate != NULL && element->abbreviate[i] != NULL; i++)
    {
      g_autofree char *rule_path = g_strdup_printf ("%s.abbreviate[%u]", element->place, i);
      const char *rule = element->abbreviate[i];

      if (!g_str_equal (rule, PLT_RULE_INITIALS) && !g_str_equal (rule, PLT_RULE_DROP)
          && plt_layout_find_rules (self, rule) == NULL)
        plt_layout_text_fail (text, rule_path,
                              _("“%s” is neither among the layout’s “abbreviations” nor %s or %s"),
                              rule, PLT_RULE_INITIALS, PLT_RULE_DROP);
    }
}

/* Where the file of pictograms has faults of its own, those are told and not what comes of them. */
static void
check_pictograms (PltLayout            *self,
                  const PltLayoutText  *text,
                  const PltElement     *element)
{
  g_autofree char *path = g_strconcat (element->place, ".pictogram", NULL);

  if (self->pictograms_failed)
    return;
  if (element->type == PLT_ELEMENT_CATEGORIES && g_hash_table_size (self->pictograms) == 0)
    plt_layout_text_fail (text, element->place,
                          _("the layout needs “pictograms” for a table of categories"));
  if (element->pictogram != NULL
      && !g_hash_table_contains (self->pictograms, element->pictogram))
    plt_layout_text_fail (text, path, _("“%s” is not among the layout’s pictograms"),
                          element->pictogram);
}

/* Without room for the value nothing would hold it to its place. */
static void
check_label_width (const PltLayoutText *text,
                   const PltElement    *element)
{
  g_autofree char *path = g_strconcat (element->place, ".label_width", NULL);

  if (element->label_width > 0 && element->label_width >= element->width)
    plt_layout_text_fail (text, path, _("must be less than “width”, which is %g"), element->width);
}

static void
check_element (PltLayout            *self,
               const PltLayoutText  *text,
               PltElement           *element)
{
  check_rules (self, text, element);
  check_label_width (text, element);
  if (element->file != NULL)
    plt_artwork_load (self, text, element);
  check_pictograms (self, text, element);
  check_marks (self, text, element);
  check_font (self, text, element->font, element->place, "font");
  check_font (self, text, element->label_font, element->place, "label_font");
}

static void
add_page (PltLayout            *self,
          const PltLayoutText  *text,
          const char           *title,
          double                width,
          double                height,
          JsonArray            *array,
          const char           *path)
{
  PltLayoutPage *page = g_new0 (PltLayoutPage, 1);

  g_ptr_array_add (self->pages, page);
  page->title = g_strdup (title);
  page->path = g_strdup (path);
  page->width = width;
  page->height = height;
  page->elements = plt_elements_read (text, array, path, width, height, self->bleed);
  for (guint i = 0; i < page->elements->len; i++)
    check_element (self, text, g_ptr_array_index (page->elements, i));
}

static void
read_page (PltLayout            *self,
           const PltLayoutText  *text,
           JsonNode             *node,
           guint                 index)
{
  static const char *const known[] = { "title", "width", "height", "elements", "comment", NULL };
  g_autofree char *path = g_strdup_printf ("pages[%u]", index);
  g_autofree char *elements_path = g_strconcat (path, ".elements", NULL);
  JsonObject *object = plt_layout_get_object (text, node, path);
  double width = self->width, height = self->height;
  const char *title;
  JsonArray *elements;

  if (object == NULL)
    return;
  plt_layout_check_members (text, object, path, known);
  title = plt_layout_get_string (text, object, path, "title");
  plt_layout_get_number (text, object, path, "width", SMALLEST_PAGE, LARGEST_PAGE, &width);
  plt_layout_get_number (text, object, path, "height", SMALLEST_PAGE, LARGEST_PAGE, &height);
  elements = plt_layout_get_array (text, object, path, "elements");
  if (elements != NULL)
    add_page (self, text, title, width, height, elements, elements_path);
}

static void
read_list (PltLayout            *self,
           const PltLayoutText  *text,
           JsonArray            *pages)
{
  guint n_pages = json_array_get_length (pages);

  if (n_pages == 0 || n_pages > MOST_PAGES)
    plt_layout_text_fail (text, "pages", _("must be a list of 1 to %d pages"), MOST_PAGES);
  for (guint i = 0; i < MIN (n_pages, MOST_PAGES); i++)
    read_page (self, text, json_array_get_element (pages, i), i);
}

static void
read_side (PltLayout            *self,
           const PltLayoutText  *text,
           JsonObject           *root,
           const char           *name,
           const char           *title)
{
  JsonArray *elements = plt_layout_get_array (text, root, "", name);

  if (elements != NULL)
    add_page (self, text, title, self->width, self->height, elements, name);
}

/* After the fonts and pictograms, because elements name them. */
void
plt_layout_read_pages (PltLayout            *self,
                       const PltLayoutText  *text,
                       JsonObject           *root)
{
  JsonArray *pages;

  plt_layout_get_number (text, root, "", "width", SMALLEST_PAGE, LARGEST_PAGE, &self->width);
  plt_layout_get_number (text, root, "", "height", SMALLEST_PAGE, LARGEST_PAGE, &self->height);
  plt_layout_get_number (text, root, "", "bleed", 0, 10, &self->bleed);
  plt_layout_get_number (text, root, "", "safe_margin", 0, 30, &self->safe_margin);
  if (!json_object_has_member (root, "pages"))
    {
      read_side (self, text, root, "front", _("Front"));
      read_side (self, text, root, "back", _("Back"));
      plt_layout_check_payloads (self, text);
      return;
    }
  if (json_object_has_member (root, "front") || json_object_has_member (root, "back"))
    plt_layout_text_fail (text, "pages",
                          _("there may be “pages” or “front” and “back”, not both"));
  pages = plt_layout_get_array (text, root, "", "pages");
  if (pages != NULL)
    read_list (self, text, pages);
  plt_layout_check_payloads (self, text);
}

/* Returns: (transfer full) (element-type PltLayoutPage) */
GPtrArray *
plt_layout_pages_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
}
