/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a registry's database for its answer and adds the portrait, which no table holds. */
#include "plt-demo-answer.h"

#include "plt-demo-portrait.h"

#include <gio/gio.h>

/* Portraits cost some 30 ms; the same person is asked for again and again. */
#define CACHED_PORTRAITS 200

static GMutex cache_lock;
static GHashTable *cached_portraits; /* ID number → base 64 */

/* @what: the statement, and its name on the connection */
static gboolean
prepare (PGconn           *connection,
         PltDemoRegistry   registry,
         const char       *what,
         GError          **error)
{
  g_autofree char *path = g_strdup_printf ("/org/platen/demo/%s-%s.sql",
                                           plt_demo_registry_to_nick (registry), what);
  g_autoptr (GBytes) statement = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return statement != NULL &&
         plt_demo_sql_prepare (connection, what, g_bytes_get_data (statement, NULL), error);
}

/* Once for each connection on which plt_demo_answer_new() will ask. */
gboolean
plt_demo_answer_prepare (PGconn           *connection,
                         PltDemoRegistry   registry,
                         GError          **error)
{
  return prepare (connection, registry, "answer", error) &&
         (registry != PLT_DEMO_IDENTITY || prepare (connection, registry, "portrait", error));
}

static char *
find_cached (const char *id_number)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cache_lock);

  return cached_portraits != NULL ? g_strdup (g_hash_table_lookup (cached_portraits, id_number))
                                  : NULL;
}

static void
keep (const char *id_number,
      const char *portrait)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cache_lock);

  if (cached_portraits == NULL)
    cached_portraits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_size (cached_portraits) >= CACHED_PORTRAITS)
    g_hash_table_remove_all (cached_portraits);
  g_hash_table_insert (cached_portraits, g_strdup (id_number), g_strdup (portrait));
}

/* Returns: base 64, or %NULL without an error when there is no such person. */
static char *
make_portrait (PGconn      *connection,
               const char  *id_number,
               GError     **error)
{
  char *cached = find_cached (id_number);
  g_autoptr (PGresult) rows = NULL;

  if (cached != NULL)
    return cached;
  rows = plt_demo_sql_execute (connection, "portrait", 1, (const char *[]) { id_number }, error);
  if (rows == NULL || PQntuples (rows) == 0)
    return NULL;

  const char *reference = plt_demo_sql_get (rows, 0, "portrait_ref");
  g_autoptr (GBytes) jpeg = plt_demo_portrait_draw_reference (reference, error);

  if (jpeg == NULL)
    return NULL;

  g_autofree char *text = g_base64_encode (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));

  keep (id_number, text);

  return g_steal_pointer (&text);
}

char *
plt_demo_answer_new (PGconn           *connection,
                     PltDemoRegistry   registry,
                     const char       *id_number,
                     GError          **error)
{
  g_autofree char *portrait = NULL;
  g_autoptr (GError) failure = NULL;

  if (registry == PLT_DEMO_IDENTITY)
    {
      portrait = make_portrait (connection, id_number, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }

  g_autoptr (PGresult) rows = plt_demo_sql_execute (connection, "answer",
                                                    registry == PLT_DEMO_IDENTITY ? 2 : 1,
                                                    (const char *[]) { id_number, portrait },
                                                    error);

  if (rows == NULL || PQntuples (rows) == 0)
    return NULL;

  return g_strdup (plt_demo_sql_get (rows, 0, "answer"));
}
