/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A private key in a PKCS#11 token that any number of threads sign with at once. Private to this
 * folder. */
#pragma once

#include <glib.h>
#include <gnutls/abstract.h>

G_BEGIN_DECLS

/* What a token may take: so many sessions at once, and so long for one signature. */
typedef struct
{
  guint max_sessions;
  guint timeout_ms;
} PltKeyTokenLimits;

#define PLT_KEY_TOKEN_LIMITS ((PltKeyTokenLimits) { .max_sessions = 16, .timeout_ms = 15000 })

/* @secret_file: (nullable): file whose first line is the PIN. @privkey: (out): signs as any other
 * of gnutls does, without a lock; deinit it. @pubkey is filled. Returns: a code of gnutls. */
int plt_key_token_open (const char              *url,
                        const char              *secret_file,
                        const PltKeyTokenLimits *limits,
                        gnutls_privkey_t        *privkey,
                        gnutls_pubkey_t          pubkey);

G_END_DECLS
