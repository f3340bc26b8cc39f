/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is made on the way from the data to a drawing. */
#pragma once

#include "plt-card-inputs.h"
#include "plt-issuer-key.h"
#include "plt-layout.h"
#include "plt-press.h"

G_BEGIN_DECLS

typedef struct
{
  PltIssuerKey *data_key;
  PltIssuerKey *qr_key;
  PltIssuerKey *file_key;
  PltLayout *layout;
  PltLicenceData *licence;
  PltLicenceData *record; /* for an AAMVA barcode */
  PltCardInputs *inputs;
  char *mrz;
  char *qr_text;
  GBytes *pdf417;
} PltPressSheet;

PltPressSheet *plt_press_sheet_new  (PltPress          *press,
                                     PltStoreCardData  *data,
                                     GError           **error);
void           plt_press_sheet_free (PltPressSheet     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPressSheet, plt_press_sheet_free)

G_END_DECLS
