/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes DG1 in the form of the European Union's chips (Regulation (EU) 383/2012, Annex I). */
#include "plt-lds-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_TYPE_APPROVAL 0x5F01
#define TAG_CONTAINER 0x5F02 /* primitive by its tag, although it holds objects */
#define TAG_STATE 0x5F03
#define TAG_SURNAME 0x5F04
#define TAG_OTHER_NAMES 0x5F05
#define TAG_BIRTH_DATE 0x5F06
#define TAG_BIRTH_PLACE 0x5F07
#define TAG_NATIONALITY 0x5F08
#define TAG_GENDER 0x5F09
#define TAG_ISSUE_DATE 0x5F0A
#define TAG_EXPIRY_DATE 0x5F0B
#define TAG_AUTHORITY 0x5F0C
#define TAG_ADMINISTRATIVE_NUMBER 0x5F0D
#define TAG_NUMBER 0x5F0E
#define TAG_ADDRESS 0x5F0F

#define MAX_TEXT 127 /* what the Regulation leaves open stays within a one-byte length */

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static gboolean
check_present (const char  *text,
               const char  *field,
               GError     **error)
{
  if (!is_empty (text))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               /* Translators: the name of a field. */
               _("The form of the European Union was not written, because it must have the %s. "
                 "Complete the record, or have the form of ISO/IEC 18013-2 written."), field);
  return FALSE;
}

static gboolean
add_text (GByteArray  *bytes,
          guint        tag,
          const char  *text,
          const char  *field,
          gsize        max_length,
          GError     **error)
{
  g_autoptr (GBytes) latin = plt_lds_encode_text (text, field, max_length, error);

  if (latin == NULL)
    return FALSE;
  plt_byte_writer_add_tlv (bytes, tag, g_bytes_get_data (latin, NULL), g_bytes_get_size (latin));

  return TRUE;
}

static gboolean
add_mandatory (GByteArray  *bytes,
               guint        tag,
               const char  *text,
               const char  *field,
               gsize        max_length,
               GError     **error)
{
  return check_present (text, field, error) &&
         add_text (bytes, tag, text, field, max_length, error);
}

static gboolean
add_optional (GByteArray  *bytes,
              guint        tag,
              const char  *text,
              const char  *field,
              gsize        max_length,
              GError     **error)
{
  return is_empty (text) || add_text (bytes, tag, text, field, max_length, error);
}

static void
add_date (GByteArray *bytes,
          guint       tag,
          PltDate     date)
{
  g_autoptr (GByteArray) value = g_byte_array_new ();

  plt_lds_add_date (value, date, PLT_LDS_FORM_EU);
  plt_byte_writer_add_tlv (bytes, tag, value->data, value->len);
}

/* M and F; the Regulation's third letter is U. */
static void
add_gender (GByteArray *bytes,
            const char *sex)
{
  const char *gender = g_strcmp0 (sex, "M") == 0 || g_strcmp0 (sex, "F") == 0 ? sex : "U";

  if (!is_empty (sex))
    plt_byte_writer_add_tlv (bytes, TAG_GENDER, (const guint8 *) gender, 1);
}

static gboolean
add_state (GByteArray  *bytes,
           guint        tag,
           const char  *state,
           GError     **error)
{
  if (!plt_lds_check_country (state, error))
    return FALSE;
  plt_byte_writer_add_tlv (bytes, tag, (const guint8 *) state, 3);

  return TRUE;
}

static gboolean
add_holder (GByteArray      *bytes,
            PltLicenceData  *data,
            GError         **error)
{
  if (!add_state (bytes, TAG_STATE, data->issuing_country, error) ||
      !add_mandatory (bytes, TAG_SURNAME, data->family_name, _("family name"), PLT_LDS_MAX_NAME,
                      error) ||
      !add_text (bytes, TAG_OTHER_NAMES, data->given_names, _("given names"), PLT_LDS_MAX_NAME,
                 error))
    return FALSE;
  add_date (bytes, TAG_BIRTH_DATE, data->birth_date);
  if (!add_mandatory (bytes, TAG_BIRTH_PLACE, data->birth_place, _("place of birth"), MAX_TEXT,
                      error) ||
      (!is_empty (data->nationality) &&
       !add_state (bytes, TAG_NATIONALITY, data->nationality, error)))
    return FALSE;
  add_gender (bytes, data->sex);

  return TRUE;
}

/* "an" in the Regulation: letters and digits. */
static gboolean
add_number (GByteArray  *bytes,
            const char  *number,
            GError     **error)
{
  for (const char *at = number; at != NULL && *at != '\0'; at++)
    {
      if (g_ascii_isalnum (*at))
        continue;
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                   _("The licence number “%s” has characters other than letters and digits, which "
                     "the form of the European Union cannot hold. Have the form of ISO/IEC 18013-2 "
                     "written."), number);
      return FALSE;
    }

  return add_mandatory (bytes, TAG_NUMBER, number, _("licence number"), PLT_LDS_MAX_NUMBER, error);
}

static gboolean
add_document (GByteArray      *bytes,
              PltLicenceData  *data,
              GError         **error)
{
  add_date (bytes, TAG_ISSUE_DATE, data->issue_date);
  add_date (bytes, TAG_EXPIRY_DATE, data->expiry_date);

  return add_mandatory (bytes, TAG_AUTHORITY, data->authority, _("issuing authority"),
                        PLT_LDS_MAX_AUTHORITY, error) &&
         add_optional (bytes, TAG_ADMINISTRATIVE_NUMBER, data->administrative_number,
                       _("administrative number"), MAX_TEXT, error) &&
         add_number (bytes, data->licence_number, error) &&
         add_optional (bytes, TAG_ADDRESS, data->address, _("address"), MAX_TEXT, error);
}

static gboolean
check_mandatory (PltLicenceData  *data,
                 GError         **error)
{
  return check_present (data->type_approval, _("type-approval number"), error) &&
         check_present (plt_date_is_set (data->birth_date) ? "set" : NULL, _("date of birth"),
                        error) &&
         check_present (plt_date_is_set (data->issue_date) ? "set" : NULL, _("date of issue"),
                        error) &&
         check_present (plt_date_is_set (data->expiry_date) ? "set" : NULL, _("date of expiry"),
                        error) &&
         check_present (data->categories->len > 0 ? "set" : NULL, _("category"), error);
}

/**
 * plt_lds_build_dg1_eu:
 * @data: the licence, with the type-approval number of the chip
 * @error: of plt_lds_build_dg1(); %PLT_ISO_ERROR_INVALID names what the form must have and is missing
 *
 * Regulation (EU) 383/2012, Annex I: `61 { 5F01 …, 5F02 { 5F03 … 5F0F }, 7F63 { 02 n, 87 … } }`,
 * dates as DDMMYYYY. The Regulation is repealed by Directive (EU) 2025/2205; chips of its time stay.
 *
 * Returns: (transfer full) (nullable): the whole EF.DG1 from its tag on
 */
GBytes *
plt_lds_build_dg1_eu (PltLicenceData  *data,
                      GError         **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) categories = NULL;
  GByteArray *dg1;

  g_return_val_if_fail (data != NULL, NULL);

  if (!check_mandatory (data, error) ||
      !add_text (content, TAG_TYPE_APPROVAL, data->type_approval, _("type-approval number"),
                 MAX_TEXT, error) ||
      !add_holder (inner, data, error) || !add_document (inner, data, error))
    return NULL;
  categories = plt_lds_build_categories (data, PLT_LDS_FORM_EU, error);
  if (categories == NULL)
    return NULL;

  plt_byte_writer_add_tlv (content, TAG_CONTAINER, inner->data, inner->len);
  plt_byte_writer_add_tlv (content, PLT_LDS_TAG_CATEGORIES, categories->data, categories->len);
  dg1 = g_byte_array_new ();
  plt_byte_writer_add_tlv (dg1, PLT_LDS_TAG_DG1, content->data, content->len);

  return g_byte_array_free_to_bytes (dg1);
}
