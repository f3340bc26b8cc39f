/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds and loads the layouts of an office's folders. */
#include "plt-layout-shelf.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PltLayoutShelf
{
  GObject    parent_instance;

  GPtrArray *items; /* of PltLayoutShelfItem, sorted by id and version */
};

G_DEFINE_FINAL_TYPE (PltLayoutShelf, plt_layout_shelf, G_TYPE_OBJECT)

static void
item_free (PltLayoutShelfItem *item)
{
  g_free (item->path);
  g_free (item->id);
  g_clear_object (&item->layout);
  g_clear_error (&item->error);
  g_free (item);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const PltLayoutShelfItem *x = *(PltLayoutShelfItem *const *) a;
  const PltLayoutShelfItem *y = *(PltLayoutShelfItem *const *) b;
  int order = strcmp (x->id, y->id);

  if (order == 0)
    order = (x->version > y->version) - (x->version < y->version);
  return order != 0 ? order : strcmp (x->path, y->path);
}

static void
plt_layout_shelf_finalize (GObject *object)
{
  PltLayoutShelf *self = PLT_LAYOUT_SHELF (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (plt_layout_shelf_parent_class)->finalize (object);
}

static void
plt_layout_shelf_class_init (PltLayoutShelfClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_layout_shelf_finalize;
}

static void
plt_layout_shelf_init (PltLayoutShelf *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
}

/* Which of two files of the same folder counts would be chance. */
static void
refuse_twin (PltLayoutShelfItem       *item,
             const PltLayoutShelfItem *twin)
{
  /* Translators: two files, then the number of the version that both hold. */
  g_set_error (&item->error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
               _("The layout was not loaded: %s and %s hold the same version, %d. Take one of them "
                 "away."), item->path, twin->path, item->version);
  g_clear_object (&item->layout);
}

/* A later folder's layout takes the place of an earlier one's with the same id and version; a file
 * that was not loaded takes no other's place. @folder: that of all versions of the layout. */
static void
add_item (PltLayoutShelf     *self,
          PltLayoutShelfItem *item,
          const char         *folder)
{
  for (guint i = 0; item->layout != NULL && i < self->items->len; i++)
    {
      const PltLayoutShelfItem *old = g_ptr_array_index (self->items, i);

      if (old->layout == NULL || old->version != item->version || !g_str_equal (old->id, item->id))
        continue;
      if (g_str_has_prefix (old->path, folder))
        refuse_twin (item, old);
      else
        g_ptr_array_remove_index (self->items, i);
      break;
    }
  g_ptr_array_add (self->items, item);
}

/* The folders must say what the file says, or a look-up by eye would find the wrong one. */
static void
check_folder (PltLayoutShelfItem *item,
              const char         *id,
              int                 version)
{
  if (item->layout == NULL)
    return;
  if (!g_str_equal (plt_layout_get_id (item->layout), id)
      || (version > 0 && plt_layout_get_version (item->layout) != version))
    {
      /* Translators: a file, then the id and the number of the version that it holds. */
      g_set_error (&item->error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
                   _("The layout was not loaded: %s holds “%s”, version %d. Its folder must have "
                     "the same name."),
                   item->path, plt_layout_get_id (item->layout),
                   plt_layout_get_version (item->layout));
      g_clear_object (&item->layout);
      return;
    }
  item->version = plt_layout_get_version (item->layout);
}

/* @folder: of the layout, where the file or a folder for each version lies; with a slash at its end. */
static void
load_item (PltLayoutShelf *self,
           const char     *folder,
           const char     *place,
           const char     *id,
           int             version)
{
  g_autofree char *path = g_build_filename (folder, place, "layout.json", NULL);
  PltLayoutShelfItem *item;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  item = g_new0 (PltLayoutShelfItem, 1);
  item->id = g_strdup (id);
  item->version = version;
  item->layout = plt_layout_new_from_file (path, &item->error);
  item->path = g_steal_pointer (&path);
  check_folder (item, id, version);
  add_item (self, item, folder);
}

/* 0 when @name is no number of a version. */
static int
parse_version (const char *name)
{
  guint64 number = 0;

  return *name != '0' && g_ascii_string_to_unsigned (name, 10, 1, 1000000, &number, NULL)
         ? (int) number : 0;
}

static void
load_versions (PltLayoutShelf *self,
               const char     *folder,
               const char     *id)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      int version = parse_version (name);

      if (version > 0)
        load_item (self, folder, name, id, version);
    }
}

/* All versions of @id in @folder. */
static void
load_layout (PltLayoutShelf *self,
             const char     *folder,
             const char     *id)
{
  g_autofree char *path = g_build_filename (folder, id, G_DIR_SEPARATOR_S, NULL);

  load_item (self, path, "", id, 0);
  load_versions (self, path, id);
}

static void
load_folder (PltLayoutShelf *self,
             const char     *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    load_layout (self, folder, name);
}

static gboolean
fail_not_found (PltLayoutShelf  *self,
                const char      *id,
                int              version,
                GError         **error)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const PltLayoutShelfItem *item = g_ptr_array_index (self->items, i);

      if (item->error != NULL && g_str_equal (item->id, id)
          && (version == 0 || item->version == 0 || item->version == version))
        {
          g_propagate_error (error, g_error_copy (item->error));
          return FALSE;
        }
    }
  if (version > 0)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_NOT_VALID,
                 _("There is no layout “%s”, version %d, in the folders of this office. Ask the "
                   "administrator to put it there."), id, version);
  else
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_NOT_VALID,
                 _("There is no layout “%s” in the folders of this office. Ask the administrator "
                   "to put it there."), id);
  return FALSE;
}

static gboolean
fail_not_valid (PltLayout    *layout,
                const GDate  *date,
                GError      **error)
{
  GDate *from = plt_layout_get_valid_from (layout);
  gboolean is_early = from != NULL && g_date_compare (date, from) < 0;
  GDate *bound = is_early ? from : plt_layout_get_valid_to (layout);
  char day[16];

  g_date_strftime (day, sizeof day, "%d.%m.%Y", bound);
  if (is_early)
    /* Translators: a layout's title, its version and the first day on which it may be used. */
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_NOT_VALID,
                 _("The layout “%s”, version %d, cannot be used before %s. Choose another one."),
                 plt_layout_get_title (layout), plt_layout_get_version (layout), day);
  else
    /* Translators: a layout's title, its version and the last day on which it might be used. */
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_NOT_VALID,
                 _("The layout “%s”, version %d, could be used until %s only. Choose another one."),
                 plt_layout_get_title (layout), plt_layout_get_version (layout), day);
  return FALSE;
}

/* Loads what is in @folders, a NULL-terminated list; a folder that does not exist is empty. */
PltLayoutShelf *
plt_layout_shelf_new (const char *const *folders)
{
  PltLayoutShelf *self = g_object_new (PLT_TYPE_LAYOUT_SHELF, NULL);

  g_return_val_if_fail (folders != NULL, NULL);

  for (gsize i = 0; folders[i] != NULL; i++)
    load_folder (self, folders[i]);
  g_ptr_array_sort (self->items, compare_items);
  return self;
}

/* Loads what @folders have under @id alone, in all its versions: each other layout would cost as much
 * as the one that is wanted. What is found of @id is the same as on the whole shelf. */
PltLayoutShelf *
plt_layout_shelf_new_for (const char *const *folders,
                          const char        *id)
{
  PltLayoutShelf *self = g_object_new (PLT_TYPE_LAYOUT_SHELF, NULL);

  g_return_val_if_fail (folders != NULL && id != NULL, NULL);

  for (gsize i = 0; folders[i] != NULL && *id != '.' && strchr (id, G_DIR_SEPARATOR) == NULL; i++)
    load_layout (self, folders[i], id);
  g_ptr_array_sort (self->items, compare_items);
  return self;
}

guint
plt_layout_shelf_get_n_items (PltLayoutShelf *self)
{
  g_return_val_if_fail (PLT_IS_LAYOUT_SHELF (self), 0);

  return self->items->len;
}

/* Returns: (transfer none): by id, then version. */
const PltLayoutShelfItem *
plt_layout_shelf_get_item (PltLayoutShelf *self,
                           guint           index)
{
  g_return_val_if_fail (PLT_IS_LAYOUT_SHELF (self) && index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}

/* @version 0: the newest that is valid on @date. @date NULL: on any day, as an issued card is drawn
 * again. Errors: NOT_VALID; that of the file when it was not loaded. Returns: (transfer full)
 * (nullable) */
PltLayout *
plt_layout_shelf_find (PltLayoutShelf  *self,
                       const char      *id,
                       int              version,
                       const GDate     *date,
                       GError         **error)
{
  PltLayout *last = NULL;

  g_return_val_if_fail (PLT_IS_LAYOUT_SHELF (self) && id != NULL && version >= 0, NULL);

  for (guint i = self->items->len; i > 0; i--)
    {
      const PltLayoutShelfItem *item = g_ptr_array_index (self->items, i - 1);

      if (item->layout == NULL || !g_str_equal (item->id, id)
          || (version > 0 && item->version != version))
        continue;
      if (date == NULL || plt_layout_is_valid_on (item->layout, date))
        return g_object_ref (item->layout);
      if (last == NULL)
        last = item->layout;
    }
  if (last != NULL)
    fail_not_valid (last, date, error);
  else
    fail_not_found (self, id, version, error);
  return NULL;
}
