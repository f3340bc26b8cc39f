/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profiles of an office: those that ship, and the administrator's own over them. */
#include "plt-print-profile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
static PltPrintProfile *
find_one (GPtrArray  *profiles,
          const char *model,
          const char *uri)
{
  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    if (plt_print_profile_matches (profiles->pdata[i], model, uri))
      return profiles->pdata[i];
  return NULL;
}

/* A queue without a driver has a remark behind the model: “Evolis Primacy - IPP Everywhere” (CUPS), “Evolis Primacy,
 * driverless, cups-filters 1.28.17” (cups-filters). */
static char *
dup_bare_model (const char *model)
{
  static const char *const remarks[] = { " - ipp everywhere", " ipp everywhere", ", driverless", " - driverless",
                                         " driverless", " (driverless" };
  g_autofree char *small = g_ascii_strdown (model, -1);
  gsize length = strlen (small);

  for (guint i = 0; i < G_N_ELEMENTS (remarks); i++)
    {
      const char *at = strstr (small, remarks[i]);

      if (at != NULL)
        length = MIN (length, (gsize) (at - small));
    }
  return g_strndup (model, length);
}

/* Returns: (transfer full) (nullable): of IEEE 1284, “MFG:Evolis;MDL:Primacy;” */
static char *
dup_id_value (char       **fields,
              const char  *name,
              const char  *long_name)
{
  for (guint i = 0; fields[i] != NULL; i++)
    {
      const char *field = g_strstrip (fields[i]);
      const char *colon = strchr (field, ':');
      gsize length = colon != NULL ? (gsize) (colon - field) : 0;

      if ((length == strlen (name) && g_ascii_strncasecmp (field, name, length) == 0)
          || (length == strlen (long_name) && g_ascii_strncasecmp (field, long_name, length) == 0))
        return g_strstrip (g_strdup (colon + 1));
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): maker and model, as printer-make-and-model has them */
static char *
dup_model_of_id (const char *device_id)
{
  g_auto (GStrv) fields = g_strsplit (device_id, ";", -1);
  g_autofree char *maker = dup_id_value (fields, "MFG", "MANUFACTURER");
  g_autofree char *model = dup_id_value (fields, "MDL", "MODEL");

  if (maker == NULL || model == NULL || g_ascii_strncasecmp (maker, model, strlen (maker)) == 0)
    return model != NULL ? g_steal_pointer (&model) : g_steal_pointer (&maker);
  return g_strjoin (" ", maker, model, NULL);
}

PltPrintProfile *
plt_print_profiles_find (GPtrArray  *profiles,
                         const char *model,
                         const char *device_id,
                         const char *uri)
{
  g_autofree char *bare = model != NULL ? dup_bare_model (model) : NULL;
  g_autofree char *told = device_id != NULL ? dup_model_of_id (device_id) : NULL;
  PltPrintProfile *found = find_one (profiles, bare, NULL);

  if (found == NULL && told != NULL)
    found = find_one (profiles, told, NULL);
  return found != NULL ? found : find_one (profiles, model, uri);
}
