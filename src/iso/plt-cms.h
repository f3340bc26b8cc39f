/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Detached CMS signatures (RFC 5652) of the PAdES baseline level B-B (ETSI EN 319 142-1). Private to
 * this folder. */
#pragma once

#include "plt-issuer-key.h"

G_BEGIN_DECLS

GBytes   *plt_cms_sign_detached   (GBytes        *data,
                                   PltIssuerKey  *key,
                                   GError       **error);
gboolean  plt_cms_verify_detached (GBytes        *cms,
                                   GBytes        *data,
                                   PltIssuerKey  *key,
                                   char         **sha256,
                                   GError       **error);

G_END_DECLS
