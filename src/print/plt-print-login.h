/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a print server is entered: encryption, the certificate that it has shown before, and the
 * password. Known by the server's address, in every thread. */
#pragma once

#include <cups/cups.h>
#include <glib.h>

G_BEGIN_DECLS

/* @address: "ipps://host:port" for one that is only spoken to encrypted. @password_file: (nullable):
 * its first line is the password of @user; read when the server asks, and only if nobody else may
 * read it. @pin_file: (nullable): keeps the certificates that were shown at first. */
void        plt_print_login_set        (const char  *address,
                                        const char  *user,
                                        const char  *password_file,
                                        const char  *pin_file);

/* For plt_print_connection_open(), in its thread. */
gboolean    plt_print_login_is_secure  (const char  *address);
/* (transfer full) (nullable): without the scheme */
char       *plt_print_login_dup_server (const char  *address);
/* Prepares the answers of this thread. */
void        plt_print_login_begin      (const char  *address);
/* FALSE with UNTRUSTED when the certificate is not the one that was shown at first. */
gboolean    plt_print_login_check      (const char  *address,
                                        http_t      *http,
                                        GError     **error);
/* Whether this thread asks another server for the moment, which gets no password. */
void        plt_print_login_keep       (gboolean     keep);
/* Why this thread's last question for a password was not answered, in words; NULL: it was not asked */
const char *plt_print_login_get_denial (void);

G_END_DECLS
