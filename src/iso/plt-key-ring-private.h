/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One key of a ring, for the files of the ring. */
#pragma once

#include "plt-issuer-key-private.h"
#include "plt-key-ring.h"

G_BEGIN_DECLS

typedef struct _PltKeyEntry PltKeyEntry;

struct _PltKeyEntry
{
  PltKeyInfo    info; /* points to what follows */
  char         *key_id;
  char         *key;
  char         *certificate;
  char         *secret_file;
  char         *root;
  PltKeyEntry  *root_entry;
  gboolean      listed;   /* by a folder's list: then it must have a certificate */
  gboolean      marked;   /* its certificate says SPECIMEN */
  GError       *fault;    /* why its certificate forbids to sign */
  PltIssuerKey *verifier; /* NULL without a certificate */

  GMutex        mutex;    /* guards what follows */
  PltIssuerKey *signer;
};

struct _PltKeyRing
{
  GObject            parent_instance;

  GPtrArray         *entries;
  PltKeyTokenLimits  limits;
  char              *uri;
};

PltKeyEntry *plt_key_ring_get_entry (PltKeyRing   *self,
                                     const char   *key_id);
/* Whether it may sign at @now, or why not. */
gboolean     plt_key_entry_may_sign (PltKeyEntry  *self,
                                     gint64        now,
                                     GError      **error);
/* The last second at which it may sign; 0: for ever. */
gint64       plt_key_entry_get_end  (PltKeyEntry  *self);

G_END_DECLS
