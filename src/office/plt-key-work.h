/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an administrator does with the issuer's keys, and how they are. Each answer is JSON, as
 * platenctl prints it. Everything here blocks, and needs no database. */
#pragma once

#include "plt-office-config.h"

G_BEGIN_DECLS

/* As people write it; NULL and 0: what is usual. */
typedef struct
{
  const char *folder;  /* else the configuration's */
  const char *purpose;
  const char *id;
  const char *country;
  const char *organization;
  const char *name;
  const char *uri;
  const char *crl;
  const char *token;
  const char *secret;  /* file with the passphrase or PIN */
  gboolean    plain;   /* a file without a passphrase */
  gboolean    keep_secret;
  const char *root;    /* folder */
  const char *root_secret;
  const char *from;    /* YYYY-MM-DD */
  int         days;
  const char *key;     /* to import: file or pkcs11: URL */
  const char *key_secret;
  const char *certificate;
  const char *request;
  const char *reason;
} PltKeyOrder;

/* Whether it says what a key is for, and from which day; before anybody is asked for a passphrase. */
gboolean plt_key_work_check (const PltKeyOrder  *order,
                             GError            **error);
char *plt_key_work_create  (PltOfficeConfig    *config,
                            const PltKeyOrder  *order,
                            GError            **error);
char *plt_key_work_rotate  (PltOfficeConfig    *config,
                            const PltKeyOrder  *order,
                            GError            **error);
char *plt_key_work_import  (PltOfficeConfig    *config,
                            const PltKeyOrder  *order,
                            GError            **error);
char *plt_key_work_certify (PltOfficeConfig    *config,
                            const PltKeyOrder  *order,
                            GError            **error);
char *plt_key_work_revoke  (PltOfficeConfig    *config,
                            const PltKeyOrder  *order,
                            GError            **error);
/* Makes the list of the root that is at hand anew, which is good for thirty days. */
char *plt_key_work_renew   (PltOfficeConfig    *config,
                            const PltKeyOrder  *order,
                            GError            **error);
char *plt_key_work_list    (PltOfficeConfig    *config,
                            const char         *folder,
                            GError            **error);

typedef struct
{
  const char *folder;  /* NULL: the configuration's */
  const char *into;
  GPtrArray  *uses;    /* (element-type PltStoreIssuerKey), what the database says; NULL: it was not asked */
  const char *unasked; /* why not; may be NULL */
} PltKeyExport;

/* Writes jwks.json, certificates.pem and the roots' revocation lists into a folder: every key
 * but those whose last card has expired, the same bytes for the same keys. */
char *plt_key_work_export  (PltOfficeConfig    *config,
                            const PltKeyExport *export,
                            GError            **error);

G_END_DECLS
