/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads DG1 of a licence in the standard encoding of ISO/IEC 18013-2. */
#include "plt-lds-private.h"

#include "plt-byte-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DATE_LENGTH 4
#define COUNTRY_LENGTH 3
#define N_ITEMS 6

static char *
latin_to_utf8 (PltByteReader *part)
{
  GString *text = g_string_sized_new (part->length);

  for (gsize i = 0; i < part->length; i++)
    {
      guint8 byte = part->data[i];

      if (byte < 0x20 || (byte >= 0x7F && byte < 0xA0))
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      g_string_append_unichar (text, byte);
    }

  return g_string_free (text, FALSE);
}

static gboolean
take_text (PltByteReader  *reader,
           char          **text)
{
  guint8 length;
  PltByteReader part;

  if (!plt_byte_reader_take_u8 (reader, &length) ||
      !plt_byte_reader_take (reader, length, &part))
    return FALSE;
  *text = latin_to_utf8 (&part);

  return *text != NULL;
}

static char *
bcd_to_digits (PltByteReader *part)
{
  GString *digits = g_string_new (NULL);

  for (gsize i = 0; i < part->length; i++)
    {
      if ((part->data[i] >> 4) > 9 || (part->data[i] & 0x0F) > 9)
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
      g_string_append_printf (digits, "%02x", part->data[i]);
    }

  return g_string_free (digits, FALSE);
}

static gboolean
read_date (PltByteReader *part,
           PltDate       *date)
{
  g_autofree char *digits = NULL;
  g_autofree char *iso = NULL;

  if (part->length == 0)
    return TRUE;
  digits = bcd_to_digits (part);
  if (digits == NULL || part->length != DATE_LENGTH)
    return FALSE;
  if (g_str_equal (digits, "00000000"))
    return TRUE;
  iso = g_strdup_printf ("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);

  return plt_date_parse_iso (iso, date);
}

static gboolean
take_date (PltByteReader *reader,
           PltDate       *date)
{
  PltByteReader part;

  return plt_byte_reader_take (reader, DATE_LENGTH, &part) && read_date (&part, date);
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

/* Splitting at 3B is safe: packed decimal has no half-byte above 9. */
static gsize
split_items (PltByteReader value,
             PltByteReader items[N_ITEMS])
{
  gsize n_items = 0;
  gsize start = 0;

  for (gsize i = 0; i <= value.length; i++)
    {
      if (i < value.length && value.data[i] != PLT_LDS_SEPARATOR)
        continue;
      if (n_items == N_ITEMS)
        return 0;
      items[n_items++] = plt_byte_reader_init (value.data + start, i - start);
      start = i + 1;
    }

  return n_items;
}

static gboolean
is_graphic (PltByteReader *part)
{
  for (gsize i = 0; i < part->length; i++)
    {
      if (!g_ascii_isgraph (part->data[i]) || part->data[i] == ',')
        return FALSE;
    }

  return TRUE;
}

/* The value as our own writer makes it: packed decimal for a number, else text. */
static char *
read_value (PltByteReader *part)
{
  g_autofree char *digits = NULL;

  if (part->length == 0)
    return g_strdup ("");
  digits = bcd_to_digits (part);
  if (digits != NULL)
    {
      gsize zeros = strspn (digits, "0");

      return g_strdup (digits + MIN (zeros, strlen (digits) - 1));
    }

  return is_graphic (part) ? g_strndup ((const char *) part->data, part->length) : NULL;
}

static char *
read_restriction (PltByteReader *items)
{
  g_autofree char *value = read_value (&items[2]);

  if (value == NULL || !is_graphic (&items[0]) || !is_graphic (&items[1]))
    return NULL;

  return g_strdup_printf ("%.*s%.*s%s", (int) items[0].length, (const char *) items[0].data,
                          (int) items[1].length, (const char *) items[1].data, value);
}

static gboolean
repeats_last (GPtrArray              *categories,
              const PltCategoryEntry *entry)
{
  const PltCategoryEntry *last =
    categories->len > 0 ? categories->pdata[categories->len - 1] : NULL;

  return last != NULL && last->category == entry->category &&
         plt_date_compare (last->from, entry->from) == 0 &&
         plt_date_compare (last->to, entry->to) == 0;
}

/* Takes @entry over. */
static void
add_entry (GPtrArray        *categories,
           PltCategoryEntry *entry)
{
  if (repeats_last (categories, entry))
    {
      PltCategoryEntry *last = categories->pdata[categories->len - 1];
      g_autofree char *before = g_steal_pointer (&last->restrictions);

      last->restrictions = g_strconcat (before, *before != '\0' ? "," : "", entry->restrictions,
                                        NULL);
      plt_category_entry_free (entry);
    }
  else
    g_ptr_array_add (categories, entry);
}

static gboolean
read_category (PltByteReader  value,
               GPtrArray     *categories)
{
  PltByteReader items[N_ITEMS] = { 0 };
  gsize n_items = split_items (value, items);
  g_autofree char *code = NULL;
  g_autofree char *restriction = NULL;
  PltCategory category;
  PltDate from = { 0 };
  PltDate to = { 0 };

  if (n_items != 1 && n_items != N_ITEMS)
    return FALSE;
  code = g_strndup ((const char *) items[0].data, items[0].length);
  restriction = read_restriction (items + 3);
  if (restriction == NULL || !plt_category_from_code (code, &category) ||
      !read_date (&items[1], &from) || !read_date (&items[2], &to))
    return FALSE;
  add_entry (categories, plt_category_entry_new (category, from, to, restriction));

  return TRUE;
}

static gboolean
read_categories (PltByteReader  reader,
                 GPtrArray     *categories)
{
  guint tag;
  PltByteReader value;
  guint8 count;

  if (!plt_byte_reader_take_tlv (&reader, &tag, &value) || tag != PLT_LDS_TAG_COUNT ||
      value.length != 1 || !plt_byte_reader_take_u8 (&value, &count))
    return FALSE;
  for (guint i = 0; i < count; i++)
    {
      if (!plt_byte_reader_take_tlv (&reader, &tag, &value) || tag != PLT_LDS_TAG_CATEGORY ||
          !read_category (value, categories))
        return FALSE;
    }

  return plt_byte_reader_left (&reader) == 0;
}

static gboolean
read_dg1 (PltByteReader   reader,
          PltLicenceData *data)
{
  guint tag;
  PltByteReader content;
  PltByteReader value;

  return plt_byte_reader_take_tlv (&reader, &tag, &content) && tag == PLT_LDS_TAG_DG1 &&
         plt_byte_reader_left (&reader) == 0 &&
         plt_byte_reader_take_tlv (&content, &tag, &value) && tag == PLT_LDS_TAG_DEMOGRAPHIC &&
         read_demographic (value, data) &&
         plt_byte_reader_take_tlv (&content, &tag, &value) && tag == PLT_LDS_TAG_CATEGORIES &&
         read_categories (value, data->categories) &&
         plt_byte_reader_left (&content) == 0;
}

static void
fill_empty_strings (PltLicenceData *data)
{
  char **strings[] = {
    &data->birth_place, &data->administrative_number, &data->document_discriminator, &data->sex,
    &data->nationality, &data->address,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    *strings[i] = g_strdup ("");
}

/**
 * plt_lds_read_dg1:
 * @dg1: the whole EF.DG1 from its tag on, without padding behind it
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Objects that repeat a category with the same dates become one entry with several restrictions.
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
