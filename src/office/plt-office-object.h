/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office itself, for plt-office.c, plt-office-session.c and plt-office-registry.c alone. */
#pragma once

#include "plt-office-private.h"

G_BEGIN_DECLS

struct _PltOffice
{
  GObject parent_instance;
  PltOfficeConfig *config;
  char *conninfo;
  PltSession *session;
  PltPgConnection *connection;
  PltStore *store;
  PltPrintServer *print_server; /* made when first asked for, as are the two below */
  PltPress *press;
  GPtrArray *registries;
  PltRegistryClient *preenrolment;
  gint64 active_at; /* monotonic: when the database was last told that somebody is at work */
  guint epoch; /* counts connections */
  GHashTable *printing; /* numbers of applications that this program is printing */
};

/* Parts from the database, if there was a connection, and makes another that is not open yet. @user, @password:
 * (nullable): as the environment says. */
void plt_office_make_connection (PltOffice  *self,
                                 const char *user,
                                 const char *password);
/* Nobody is signed in any more, and everybody who listens hears of it. @trouble: (nullable): why */
void plt_office_end_session     (PltOffice  *self,
                                 const char *trouble);

G_END_DECLS
