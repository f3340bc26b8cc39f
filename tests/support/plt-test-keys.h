/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing keys for tests, generated when they run. */
#pragma once

#include "plt-issuer-key.h"

G_BEGIN_DECLS

/* A folder of its own with key.pem, certificate.pem, public.pem (of the same P-256 key) and
 * other.pem (another key). */
char         *plt_test_keys_new      (void);
void          plt_test_keys_remove   (char        *folder);
PltIssuerKey *plt_test_keys_load     (const char  *folder,
                                      const char  *key_id);
/* Writes a P-256 key of known numbers (hex) as PEM. */
void          plt_test_keys_write_raw (const char *path,
                                       const char *private_hex,
                                       const char *public_hex);
GBytes       *plt_test_bytes_from_hex (const char *hex);
char         *plt_test_bytes_to_hex   (GBytes     *bytes);

G_END_DECLS
