/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box's private PostgreSQL cluster: one unix socket, no network, an ordinary user. */
#pragma once

#include "plt-demo-box.h"
#include "plt-demo-sql.h"

G_BEGIN_DECLS

#define PLT_DEMO_SUPERUSER "postgres"
#define PLT_DEMO_REGISTRY_USER "registry"

gboolean  plt_demo_cluster_start      (PltDemoBox  *box,
                                       GError     **error);
gboolean  plt_demo_cluster_stop       (PltDemoBox  *box,
                                       GError     **error);
gboolean  plt_demo_cluster_is_running (PltDemoBox  *box);
PGconn   *plt_demo_cluster_connect    (PltDemoBox  *box,
                                       const char  *dbname,
                                       const char  *user,
                                       GError     **error);

G_END_DECLS
