/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the categories of data group 1: `02 01 n`, then n objects 87 of items joined by “;”. */
#include "plt-lds-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CATEGORIES 127
#define DIGITS "0123456789"

/* Where code, sign and value of "S02<=3500" lie. */
typedef struct
{
  gsize       code_length;
  gsize       sign_length;
  const char *value;
} Restriction;

static Restriction
split_restriction (const char *text)
{
  Restriction parts = { .code_length = plt_restriction_get_code_length (text) };

  parts.sign_length = strspn (text + parts.code_length, "<>=");
  parts.value = text + parts.code_length + parts.sign_length;

  return parts;
}

static gboolean
is_sign (const char *text,
         gsize       length)
{
  static const char *const signs[] = { "=", "<", ">", "<=", ">=" };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (length == strlen (signs[i]) && memcmp (text, signs[i], length) == 0)
        return TRUE;
    }

  return length == 0;
}

/* Packed decimal and letters share the place of the value: a reader takes for decimal what could be
 * some, as "AB" (41 42). */
static gboolean
looks_packed (const char *value)
{
  for (const char *at = value; *at != '\0'; at++)
    {
      if (((guint8) *at >> 4) > 9 || (*at & 0x0F) > 9)
        return FALSE;
    }

  return *value != '\0';
}

static gboolean
is_writable (const char *restriction)
{
  Restriction parts = split_restriction (restriction);

  for (const char *at = restriction; *at != '\0'; at++)
    {
      if (!g_ascii_isgraph (*at) || *at == PLT_LDS_SEPARATOR)
        return FALSE;
    }

  return parts.code_length > 0 && is_sign (restriction + parts.code_length, parts.sign_length) &&
         (parts.value[strspn (parts.value, DIGITS)] == '\0' || !looks_packed (parts.value));
}

static gboolean
check_restriction (PltLicenceData  *data,
                   const char      *restriction,
                   GError         **error)
{
  if (is_writable (restriction))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               /* Translators: a restriction as it is recorded, and the number of a licence. */
               _("The restriction “%s” of licence %s has no form in the card’s data, which holds a "
                 "code, one of the signs = < > <= >=, and a number. Correct it in the register."),
               restriction, data->licence_number != NULL ? data->licence_number : "");
  return FALSE;
}

/* A number is packed decimal; anything else stays as it is written. */
static void
add_value (GByteArray *bytes,
           const char *value)
{
  gsize length = strlen (value);

  if (strspn (value, DIGITS) != length)
    g_byte_array_append (bytes, (const guint8 *) value, (guint) length);
  else if (length > 0)
    {
      g_autofree char *even = g_strconcat (length % 2 == 1 ? "0" : "", value, NULL);

      plt_byte_writer_add_bcd (bytes, even);
    }
}

static void
add_restriction (GByteArray *bytes,
                 const char *restriction)
{
  Restriction parts = split_restriction (restriction);

  g_byte_array_append (bytes, (const guint8 *) restriction, (guint) parts.code_length);
  plt_byte_writer_add_u8 (bytes, PLT_LDS_SEPARATOR);
  g_byte_array_append (bytes, (const guint8 *) restriction + parts.code_length,
                       (guint) parts.sign_length);
  plt_byte_writer_add_u8 (bytes, PLT_LDS_SEPARATOR);
  add_value (bytes, parts.value);
}

static void
add_optional_date (GByteArray *bytes,
                   PltDate     date,
                   PltLdsForm  form)
{
  plt_byte_writer_add_u8 (bytes, PLT_LDS_SEPARATOR);
  if (plt_date_is_set (date))
    plt_lds_add_date (bytes, date, form);
}

/* "category ; issue ; expiry ; code ; sign ; value". A category with nothing else is bare in the ISO
 * form; in the EU's every separator stays. */
static void
add_category (GByteArray             *bytes,
              const PltCategoryEntry *entry,
              const char             *restriction,
              PltLdsForm              form)
{
  g_autoptr (GByteArray) value = g_byte_array_new ();
  const char *code = plt_category_to_code (entry->category);

  g_byte_array_append (value, (const guint8 *) code, (guint) strlen (code));
  if (form == PLT_LDS_FORM_EU || plt_date_is_set (entry->from) || plt_date_is_set (entry->to) ||
      *restriction != '\0')
    {
      add_optional_date (value, entry->from, form);
      add_optional_date (value, entry->to, form);
      plt_byte_writer_add_u8 (value, PLT_LDS_SEPARATOR);
      add_restriction (value, restriction);
    }
  plt_byte_writer_add_tlv (bytes, PLT_LDS_TAG_CATEGORY, value->data, value->len);
}

/* A category with several restrictions is repeated, once for each. */
static gboolean
add_entry (GByteArray              *bytes,
           PltLicenceData          *data,
           const PltCategoryEntry  *entry,
           PltLdsForm               form,
           guint                   *count,
           GError                 **error)
{
  g_auto (GStrv) restrictions = g_strsplit (entry->restrictions, ",", -1);
  guint n_restrictions = g_strv_length (restrictions);

  for (guint i = 0; i < n_restrictions; i++)
    {
      if (!check_restriction (data, restrictions[i], error))
        return FALSE;
      add_category (bytes, entry, restrictions[i], form);
    }
  if (n_restrictions == 0)
    add_category (bytes, entry, "", form);
  *count += MAX (n_restrictions, 1);

  return TRUE;
}

/**
 * plt_lds_build_categories:
 * @data: the licence
 * @form: decides the order of dates, and whether empty items keep their separators
 * @error: %PLT_ISO_ERROR_INVALID for a restriction that has no form, %PLT_ISO_ERROR_TOO_LONG for more
 *   than 127 objects
 *
 * Returns: (transfer full) (nullable): the value of tag 7F63
 */
GByteArray *
plt_lds_build_categories (PltLicenceData  *data,
                          PltLdsForm       form,
                          GError         **error)
{
  g_autoptr (GByteArray) objects = g_byte_array_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint count = 0;
  guint8 octet;

  for (guint i = 0; i < data->categories->len; i++)
    {
      if (!add_entry (objects, data, data->categories->pdata[i], form, &count, error))
        return NULL;
    }
  if (count > MAX_CATEGORIES)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   _("Licence %s has more categories and restrictions than the card’s data holds. "
                     "Ask a supervisor which restrictions apply."),
                   data->licence_number != NULL ? data->licence_number : "");
      return NULL;
    }
  octet = (guint8) count;
  plt_byte_writer_add_tlv (bytes, PLT_LDS_TAG_COUNT, &octet, 1);
  g_byte_array_append (bytes, objects->data, objects->len);

  return g_steal_pointer (&bytes);
}
