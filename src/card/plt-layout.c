/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loads a layout: its head, fonts, elements of both sides, and pictograms. */
#include "plt-layout.h"

#include "plt-card-fixed.h"
#include "plt-layout-private.h"
#include "plt-svg-path.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT 1

G_DEFINE_QUARK (plt-card-error-quark, plt_card_error)
G_DEFINE_FINAL_TYPE (PltLayout, plt_layout, G_TYPE_OBJECT)

static void
plt_layout_finalize (GObject *object)
{
  PltLayout *self = PLT_LAYOUT (object);

  g_free (self->id);
  g_free (self->title);
  g_clear_pointer (&self->sides[0], g_ptr_array_unref);
  g_clear_pointer (&self->sides[1], g_ptr_array_unref);
  g_clear_pointer (&self->fixed, plt_card_fixed_free);
  g_clear_pointer (&self->fonts, g_ptr_array_unref);
  g_clear_pointer (&self->font_config, FcConfigDestroy);
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    g_clear_pointer (&self->pictograms[i].path, g_array_unref);
  G_OBJECT_CLASS (plt_layout_parent_class)->finalize (object);
}

static void
plt_layout_class_init (PltLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_layout_finalize;
}

static void
plt_layout_init (PltLayout *self)
{
  static int last_serial;

  self->serial = (guint) g_atomic_int_add (&last_serial, 1) + 1;
  self->fixed = plt_card_fixed_new ();
}

static JsonNode *
get_member (const PltLayoutText *text,
            JsonObject          *object,
            const char          *path,
            const char          *name,
            GError             **error)
{
  g_autofree char *member_path = *path != '\0' ? g_strdup_printf ("%s.%s", path, name)
                                               : g_strdup (name);
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    plt_layout_text_fail (text, member_path, error, _("is missing"));
  return node;
}

static const char *
get_string (const PltLayoutText *text,
            JsonObject          *object,
            const char          *path,
            const char          *name,
            GError             **error)
{
  JsonNode *node = get_member (text, object, path, name, error);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
      && *json_node_get_string (node) != '\0')
    return json_node_get_string (node);
  plt_layout_text_fail (text, name, error, _("must be a text in quotes"));
  return NULL;
}

static gboolean
get_whole_number (const PltLayoutText *text,
                  JsonObject          *object,
                  const char          *name,
                  int                 *number,
                  GError             **error)
{
  JsonNode *node = get_member (text, object, "", name, error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < 1 || json_node_get_int (node) > 1000000)
    return plt_layout_text_fail (text, name, error, _("must be a whole number from 1"));
  *number = (int) json_node_get_int (node);
  return TRUE;
}

static JsonArray *
get_array (const PltLayoutText *text,
           JsonObject          *object,
           const char          *path,
           const char          *name,
           GError             **error)
{
  g_autofree char *member_path = *path != '\0' ? g_strdup_printf ("%s.%s", path, name)
                                               : g_strdup (name);
  JsonNode *node = get_member (text, object, path, name, error);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  plt_layout_text_fail (text, member_path, error, _("must be a list in brackets"));
  return NULL;
}

static JsonObject *
get_object (const PltLayoutText *text,
            JsonNode            *node,
            const char          *path,
            GError             **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  plt_layout_text_fail (text, path, error, _("must be an object in braces"));
  return NULL;
}

static gboolean
check_members (const PltLayoutText *text,
               JsonObject          *object,
               const char          *path,
               const char *const   *known,
               GError             **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *member_path = *path != '\0' ? g_strdup_printf ("%s.%s", path, (char *) l->data)
                                                   : g_strdup (l->data);

      if (!g_strv_contains (known, l->data))
        return plt_layout_text_fail (text, member_path, error, _("there is no such member here"));
    }
  return TRUE;
}

static gboolean
read_pictogram (PltPictogram        *pictogram,
                const PltLayoutText *text,
                JsonObject          *all,
                const char          *code,
                GError             **error)
{
  static const char *const known[] = { "width", "height", "path", NULL };
  g_autofree char *path = g_strconcat ("pictograms.", code, NULL);
  g_autofree char *data_path = g_strconcat (path, ".path", NULL);
  JsonNode *node = get_member (text, all, "pictograms", code, error);
  JsonObject *object = node != NULL ? get_object (text, node, path, error) : NULL;
  const char *data = object != NULL ? get_string (text, object, path, "path", error) : NULL;
  gsize position = 0;

  if (data == NULL || !check_members (text, object, path, known, error))
    return FALSE;
  pictogram->width = json_object_get_double_member_with_default (object, "width", 0);
  pictogram->height = json_object_get_double_member_with_default (object, "height", 0);
  if (!(pictogram->width > 0 && pictogram->height > 0))
    return plt_layout_text_fail (text, path, error, _("needs a “width” and a “height” above 0"));
  pictogram->path = plt_svg_path_parse (data, &position);
  if (pictogram->path == NULL)
    return plt_layout_text_fail (text, data_path, error,
                                 _("the path data is wrong after %" G_GSIZE_FORMAT " characters"),
                                 position);
  return TRUE;
}

static gboolean
read_pictograms (PltLayout   *self,
                 const char  *file,
                 GError     **error)
{
  static const char *const known[] = { "format", "pictograms", "comment", NULL };
  g_autoptr (PltLayoutText) text = plt_layout_text_load (file, error);
  JsonObject *root, *all;
  JsonNode *node;

  if (text == NULL
      || (root = get_object (text, plt_layout_text_get_root (text), "", error)) == NULL
      || !check_members (text, root, "", known, error)
      || (node = get_member (text, root, "", "pictograms", error)) == NULL
      || (all = get_object (text, node, "pictograms", error)) == NULL)
    return FALSE;
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    if (!read_pictogram (&self->pictograms[i], text, all, plt_category_to_code (i), error))
      return FALSE;
  return TRUE;
}

static gboolean
check_font (PltLayout            *self,
            const PltLayoutText  *text,
            const char           *name,
            const char           *side,
            guint                 index,
            const char           *member,
            GError              **error)
{
  g_autofree char *path = g_strdup_printf ("%s[%u].%s", side, index, member);

  return name == NULL || plt_layout_find_font (self, name) != NULL
         || plt_layout_text_fail (text, path, error, _("“%s” is not among the fonts"), name);
}

static gboolean
read_side (PltLayout            *self,
           int                   side,
           const PltLayoutText  *text,
           JsonArray            *array,
           const char           *path,
           GError              **error)
{
  self->sides[side] = plt_elements_read (text, array, path, error);
  if (self->sides[side] == NULL)
    return FALSE;
  for (guint i = 0; i < self->sides[side]->len; i++)
    {
      PltElement *element = g_ptr_array_index (self->sides[side], i);

      if (!check_font (self, text, element->font, path, i, "font", error)
          || !check_font (self, text, element->label_font, path, i, "label_font", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_head (PltLayout            *self,
           const PltLayoutText  *text,
           JsonObject           *root,
           GError              **error)
{
  static const char *const known[] = { "$schema", "format", "id", "version", "title", "comment",
                                       "fonts", "pictograms", "front", "back", NULL };
  const char *id, *title;
  int format = 0;

  if (!check_members (text, root, "", known, error)
      || !get_whole_number (text, root, "format", &format, error))
    return FALSE;
  if (format != FORMAT)
    return plt_layout_text_fail (text, "format", error,
                                 _("this version of the program reads format %d, not %d"),
                                 FORMAT, format);
  if (!get_whole_number (text, root, "version", &self->version, error)
      || (id = get_string (text, root, "", "id", error)) == NULL
      || (title = get_string (text, root, "", "title", error)) == NULL)
    return FALSE;
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  return TRUE;
}

static gboolean
read_body (PltLayout            *self,
           const PltLayoutText  *text,
           JsonObject           *root,
           GError              **error)
{
  g_autofree char *folder = g_path_get_dirname (text->file);
  g_autofree char *pictograms = NULL;
  JsonArray *fonts, *front, *back;
  const char *name;

  if ((fonts = get_array (text, root, "", "fonts", error)) == NULL
      || (front = get_array (text, root, "", "front", error)) == NULL
      || (back = get_array (text, root, "", "back", error)) == NULL
      || (name = get_string (text, root, "", "pictograms", error)) == NULL)
    return FALSE;
  if (strchr (name, '/') != NULL)
    return plt_layout_text_fail (text, "pictograms", error,
                                 _("must be the name of a file in the layout’s own folder"));
  pictograms = g_build_filename (folder, name, NULL);
  return plt_layout_read_fonts (self, text, fonts, error)
         && read_side (self, 0, text, front, "front", error)
         && read_side (self, 1, text, back, "back", error)
         && read_pictograms (self, pictograms, error);
}

const PltLayoutFont *
plt_layout_find_font (PltLayout  *self,
                      const char *name)
{
  for (guint i = 0; i < self->fonts->len; i++)
    {
      PltLayoutFont *font = g_ptr_array_index (self->fonts, i);

      if (g_str_equal (font->name, name))
        return font;
    }
  return NULL;
}

/* Errors: PLT_CARD_ERROR_LAYOUT with file, line and member; PLT_CARD_ERROR_FONT with the package
 * to install. Returns: (transfer full) (nullable) */
PltLayout *
plt_layout_new_from_file (const char  *path,
                          GError     **error)
{
  g_autoptr (PltLayoutText) text = NULL;
  g_autoptr (PltLayout) self = NULL;
  JsonObject *root;

  g_return_val_if_fail (path != NULL, NULL);

  text = plt_layout_text_load (path, error);
  if (text == NULL)
    return NULL;
  root = get_object (text, plt_layout_text_get_root (text), "", error);
  if (root == NULL)
    return NULL;
  self = g_object_new (PLT_TYPE_LAYOUT, NULL);
  if (!read_head (self, text, root, error) || !read_body (self, text, root, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
plt_layout_get_id (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), NULL);

  return self->id;
}

int
plt_layout_get_version (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), 0);

  return self->version;
}

const char *
plt_layout_get_title (PltLayout *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT (self), NULL);

  return self->title;
}
