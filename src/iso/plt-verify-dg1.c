/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads DG1 in both standard encodings: that of ISO/IEC 18013-2 and that of Regulation (EU) 383/2012, whose
 * dates stand the other way round. */
#include "plt-verify-private.h"

#include "plt-lds-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_EU_APPROVAL 0x5F01
#define TAG_EU_HOLDER 0x5F02
#define DATE_LENGTH 4
#define N_ITEMS 6

static gboolean
claim_text (PltVerifyFinding *finding,
            PltVerifyField    field,
            PltByteReader     part)
{
  g_autofree char *text = plt_lds_decode_text (part);

  plt_verify_claim (finding, field, text);
  return text != NULL;
}

static gboolean
claim_date (PltVerifyFinding *finding,
            PltVerifyField    field,
            PltByteReader     part,
            PltLdsForm        form)
{
  PltDate date = { 0 };

  if (!plt_lds_decode_date (part, form, &date))
    return FALSE;
  plt_verify_claim_date (finding, field, date);
  return TRUE;
}

static gboolean
take_counted_text (PltByteReader    *reader,
                   PltVerifyFinding *finding,
                   PltVerifyField    field)
{
  guint8 length;
  PltByteReader part;

  return plt_byte_reader_take_u8 (reader, &length) && plt_byte_reader_take (reader, length, &part) &&
         claim_text (finding, field, part);
}

static gboolean
take_date (PltByteReader    *reader,
           PltVerifyFinding *finding,
           PltVerifyField    field)
{
  PltByteReader part;

  return plt_byte_reader_take (reader, DATE_LENGTH, &part) &&
         claim_date (finding, field, part, PLT_LDS_FORM_ISO);
}

static gboolean
read_demographic (PltByteReader     reader,
                  PltVerifyFinding *finding)
{
  PltByteReader country;

  return take_counted_text (&reader, finding, PLT_VERIFY_FIELD_FAMILY_NAME) &&
         take_counted_text (&reader, finding, PLT_VERIFY_FIELD_GIVEN_NAMES) &&
         take_date (&reader, finding, PLT_VERIFY_FIELD_BIRTH_DATE) &&
         take_date (&reader, finding, PLT_VERIFY_FIELD_ISSUE_DATE) &&
         take_date (&reader, finding, PLT_VERIFY_FIELD_EXPIRY_DATE) &&
         plt_byte_reader_take (&reader, 3, &country) &&
         claim_text (finding, PLT_VERIFY_FIELD_COUNTRY, country) &&
         take_counted_text (&reader, finding, PLT_VERIFY_FIELD_AUTHORITY) &&
         take_counted_text (&reader, finding, PLT_VERIFY_FIELD_LICENCE_NUMBER) &&
         plt_byte_reader_left (&reader) == 0;
}

/* Splitting at 3B is safe: packed decimal has no half-byte above 9. */
static gsize
split_items (PltByteReader value,
             PltByteReader items[N_ITEMS])
{
  gsize n = 0, start = 0;

  for (gsize i = 0; i <= value.length; i++)
    {
      if (i < value.length && value.data[i] != ';')
        continue;
      if (n == N_ITEMS)
        return 0;
      items[n++] = plt_byte_reader_init (value.data + start, i - start);
      start = i + 1;
    }
  return n;
}

/* "78", "93<=8000"; the value is packed decimal in the one published vector. */
static char *
dup_restriction (PltByteReader items[3])
{
  g_autofree char *code = plt_lds_decode_text (items[0]);
  g_autofree char *sign = plt_lds_decode_text (items[1]);
  g_autofree char *value = plt_lds_decode_digits (items[2]);

  if (code == NULL || sign == NULL || strpbrk (code, ",;|") != NULL || strpbrk (sign, ",;|") != NULL)
    return NULL;
  if (value == NULL)
    value = plt_lds_decode_text (items[2]);
  if (value == NULL)
    return NULL;
  return g_strconcat (code, sign, *value != '\0' ? value + MIN (strspn (value, "0"), strlen (value) - 1) : "", NULL);
}

/* A category that comes again says one restriction more. Takes @restriction over. */
static void
add_entry (GPtrArray   *entries,
           PltCategory  category,
           PltDate      from,
           PltDate      to,
           char        *restriction)
{
  g_autofree char *owned = restriction;
  PltCategoryEntry *last = entries->len > 0 ? entries->pdata[entries->len - 1] : NULL;

  if (last != NULL && last->category == category && plt_date_compare (last->from, from) == 0 &&
      plt_date_compare (last->to, to) == 0)
    {
      g_autofree char *before = g_steal_pointer (&last->restrictions);

      last->restrictions = g_strconcat (before, *before != '\0' && *owned != '\0' ? "," : "", owned,
                                        NULL);
      return;
    }
  g_ptr_array_add (entries, plt_category_entry_new (category, from, to, owned));
}

static gboolean
read_category (PltByteReader     value,
               PltLdsForm        form,
               GPtrArray        *entries,
               PltVerifyFinding *finding)
{
  PltByteReader items[N_ITEMS] = { 0 };
  gsize n = split_items (value, items);
  g_autofree char *code = plt_lds_decode_text (items[0]);
  g_autofree char *restriction = dup_restriction (items + 3);
  PltDate from = { 0 }, to = { 0 };
  PltCategory category;

  if ((n != 1 && n != N_ITEMS) || code == NULL || restriction == NULL ||
      !plt_lds_decode_date (items[1], form, &from) || !plt_lds_decode_date (items[2], form, &to))
    return FALSE;
  if (plt_category_from_code (code, &category))
    add_entry (entries, category, from, to, g_steal_pointer (&restriction));
  else if (*code != '\0')
    plt_verify_claim_other (finding, _("Further category"), code);
  else
    plt_verify_claim_other (finding, _("Restriction on all categories"), restriction);
  return TRUE;
}

static gboolean
read_categories (PltByteReader     reader,
                 PltLdsForm        form,
                 PltVerifyFinding *finding)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_category_entry_free);
  PltByteReader value;
  guint tag;
  guint8 count;

  if (!plt_byte_reader_take_tlv (&reader, &tag, &value) || tag != PLT_LDS_TAG_COUNT ||
      value.length != 1 || !plt_byte_reader_take_u8 (&value, &count))
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!plt_byte_reader_take_tlv (&reader, &tag, &value) || tag != PLT_LDS_TAG_CATEGORY ||
        !read_category (value, form, entries, finding))
      return FALSE;
  plt_verify_claim_categories (finding, entries);
  return plt_byte_reader_left (&reader) == 0;
}

static gboolean
read_eu_item (PltVerifyFinding *finding,
              guint             tag,
              PltByteReader     value)
{
  static const struct { guint tag; PltVerifyField field; gboolean is_date; } items[] = {
    { 0x5F03, PLT_VERIFY_FIELD_COUNTRY, FALSE }, { 0x5F04, PLT_VERIFY_FIELD_FAMILY_NAME, FALSE },
    { 0x5F05, PLT_VERIFY_FIELD_GIVEN_NAMES, FALSE }, { 0x5F06, PLT_VERIFY_FIELD_BIRTH_DATE, TRUE },
    { 0x5F07, PLT_VERIFY_FIELD_BIRTH_PLACE, FALSE }, { 0x5F08, PLT_VERIFY_FIELD_NATIONALITY, FALSE },
    { 0x5F0A, PLT_VERIFY_FIELD_ISSUE_DATE, TRUE }, { 0x5F0B, PLT_VERIFY_FIELD_EXPIRY_DATE, TRUE },
    { 0x5F0C, PLT_VERIFY_FIELD_AUTHORITY, FALSE }, { 0x5F0E, PLT_VERIFY_FIELD_LICENCE_NUMBER, FALSE },
    { 0x5F0F, PLT_VERIFY_FIELD_ADDRESS, FALSE },
  };
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (items[i].tag == tag)
      return items[i].is_date ? claim_date (finding, items[i].field, value, PLT_LDS_FORM_EU)
                              : claim_text (finding, items[i].field, value);
  text = plt_lds_decode_text (value);
  if (text == NULL)
    return FALSE;
  if (tag == 0x5F09) /* M, F or U */
    plt_verify_claim (finding, PLT_VERIFY_FIELD_SEX, g_str_equal (text, "U") ? "X" : text);
  else if (tag == 0x5F0D)
    plt_verify_claim_other (finding, _("Administrative number"), text);
  return tag == 0x5F09 || tag == 0x5F0D;
}

static gboolean
read_eu (PltByteReader     approval,
         PltByteReader     content,
         PltVerifyFinding *finding)
{
  g_autofree char *number = plt_lds_decode_text (approval);
  PltByteReader holder, value;
  guint tag;

  if (number == NULL || !plt_byte_reader_take_tlv (&content, &tag, &holder) || tag != TAG_EU_HOLDER)
    return FALSE;
  plt_verify_detail (finding, _("Type approval"), "%s", number);
  while (plt_byte_reader_left (&holder) > 0)
    if (!plt_byte_reader_take_tlv (&holder, &tag, &value) || !read_eu_item (finding, tag, value))
      return FALSE;
  return plt_byte_reader_take_tlv (&content, &tag, &value) && tag == PLT_LDS_TAG_CATEGORIES &&
         read_categories (value, PLT_LDS_FORM_EU, finding) && plt_byte_reader_left (&content) == 0;
}

/**
 * plt_verify_read_dg1:
 * @data: the whole file from its tag on
 *
 * Returns: %FALSE if it is not a DG1 of either encoding; @finding may then have some of its claims
 */
gboolean
plt_verify_read_dg1 (PltVerifyFinding *finding,
                     const guint8     *data,
                     gsize             length)
{
  PltByteReader reader = plt_byte_reader_init (data, length);
  PltByteReader content, value;
  guint tag;

  if (!plt_byte_reader_take_tlv (&reader, &tag, &content) || tag != PLT_LDS_TAG_DG1 ||
      plt_byte_reader_left (&reader) != 0 || !plt_byte_reader_take_tlv (&content, &tag, &value))
    return FALSE;
  if (tag == TAG_EU_APPROVAL)
    return read_eu (value, content, finding);
  return tag == PLT_LDS_TAG_DEMOGRAPHIC && read_demographic (value, finding) &&
         plt_byte_reader_take_tlv (&content, &tag, &value) && tag == PLT_LDS_TAG_CATEGORIES &&
         read_categories (value, PLT_LDS_FORM_ISO, finding) && plt_byte_reader_left (&content) == 0;
}
