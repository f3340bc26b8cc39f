/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys.conf says of one key. Private to this folder. */
#pragma once

#include "plt-iso-error.h"
#include "plt-key-purpose.h"
#include "plt-key-store.h"

G_BEGIN_DECLS

/* File names are absolute, or as they stand in the list; times are Unix seconds, 0 none. */
typedef struct
{
  char          *id;
  PltKeyPurpose  purpose;
  char          *key;         /* file or pkcs11: URL; NULL: elsewhere */
  char          *certificate; /* NULL: none yet */
  char          *secret;
  gint64         from;
  gint64         retired;
  gint64         revoked;
  char          *reason;
} PltKeyRecord;

void       plt_key_record_free  (PltKeyRecord  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltKeyRecord, plt_key_record_free)

/* (element-type PltKeyRecord): of the folder's list, in its order; empty if there is no list. */
GPtrArray *plt_key_records_read  (const char    *folder,
                                  GError       **error);
gboolean   plt_key_records_write (const char    *folder,
                                  GPtrArray     *records,
                                  GError       **error);
/* The file's name as one can open it: relative ones are of the folder. */
char      *plt_key_record_path   (const char    *folder,
                                  const char    *name);
/* A day (its first second, UTC) or a moment, as people write them. */
gboolean   plt_key_time_parse    (const char    *text,
                                  gint64        *time);
char      *plt_key_time_format   (gint64         time);

G_END_DECLS
