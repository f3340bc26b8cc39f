/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of proposed rules, of law or of fees. What it says the database looks at. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): its text, which is JSON; NULL with @error */
char *plt_ctl_rule_file_read (const char  *path,
                              GError     **error);

G_END_DECLS
