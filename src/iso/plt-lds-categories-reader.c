/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the categories of data group 1, of either form. */
#include "plt-lds-private.h"

#include <string.h>

#define N_ITEMS 6

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

/* A code must not look as if its sign had begun. */
static gboolean
is_code (PltByteReader *part)
{
  g_autofree char *code = g_strndup ((const char *) part->data, part->length);

  return part->length == 0 ||
         (is_graphic (part) && plt_restriction_get_code_length (code) == part->length);
}

static gboolean
is_sign (PltByteReader *part)
{
  const char *sign = (const char *) part->data;

  switch (part->length)
    {
    case 0:
      return TRUE;
    case 1:
      return sign[0] == '=' || sign[0] == '<' || sign[0] == '>';
    case 2:
      return (sign[0] == '<' || sign[0] == '>') && sign[1] == '=';
    default:
      return FALSE;
    }
}

/* The value as our own writer makes it: packed decimal for a number, else text. */
static char *
read_value (PltByteReader *part)
{
  g_autofree char *digits = NULL;

  if (part->length == 0)
    return g_strdup ("");
  digits = plt_lds_decode_digits (*part);
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

  if (value == NULL || !is_code (&items[0]) || !is_sign (&items[1]) ||
      (*value != '\0' && items[1].length == 0) || (items[1].length > 0 && items[0].length == 0))
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
               PltLdsForm     form,
               GPtrArray     *categories)
{
  PltByteReader items[N_ITEMS] = { 0 };
  gsize n_items = split_items (value, items);
  g_autofree char *code = NULL;
  g_autofree char *restriction = NULL;
  PltCategory category;
  PltDate from = { 0 };
  PltDate to = { 0 };

  if (n_items == 0)
    return FALSE;
  code = g_strndup ((const char *) items[0].data, items[0].length);
  restriction = read_restriction (items + 3);
  if (restriction == NULL || !plt_category_from_code (code, &category) ||
      !plt_lds_decode_date (items[1], form, &from) ||
      !plt_lds_decode_date (items[2], form, &to))
    return FALSE;
  add_entry (categories, plt_category_entry_new (category, from, to, restriction));

  return TRUE;
}

/**
 * plt_lds_read_categories:
 * @reader: the value of tag 7F63
 * @form: of the dates
 * @categories: (element-type PltCategoryEntry): where they go
 *
 * Objects that repeat a category with the same dates become one entry with several restrictions.
 *
 * Returns: whether every object was one of a licence
 */
gboolean
plt_lds_read_categories (PltByteReader  reader,
                         PltLdsForm     form,
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
          !read_category (value, form, categories))
        return FALSE;
    }

  return plt_byte_reader_left (&reader) == 0;
}
