/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every service of the box shares: an HTTPS server on the loopback in a process of its own,
 * which lives as long as the box does and misbehaves when it is told to. */
#pragma once

#include <libsoup/soup.h>

#include "plt-demo-box.h"
#include "plt-demo-fault.h"

G_BEGIN_DECLS

typedef struct
{
  /* Set by whoever runs it. */
  PltDemoBox         *box;
  const char         *nick;             /* of its port, its faults and its process */
  const char         *secret_file;      /* (nullable): the token or key that callers must show */
  gboolean            asks_certificate; /* of its callers */
  const char         *paths[3];         /* up to two, and %NULL */
  SoupServerCallback  answer;
  gpointer            answer_data;
  guint               port;             /* 0: any free one */

  /* Kept while it runs. */
  PltDemoFault        fault;
  char               *secret;
  char               *box_id;
  SoupServer         *server;
  GMainLoop          *loop;
} PltDemoServer;

/* Serves until it is told to end or the box is gone. Prints the port and a newline to standard
 * output when it is ready. */
gboolean plt_demo_server_run                   (PltDemoServer      *self,
                                                GError            **error);

void     plt_demo_server_reply                 (SoupServerMessage  *message,
                                                guint               status,
                                                const char         *json);
gboolean plt_demo_server_has_shown_certificate (SoupServerMessage  *message);
gboolean plt_demo_server_has_shown_bearer      (PltDemoServer      *self,
                                                SoupServerMessage  *message);

G_END_DECLS
