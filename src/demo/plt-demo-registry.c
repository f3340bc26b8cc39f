/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serves one registry over TLS: listens, checks credentials, answers or misbehaves. */
#include "plt-demo-registry.h"

#include "plt-demo-answer.h"
#include "plt-demo-cluster.h"
#include "plt-demo-fault.h"
#include "plt-demo-misbehave.h"
#include "plt-demo-search.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WATCH_SECONDS 2

typedef struct
{
  PltDemoBox      *box;
  PltDemoRegistry  registry;
  PltDemoFault     fault;
  guint            port;
  char            *box_id;
  char            *secret; /* the token or key that callers must show; NULL for mutual TLS */
  SoupServer      *server;
  GMainLoop       *loop;
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

static void
reply (SoupServerMessage *message,
       guint              status,
       const char        *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_COPY,
                                    json, strlen (json));
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

  reply (request->message, registry == PLT_DEMO_DRIVER ? SOUP_STATUS_OK : SOUP_STATUS_NOT_FOUND,
         answers[registry]);
}

static void
finish_request (Request *request)
{
  SoupServerMessage *message = request->message;

  if (request->failed)
    reply (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "{\"error\":\"database\"}");
  else if (request->answer == NULL)
    reply_unknown (request);
  else if (request->registry->fault.kind == PLT_DEMO_FAULT_TRUNCATED)
    plt_demo_misbehave_truncate (message, request->answer);
  else if (request->registry->fault.kind == PLT_DEMO_FAULT_NON_UTF8)
    plt_demo_misbehave_garble (message, request->answer);
  else
    reply (message, SOUP_STATUS_OK, request->answer);
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

  if (self->fault.kind == PLT_DEMO_FAULT_SLOW)
    g_timeout_add_full (G_PRIORITY_DEFAULT, self->fault.slow_ms, delay_over_cb,
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

/* libsoup 3.2 knows the peer's certificate only for the first request of a connection, so the
 * connection remembers that it was good. */
static gboolean
has_shown_certificate (SoupServerMessage *message)
{
  static const char key[] = "plt-demo-certificate";
  GSocket *socket = soup_server_message_get_socket (message);
  gboolean good = soup_server_message_get_tls_peer_certificate (message) != NULL &&
                  soup_server_message_get_tls_peer_certificate_errors (message) == 0;

  if (socket == NULL || good == (g_object_get_data (G_OBJECT (socket), key) != NULL))
    return good;
  if (good)
    g_object_set_data (G_OBJECT (socket), key, (gpointer) key);

  return TRUE;
}

/* 401 for who shows nothing or the wrong thing, 403 for a certificate that is not known. */
static guint
check_credentials (Registry          *self,
                   SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *shown;

  if (self->fault.kind == PLT_DEMO_FAULT_REFUSE)
    return SOUP_STATUS_FORBIDDEN;

  switch (self->registry)
    {
    case PLT_DEMO_IDENTITY:
      return has_shown_certificate (message) ? SOUP_STATUS_OK : SOUP_STATUS_FORBIDDEN;
    case PLT_DEMO_DRIVER:
      shown = soup_message_headers_get_one (headers, "Authorization");
      return shown != NULL && g_str_has_prefix (shown, "Bearer ") &&
             g_str_equal (shown + strlen ("Bearer "), self->secret)
               ? SOUP_STATUS_OK : SOUP_STATUS_UNAUTHORIZED;
    case PLT_DEMO_INFRINGEMENT:
      shown = soup_message_headers_get_one (headers, "X-Api-Key");
      return g_strcmp0 (shown, self->secret) == 0 ? SOUP_STATUS_OK : SOUP_STATUS_UNAUTHORIZED;
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
    reply (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "{\"error\":\"method\"}");
  else if (status != SOUP_STATUS_OK)
    reply (message, status, "{\"error\":\"credentials\"}");
  else if (self->fault.kind == PLT_DEMO_FAULT_NONSENSE)
    plt_demo_misbehave_ramble (message);
  else if (self->fault.kind == PLT_DEMO_FAULT_HUGE)
    plt_demo_misbehave_flood (message);
  else if (is_search (self, path))
    plt_demo_search_reply (self->search, message, query,
                           self->fault.kind == PLT_DEMO_FAULT_SLOW ? self->fault.slow_ms : 0);
  else if ((id_number = read_id_number (self, path, query)) == NULL)
    reply (message, SOUP_STATUS_BAD_REQUEST, "{\"error\":\"request\"}");
  else
    look_up (self, message, g_steal_pointer (&id_number));
}

/* Who has no good certificate is told so in the answer, as a gateway would. */
static gboolean
accept_certificate_cb (SoupServerMessage    *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  return TRUE;
}

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
}

static SoupServer *
new_server (Registry  *self,
            GError   **error)
{
  g_autofree char *certificate_path = plt_demo_box_path (self->box, "tls", "registry.pem", NULL);
  g_autofree char *key_path = plt_demo_box_path (self->box, "tls", "registry.key", NULL);
  g_autofree char *ca_path = plt_demo_box_path (self->box, "tls", "registry-ca.pem", NULL);
  g_autoptr (GTlsCertificate) certificate =
    g_tls_certificate_new_from_files (certificate_path, key_path, error);
  g_autoptr (GTlsDatabase) authorities = NULL;
  SoupServer *server;

  if (certificate == NULL)
    return NULL;
  server = soup_server_new ("tls-certificate", certificate, "server-header", "Utopia ", NULL);
  if (self->registry == PLT_DEMO_IDENTITY)
    {
      authorities = g_tls_file_database_new (ca_path, error);
      if (authorities == NULL)
        {
          g_object_unref (server);
          return NULL;
        }
      soup_server_set_tls_database (server, authorities);
      soup_server_set_tls_auth_mode (server, G_TLS_AUTHENTICATION_REQUESTED);
    }
  g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), self);
  soup_server_add_handler (server, paths[self->registry], request_cb, self, NULL);
  if (plt_demo_search_get_path (self->registry) != NULL)
    soup_server_add_handler (server, plt_demo_search_get_path (self->registry), request_cb, self,
                             NULL);

  return server;
}

static gboolean
start_server (Registry  *self,
              GError   **error)
{
  self->server = new_server (self, error);
  if (self->server == NULL ||
      !soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_HTTPS, error))
    return FALSE;

  GSList *uris = soup_server_get_uris (self->server);

  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

static void
stop_server (Registry *self)
{
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

/* Takes the fault over and says so in run/, where the one who set it waits for it. */
static gboolean
fault_changed_cb (gpointer user_data)
{
  Registry *self = user_data;
  const char *nick = plt_demo_registry_to_nick (self->registry);
  g_autofree char *path = plt_demo_box_path (self->box, "faults", nick, NULL);
  g_autofree char *acknowledged = g_strconcat (nick, ".fault", NULL);
  g_autofree char *acknowledged_path = plt_demo_box_path (self->box, "run", acknowledged, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  self->fault = plt_demo_fault_load (path);
  if (self->fault.kind == PLT_DEMO_FAULT_DOWN)
    stop_server (self);
  else if (self->server == NULL && !start_server (self, &error))
    g_message ("The registry could not listen again: %s", error->message);
  if (error == NULL && g_file_get_contents (path, &text, NULL, NULL))
    g_file_set_contents_full (acknowledged_path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                              NULL);

  return G_SOURCE_CONTINUE;
}

static gboolean
watch_box_cb (gpointer user_data)
{
  Registry *self = user_data;
  g_autoptr (PltDemoBox) now = plt_demo_box_new (plt_demo_box_get_folder (self->box), NULL);
  g_autofree char *id = now != NULL ? plt_demo_box_dup_value (now, "box", "id") : NULL;

  if (g_strcmp0 (id, self->box_id) != 0)
    g_main_loop_quit (self->loop);

  return G_SOURCE_CONTINUE;
}

static gboolean
end_asked_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
read_secret (Registry  *self,
             GError   **error)
{
  const char *file = secret_files[self->registry];
  g_autofree char *path = file != NULL ? plt_demo_box_path (self->box, "secrets", file, NULL)
                                       : NULL;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &self->secret, NULL, error))
    return FALSE;
  g_strchomp (self->secret);

  return TRUE;
}

static void
say_ready (Registry *self)
{
  printf ("%u\n", self->port);
  fflush (stdout);
  close (STDOUT_FILENO);
}

/* A registry that is to be down keeps its port for later. */
static gboolean
run (Registry  *self,
     GError   **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  self->loop = loop;
  if (!read_secret (self, error) || !start_server (self, error) ||
      !plt_demo_box_become_service (self->box, error))
    return FALSE;
  fault_changed_cb (self);
  g_unix_signal_add (SIGUSR1, fault_changed_cb, self);
  g_unix_signal_add (SIGTERM, end_asked_cb, loop);
  g_timeout_add_seconds (WATCH_SECONDS, watch_box_cb, self);
  say_ready (self);
  g_main_loop_run (loop);

  return TRUE;
}

gboolean
plt_demo_registry_serve (PltDemoBox       *box,
                         PltDemoRegistry   registry,
                         guint             port,
                         GError          **error)
{
  Registry self = { .box = box, .registry = registry, .port = port };
  gboolean served;

  if (!plt_demo_box_require (box, error))
    return FALSE;
  self.box_id = plt_demo_box_dup_value (box, "box", "id");
  self.idle_connections = g_async_queue_new_full ((GDestroyNotify) PQfinish);
  self.search = plt_demo_search_new (box, registry);
  served = run (&self, error);
  stop_server (&self);
  plt_demo_search_free (self.search);
  g_async_queue_unref (self.idle_connections);
  g_free (self.secret);
  g_free (self.box_id);

  return served;
}
