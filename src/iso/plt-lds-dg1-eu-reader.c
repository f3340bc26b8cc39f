/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads DG1 in the form of the European Union's chips (Regulation (EU) 383/2012, Annex I). */
#include "plt-lds-private.h"

#define STATE_LENGTH 3
#define FIRST_TAG 0x5F03
#define LAST_TAG 0x5F0F
#define TAG_BIRTH_PLACE 0x5F07
#define TAG_NATIONALITY 0x5F08
#define TAG_GENDER 0x5F09
#define TAG_ADMINISTRATIVE_NUMBER 0x5F0D
#define TAG_ADDRESS 0x5F0F

static gboolean
read_text (PltByteReader   value,
           char          **place)
{
  *place = plt_lds_decode_text (value);

  return *place != NULL;
}

static gboolean
read_state (PltByteReader   value,
            char          **place)
{
  for (gsize i = 0; i < value.length; i++)
    {
      if (!g_ascii_isupper (value.data[i]))
        return FALSE;
    }
  *place = g_strndup ((const char *) value.data, value.length);

  return value.length == STATE_LENGTH;
}

static gboolean
read_date (PltByteReader  value,
           PltDate       *place)
{
  return value.length > 0 && plt_lds_decode_date (value, PLT_LDS_FORM_EU, place);
}

static gboolean
read_gender (PltByteReader   value,
             char          **place)
{
  if (value.length != 1)
    return FALSE;
  switch (value.data[0])
    {
    case 'M':
    case 'F':
      *place = g_strndup ((const char *) value.data, 1);
      return TRUE;
    case 'U':
      *place = g_strdup ("X");
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
read_element (guint           tag,
              PltByteReader   value,
              PltLicenceData *data)
{
  switch (tag)
    {
    case 0x5F03:
      return read_state (value, &data->issuing_country);
    case 0x5F04:
      return read_text (value, &data->family_name);
    case 0x5F05:
      return read_text (value, &data->given_names);
    case 0x5F06:
      return read_date (value, &data->birth_date);
    case TAG_BIRTH_PLACE:
      return read_text (value, &data->birth_place);
    case TAG_NATIONALITY:
      return read_state (value, &data->nationality);
    case TAG_GENDER:
      return read_gender (value, &data->sex);
    case 0x5F0A:
      return read_date (value, &data->issue_date);
    case 0x5F0B:
      return read_date (value, &data->expiry_date);
    case 0x5F0C:
      return read_text (value, &data->authority);
    case TAG_ADMINISTRATIVE_NUMBER:
      return read_text (value, &data->administrative_number);
    case 0x5F0E:
      return read_text (value, &data->licence_number);
    case TAG_ADDRESS:
      return read_text (value, &data->address);
    default:
      return TRUE;
    }
}

static gboolean
is_optional (guint tag)
{
  return tag == TAG_NATIONALITY || tag == TAG_GENDER || tag == TAG_ADMINISTRATIVE_NUMBER ||
         tag == TAG_ADDRESS;
}

/* No element twice, and none missing that every licence has. What is not known here is passed over. */
static gboolean
read_container (PltByteReader   reader,
                PltLicenceData *data)
{
  guint32 seen = 0;
  guint tag;
  PltByteReader value;

  while (plt_byte_reader_left (&reader) > 0)
    {
      guint32 bit;

      if (!plt_byte_reader_take_tlv (&reader, &tag, &value))
        return FALSE;
      bit = tag >= FIRST_TAG && tag <= LAST_TAG ? 1u << (tag - FIRST_TAG) : 0;
      if ((seen & bit) != 0 || !read_element (tag, value, data))
        return FALSE;
      seen |= bit;
    }
  for (tag = FIRST_TAG; tag <= LAST_TAG; tag++)
    {
      if (!is_optional (tag) && (seen & (1u << (tag - FIRST_TAG))) == 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * plt_lds_read_dg1_eu:
 * @content: what is within tag 61
 * @data: where it goes
 *
 * Returns: whether it is a licence in this form
 */
gboolean
plt_lds_read_dg1_eu (PltByteReader   content,
                     PltLicenceData *data)
{
  guint tag;
  PltByteReader value;

  return plt_byte_reader_take_tlv (&content, &tag, &value) && tag == 0x5F01 &&
         read_text (value, &data->type_approval) &&
         plt_byte_reader_take_tlv (&content, &tag, &value) && tag == 0x5F02 &&
         read_container (value, data) &&
         plt_byte_reader_take_tlv (&content, &tag, &value) && tag == PLT_LDS_TAG_CATEGORIES &&
         plt_lds_read_categories (value, PLT_LDS_FORM_EU, data->categories) &&
         plt_byte_reader_left (&content) == 0;
}
