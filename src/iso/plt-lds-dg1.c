/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes DG1 of a licence, the mandatory text, in the standard encoding of ISO/IEC 18013-2. */
#include "plt-lds-private.h"

#include "plt-latin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
add_text (GByteArray  *bytes,
          const char  *text,
          const char  *field,
          gsize        max_length,
          GError     **error)
{
  g_autoptr (GBytes) latin = plt_lds_encode_text (text, field, max_length, error);
  gsize length;
  const guint8 *data;

  if (latin == NULL)
    return FALSE;
  data = g_bytes_get_data (latin, &length);
  plt_byte_writer_add_u8 (bytes, (guint8) length);
  if (length > 0)
    g_byte_array_append (bytes, data, (guint) length);

  return TRUE;
}

static GByteArray *
build_demographic (PltLicenceData  *data,
                   GError         **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!add_text (bytes, data->family_name, _("family name"), PLT_LDS_MAX_NAME, error) ||
      !add_text (bytes, data->given_names, _("given names"), PLT_LDS_MAX_NAME, error))
    return NULL;
  plt_lds_add_date (bytes, data->birth_date, PLT_LDS_FORM_ISO);
  plt_lds_add_date (bytes, data->issue_date, PLT_LDS_FORM_ISO);
  plt_lds_add_date (bytes, data->expiry_date, PLT_LDS_FORM_ISO);
  if (!plt_lds_check_country (data->issuing_country, error))
    return NULL;
  g_byte_array_append (bytes, (const guint8 *) data->issuing_country, 3);
  if (!add_text (bytes, data->authority, _("issuing authority"), PLT_LDS_MAX_AUTHORITY, error) ||
      !add_text (bytes, data->licence_number, _("licence number"), PLT_LDS_MAX_NUMBER, error))
    return NULL;

  return g_steal_pointer (&bytes);
}

/**
 * plt_lds_build_dg1:
 * @data: the licence; names of letters outside of ISO 8859-1 are transliterated
 * @error: %PLT_ISO_ERROR_TOO_LONG and %PLT_ISO_ERROR_NEEDS_LATIN name the field;
 *   %PLT_ISO_ERROR_INVALID for a wrong country or restriction
 *
 * ISO/IEC 18013-2, 8 and Annex C, standard encoding: `61 { 5F1F …, 7F63 { 02 n, 87 … } }`. A
 * restriction is written "01" or with sign and value "S02<=3500".
 *
 * Returns: (transfer full) (nullable): the whole EF.DG1 from its tag on
 */
GBytes *
plt_lds_build_dg1 (PltLicenceData  *data,
                   GError         **error)
{
  g_autoptr (GByteArray) demographic = NULL;
  g_autoptr (GByteArray) categories = NULL;
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GByteArray *dg1;

  g_return_val_if_fail (data != NULL, NULL);

  demographic = build_demographic (data, error);
  if (demographic == NULL)
    return NULL;
  categories = plt_lds_build_categories (data, PLT_LDS_FORM_ISO, error);
  if (categories == NULL)
    return NULL;

  plt_byte_writer_add_tlv (content, PLT_LDS_TAG_DEMOGRAPHIC, demographic->data, demographic->len);
  plt_byte_writer_add_tlv (content, PLT_LDS_TAG_CATEGORIES, categories->data, categories->len);
  dg1 = g_byte_array_new ();
  plt_byte_writer_add_tlv (dg1, PLT_LDS_TAG_DG1, content->data, content->len);

  return g_byte_array_free_to_bytes (dg1);
}

static gboolean
name_fits (const char *name)
{
  g_autoptr (GBytes) latin = plt_latin_to_iso8859_1 (name, "", NULL);

  /* What cannot be written at all is refused by name elsewhere. */
  return latin == NULL || g_bytes_get_size (latin) <= PLT_LDS_MAX_NAME;
}

static const char *
find_last_boundary (const char *name)
{
  const char *space = strrchr (name, ' ');
  const char *hyphen = strrchr (name, '-');

  return space > hyphen ? space : hyphen;
}

/* "von", "de la": belongs to the name that follows it, and is no end of one. */
static gboolean
ends_with_particle (const char *name)
{
  const char *boundary = find_last_boundary (name);

  return boundary != NULL && g_unichar_islower (g_utf8_get_char (boundary + 1));
}

/**
 * plt_lds_fit_name:
 * @name: a family name, or given names
 *
 * Leaves out whole names from the end, with the particles before them, until a data group can hold
 * the rest. Only one name that is too long by itself is cut within.
 *
 * Returns: (transfer full): @name, or what of it fits
 */
char *
plt_lds_fit_name (const char *name)
{
  g_autofree char *fitted = g_strdup (name);
  const char *boundary;

  g_return_val_if_fail (name != NULL, NULL);

  if (name_fits (name))
    return g_steal_pointer (&fitted);
  while ((boundary = find_last_boundary (fitted)) != NULL &&
         (!name_fits (fitted) || ends_with_particle (fitted)))
    fitted[boundary - fitted] = '\0';
  while (!name_fits (fitted))
    *g_utf8_find_prev_char (fitted, fitted + strlen (fitted)) = '\0';

  return g_steal_pointer (&fitted);
}

/**
 * plt_lds_build_compact:
 * @data: the licence
 * @error: %PLT_ISO_ERROR_UNCONFIRMED, always
 *
 * The compact encoding of ISO/IEC 18013-2 is what a barcode of a standard card carries, but neither
 * its text nor a vector was to be had; nothing is called by its name that was not checked.
 *
 * Returns: %NULL
 */
GBytes *
plt_lds_build_compact (PltLicenceData  *data,
                       GError         **error)
{
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
                       _("The compact encoding of ISO/IEC 18013-2 is not available. Ask the issuing "
                         "authority for the text of the standard, and use the signed profile U1 "
                         "until then."));
  return NULL;
}
