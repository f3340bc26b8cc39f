/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code that an authenticator shows. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 6238 with SHA-1, 30 s, six digits. @unix_time in seconds. */
char *plt_test_totp (const char *base32_secret,
                     gint64      unix_time);

G_END_DECLS
