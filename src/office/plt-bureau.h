/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards that a central bureau makes: its certificate, the batches that are sent to it as personalisation
 * packages (platen-package(5)), and its receipts. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* Each finish gives JSON for people: (transfer full). */
void   plt_bureau_list_async      (PltOffice            *office,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* @certificate: a file, PEM or DER */
void   plt_bureau_enrol_async     (PltOffice            *office,
                                   const char           *code,
                                   const char           *name,
                                   const char           *certificate,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* @fingerprint: (nullable): to approve it, as the bureau said it; NULL: to retire it */
void   plt_bureau_decide_async    (PltOffice            *office,
                                   gint64                bureau,
                                   const char           *fingerprint,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);

/* Makes a batch of approved applications, draws their cards and writes the package to @path. */
void   plt_bureau_send_async      (PltOffice            *office,
                                   const char           *bureau,
                                   const char *const    *applications,
                                   const char           *path,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* Writes a batch again, the same to the byte; one that was interrupted is finished. */
void   plt_bureau_write_async     (PltOffice            *office,
                                   const char           *batch,
                                   const char           *path,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
void   plt_bureau_cancel_async    (PltOffice            *office,
                                   const char           *batch,
                                   const char           *reason,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* Takes the bureau's signed receipt, all of it or nothing. @path: of the receipt */
void   plt_bureau_receive_async   (PltOffice            *office,
                                   const char           *path,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
char  *plt_bureau_finish          (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS
