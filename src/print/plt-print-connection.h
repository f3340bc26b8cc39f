/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP connection to a scheduler, and IPP requests over it. All of it blocks, within its
 * timeouts: for worker threads, one connection each. */
#pragma once

#include <cups/cups.h>

#include "plt-printer.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (http_t, httpClose)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ipp_t, ippDelete)

http_t *plt_print_connection_open    (const char  *address,
                                      GError     **error);
ipp_t  *plt_print_connection_request (ipp_op_t     operation,
                                      const char  *destination);
ipp_t  *plt_print_connection_about   (ipp_op_t     operation,
                                      int          job_id);
ipp_t  *plt_print_connection_ask     (http_t      *http,
                                      ipp_t       *request,
                                      const char  *resource,
                                      GError     **error);
gboolean plt_print_connection_check  (ipp_t       *response,
                                      GError     **error);
void    plt_print_connection_say_silent (GError    **error);
char  **plt_print_connection_strings (ipp_attribute_t *attribute);

G_END_DECLS
