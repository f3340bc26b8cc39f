/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the first page of a registry's search takes, from the line as it is typed to the decoded
 * hits, over TLS. Arguments: the folder of the adapter files, the nick of the registry. Standard
 * input: "KIND<tab>LINE[<tab>ID NUMBER]"; with an ID number it is counted how often it was on the
 * first page. */
#include "plt-bench-series.h"
#include "plt-registry-search.h"

#include <stdio.h>
#include <string.h>

#define PAGE_SIZE 20

typedef struct
{
  PltBenchSeries *series;
  guint           n_wanted;
  guint           n_found;
  guint           n_failed;
} Kind;

typedef struct
{
  PltSearchPage *page;
  GError        *error;
  gboolean       done;
} Call;

static void
kind_free (gpointer data)
{
  Kind *kind = data;

  plt_bench_series_free (kind->series);
  g_free (kind);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Call *call = user_data;

  call->page = plt_registry_client_search_finish (PLT_REGISTRY_CLIENT (source), result,
                                                  &call->error);
  call->done = TRUE;
}

static gboolean
has_person (PltSearchPage *page,
            const char    *id_number)
{
  for (guint i = 0; i < page->hits->len; i++)
    {
      if (g_str_equal (plt_person_hit_get_id_number (page->hits->pdata[i]), id_number))
        return TRUE;
    }

  return FALSE;
}

static void
measure (PltRegistryClient *client,
         Kind              *kind,
         const char        *text,
         const char        *wanted)
{
  g_autoptr (PltSearchLine) line = plt_search_line_parse (text, plt_date_today ());
  g_autoptr (PltSearchPage) page = NULL;
  Call call = { NULL, NULL, FALSE };

  if (!plt_registry_client_can_search (client, line))
    return;
  plt_bench_series_start (kind->series);
  plt_registry_client_search_async (client, line, PAGE_SIZE, NULL, NULL, searched_cb, &call);
  while (!call.done)
    g_main_context_iteration (NULL, TRUE);
  plt_bench_series_stop (kind->series);
  page = call.page;
  if (page == NULL)
    {
      kind->n_failed++;
      g_printerr ("%s\n", call.error->message);
      g_error_free (call.error);
      return;
    }
  if (wanted != NULL)
    {
      kind->n_wanted++;
      kind->n_found += has_person (page, wanted);
    }
}

static Kind *
find_kind (GHashTable *kinds,
           GPtrArray  *order,
           const char *name)
{
  Kind *kind = g_hash_table_lookup (kinds, name);

  if (kind == NULL)
    {
      kind = g_new0 (Kind, 1);
      kind->series = plt_bench_series_new (name, "searches");
      g_hash_table_insert (kinds, g_strdup (name), kind);
      g_ptr_array_add (order, kind);
    }

  return kind;
}

static PltRegistryClient *
load_client (const char *folder,
             const char *nick)
{
  g_autofree char *file = g_strconcat (nick, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  PltRegistryClient *client = plt_registry_client_new_from_file (path, &error);

  if (client == NULL)
    g_error ("%s", error->message);

  return client;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kind_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (PltRegistryClient) client = NULL;
  char buffer[1000];

  if (argc != 3)
    return 2;
  client = load_client (argv[1], argv[2]);
  while (fgets (buffer, sizeof buffer, stdin) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (g_strchomp (buffer), "\t", 3);

      if (g_strv_length (parts) >= 2)
        measure (client, find_kind (kinds, order, parts[0]), parts[1], parts[2]);
    }
  for (guint i = 0; i < order->len; i++)
    {
      Kind *kind = order->pdata[i];

      plt_bench_series_print (kind->series);
      if (kind->n_wanted > 0)
        g_print ("  on the first page: %u of %u\n", kind->n_found, kind->n_wanted);
      if (kind->n_failed > 0)
        g_print ("  failed: %u\n", kind->n_failed);
    }

  return 0;
}
