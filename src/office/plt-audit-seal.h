/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the ends of the audit log's chains out of the machine, signed with the key for audit
 * extracts: whoever has such a seal can show later that nobody changed or cut off what was
 * written before. A JSON Web Signature (RFC 7515, compact, ES256). */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* For auditors and administrators. Refused where a chain is broken. Returns: (transfer full):
 * the seal */
void  plt_audit_seal_async   (PltOffice            *office,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
char *plt_audit_seal_finish  (GAsyncResult         *result,
                              GError              **error);

/* For auditors. Returns: (transfer full): JSON, for each chain whether what was sealed still
 * stands in it */
void  plt_audit_check_async  (PltOffice            *office,
                              const char           *seal,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
/* @holds: (out): all of them do */
char *plt_audit_check_finish (GAsyncResult         *result,
                              gboolean             *holds,
                              GError              **error);

G_END_DECLS
