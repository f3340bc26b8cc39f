/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every piece of plastic that left a hopper, from the journals of the printers. */
#include "plt-demo-journal.h"
#include "plt-demo-machine.h"

typedef struct
{
  GPtrArray  *list;
  const char *name;
} Reading;

static void
plastic_free (gpointer data)
{
  PltDemoPlastic *plastic = data;

  g_free (plastic->printer);
  g_free (plastic->serial);
  g_free (plastic->hopper);
  g_free (plastic->job_name);
  g_free (plastic->alter);
  g_free (plastic->tray);
  g_free (plastic);
}

GPtrArray *
plt_demo_plastic_new_list (void)
{
  return g_ptr_array_new_with_free_func (plastic_free);
}

static void
set (char       **at,
     const char  *value)
{
  g_free (*at);
  *at = g_strdup (value);
}

static PltDemoPlastic *
find (Reading *reading,
      int      number)
{
  /* The line is about one of the last. */
  for (guint i = reading->list->len; i > 0; i--)
    {
      PltDemoPlastic *plastic = g_ptr_array_index (reading->list, i - 1);

      if (plastic->number == number)
        return plastic;
    }
  return NULL;
}

static void
add (Reading                   *reading,
     const PltDemoJournalEntry *entry)
{
  PltDemoPlastic *plastic = g_new0 (PltDemoPlastic, 1);

  plastic->number = plt_demo_journal_get_number (entry, "card");
  plastic->job_id = plt_demo_journal_get_number (entry, "job");
  plastic->printer = g_strdup (reading->name);
  plastic->serial = g_strdup (plt_demo_journal_get_string (entry, "serial"));
  plastic->hopper = g_strdup (plt_demo_journal_get_string (entry, "hopper"));
  plastic->job_name = g_strdup (plt_demo_journal_get_string (entry, "job_name"));
  plastic->alter = g_strdup ("");
  plastic->tray = g_strdup ("inside");
  g_ptr_array_add (reading->list, plastic);
}

static void
read_cb (const PltDemoJournalEntry *entry,
         gpointer                   user_data)
{
  Reading *reading = user_data;
  PltDemoPlastic *plastic;

  if (g_str_equal (entry->what, "feed"))
    add (reading, entry);
  plastic = find (reading, plt_demo_journal_get_number (entry, "card"));
  if (plastic == NULL)
    return;
  if (g_str_equal (entry->what, "eject"))
    set (&plastic->tray, plt_demo_journal_get_string (entry, "tray"));
  else if (g_str_equal (entry->what, "front") || g_str_equal (entry->what, "back"))
    set (&plastic->alter, plt_demo_journal_get_string (entry, "alter"));
  plastic->front = plastic->front || g_str_equal (entry->what, "front");
  plastic->back = plastic->back || g_str_equal (entry->what, "back");
}

void
plt_demo_plastic_list_add (GPtrArray  *list,
                           const char *folder,
                           const char *name)
{
  g_autofree char *path = g_build_filename (folder, "journal", NULL);
  Reading reading = { list, name };

  plt_demo_journal_read (path, read_cb, &reading);
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  return (*(PltDemoPlastic *const *) a)->number - (*(PltDemoPlastic *const *) b)->number;
}

void
plt_demo_plastic_list_sort (GPtrArray *list)
{
  g_ptr_array_sort (list, compare_cb);
}
