/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps what is typed: the steps that can be undone, the values, and the place, each change a record. */
#include "plt-journal.h"

#include "plt-journal-file.h"

#include <string.h>

/* Letters that come sooner than this after one another are undone together, up to the end of a word. */
#define ONE_STEP_US (2 * G_USEC_PER_SEC)

struct _PltJournal
{
  GObject         parent_instance;

  PltJournalFile *file;    /* NULL once it was removed */
  GPtrArray      *steps;   /* PltJournalStep, oldest first */
  guint           done;    /* how many of them are not undone */
  GHashTable     *values;  /* field → value here */
  GHashTable     *saved;   /* field → value in the database */
  char           *place;   /* NULL: nowhere */
  int             cursor;
  gboolean        left;    /* on purpose */
  gboolean        broken;  /* when it was opened */
  gboolean        step_ended;
  gint64          edited_at; /* monotonic */
  guint           flush_id;
};

G_DEFINE_FINAL_TYPE (PltJournal, plt_journal, G_TYPE_OBJECT)

void
plt_journal_step_free (PltJournalStep *self)
{
  g_free (self->field);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static PltJournalStep *
step_new (const char *field,
          const char *before,
          const char *after,
          int         cursor)
{
  PltJournalStep *self = g_new0 (PltJournalStep, 1);

  self->field = g_strdup (field);
  self->before = g_strdup (before);
  self->after = g_strdup (after);
  self->cursor = cursor;
  return self;
}

static gboolean
flush_cb (gpointer user_data)
{
  PltJournal *self = user_data;

  self->flush_id = 0;
  if (self->file != NULL)
    plt_journal_file_flush_soon (self->file);
  return G_SOURCE_REMOVE;
}

static gboolean
write_record (PltJournal        *self,
              PltJournalRecord  *record,
              GError           **error)
{
  if (self->file == NULL)
    return TRUE;
  if (!plt_journal_file_append (self->file, record, error))
    return FALSE;
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add (PLT_JOURNAL_FLUSH_MS, flush_cb, self);
  return TRUE;
}

/* What matters only for comfort: that it was not kept is logged, and told with the next letter. */
static void
write_lightly (PltJournal       *self,
               PltJournalRecord *record)
{
  g_autoptr (GError) error = NULL;

  if (!write_record (self, record, &error))
    g_info ("A journal was not written: %s", error->message);
}

/* ---- what a record does, whether it is made now or read ---- */

static void
put (GHashTable *table,
     const char *field,
     const char *value)
{
  g_hash_table_insert (table, g_strdup (field), g_strdup (value));
}

static void
do_edit (PltJournal             *self,
         const PltJournalRecord *record)
{
  const char *now = g_hash_table_lookup (self->values, record->field);
  gsize length = now != NULL ? strlen (now) : 0;
  gsize end = record->position + strlen (record->removed);
  g_autofree char *before = g_strdup (now != NULL ? now : "");
  g_autofree char *after = NULL;
  PltJournalStep *last;

  if (end > length)
    return;
  after = g_strdup_printf ("%.*s%s%s", (int) record->position, before, record->inserted, before + end);
  g_ptr_array_set_size (self->steps, (int) self->done);
  last = self->done > 0 ? self->steps->pdata[self->done - 1] : NULL;
  if (record->kind == PLT_JOURNAL_MERGED && last != NULL && g_str_equal (last->field, record->field))
    {
      g_free (last->after);
      last->after = g_strdup (after);
      last->cursor = record->cursor;
    }
  else
    {
      g_ptr_array_add (self->steps, step_new (record->field, before, after, record->cursor));
      self->done++;
    }
  put (self->values, record->field, after);
  g_free (self->place);
  self->place = g_strdup (record->field);
  self->cursor = record->cursor;
}

static void
do_undo (PltJournal *self)
{
  PltJournalStep *step;

  if (self->done == 0)
    return;
  step = self->steps->pdata[--self->done];
  put (self->values, step->field, step->before);
}

static void
do_redo (PltJournal *self)
{
  PltJournalStep *step;

  if (self->done >= self->steps->len)
    return;
  step = self->steps->pdata[self->done++];
  put (self->values, step->field, step->after);
}

static void
do_record (const PltJournalRecord *record,
           gpointer                user_data)
{
  PltJournal *self = user_data;

  self->left = record->kind == PLT_JOURNAL_LEFT
               || (self->left && record->kind != PLT_JOURNAL_EDIT && record->kind != PLT_JOURNAL_MERGED);
  switch (record->kind)
    {
    case PLT_JOURNAL_BASE:
      put (self->values, record->field, record->inserted);
      if (!g_hash_table_contains (self->saved, record->field))
        put (self->saved, record->field, record->inserted);
      break;
    case PLT_JOURNAL_EDIT:
    case PLT_JOURNAL_MERGED:
      do_edit (self, record);
      break;
    case PLT_JOURNAL_UNDO:
      do_undo (self);
      break;
    case PLT_JOURNAL_REDO:
      do_redo (self);
      break;
    case PLT_JOURNAL_SAVED:
      put (self->saved, record->field, record->inserted);
      break;
    case PLT_JOURNAL_PLACE:
      g_free (self->place);
      self->place = g_strdup (record->field);
      self->cursor = record->cursor;
      break;
    case PLT_JOURNAL_LEFT:
    case PLT_JOURNAL_NUMBER:
    default:
      break;
    }
}

/* ---- what changed between two values ---- */

static gsize
find_common_start (const char *before,
                   const char *after)
{
  gsize n = 0;

  while (before[n] != '\0' && before[n] == after[n])
    n++;
  /* Never within a letter. */
  while (n > 0 && ((before[n] & 0xc0) == 0x80 || (after[n] & 0xc0) == 0x80))
    n--;
  return n;
}

static gsize
find_common_end (const char *before,
                 const char *after,
                 gsize       start)
{
  gsize n_before = strlen (before);
  gsize n_after = strlen (after);
  gsize n = 0;

  while (n < n_before - start && n < n_after - start && before[n_before - n - 1] == after[n_after - n - 1])
    n++;
  while (n > 0 && ((before[n_before - n] & 0xc0) == 0x80 || (after[n_after - n] & 0xc0) == 0x80))
    n--;
  return n;
}

/* In letters, where what is new in @after ends. */
static int
find_end_of_change (const char *before,
                    const char *after)
{
  gsize end = find_common_end (before, after, find_common_start (before, after));

  return (int) g_utf8_strlen (after, (gssize) (strlen (after) - end));
}

/* Typing on goes with what was typed just before, up to the end of the word. */
static gboolean
goes_on (PltJournal *self,
         const char *field,
         const char *removed,
         const char *inserted)
{
  const PltJournalStep *last = self->done > 0 ? self->steps->pdata[self->done - 1] : NULL;
  gboolean one_letter = g_utf8_strlen (inserted, -1) + g_utf8_strlen (removed, -1) == 1;
  gsize length = last != NULL ? strlen (last->after) : 0;
  gboolean word_ended = length > 0 && g_ascii_isspace (last->after[length - 1])
                        && !g_ascii_isspace (*inserted);

  return last != NULL && self->done == self->steps->len && !self->step_ended && one_letter && !word_ended
         && g_str_equal (last->field, field)
         && g_get_monotonic_time () - self->edited_at < ONE_STEP_US;
}

gboolean
plt_journal_edit (PltJournal  *self,
                  const char  *field,
                  const char  *before,
                  const char  *after,
                  int          cursor,
                  GError     **error)
{
  g_return_val_if_fail (PLT_IS_JOURNAL (self), FALSE);

  gsize start = find_common_start (before, after);
  gsize end = find_common_end (before, after, start);
  g_autofree char *removed = g_strndup (before + start, strlen (before) - start - end);
  g_autofree char *inserted = g_strndup (after + start, strlen (after) - start - end);
  PltJournalRecord record = { PLT_JOURNAL_EDIT, (char *) field, (guint) start, removed, inserted, cursor };
  gboolean written = TRUE;

  if (*removed == '\0' && *inserted == '\0')
    return TRUE;
  /* Widgets tell of a letter before they move the cursor behind it. */
  if (cursor >= 0)
    record.cursor = find_end_of_change (before, after);
  if (g_strcmp0 (g_hash_table_lookup (self->values, field), before) != 0)
    {
      PltJournalRecord base = { PLT_JOURNAL_BASE, (char *) field, 0, (char *) "", (char *) before, -1 };

      written = write_record (self, &base, error);
      do_record (&base, self);
    }
  if (goes_on (self, field, removed, inserted))
    record.kind = PLT_JOURNAL_MERGED;
  written = written && write_record (self, &record, error);
  do_record (&record, self);
  self->step_ended = FALSE;
  self->edited_at = g_get_monotonic_time ();
  return written;
}

PltJournalStep *
plt_journal_undo (PltJournal *self)
{
  g_return_val_if_fail (PLT_IS_JOURNAL (self), NULL);

  PltJournalRecord record = { PLT_JOURNAL_UNDO, (char *) "", 0, (char *) "", (char *) "", -1 };
  const PltJournalStep *step;

  if (!plt_journal_can_undo (self))
    return NULL;
  step = self->steps->pdata[self->done - 1];
  write_lightly (self, &record);
  do_record (&record, self);
  self->step_ended = TRUE;
  return step_new (step->field, step->after, step->before,
                   step->cursor >= 0 ? find_end_of_change (step->after, step->before) : -1);
}

PltJournalStep *
plt_journal_redo (PltJournal *self)
{
  g_return_val_if_fail (PLT_IS_JOURNAL (self), NULL);

  PltJournalRecord record = { PLT_JOURNAL_REDO, (char *) "", 0, (char *) "", (char *) "", -1 };
  const PltJournalStep *step;

  if (!plt_journal_can_redo (self))
    return NULL;
  step = self->steps->pdata[self->done];
  write_lightly (self, &record);
  do_record (&record, self);
  self->step_ended = TRUE;
  return step_new (step->field, step->before, step->after, step->cursor);
}

gboolean
plt_journal_can_undo (PltJournal *self)
{
  g_return_val_if_fail (PLT_IS_JOURNAL (self), FALSE);
  return self->done > 0;
}

gboolean
plt_journal_can_redo (PltJournal *self)
{
  g_return_val_if_fail (PLT_IS_JOURNAL (self), FALSE);
  return self->done < self->steps->len;
}

void
plt_journal_saved (PltJournal *self,
                   const char *field,
                   const char *value)
{
  g_return_if_fail (PLT_IS_JOURNAL (self));

  PltJournalRecord record = { PLT_JOURNAL_SAVED, (char *) field, 0, (char *) "", (char *) value, -1 };

  if (g_strcmp0 (g_hash_table_lookup (self->saved, field), value) == 0)
    return;
  write_lightly (self, &record);
  do_record (&record, self);
}

void
plt_journal_place (PltJournal *self,
                   const char *field,
                   int         cursor)
{
  g_return_if_fail (PLT_IS_JOURNAL (self));

  PltJournalRecord record = { PLT_JOURNAL_PLACE, (char *) field, 0, (char *) "", (char *) "", cursor };

  /* Who has typed nothing has no place worth bringing back. */
  if (self->steps->len == 0 || (g_strcmp0 (self->place, field) == 0 && self->cursor == cursor))
    return;
  write_lightly (self, &record);
  do_record (&record, self);
  self->step_ended = TRUE;
}

gboolean
plt_journal_get_place (PltJournal  *self,
                       const char **field,
                       int         *cursor)
{
  g_return_val_if_fail (PLT_IS_JOURNAL (self), FALSE);

  if (self->place == NULL)
    return FALSE;
  *field = self->place;
  *cursor = self->cursor;
  return TRUE;
}

GPtrArray *
plt_journal_list_unsaved (PltJournal *self)
{
  g_return_val_if_fail (PLT_IS_JOURNAL (self), NULL);

  GPtrArray *unsaved = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_journal_step_free);
  GHashTableIter iter;
  gpointer field, value;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &field, &value))
    {
      const char *saved = g_hash_table_lookup (self->saved, field);

      if (g_strcmp0 (saved, value) != 0)
        g_ptr_array_add (unsaved, step_new (field, saved != NULL ? saved : "", value,
                                            g_strcmp0 (field, self->place) == 0 ? self->cursor : -1));
    }
  return unsaved;
}

gboolean
plt_journal_was_broken (PltJournal *self)
{
  g_return_val_if_fail (PLT_IS_JOURNAL (self), FALSE);
  return self->broken;
}

void
plt_journal_leave (PltJournal *self)
{
  g_return_if_fail (PLT_IS_JOURNAL (self));

  PltJournalRecord record = { PLT_JOURNAL_LEFT, (char *) "", 0, (char *) "", (char *) "", -1 };

  if (self->steps->len == 0)
    {
      plt_journal_remove (self);
      return;
    }
  if (self->left)
    return;
  write_lightly (self, &record);
  do_record (&record, self);
}

void
plt_journal_remove (PltJournal *self)
{
  g_return_if_fail (PLT_IS_JOURNAL (self));

  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (self->file != NULL)
    plt_journal_file_remove (self->file);
  g_clear_pointer (&self->file, plt_journal_file_unref);
  g_ptr_array_set_size (self->steps, 0);
  self->done = 0;
  g_hash_table_remove_all (self->values);
  g_hash_table_remove_all (self->saved);
  g_clear_pointer (&self->place, g_free);
}

PltJournal *
plt_journal_open (const char  *folder,
                  const char  *key_id,
                  GBytes      *key,
                  const char  *number,
                  GError     **error)
{
  g_autoptr (PltJournal) self = g_object_new (PLT_TYPE_JOURNAL, NULL);

  self->file = plt_journal_file_open (folder, key_id, key, number, do_record, self, error);
  if (self->file == NULL)
    return NULL;
  self->broken = !self->left && self->steps->len > 0;
  self->step_ended = TRUE;
  return g_steal_pointer (&self);
}

static void
plt_journal_finalize (GObject *object)
{
  PltJournal *self = PLT_JOURNAL (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  if (self->file != NULL)
    plt_journal_file_flush_soon (self->file);
  g_clear_pointer (&self->file, plt_journal_file_unref);
  g_ptr_array_unref (self->steps);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->saved);
  g_free (self->place);
  G_OBJECT_CLASS (plt_journal_parent_class)->finalize (object);
}

static void
plt_journal_class_init (PltJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_journal_finalize;
}

static void
plt_journal_init (PltJournal *self)
{
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_journal_step_free);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cursor = -1;
}
