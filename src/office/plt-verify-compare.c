/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-verify-compare.h"

#include "plt-aamva.h"
#include "plt-lds.h"
#include "plt-mrz.h"
#include "plt-verified-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MRZ_NAME_LENGTH 8

/* What the record says of @field; NULL where it does not. The portrait that the record keeps is the one that the card
 * file holds; a chip and a telephone have it smaller. */
static const char *
get_recorded (const PltStoreKnownCard *card,
              const PltVerifyFinding  *finding,
              PltVerifyField           field)
{
  switch (field)
    {
    case PLT_VERIFY_FIELD_FAMILY_NAME: return card->family_name;
    case PLT_VERIFY_FIELD_GIVEN_NAMES: return card->given_names;
    case PLT_VERIFY_FIELD_BIRTH_DATE: return card->birth_date;
    case PLT_VERIFY_FIELD_BIRTH_PLACE: return card->birth_place;
    case PLT_VERIFY_FIELD_SEX: return card->sex;
    case PLT_VERIFY_FIELD_NATIONALITY: return card->nationality;
    case PLT_VERIFY_FIELD_ADDRESS: return card->address;
    case PLT_VERIFY_FIELD_LICENCE_NUMBER: return card->licence_number;
    case PLT_VERIFY_FIELD_DOCUMENT_NUMBER: return card->card_number;
    case PLT_VERIFY_FIELD_ISSUE_DATE: return card->issue_date;
    case PLT_VERIFY_FIELD_EXPIRY_DATE: return card->expiry_date;
    case PLT_VERIFY_FIELD_CATEGORIES: return card->categories;
    case PLT_VERIFY_FIELD_PORTRAIT:
      return finding->form == PLT_VERIFY_FORM_CARD_FILE ? card->portrait_sha256 : NULL;
    default: return NULL;
    }
}

static gboolean
is_name (PltVerifyField field)
{
  return field == PLT_VERIFY_FIELD_FAMILY_NAME || field == PLT_VERIFY_FIELD_GIVEN_NAMES;
}

/* As it is recorded, or in the letters that the standard's data has: “Łódź” is “Lódz” there. */
static gboolean
same_text (const char *found,
           const char *recorded)
{
  g_autofree char *spelt = NULL;

  if (g_str_equal (found, recorded))
    return TRUE;
  spelt = plt_lds_spell (recorded);
  return g_strcmp0 (found, spelt) == 0;
}

/* As codes write a name: whole, or shortened as the standard's fields want it. */
static gboolean
same_name (const char *found,
           const char *recorded)
{
  g_autofree char *fitted = plt_lds_fit_name (recorded);

  return same_text (found, recorded) || same_text (found, fitted);
}

/* The Swiss lines share thirty characters among all names, and cut the longest. */
static gboolean
is_cut_name (const char *found,
             const char *spelt)
{
  g_auto (GStrv) parts = g_strsplit (found, "<", -1);
  g_auto (GStrv) whole = spelt != NULL ? g_strsplit (spelt, "<", -1) : NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (whole == NULL || i >= g_strv_length (whole) || !g_str_has_prefix (whole[i], parts[i]))
      return FALSE;
  return parts[0] != NULL;
}

static gboolean
same_in_mrz (const PltVerifyFinding *finding,
             PltVerifyField          field,
             const char             *found,
             const char             *recorded)
{
  g_autofree char *spelt = NULL;

  if (field == PLT_VERIFY_FIELD_FAMILY_NAME)
    {
      spelt = plt_mrz_transliterate (recorded, NULL);
      /* Only the French line says the end of the card, only the Swiss lines a name without it. */
      if (plt_verify_finding_get_claim (finding, PLT_VERIFY_FIELD_EXPIRY_DATE) == NULL)
        return is_cut_name (found, spelt);
      if (spelt != NULL && strlen (spelt) > MRZ_NAME_LENGTH)
        spelt[MRZ_NAME_LENGTH] = '\0';
      while (spelt != NULL && g_str_has_suffix (spelt, "<"))
        spelt[strlen (spelt) - 1] = '\0';
      return g_strcmp0 (found, spelt) == 0;
    }
  if (field == PLT_VERIFY_FIELD_GIVEN_NAMES)
    {
      spelt = plt_mrz_transliterate (recorded, NULL);
      return is_cut_name (found, spelt);
    }
  if (field == PLT_VERIFY_FIELD_LICENCE_NUMBER)
    {
      spelt = g_ascii_strup (recorded, -1);
      g_strdelimit (spelt, "- ", '<');
      return g_str_equal (found, spelt);
    }
  return g_str_equal (found, recorded);
}

/* The AAMVA barcode and stripe: capitals without marks, and perhaps cut; a cut value ends in “…”. */
static gboolean
same_in_aamva (PltVerifyField  field,
               const char     *found,
               const char     *recorded)
{
  g_autofree char *whole = plt_mrz_transliterate (recorded, NULL);
  g_autofree char *part = g_strdup (found);
  gboolean cut = g_str_has_suffix (part, "…");

  if (!is_name (field) && field != PLT_VERIFY_FIELD_ADDRESS)
    return g_str_equal (found, recorded);
  if (whole == NULL)
    return FALSE;
  if (cut)
    part[strlen (part) - strlen ("…")] = '\0';
  g_strdelimit (part, " ,-", '<');
  return cut ? g_str_has_prefix (whole, part) : g_str_equal (whole, part);
}

/* The AAMVA barcode has the codes alone, with blanks between. */
static gboolean
same_codes (const char *found,
            GPtrArray  *entries)
{
  g_auto (GStrv) codes = g_strsplit_set (found, " ,", -1);
  guint n = 0;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (*codes[i] == '\0')
        continue;
      if (n == entries->len ||
          !g_str_equal (codes[i], plt_category_to_code (((const PltCategoryEntry *) entries->pdata[n])->category)))
        return FALSE;
      n++;
    }
  return n == entries->len;
}

static gboolean
same_categories (PltVerifyForm  form,
                 const char    *found,
                 const char    *recorded)
{
  g_autoptr (GPtrArray) entries = plt_categories_parse (recorded, NULL);
  g_autofree char *canonical = NULL;

  if (entries == NULL)
    return FALSE;
  if (form == PLT_VERIFY_FORM_AAMVA)
    return same_codes (found, entries);
  canonical = plt_categories_to_text (entries);
  return g_str_equal (found, canonical);
}

static gboolean
is_same (const PltVerifyFinding *finding,
         const PltVerifyClaim   *claim,
         const char             *recorded)
{
  if (claim->field == PLT_VERIFY_FIELD_CATEGORIES)
    return same_categories (finding->form, claim->value, recorded);
  if (finding->form == PLT_VERIFY_FORM_MRZ)
    return same_in_mrz (finding, claim->field, claim->value, recorded);
  if (finding->form == PLT_VERIFY_FORM_AAMVA || finding->form == PLT_VERIFY_FORM_STRIPE)
    return same_in_aamva (claim->field, claim->value, recorded);
  return is_name (claim->field) ? same_name (claim->value, recorded)
                                : same_text (claim->value, recorded);
}

/* Addresses of an AAMVA barcode or stripe are split and shortened in ways that no comparison survives. */
static gboolean
is_comparable (const PltVerifyFinding *finding,
               const PltVerifyClaim   *claim)
{
  return claim->field != PLT_VERIFY_FIELD_OTHER &&
         !((finding->form == PLT_VERIFY_FORM_AAMVA || finding->form == PLT_VERIFY_FORM_STRIPE) &&
           claim->field == PLT_VERIFY_FIELD_ADDRESS);
}

static PltVerifiedField *
compare_claim (const PltVerifyFinding  *finding,
               const PltVerifyClaim    *claim,
               const PltStoreKnownCard *card)
{
  const char *recorded = card != NULL && is_comparable (finding, claim)
                           ? get_recorded (card, finding, claim->field)
                           : NULL;
  g_autofree char *words = NULL;

  if (recorded == NULL)
    return plt_verified_field_new (claim->title, claim->text, NULL, PLT_AGREEMENT_NONE);
  words = plt_verify_field_to_words (claim->field, recorded);
  if (is_same (finding, claim, recorded))
    return plt_verified_field_new (claim->title, claim->text, words, PLT_AGREEMENT_SAME);
  return plt_verified_field_new (claim->title, claim->text, words, PLT_AGREEMENT_DIFFERENT);
}

GPtrArray *
plt_verify_compare (const PltVerifyFinding  *finding,
                    const PltStoreKnownCard *card)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < finding->claims->len; i++)
    g_ptr_array_add (fields, compare_claim (finding, finding->claims->pdata[i], card));
  return fields;
}
