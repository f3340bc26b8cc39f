/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers as xdg-desktop-portal does: the answer to AccessCamera is a signal of a request. */
#include "mock-portal.h"

#include <gio/gunixfdlist.h>
#include <string.h>

static const char introspection[] =
  "<node><interface name='org.freedesktop.portal.Camera'>"
  "<method name='AccessCamera'><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "<method name='OpenPipeWireRemote'><arg type='a{sv}' direction='in'/><arg type='h' direction='out'/></method>"
  "<property name='IsCameraPresent' type='b' access='read'/></interface></node>";

static void
access_camera (MockPortal *self, const char *sender, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 0);
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char *path = NULL;
  const char *token = "none";

  g_variant_lookup (options, "handle_token", "&s", &token);
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
  self->n_asked++;
  if (self->error != NULL)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.portal.Error.Failed", self->error);
      return;
    }
  /* Before the call returns: whoever subscribes only afterwards waits for ever. */
  g_dbus_connection_emit_signal (self->bus, sender, path, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(ua{sv})", self->answer, NULL), NULL);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
}

static void
call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
         GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  MockPortal *self = user_data;
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new ();

  if (g_str_equal (method, "AccessCamera"))
    {
      access_camera (self, sender, parameters, invocation);
      return;
    }
  self->n_opened++;
  g_assert_cmpint (g_unix_fd_list_append (list, self->descriptor, NULL), ==, 0);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), list);
}

static GVariant *
get_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *property,
        GError **error, gpointer user_data)
{
  return g_variant_new_boolean (((MockPortal *) user_data)->is_present);
}

static guint32
call_bus (GDBusConnection *bus, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                                            "org.freedesktop.DBus", method, parameters,
                                                            G_VARIANT_TYPE ("(u)"), 0, -1, NULL, &error);
  guint32 answer = 0;

  g_assert_no_error (error);
  g_variant_get (reply, "(u)", &answer);
  return answer;
}

void
mock_portal_start (MockPortal *self)
{
  static const GDBusInterfaceVTable vtable = { call_cb, get_cb, NULL, { NULL } };
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GError) error = NULL;

  self->bus = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                        | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                      NULL, NULL, &error);
  g_assert_no_error (error);
  node = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (self->bus, "/org/freedesktop/portal/desktop", node->interfaces[0], &vtable,
                                     self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (call_bus (self->bus, "RequestName", g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 4u)),
                    ==, 1);
}

void
mock_portal_stop (MockPortal *self)
{
  call_bus (self->bus, "ReleaseName", g_variant_new ("(s)", "org.freedesktop.portal.Desktop"));
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
}
