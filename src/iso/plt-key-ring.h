/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The issuer's keys, by what they are for and from when until when: the signer of today, and the
 * public keys that verify what was signed before. Every error says in words why a key is refused.
 * Any thread may use a ring; what signs may speak with a token and belongs into a worker thread. */
#pragma once

#include "plt-issuer-key.h"
#include "plt-key-purpose.h"

G_BEGIN_DECLS

#define PLT_TYPE_KEY_RING (plt_key_ring_get_type ())
G_DECLARE_FINAL_TYPE (PltKeyRing, plt_key_ring, PLT, KEY_RING, GObject)

/* What is known of a key without opening it. Times are Unix seconds; 0: none. */
typedef struct
{
  const char   *key_id;
  PltKeyPurpose purpose;
  gint64        from;       /* signs from this moment on */
  gint64        retired;    /* signs no longer from this moment on */
  gint64        revoked;    /* is not believed from this moment on; so is what its root certified */
  gint64        not_before; /* of its certificate */
  gint64        not_after;  /* the certificate's last second */
  const char   *root;       /* hex SHA-256 of the root that certified it, itself in the ring; or NULL */
  gboolean      specimen;   /* it or its root says so, or nobody certified it: cards say SPECIMEN */
  const char   *key;        /* file or pkcs11: URL; NULL where the private key is elsewhere */
  const char   *certificate;/* file; NULL: none yet */
} PltKeyInfo;

PltKeyRing   *plt_key_ring_new             (void);

/* What the keys.conf of @folder lists: see platen.conf(5). @secret_file: (nullable): for keys that
 * name none of their own. */
gboolean      plt_key_ring_add_folder      (PltKeyRing       *self,
                                            const char       *folder,
                                            const char       *secret_file,
                                            GError          **error);
/* One key that signs from ever for ever. @certificate and @secret_file may be NULL. */
void          plt_key_ring_add             (PltKeyRing       *self,
                                            PltKeyPurpose     purpose,
                                            const char       *key_id,
                                            const char       *key,
                                            const char       *certificate,
                                            const char       *secret_file);
/* The issuer's address that signatures name; before the ring is shared. */
void          plt_key_ring_set_uri         (PltKeyRing       *self,
                                            const char       *uri);
/* What one token may take; before the ring is shared. */
void          plt_key_ring_set_limits      (PltKeyRing       *self,
                                            guint             max_sessions,
                                            guint             timeout_ms);

/* The key that signs for @purpose at @now (Unix seconds), and @info about it (out) (nullable)
 * (transfer none). (transfer full); PLT_ISO_ERROR_KEY_ABSENT, _EARLY, _EXPIRED, _RETIRED, _REVOKED,
 * _PURPOSE, _SECRET, PLT_ISO_ERROR_TOKEN. */
PltIssuerKey *plt_key_ring_get_signer      (PltKeyRing        *self,
                                            PltKeyPurpose      purpose,
                                            gint64             now,
                                            const PltKeyInfo **info,
                                            GError           **error);

/* Whether there is such a key, without opening it: a token is not asked. The same errors, but
 * for _SECRET and TOKEN. */
gboolean      plt_key_ring_can_sign       (PltKeyRing        *self,
                                           PltKeyPurpose      purpose,
                                           gint64             now,
                                           GError           **error);

/* The key that verifies, retired and revoked ones too: (transfer full). Its purpose and dates are
 * @info's to say: ask plt_key_ring_check(). PLT_ISO_ERROR_KEY_ABSENT if it is not this issuer's. */
PltIssuerKey *plt_key_ring_find            (PltKeyRing        *self,
                                            const char        *key_id,
                                            const PltKeyInfo **info,
                                            GError           **error);
/* Whether a signature made at @signed_at (0: at a time that is not told) with this key for @purpose
 * is to be believed. PLT_ISO_ERROR_KEY_PURPOSE, _EARLY, _EXPIRED, _REVOKED. */
gboolean      plt_key_ring_check           (const PltKeyInfo  *info,
                                            PltKeyPurpose      purpose,
                                            gint64             signed_at,
                                            GError           **error);

/* All, in the order of the files. */
guint             plt_key_ring_get_n_keys  (PltKeyRing        *self);
const PltKeyInfo *plt_key_ring_get_info    (PltKeyRing        *self,
                                            guint              position);

/* Whether cards made at @now must say SPECIMEN: always, unless each of the keys that sign them is
 * certified by one root of @enrolled (hex SHA-256, NULL-terminated; NULL: none is enrolled), and
 * nothing in these certificates says SPECIMEN or TEST. */
gboolean      plt_key_ring_is_specimen     (PltKeyRing         *self,
                                            const char * const *enrolled,
                                            gint64              now);

/* (transfer full) (nullable): a warning in words when the key for @purpose, or its root, expires
 * within thirty days of @now, the thirtieth included, and none follows. */
char         *plt_key_ring_warn            (PltKeyRing         *self,
                                            PltKeyPurpose       purpose,
                                            gint64              now);
/* The same when the file of a private key, or that of its passphrase or PIN, may be read by others. */
char         *plt_key_ring_warn_open       (PltKeyRing         *self,
                                            guint               position);

G_END_DECLS
