/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the press share. */
#pragma once

#include "plt-key-purpose.h"
#include "plt-press-data.h"
#include "plt-press.h"

G_BEGIN_DECLS

const PltPressIssuer *plt_press_get_issuer   (PltPress          *self);
/* The layout that @data names, by its digest. */
PltLayout            *plt_press_take_layout  (PltPress          *self,
                                              PltStoreCardData  *data,
                                              GError           **error);
PltIssuerKey         *plt_press_take_signer  (PltPress          *self,
                                              PltKeyPurpose      purpose,
                                              GError           **error);
/* Of a key that ends, before it hurts and once a day. */
void                  plt_press_tell_news    (PltPress          *self);
/* As it is signed; a record has its names whole. Both marked SPECIMEN where the keys say so. */
PltLicenceData       *plt_press_make_licence (PltPress          *self,
                                              PltStoreCardData  *data,
                                              GError           **error);
PltLicenceData       *plt_press_make_record  (PltPress          *self,
                                              PltStoreCardData  *data,
                                              GError           **error);
/* In the manner of the layout. */
char                 *plt_press_make_zone    (PltPress          *self,
                                              PltStoreCardData  *data,
                                              PltLayout         *layout,
                                              GError           **error);
/* (nullable): what of it a chip holds, which has room for thirty characters. */
const char           *plt_press_get_chip_line (const char       *zone);
/* The MRZ, the text of the QR code or the payload of the PDF417; @signer: (out) (transfer full) (nullable). */
GBytes               *plt_press_make_code    (PltPress          *self,
                                              PltStoreCardData  *data,
                                              PltPayload         payload,
                                              PltIssuerKey     **signer,
                                              GError           **error);
/* Whether it has two sides of ID-1, each upright or not. */
gboolean              plt_press_is_card      (PltLayout         *layout);

/* The threads that make card files: as many as there are processors, and with a token so many more that it
 * always has something to sign. */
GThreadPool          *plt_press_get_makers   (PltPress          *self,
                                              GFunc              make);
void                  plt_press_widen_makers (PltPress          *self);

G_END_DECLS
