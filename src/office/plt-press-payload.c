/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes one machine-readable form of a licence by itself. */
#include "plt-press-private.h"

#include "plt-aamva-stripe.h"
#include "plt-aamva.h"
#include "plt-lds-files.h"
#include "plt-press-mdl.h"

#include <string.h>

/* Only EF.SOD needs a key. */
static GBytes *
make_chip_file (PltPress          *self,
                PltStoreCardData  *data,
                guint              file,
                GError           **error)
{
  g_autoptr (PltIssuerKey) signer
      = file == PLT_LDS_SOD ? plt_press_take_signer (self, PLT_KEY_PURPOSE_DOCUMENT, error) : NULL;
  if (file == PLT_LDS_SOD && signer == NULL)
    return NULL;
  g_autoptr (PltLicenceData) licence = plt_press_make_licence (self, data, error);
  if (licence == NULL)
    return NULL;
  g_autoptr (PltLayout) layout = plt_press_take_layout (self, data, error);
  if (layout == NULL)
    return NULL;
  g_autofree char *zone = plt_press_make_zone (self, data, layout, licence, error);
  if (zone == NULL)
    return NULL;
  const char *mrz = plt_press_get_chip_line (zone);
  g_autoptr (GPtrArray) files
      = plt_press_data_make_files (plt_press_get_issuer (self), data, mrz, signer, error);
  if (files == NULL)
    return NULL;
  GBytes *bytes = plt_lds_find_file (files, file);
  if (bytes == NULL)
    {
      /* Says what the licence has not. */
      const PltLdsProfile profile = { .form = plt_press_get_issuer (self)->form, .mrz = mrz };
      return plt_lds_build_group (file, licence, &profile, error);
    }
  return g_bytes_ref (bytes);
}

static GBytes *
make_track (PltPress          *self,
            PltStoreCardData  *data,
            int                track,
            GError           **error)
{
  g_autoptr (PltLicenceData) record = plt_press_make_record (self, data, error);
  char *text = record != NULL ? plt_aamva_stripe_build (record, track, error) : NULL;

  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

GBytes *
plt_press_make_payload (PltPress          *self,
                        PltStoreCardData  *data,
                        PltPayload         payload,
                        GBytes            *device_key,
                        GError           **error)
{
  guint file;

  if (plt_payload_is_file (payload, &file))
    return make_chip_file (self, data, file, error);
  if (payload == PLT_PAYLOAD_MDL)
    {
      g_autoptr (PltIssuerKey) signer = plt_press_take_signer (self, PLT_KEY_PURPOSE_DOCUMENT, error);
      g_autoptr (PltLicenceData) record = signer != NULL ? plt_press_make_record (self, data, error)
                                                         : NULL;
      return record != NULL ? plt_press_mdl_make (plt_press_get_issuer (self), data, record, signer,
                                                  device_key, error)
                            : NULL;
    }
  if (payload == PLT_PAYLOAD_AAMVA)
    {
      g_autoptr (PltLicenceData) record = plt_press_make_record (self, data, error);
      return record != NULL ? plt_aamva_build (record, error) : NULL;
    }
  if (payload >= PLT_PAYLOAD_TRACK1 && payload <= PLT_PAYLOAD_TRACK3)
    return make_track (self, data, (int) (payload - PLT_PAYLOAD_TRACK1) + 1, error);
  return plt_press_make_code (self, data, payload, error);
}
