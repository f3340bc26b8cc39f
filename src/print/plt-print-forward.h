/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The further print servers that a queue passes its jobs on to, one behind the other. They are asked without a password:
 * that of the first is none of theirs. */
#pragma once

#include "plt-print-queue.h"

G_BEGIN_DECLS

typedef struct
{
  char     host[256];
  int      port;
  char     destination[256];
  gboolean is_class;
  gboolean secure; /* TLS from the first byte */
} PltPrintForward;

/* @uri: a device-uri. Returns: whether it has the form of a CUPS queue; printers themselves are at /ipp/print and the
 * like. */
gboolean   plt_print_forward_read     (const char             *uri,
                                       PltPrintForward        *place);
/* Returns: (transfer full) (nullable): OFFLINE, or UNTRUSTED when it shows another certificate than before */
http_t    *plt_print_forward_open     (const PltPrintForward  *place,
                                       GError                **error);
/* Returns: (transfer full) (nullable): the device-uri of a queue */
char      *plt_print_forward_ask_next (http_t                 *http,
                                       const char             *destination);

/* Returns: whether to go on to the next server. */
typedef gboolean (*PltPrintForwardFunc) (http_t                 *http,
                                         const PltPrintForward  *place,
                                         gpointer                user_data,
                                         GError                **error);
/* Goes from server to server, behind that of @http. Returns: whether it came to the end */
gboolean   plt_print_forward_walk     (http_t                 *http,
                                       const char             *destination,
                                       PltPrintForwardFunc     func,
                                       gpointer                user_data,
                                       GError                **error);

/* Words about the settings of those servers in @refusals or @warnings. Blocks for a few seconds at most. */
void       plt_print_forward_judge    (PltPrintQueue          *queue,
                                       GPtrArray              *refusals,
                                       GPtrArray              *warnings);

G_END_DECLS
