/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine-readable forms of one application's licence, each by itself. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* What is machine-readable on a card or goes with it. */
typedef enum
{
  PLT_PAYLOAD_MRZ,
  PLT_PAYLOAD_QR,
  PLT_PAYLOAD_PDF417, /* what the PDF417 of this card holds */
  PLT_PAYLOAD_AAMVA,  /* whatever its layout */
  PLT_PAYLOAD_TRACK1, /* of a magnetic stripe, whatever its layout */
  PLT_PAYLOAD_TRACK2,
  PLT_PAYLOAD_TRACK3,
  PLT_PAYLOAD_DG1,
  PLT_PAYLOAD_DG4,
  PLT_PAYLOAD_DG5,
  PLT_PAYLOAD_DG6,
  PLT_PAYLOAD_DG11,
  PLT_PAYLOAD_DG12,
  PLT_PAYLOAD_COM,
  PLT_PAYLOAD_SOD,
  PLT_PAYLOAD_MDL,
  PLT_N_PAYLOADS,
} PltPayload;

gboolean  plt_payload_from_nick         (const char           *nick,
                                         PltPayload           *payload,
                                         GError              **error);

const char *
          plt_payload_to_nick           (PltPayload            payload);

/* Whether it is a file of a chip, and the @number (out) of that (plt-lds-files.h). */
gboolean  plt_payload_is_file           (PltPayload            payload,
                                         guint                *number);

/* @device_key: (nullable): of a mobile licence alone, the file with the public key of the wallet */
void      plt_production_payload_async  (PltOffice            *office,
                                         const char           *application_number,
                                         PltPayload            payload,
                                         GBytes               *device_key,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
/* @signer: (out) (transfer full) (nullable): the name of the key that signed it just now; @is_kept: (out): it is
 * what the drawn card has, else it was made of the record. */
GBytes   *plt_production_payload_finish (GAsyncResult         *result,
                                         char                **signer,
                                         gboolean             *is_kept,
                                         GError              **error);

G_END_DECLS
