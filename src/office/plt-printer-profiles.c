/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks profiles of printers for who writes them. */
#include "plt-printer-profiles.h"

#include "plt-office-config.h"
#include "plt-office-private.h"
#include "plt-print-profile.h"

static void
fault_free (gpointer data)
{
  PltPrinterProfileFault *fault = data;

  g_free (fault->file);
  g_free (fault->words);
  g_free (fault);
}

static void
check_file (const char *file,
            GPtrArray  *all)
{
  g_autoptr (GPtrArray) faults = plt_print_profiles_check (file);

  for (guint i = 0; i < faults->len; i++)
    {
      const PltProfileFault *fault = faults->pdata[i];
      PltPrinterProfileFault *copy = g_new0 (PltPrinterProfileFault, 1);

      copy->file = g_strdup (file);
      copy->line = fault->line;
      copy->words = g_strdup (fault->words);
      g_ptr_array_add (all, copy);
    }
}

GPtrArray *
plt_printer_profiles_check (PltOffice          *office,
                            const char *const  *files,
                            guint              *n_files,
                            GError            **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (fault_free);
  g_auto (GStrv) folders = NULL;
  g_auto (GStrv) paths = NULL;
  GError *problem = NULL;

  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);

  if (files != NULL && files[0] != NULL)
    paths = g_strdupv ((char **) files);
  else
    {
      folders = plt_office_config_dup_printer_folders (plt_office_get_config (office));
      paths = plt_print_profiles_list ((const char *const *) folders, &problem);
    }
  if (paths == NULL)
    {
      g_propagate_error (error, plt_office_take_error (office, problem));
      return NULL;
    }
  for (guint i = 0; paths[i] != NULL; i++)
    check_file (paths[i], all);
  *n_files = g_strv_length (paths);
  return g_steal_pointer (&all);
}
