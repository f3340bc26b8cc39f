/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public keys and certificates that a verification trusts: roots whose signers it believes, and
 * single keys known by their name. It holds no secret. */
#pragma once

#include "plt-key-ring.h"

G_BEGIN_DECLS

/* What a key may sign. A certificate says it itself; a bare key is told. */
typedef enum
{
  PLT_VERIFY_PURPOSE_QR = 1 << 0,        /* the card's QR code */
  PLT_VERIFY_PURPOSE_CODE = 1 << 1,      /* the card's PDF417 */
  PLT_VERIFY_PURPOSE_DOCUMENT = 1 << 2,  /* EF.SOD and the mobile document */
  PLT_VERIFY_PURPOSE_FILE = 1 << 3,      /* the card file, for the issuer */
  PLT_VERIFY_PURPOSE_MANIFEST = 1 << 4,  /* the list of a personalisation package */
  PLT_VERIFY_PURPOSE_APPROVAL = 1 << 5,  /* the card file, for the second person */
  PLT_VERIFY_PURPOSE_ANY = 0x3F,
} PltVerifyPurpose;

typedef struct _PltVerifyKeys PltVerifyKeys;

PltVerifyKeys *plt_verify_keys_new        (void);
PltVerifyKeys *plt_verify_keys_ref        (PltVerifyKeys     *self);
void           plt_verify_keys_unref      (PltVerifyKeys     *self);
guint          plt_verify_keys_get_size   (PltVerifyKeys     *self);
gboolean       plt_verify_keys_add_file   (PltVerifyKeys     *self,
                                           GBytes            *bytes,
                                           const char        *name,
                                           GError           **error);
gboolean       plt_verify_keys_add_point  (PltVerifyKeys     *self,
                                           const char        *id,
                                           GBytes            *x,
                                           GBytes            *y,
                                           PltVerifyPurpose   purposes,
                                           gint64             until,
                                           GError           **error);
void           plt_verify_keys_add_issuer (PltVerifyKeys     *self,
                                           PltIssuerKey      *key,
                                           PltVerifyPurpose   purposes);
gboolean       plt_verify_keys_add_ring   (PltVerifyKeys     *self,
                                           PltKeyRing        *ring,
                                           GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltVerifyKeys, plt_verify_keys_unref)

G_END_DECLS
