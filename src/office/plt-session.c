/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sits here, with which roles, and whether the database can be reached. */
#include "plt-session-private.h"

#include <glib/gi18n-lib.h>

struct _PltSession
{
  GObject parent_instance;
  gboolean signed_in;
  gboolean online;
  char *trouble;
  char *staff_login;
  char *staff_name;
  char *office_code;
  char *office_name;
  char *workstation;
  PltRoles roles;
  gint64 worn_at; /* monotonic */
};

enum
{
  PROP_0,
  PROP_SIGNED_IN,
  PROP_ONLINE,
  PROP_TROUBLE,
  PROP_STAFF_LOGIN,
  PROP_STAFF_NAME,
  PROP_OFFICE_CODE,
  PROP_OFFICE_NAME,
  PROP_WORKSTATION,
  PROP_ROLES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static const struct
{
  PltRoles    role;
  const char *nick;
  const char *title;
} roles_table[] = {
  { PLT_ROLE_CLERK, "clerk", N_("Clerk") },
  { PLT_ROLE_SUPERVISOR, "supervisor", N_("Supervisor") },
  { PLT_ROLE_OPERATOR, "operator", N_("Print Operator") },
  { PLT_ROLE_AUDITOR, "auditor", N_("Auditor") },
  { PLT_ROLE_ADMIN, "admin", N_("Administrator") },
};

G_DEFINE_FINAL_TYPE (PltSession, plt_session, G_TYPE_OBJECT)

static void
clear_person (PltSession *self)
{
  g_clear_pointer (&self->staff_login, g_free);
  g_clear_pointer (&self->staff_name, g_free);
  g_clear_pointer (&self->office_code, g_free);
  g_clear_pointer (&self->office_name, g_free);
  g_clear_pointer (&self->workstation, g_free);
  self->roles = 0;
}

static void
notify_person (PltSession *self)
{
  for (int i = PROP_STAFF_LOGIN; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
}

static void
plt_session_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PltSession *self = PLT_SESSION (object);

  switch (property_id)
    {
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->signed_in);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, self->online);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    case PROP_STAFF_LOGIN:
      g_value_set_string (value, self->staff_login);
      break;
    case PROP_STAFF_NAME:
      g_value_set_string (value, self->staff_name);
      break;
    case PROP_OFFICE_CODE:
      g_value_set_string (value, self->office_code);
      break;
    case PROP_OFFICE_NAME:
      g_value_set_string (value, self->office_name);
      break;
    case PROP_WORKSTATION:
      g_value_set_string (value, self->workstation);
      break;
    case PROP_ROLES:
      g_value_set_uint (value, self->roles);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_session_finalize (GObject *object)
{
  PltSession *self = PLT_SESSION (object);

  clear_person (self);
  g_free (self->trouble);
  G_OBJECT_CLASS (plt_session_parent_class)->finalize (object);
}

static void
plt_session_class_init (PltSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const char * const texts[] = {
    [PROP_TROUBLE] = "trouble",         [PROP_STAFF_LOGIN] = "staff-login",
    [PROP_STAFF_NAME] = "staff-name",   [PROP_OFFICE_CODE] = "office-code",
    [PROP_OFFICE_NAME] = "office-name", [PROP_WORKSTATION] = "workstation",
  };

  object_class->get_property = plt_session_get_property;
  object_class->finalize = plt_session_finalize;
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, FALSE, flags);
  for (guint i = PROP_TROUBLE; i <= PROP_WORKSTATION; i++)
    properties[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);
  properties[PROP_ROLES] = g_param_spec_uint ("roles", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plt_session_init (PltSession *self)
{
}

PltSession *
plt_session_new (void)
{
  return g_object_new (PLT_TYPE_SESSION, NULL);
}

void
plt_session_sign_in (PltSession         *self,
                     const char         *staff_login,
                     const char         *staff_name,
                     const char         *office_code,
                     const char         *office_name,
                     const char         *workstation,
                     const char * const *roles)
{
  clear_person (self);
  self->signed_in = TRUE;
  self->staff_login = g_strdup (staff_login);
  self->staff_name = g_strdup (staff_name);
  self->office_code = g_strdup (office_code);
  self->office_name = g_strdup (office_name);
  self->workstation = g_strdup (workstation);
  self->roles = plt_roles_from_nicks (roles);
  notify_person (self);
}

/* Of twelve hours the last one is left for cards that are being made. A clock that is far from the database's says nothing. */
void
plt_session_set_end (PltSession *self,
                     GDateTime  *expires_at)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  GTimeSpan lifetime = g_date_time_difference (expires_at, now);

  if (lifetime <= 0)
    lifetime = 12 * G_TIME_SPAN_HOUR;
  self->worn_at = g_get_monotonic_time () + lifetime / 12 * 11;
}

gboolean
plt_session_is_worn (PltSession *self)
{
  return self->signed_in && self->worn_at > 0 && g_get_monotonic_time () >= self->worn_at;
}

void
plt_session_sign_out (PltSession *self)
{
  clear_person (self);
  self->signed_in = FALSE;
  notify_person (self);
}

void
plt_session_set_online (PltSession *self,
                        gboolean    online,
                        const char *trouble)
{
  if (g_strcmp0 (self->trouble, trouble) != 0)
    {
      g_free (self->trouble);
      self->trouble = g_strdup (trouble);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TROUBLE]);
    }
  if (self->online != online)
    {
      self->online = online;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
    }
}

gboolean
plt_session_is_signed_in (PltSession *self)
{
  return self->signed_in;
}

gboolean
plt_session_is_online (PltSession *self)
{
  return self->online;
}

const char *
plt_session_get_trouble (PltSession *self)
{
  return self->trouble;
}

const char *
plt_session_get_staff_login (PltSession *self)
{
  return self->staff_login;
}

const char *
plt_session_get_staff_name (PltSession *self)
{
  return self->staff_name;
}

const char *
plt_session_get_office_code (PltSession *self)
{
  return self->office_code;
}

const char *
plt_session_get_office_name (PltSession *self)
{
  return self->office_name;
}

/* @role: one, or several of which any will do */
gboolean
plt_session_has_role (PltSession *self,
                      PltRoles    role)
{
  return (self->roles & role) != 0;
}

const char *
plt_role_to_nick (PltRoles role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles_table); i++)
    if (roles_table[i].role == role)
      return roles_table[i].nick;
  return NULL;
}

const char *
plt_role_get_title (PltRoles role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles_table); i++)
    if (roles_table[i].role == role)
      return _(roles_table[i].title);
  return NULL;
}

PltRoles
plt_roles_from_nicks (const char * const *nicks)
{
  PltRoles roles = 0;

  for (guint i = 0; i < G_N_ELEMENTS (roles_table); i++)
    if (nicks != NULL && g_strv_contains (nicks, roles_table[i].nick))
      roles |= roles_table[i].role;
  return roles;
}

const char **
plt_roles_to_nicks (PltRoles roles)
{
  const char **nicks = g_new0 (const char *, G_N_ELEMENTS (roles_table) + 1);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (roles_table); i++)
    if (roles & roles_table[i].role)
      nicks[n++] = roles_table[i].nick;
  return nicks;
}
