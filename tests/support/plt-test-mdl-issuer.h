/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An issuing authority of mobile driving licences for tests: root, document signer and list of revoked
 * certificates, made with gnutls when the test runs. */
#pragma once

#include "plt-issuer-key.h"

G_BEGIN_DECLS

/* All zero is a right signer; each member makes it another one. */
typedef struct
{
  const char *country;       /* instead of "UT" */
  const char *state;
  const char *purpose;       /* instead of 1.0.18013.5.1.2; "" for none */
  const char *second_purpose;
  guint       usage;         /* GNUTLS_KEY_…, instead of digitalSignature */
  gint64      begin;         /* Unix seconds, instead of 2026-01-01 */
  int         days;          /* instead of 450 */
  gboolean    is_authority;
  gboolean    no_alt_name;
  gboolean    no_points;
  gboolean    wrong_key_id;
  gboolean    from_other_root; /* of the same name, with another key */
} PltTestMdlVariation;

typedef struct _PltTestMdlIssuer PltTestMdlIssuer;

PltTestMdlIssuer *plt_test_mdl_issuer_new         (void);
void              plt_test_mdl_issuer_free        (PltTestMdlIssuer          *self);
/* A new signer with a key of its own, (transfer full). */
PltIssuerKey     *plt_test_mdl_issuer_make_signer (PltTestMdlIssuer          *self,
                                                   const PltTestMdlVariation *variation);
/* DER of the last signer made, and of the root. */
GBytes           *plt_test_mdl_issuer_get_signer  (PltTestMdlIssuer          *self);
GBytes           *plt_test_mdl_issuer_get_root    (PltTestMdlIssuer          *self);
/* (transfer full): good from 2026-01-01 for @days; with the last signer on it or not. */
GBytes           *plt_test_mdl_issuer_make_list   (PltTestMdlIssuer          *self,
                                                   gboolean                   revoked,
                                                   int                        days);
/* (transfer full): in the root's name, with another key. */
GBytes           *plt_test_mdl_issuer_make_forged_list
                                                  (PltTestMdlIssuer          *self,
                                                   int                        days);

G_END_DECLS
