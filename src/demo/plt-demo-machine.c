/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does things to the plastic: writes the line of the journal, then remembers it. */
#include "plt-demo-machine.h"

#include "plt-demo-error.h"
#include "plt-demo-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Blanks that lie in the hopper one behind the other. */
typedef struct
{
  char *prefix;  /* NULL: nobody read their serials */
  guint next;
  int   width;
  int   count;
} Run;

struct _PltDemoMachine
{
  char          *name;
  char          *journal;
  char          *out;
  PltDemoMatter  matter;
  GQueue         runs; /* of Run */
  int            n_wrong;
};

static void
run_free (gpointer data)
{
  Run *run = data;

  g_free (run->prefix);
  g_free (run);
}

/* “B00000001” is B and 1 of eight digits. */
static gboolean
split_serial (const char  *serial,
              char       **prefix,
              guint       *number,
              int         *width)
{
  gsize n = strcspn (serial, "0123456789");
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (serial + n, 10, 0, 999999999, &value, NULL))
    return FALSE;
  *prefix = g_strndup (serial, n);
  *number = (guint) value;
  *width = (int) strlen (serial + n);
  return TRUE;
}

static void
add_blanks (PltDemoMachine *self,
            int             count)
{
  self->matter.blanks = MAX (self->matter.blanks, 0) + count;
}

static gboolean
add_run (PltDemoMachine *self,
         const char     *first,
         const char     *last)
{
  Run *run = g_new0 (Run, 1);
  g_autofree char *prefix = NULL;
  guint end = 0;
  int width = 0;

  if (!split_serial (first, &run->prefix, &run->next, &run->width) ||
      !split_serial (last, &prefix, &end, &width) || !g_str_equal (prefix, run->prefix) ||
      width != run->width || end < run->next)
    {
      run_free (run);
      return FALSE;
    }
  run->count = (int) (end - run->next + 1);
  g_queue_push_tail (&self->runs, run);
  add_blanks (self, run->count);
  return TRUE;
}

static void
add_count (PltDemoMachine *self,
           int             count)
{
  Run *run = g_new0 (Run, 1);

  run->count = count;
  g_queue_push_tail (&self->runs, run);
  add_blanks (self, count);
}

static char *
get_first_serial (PltDemoMachine *self)
{
  Run *run = g_queue_peek_head (&self->runs);

  return run != NULL && run->prefix != NULL
           ? g_strdup_printf ("%s%0*u", run->prefix, run->width, run->next) : g_strdup ("");
}

static void
drop_first (PltDemoMachine *self)
{
  Run *run = g_queue_peek_head (&self->runs);

  if (run == NULL)
    return;
  run->next++;
  run->count--;
  self->matter.blanks--;
  if (run->count == 0)
    run_free (g_queue_pop_head (&self->runs));
}

/* What a line of the journal did to the blanks and rolls. */
static void
apply_to_supplies (PltDemoMachine            *self,
                   const PltDemoJournalEntry *entry)
{
  PltDemoMatter *matter = &self->matter;
  const char *first = plt_demo_journal_get_string (entry, "first");

  if (g_str_equal (entry->what, "load") && *first != '\0')
    add_run (self, first, plt_demo_journal_get_string (entry, "last"));
  else if (g_str_equal (entry->what, "load"))
    add_count (self, plt_demo_journal_get_number (entry, "count"));
  else if (g_str_equal (entry->what, "unload"))
    {
      g_queue_clear_full (&self->runs, run_free);
      matter->blanks = 0;
    }
  else if (g_str_equal (entry->what, "ribbon"))
    matter->ribbon = matter->ribbon_capacity = plt_demo_journal_get_number (entry, "cards");
  else if (g_str_equal (entry->what, "film"))
    matter->film = matter->film_capacity = plt_demo_journal_get_number (entry, "cards");
  else if (g_str_equal (entry->what, "empty"))
    matter->in_output = matter->in_reject = 0;
}

static void
apply_front (PltDemoMatter *matter)
{
  matter->has_front = TRUE;
  if (matter->ribbon > 0)
    matter->ribbon--;
  if (matter->film > 0)
    matter->film--;
}

static void
apply (PltDemoMachine            *self,
       const PltDemoJournalEntry *entry)
{
  PltDemoMatter *matter = &self->matter;
  const char *hopper = plt_demo_journal_get_string (entry, "hopper");

  if (g_str_equal (entry->what, "begin"))
    matter->n_begun = plt_demo_journal_get_number (entry, "n");
  else if (g_str_equal (entry->what, "feed"))
    {
      matter->inside = plt_demo_journal_get_number (entry, "card");
      matter->has_front = matter->has_back = FALSE;
      if (g_str_equal (hopper, "main"))
        drop_first (self);
      else if (g_str_equal (hopper, "other"))
        self->n_wrong++;
    }
  else if (g_str_equal (entry->what, "front"))
    apply_front (matter);
  else if (g_str_equal (entry->what, "back"))
    matter->has_back = TRUE;
  else if (g_str_equal (entry->what, "eject"))
    {
      matter->inside = 0;
      if (g_str_equal (plt_demo_journal_get_string (entry, "tray"), "output"))
        matter->in_output++;
      else
        matter->in_reject++;
    }
  else
    apply_to_supplies (self, entry);
}

static void
apply_cb (const PltDemoJournalEntry *entry,
          gpointer                   user_data)
{
  apply (user_data, entry);
}

PltDemoMachine *
plt_demo_machine_new (const char  *folder,
                      const char  *name,
                      const char  *out,
                      GError     **error)
{
  g_autoptr (PltDemoMachine) self = g_new0 (PltDemoMachine, 1);

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_mkdir_with_parents (out, 0700) != 0)
    {
      plt_demo_error_from_errno (error, folder);
      return NULL;
    }
  self->name = g_strdup (name);
  self->out = g_strdup (out);
  self->journal = g_build_filename (folder, "journal", NULL);
  g_queue_init (&self->runs);
  self->matter.blanks = self->matter.ribbon = self->matter.film = PLT_DEMO_MACHINE_UNCOUNTED;
  plt_demo_journal_read (self->journal, apply_cb, self);
  return g_steal_pointer (&self);
}

void
plt_demo_machine_free (PltDemoMachine *self)
{
  g_queue_clear_full (&self->runs, run_free);
  g_free (self->name);
  g_free (self->journal);
  g_free (self->out);
  g_free (self);
}

const PltDemoMatter *
plt_demo_machine_get (PltDemoMachine *self)
{
  return &self->matter;
}

static void
happen (PltDemoMachine      *self,
        PltDemoJournalEntry *entry)
{
  plt_demo_journal_write (self->journal, entry);
  apply (self, entry);
  plt_demo_journal_entry_free (entry);
}

gboolean
plt_demo_machine_load_run (PltDemoMachine  *self,
                           const char      *first,
                           const char      *last,
                           GError         **error)
{
  PltDemoJournalEntry *entry;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  guint begin = 0, end = 0;
  int width = 0, last_width = 0;

  if (!split_serial (first, &from, &begin, &width) || !split_serial (last, &to, &end, &last_width) ||
      !g_str_equal (from, to) || width != last_width || end < begin || end - begin >= 100000)
    {
      g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
                   _("%s to %s is no run of blanks. Write B00000001 B00000100."), first, last);
      return FALSE;
    }
  entry = plt_demo_journal_entry_new ("load");
  plt_demo_journal_set_string (entry, "first", first);
  plt_demo_journal_set_string (entry, "last", last);
  happen (self, entry);
  return TRUE;
}

static void
happen_with_number (PltDemoMachine *self,
                    const char     *what,
                    const char     *member,
                    int             number)
{
  PltDemoJournalEntry *entry = plt_demo_journal_entry_new (what);

  if (member != NULL)
    plt_demo_journal_set_number (entry, member, number);
  happen (self, entry);
}

void
plt_demo_machine_load (PltDemoMachine *self,
                       int             count)
{
  happen_with_number (self, "load", "count", count);
}

void
plt_demo_machine_unload (PltDemoMachine *self)
{
  happen_with_number (self, "unload", NULL, 0);
}

void
plt_demo_machine_set_roll (PltDemoMachine *self,
                           gboolean        is_film,
                           int             cards)
{
  happen_with_number (self, is_film ? "film" : "ribbon", "cards", cards);
}

void
plt_demo_machine_empty (PltDemoMachine *self)
{
  happen_with_number (self, "empty", NULL, 0);
}

int
plt_demo_machine_begin (PltDemoMachine *self,
                        int             job_id,
                        const char     *job_name,
                        const char     *fault)
{
  PltDemoJournalEntry *entry = plt_demo_journal_entry_new ("begin");
  int n = self->matter.n_begun + 1;

  plt_demo_journal_set_number (entry, "n", n);
  plt_demo_journal_set_number (entry, "job", job_id);
  plt_demo_journal_set_string (entry, "job_name", job_name);
  plt_demo_journal_set_string (entry, "fault", fault);
  happen (self, entry);
  return n;
}

char *
plt_demo_machine_dup_path (PltDemoMachine *self,
                           int             card,
                           const char     *suffix)
{
  g_autofree char *name = g_strdup_printf ("card-%04d%s", card, suffix);

  return g_build_filename (self->out, name, NULL);
}

static int
find_last_card (const char *out)
{
  g_autoptr (GDir) dir = g_dir_open (out, 0, NULL);
  const char *name;
  int last = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "card-"))
      last = MAX (last, (int) g_ascii_strtoll (name + strlen ("card-"), NULL, 10));
  return last;
}

/* Several printers count in one folder: whoever makes the file has the number. */
static int
take_number (PltDemoMachine  *self,
             const char      *attributes,
             GError         **error)
{
  for (int number = find_last_card (self->out) + 1;; number++)
    {
      g_autofree char *path = plt_demo_machine_dup_path (self, number, ".env");
      int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      gsize length = strlen (attributes);

      if (fd < 0 && errno == EEXIST)
        continue;
      if (fd < 0 || write (fd, attributes, length) != (gssize) length)
        {
          plt_demo_error_from_errno (error, path);
          number = 0;
        }
      if (fd >= 0)
        close (fd);
      return number;
    }
}

int
plt_demo_machine_feed (PltDemoMachine  *self,
                       gboolean         wrong,
                       int              job_id,
                       const char      *job_name,
                       const char      *attributes,
                       GError         **error)
{
  int number = take_number (self, attributes, error);
  gboolean by_hand = self->matter.blanks == PLT_DEMO_MACHINE_UNCOUNTED;
  g_autofree char *serial = wrong ? g_strdup_printf ("B9%07d", self->n_wrong + 1)
                                  : get_first_serial (self);
  PltDemoJournalEntry *entry;

  if (number == 0)
    return 0;
  entry = plt_demo_journal_entry_new ("feed");
  plt_demo_journal_set_number (entry, "card", number);
  plt_demo_journal_set_string (entry, "serial", serial);
  plt_demo_journal_set_string (entry, "hopper", wrong ? "other" : by_hand ? "hand" : "main");
  plt_demo_journal_set_number (entry, "job", job_id);
  plt_demo_journal_set_string (entry, "job_name", job_name);
  happen (self, entry);
  return number;
}

void
plt_demo_machine_print (PltDemoMachine *self,
                        gboolean        is_back,
                        const char     *alter)
{
  PltDemoJournalEntry *entry = plt_demo_journal_entry_new (is_back ? "back" : "front");

  plt_demo_journal_set_number (entry, "card", self->matter.inside);
  plt_demo_journal_set_string (entry, "alter", alter);
  happen (self, entry);
}

void
plt_demo_machine_eject (PltDemoMachine *self,
                        gboolean        to_output)
{
  PltDemoJournalEntry *entry = plt_demo_journal_entry_new ("eject");

  plt_demo_journal_set_number (entry, "card", self->matter.inside);
  plt_demo_journal_set_string (entry, "tray", to_output ? "output" : "reject");
  happen (self, entry);
}

void
plt_demo_machine_end (PltDemoMachine *self,
                      int             n,
                      const char     *state)
{
  PltDemoJournalEntry *entry = plt_demo_journal_entry_new ("end");

  plt_demo_journal_set_number (entry, "n", n);
  plt_demo_journal_set_string (entry, "state", state);
  happen (self, entry);
}
