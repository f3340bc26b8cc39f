/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches a registry's database in a pool thread, and stops the query when the one who asked has
 * hung up. */
#include "plt-demo-search.h"

#include "plt-demo-cluster.h"

#include <string.h>

#define MAX_PARAMETERS 7

/* What is asked of each registry, in the order of its statement's parameters. */
static const char * const parameters[][MAX_PARAMETERS + 1] = {
  [PLT_DEMO_IDENTITY] = { "name", "born", "address", "id", "id_begins", "limit", "page", NULL },
  [PLT_DEMO_DRIVER] = { "LICENCE", "CITIZEN", "ROWS", "PAGE", NULL },
  [PLT_DEMO_INFRINGEMENT] = { "personIds", "limit", "page", NULL },
};

static const char * const paths[] = {
  [PLT_DEMO_IDENTITY] = "/v1/search",
  [PLT_DEMO_DRIVER] = "/drivers/search",
  [PLT_DEMO_INFRINGEMENT] = "/api/offender-search",
};

struct _PltDemoSearch
{
  PltDemoBox      *box;
  PltDemoRegistry  registry;
  GAsyncQueue     *idle_connections;
};

/* Shared by the main loop and the pool thread that works for it. */
typedef struct
{
  PltDemoSearch     *search;
  SoupServerMessage *message;
  GSource           *hang_up;
  guint              delay_ms;
  char              *values[MAX_PARAMETERS];
  char              *answer; /* NULL: it could not be given */

  GMutex             lock;   /* of the two below */
  PGcancel          *cancel; /* while the query runs */
  gboolean           cancelled;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->hang_up != NULL)
    {
      g_source_destroy (request->hang_up);
      g_source_unref (request->hang_up);
    }
  g_object_unref (request->message);
  for (int i = 0; i < MAX_PARAMETERS; i++)
    g_free (request->values[i]);
  g_free (request->answer);
  g_clear_pointer (&request->cancel, PQfreeCancel);
  g_mutex_clear (&request->lock);
  g_free (request);
}

/**
 * plt_demo_search_prepare:
 * @connection: to the registry's database, filled
 * @registry: which one
 * @error: %PLT_DEMO_ERROR_FAILED
 *
 * Returns: whether the search is ready; nothing is to be done for a registry without one
 */
gboolean
plt_demo_search_prepare (PGconn           *connection,
                         PltDemoRegistry   registry,
                         GError          **error)
{
  switch (registry)
    {
    case PLT_DEMO_IDENTITY:
      return plt_demo_sql_run_resource (connection, "search-keys.sql", error) &&
             plt_demo_sql_run_resource (connection, "identity-search-indexes.sql", error) &&
             plt_demo_sql_run_resource (connection, "search-find.sql", error);
    case PLT_DEMO_DRIVER:
      return plt_demo_sql_run_resource (connection, "driver-search-indexes.sql", error);
    case PLT_DEMO_INFRINGEMENT:
      return TRUE;
    case PLT_DEMO_N_REGISTRIES:
    default:
      g_assert_not_reached ();
    }
}

/* (nullable): where it is served. */
const char *
plt_demo_search_get_path (PltDemoRegistry registry)
{
  return paths[registry];
}

PltDemoSearch *
plt_demo_search_new (PltDemoBox      *box,
                     PltDemoRegistry  registry)
{
  PltDemoSearch *self = g_new0 (PltDemoSearch, 1);

  self->box = box;
  self->registry = registry;
  self->idle_connections = g_async_queue_new_full ((GDestroyNotify) PQfinish);

  return self;
}

void
plt_demo_search_free (PltDemoSearch *self)
{
  g_async_queue_unref (self->idle_connections);
  g_free (self);
}

/* A new connection has the statement prepared: to plan it takes longer than to run it, and to
 * compile it longer still. */
static PGconn *
take_connection (PltDemoSearch  *self,
                 GError        **error)
{
  const char *nick = plt_demo_registry_to_nick (self->registry);
  g_autofree char *path = g_strdup_printf ("/org/platen/demo/%s-search.sql", nick);
  g_autoptr (PGconn) connection = g_async_queue_try_pop (self->idle_connections);
  g_autoptr (GBytes) statement = NULL;

  if (connection != NULL && PQstatus (connection) == CONNECTION_OK)
    return g_steal_pointer (&connection);

  g_clear_pointer (&connection, PQfinish);
  connection = plt_demo_cluster_connect (self->box, nick, PLT_DEMO_REGISTRY_USER, error);
  statement = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (connection == NULL || statement == NULL ||
      !plt_demo_sql_run (connection, "set jit = off; set plan_cache_mode = force_generic_plan;"
                         " set statement_timeout = '2s'", error))
    return NULL;

  g_autoptr (PGresult) prepared = PQprepare (connection, "search",
                                             g_bytes_get_data (statement, NULL), 0, NULL);

  if (PQresultStatus (prepared) != PGRES_COMMAND_OK)
    {
      g_set_error_literal (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
                           PQresultErrorMessage (prepared));
      return NULL;
    }

  return g_steal_pointer (&connection);
}

/* Returns: %FALSE when nobody waits for the answer any more */
static gboolean
allow_cancel (Request *request,
              PGconn  *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&request->lock);

  if (!request->cancelled)
    request->cancel = PQgetCancel (connection);

  return !request->cancelled;
}

/* After this the connection may serve somebody else. */
static void
forbid_cancel (Request *request)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&request->lock);

  g_clear_pointer (&request->cancel, PQfreeCancel);
}

static void
search_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Request *request = task_data;
  PltDemoSearch *self = request->search;
  g_autoptr (GError) error = NULL;
  g_autoptr (PGconn) connection = take_connection (self, &error);

  if (connection == NULL)
    g_message ("The registry could not search its database: %s", error->message);
  else if (allow_cancel (request, connection))
    {
      int n_values = (int) g_strv_length ((char **) parameters[self->registry]);
      g_autoptr (PGresult) rows
        = PQexecPrepared (connection, "search", n_values, (const char * const *) request->values,
                          NULL, NULL, 0);

      forbid_cancel (request);
      if (PQresultStatus (rows) == PGRES_TUPLES_OK && PQntuples (rows) == 1)
        request->answer = g_strdup (PQgetvalue (rows, 0, 0));
      else if (!request->cancelled)
        g_message ("The registry could not search its database: %s", PQresultErrorMessage (rows));
    }
  if (connection != NULL && PQstatus (connection) == CONNECTION_OK)
    g_async_queue_push (self->idle_connections, g_steal_pointer (&connection));
  g_task_return_boolean (task, TRUE);
}

static void
cancel_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Request *request = g_task_get_task_data (task_data);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&request->lock);
  char words[256];

  request->cancelled = TRUE;
  if (request->cancel != NULL && !PQcancel (request->cancel, words, sizeof words))
    g_message ("A search that nobody waits for could not be stopped: %s", words);
  g_task_return_boolean (task, TRUE);
}

/* Nobody sends a second request before the first is answered, so whatever can be read now is the
 * end of the connection. */
static gboolean
hung_up_cb (GSocket      *socket,
            GIOCondition  condition,
            gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GTask) cancel = g_task_new (NULL, NULL, NULL, NULL);

  g_debug ("Somebody hung up on a search.");
  g_task_set_task_data (cancel, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (cancel, cancel_in_thread);

  return G_SOURCE_REMOVE;
}

static void
watch_hang_up (GTask   *task,
               Request *request)
{
  GSocket *socket = soup_server_message_get_socket (request->message);

  if (socket == NULL)
    return;
  request->hang_up = g_socket_create_source (socket, G_IO_IN | G_IO_HUP | G_IO_ERR, NULL);
  /* Borrowed: the source is gone before the task is, with the request. */
  g_source_set_callback (request->hang_up, G_SOURCE_FUNC (hung_up_cb), task, NULL);
  g_source_attach (request->hang_up, NULL);
}

static void
finish_request (Request *request)
{
  static const char trouble[] = "{\"error\":\"database\"}";
  const char *json = request->answer != NULL ? request->answer : trouble;

  soup_server_message_set_status (request->message,
                                  request->answer != NULL ? SOUP_STATUS_OK
                                                          : SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
  soup_server_message_set_response (request->message, "application/json; charset=utf-8",
                                    SOUP_MEMORY_COPY, json, strlen (json));
  soup_server_message_unpause (request->message);
}

static gboolean
delay_over_cb (gpointer user_data)
{
  finish_request (g_task_get_task_data (user_data));

  return G_SOURCE_REMOVE;
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Request *request = g_task_get_task_data (G_TASK (result));

  if (request->hang_up != NULL)
    g_source_destroy (request->hang_up);
  if (request->delay_ms > 0)
    g_timeout_add_full (G_PRIORITY_DEFAULT, request->delay_ms, delay_over_cb,
                        g_object_ref (result), g_object_unref);
  else
    finish_request (request);
}

/**
 * plt_demo_search_reply:
 * @self: the search
 * @message: who asks; answered later
 * @query: (nullable): the parameters of the address
 * @delay_ms: how much longer it takes
 */
void
plt_demo_search_reply (PltDemoSearch     *self,
                       SoupServerMessage *message,
                       GHashTable        *query,
                       guint              delay_ms)
{
  Request *request = g_new0 (Request, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, searched_cb, NULL);

  request->search = self;
  request->message = g_object_ref (message);
  request->delay_ms = delay_ms;
  g_mutex_init (&request->lock);
  for (int i = 0; parameters[self->registry][i] != NULL; i++)
    {
      const char *name = parameters[self->registry][i];
      const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;

      if (value == NULL)
        value = g_ascii_strcasecmp (name, "limit") == 0 || g_str_equal (name, "ROWS") ? "20" : "";
      request->values[i] = g_strdup (value);
    }
  g_task_set_task_data (task, request, request_free);
  soup_server_message_pause (message);
  watch_hang_up (task, request);
  g_task_run_in_thread (task, search_in_thread);
}
