/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serves one registry over TLS: checks credentials, answers or misbehaves. */
#include "plt-demo-registry.h"

#include "plt-demo-answer.h"
#include "plt-demo-cluster.h"
#include "plt-demo-misbehave.h"
#include "plt-demo-search.h"
#include "plt-demo-server.h"

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  PltDemoBox      *box;
  PltDemoRegistry  registry;
  PltDemoServer    server;
  GAsyncQueue     *idle_connections;
  PltDemoSearch   *search;
} Registry;

static const char *const secret_files[] = { NULL, "driver.token", "infringement.key" };
static const char *const paths[] = { "/v1/persons/", "/drivers", "/api/offenders/" };

/* A request on its way through a pool thread; the message is paused meanwhile. */
typedef struct
{
  Registry          *registry;
  SoupServerMessage *message;
  char              *id_number;
  char              *answer;
  gboolean           failed;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->message);
  g_free (request->id_number);
  g_free (request->answer);
  g_free (request);
}

/* Each registry has its own way of knowing nobody. */
static void
reply_unknown (Request *request)
{
  static const char *const answers[] = {
    "{\"error\":{\"code\":\"PERSON_NOT_FOUND\"}}",
    "{\"citizen\":null}",
    "{\"data\":null,\"message\":\"no such offender\"}",
  };
  PltDemoRegistry registry = request->registry->registry;

  plt_demo_server_reply (request->message,
                         registry == PLT_DEMO_DRIVER ? SOUP_STATUS_OK : SOUP_STATUS_NOT_FOUND,
                         answers[registry]);
}

static void
finish_request (Request *request)
{
  SoupServerMessage *message = request->message;

  if (request->failed)
    plt_demo_server_reply (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "{\"error\":\"database\"}");
  else if (request->answer == NULL)
    reply_unknown (request);
  else if (request->registry->server.fault.kind == PLT_DEMO_FAULT_TRUNCATED)
    plt_demo_misbehave_truncate (message, request->answer);
  else if (request->registry->server.fault.kind == PLT_DEMO_FAULT_NON_UTF8)
    plt_demo_misbehave_garble (message, request->answer);
  else
    plt_demo_server_reply (message, SOUP_STATUS_OK, request->answer);
  soup_server_message_unpause (message);
}

static gboolean
delay_over_cb (gpointer user_data)
{
  finish_request (g_task_get_task_data (user_data));

  return G_SOURCE_REMOVE;
}

static void
request_looked_up_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  Request *request = g_task_get_task_data (G_TASK (result));
  Registry *self = request->registry;

  if (self->server.fault.kind == PLT_DEMO_FAULT_SLOW)
    g_timeout_add_full (G_PRIORITY_DEFAULT, self->server.fault.slow_ms, delay_over_cb,
                        g_object_ref (result), g_object_unref);
  else
    finish_request (request);
}

static PGconn *
connect_database (Registry  *self,
                  GError   **error)
{
  g_autoptr (PGconn) connection =
    plt_demo_cluster_connect (self->box, plt_demo_registry_to_nick (self->registry),
                              PLT_DEMO_REGISTRY_USER, error);

  if (connection == NULL || !plt_demo_answer_prepare (connection, self->registry, error))
    return NULL;

  return g_steal_pointer (&connection);
}

/* A connection that broke is dropped and the question asked once more on a new one. */
static char *
ask_database (Registry  *self,
              Request   *request,
              GError   **error)
{
  for (int attempt = 0; attempt < 2; attempt++)
    {
      g_autoptr (PGconn) connection = g_async_queue_try_pop (self->idle_connections);
      g_autoptr (GError) failure = NULL;

      if (connection == NULL)
        connection = connect_database (self, &failure);
      if (connection != NULL)
        {
          char *answer = plt_demo_answer_new (connection, self->registry, request->id_number,
                                              &failure);

          if (failure == NULL)
            {
              g_async_queue_push (self->idle_connections, g_steal_pointer (&connection));
              return answer;
            }
        }
      if (attempt == 1)
        g_propagate_error (error, g_steal_pointer (&failure));
    }

  return NULL;
}

static void
look_up_in_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr (GError) error = NULL;

  request->answer = ask_database (request->registry, request, &error);
  request->failed = error != NULL;
  if (error != NULL)
    g_message ("The registry could not look into its database: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

/* 401 for who shows nothing or the wrong thing, 403 for a certificate that is not known. */
static guint
check_credentials (Registry          *self,
                   SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *shown;

  if (self->server.fault.kind == PLT_DEMO_FAULT_REFUSE)
    return SOUP_STATUS_FORBIDDEN;

  switch (self->registry)
    {
    case PLT_DEMO_IDENTITY:
      return plt_demo_server_has_shown_certificate (message) ? SOUP_STATUS_OK : SOUP_STATUS_FORBIDDEN;
    case PLT_DEMO_DRIVER:
      return plt_demo_server_has_shown_bearer (&self->server, message) ? SOUP_STATUS_OK
                                                                       : SOUP_STATUS_UNAUTHORIZED;
    case PLT_DEMO_INFRINGEMENT:
      shown = soup_message_headers_get_one (headers, "X-Api-Key");
      return g_strcmp0 (shown, self->server.secret) == 0 ? SOUP_STATUS_OK : SOUP_STATUS_UNAUTHORIZED;
    case PLT_DEMO_N_REGISTRIES:
    default:
      g_assert_not_reached ();
    }
}

/* Returns: (transfer full) (nullable): the number that is asked for; %NULL for any other path. */
static char *
read_id_number (Registry   *self,
                const char *path,
                GHashTable *query)
{
  const char *rest = path + strlen (paths[self->registry]);

  switch (self->registry)
    {
    case PLT_DEMO_IDENTITY:
      return strchr (rest, '/') == NULL && *rest != '\0' ? g_strdup (rest) : NULL;
    case PLT_DEMO_DRIVER:
      return *rest == '\0' && query != NULL ? g_strdup (g_hash_table_lookup (query, "citizen"))
                                            : NULL;
    case PLT_DEMO_INFRINGEMENT:
      return g_str_has_suffix (rest, "/summary")
               ? g_strndup (rest, strlen (rest) - strlen ("/summary")) : NULL;
    case PLT_DEMO_N_REGISTRIES:
    default:
      g_assert_not_reached ();
    }
}

static void
look_up (Registry          *self,
         SoupServerMessage *message,
         char              *id_number)
{
  Request *request = g_new0 (Request, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, request_looked_up_cb, NULL);

  request->registry = self;
  request->message = g_object_ref (message);
  request->id_number = id_number;
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  soup_server_message_pause (message);
  g_task_run_in_thread (task, look_up_in_thread);
}

static gboolean
is_search (Registry   *self,
           const char *path)
{
  return g_strcmp0 (path, plt_demo_search_get_path (self->registry)) == 0;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Registry *self = user_data;
  guint status = check_credentials (self, message);
  g_autofree char *id_number = NULL;

  if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    plt_demo_server_reply (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "{\"error\":\"method\"}");
  else if (status != SOUP_STATUS_OK)
    plt_demo_server_reply (message, status, "{\"error\":\"credentials\"}");
  else if (self->server.fault.kind == PLT_DEMO_FAULT_NONSENSE)
    plt_demo_misbehave_ramble (message);
  else if (self->server.fault.kind == PLT_DEMO_FAULT_HUGE)
    plt_demo_misbehave_flood (message);
  else if (is_search (self, path))
    plt_demo_search_reply (self->search, message, query,
                           self->server.fault.kind == PLT_DEMO_FAULT_SLOW
                             ? self->server.fault.slow_ms
                             : 0);
  else if ((id_number = read_id_number (self, path, query)) == NULL)
    plt_demo_server_reply (message, SOUP_STATUS_BAD_REQUEST, "{\"error\":\"request\"}");
  else
    look_up (self, message, g_steal_pointer (&id_number));
}

gboolean
plt_demo_registry_serve (PltDemoBox       *box,
                         PltDemoRegistry   registry,
                         guint             port,
                         GError          **error)
{
  Registry self = { .box = box, .registry = registry };
  gboolean served;

  self.server = (PltDemoServer) {
    .box = box,
    .nick = plt_demo_registry_to_nick (registry),
    .secret_file = secret_files[registry],
    .asks_certificate = registry == PLT_DEMO_IDENTITY,
    .paths = { paths[registry], plt_demo_search_get_path (registry) },
    .answer = request_cb,
    .answer_data = &self,
    .port = port,
  };
  self.idle_connections = g_async_queue_new_full ((GDestroyNotify) PQfinish);
  self.search = plt_demo_search_new (box, registry);
  served = plt_demo_server_run (&self.server, error);
  plt_demo_search_free (self.search);
  g_async_queue_unref (self.idle_connections);

  return served;
}
