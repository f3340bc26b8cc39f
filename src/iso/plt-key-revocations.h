/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The revocation list of a root: of the keys that it certified itself, those that are revoked. */
#pragma once

#include "plt-issuer-key.h"

G_BEGIN_DECLS

/* @records: (element-type PltKeyRecord): of @folder. Returns: (transfer full): PEM */
char    *plt_key_revocations_make     (const char    *folder,
                                       GPtrArray     *records,
                                       PltIssuerKey  *root,
                                       gint64         now,
                                       GError       **error);
/* Whether @root certified @certificate, both PEM files */
gboolean plt_key_revocations_concern  (const char    *root,
                                       const char    *certificate);

/* When the list in the file @path ends, Unix seconds; 0: there is none. */
gint64   plt_key_revocations_get_end  (const char    *path);

G_END_DECLS
