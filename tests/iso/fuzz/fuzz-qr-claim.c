/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds a fuzzer's bytes to every layer of the QR reader: as text, and as a token that our own key
 * signed, which gets behind the signature. */
#include "fuzz-key.h"
#include "plt-cose.h"
#include "plt-qr-claim-private.h"

static void
drop (PltLicenceData *data)
{
  if (data != NULL)
    plt_licence_data_free (data);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);
  g_autoptr (GBytes) payload = g_bytes_new (data, length);
  g_autoptr (GBytes) message = plt_cose_sign1 (payload, fuzz_key_get (), NULL);

  drop (plt_qr_claim_read (text, fuzz_key_get (), 0, NULL));
  drop (plt_qr_claim_open_cose (payload, fuzz_key_get (), 0, NULL));
  drop (plt_qr_claim_open_cose (message, fuzz_key_get (), 0, NULL));

  return 0;
}
