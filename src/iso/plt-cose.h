/* SPDX-License-Identifier: GPL-3.0-or-later */
/* COSE_Sign1 (RFC 9052, 4.2; RFC 9053, 2.1; RFC 9360) as the QR code and the mdoc have it. Private to
 * this folder. */
#pragma once

#include "plt-cbor.h"
#include "plt-issuer-key.h"

G_BEGIN_DECLS

#define PLT_COSE_ALG_ES256 (-7)
#define PLT_COSE_ALG_ES384 (-35)
#define PLT_COSE_ALG_ES512 (-36)
#define PLT_COSE_MAX_CHAIN 16

/* A message taken apart; everything points into its bytes. */
typedef struct
{
  gboolean     tagged;
  gint64       alg;
  PltCborItem  kid;             /* kind PLT_CBOR_NONE: none */
  PltCborItem  certificates[PLT_COSE_MAX_CHAIN]; /* of x5chain, DER, the signer's first */
  guint        n_certificates;
  PltCborItem  protected_bytes;
  PltCborItem  payload;
  PltCborItem  signature;
} PltCoseSign1;

GBytes   *plt_cose_sign1            (GBytes              *payload,
                                     PltIssuerKey        *key,
                                     GError             **error);
GBytes   *plt_cose_draft1           (GBytes              *payload,
                                     PltIssuerKey        *key);
GBytes   *plt_cose_sign1_x5chain    (GBytes              *payload,
                                     GBytes              *certificate,
                                     PltIssuerKey        *key,
                                     GError             **error);
GBytes   *plt_cose_open1            (GBytes              *message,
                                     PltIssuerKey        *key,
                                     GError             **error);
gboolean  plt_cose_take_sign1       (PltCborReader       *reader,
                                     PltCoseSign1        *message);
GBytes   *plt_cose_get_signed_bytes (const PltCoseSign1  *message);

G_END_DECLS
