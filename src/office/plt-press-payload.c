/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes one machine-readable form of a licence by itself. */
#include "plt-press-private.h"

#include "plt-aamva-stripe.h"
#include "plt-aamva.h"
#include "plt-lds-files.h"
#include "plt-office-error-private.h"
#include "plt-press-mdl.h"
#include "plt-press-portrait.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What stands on a card, or in it, is made for those alone whose layout is that of a card. */
static gboolean
check_layout (PltPress          *self,
              PltStoreCardData  *data,
              PltPayload         payload,
              GError           **error)
{
  g_autoptr (PltLayout) layout = NULL;

  if (payload == PLT_PAYLOAD_MDL || payload == PLT_PAYLOAD_AAMVA)
    return TRUE;
  layout = plt_press_take_layout (self, data, error);
  if (layout == NULL || plt_press_is_card (layout))
    return layout != NULL;
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                  /* Translators: a kind such as mrz, then an application’s number,
                                                     then the name of a layout. */
                                                  _("“%s” was not made of application %s, because its layout “%s” is not that of a "
                                                    "card, which has two sides of 85.60 × 53.98 mm. Ask an administrator for a rule "
                                                    "that gives it a card, or take the mobile licence (“mdl”)."),
                                                  plt_payload_to_nick (payload), data->application_number,
                                                  plt_layout_get_id (layout)));
  return FALSE;
}

/* Only EF.SOD needs a key. */
static GBytes *
make_chip_file (PltPress          *self,
                PltStoreCardData  *data,
                guint              file,
                PltIssuerKey     **signed_by,
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
  g_autofree char *zone = plt_press_make_zone (self, data, layout, error);
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
  *signed_by = g_steal_pointer (&signer);
  return g_bytes_ref (bytes);
}

static GBytes *
make_mdl (PltPress          *self,
          PltStoreCardData  *data,
          GBytes            *device_key,
          PltIssuerKey     **signed_by,
          GError           **error)
{
  g_autoptr (PltIssuerKey) signer = plt_press_take_signer (self, PLT_KEY_PURPOSE_DOCUMENT, error);
  g_autoptr (PltLicenceData) record = signer != NULL ? plt_press_make_record (self, data, error) : NULL;
  GBytes *bytes = record != NULL ? plt_press_mdl_make (plt_press_get_issuer (self), data, record, signer,
                                                       device_key, error) : NULL;

  if (bytes != NULL)
    *signed_by = g_steal_pointer (&signer);
  return bytes;
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
                        PltIssuerKey     **signer,
                        GError           **error)
{
  guint file;

  *signer = NULL;
  if (!check_layout (self, data, payload, error) || !plt_press_portrait_fit (data, error))
    return NULL;
  if (plt_payload_is_file (payload, &file))
    return make_chip_file (self, data, file, signer, error);
  if (payload == PLT_PAYLOAD_MDL)
    return make_mdl (self, data, device_key, signer, error);
  if (payload == PLT_PAYLOAD_AAMVA)
    {
      g_autoptr (PltLicenceData) record = plt_press_make_record (self, data, error);
      return record != NULL ? plt_aamva_build (record, error) : NULL;
    }
  if (payload >= PLT_PAYLOAD_TRACK1 && payload <= PLT_PAYLOAD_TRACK3)
    return make_track (self, data, (int) (payload - PLT_PAYLOAD_TRACK1) + 1, error);
  return plt_press_make_code (self, data, payload, signer, error);
}
