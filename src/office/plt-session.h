/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sits here, with which roles, and whether the database can be reached right now. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_ROLE_CLERK = 1 << 0,
  PLT_ROLE_SUPERVISOR = 1 << 1,
  PLT_ROLE_OPERATOR = 1 << 2,
  PLT_ROLE_AUDITOR = 1 << 3,
  PLT_ROLE_ADMIN = 1 << 4,
} PltRoles;

#define PLT_TYPE_SESSION (plt_session_get_type ())
G_DECLARE_FINAL_TYPE (PltSession, plt_session, PLT, SESSION, GObject)

/* Properties, notifying: "signed-in", "online" (bool), "trouble" (sentence or NULL: why it is
 * offline and what happens now), "staff-login", "staff-name", "office-code", "office-name",
 * "workstation", "roles" (PltRoles as uint). */
gboolean    plt_session_is_signed_in    (PltSession *self);
gboolean    plt_session_is_online       (PltSession *self);
const char *plt_session_get_trouble     (PltSession *self);
/* Whether it ends soon: a service opens a new one before that. */
gboolean    plt_session_is_worn         (PltSession *self);
const char *plt_session_get_staff_login (PltSession *self);
const char *plt_session_get_staff_name  (PltSession *self);
const char *plt_session_get_office_code (PltSession *self);
const char *plt_session_get_office_name (PltSession *self);
gboolean    plt_session_has_role        (PltSession *self,
                                         PltRoles    role);
const char *plt_role_to_nick            (PltRoles    role);
const char *plt_role_get_title          (PltRoles    role);
/* Unknown nicks are no roles of this version. */
PltRoles    plt_roles_from_nicks        (const char * const *nicks);

G_END_DECLS
