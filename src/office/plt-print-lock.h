/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever prints, spoils or cancels the card of an application holds its lock: one task in this
 * program, one program in the office. In the database it is a lock of the connection, so that a
 * program that was killed leaves none behind. */
#pragma once

#include "plt-office-private.h"

G_BEGIN_DECLS

/* Fails with PLT_OFFICE_ERROR_RULE ("IN_FLIGHT") when somebody is at it. It does not wait, and cannot
 * be cancelled: a lock that was taken but not told would never be given back. */
void      plt_print_lock_async  (PltOffice            *office,
                                 gint64                application,
                                 const char           *application_number,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean  plt_print_lock_finish (PltOffice            *office,
                                 GAsyncResult         *result,
                                 GError              **error);
void      plt_print_unlock      (PltOffice            *office,
                                 gint64                application,
                                 const char           *application_number);

G_END_DECLS
