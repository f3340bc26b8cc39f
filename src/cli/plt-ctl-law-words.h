/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of rules of law and of papers in the output. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *plt_ctl_law_member (const char *member);
const char *plt_ctl_law_value  (const char *member,
                                const char *nick);

G_END_DECLS
