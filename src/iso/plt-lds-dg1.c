/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes DG1 of a licence, the mandatory text, in the standard encoding of ISO/IEC 18013-2. */
#include "plt-lds-private.h"

#include "plt-byte-writer.h"
#include "plt-latin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In bytes. The published specimen of Japan has an authority of 67. */
#define MAX_NAME_LENGTH 36
#define MAX_AUTHORITY_LENGTH 67
#define MAX_NUMBER_LENGTH 25
#define MAX_CATEGORIES 127

static gboolean
add_text (GByteArray  *bytes,
          const char  *text,
          const char  *field,
          gsize        max_length,
          GError     **error)
{
  g_autoptr (GBytes) latin = plt_latin_to_iso8859_1 (text, field, error);
  gsize length;
  const guint8 *data;

  if (latin == NULL)
    return FALSE;

  data = g_bytes_get_data (latin, &length);
  if (length > max_length)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   /* Translators: the name of a field, its value, and a number of characters. */
                   _("The %s “%s” is too long for the card’s data, which holds %d characters. Ask a "
                     "supervisor how it may be shortened."), field, text, (int) max_length);
      return FALSE;
    }
  plt_byte_writer_add_u8 (bytes, (guint8) length);
  if (length > 0)
    g_byte_array_append (bytes, data, (guint) length);

  return TRUE;
}

static void
add_date (GByteArray *bytes,
          PltDate     date)
{
  g_autofree char *digits = plt_date_to_compact (date);

  plt_byte_writer_add_bcd (bytes, *digits != '\0' ? digits : "00000000");
}

static gboolean
add_country (GByteArray  *bytes,
             const char  *country,
             GError     **error)
{
  if (country != NULL && strlen (country) == 3 && g_ascii_isupper (country[0]) &&
      g_ascii_isupper (country[1]) && g_ascii_isupper (country[2]))
    {
      g_byte_array_append (bytes, (const guint8 *) country, 3);
      return TRUE;
    }

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The issuing country “%s” is no code of three capital letters. Correct it in the "
                 "configuration of the office."), country != NULL ? country : "");
  return FALSE;
}

static GByteArray *
build_demographic (PltLicenceData  *data,
                   GError         **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!add_text (bytes, data->family_name, _("family name"), MAX_NAME_LENGTH, error) ||
      !add_text (bytes, data->given_names, _("given names"), MAX_NAME_LENGTH, error))
    return NULL;
  add_date (bytes, data->birth_date);
  add_date (bytes, data->issue_date);
  add_date (bytes, data->expiry_date);
  if (!add_country (bytes, data->issuing_country, error) ||
      !add_text (bytes, data->authority, _("issuing authority"), MAX_AUTHORITY_LENGTH, error) ||
      !add_text (bytes, data->licence_number, _("licence number"), MAX_NUMBER_LENGTH, error))
    return NULL;

  return g_steal_pointer (&bytes);
}

/* A number is packed decimal; anything else stays as it is written. */
static void
add_value (GByteArray *bytes,
           const char *value)
{
  gsize length = strlen (value);

  if (strspn (value, "0123456789") != length)
    g_byte_array_append (bytes, (const guint8 *) value, (guint) length);
  else if (length > 0)
    {
      g_autofree char *even = g_strconcat (length % 2 == 1 ? "0" : "", value, NULL);

      plt_byte_writer_add_bcd (bytes, even);
    }
}

/* "S02<=3500" is code, sign and value. */
static void
add_restriction (GByteArray *bytes,
                 const char *restriction)
{
  gsize code_length = strcspn (restriction, "<>=");
  gsize sign_length = strspn (restriction + code_length, "<>=");

  g_byte_array_append (bytes, (const guint8 *) restriction, (guint) code_length);
  plt_byte_writer_add_u8 (bytes, PLT_LDS_SEPARATOR);
  g_byte_array_append (bytes, (const guint8 *) restriction + code_length, (guint) sign_length);
  plt_byte_writer_add_u8 (bytes, PLT_LDS_SEPARATOR);
  add_value (bytes, restriction + code_length + sign_length);
}

static void
add_optional_date (GByteArray *bytes,
                   PltDate     date)
{
  plt_byte_writer_add_u8 (bytes, PLT_LDS_SEPARATOR);
  if (plt_date_is_set (date))
    add_date (bytes, date);
}

/* "category ; issue ; expiry ; code ; sign ; value"; a category with nothing else is bare. */
static void
add_category (GByteArray             *bytes,
              const PltCategoryEntry *entry,
              const char             *restriction)
{
  g_autoptr (GByteArray) value = g_byte_array_new ();
  const char *code = plt_category_to_code (entry->category);

  g_byte_array_append (value, (const guint8 *) code, (guint) strlen (code));
  if (plt_date_is_set (entry->from) || plt_date_is_set (entry->to) || *restriction != '\0')
    {
      add_optional_date (value, entry->from);
      add_optional_date (value, entry->to);
      plt_byte_writer_add_u8 (value, PLT_LDS_SEPARATOR);
      add_restriction (value, restriction);
    }
  plt_byte_writer_add_tlv (bytes, PLT_LDS_TAG_CATEGORY, value->data, value->len);
}

/* A category with several restrictions is repeated, once for each. */
static guint
add_category_objects (GByteArray             *bytes,
                      const PltCategoryEntry *entry)
{
  g_auto (GStrv) restrictions = g_strsplit (entry->restrictions, ",", -1);
  guint n_restrictions = g_strv_length (restrictions);

  for (guint i = 0; i < n_restrictions; i++)
    add_category (bytes, entry, restrictions[i]);
  if (n_restrictions == 0)
    add_category (bytes, entry, "");

  return MAX (n_restrictions, 1);
}

static GByteArray *
build_categories (PltLicenceData  *data,
                  GError         **error)
{
  g_autoptr (GByteArray) objects = g_byte_array_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint count = 0;
  guint8 octet;

  for (guint i = 0; i < data->categories->len; i++)
    count += add_category_objects (objects, data->categories->pdata[i]);
  if (count > MAX_CATEGORIES)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   _("Licence %s has more categories and restrictions than the card’s data holds. "
                     "Ask a supervisor which restrictions apply."), data->licence_number);
      return NULL;
    }
  octet = (guint8) count;
  plt_byte_writer_add_tlv (bytes, PLT_LDS_TAG_COUNT, &octet, 1);
  g_byte_array_append (bytes, objects->data, objects->len);

  return g_steal_pointer (&bytes);
}

/**
 * plt_lds_build_dg1:
 * @data: the licence; names of letters outside of ISO 8859-1 are transliterated
 * @error: %PLT_ISO_ERROR_TOO_LONG and %PLT_ISO_ERROR_NEEDS_LATIN name the field;
 *   %PLT_ISO_ERROR_INVALID for a wrong country
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
  categories = build_categories (data, error);
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
  return latin == NULL || g_bytes_get_size (latin) <= MAX_NAME_LENGTH;
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
