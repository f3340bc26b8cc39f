/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the mdoc's writer and reader ask of a certificate. */
#pragma once

#include "plt-mdl-certificates.h"

#include <gnutls/x509.h>

G_BEGIN_DECLS

gnutls_x509_crt_t plt_mdl_certificates_load          (GBytes            *der,
                                                      GError           **error);
gboolean          plt_mdl_certificates_check_profile (gnutls_x509_crt_t  crt,
                                                      gboolean           root,
                                                      GError           **error);
char             *plt_mdl_certificates_dup_name      (gnutls_x509_crt_t  crt,
                                                      const char        *oid);

G_END_DECLS
