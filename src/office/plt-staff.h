/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff, schema upgrades and the health of everything the office leans on. */
#pragma once

#include <gio/gio.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_STAFF_MEMBER (plt_staff_member_get_type ())
G_DECLARE_FINAL_TYPE (PltStaffMember, plt_staff_member, PLT, STAFF_MEMBER, GObject)
/* Properties "login", "name", "office-code", "roles" (PltRoles as uint), "active". */

void        plt_staff_list_async    (PltOffice *office, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *plt_staff_list_finish   (GAsyncResult *result, GError **error); /* PltStaffMember */

/* Makes a login role with a SCRAM verifier; the password never travels in a statement. Returns the
 * otpauth:// URI of the new second factor, shown once. */
void        plt_staff_add_async     (PltOffice *office, const char *login, const char *name,
                                     const char *office_code, PltRoles roles, const char *password,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
char       *plt_staff_add_finish    (GAsyncResult *result, GError **error);

/* After how many minutes a card that is said to be out and was not read back is asked about in the
 * office of who is signed in (an administrator). */
void        plt_office_set_ask_after_async  (PltOffice *office, int minutes,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_office_set_ask_after_finish (GAsyncResult *result, GError **error);

/* Schema: the version of the database and of this program; upgrade runs what is missing, each file
 * in one transaction, as a superuser or member of platen_owner. @target receives what was done. */
typedef struct
{
  int database; /* 0: no schema yet */
  int program;
} PltSchemaStatus;
void        plt_schema_status_async   (PltOffice *office, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_schema_status_finish  (GAsyncResult *result, PltSchemaStatus *status,
                                       GError **error);
void        plt_schema_upgrade_async  (PltOffice *office, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean    plt_schema_upgrade_finish (GAsyncResult *result, PltSchemaStatus *status,
                                       GError **error);

/* One line per thing the office needs: database, schema, each registry, print server, layouts,
 * keys and their days left, fonts. */
#define PLT_TYPE_HEALTH_ITEM (plt_health_item_get_type ())
G_DECLARE_FINAL_TYPE (PltHealthItem, plt_health_item, PLT, HEALTH_ITEM, GObject)
/* Properties "name", "ok" (bool), "text" (a sentence: how it is, what to do). */
void        plt_health_check_async  (PltOffice *office, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *plt_health_check_finish (GAsyncResult *result, GError **error); /* PltHealthItem */

G_END_DECLS
