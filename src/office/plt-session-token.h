/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token of the session that a person opened on this machine, kept in XDG_RUNTIME_DIR with mode
 * 0600 until sign-out, so that the next command or a restarted window need no new code. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @database: what tells one database from another, e.g. the connection's address. */
char     *plt_session_token_read   (const char  *database,
                                    const char  *user);
gboolean  plt_session_token_write  (const char  *database,
                                    const char  *user,
                                    const char  *token,
                                    GError     **error);
void      plt_session_token_delete (const char  *database,
                                    const char  *user);

G_END_DECLS
