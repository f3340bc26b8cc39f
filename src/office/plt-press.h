/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The press: draws and signs a card from what the database says is to be printed. It holds the
 * layouts and the issuer's keys, which the first worker thread that needs them loads. Everything
 * here blocks and belongs into a worker thread, but for _new, _ref and _unref. */
#pragma once

#include "plt-card-inputs.h"
#include "plt-key-ring.h"
#include "plt-layout.h"
#include "plt-licence-data.h"
#include "plt-office-config.h"
#include "plt-payload.h"
#include "plt-store-cards.h"

G_BEGIN_DECLS

typedef struct _PltPress PltPress;

PltPress         *plt_press_new          (PltOfficeConfig   *config);
PltPress         *plt_press_ref          (PltPress          *self);
void              plt_press_unref        (PltPress          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPress, plt_press_unref)

/* What a card is drawn from, and both sides as PNG at @dpi; 0: none is drawn. */
typedef struct
{
  PltLayout      *layout;
  PltCardInputs  *inputs;
  PltLicenceData *licence; /* the record that the signed codes must say */
  PltLicenceData *record;  /* with its names whole, of which an AAMVA barcode is made; NULL: none is */
  GBytes *front;
  GBytes *back;
  char   *qr_text;
  char   *mrz;
  char   *layout_id;
} PltProof;

void              plt_proof_free         (PltProof          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltProof, plt_proof_free)

PltProof         *plt_press_draw_proof   (PltPress          *self,
                                          PltStoreCardData  *data,
                                          int                dpi,
                                          GError           **error);
/* The signed card file with the hashes and codes that are kept beside it. */
PltStoreCardFile *plt_press_make_file    (PltPress          *self,
                                          PltStoreCardData  *data,
                                          GError           **error);
/* @device_key: (nullable): of a mobile licence alone, the file with the wallet's public key; @signer: (out)
 * (transfer full) (nullable): who signed it, NULL for what nobody signs */
GBytes           *plt_press_make_payload (PltPress          *self,
                                          PltStoreCardData  *data,
                                          PltPayload         payload,
                                          GBytes            *device_key,
                                          PltIssuerKey     **signer,
                                          GError           **error);
/* What a scanned code says, its signature verified; PLT_ISO_ERROR otherwise. */
PltLicenceData   *plt_press_read_code    (PltPress          *self,
                                          const char        *scan,
                                          GError           **error);

/* What a scanned PDF417 says, its signature verified; PLT_ISO_ERROR otherwise. */
PltLicenceData   *plt_press_read_pdf417  (PltPress          *self,
                                          GBytes            *payload,
                                          GError           **error);

/* The issuer's keys as the configuration names them, read when they are first wanted and when their list has
 * changed: (transfer full). */
PltKeyRing       *plt_press_dup_ring     (PltPress          *self,
                                          GError           **error);

/* For the health report: loads all layouts, and the keys; each a sentence, or an error. */
gboolean          plt_press_check_layout (PltPress          *self,
                                          char             **text,
                                          GError           **error);
gboolean          plt_press_check_keys   (PltPress          *self,
                                          char             **text,
                                          GError           **error);

G_END_DECLS
