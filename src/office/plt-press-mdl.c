/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-press-mdl.h"

#include "plt-mdl.h"

static GBytes *
build (const PltPressIssuer   *issuer,
       PltLicenceData         *licence,
       PltIssuerKey           *signer,
       const PltMdlDeviceKey  *device_key,
       GError                **error)
{
  const PltMdlTerms terms = {
    .country = issuer->country_alpha_2,
    .leap_birthday = issuer->leap_birthday,
    .device_key = device_key,
  };

  return plt_mdl_build (licence, signer, &terms, error);
}

/**
 * plt_press_mdl_make:
 * @issuer: who issues
 * @data: what the database says is to be printed
 * @record: made of the same, its names whole; it is given its pictures
 * @signer: the key of the document signer, with its certificate
 * @device_key: (nullable): the file with the public key of the holder's wallet; %NULL: a one-off key,
 *   which the mdoc says
 * @error: as of plt_press_data_add_pictures(), plt_mdl_build() and plt_mdl_device_key_parse()
 *
 * An mdoc has room for whole names. Takes some milliseconds, most of them for the portrait:
 * for worker threads.
 *
 * Returns: (transfer full) (nullable): IssuerSigned
 */
GBytes *
plt_press_mdl_make (const PltPressIssuer  *issuer,
                    PltStoreCardData      *data,
                    PltLicenceData        *record,
                    PltIssuerKey          *signer,
                    GBytes                *device_key,
                    GError               **error)
{
  PltMdlDeviceKey key;

  if ((device_key != NULL && !plt_mdl_device_key_parse (device_key, &key, error))
      || !plt_press_data_add_pictures (data, record, NULL, error))
    return NULL;
  return build (issuer, record, signer, device_key != NULL ? &key : NULL, error);
}

/**
 * plt_press_mdl_make_fitted:
 * @issuer: who issues
 * @data: what the database says is to be printed
 * @fitted: made of the same, with its pictures
 * @signer: as plt_press_mdl_make()
 * @error: as plt_press_mdl_make()
 *
 * The same for no wallet yet, without fitting the portrait again.
 *
 * Returns: (transfer full) (nullable): IssuerSigned
 */
GBytes *
plt_press_mdl_make_fitted (const PltPressIssuer  *issuer,
                           PltStoreCardData      *data,
                           PltLicenceData        *fitted,
                           PltIssuerKey          *signer,
                           GError               **error)
{
  g_autoptr (PltLicenceData) licence = plt_press_data_make_record (issuer, data, error);

  if (licence == NULL)
    return NULL;
  licence->specimen = fitted->specimen;
  licence->portrait = fitted->portrait != NULL ? g_bytes_ref (fitted->portrait) : NULL;
  licence->signature = fitted->signature != NULL ? g_bytes_ref (fitted->signature) : NULL;
  return build (issuer, licence, signer, NULL, error);
}
