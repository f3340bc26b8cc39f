/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of JSON that are only ever added to a file. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *what;   /* of members */
  JsonObject *members;
} PltDemoJournalEntry;

typedef void (* PltDemoJournalFunc) (const PltDemoJournalEntry *entry,
                                     gpointer                   user_data);

PltDemoJournalEntry *plt_demo_journal_entry_new  (const char                *what);
void                 plt_demo_journal_entry_free (PltDemoJournalEntry       *entry);
void                 plt_demo_journal_set_string (PltDemoJournalEntry       *entry,
                                                  const char                *member,
                                                  const char                *value);
void                 plt_demo_journal_set_number (PltDemoJournalEntry       *entry,
                                                  const char                *member,
                                                  int                        value);
/* "" and 0 for what a line does not have. */
const char          *plt_demo_journal_get_string (const PltDemoJournalEntry *entry,
                                                  const char                *member);
int                  plt_demo_journal_get_number (const PltDemoJournalEntry *entry,
                                                  const char                *member);

/* Adds the time. */
void                 plt_demo_journal_write      (const char                *path,
                                                  PltDemoJournalEntry       *entry);
void                 plt_demo_journal_read       (const char                *path,
                                                  PltDemoJournalFunc         func,
                                                  gpointer                   user_data);

G_END_DECLS
