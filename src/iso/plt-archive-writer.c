/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a ZIP archive that is in its place when it is whole. */
#include "plt-archive.h"

#include "plt-new-file.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <unistd.h>

struct _PltArchiveWriter
{
  struct archive *archive;
  GChecksum *checksum;
  char *path;
  PltNewFile *file;
};

static gboolean
fail (PltArchiveWriter  *self,
      int                code,
      GError           **error)
{
  return plt_new_file_fail (self->path, code, error);
}

static la_ssize_t
write_cb (struct archive *archive,
          void           *user_data,
          const void     *data,
          size_t          length)
{
  PltArchiveWriter *self = user_data;
  ssize_t n;

  do
    n = write (plt_new_file_get_fd (self->file), data, length);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    archive_set_error (archive, errno, "write");
  else
    g_checksum_update (self->checksum, data, n);
  return n;
}

/**
 * plt_archive_writer_new:
 * @path: where it will be; readable for nobody else
 * @error: %G_FILE_ERROR
 *
 * Returns: (transfer full) (nullable)
 */
PltArchiveWriter *
plt_archive_writer_new (const char  *path,
                        GError     **error)
{
  g_autoptr (PltArchiveWriter) self = g_new0 (PltArchiveWriter, 1);

  self->path = g_strdup (path);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->file = plt_new_file_begin (path, 0600, error);
  if (self->file == NULL)
    return NULL;
  self->archive = archive_write_new ();
  if (archive_write_set_format_zip (self->archive) == ARCHIVE_OK &&
      archive_write_set_options (self->archive, "zip:compression=store") == ARCHIVE_OK &&
      archive_write_set_bytes_in_last_block (self->archive, 1) == ARCHIVE_OK &&
      archive_write_open (self->archive, self, NULL, write_cb, NULL) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  fail (self, archive_errno (self->archive), error);
  return NULL;
}

/* @name: relative, with “/” */
gboolean
plt_archive_writer_add (PltArchiveWriter  *self,
                        const char        *name,
                        GBytes            *bytes,
                        GError           **error)
{
  struct archive_entry *entry = archive_entry_new2 (self->archive);
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);
  gboolean added;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, (la_int64_t) length);
  added = archive_write_header (self->archive, entry) == ARCHIVE_OK &&
          (length == 0 || archive_write_data (self->archive, data, length) == (la_ssize_t) length);
  archive_entry_free (entry);
  return added || fail (self, archive_errno (self->archive), error);
}

/**
 * plt_archive_writer_end:
 * @sha256: (out) (transfer full): hex, of the whole archive
 *
 * The archive is whole and on the disk, but not yet in its place.
 */
gboolean
plt_archive_writer_end (PltArchiveWriter  *self,
                        char             **sha256,
                        GError           **error)
{
  if (archive_write_close (self->archive) != ARCHIVE_OK)
    return fail (self, archive_errno (self->archive), error);
  if (!plt_new_file_end (self->file, error))
    return FALSE;
  *sha256 = g_strdup (g_checksum_get_string (self->checksum));
  return TRUE;
}

/* Puts it in its place, after the end. */
gboolean
plt_archive_writer_keep (PltArchiveWriter  *self,
                         GError           **error)
{
  return plt_new_file_keep (self->file, error);
}

void
plt_archive_writer_free (PltArchiveWriter *self)
{
  /* What was begun and not ended is nothing. */
  if (self->archive != NULL)
    {
      archive_write_fail (self->archive);
      archive_write_free (self->archive);
    }
  g_clear_pointer (&self->file, plt_new_file_free);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_free (self->path);
  g_free (self);
}
