/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serves one registry for tests, with the faults that real ones have. */
#include "plt-test-registry.h"

#include <libsoup/soup.h>
#include <string.h>

#define HUGE_BYTES (100 * 1024 * 1024)
#define HUGE_CHUNK 65536
#define DRIP_MS 20

struct _PltTestRegistry
{
  GThread      *thread;
  GMainContext *context;
  GMainLoop    *loop;
  char         *folder;
  char         *certificate;
  gboolean      mutual;
  char         *header;
  char         *value;

  GMutex        lock; /* for all below */
  GCond         ready;
  int           port; /* 0 until it listens */
  PltTestFault  fault;
  int           status;
  char         *content_type;
  GBytes       *body;
  int           requests;
  int           connections;
  gint64        sent;
  int           feeds; /* bodies under way */
  char         *target;
  GHashTable   *headers; /* of the last request, names in small letters */
  char         *answer_header;
  char         *answer_value;
};

/* A message whose body comes piece by piece. */
typedef struct
{
  PltTestRegistry   *registry;
  SoupServerMessage *message;
  GSource           *timer;
  gint64             left;
} Feed;

static void
feed_free (Feed *feed)
{
  if (feed->timer != NULL)
    {
      g_source_destroy (feed->timer);
      g_source_unref (feed->timer);
    }
  g_mutex_lock (&feed->registry->lock);
  feed->registry->feeds--;
  g_mutex_unlock (&feed->registry->lock);
  g_free (feed);
}

static void
append (Feed       *feed,
        const char *data,
        gsize       length)
{
  SoupMessageBody *body = soup_server_message_get_response_body (feed->message);

  soup_message_body_append (body, SOUP_MEMORY_COPY, data, length);
  g_mutex_lock (&feed->registry->lock);
  feed->registry->sent += (gint64) length;
  g_mutex_unlock (&feed->registry->lock);
  soup_server_message_unpause (feed->message);
}

static gboolean
drip_cb (gpointer user_data)
{
  append (user_data, " ", 1);

  return G_SOURCE_CONTINUE;
}

static void
chunk_written_cb (SoupServerMessage *message,
                  Feed              *feed)
{
  static const char blanks[HUGE_CHUNK] = { ' ' };

  if (feed->left <= 0)
    {
      soup_message_body_complete (soup_server_message_get_response_body (message));
      return;
    }
  feed->left -= HUGE_CHUNK;
  append (feed, blanks, sizeof blanks);
}

static void
start_feed (PltTestRegistry   *self,
            SoupServerMessage *message,
            PltTestFault       fault)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  Feed *feed = g_new0 (Feed, 1);

  feed->registry = self;
  feed->message = message;
  feed->left = HUGE_BYTES;
  g_mutex_lock (&self->lock);
  self->feeds++;
  g_mutex_unlock (&self->lock);
  g_object_set_data_full (G_OBJECT (message), "feed", feed, (GDestroyNotify) feed_free);
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (body, FALSE);
  if (fault == PLT_TEST_FAULT_HUGE)
    {
      g_signal_connect (message, "wrote-chunk", G_CALLBACK (chunk_written_cb), feed);
      chunk_written_cb (message, feed);
      return;
    }

  feed->timer = g_timeout_source_new (DRIP_MS);
  g_source_set_callback (feed->timer, drip_cb, feed, NULL);
  g_source_attach (feed->timer, self->context);
  append (feed, "{", 1);
}

static void
cut (SoupServerMessage *message)
{
  static const char start[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                              "Content-Length: 5000\r\n\r\n{\"person\": {\"id\": ";
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), start, strlen (start), NULL,
                             NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static gboolean
is_allowed (PltTestRegistry   *self,
            SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return self->header == NULL ||
         g_strcmp0 (soup_message_headers_get_one (headers, self->header), self->value) == 0;
}

static void
note_header (const char *name,
             const char *value,
             gpointer    headers)
{
  g_hash_table_replace (headers, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
note_request (PltTestRegistry   *self,
              SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL && g_object_get_data (G_OBJECT (socket), "plt-seen") == NULL)
    {
      g_object_set_data (G_OBJECT (socket), "plt-seen", self);
      self->connections++;
    }
  g_free (self->target);
  self->target = g_uri_to_string (soup_server_message_get_uri (message));
  self->requests++;
  g_hash_table_remove_all (self->headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), note_header,
                                self->headers);
}

static void
set_answer (PltTestRegistry   *self,
            SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  g_mutex_lock (&self->lock);
  soup_server_message_set_status (message, (guint) self->status, NULL);
  soup_message_headers_set_content_type (headers, self->content_type, NULL);
  if (self->answer_header != NULL)
    soup_message_headers_replace (headers, self->answer_header, self->answer_value);
  if (g_bytes_get_size (self->body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), self->body);
  g_mutex_unlock (&self->lock);
}

typedef struct
{
  PltTestRegistry   *registry;
  SoupServerMessage *message;
} Late;

static gboolean
late_cb (gpointer user_data)
{
  Late *late = user_data;

  set_answer (late->registry, late->message);
  soup_server_message_unpause (late->message);

  return G_SOURCE_REMOVE;
}

static void
late_free (gpointer data)
{
  Late *late = data;

  g_object_unref (late->message);
  g_free (late);
}

static void
answer_late (PltTestRegistry   *self,
             SoupServerMessage *message)
{
  Late *late = g_new0 (Late, 1);
  GSource *timer = g_timeout_source_new (PLT_TEST_LATE_MS);

  late->registry = self;
  late->message = g_object_ref (message);
  soup_server_message_pause (message);
  g_source_set_callback (timer, late_cb, late, late_free);
  g_source_attach (timer, self->context);
  g_source_unref (timer);
}

static void
send_raw (SoupServerMessage *message,
          GBytes            *bytes)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), g_bytes_get_data (bytes, NULL),
                             g_bytes_get_size (bytes), NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  PltTestRegistry *self = user_data;

  g_mutex_lock (&self->lock);
  note_request (self, message);
  PltTestFault fault = self->fault;
  g_autoptr (GBytes) body = g_bytes_ref (self->body);
  g_mutex_unlock (&self->lock);

  if (!is_allowed (self, message))
    {
      soup_server_message_set_status (message, 401, NULL);
      return;
    }
  switch (fault)
    {
    case PLT_TEST_FAULT_HANG:
      soup_server_message_pause (message);
      return;
    case PLT_TEST_FAULT_DRIP:
    case PLT_TEST_FAULT_HUGE:
      start_feed (self, message, fault);
      return;
    case PLT_TEST_FAULT_CUT:
      cut (message);
      return;
    case PLT_TEST_FAULT_LATE:
      answer_late (self, message);
      return;
    case PLT_TEST_FAULT_RAW:
      send_raw (message, body);
      return;
    case PLT_TEST_FAULT_NONE:
    default:
      set_answer (self, message);
    }
}

static gboolean
accept_certificate_cb (SoupServerMessage    *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  return errors == 0;
}

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
}

static void
require_certificate (PltTestRegistry *self,
                     SoupServer      *server)
{
  g_autofree char *ca = g_build_filename (self->folder, "ca.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca, &error);

  g_assert_no_error (error);
  soup_server_set_tls_database (server, database);
  soup_server_set_tls_auth_mode (server, G_TLS_AUTHENTICATION_REQUIRED);
  g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), NULL);
}

static SoupServer *
new_server (PltTestRegistry *self)
{
  g_autofree char *stem = g_build_filename (self->folder, self->certificate, NULL);
  g_autofree char *certificate_file = g_strconcat (stem, ".pem", NULL);
  g_autofree char *key_file = g_strconcat (stem, ".key", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate =
    g_tls_certificate_new_from_files (certificate_file, key_file, &error);

  g_assert_no_error (error);

  SoupServer *server = soup_server_new ("tls-certificate", certificate, NULL);

  if (self->mutual)
    require_certificate (self, server);
  soup_server_add_handler (server, NULL, request_cb, self, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS, &error));
  g_assert_no_error (error);

  return server;
}

static gpointer
serve (gpointer user_data)
{
  PltTestRegistry *self = user_data;

  g_main_context_push_thread_default (self->context);

  g_autoptr (SoupServer) server = new_server (self);
  GSList *uris = soup_server_get_uris (server);

  g_mutex_lock (&self->lock);
  self->port = g_uri_get_port (uris->data);
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

PltTestRegistry *
plt_test_registry_new (const char *folder,
                       const char *certificate,
                       gboolean    mutual,
                       const char *header,
                       const char *value)
{
  PltTestRegistry *self = g_new0 (PltTestRegistry, 1);

  self->folder = g_strdup (folder);
  self->certificate = g_strdup (certificate);
  self->mutual = mutual;
  self->header = g_strdup (header);
  self->value = g_strdup (value);
  self->status = 200;
  self->content_type = g_strdup ("application/json");
  self->body = g_bytes_new_static ("{}", 2);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("registry", serve, self);

  g_mutex_lock (&self->lock);
  while (self->port == 0)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);

  return self;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_REMOVE;
}

void
plt_test_registry_free (PltTestRegistry *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->folder);
  g_free (self->certificate);
  g_free (self->header);
  g_free (self->value);
  g_free (self->content_type);
  g_free (self->target);
  g_free (self->answer_header);
  g_free (self->answer_value);
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self);
}

void
plt_test_registry_set_answer (PltTestRegistry *self,
                              int              status,
                              const char      *content_type,
                              GBytes          *body)
{
  g_mutex_lock (&self->lock);
  self->fault = PLT_TEST_FAULT_NONE;
  self->status = status;
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
  g_bytes_unref (self->body);
  self->body = g_bytes_ref (body);
  g_mutex_unlock (&self->lock);
}

void
plt_test_registry_set_fault (PltTestRegistry *self,
                             PltTestFault     fault)
{
  g_mutex_lock (&self->lock);
  self->fault = fault;
  g_mutex_unlock (&self->lock);
}

int
plt_test_registry_get_port (PltTestRegistry *self)
{
  return self->port;
}

int
plt_test_registry_get_requests (PltTestRegistry *self)
{
  g_mutex_lock (&self->lock);
  int requests = self->requests;
  g_mutex_unlock (&self->lock);

  return requests;
}

int
plt_test_registry_get_connections (PltTestRegistry *self)
{
  g_mutex_lock (&self->lock);
  int connections = self->connections;
  g_mutex_unlock (&self->lock);

  return connections;
}

gint64
plt_test_registry_get_sent (PltTestRegistry *self)
{
  g_mutex_lock (&self->lock);
  gint64 sent = self->sent;
  g_mutex_unlock (&self->lock);

  return sent;
}

gboolean
plt_test_registry_is_feeding (PltTestRegistry *self)
{
  g_mutex_lock (&self->lock);
  gboolean feeding = self->feeds > 0;
  g_mutex_unlock (&self->lock);

  return feeding;
}

char *
plt_test_registry_dup_target (PltTestRegistry *self)
{
  g_mutex_lock (&self->lock);
  char *target = g_strdup (self->target);
  g_mutex_unlock (&self->lock);

  return target;
}

char *
plt_test_registry_dup_header (PltTestRegistry *self,
                              const char      *name)
{
  g_autofree char *small = g_ascii_strdown (name, -1);

  g_mutex_lock (&self->lock);
  char *value = g_strdup (g_hash_table_lookup (self->headers, small));
  g_mutex_unlock (&self->lock);

  return value;
}

void
plt_test_registry_set_header (PltTestRegistry *self,
                              const char      *name,
                              const char      *value)
{
  g_mutex_lock (&self->lock);
  g_free (self->answer_header);
  g_free (self->answer_value);
  self->answer_header = g_strdup (name);
  self->answer_value = g_strdup (value);
  g_mutex_unlock (&self->lock);
}
