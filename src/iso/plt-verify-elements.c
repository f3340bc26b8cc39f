/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the data elements of the name space org.iso.18013.5.1 (ISO/IEC 18013-5, table 5) into claims. */
#include "plt-verify-mdoc-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_FULL_DATE 1004
#define MAX_PRIVILEGES 64

static const struct
{
  const char *element;
  PltVerifyField field;
  const char *title; /* of OTHER */
} elements[] = {
  { "family_name", PLT_VERIFY_FIELD_FAMILY_NAME, NULL },
  { "given_name", PLT_VERIFY_FIELD_GIVEN_NAMES, NULL },
  { "birth_date", PLT_VERIFY_FIELD_BIRTH_DATE, NULL },
  { "issue_date", PLT_VERIFY_FIELD_ISSUE_DATE, NULL },
  { "expiry_date", PLT_VERIFY_FIELD_EXPIRY_DATE, NULL },
  { "issuing_country", PLT_VERIFY_FIELD_OTHER, N_("Issuing country, two letters") },
  { "issuing_authority", PLT_VERIFY_FIELD_AUTHORITY, NULL },
  { "document_number", PLT_VERIFY_FIELD_LICENCE_NUMBER, NULL },
  { "portrait", PLT_VERIFY_FIELD_PORTRAIT, NULL },
  { "driving_privileges", PLT_VERIFY_FIELD_CATEGORIES, NULL },
  { "un_distinguishing_sign", PLT_VERIFY_FIELD_OTHER, N_("Distinguishing sign") },
  { "administrative_number", PLT_VERIFY_FIELD_OTHER, N_("Administrative number") },
  { "sex", PLT_VERIFY_FIELD_SEX, NULL },
  { "height", PLT_VERIFY_FIELD_OTHER, N_("Height in centimetres") },
  { "weight", PLT_VERIFY_FIELD_OTHER, N_("Weight in kilograms") },
  { "eye_colour", PLT_VERIFY_FIELD_OTHER, N_("Colour of the eyes") },
  { "hair_colour", PLT_VERIFY_FIELD_OTHER, N_("Colour of the hair") },
  { "birth_place", PLT_VERIFY_FIELD_BIRTH_PLACE, NULL },
  { "resident_address", PLT_VERIFY_FIELD_OTHER, N_("Residence, street") },
  { "portrait_capture_date", PLT_VERIFY_FIELD_OTHER, N_("Portrait taken on") },
  { "age_in_years", PLT_VERIFY_FIELD_OTHER, N_("Age in years") },
  { "age_birth_year", PLT_VERIFY_FIELD_OTHER, N_("Year of birth") },
  { "issuing_jurisdiction", PLT_VERIFY_FIELD_OTHER, N_("Issuing jurisdiction") },
  { "nationality", PLT_VERIFY_FIELD_OTHER, N_("Nationality, two letters") },
  { "resident_city", PLT_VERIFY_FIELD_OTHER, N_("Residence, town") },
  { "resident_state", PLT_VERIFY_FIELD_OTHER, N_("Residence, state") },
  { "resident_postal_code", PLT_VERIFY_FIELD_OTHER, N_("Residence, postal code") },
  { "resident_country", PLT_VERIFY_FIELD_OTHER, N_("Residence, country") },
  { "family_name_national_character", PLT_VERIFY_FIELD_OTHER, N_("Family name in its own spelling") },
  { "given_name_national_character", PLT_VERIFY_FIELD_OTHER, N_("Given names in their own spelling") },
  { "signature_usual_mark", PLT_VERIFY_FIELD_OTHER, N_("Signature") },
};

/* Text of whatever simple kind: text, a number, yes or no, a tagged date, the size of bytes. */
static char *
dup_value (PltCborReader reader)
{
  guint8 first = plt_cbor_at_end (&reader) ? 0xFF : reader.data[reader.position];
  PltCborReader text = reader;
  PltCborItem item;

  if (first == 0xF4 || first == 0xF5)
    return g_strdup (first == 0xF5 ? _("Yes") : _("No"));
  if (!plt_cbor_take (&reader, &item))
    return NULL;
  switch (item.kind)
    {
    case PLT_CBOR_INT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, item.value);
    case PLT_CBOR_TEXT:
      return plt_cbor_take_text (&text);
    case PLT_CBOR_TAG:
      return plt_cbor_take_text (&reader);
    case PLT_CBOR_BYTES:
      return g_strdup_printf (_("%u bytes"), (guint) item.length);
    default:
      return NULL;
    }
}

/* A full-date, or the day of a tdate. */
static gboolean
take_date (PltCborReader *reader,
           PltDate       *date)
{
  PltCborItem tag;
  g_autofree char *text = NULL;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_TAG, &tag) ||
      (tag.value != TAG_FULL_DATE && tag.value != 0))
    return FALSE;
  text = plt_cbor_take_text (reader);
  if (text != NULL && tag.value == 0 && strlen (text) > 10)
    text[10] = '\0';
  return text != NULL && plt_date_parse_iso (text, date);
}

static const char *
get_part (GPtrArray *parts,
          guint      i)
{
  return parts->pdata[i] != NULL ? parts->pdata[i] : "";
}

/* { "code", "sign", "value" } */
static gboolean
read_code (PltCborReader *reader,
           GString       *restrictions)
{
  PltCborItem map;
  static const char *const names[] = { "code", "sign", "value" };
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (!plt_cbor_take_kind (reader, PLT_CBOR_MAP, &map) || map.value > 3)
    return FALSE;
  g_ptr_array_set_size (parts, G_N_ELEMENTS (names));
  for (gint64 i = 0; i < map.value; i++)
    {
      g_autofree char *name = plt_cbor_take_text (reader);
      g_autofree char *value = plt_cbor_take_text (reader);
      gsize k = 0;

      while (k < G_N_ELEMENTS (names) && g_strcmp0 (name, names[k]) != 0)
        k++;
      if (k == G_N_ELEMENTS (names) || value == NULL || parts->pdata[k] != NULL)
        return FALSE;
      parts->pdata[k] = g_steal_pointer (&value);
    }
  g_string_append_printf (restrictions, "%s%s%s%s", restrictions->len > 0 ? "," : "",
                          get_part (parts, 0), get_part (parts, 1), get_part (parts, 2));
  return TRUE;
}

static gboolean
read_codes (PltCborReader *reader,
            GString       *restrictions)
{
  PltCborItem list;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_ARRAY, &list) || list.value > MAX_PRIVILEGES)
    return FALSE;
  for (gint64 i = 0; i < list.value; i++)
    if (!read_code (reader, restrictions))
      return FALSE;
  return TRUE;
}

static gboolean
read_privilege (PltVerifyFinding *finding,
                PltCborReader    *reader,
                GPtrArray        *entries)
{
  g_autoptr (GString) restrictions = g_string_new (NULL);
  g_autofree char *code = NULL;
  PltDate from = { 0 }, to = { 0 };
  PltCategory category;
  PltCborItem map;
  gboolean read = plt_cbor_take_kind (reader, PLT_CBOR_MAP, &map) && map.value <= 8;

  for (gint64 i = 0; read && i < map.value; i++)
    {
      g_autofree char *name = plt_cbor_take_text (reader);

      if (g_strcmp0 (name, "vehicle_category_code") == 0 && code == NULL)
        read = (code = plt_cbor_take_text (reader)) != NULL;
      else if (g_strcmp0 (name, "issue_date") == 0)
        read = take_date (reader, &from);
      else if (g_strcmp0 (name, "expiry_date") == 0)
        read = take_date (reader, &to);
      else if (g_strcmp0 (name, "codes") == 0)
        read = read_codes (reader, restrictions);
      else
        read = name != NULL && plt_cbor_skip (reader);
    }
  if (!read || code == NULL)
    return FALSE;
  if (plt_category_from_code (code, &category))
    g_ptr_array_add (entries, plt_category_entry_new (category, from, to, restrictions->str));
  else
    plt_verify_claim_other (finding, _("Further category"), code);
  return TRUE;
}

static gboolean
claim_privileges (PltVerifyFinding *finding,
                  PltCborReader     reader)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_category_entry_free);
  PltCborItem list;

  if (!plt_cbor_take_kind (&reader, PLT_CBOR_ARRAY, &list) || list.value > MAX_PRIVILEGES)
    return FALSE;
  for (gint64 i = 0; i < list.value; i++)
    if (!read_privilege (finding, &reader, entries))
      return FALSE;
  plt_verify_claim_categories (finding, entries);
  return TRUE;
}

/* ISO/IEC 5218. */
static gboolean
claim_sex (PltVerifyFinding *finding,
           PltCborReader     reader)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (&reader, PLT_CBOR_INT, &item) || item.value < 0 || item.value > 9)
    return FALSE;
  plt_verify_claim (finding, PLT_VERIFY_FIELD_SEX, item.value == 1 ? "M" : item.value == 2 ? "F" : "X");
  return TRUE;
}

static gboolean
claim_date (PltVerifyFinding *finding,
            PltVerifyField    field,
            PltCborReader     reader)
{
  PltDate date = { 0 };

  if (!take_date (&reader, &date))
    return FALSE;
  plt_verify_claim_date (finding, field, date);
  return TRUE;
}

static gboolean
claim_portrait (PltVerifyFinding *finding,
                PltCborReader     reader)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (&reader, PLT_CBOR_BYTES, &item))
    return FALSE;
  plt_verify_claim_portrait (finding, item.data, item.length);
  return TRUE;
}

static gboolean
claim_known (PltVerifyFinding *finding,
             gsize             i,
             PltCborReader     value)
{
  g_autofree char *text = NULL;

  switch (elements[i].field)
    {
    case PLT_VERIFY_FIELD_BIRTH_DATE:
    case PLT_VERIFY_FIELD_ISSUE_DATE:
    case PLT_VERIFY_FIELD_EXPIRY_DATE:
      return claim_date (finding, elements[i].field, value);
    case PLT_VERIFY_FIELD_SEX:
      return claim_sex (finding, value);
    case PLT_VERIFY_FIELD_PORTRAIT:
      return claim_portrait (finding, value);
    case PLT_VERIFY_FIELD_CATEGORIES:
      return claim_privileges (finding, value);
    case PLT_VERIFY_FIELD_OTHER:
      text = dup_value (value);
      plt_verify_claim_other (finding, _(elements[i].title), text);
      return text != NULL;
    default:
      text = plt_cbor_take_text (&value);
      plt_verify_claim (finding, elements[i].field, text);
      return text != NULL;
    }
}

static gboolean
claim_age (PltVerifyFinding *finding,
           const char       *element,
           PltCborReader     value)
{
  g_autofree char *title = g_strdup_printf (_("At least %s years old"), element + strlen ("age_over_"));
  g_autofree char *text = dup_value (value);

  plt_verify_claim_other (finding, title, text);
  return text != NULL;
}

/* @is_iso: of the standard's own name space, in which nothing else may stand. */
void
plt_verify_claim_element (PltVerifyFinding *finding,
                          gboolean          is_iso,
                          const char       *element,
                          PltCborReader     value)
{
  g_autofree char *text = NULL;
  gsize i = 0;
  gboolean claimed;

  while (i < G_N_ELEMENTS (elements) && !g_str_equal (elements[i].element, element))
    i++;
  if (is_iso && i < G_N_ELEMENTS (elements))
    claimed = claim_known (finding, i, value);
  else if (is_iso && g_regex_match_simple ("^age_over_[0-9]{2}$", element, 0, 0))
    claimed = claim_age (finding, element, value);
  else
    {
      text = dup_value (value);
      plt_verify_claim_other (finding, element, text != NULL ? text : "…");
      if (is_iso)
        plt_verify_remark (finding, _("The element “%s” is not one of the standard’s."), element);
      return;
    }
  if (!claimed)
    plt_verify_problem (finding, _("The element “%s” is not of the form that the standard gives it."), element);
}

/* Two letters; (nullable). */
char *
plt_verify_dup_issuing_country (const PltVerifyFinding *finding)
{
  for (guint i = 0; i < finding->claims->len; i++)
    {
      const PltVerifyClaim *claim = finding->claims->pdata[i];

      if (claim->field == PLT_VERIFY_FIELD_OTHER &&
          g_str_equal (claim->title, _("Issuing country, two letters")))
        return g_strdup (claim->text);
    }
  return NULL;
}
