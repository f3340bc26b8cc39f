/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key file that an administrator writes for an office. */
#include "config.h"

#include "plt-office-config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "plt-data-folder.h"
#include "plt-office-error-private.h"

struct _PltOfficeConfig
{
  GObject parent_instance;
  char *path;         /* NULL: there is no file */
  GHashTable *values; /* "group\nkey" → value */
};

G_DEFINE_FINAL_TYPE (PltOfficeConfig, plt_office_config, G_TYPE_OBJECT)

static void
plt_office_config_finalize (GObject *object)
{
  PltOfficeConfig *self = PLT_OFFICE_CONFIG (object);

  g_free (self->path);
  g_hash_table_unref (self->values);
  G_OBJECT_CLASS (plt_office_config_parent_class)->finalize (object);
}

static void
plt_office_config_class_init (PltOfficeConfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_office_config_finalize;
}

static void
plt_office_config_init (PltOfficeConfig *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* @path, else PLATEN_CONFIG, else the system's; NULL when it was not asked for and is not there. */
static char *
find_path (const char *path)
{
  const char *given = path != NULL ? path : g_getenv ("PLATEN_CONFIG");

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  g_autofree char *system = g_build_filename (PLT_SYSCONFDIR, "platen.conf", NULL);
  return g_file_test (system, G_FILE_TEST_EXISTS) ? g_steal_pointer (&system) : NULL;
}

static void
read_group (PltOfficeConfig *self,
            GKeyFile        *file,
            const char      *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      char *value = g_key_file_get_string (file, group, keys[i], NULL);
      if (value != NULL)
        g_hash_table_insert (self->values, g_strconcat (group, "\n", keys[i], NULL), value);
    }
}

/**
 * plt_office_config_load:
 * @path: (nullable): the file; NULL for PLATEN_CONFIG, then the system's
 *
 * Returns: (transfer full): the configuration, or NULL with PLT_OFFICE_ERROR_SETUP
 */
PltOfficeConfig *
plt_office_config_load (const char  *path,
                        GError     **error)
{
  g_autoptr (PltOfficeConfig) self = g_object_new (PLT_TYPE_OFFICE_CONFIG, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  self->path = find_path (path);
  if (self->path == NULL)
    return g_steal_pointer (&self);
  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, &local_error))
    {
      /* Translators: the name of a file, then why. */
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_SETUP, NULL,
                                                      _("The configuration “%s” cannot be used: %s."
                                                        " Correct the file or name another one."),
                                                      self->path, local_error->message));
      return NULL;
    }

  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    read_group (self, file, groups[i]);
  return g_steal_pointer (&self);
}

/* Returns: (nullable): the value as it is written */
const char *
plt_office_config_get (PltOfficeConfig *self,
                       const char      *group,
                       const char      *key)
{
  g_return_val_if_fail (PLT_IS_OFFICE_CONFIG (self), NULL);
  g_autofree char *name = g_strconcat (group, "\n", key, NULL);
  return g_hash_table_lookup (self->values, name);
}

/* The folders that the group names, with ; between them; else what is installed, then the system's. */
static char **
dup_folders (PltOfficeConfig *self,
             const char      *group)
{
  const char *given = plt_office_config_get (self, group, "folder");
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (given != NULL ? given : "", ";", -1);

  for (int i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (folders, parts[i]);
  if (given != NULL)
    return g_strv_builder_end (folders);

  g_autofree char *installed = plt_data_folder_find (group);
  g_autofree char *own = g_build_filename (PLT_SYSCONFDIR, group, NULL);
  if (g_file_test (installed, G_FILE_TEST_IS_DIR))
    g_strv_builder_add (folders, installed);
  if (g_file_test (own, G_FILE_TEST_IS_DIR))
    g_strv_builder_add (folders, own);
  return g_strv_builder_end (folders);
}

char **
plt_office_config_dup_registry_folders (PltOfficeConfig *self)
{
  g_return_val_if_fail (PLT_IS_OFFICE_CONFIG (self), NULL);
  return dup_folders (self, "registries");
}

char **
plt_office_config_dup_layout_folders (PltOfficeConfig *self)
{
  g_return_val_if_fail (PLT_IS_OFFICE_CONFIG (self), NULL);
  return dup_folders (self, "layouts");
}

char **
plt_office_config_dup_printer_folders (PltOfficeConfig *self)
{
  g_return_val_if_fail (PLT_IS_OFFICE_CONFIG (self), NULL);
  return dup_folders (self, "printers");
}

const char *
plt_office_config_get_path (PltOfficeConfig *self)
{
  g_return_val_if_fail (PLT_IS_OFFICE_CONFIG (self), NULL);
  return self->path;
}
