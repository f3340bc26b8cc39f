/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what was scanned from a card of this issuer, with whichever of its keys signed it. */
#include "plt-press.h"

#include "plt-key-ring.h"
#include "plt-lds.h"
#include "plt-qr-claim.h"

typedef PltLicenceData *(*Reader) (gpointer       code,
                                   PltIssuerKey  *key,
                                   GError       **error);

/* A code names its key, and so only one of them reads it: the others, which signed before or will
 * sign later, are tried in turn. */
static PltLicenceData *
read_with_ring (PltPress       *self,
                PltKeyPurpose   purpose,
                Reader          reader,
                gpointer        code,
                GError        **error)
{
  g_autoptr (PltKeyRing) ring = plt_press_dup_ring (self, error);
  g_autoptr (GError) cause = NULL;

  for (guint i = 0; ring != NULL && i < plt_key_ring_get_n_keys (ring); i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);

      if (info->purpose != purpose)
        continue;
      g_clear_error (&cause);
      g_autoptr (PltIssuerKey) key = plt_key_ring_find (ring, info->key_id, NULL, &cause);
      PltLicenceData *licence = key != NULL ? reader (code, key, &cause) : NULL;

      if (licence == NULL)
        continue;
      if (plt_key_ring_check (info, purpose, 0, &cause))
        return licence;
      plt_licence_data_free (licence);
      break;
    }
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (ring != NULL)
    plt_key_ring_get_signer (ring, purpose, g_get_real_time () / G_USEC_PER_SEC, NULL, error);
  return NULL;
}

/* A specimen's days are not the question here, its plastic is. */
static PltLicenceData *
read_qr (gpointer       code,
         PltIssuerKey  *key,
         GError       **error)
{
  return plt_qr_claim_read (code, key, 0, error);
}

static PltLicenceData *
read_u1 (gpointer       code,
         PltIssuerKey  *key,
         GError       **error)
{
  return plt_lds_read_u1 (code, key, error);
}

PltLicenceData *
plt_press_read_code (PltPress    *self,
                     const char  *scan,
                     GError     **error)
{
  return read_with_ring (self, PLT_KEY_PURPOSE_QR, read_qr, (gpointer) scan, error);
}

PltLicenceData *
plt_press_read_pdf417 (PltPress  *self,
                       GBytes    *payload,
                       GError   **error)
{
  return read_with_ring (self, PLT_KEY_PURPOSE_DOCUMENT, read_u1, payload, error);
}
