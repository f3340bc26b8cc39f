/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where to connect: what libpq makes of a conninfo, with every host name resolved beforehand, since
 * libpq's own look-up blocks. */
#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

typedef struct
{
  char *host;    /* name, socket folder or "" */
  char *address; /* numeric, or "" */
  char *port;    /* "" is the default */
} PltPgHost;

char      *plt_pg_route_find_fault     (const char           *conninfo);
GPtrArray *plt_pg_route_read           (const char           *conninfo,
                                        guint                *timeout_s);
void       plt_pg_route_resolve_async  (GPtrArray            *hosts,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GPtrArray *plt_pg_route_resolve_finish (GAsyncResult         *result,
                                        GError              **error);
PGconn    *plt_pg_route_start          (const char           *conninfo,
                                        const char           *user,
                                        const char           *password,
                                        GPtrArray            *hosts,
                                        guint                 first);

G_END_DECLS
