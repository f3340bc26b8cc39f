/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The issuer's keys as an office's configuration names them. */
#pragma once

#include "plt-key-ring.h"
#include "plt-office-config.h"

G_BEGIN_DECLS

/* The folder of the keys, then those that are named one by one: (transfer full). Reads files. */
PltKeyRing *plt_office_keys_load  (PltOfficeConfig  *config,
                                   GError          **error);
/* Changes when the list of the keys does: (transfer full). */
char       *plt_office_keys_dup_state
                                  (PltOfficeConfig  *config);
/* Opens every key that makes cards, as a signature would; then one sentence on how long they are
 * good for and what cards say. */
gboolean    plt_office_keys_check (PltKeyRing       *ring,
                                   PltOfficeConfig  *config,
                                   gint64            now,
                                   char            **text,
                                   GError          **error);

/* What people should know of the keys before it hurts, without opening one: that a kind of
 * signature cannot be made (@stops), else that its key ends within thirty days and none follows; that
 * others may read a key's file.
 * (transfer full) (nullable): a sentence a line. */
char       *plt_office_keys_find_news
                                  (PltKeyRing       *ring,
                                   gint64            now,
                                   gboolean         *stops);

/* Whether cards made now say SPECIMEN: unless the configuration names the root that certified
 * all keys which make them, and none of the certificates is marked. Nothing in the configuration
 * makes a key of a demonstration a state's. */
gboolean    plt_office_keys_are_specimen
                                  (PltKeyRing       *ring,
                                   PltOfficeConfig  *config,
                                   gint64            now);

/* How many signatures the keys that sign cards can make at once while nobody here computes: what a token
 * gives; 0 where all are files. */
guint       plt_office_keys_count_waiting (PltKeyRing       *ring,
                                           PltOfficeConfig  *config);

/* When the list of revoked keys ends that @root signed last; 0: there is none, or it is no root. */
gint64 plt_office_keys_get_list_end (const PltKeyInfo *root);

G_END_DECLS
