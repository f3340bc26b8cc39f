/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a ZIP archive that anybody may have made: by its list of contents, file by file, and of each no
 * more than asked for. */
#include "plt-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define BLOCK 65536

struct _PltArchiveReader
{
  struct archive *archive;
  struct archive_entry *entry; /* NULL: at the end */
  GBytes *bytes;
};

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID, sentence);
  return FALSE;
}

gboolean
plt_archive_is_zip (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length >= 4 && (memcmp (data, "PK\x03\x04", 4) == 0 || memcmp (data, "PK\x05\x06", 4) == 0);
}

static PltArchiveReader *
new_reader (void)
{
  PltArchiveReader *self = g_new0 (PltArchiveReader, 1);

  self->archive = archive_read_new ();
  archive_read_support_format_zip_seekable (self->archive);
  return self;
}

/* Returns: (transfer full) (nullable) */
PltArchiveReader *
plt_archive_reader_new (GBytes  *bytes,
                        GError **error)
{
  g_autoptr (PltArchiveReader) self = new_reader ();
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  self->bytes = g_bytes_ref (bytes);
  if (archive_read_open_memory (self->archive, data, length) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  refuse (error, _("The archive is damaged: it has no list of its contents."));
  return NULL;
}

/* Returns: (transfer full) (nullable) */
PltArchiveReader *
plt_archive_reader_open (const char  *path,
                         GError     **error)
{
  g_autoptr (PltArchiveReader) self = new_reader ();

  if (archive_read_open_filename (self->archive, path, BLOCK) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  refuse (error, _("The archive is damaged: it has no list of its contents."));
  return NULL;
}

/* To the next file, which is none behind the last. Whatever is neither plain file nor plain of name, or is
 * encrypted, is refused: a package has no such thing. */
gboolean
plt_archive_reader_next (PltArchiveReader  *self,
                         GError           **error)
{
  int code = archive_read_next_header (self->archive, &self->entry);

  if (code == ARCHIVE_EOF)
    {
      self->entry = NULL;
      return TRUE;
    }
  if (code != ARCHIVE_OK)
    return refuse (error, _("The archive is damaged: what its list of contents names is not there."));
  if (archive_entry_is_encrypted (self->entry))
    return refuse (error, _("The archive has an encrypted file in it, which no personalisation package has."));
  if (archive_entry_filetype (self->entry) != AE_IFREG || archive_entry_hardlink (self->entry) != NULL)
    return refuse (error, _("The archive has something in it that is no plain file: a folder or a link. A personalisation "
                            "package has none. It was not unpacked."));
  if (archive_entry_pathname (self->entry) == NULL)
    return refuse (error, _("The archive has a file in it whose name cannot be read."));
  return TRUE;
}

/* (transfer none) (nullable): the name of the file at which it stands; NULL behind the last */
const char *
plt_archive_reader_get (PltArchiveReader *self)
{
  return self->entry != NULL ? archive_entry_pathname (self->entry) : NULL;
}

/**
 * plt_archive_reader_read:
 * @limit: more is not unpacked, whatever the archive says of its size
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the file at which it stands
 */
GBytes *
plt_archive_reader_read (PltArchiveReader  *self,
                         gsize              limit,
                         GError           **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK);
  la_ssize_t n;

  while ((n = archive_read_data (self->archive, block, BLOCK)) > 0)
    {
      if ((gsize) n > limit - bytes->len)
        {
          refuse (error, _("It unpacks to more than it may have."));
          return NULL;
        }
      g_byte_array_append (bytes, block, (guint) n);
    }
  if (n == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  refuse (error, _("It cannot be unpacked: it was cut or changed."));
  return NULL;
}

void
plt_archive_reader_free (PltArchiveReader *self)
{
  archive_read_free (self->archive);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}
