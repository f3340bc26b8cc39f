/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is called how in the answers of verify, card twin and key list; NULL where nothing is called so. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *plt_ctl_word_verified_member (const char *member);
const char *plt_ctl_word_verified        (const char *member,
                                          const char *nick);
const char *plt_ctl_word_key_state       (const char *nick);

G_END_DECLS
