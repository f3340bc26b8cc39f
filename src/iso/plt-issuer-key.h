/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signing key of the issuer: a PEM file or a PKCS#11 URL, with its certificate and key id. A PEM
 * file with a public key alone is a key that can only verify. */
#pragma once

#include "plt-iso-error.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define PLT_TYPE_ISSUER_KEY (plt_issuer_key_get_type ())
G_DECLARE_FINAL_TYPE (PltIssuerKey, plt_issuer_key, PLT, ISSUER_KEY, GObject)

/* @key: file name or "pkcs11:" URL of a P-256 key. @certificate: PEM file or NULL. @key_id: at
 * most 16 ASCII characters. @secret_file: file with the token's PIN or the key file's passphrase, or
 * NULL. Any number of threads may sign with one key at once, with a token's too. */
PltIssuerKey *plt_issuer_key_load        (const char    *key,
                                          const char    *certificate,
                                          const char    *key_id,
                                          const char    *secret_file,
                                          GError       **error);
/* A key that can only verify, from its certificate. */
PltIssuerKey *plt_issuer_key_new_for_certificate
                                         (const char    *certificate,
                                          const char    *key_id,
                                          GError       **error);
gboolean      plt_issuer_key_has_certificate (PltIssuerKey *self);
/* (transfer full) (nullable): SHA-256 of the certificate, in hex; NULL: it has none. */
char         *plt_issuer_key_dup_certificate_hash (PltIssuerKey *self);
const char   *plt_issuer_key_get_key_id  (PltIssuerKey  *self);

/* The issuer's address, "iss" of what this key signs (RFC 8392); set it before the key is shared. */
void          plt_issuer_key_set_uri     (PltIssuerKey  *self,
                                          const char    *uri);
const char   *plt_issuer_key_get_uri     (PltIssuerKey  *self);

/* The public key: X and Y, each of 32 bytes. */
gboolean      plt_issuer_key_get_point   (PltIssuerKey  *self,
                                          guint8         point[64],
                                          GError       **error);

/* ECDSA P-256 with SHA-256 over @data; 64 bytes r‖s. */
GBytes       *plt_issuer_key_sign        (PltIssuerKey  *self,
                                          GBytes        *data,
                                          GError       **error);
gboolean      plt_issuer_key_verify      (PltIssuerKey  *self,
                                          GBytes        *data,
                                          GBytes        *signature,
                                          GError       **error);

G_END_DECLS
