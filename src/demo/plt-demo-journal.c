/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes and reads the journal of a virtual card printer. */
#include "plt-demo-journal.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static const char *
find_what (JsonObject *members)
{
  return json_object_get_string_member_with_default (members, "what", "");
}

PltDemoJournalEntry *
plt_demo_journal_entry_new (const char *what)
{
  PltDemoJournalEntry *entry = g_new0 (PltDemoJournalEntry, 1);

  entry->members = json_object_new ();
  json_object_set_string_member (entry->members, "what", what);
  entry->what = find_what (entry->members);
  return entry;
}

void
plt_demo_journal_entry_free (PltDemoJournalEntry *entry)
{
  json_object_unref (entry->members);
  g_free (entry);
}

void
plt_demo_journal_set_string (PltDemoJournalEntry *entry,
                             const char          *member,
                             const char          *value)
{
  json_object_set_string_member (entry->members, member, value);
}

void
plt_demo_journal_set_number (PltDemoJournalEntry *entry,
                             const char          *member,
                             int                  value)
{
  json_object_set_int_member (entry->members, member, value);
}

const char *
plt_demo_journal_get_string (const PltDemoJournalEntry *entry,
                             const char                *member)
{
  return json_object_get_string_member_with_default (entry->members, member, "");
}

int
plt_demo_journal_get_number (const PltDemoJournalEntry *entry,
                             const char                *member)
{
  return (int) json_object_get_int_member_with_default (entry->members, member, 0);
}

/* In one write, which a kill does not cut in two. */
void
plt_demo_journal_write (const char          *path,
                        PltDemoJournalEntry *entry)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gsize length;

  json_object_set_string_member (entry->members, "at", at);
  json_node_set_object (node, entry->members);
  text = json_to_string (node, FALSE);
  line = g_strconcat (text, "\n", NULL);
  length = strlen (line);
  if (fd < 0 || write (fd, line, length) != (gssize) length)
    g_error ("The journal %s cannot be written.", path);
  close (fd);
}

void
plt_demo_journal_read (const char         *path,
                       PltDemoJournalFunc  func,
                       gpointer            user_data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
      PltDemoJournalEntry entry = { NULL, NULL };

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        continue;
      entry.members = json_node_get_object (node);
      entry.what = find_what (entry.members);
      func (&entry, user_data);
    }
}
