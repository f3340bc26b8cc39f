/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a private key can be reached, without opening it: nobody is asked for a passphrase or a PIN.
 * Blocks while a token thinks, for a few seconds at most. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @tokens: (element-type utf8 gboolean): what was found of tokens so far, and is found here; of
 * g_str_hash, and frees its keys. @key: the path of a file, or a pkcs11: URL. */
gboolean plt_key_reach             (GHashTable  *tokens,
                                    const char  *key);
/* Whether @token can be the address of one; it need not be there. PLT_ISO_ERROR_TOKEN. */
gboolean plt_key_reach_check_name  (const char  *token,
                                    GError     **error);

G_END_DECLS
