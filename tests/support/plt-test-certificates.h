/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates for TLS between a test and its servers, made with certtool when the test runs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder of its own with ca.pem, server.pem, client.pem, expired.pem (a server's), all signed by
 * that authority, and stranger.pem (a client's) and strange.pem (a server's), signed by
 * strange-ca.pem; NAME.key beside each. Servers are "localhost". */
char *plt_test_certificates_new    (void);
void  plt_test_certificates_remove (char *folder);

G_END_DECLS
