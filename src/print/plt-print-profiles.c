/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profiles of an office: those that ship, and the administrator's own over them. */
#include "plt-print-profile.h"

#include <glib/gi18n-lib.h>

#include "plt-printer.h"
#include "plt-profile-text.h"

static gboolean
list_folder (const char  *folder,
             GHashTable  *paths,
             GError     **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &fault);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_PROFILE,
                   /* Translators: a folder, then what is wrong with it. */
                   _("No card can be printed, because the folder of printer profiles “%s” cannot be "
                     "read: %s"), folder, fault->message);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".ini") && name[0] != '.')
      g_hash_table_replace (paths, g_strdup (name), g_build_filename (folder, name, NULL));
  return TRUE;
}

char **
plt_print_profiles_list (const char *const  *folders,
                         GError            **error)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_autoptr (GList) names = NULL;

  for (guint i = 0; folders != NULL && folders[i] != NULL; i++)
    if (!list_folder (folders[i], paths, error))
      return NULL;
  names = g_list_sort (g_hash_table_get_keys (paths), (GCompareFunc) g_strcmp0);
  for (GList *at = names; at != NULL; at = at->next)
    g_strv_builder_add (list, g_hash_table_lookup (paths, at->data));
  return g_strv_builder_end (list);
}

/* Returns: (transfer full) (nullable): NULL when the file itself cannot be read, which is a fault */
static PltPrintProfile *
read_file (const char *path,
           GPtrArray  *faults)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = g_path_get_basename (path);
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &problem))
    {
      plt_profile_faults_add (faults, 0, "%s", problem->message);
      return NULL;
    }
  return plt_print_profile_read (name, text, length, faults);
}

GPtrArray *
plt_print_profiles_check (const char *path)
{
  GPtrArray *faults = plt_profile_faults_new ();
  g_autoptr (PltPrintProfile) profile = read_file (path, faults);

  return faults;
}

/* The first fault, since one must be corrected anyway; platenctl tells all. */
static void
set_fault (const char             *path,
           const PltProfileFault  *fault,
           GError                **error)
{
  if (fault->line > 0)
    g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_PROFILE,
                 _("No card can be printed, because the printer profile “%s” is not right in line %u: "
                   "%s. Correct it; “platenctl printer check-profiles” tells all."), path,
                 fault->line, fault->words);
  else
    g_set_error (error, PLT_PRINT_ERROR, PLT_PRINT_ERROR_PROFILE,
                 _("No card can be printed, because the printer profile “%s” is not right: %s. Correct "
                   "it; “platenctl printer check-profiles” tells all."), path, fault->words);
}

GPtrArray *
plt_print_profiles_load (const char *const  *folders,
                         GError            **error)
{
  g_auto (GStrv) paths = plt_print_profiles_list (folders, error);
  g_autoptr (GPtrArray) profiles =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plt_print_profile_unref);

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) faults = plt_profile_faults_new ();
      PltPrintProfile *profile = read_file (paths[i], faults);

      if (profile != NULL)
        g_ptr_array_add (profiles, profile);
      if (faults->len > 0)
        {
          set_fault (paths[i], faults->pdata[0], error);
          return NULL;
        }
    }
  return paths != NULL ? g_steal_pointer (&profiles) : NULL;
}

/* The first by file name that fits. */
PltPrintProfile *
plt_print_profiles_find (GPtrArray  *profiles,
                         const char *model,
                         const char *uri)
{
  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    if (plt_print_profile_matches (profiles->pdata[i], model, uri))
      return profiles->pdata[i];
  return NULL;
}
