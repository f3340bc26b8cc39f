/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the signers of this folder need of a key beside its public functions. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-key-token.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

G_BEGIN_DECLS

PltIssuerKey     *plt_issuer_key_load_limited     (const char       *key,
                                                   const char       *certificate,
                                                   const char       *key_id,
                                                   const char       *secret_file,
                                                   const PltKeyTokenLimits *limits,
                                                   GError          **error);
gboolean          plt_issuer_key_can_sign         (PltIssuerKey     *self,
                                                   GError          **error);
/* Any thread may sign with it at any time, also with a token's. */
gnutls_privkey_t  plt_issuer_key_get_privkey      (PltIssuerKey     *self);
gnutls_pubkey_t   plt_issuer_key_get_pubkey       (PltIssuerKey     *self);
gboolean          plt_issuer_key_owns             (PltIssuerKey     *self,
                                                   gnutls_x509_crt_t certificate);
gnutls_x509_crt_t plt_issuer_key_get_certificate  (PltIssuerKey     *self);
guint             plt_issuer_key_get_chain        (PltIssuerKey     *self,
                                                   gnutls_x509_crt_t **chain);
void              plt_issuer_key_set_gnutls_error (GError          **error,
                                                   const char       *key_id,
                                                   int               code);

G_END_DECLS
