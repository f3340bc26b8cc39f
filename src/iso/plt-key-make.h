/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes private keys, in tokens and in encrypted files. Private to this folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A P-256 key in an encrypted file (PKCS#8, mode 0600). @plain: not encrypted. */
gboolean  plt_key_make_file   (const char  *path,
                               const char  *secret_file,
                               gboolean     plain,
                               GError     **error);
/* The same of a key that there is: a file, opened with @from_secret_file if it is encrypted. */
gboolean  plt_key_make_copy   (const char  *path,
                               const char  *secret_file,
                               const char  *from,
                               const char  *from_secret_file,
                               GError     **error);
/* In a token, named @id. Returns: (transfer full): the URL of the key. */
char     *plt_key_make_token  (const char  *token,
                               const char  *id,
                               const char  *secret_file,
                               GError     **error);
/* Takes back a key that nothing refers to yet. */
void      plt_key_make_undo   (const char  *key,
                               const char  *secret_file);

G_END_DECLS
