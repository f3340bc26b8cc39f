/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of claim 169 that are more than a text or a number, for all who read them. */
#include "plt-qr-claim-private.h"

#include "plt-category.h"

#include <string.h>

#define MAX_CATEGORIES 64

/**
 * plt_qr_claim_take_date:
 * @reader: at a text: YYYYMMDD, or YYYY-MM-DD as one sample of the specification has it
 * @date: (out): not touched by an empty text, which is no date
 *
 * Returns: whether it was one of these
 */
gboolean
plt_qr_claim_take_date (PltCborReader *reader,
                        PltDate       *date)
{
  g_autofree char *text = plt_cbor_take_text (reader);
  g_autofree char *iso = NULL;

  if (text == NULL)
    return FALSE;
  if (*text == '\0')
    return TRUE;
  if (strlen (text) == 8)
    iso = g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);

  return plt_date_parse_iso (iso != NULL ? iso : text, date);
}

static gboolean
take_restrictions (PltCborReader *reader,
                   GString       *restrictions,
                   gint64         max_restrictions)
{
  PltCborItem list;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_ARRAY, &list) || list.value > max_restrictions)
    return FALSE;
  for (gint64 i = 0; i < list.value; i++)
    {
      g_autofree char *code = plt_cbor_take_text (reader);

      if (code == NULL)
        return FALSE;
      g_string_append_printf (restrictions, "%s%s", i > 0 ? "," : "", code);
    }

  return TRUE;
}

static gboolean
take_category (PltCborReader *reader,
               GPtrArray     *categories,
               gint64         max_restrictions)
{
  g_autofree char *code = NULL;
  g_autoptr (GString) restrictions = g_string_new (NULL);
  PltCborItem entry;
  PltCategory category;
  PltDate from = { 0 };
  PltDate to = { 0 };

  if (!plt_cbor_take_kind (reader, PLT_CBOR_ARRAY, &entry) ||
      (entry.value != 3 && entry.value != 4))
    return FALSE;
  code = plt_cbor_take_text (reader);
  if (code == NULL || !plt_category_from_code (code, &category) ||
      !plt_qr_claim_take_date (reader, &from) || !plt_qr_claim_take_date (reader, &to) ||
      (entry.value == 4 && !take_restrictions (reader, restrictions, max_restrictions)))
    return FALSE;

  g_ptr_array_add (categories, plt_category_entry_new (category, from, to, restrictions->str));

  return TRUE;
}

/**
 * plt_qr_claim_take_categories:
 * @reader: at the member 78
 * @categories: (element-type PltCategoryEntry): gets those that it says
 * @max_restrictions: of one category
 *
 * Returns: whether it is well-formed, and each category a known one
 */
gboolean
plt_qr_claim_take_categories (PltCborReader *reader,
                              GPtrArray     *categories,
                              gint64         max_restrictions)
{
  PltCborItem list;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_ARRAY, &list) || list.value > MAX_CATEGORIES)
    return FALSE;
  for (gint64 i = 0; i < list.value; i++)
    {
      if (!take_category (reader, categories, max_restrictions))
        return FALSE;
    }

  return TRUE;
}
