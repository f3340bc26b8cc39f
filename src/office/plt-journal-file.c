/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes the file of a journal. A record is written by one call, which the end of the program
 * cannot undo; only a power cut can, and therefore the disk is told within moments. */
#include "plt-journal-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "plt-journal.h"
#include "plt-office-error-private.h"
#include "plt-sealed.h"

#define MAGIC "PltJ1 "
#define HEADER_LENGTH (sizeof MAGIC - 1 + 36 + 1)
#define MAX_RECORD (1 << 20)
#define KEEP_S (30 * 24 * 3600)
#define RECORD_TYPE "(ysussi)"

struct _PltJournalFile
{
  int     fd;
  char   *path;
  GBytes *key;
  char   *key_id;
  guint64 n_records;
  int     flushing; /* atomic: a thread is at it */
  int     dirty;    /* atomic */
};

static void
file_clear (PltJournalFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_bytes_unref (self->key);
  g_free (self->key_id);
}

void
plt_journal_file_unref (PltJournalFile *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) file_clear);
}

static gboolean
fail (int       code,
      GError  **error)
{
  g_propagate_error (error,
                     plt_office_error_new (PLT_OFFICE_ERROR_SETUP, NULL,
                                           _("What you type is not kept on this computer: %s. It is saved"
                                             " in the database as long as that can be reached. Tell an"
                                             " administrator."), g_strerror (code)));
  return FALSE;
}

/* Two applications, two keys and two places in a file have nothing in common. */
static GBytes *
describe_place (PltJournalFile *self,
                guint64         index)
{
  g_autofree char *text = g_strdup_printf ("%s%s %" G_GUINT64_FORMAT, MAGIC, self->key_id, index);

  return g_bytes_new (text, strlen (text));
}

static GBytes *
pack (const PltJournalRecord *record)
{
  g_autoptr (GVariant) variant
      = g_variant_ref_sink (g_variant_new (RECORD_TYPE, (guint8) record->kind, record->field, record->position,
                                           record->removed, record->inserted, record->cursor));

  return g_variant_get_data_as_bytes (variant);
}

static void
tell (GBytes         *plain,
      PltJournalRead  read,
      gpointer        user_data)
{
  g_autoptr (GVariant) variant
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (RECORD_TYPE), plain, FALSE));
  guint8 kind;
  PltJournalRecord record;

  g_variant_get (variant, "(y&su&s&si)", &kind, &record.field, &record.position, &record.removed,
                 &record.inserted, &record.cursor);
  record.kind = (PltJournalKind) kind;
  read (&record, user_data);
}

gboolean
plt_journal_file_append (PltJournalFile          *self,
                         const PltJournalRecord  *record,
                         GError                 **error)
{
  g_autoptr (GBytes) plain = pack (record);
  g_autoptr (GBytes) about = describe_place (self, self->n_records);
  g_autoptr (GBytes) sealed = plt_sealed_new (self->key, about, plain, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  off_t end = lseek (self->fd, 0, SEEK_END);
  guint32 length;

  if (sealed == NULL)
    return FALSE;
  length = GUINT32_TO_LE ((guint32) g_bytes_get_size (sealed));
  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, g_bytes_get_data (sealed, NULL), (guint) g_bytes_get_size (sealed));
  ssize_t written = write (self->fd, bytes->data, bytes->len);
  if (written != (ssize_t) bytes->len)
    {
      int code = written < 0 ? errno : ENOSPC;

      /* Half a record would end the journal here for good. */
      if (written > 0 && ftruncate (self->fd, end) != 0)
        g_info ("A journal has half a record at its end: %s", g_strerror (errno));
      return fail (code, error);
    }
  self->n_records++;
  g_atomic_int_set (&self->dirty, TRUE);
  return TRUE;
}

static gboolean
flush (PltJournalFile  *self,
       GError         **error)
{
  g_atomic_int_set (&self->dirty, FALSE);
  return fdatasync (self->fd) == 0 || fail (errno, error);
}

static void
flush_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  PltJournalFile *self = task_data;
  g_autoptr (GError) error = NULL;

  while (g_atomic_int_get (&self->dirty))
    if (!flush (self, &error))
      {
        g_info ("A journal was not flushed: %s", error->message);
        break;
      }
  g_atomic_int_set (&self->flushing, FALSE);
  g_task_return_boolean (task, TRUE);
}

void
plt_journal_file_flush_soon (PltJournalFile *self)
{
  g_autoptr (GTask) task = NULL;

  if (!g_atomic_int_get (&self->dirty) || !g_atomic_int_compare_and_exchange (&self->flushing, FALSE, TRUE))
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self), (GDestroyNotify) plt_journal_file_unref);
  g_task_run_in_thread (task, flush_in_thread);
}

void
plt_journal_file_remove (PltJournalFile *self)
{
  g_unlink (self->path);
}

/* The name says neither who nor what. */
static char *
find_path (const char *folder,
           const char *key_id,
           GBytes     *key,
           const char *number)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *name = NULL;

  g_checksum_update (sum, g_bytes_get_data (key, NULL), (gssize) g_bytes_get_size (key));
  g_checksum_update (sum, (const guchar *) key_id, -1);
  g_checksum_update (sum, (const guchar *) number, -1);
  name = g_strdup_printf ("%.32s.journal", g_checksum_get_string (sum));
  return g_build_filename (folder, name, NULL);
}

/* Returns: how long what was read is, in bytes; 0 when it is no journal of this key. */
static gsize
read_records (PltJournalFile *self,
              const char     *contents,
              gsize           length,
              PltJournalRead  read,
              gpointer        user_data)
{
  g_autofree char *header = g_strdup_printf ("%s%s\n", MAGIC, self->key_id);
  gsize at = HEADER_LENGTH;

  if (length < at || memcmp (contents, header, at) != 0)
    return 0;
  while (length - at >= sizeof (guint32))
    {
      g_autoptr (GBytes) sealed = NULL;
      g_autoptr (GBytes) about = describe_place (self, self->n_records);
      g_autoptr (GBytes) plain = NULL;
      guint32 size;

      memcpy (&size, contents + at, sizeof size);
      size = GUINT32_FROM_LE (size);
      if (size > MAX_RECORD || size > length - at - sizeof size)
        break;
      sealed = g_bytes_new_static (contents + at + sizeof size, size);
      plain = plt_sealed_open (self->key, about, sealed, NULL);
      if (plain == NULL)
        break;
      if (read != NULL)
        tell (plain, read, user_data);
      self->n_records++;
      at += sizeof size + size;
    }
  return at;
}

static gboolean
begin (PltJournalFile  *self,
       const char      *number,
       GError         **error)
{
  g_autofree char *header = g_strdup_printf ("%s%s\n", MAGIC, self->key_id);
  PltJournalRecord record = { PLT_JOURNAL_NUMBER, (char *) number, 0, (char *) "", (char *) "", -1 };

  if (ftruncate (self->fd, 0) != 0 || write (self->fd, header, HEADER_LENGTH) != (ssize_t) HEADER_LENGTH)
    return fail (errno, error);
  return plt_journal_file_append (self, &record, error);
}

static PltJournalFile *
file_new (const char *key_id,
          GBytes     *key)
{
  PltJournalFile *self = g_atomic_rc_box_new0 (PltJournalFile);

  self->fd = -1;
  self->key = g_bytes_ref (key);
  self->key_id = g_strdup (key_id);
  return self;
}

PltJournalFile *
plt_journal_file_open (const char      *folder,
                       const char      *key_id,
                       GBytes          *key,
                       const char      *number,
                       PltJournalRead   read,
                       gpointer         user_data,
                       GError         **error)
{
  PltJournalFile *self = file_new (key_id, key);
  g_autofree char *contents = NULL;
  gsize length = 0;
  gsize good = 0;

  self->path = find_path (folder, key_id, key, number);
  if (g_mkdir_with_parents (folder, 0700) != 0
      || (self->fd = open (self->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600)) < 0)
    {
      fail (errno, error);
      plt_journal_file_unref (self);
      return NULL;
    }
  if (g_file_get_contents (self->path, &contents, &length, NULL))
    good = read_records (self, contents, length, read, user_data);
  if (self->n_records == 0 ? !begin (self, number, error)
                           : good < length && ftruncate (self->fd, (off_t) good) != 0 && !fail (errno, error))
    {
      plt_journal_file_unref (self);
      return NULL;
    }
  return self;
}

/* ---- what lies there ---- */

typedef struct
{
  char    *number;
  gboolean has_edits;
  gboolean left;
} Seen;

static void
see_record (const PltJournalRecord *record,
            gpointer                user_data)
{
  Seen *seen = user_data;
  gboolean edits = record->kind == PLT_JOURNAL_EDIT || record->kind == PLT_JOURNAL_MERGED;

  if (record->kind == PLT_JOURNAL_NUMBER && seen->number == NULL)
    seen->number = g_strdup (record->field);
  seen->has_edits = seen->has_edits || edits;
  seen->left = record->kind == PLT_JOURNAL_LEFT || (seen->left && !edits);
}

/* (transfer full): the number of an application that was left by accident, or NULL */
static char *
find_broken (const char *path,
             const char *key_id,
             GBytes     *key)
{
  PltJournalFile *file = file_new (key_id, key);
  g_autofree char *contents = NULL;
  gsize length = 0;
  Seen seen = { NULL, FALSE, FALSE };

  if (g_file_get_contents (path, &contents, &length, NULL))
    read_records (file, contents, length, see_record, &seen);
  plt_journal_file_unref (file);
  if (seen.has_edits && !seen.left)
    return seen.number;
  g_free (seen.number);
  return NULL;
}

typedef struct
{
  char   *number;
  GStatBuf info;
} Found;

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *one = *(Found *const *) a;
  const Found *other = *(Found *const *) b;
  gint64 first = one->info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + one->info.st_mtim.tv_nsec;
  gint64 second = other->info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + other->info.st_mtim.tv_nsec;

  return first < second ? 1 : first > second ? -1 : 0;
}

char **
plt_journal_list_broken (const char *folder,
                         const char *key_id,
                         GBytes     *key)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *numbers = g_ptr_array_new ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (!g_str_has_suffix (name, ".journal") || g_lstat (path, &info) != 0)
        continue;
      if (info.st_mtime < time (NULL) - KEEP_S)
        g_unlink (path);
      else
        {
          g_autofree char *number = find_broken (path, key_id, key);

          if (number != NULL)
            {
              Found *one = g_new (Found, 1);

              one->number = g_steal_pointer (&number);
              one->info = info;
              g_ptr_array_add (found, one);
            }
        }
    }
  g_ptr_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (numbers, ((Found *) found->pdata[i])->number);
  g_ptr_array_add (numbers, NULL);
  return (char **) g_ptr_array_free (numbers, FALSE);
}
