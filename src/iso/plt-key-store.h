/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder where an issuer's keys are kept: makes, takes in, replaces and revokes them. Each of
 * these changes all or nothing. A root has a folder of its own, which lives elsewhere; an office's
 * has its certificate alone. Everything here blocks. */
#pragma once

#include "plt-iso-error.h"
#include "plt-key-purpose.h"

G_BEGIN_DECLS

/* The list of a folder's keys, in it. */
#define PLT_KEY_LIST "keys.conf"

/* What is wanted of a key. NULL and 0: what is usual. */
typedef struct
{
  PltKeyPurpose purpose;
  const char   *id;
  const char   *country;      /* ISO 3166-1 alpha-2; of a root */
  const char   *organization;
  const char   *name;         /* common name */
  const char   *uri;          /* of the issuer, or "mailto:"; of a root */
  const char   *crl;          /* where its revocation list is published; of a root */
  const char   *token;        /* pkcs11: URL of the token to make it in; NULL: a file */
  const char   *secret_file;  /* the token's PIN, or the passphrase that the file gets */
  gboolean      plain;        /* a file without a passphrase, where the disk has one */
  gboolean      keep_secret;  /* the list names @secret_file, so that the office finds it */
  const char   *root;         /* folder of the root, when it is at hand */
  const char   *root_secret_file;
  gint64        from;         /* first second, UTC midnight */
  int           days;         /* that the certificate is good for */
} PltKeyWish;

/* Makes a key. With a root at hand it is certified at once, else @request (out) (transfer full)
 * names the file with the request to carry to the root. @id: (out) (transfer full). */
gboolean plt_key_store_create  (const char        *folder,
                                const PltKeyWish  *wish,
                                gint64             now,
                                char             **id,
                                char             **request,
                                GError           **error);
/* Certifies the key in @request, where the root is: writes @certificate. */
gboolean plt_key_store_certify (const char        *root,
                                const char        *root_secret_file,
                                const char        *request,
                                PltKeyPurpose      purpose,
                                gint64             from,
                                int                days,
                                const char        *certificate,
                                GError           **error);
/* Takes in @key (file, opened with @key_secret_file, or pkcs11: URL; NULL: the one made before, or
 * none for a root) and @certificate (PEM). A file is encrypted with @wish's secret. */
gboolean plt_key_store_import  (const char        *folder,
                                const PltKeyWish  *wish,
                                gint64             now,
                                const char        *key,
                                const char        *key_secret_file,
                                const char        *certificate,
                                GError           **error);
/* Makes the next key of @wish's purpose and retires those that sign now, all at @wish's from, which is
 * not before the day of @now. */
gboolean plt_key_store_rotate  (const char        *folder,
                                const PltKeyWish  *wish,
                                gint64             now,
                                char             **id,
                                char             **request,
                                GError           **error);
/* What follows a root's name in the name of its revocation list, a file (PEM) of @folder, made anew
 * whenever the root is at hand. */
#define PLT_KEY_REVOCATIONS_SUFFIX ".crl.pem"

/* Nothing that the key signs is believed from now on. The root that certified it may have
 * retired. @id: %NULL: no key is revoked, and the list of the root that certifies now is made anew. */
gboolean plt_key_store_revoke  (const char        *folder,
                                const char        *id,
                                const char        *reason,
                                const char        *root,
                                const char        *root_secret_file,
                                gint64             now,
                                GError           **error);

G_END_DECLS
