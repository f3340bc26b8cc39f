/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a layout's pictograms: one for each category of vehicles, and others by any name. */
#include "plt-layout-private.h"

#include "plt-layout-members.h"
#include "plt-layout-source.h"
#include "plt-svg-path.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_PICTOGRAMS 200

static void
pictogram_free (PltPictogram *pictogram)
{
  g_clear_pointer (&pictogram->path, g_array_unref);
  g_free (pictogram);
}

static GArray *
read_outline (const PltLayoutText *text,
              JsonObject          *object,
              const char          *path)
{
  g_autofree char *data_path = g_strconcat (path, ".path", NULL);
  const char *data = plt_layout_get_string (text, object, path, "path");
  gsize position = 0;
  GArray *outline = data != NULL ? plt_svg_path_parse (data, &position) : NULL;

  if (data != NULL && outline == NULL)
    plt_layout_text_fail (text, data_path,
                          _("the path data is wrong after %" G_GSIZE_FORMAT " characters"), position);
  return outline;
}

static PltPictogram *
read_pictogram (const PltLayoutText  *text,
                JsonNode             *node,
                const char           *path)
{
  static const char *const known[] = { "width", "height", "path", "comment", NULL };
  JsonObject *object = plt_layout_get_object (text, node, path);
  PltPictogram *pictogram = g_new0 (PltPictogram, 1);

  if (object == NULL)
    return pictogram;
  plt_layout_check_members (text, object, path, known);
  plt_layout_get_number (text, object, path, "width", 0.001, 100000, &pictogram->width);
  plt_layout_get_number (text, object, path, "height", 0.001, 100000, &pictogram->height);
  if (!json_object_has_member (object, "width") || !json_object_has_member (object, "height"))
    plt_layout_text_fail (text, path, _("needs a “width” and a “height” above 0"));
  pictogram->path = read_outline (text, object, path);
  return pictogram;
}

static void
read_all (PltLayout            *self,
          const PltLayoutText  *text,
          JsonObject           *all)
{
  g_autoptr (GList) names = json_object_get_members (all);

  if (g_list_length (names) > MOST_PICTOGRAMS)
    plt_layout_text_fail (text, "pictograms", _("there may be no more than %d"), MOST_PICTOGRAMS);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *path = g_strconcat ("pictograms.", l->data, NULL);

      g_hash_table_insert (self->pictograms, g_strdup (l->data),
                           read_pictogram (text, json_object_get_member (all, l->data), path));
    }
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    plt_layout_get_member (text, all, "pictograms", plt_category_to_code (i));
}

static void
read_file (PltLayout            *self,
           const PltLayoutText  *text)
{
  static const char *const known[] = { "format", "pictograms", "comment", NULL };
  JsonObject *root = plt_layout_get_object (text, json_parser_get_root (text->parser), "");
  JsonNode *node;
  JsonObject *all;

  if (root == NULL)
    return;
  plt_layout_check_members (text, root, "", known);
  node = plt_layout_get_member (text, root, "", "pictograms");
  all = node != NULL ? plt_layout_get_object (text, node, "pictograms") : NULL;
  if (all != NULL)
    read_all (self, text, all);
}

/* What is wrong in the file of pictograms is told with that file and its lines. */
static gboolean
load_file (PltLayout            *self,
           const PltLayoutText  *layout,
           const char           *name)
{
  g_autofree char *path = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (PltLayoutText) text = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  if (!plt_layout_find_own_file (layout->file, name, &path, &problem))
    return plt_layout_text_fail (layout, "pictograms", _("the file “%s” cannot be read: %s"), path,
                                 problem);
  text = plt_layout_text_load (path, &error);
  if (text == NULL)
    {
      faults = g_ptr_array_new ();
      g_ptr_array_add (faults, error);
      plt_layout_text_take_faults (layout, "pictograms", faults);
      return FALSE;
    }
  read_file (self, text);
  plt_layout_add_file (self, "file", name, path, text->sha256);
  faults = plt_layout_text_dup_faults (text);
  plt_layout_text_take_faults (layout, "pictograms", faults);
  return faults->len == 0;
}

/* The file that "pictograms" of the layout names; a layout may do without. */
void
plt_layout_read_pictograms (PltLayout            *self,
                            const PltLayoutText  *text,
                            JsonObject           *root)
{
  const char *name;

  self->pictograms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) pictogram_free);
  if (!json_object_has_member (root, "pictograms"))
    return;
  name = plt_layout_get_string (text, root, "", "pictograms");
  if (name != NULL && (strchr (name, '/') != NULL || name[0] == '.'))
    plt_layout_text_fail (text, "pictograms",
                          _("must be the name of a file in the layout’s own folder"));
  else if (name != NULL && load_file (self, text, name))
    return;
  self->pictograms_failed = TRUE;
}
