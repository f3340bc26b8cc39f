/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is there a camera, may it be used, and where: three questions to the desktop, the second answered by a
 * person and therefore by a signal. */
#include "plt-camera-portal.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

#define NAME "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define CAMERA "org.freedesktop.portal.Camera"
#define REQUEST "org.freedesktop.portal.Request"

typedef struct
{
  GDBusConnection *bus;
  guint            response_id; /* subscription; 0: none */
} PortalTask;

static void
stop_listening (PortalTask *self)
{
  guint id = self->response_id;

  self->response_id = 0;
  if (id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, id);
}

static void
portal_task_free (PortalTask *self)
{
  stop_listening (self);
  g_clear_object (&self->bus);
  g_free (self);
}

/* What D-Bus says where nobody answers, or nobody who knows of cameras. */
static gboolean
is_missing (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND);
}

/* Takes @error. */
static void
return_failure (GTask  *task,
                GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, error);
  else
    {
      g_dbus_error_strip_remote_error (error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                               _("The camera was not opened, because the desktop’s camera service failed (%s). "
                                 "Load the picture from a file, or have the administrator set the camera itself."),
                               error->message);
      g_error_free (error);
    }
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GUnixFDList) list = NULL;
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
    G_DBUS_CONNECTION (source), &list, result, &error);
  gint32 index = 0;
  int descriptor = -1;

  if (reply != NULL)
    {
      g_variant_get (reply, "(h)", &index);
      descriptor = list != NULL ? g_unix_fd_list_get (list, index, &error) : -1;
    }
  if (descriptor >= 0)
    g_task_return_int (task, descriptor);
  else
    return_failure (task, error != NULL
                            ? error
                            : g_error_new (G_DBUS_ERROR, G_DBUS_ERROR_FAILED, "%s", CAMERA));
}

/* The person has answered: 0 yes, 1 no, 2 it ended otherwise. */
static void
response_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  GTask *task = user_data;
  PortalTask *data = g_task_get_task_data (task);
  guint32 response = 2;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (parameters, "(ua{sv})", &response, NULL);
  if (response == 0)
    g_dbus_connection_call_with_unix_fd_list (bus, NAME, PATH, CAMERA, "OpenPipeWireRemote",
                                              g_variant_new ("(a{sv})", NULL),
                                              G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1,
                                              NULL, g_task_get_cancellable (task), opened_cb,
                                              g_object_ref (task));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                             _("The camera was not opened, because this was refused when the desktop asked. "
                               "Allow it in the settings of the desktop, or load the picture from a file."));
  /* The last: with it goes the reference that it holds. */
  stop_listening (data);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PortalTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);

  /* The answer is a signal, and may have come already. */
  if (reply != NULL || data->response_id == 0)
    {
      g_clear_error (&error);
      return;
    }
  return_failure (task, error);
  stop_listening (data);
}

/* Where the answer will come is known beforehand: it may come before the call returns. */
static void
ask (GTask *task)
{
  PortalTask *data = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("platen%u", g_random_int ());
  g_autofree char *sender =
    g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (data->bus) + 1), ".", '_');
  g_autofree char *path = g_strdup_printf (PATH "/request/%s/%s", sender, token);
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  data->response_id = g_dbus_connection_signal_subscribe (data->bus, NAME, REQUEST, "Response",
                                                          path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                          response_cb, g_object_ref (task),
                                                          g_object_unref);
  g_dbus_connection_call (data->bus, NAME, PATH, CAMERA, "AccessCamera", g_variant_new ("(a{sv})", &options),
                          G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task),
                          asked_cb, g_object_ref (task));
}

static void
present_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);
  g_autoptr (GVariant) value = NULL;

  if (reply == NULL)
    {
      if (is_missing (error))
        {
          g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s", error->message);
          g_error_free (error);
        }
      else
        return_failure (task, error);
      return;
    }
  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value))
    ask (task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             _("The camera was not opened, because there is none. Plug one in, or load the "
                               "picture from a file."));
}

static void
bus_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PortalTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  data->bus = g_bus_get_finish (result, &error);
  if (data->bus == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s", error->message);
      return;
    }
  g_dbus_connection_call (data->bus, NAME, PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", CAMERA, "IsCameraPresent"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), present_cb,
                          g_object_ref (task));
}

void
plt_camera_portal_open_async (GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, "plt_camera_portal_open_async");
  g_task_set_task_data (task, g_new0 (PortalTask, 1), (GDestroyNotify) portal_task_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, task);
}

int
plt_camera_portal_open_finish (GAsyncResult  *result,
                               GError       **error)
{
  gssize descriptor;

  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  descriptor = g_task_propagate_int (G_TASK (result), error);
  return (int) descriptor;
}
