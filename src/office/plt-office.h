/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office as people use it: built once, handed to windows and commands, it owns the connection
 * to the database, the registry clients, the print server, layouts and keys. Everything below
 * office/ stays invisible to what includes this. Nothing here blocks; every call that waits is
 * an _async/_finish pair whose error has a sentence a clerk can act on (PLT_OFFICE_ERROR). */
#pragma once

#include <gio/gio.h>

#include "plt-office-config.h"
#include "plt-office-error.h"
#include "plt-session.h"

G_BEGIN_DECLS

#define PLT_TYPE_OFFICE (plt_office_get_type ())
G_DECLARE_FINAL_TYPE (PltOffice, plt_office, PLT, OFFICE, GObject)

/* Signal "changed" (const char *subject, gint64 id): "application", "card", "stock" or "session";
 * another desk (or this one) changed that record; read it again. ("registry", PltSource): that
 * registry answers again after it was down. After a lost connection has come
 * back: ("everything", 0). */

/* @conninfo: libpq keywords or URI, or NULL for libpq's own means. */
PltOffice   *plt_office_new               (PltOfficeConfig      *config,
                                           const char           *conninfo);
PltSession  *plt_office_get_session       (PltOffice            *self);
PltOfficeConfig *plt_office_get_config    (PltOffice            *self);

/* Opens the connection and the session. @user, @password: NULL for libpq's own means (service,
 * environment, passfile). @totp: six digits; NULL resumes the session that this person opened on
 * this machine before (token in XDG_RUNTIME_DIR, mode 0600), and fails with
 * PLT_OFFICE_ERROR_SECOND_FACTOR if there is none. */
void         plt_office_sign_in_async     (PltOffice            *self,
                                           const char           *user,
                                           const char           *password,
                                           const char           *totp,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     plt_office_sign_in_finish    (PltOffice            *self,
                                           GAsyncResult         *result,
                                           GError              **error);
void         plt_office_sign_out_async    (PltOffice            *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean     plt_office_sign_out_finish   (PltOffice            *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* A person is at work (a key, a click): keeps the session from idling out after thirty minutes.
 * Cheap: the database is told once a minute at most. */
void         plt_office_note_activity     (PltOffice            *self);

G_END_DECLS
