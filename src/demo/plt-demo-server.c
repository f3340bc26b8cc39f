/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listens over TLS, takes faults over, and ends when the box does. */
#include "plt-demo-server.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define WATCH_SECONDS 2

void
plt_demo_server_reply (SoupServerMessage *message,
                       guint              status,
                       const char        *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_COPY,
                                    json, strlen (json));
}

/* libsoup 3.2 knows the peer's certificate only for the first request of a connection, so the
 * connection remembers that it was good. */
gboolean
plt_demo_server_has_shown_certificate (SoupServerMessage *message)
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

gboolean
plt_demo_server_has_shown_bearer (PltDemoServer     *self,
                                  SoupServerMessage *message)
{
  const char *shown =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                  "Authorization");

  return shown != NULL && g_str_has_prefix (shown, "Bearer ") &&
         g_str_equal (shown + strlen ("Bearer "), self->secret);
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
new_server (PltDemoServer  *self,
            GError        **error)
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
  if (self->asks_certificate)
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
  for (int i = 0; self->paths[i] != NULL; i++)
    soup_server_add_handler (server, self->paths[i], self->answer, self->answer_data, NULL);

  return server;
}

static gboolean
start_server (PltDemoServer  *self,
              GError        **error)
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
stop_server (PltDemoServer *self)
{
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

/* Takes the fault over and says so in run/, where the one who set it waits for it. */
static gboolean
fault_changed_cb (gpointer user_data)
{
  PltDemoServer *self = user_data;
  g_autofree char *path = plt_demo_box_path (self->box, "faults", self->nick, NULL);
  g_autofree char *acknowledged = g_strconcat (self->nick, ".fault", NULL);
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
  PltDemoServer *self = user_data;
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
read_secret (PltDemoServer  *self,
             GError        **error)
{
  g_autofree char *path = self->secret_file != NULL
                            ? plt_demo_box_path (self->box, "secrets", self->secret_file, NULL)
                            : NULL;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &self->secret, NULL, error))
    return FALSE;
  g_strchomp (self->secret);

  return TRUE;
}

static void
say_ready (PltDemoServer *self)
{
  printf ("%u\n", self->port);
  fflush (stdout);
  close (STDOUT_FILENO);
}

/* A registry that is to be down keeps its port for later. */
static gboolean
serve (PltDemoServer  *self,
       GError        **error)
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
plt_demo_server_run (PltDemoServer  *self,
                     GError        **error)
{
  gboolean served;

  if (!plt_demo_box_require (self->box, error))
    return FALSE;
  self->box_id = plt_demo_box_dup_value (self->box, "box", "id");
  served = serve (self, error);
  stop_server (self);
  g_clear_pointer (&self->secret, g_free);
  g_clear_pointer (&self->box_id, g_free);

  return served;
}
