/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a certificate says of its key. Private to this folder. */
#pragma once

#include "plt-key-purpose.h"

#include <gnutls/x509.h>

G_BEGIN_DECLS

/* ISO/IEC 18013-5, Table B.3. */
#define PLT_OID_MDL_SIGNER "1.0.18013.5.1.2"

/* Whether its key usage and extended key usage are those of @purpose. */
gboolean  plt_key_certificate_is_for    (gnutls_x509_crt_t  certificate,
                                         PltKeyPurpose      purpose);
/* Whether its names say that it is nobody's: SPECIMEN, TEST, a country that there is not. */
gboolean  plt_key_certificate_is_marked (gnutls_x509_crt_t  certificate);
/* Whether @root certified it, the time set aside. */
gboolean  plt_key_certificate_is_of     (gnutls_x509_crt_t  certificate,
                                         gnutls_x509_crt_t  root);
/* (transfer full): hex SHA-256 of the certificate. */
char     *plt_key_certificate_hash      (gnutls_x509_crt_t  certificate);

G_END_DECLS
