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

static gboolean
check_font (PltLayout            *self,
            const PltLayoutText  *text,
            const char           *name,
            const char           *page_path,
            guint                 index,
            const char           *member,
            GError              **error)
{
  g_autofree char *path = g_strdup_printf ("%s[%u].%s", page_path, index, member);
  g_autoptr (GString) known = NULL;

  if (name == NULL || plt_layout_find_font (self, name) != NULL)
    return TRUE;
  known = g_string_new (NULL);
  for (guint i = 0; i < self->fonts->len; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "",
                            ((PltLayoutFont *) g_ptr_array_index (self->fonts, i))->name);
  return plt_layout_text_fail (text, path, error, _("“%s” is not among the fonts; there are %s"),
                               name, known->str);
}

static gboolean
check_marks (PltLayout            *self,
             const PltLayoutText  *text,
             const PltElement     *element,
             const char           *page_path,
             guint                 index,
             GError              **error)
{
  for (guint i = 0; element->template != NULL && i < element->template->pieces->len; i++)
    {
      const PltTemplatePiece *piece = g_ptr_array_index (element->template->pieces, i);

      if (!check_font (self, text, piece->style.font, page_path, index, "text", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_rules (PltLayout            *self,
             const PltLayoutText  *text,
             const PltElement     *element,
             const char           *path,
             GError              **error)
{
  g_autofree char *hyphenate_path = g_strconcat (path, ".hyphenate", NULL);

  if (element->hyphenate != NULL && plt_layout_find_hyphenation (self, element->hyphenate) == NULL)
    return plt_layout_text_fail (text, hyphenate_path, error,
                                 _("“%s” is not a language of the layout’s “hyphenation”"),
                                 element->hyphenate);
  for (guint i = 0; element->abbreviate != NULL && element->abbreviate[i] != NULL; i++)
    {
      g_autofree char *rule_path = g_strdup_printf ("%s.abbreviate[%u]", path, i);
      const char *rule = element->abbreviate[i];

      if (!g_str_equal (rule, PLT_RULE_INITIALS) && !g_str_equal (rule, PLT_RULE_DROP)
          && plt_layout_find_rules (self, rule) == NULL)
        return plt_layout_text_fail (text, rule_path, error,
                                     _("“%s” is neither among the layout’s “abbreviations” nor "
                                       "%s or %s"), rule, PLT_RULE_INITIALS, PLT_RULE_DROP);
    }
  return TRUE;
}

static gboolean
check_pictogram (PltLayout            *self,
                 const PltLayoutText  *text,
                 const PltElement     *element,
                 const char           *path,
                 GError              **error)
{
  g_autofree char *pictogram_path = g_strconcat (path, ".pictogram", NULL);

  return element->pictogram == NULL || g_hash_table_contains (self->pictograms, element->pictogram)
         || plt_layout_text_fail (text, pictogram_path, error,
                                  _("“%s” is not among the layout’s pictograms"),
                                  element->pictogram);
}

static gboolean
check_element (PltLayout            *self,
               const PltLayoutText  *text,
               PltElement           *element,
               const char           *page_path,
               guint                 index,
               GError              **error)
{
  g_autofree char *path = g_strdup_printf ("%s[%u]", page_path, index);

  if (element->type == PLT_ELEMENT_CATEGORIES && g_hash_table_size (self->pictograms) == 0)
    return plt_layout_text_fail (text, path, error,
                                 _("the layout needs “pictograms” for a table of categories"));
  return check_rules (self, text, element, path, error)
         && (element->file == NULL || plt_artwork_load (self, text, element, path, error))
         && check_pictogram (self, text, element, path, error)
         && check_marks (self, text, element, page_path, index, error)
         && check_font (self, text, element->font, page_path, index, "font", error)
         && check_font (self, text, element->label_font, page_path, index, "label_font", error);
}

static gboolean
add_page (PltLayout            *self,
          const PltLayoutText  *text,
          const char           *title,
          double                width,
          double                height,
          JsonArray            *array,
          const char           *path,
          GError              **error)
{
  PltLayoutPage *page = g_new0 (PltLayoutPage, 1);

  g_ptr_array_add (self->pages, page);
  page->title = g_strdup (title);
  page->path = g_strdup (path);
  page->width = width;
  page->height = height;
  page->elements = plt_elements_read (text, array, path, width, height, self->bleed, error);
  if (page->elements == NULL)
    return FALSE;
  for (guint i = 0; i < page->elements->len; i++)
    if (!check_element (self, text, g_ptr_array_index (page->elements, i), path, i, error)
        && !plt_layout_text_go_on (text, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_page (PltLayout            *self,
           const PltLayoutText  *text,
           JsonNode             *node,
           guint                 index,
           GError              **error)
{
  static const char *const known[] = { "title", "width", "height", "elements", "comment", NULL };
  g_autofree char *path = g_strdup_printf ("pages[%u]", index);
  g_autofree char *elements_path = g_strconcat (path, ".elements", NULL);
  JsonObject *object = plt_layout_get_object (text, node, path, error);
  double width = self->width, height = self->height;
  const char *title;
  JsonArray *elements;

  return object != NULL && plt_layout_check_members (text, object, path, known, error)
         && (title = plt_layout_get_string (text, object, path, "title", error)) != NULL
         && plt_layout_get_number (text, object, path, "width", SMALLEST_PAGE, LARGEST_PAGE, &width,
                                   error)
         && plt_layout_get_number (text, object, path, "height", SMALLEST_PAGE, LARGEST_PAGE,
                                   &height, error)
         && (elements = plt_layout_get_array (text, object, path, "elements", error)) != NULL
         && add_page (self, text, title, width, height, elements, elements_path, error);
}

static gboolean
read_list (PltLayout            *self,
           const PltLayoutText  *text,
           JsonArray            *pages,
           GError              **error)
{
  guint n_pages = json_array_get_length (pages);

  if (n_pages == 0 || n_pages > MOST_PAGES)
    return plt_layout_text_fail (text, "pages", error, _("must be a list of 1 to %d pages"),
                                 MOST_PAGES);
  for (guint i = 0; i < n_pages; i++)
    if (!read_page (self, text, json_array_get_element (pages, i), i, error)
        && !plt_layout_text_go_on (text, error))
      return FALSE;
  return TRUE;
}

/* After the fonts and pictograms, because elements name them. */
gboolean
plt_layout_read_pages (PltLayout            *self,
                       const PltLayoutText  *text,
                       JsonObject           *root,
                       GError              **error)
{
  JsonArray *pages, *front, *back;

  if (!plt_layout_get_number (text, root, "", "width", SMALLEST_PAGE, LARGEST_PAGE, &self->width,
                              error)
      || !plt_layout_get_number (text, root, "", "height", SMALLEST_PAGE, LARGEST_PAGE,
                                 &self->height, error)
      || !plt_layout_get_number (text, root, "", "bleed", 0, 10, &self->bleed, error)
      || !plt_layout_get_number (text, root, "", "safe_margin", 0, 30, &self->safe_margin, error))
    return FALSE;
  if (json_object_has_member (root, "pages"))
    {
      if (json_object_has_member (root, "front") || json_object_has_member (root, "back"))
        return plt_layout_text_fail (text, "pages", error,
                                     _("there may be “pages” or “front” and “back”, not both"));
      pages = plt_layout_get_array (text, root, "", "pages", error);
      return pages != NULL && read_list (self, text, pages, error);
    }
  return (front = plt_layout_get_array (text, root, "", "front", error)) != NULL
         && (back = plt_layout_get_array (text, root, "", "back", error)) != NULL
         && add_page (self, text, _("Front"), self->width, self->height, front, "front", error)
         && add_page (self, text, _("Back"), self->width, self->height, back, "back", error);
}

/* Returns: (transfer full) (element-type PltLayoutPage) */
GPtrArray *
plt_layout_pages_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
}
