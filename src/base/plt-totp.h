/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One-time codes of RFC 6238: SHA-1, 30 seconds, six digits. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PLT_TOTP_STEP_SECONDS 30

GBytes *plt_totp_read_uri (const char *uri);
char   *plt_totp_code     (GBytes     *secret,
                           gint64      step);

G_END_DECLS
