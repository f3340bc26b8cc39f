/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that nobody reads or changes without the key: AES-256-GCM (NIST SP 800-38D) with a nonce of its
 * own before each. @about is not hidden, but what was sealed opens with the same only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PLT_SEALED_KEY_LENGTH 32

GBytes *plt_sealed_new  (GBytes      *key,
                         GBytes      *about,
                         GBytes      *plain,
                         GError     **error);
/* PLT_ISO_ERROR_INVALID when it was sealed with another key, about something else, or changed. */
GBytes *plt_sealed_open (GBytes      *key,
                         GBytes      *about,
                         GBytes      *sealed,
                         GError     **error);

G_END_DECLS
