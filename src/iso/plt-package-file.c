/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a personalisation package: the manifest and its signature first, then the files of each card.
 * What does not agree with the manifest is not written. */
#include "plt-package-file.h"

#include "plt-archive.h"
#include "plt-cms.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _PltPackageWriter
{
  PltArchiveWriter *archive;
  PltPackage *package;
  guint n_written; /* jobs */
};

/* Returns: (transfer full) (nullable) */
GBytes *
plt_package_sign (const char    *manifest,
                  PltIssuerKey  *key,
                  GError       **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (manifest, strlen (manifest));

  return plt_cms_sign_detached (bytes, key, error);
}

/**
 * plt_package_writer_new:
 * @manifest: as plt_package_to_json() made it
 * @signature: of it
 * @error: %G_FILE_ERROR
 *
 * Returns: (transfer full) (nullable)
 */
PltPackageWriter *
plt_package_writer_new (const char  *path,
                        const char  *manifest,
                        GBytes      *signature,
                        GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (manifest, strlen (manifest));
  g_autoptr (PltPackageWriter) self = g_new0 (PltPackageWriter, 1);

  self->package = plt_package_new_from_json (bytes, error);
  if (self->package == NULL)
    return NULL;
  self->archive = plt_archive_writer_new (path, error);
  if (self->archive == NULL ||
      !plt_archive_writer_add (self->archive, PLT_PACKAGE_MANIFEST, bytes, error) ||
      !plt_archive_writer_add (self->archive, PLT_PACKAGE_SIGNATURE, signature, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
is_same (const PltPackageFile *a,
         const PltPackageFile *b)
{
  return g_str_equal (a->path, b->path) && g_str_equal (a->sha256, b->sha256) && a->size == b->size;
}

static gboolean
agrees (const PltPackageJob *job,
        const PltPackageJob *listed)
{
  if (!g_str_equal (job->card, listed->card) || job->files->len != listed->files->len)
    return FALSE;
  for (guint i = 0; i < job->files->len; i++)
    if (!is_same (job->files->pdata[i], listed->files->pdata[i]))
      return FALSE;
  return TRUE;
}

/**
 * plt_package_writer_add:
 * @job: the next of the manifest, its files at hand
 * @error: %PLT_ISO_ERROR_INVALID where it is not what the manifest says
 */
gboolean
plt_package_writer_add (PltPackageWriter     *self,
                        const PltPackageJob  *job,
                        GError              **error)
{
  const PltPackageJob *listed = self->n_written < self->package->jobs->len
                                  ? self->package->jobs->pdata[self->n_written] : NULL;

  if (listed == NULL || !agrees (job, listed))
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                   _("The package was not written, because the files of card %s are not those that its manifest names. "
                     "Show it to an administrator."), job->card);
      return FALSE;
    }
  self->n_written++;
  for (guint i = 0; i < job->files->len; i++)
    {
      const PltPackageFile *file = job->files->pdata[i];

      if (!plt_archive_writer_add (self->archive, file->path, file->bytes, error))
        return FALSE;
    }
  return TRUE;
}

/* As plt_archive_writer_end(), when every card has been added. */
gboolean
plt_package_writer_end (PltPackageWriter  *self,
                        char             **sha256,
                        GError           **error)
{
  g_return_val_if_fail (self->n_written == self->package->jobs->len, FALSE);

  return plt_archive_writer_end (self->archive, sha256, error);
}

gboolean
plt_package_writer_keep (PltPackageWriter  *self,
                         GError           **error)
{
  return plt_archive_writer_keep (self->archive, error);
}

void
plt_package_writer_free (PltPackageWriter *self)
{
  g_clear_pointer (&self->archive, plt_archive_writer_free);
  g_clear_pointer (&self->package, plt_package_free);
  g_free (self);
}
