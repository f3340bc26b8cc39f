/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes certificates, requests and revocation lists in the profiles of ISO/IEC 18013-5, Annex B.
 * Private to this folder. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-key-store.h"

G_BEGIN_DECLS

gboolean plt_key_issue_check    (const PltKeyWish   *wish,
                                 GError            **error);
/* PKCS#10, PEM: @key's public half under the names of @wish. */
char *plt_key_issue_request     (PltIssuerKey       *key,
                                 const PltKeyWish   *wish,
                                 GError            **error);
/* A root's certificate of itself, PEM. */
char *plt_key_issue_root        (PltIssuerKey       *key,
                                 const PltKeyWish   *wish,
                                 GError            **error);
/* PEM: what @root says of the key in @request. */
char *plt_key_issue_certificate (PltIssuerKey       *root,
                                 const char         *request,
                                 PltKeyPurpose       purpose,
                                 gint64              from,
                                 int                 days,
                                 GError            **error);
/* PEM, good for thirty days; @revoked: (element-type PltIssuerKey), @times: when, of each. */
char *plt_key_issue_crl         (PltIssuerKey       *root,
                                 GPtrArray          *revoked,
                                 const gint64       *times,
                                 gint64              now,
                                 GError            **error);

G_END_DECLS
