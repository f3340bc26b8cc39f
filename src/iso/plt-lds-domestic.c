/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes DG11, which is the issuer's own, and DG12, the stored machine-readable line. */
#include "plt-lds-private.h"

#include "plt-mrz.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_ADMINISTRATIVE_NUMBER 0x5F0D /* as in the form of the European Union */
#define TAG_LINE 0x82
#define TAG_LINE_KIND 0x81
#define KIND_MRZ 0x41
#define MAX_TEXT 127

/**
 * plt_lds_has_dg11:
 *
 * Returns: whether there is anything that only DG11 can say
 */
gboolean
plt_lds_has_dg11 (PltLicenceData *data)
{
  return data->specimen ||
         (data->administrative_number != NULL && *data->administrative_number != '\0');
}

/**
 * plt_lds_build_dg11:
 * @data: the licence
 * @error: %PLT_ISO_ERROR_INVALID where it has nothing for DG11, and of plt_lds_encode_text()
 *
 * What is within tag 6D is domestic, so this is this program's profile and no other's:
 * `53 "SPECIMEN"` on what no enrolled key signs, `5F0D` administrative number.
 *
 * Returns: (transfer full) (nullable): the whole EF.DG11 from its tag on
 */
GBytes *
plt_lds_build_dg11 (PltLicenceData  *data,
                    GError         **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (GBytes) number = NULL;
  GByteArray *file;

  g_return_val_if_fail (data != NULL, NULL);

  if (!plt_lds_has_dg11 (data))
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The licence has no domestic data, so that there is no data group 11. Leave that file out."));
      return NULL;
    }
  number = plt_lds_encode_text (data->administrative_number, _("administrative number"), MAX_TEXT,
                                error);
  if (number == NULL)
    return NULL;
  if (data->specimen)
    plt_byte_writer_add_tlv (content, PLT_LDS_TAG_DISCRETIONARY, (const guint8 *) PLT_LDS_SPECIMEN,
                             strlen (PLT_LDS_SPECIMEN));
  if (g_bytes_get_size (number) > 0)
    plt_byte_writer_add_tlv (content, TAG_ADMINISTRATIVE_NUMBER, g_bytes_get_data (number, NULL),
                             g_bytes_get_size (number));
  file = g_byte_array_new ();
  plt_byte_writer_add_tlv (file, PLT_LDS_TAG_DG11, content->data, content->len);

  return g_byte_array_free_to_bytes (file);
}

/**
 * plt_lds_build_dg12:
 * @mrz: (nullable): the card's machine-readable line of thirty characters
 * @error: %PLT_ISO_ERROR_INVALID where there is none, or it is wrong
 *
 * ISO/IEC 18013-3, non-match alert, as European cards have it: `71 { 82 00 ‖ line, 81 41 }`.
 *
 * Returns: (transfer full) (nullable): the whole EF.DG12 from its tag on
 */
GBytes *
plt_lds_build_dg12 (const char  *mrz,
                    GError     **error)
{
  static const guint8 kind = KIND_MRZ;
  guint8 line[1 + PLT_MRZ_LENGTH] = { 0 };
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GByteArray *file;

  if (mrz == NULL)
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The card has no machine-readable line of thirty characters, so that there is no data group "
                             "12. Leave that file out, or choose a layout with such a line."));
      return NULL;
    }
  if (!plt_mrz_verify (mrz, error))
    return NULL;
  memcpy (line + 1, mrz, PLT_MRZ_LENGTH);
  plt_byte_writer_add_tlv (content, TAG_LINE, line, sizeof line);
  plt_byte_writer_add_tlv (content, TAG_LINE_KIND, &kind, 1);
  file = g_byte_array_new ();
  plt_byte_writer_add_tlv (file, PLT_LDS_TAG_DG12, content->data, content->len);

  return g_byte_array_free_to_bytes (file);
}
