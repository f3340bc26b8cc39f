/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of one journal: a line in the clear that names the key, then sealed records one after another.
 * Each is sealed about its place in the file, so that none can be left out, moved or taken from another. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_JOURNAL_NUMBER, /* field: the application's; the first record of each */
  PLT_JOURNAL_BASE,   /* inserted: a value that did not come from here */
  PLT_JOURNAL_EDIT,   /* a step of its own */
  PLT_JOURNAL_MERGED, /* goes on with the last step */
  PLT_JOURNAL_UNDO,
  PLT_JOURNAL_REDO,
  PLT_JOURNAL_SAVED,  /* inserted: what the database has */
  PLT_JOURNAL_PLACE,
  PLT_JOURNAL_LEFT,   /* on purpose */
} PltJournalKind;

typedef struct
{
  PltJournalKind  kind;
  char           *field;
  guint           position; /* in bytes */
  char           *removed;
  char           *inserted;
  int             cursor;   /* in letters; -1: none */
} PltJournalRecord;

typedef void (*PltJournalRead) (const PltJournalRecord *record,
                                gpointer                user_data);

typedef struct _PltJournalFile PltJournalFile;

/* @read: (nullable): called for each record that is there. */
PltJournalFile *plt_journal_file_open       (const char              *folder,
                                             const char              *key_id,
                                             GBytes                  *key,
                                             const char              *number,
                                             PltJournalRead           read,
                                             gpointer                 user_data,
                                             GError                 **error);
void            plt_journal_file_unref      (PltJournalFile          *self);
gboolean        plt_journal_file_append     (PltJournalFile          *self,
                                             const PltJournalRecord  *record,
                                             GError                 **error);
/* Tells the disk, in another thread. */
void            plt_journal_file_flush_soon (PltJournalFile          *self);
void            plt_journal_file_remove     (PltJournalFile          *self);

G_END_DECLS
