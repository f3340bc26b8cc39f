/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads DG1 of a licence in the standard encoding of ISO/IEC 18013-2, in either form. */
#include "plt-lds-private.h"

#include <glib/gi18n-lib.h>

#define DATE_LENGTH 4
#define COUNTRY_LENGTH 3

static gboolean
take_text (PltByteReader  *reader,
           char          **text)
{
  guint8 length;
  PltByteReader part;

  if (!plt_byte_reader_take_u8 (reader, &length) ||
      !plt_byte_reader_take (reader, length, &part))
    return FALSE;
  *text = plt_lds_decode_text (part);

  return *text != NULL;
}

static gboolean
take_date (PltByteReader *reader,
           PltDate       *date)
{
  PltByteReader part;

  return plt_byte_reader_take (reader, DATE_LENGTH, &part) &&
         plt_lds_decode_date (part, PLT_LDS_FORM_ISO, date);
}

static gboolean
take_country (PltByteReader  *reader,
              char          **country)
{
  PltByteReader part;

  if (!plt_byte_reader_take (reader, COUNTRY_LENGTH, &part))
    return FALSE;
  for (gsize i = 0; i < COUNTRY_LENGTH; i++)
    {
      if (!g_ascii_isupper (part.data[i]))
        return FALSE;
    }
  *country = g_strndup ((const char *) part.data, COUNTRY_LENGTH);

  return TRUE;
}

static gboolean
read_demographic (PltByteReader   reader,
                  PltLicenceData *data)
{
  return take_text (&reader, &data->family_name) &&
         take_text (&reader, &data->given_names) &&
         take_date (&reader, &data->birth_date) &&
         take_date (&reader, &data->issue_date) &&
         take_date (&reader, &data->expiry_date) &&
         take_country (&reader, &data->issuing_country) &&
         take_text (&reader, &data->authority) &&
         take_text (&reader, &data->licence_number) &&
         plt_byte_reader_left (&reader) == 0;
}

static gboolean
read_dg1 (PltByteReader   reader,
          PltLicenceData *data)
{
  guint tag;
  PltByteReader content;
  PltByteReader ahead;
  PltByteReader value;

  if (!plt_byte_reader_take_tlv (&reader, &tag, &content) || tag != PLT_LDS_TAG_DG1 ||
      plt_byte_reader_left (&reader) != 0)
    return FALSE;
  ahead = content;
  if (!plt_byte_reader_take_tlv (&ahead, &tag, &value))
    return FALSE;
  if (tag != PLT_LDS_TAG_DEMOGRAPHIC)
    return plt_lds_read_dg1_eu (content, data);

  return read_demographic (value, data) &&
         plt_byte_reader_take_tlv (&ahead, &tag, &value) && tag == PLT_LDS_TAG_CATEGORIES &&
         plt_lds_read_categories (value, PLT_LDS_FORM_ISO, data->categories) &&
         plt_byte_reader_left (&ahead) == 0;
}

static void
fill_empty_strings (PltLicenceData *data)
{
  char **strings[] = {
    &data->birth_place, &data->administrative_number, &data->document_discriminator, &data->sex,
    &data->nationality, &data->address,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      if (*strings[i] == NULL)
        *strings[i] = g_strdup ("");
    }
}

/**
 * plt_lds_read_dg1:
 * @dg1: the whole EF.DG1 from its tag on, without padding behind it
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Takes the form of ISO/IEC 18013-2 and that of the European Union's chips, which are told apart by
 * the tag inside. Objects that repeat a category with the same dates become one entry with several
 * restrictions.
 *
 * Returns: (transfer full) (nullable): the licence; what DG1 does not carry is empty
 */
PltLicenceData *
plt_lds_read_dg1 (GBytes  *dg1,
                  GError **error)
{
  g_autoptr (PltLicenceData) data = plt_licence_data_new ();
  gsize length;
  const guint8 *bytes;

  g_return_val_if_fail (dg1 != NULL, NULL);

  bytes = g_bytes_get_data (dg1, &length);
  if (!read_dg1 (plt_byte_reader_init (bytes, length), data))
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The data is not a licence’s first data group of ISO/IEC 18013-2. Scan "
                             "the card again."));
      return NULL;
    }
  fill_empty_strings (data);

  return g_steal_pointer (&data);
}
