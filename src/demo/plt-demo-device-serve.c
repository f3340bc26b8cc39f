/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP around the IPP of a virtual card printer: refuses, delays or answers. */
#include "plt-demo-device-serve.h"

#include "plt-demo-control.h"
#include "plt-demo-device-ipp.h"

#include <glib-unix.h>
#include <libsoup/soup.h>

#define PATH "/ipp/print"
#define LOOK_SECONDS 2

typedef struct
{
  PltDemoDevice *device;
  SoupServer    *server;
  GMainLoop     *loop;
  char          *folder;
  guint          port;
} Service;

static gboolean
unpause_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Service *service = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) request = soup_message_body_flatten (body);
  g_autoptr (GBytes) answer = NULL;
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (request, &length);
  guint delay_ms = plt_demo_device_get_delay_ms (service->device);

  if (soup_server_message_get_method (message) == SOUP_METHOD_POST)
    answer = plt_demo_device_answer (service->device, service->port, data, length);
  if (answer == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      return;
    }
  data = g_bytes_get_data (answer, &length);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/ipp", SOUP_MEMORY_COPY, (const char *) data, length);
  delay_ms = MAX (delay_ms, plt_demo_device_get_delay_ms (service->device));
  if (delay_ms == 0)
    return;
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, delay_ms, unpause_cb, g_object_ref (message), g_object_unref);
}

static gboolean
open_door (Service  *self,
           GError  **error)
{
  self->server = g_object_new (SOUP_TYPE_SERVER, "server-header", "Utopia Card Printer", NULL);
  soup_server_add_handler (self->server, PATH, request_cb, self, NULL);
  return soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, error);
}

static void
close_door (Service *self)
{
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

static void
listen_cb (gboolean listens,
           gpointer user_data)
{
  Service *self = user_data;
  g_autoptr (GError) error = NULL;

  close_door (self);
  if (listens && !open_door (self, &error))
    g_warning ("%s", error->message);
}

static gboolean
end_cb (gpointer user_data)
{
  Service *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

/* When the folder goes, it goes; and “offline” by command is looked for here, too. */
static gboolean
look_cb (gpointer user_data)
{
  Service *self = user_data;

  if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

gboolean
plt_demo_device_serve (const char  *folder,
                       const char  *name,
                       guint        port,
                       GError     **error)
{
  g_autofree char *own = plt_demo_control_dup_folder (folder, name);
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  g_autoptr (PltDemoDevice) device = plt_demo_device_new (own, out, name, error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Service self = { .device = device, .loop = loop, .folder = own, .port = port };

  if (device == NULL || !open_door (&self, error) || !plt_demo_control_serve (device, port, error))
    return FALSE;
  g_unix_signal_add (SIGTERM, end_cb, &self);
  g_unix_signal_add (SIGINT, end_cb, &self);
  g_timeout_add_seconds (LOOK_SECONDS, look_cb, &self);
  plt_demo_device_switch_on (device, listen_cb, &self);
  g_main_loop_run (loop);
  close_door (&self);
  return TRUE;
}
