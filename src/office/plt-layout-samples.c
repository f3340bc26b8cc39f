/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records layouts are tried on, wherever that is done. */
#include "plt-layout-samples.h"

#include "plt-card-sample.h"
#include "plt-data-folder.h"

/**
 * plt_layout_samples_read:
 * @folders: of layouts, as the configuration names them
 *
 * The records on which layouts are tried: those of the programme, and what lies in a folder `proof` in any
 * of @folders; a later one takes the place of its like.
 *
 * Returns: (element-type PltCardSample) (transfer full) (nullable): see plt_card_samples_read_all()
 */
GPtrArray *
plt_layout_samples_read (const char *const  *folders,
                         GError            **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (folders != NULL, NULL);

  g_ptr_array_add (paths, plt_data_folder_find ("layouts/proof"));
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (folders[i], "proof", NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (paths, g_steal_pointer (&folder));
    }
  g_ptr_array_add (paths, NULL);
  return plt_card_samples_read_all ((const char *const *) paths->pdata, error);
}
