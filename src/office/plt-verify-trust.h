/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a folder of exported keys: certificates, revocation lists, public keys (PEM or DER), and published key
 * sets (JSON, RFC 7517). Blocks: belongs into a worker thread. */
#pragma once

#include <gio/gio.h>

#include "plt-verify-keys.h"

G_BEGIN_DECLS

gboolean plt_verify_trust_add_folder (PltVerifyKeys  *keys,
                                      const char     *folder,
                                      GError        **error);

G_END_DECLS
