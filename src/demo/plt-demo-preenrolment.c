/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serves the pre-enrolment service over TLS: GET gives a prepared application out, POST of a status
 * acts once for each idempotency key. */
#include "plt-demo-preenrolment.h"

#include "plt-demo-cluster.h"
#include "plt-demo-misbehave.h"
#include "plt-demo-portrait.h"
#include "plt-demo-server.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define PATH "/applications"
#define STATUS_SUFFIX "/status"

typedef struct
{
  PltDemoServer  server;
  PGconn        *connection; /* (nullable) */
} Service;

typedef struct
{
  SoupServerMessage *message;
  PltDemoFault       fault;
  guint              status;
  char              *json;
} Reply;

static void
reply_free (Reply *reply)
{
  g_object_unref (reply->message);
  g_free (reply->json);
  g_free (reply);
}

static gboolean
send_cb (gpointer user_data)
{
  Reply *reply = user_data;

  if (reply->fault.kind == PLT_DEMO_FAULT_TRUNCATED)
    plt_demo_misbehave_truncate (reply->message, reply->json);
  else if (reply->fault.kind == PLT_DEMO_FAULT_NON_UTF8)
    plt_demo_misbehave_garble (reply->message, reply->json);
  else
    plt_demo_server_reply (reply->message, reply->status, reply->json);
  soup_server_message_unpause (reply->message);

  return G_SOURCE_REMOVE;
}

/* What was asked is done by now; only its answer is slow or comes out wrong. */
static void
send (Service           *self,
      SoupServerMessage *message,
      guint              status,
      const char        *json)
{
  Reply *reply = g_new0 (Reply, 1);
  guint pause_ms = self->server.fault.kind == PLT_DEMO_FAULT_SLOW ? self->server.fault.slow_ms : 0;

  reply->message = g_object_ref (message);
  reply->fault = self->server.fault;
  reply->status = status;
  reply->json = g_strdup (json);
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, pause_ms, send_cb, reply, (GDestroyNotify) reply_free);
}

/* A connection that broke is dropped and the question asked once more on a new one. */
static PGresult *
ask (Service             *self,
     const char          *statement,
     int                  n_values,
     const char * const  *values)
{
  for (int attempt = 0; attempt < 2; attempt++)
    {
      g_autoptr (GError) error = NULL;

      if (self->connection == NULL)
        self->connection = plt_demo_cluster_connect (self->server.box, PLT_DEMO_PREENROLMENT,
                                                     PLT_DEMO_PREENROLMENT, &error);

      PGresult *rows = self->connection != NULL
                         ? plt_demo_sql_query (self->connection, statement, n_values, values, &error)
                         : NULL;

      if (rows != NULL)
        return rows;
      g_message ("The service could not ask its database: %s", error->message);
      g_clear_pointer (&self->connection, PQfinish);
    }

  return NULL;
}

/* (nullable): base 64. */
static char *
draw_photo (Service    *self,
            const char *code)
{
  g_autoptr (PGresult) rows = ask (self, "select portrait_ref from application where code = $1 and "
                                   "portrait_ref is not null", 1, (const char *[]) { code });
  g_autoptr (GBytes) jpeg = NULL;

  if (rows == NULL || PQntuples (rows) == 0)
    return NULL;
  jpeg = plt_demo_portrait_draw_reference (PQgetvalue (rows, 0, 0), NULL);

  return jpeg != NULL ? g_base64_encode (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg))
                      : NULL;
}

static void
give_out (Service           *self,
          SoupServerMessage *message,
          const char        *code)
{
  g_autoptr (GBytes) statement =
    g_resources_lookup_data ("/org/platen/demo/preenrolment-answer.sql",
                             G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *photo = draw_photo (self, code);
  g_autoptr (PGresult) rows = ask (self, g_bytes_get_data (statement, NULL), 2,
                                   (const char *[]) { code, photo });

  if (rows == NULL)
    send (self, message, SOUP_STATUS_SERVICE_UNAVAILABLE, "{\"error\":{\"code\":\"DATABASE\"}}");
  else if (PQntuples (rows) == 0)
    send (self, message, SOUP_STATUS_NOT_FOUND, "{\"error\":{\"code\":\"APPLICATION_NOT_FOUND\"}}");
  else
    send (self, message, SOUP_STATUS_OK, PQgetvalue (rows, 0, 0));
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
is_moment (const char *text)
{
  g_autoptr (GDateTime) moment = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return moment != NULL;
}

static void
take_status (Service           *self,
             SoupServerMessage *message,
             const char        *code)
{
  const char *key =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                  "Idempotency-Key");
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                                               (gssize) g_bytes_get_size (body), NULL)
                     ? json_parser_get_root (parser) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root)
                                                                     : NULL;
  const char *status = object != NULL ? get_text (object, "status") : NULL;
  const char *at = object != NULL ? get_text (object, "at") : NULL;

  if (status == NULL || !is_moment (at) || key == NULL || !g_uuid_string_is_valid (key))
    {
      send (self, message, SOUP_STATUS_BAD_REQUEST, "{\"error\":{\"code\":\"REQUEST\"}}");
      return;
    }

  g_autoptr (PGresult) rows = ask (self, "select http, answer from report ($1, $2, $3, $4)", 4,
                                   (const char *[]) { key, code, status, at });

  if (rows == NULL)
    send (self, message, SOUP_STATUS_SERVICE_UNAVAILABLE, "{\"error\":{\"code\":\"DATABASE\"}}");
  else
    send (self, message, (guint) g_ascii_strtoull (PQgetvalue (rows, 0, 0), NULL, 10),
          PQgetvalue (rows, 0, 1));
}

/* Before anything is done: what a gateway in front of the service would say. */
static gboolean
is_turned_away (Service           *self,
                SoupServerMessage *message)
{
  if (self->server.fault.kind == PLT_DEMO_FAULT_REFUSE)
    plt_demo_server_reply (message, SOUP_STATUS_FORBIDDEN, "{\"error\":{\"code\":\"CREDENTIALS\"}}");
  else if (!plt_demo_server_has_shown_bearer (&self->server, message))
    plt_demo_server_reply (message, SOUP_STATUS_UNAUTHORIZED,
                           "{\"error\":{\"code\":\"CREDENTIALS\"}}");
  else if (self->server.fault.kind == PLT_DEMO_FAULT_NONSENSE)
    plt_demo_misbehave_ramble (message);
  else if (self->server.fault.kind == PLT_DEMO_FAULT_HUGE)
    plt_demo_misbehave_flood (message);
  else
    return FALSE;

  return TRUE;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Service *self = user_data;
  const char *rest = g_str_has_prefix (path, PATH "/") ? path + strlen (PATH "/") : "";
  gboolean is_status = g_str_has_suffix (rest, STATUS_SUFFIX);
  g_autofree char *code = g_strndup (rest, strlen (rest) - (is_status ? strlen (STATUS_SUFFIX) : 0));
  const char *method = soup_server_message_get_method (message);

  if (is_turned_away (self, message))
    return;
  if (*code == '\0' || strchr (code, '/') != NULL)
    send (self, message, SOUP_STATUS_BAD_REQUEST, "{\"error\":{\"code\":\"REQUEST\"}}");
  else if (is_status && method == SOUP_METHOD_POST)
    take_status (self, message, code);
  else if (!is_status && method == SOUP_METHOD_GET)
    give_out (self, message, code);
  else
    send (self, message, SOUP_STATUS_METHOD_NOT_ALLOWED, "{\"error\":{\"code\":\"METHOD\"}}");
}

/* Serves until it is told to end or the box is gone. */
gboolean
plt_demo_preenrolment_serve (PltDemoBox  *box,
                             guint        port,
                             GError     **error)
{
  Service self = { .connection = NULL };
  gboolean served;

  self.server = (PltDemoServer) {
    .box = box,
    .nick = PLT_DEMO_PREENROLMENT,
    .secret_file = PLT_DEMO_PREENROLMENT ".token",
    .paths = { PATH },
    .answer = request_cb,
    .answer_data = &self,
    .port = port,
  };
  served = plt_demo_server_run (&self.server, error);
  g_clear_pointer (&self.connection, PQfinish);

  return served;
}
