/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passphrases and PINs, read from files when they are needed and wiped at once. Private to this
 * folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @name: a file, or "credential:NAME" for one that the service manager hands over. Returns:
 * (transfer full) (nullable): its first line; give it to plt_key_secret_free(). */
char *plt_key_secret_read (const char  *name,
                           GError     **error);
void  plt_key_secret_free (char        *secret);
/* (transfer full) (nullable): the path of @name, a file that keeps something secret, where people read it for
 * whom it is not: of one's own file anybody else, of another's what is no group's either. */
char *plt_key_secret_find_open (const char *name);

G_END_DECLS
