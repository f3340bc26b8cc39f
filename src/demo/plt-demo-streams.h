/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One COPY into every table at a time, each on a connection of its own, and the file of the
 * truth. Several threads put districts in; whatever their speed, the rows come in the order of
 * the districts, so that the same parameters give the same bytes. */
#pragma once

#include "plt-demo-sql.h"
#include "plt-demo-tables.h"

G_BEGIN_DECLS

typedef struct _PltDemoStreams PltDemoStreams;

/* Opens a connection to the database of a registry that is being filled. */
typedef PGconn *(* PltDemoConnect) (PltDemoRegistry   registry,
                                    gpointer          user_data,
                                    GError          **error);

PltDemoStreams *plt_demo_streams_open  (PltDemoConnect    connect,
                                        gpointer          user_data,
                                        const char       *truth_path,
                                        GError          **error);
void            plt_demo_streams_free  (PltDemoStreams   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoStreams, plt_demo_streams_free)

gboolean        plt_demo_streams_put   (PltDemoStreams   *self,
                                        int               turn,
                                        PltDemoRows       tables[PLT_DEMO_N_TABLES],
                                        GString          *truths);
void            plt_demo_streams_fail  (PltDemoStreams   *self,
                                        GError           *reason);
gboolean        plt_demo_streams_close (PltDemoStreams   *self,
                                        GError          **error);

G_END_DECLS
