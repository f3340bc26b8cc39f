/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed into one application at this machine, letter by letter, in a file that only the key of this
 * person at this workstation opens. Each change is in the file before the call returns, so that the end of
 * the program loses nothing; the disk has it within PLT_JOURNAL_FLUSH_MS, so that a power cut loses no more
 * than that. What can be undone and redone is in it as well, without limit.
 *
 * A field is "section/field". A journal belongs to the main loop of the thread that opened it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PLT_JOURNAL_FLUSH_MS 100

#define PLT_TYPE_JOURNAL (plt_journal_get_type ())
G_DECLARE_FINAL_TYPE (PltJournal, plt_journal, PLT, JOURNAL, GObject)

/* The values and the cursor (-1: none) of one field. */
typedef struct
{
  char *field;
  char *before;
  char *after;
  int   cursor;
} PltJournalStep;

void        plt_journal_step_free    (PltJournalStep  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltJournalStep, plt_journal_step_free)

/* @key_id: 36 characters, in the clear in the file. @number: of the application. Reads what is there; what
 * follows the last whole record is cut off. Blocks: for a thread. */
PltJournal *plt_journal_open         (const char      *folder,
                                      const char      *key_id,
                                      GBytes          *key,
                                      const char      *number,
                                      GError         **error);
/* The applications whose journals lie in @folder under that key and were not left on purpose, the last
 * one first. Removes what nobody has touched for thirty days, whoever's it is. (transfer full) */
char      **plt_journal_list_broken  (const char      *folder,
                                      const char      *key_id,
                                      GBytes          *key);

/* FALSE when it could not be written: @error says why, and the change is in memory alone. */
gboolean    plt_journal_edit         (PltJournal      *self,
                                      const char      *field,
                                      const char      *before,
                                      const char      *after,
                                      int              cursor,
                                      GError         **error);
/* What is to be put back: "after" of the step is what was there. NULL when nothing is left. */
PltJournalStep *plt_journal_undo     (PltJournal      *self);
PltJournalStep *plt_journal_redo     (PltJournal      *self);
gboolean    plt_journal_can_undo     (PltJournal      *self);
gboolean    plt_journal_can_redo     (PltJournal      *self);

/* The database has this value now. */
void        plt_journal_saved        (PltJournal      *self,
                                      const char      *field,
                                      const char      *value);
void        plt_journal_place        (PltJournal      *self,
                                      const char      *field,
                                      int              cursor);
/* The keyboard's last place; FALSE when it had none. @field: (out) (transfer none) */
gboolean    plt_journal_get_place    (PltJournal      *self,
                                      const char     **field,
                                      int             *cursor);
/* What was typed and is not known to be in the database: @before is what that has. (transfer full)
 * (element-type PltJournalStep) */
GPtrArray  *plt_journal_list_unsaved (PltJournal      *self);

/* Whether there are changes in it, and nobody left it on purpose, before it was opened now. */
gboolean    plt_journal_was_broken   (PltJournal      *self);
/* The person goes elsewhere, and nothing need be brought back by itself. */
void        plt_journal_leave        (PltJournal      *self);
/* The application is submitted, withdrawn or somebody else's: nothing of it stays here. */
void        plt_journal_remove       (PltJournal      *self);

G_END_DECLS
