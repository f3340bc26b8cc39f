/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff, and the schema of the database. */
#include "plt-staff.h"

#include <glib/gi18n-lib.h>

#include "plt-office-private.h"
#include "plt-session-private.h"
#include "plt-store-schema.h"
#include "plt-store-staff.h"

struct _PltStaffMember
{
  GObject parent_instance;
  char *login;
  char *name;
  char *office_code;
  PltRoles roles;
  gboolean active;
};

enum
{
  PROP_0,
  PROP_LOGIN,
  PROP_NAME,
  PROP_OFFICE_CODE,
  PROP_ROLES,
  PROP_ACTIVE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PltStaffMember, plt_staff_member, G_TYPE_OBJECT)

static void
plt_staff_member_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  PltStaffMember *self = PLT_STAFF_MEMBER (object);

  switch (property_id)
    {
    case PROP_LOGIN:
      g_value_set_string (value, self->login);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_OFFICE_CODE:
      g_value_set_string (value, self->office_code);
      break;
    case PROP_ROLES:
      g_value_set_uint (value, self->roles);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_staff_member_finalize (GObject *object)
{
  PltStaffMember *self = PLT_STAFF_MEMBER (object);

  g_free (self->login);
  g_free (self->name);
  g_free (self->office_code);
  G_OBJECT_CLASS (plt_staff_member_parent_class)->finalize (object);
}

static void
plt_staff_member_class_init (PltStaffMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = plt_staff_member_get_property;
  object_class->finalize = plt_staff_member_finalize;
  properties[PROP_LOGIN] = g_param_spec_string ("login", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_OFFICE_CODE] = g_param_spec_string ("office-code", NULL, NULL, NULL, flags);
  properties[PROP_ROLES] = g_param_spec_uint ("roles", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_staff_member_init (PltStaffMember *self)
{
}

static PltStaffMember *
new_member (PltStoreStaff *row)
{
  PltStaffMember *self = g_object_new (PLT_TYPE_STAFF_MEMBER, NULL);

  self->login = g_strdup (row->login);
  self->name = g_strdup (row->name);
  self->office_code = g_strdup (row->office_code);
  self->roles = plt_roles_from_nicks ((const char * const *) row->roles);
  self->active = row->active;
  return self;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = plt_store_list_staff_finish (PLT_STORE (source), result, &error);

  if (rows == NULL)
    {
      plt_office_fail (g_task_get_source_object (task), task, error);
      return;
    }
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (members, new_member (g_ptr_array_index (rows, i)));
  g_task_return_pointer (task, members, (GDestroyNotify) g_ptr_array_unref);
}

void
plt_staff_list_async (PltOffice           *office,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  plt_store_list_staff_async (plt_office_get_store (office), cancellable, listed_cb,
                              g_task_new (office, cancellable, callback, user_data));
}

GPtrArray *
plt_staff_list_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *uri = plt_store_add_staff_finish (PLT_STORE (source), result, &error);

  if (uri != NULL)
    g_task_return_pointer (task, uri, g_free);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

typedef struct
{
  char *login;
  char *name;
  char *office_code;
  PltRoles roles;
  char *password; /* secret */
} AddTask;

static void
add_task_free (AddTask *self)
{
  explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->login);
  g_free (self->name);
  g_free (self->office_code);
  g_free (self);
}

static void
connected_to_add_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltOffice *office = PLT_OFFICE (source);
  AddTask *data = g_task_get_task_data (task);
  PltStore *store = plt_office_get_store (office);
  GError *error = NULL;

  if (!plt_office_connect_finish (office, result, &error))
    {
      plt_office_fail (office, task, error);
      return;
    }
  g_autofree char *verifier = plt_pg_connection_scram_verifier (plt_store_get_connection (store),
                                                                data->login, data->password, &error);
  g_autofree const char **nicks = plt_roles_to_nicks (data->roles);
  if (verifier == NULL)
    plt_office_fail (office, task, error);
  else
    plt_store_add_staff_async (store, data->login, data->name, data->office_code, nicks, verifier,
                               cancellable, added_cb, g_steal_pointer (&task));
}

/* Works with an administrator's session, and without one as a member of platen_owner. */
void
plt_staff_add_async (PltOffice           *office,
                     const char          *login,
                     const char          *name,
                     const char          *office_code,
                     PltRoles             roles,
                     const char          *password,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (login != NULL && name != NULL && office_code != NULL && password != NULL);

  GTask *task = g_task_new (office, cancellable, callback, user_data);
  AddTask *data = g_new0 (AddTask, 1);
  data->login = g_strdup (login);
  data->name = g_strdup (name);
  data->office_code = g_strdup (office_code);
  data->roles = roles;
  data->password = g_strdup (password);
  g_task_set_task_data (task, data, (GDestroyNotify) add_task_free);
  plt_office_connect_async (office, cancellable, connected_to_add_cb, task);
}

char *
plt_staff_add_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
ask_after_set_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (plt_store_set_ask_after_finish (PLT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

void
plt_office_set_ask_after_async (PltOffice           *office,
                                int                  minutes,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_store_set_ask_after_async (plt_office_get_store (office), minutes, cancellable, ask_after_set_cb,
                                 g_task_new (office, cancellable, callback, user_data));
}

gboolean
plt_office_set_ask_after_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
return_status (GTask                      *task,
               const PltStoreSchemaStatus *found)
{
  PltSchemaStatus *status = g_new0 (PltSchemaStatus, 1);

  status->database = found->database;
  status->program = found->program;
  g_task_return_pointer (task, status, g_free);
}

static void
status_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltStoreSchemaStatus status;
  GError *error = NULL;

  if (plt_store_schema_status_finish (PLT_STORE (source), result, &status, &error))
    return_status (task, &status);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

static void
upgraded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltStoreSchemaStatus status;
  GError *error = NULL;

  if (plt_store_schema_upgrade_finish (PLT_STORE (source), result, &status, &error))
    return_status (task, &status);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

static void
connected_to_look_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltOffice *office = PLT_OFFICE (source);
  GError *error = NULL;

  if (plt_office_connect_finish (office, result, &error))
    plt_store_schema_status_async (plt_office_get_store (office), cancellable,
                                   status_read_cb, g_steal_pointer (&task));
  else
    plt_office_fail (office, task, error);
}

static void
connected_to_upgrade_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltOffice *office = PLT_OFFICE (source);
  GError *error = NULL;

  if (plt_office_connect_finish (office, result, &error))
    plt_store_schema_upgrade_async (plt_office_get_store (office), cancellable,
                                    upgraded_cb, g_steal_pointer (&task));
  else
    plt_office_fail (office, task, error);
}

static gboolean
finish_schema (GAsyncResult     *result,
               PltSchemaStatus  *status,
               GError          **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  g_autofree PltSchemaStatus *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found != NULL)
    *status = *found;
  return found != NULL;
}

void
plt_schema_status_async (PltOffice           *office,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  plt_office_connect_async (office, cancellable, connected_to_look_cb,
                            g_task_new (office, cancellable, callback, user_data));
}

gboolean
plt_schema_status_finish (GAsyncResult     *result,
                          PltSchemaStatus  *status,
                          GError          **error)
{
  return finish_schema (result, status, error);
}

void
plt_schema_upgrade_async (PltOffice           *office,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  plt_office_connect_async (office, cancellable, connected_to_upgrade_cb,
                            g_task_new (office, cancellable, callback, user_data));
}

gboolean
plt_schema_upgrade_finish (GAsyncResult     *result,
                           PltSchemaStatus  *status,
                           GError          **error)
{
  return finish_schema (result, status, error);
}
