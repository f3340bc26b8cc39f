/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a layout's pictograms: one for each category of vehicles, and others by any name. */
#include "plt-layout-private.h"

#include "plt-layout-members.h"
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

static PltPictogram *
read_pictogram (const PltLayoutText  *text,
                JsonNode             *node,
                const char           *path,
                GError              **error)
{
  static const char *const known[] = { "width", "height", "path", "comment", NULL };
  g_autofree char *data_path = g_strconcat (path, ".path", NULL);
  JsonObject *object = plt_layout_get_object (text, node, path, error);
  const char *data = object != NULL ? plt_layout_get_string (text, object, path, "path", error) : NULL;
  PltPictogram *pictogram;
  double width = 0, height = 0;
  gsize position = 0;
  GArray *outline;

  if (data == NULL || !plt_layout_check_members (text, object, path, known, error)
      || !plt_layout_get_number (text, object, path, "width", 0.001, 100000, &width, error)
      || !plt_layout_get_number (text, object, path, "height", 0.001, 100000, &height, error))
    return NULL;
  if (!(width > 0 && height > 0))
    {
      plt_layout_text_fail (text, path, error, _("needs a “width” and a “height” above 0"));
      return NULL;
    }
  outline = plt_svg_path_parse (data, &position);
  if (outline == NULL)
    {
      plt_layout_text_fail (text, data_path, error,
                            _("the path data is wrong after %" G_GSIZE_FORMAT " characters"),
                            position);
      return NULL;
    }
  pictogram = g_new0 (PltPictogram, 1);
  pictogram->width = width;
  pictogram->height = height;
  pictogram->path = outline;
  return pictogram;
}

static gboolean
read_all (PltLayout            *self,
          const PltLayoutText  *text,
          JsonObject           *all,
          GError              **error)
{
  g_autoptr (GList) names = json_object_get_members (all);

  if (g_list_length (names) > MOST_PICTOGRAMS)
    return plt_layout_text_fail (text, "pictograms", error, _("there may be no more than %d"),
                                 MOST_PICTOGRAMS);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *path = g_strconcat ("pictograms.", l->data, NULL);
      PltPictogram *pictogram = read_pictogram (text, json_object_get_member (all, l->data), path,
                                                error);

      if (pictogram != NULL)
        g_hash_table_insert (self->pictograms, g_strdup (l->data), pictogram);
      else if (!plt_layout_text_go_on (text, error))
        return FALSE;
    }
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    if (plt_layout_get_member (text, all, "pictograms", plt_category_to_code (i), error) == NULL
        && !plt_layout_text_go_on (text, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_file (PltLayout            *self,
           const PltLayoutText  *layout,
           const char           *file,
           GError              **error)
{
  static const char *const known[] = { "format", "pictograms", "comment", NULL };
  g_autoptr (PltLayoutText) text = plt_layout_text_load (file, error);
  g_autofree char *name = g_path_get_basename (file);
  JsonObject *root, *all;
  JsonNode *node;

  if (text != NULL && layout->faults != NULL)
    text->faults = g_ptr_array_ref (layout->faults);
  if (text == NULL
      || (root = plt_layout_get_object (text, plt_layout_text_get_root (text), "", error)) == NULL
      || !plt_layout_check_members (text, root, "", known, error)
      || (node = plt_layout_get_member (text, root, "", "pictograms", error)) == NULL
      || (all = plt_layout_get_object (text, node, "pictograms", error)) == NULL)
    return FALSE;
  plt_layout_add_file (self, "file", name, text->sha256);
  return read_all (self, text, all, error);
}

/* The file that "pictograms" of the layout names; a layout may do without. */
gboolean
plt_layout_read_pictograms (PltLayout            *self,
                            const PltLayoutText  *text,
                            JsonObject           *root,
                            GError              **error)
{
  g_autofree char *folder = g_path_get_dirname (text->file);
  g_autofree char *path = NULL;
  const char *name;

  self->pictograms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) pictogram_free);
  if (!json_object_has_member (root, "pictograms"))
    return TRUE;
  name = plt_layout_get_string (text, root, "", "pictograms", error);
  if (name == NULL)
    return FALSE;
  if (strchr (name, '/') != NULL)
    return plt_layout_text_fail (text, "pictograms", error,
                                 _("must be the name of a file in the layout’s own folder"));
  path = g_build_filename (folder, name, NULL);
  return read_file (self, text, path, error);
}
