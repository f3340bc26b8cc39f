/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares all records of a register's file with one another. */
#include "plt-duplicate-scan.h"

#include "plt-office-error.h"

#include <glib/gi18n-lib.h>

#define TELL_EVERY 4096

typedef struct
{
  PltRecordFile  *file;
  GError        **error;
} Fetch;

void
plt_duplicate_scan_free (PltDuplicateScan *self)
{
  g_clear_pointer (&self->pairs, g_array_unref);
  g_free (self);
}

static PltPersonRecord *
fetch_cb (guint    position,
          gpointer user_data)
{
  Fetch *fetch = user_data;

  return plt_record_file_read (fetch->file, position, fetch->error);
}

static gboolean
add_all (PltDuplicateIndex     *index,
         PltRecordFile         *file,
         PltDuplicateScanTold   told,
         gpointer               user_data,
         GError               **error)
{
  guint n = plt_record_file_get_n (file);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PltPersonRecord) record = plt_record_file_read (file, i, error);

      if (record == NULL)
        return FALSE;
      plt_duplicate_index_add (index, record);
      if (told != NULL && (i + 1) % TELL_EVERY == 0)
        told (i + 1, n, user_data);
    }

  return TRUE;
}

PltDuplicateScan *
plt_duplicate_scan_run (PltRecordFile         *file,
                        PltDuplicateScanTold   told,
                        gpointer               user_data,
                        GError               **error)
{
  g_autoptr (PltDuplicateScan) self = g_new0 (PltDuplicateScan, 1);
  g_autoptr (PltDuplicateIndex) index = plt_duplicate_index_new ();
  Fetch fetch = { file, error };

  if (!add_all (index, file, told, user_data, error))
    return NULL;
  self->pairs = plt_duplicate_index_find (index, fetch_cb, &fetch, &self->effort);
  if (self->pairs != NULL)
    return g_steal_pointer (&self);
  if (self->effort.too_many)
    g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                         _("The comparison was given up, because a million pairs of records are "
                           "alike: this file seems to have the same persons several times. Give "
                           "each person’s present record only."));

  return NULL;
}
