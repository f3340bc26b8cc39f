/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An AAMVA barcode, a stripe and a machine-readable line carry no signature. Beside a code that has one they
 * need none: what they say is compared with what is signed, field by field. */
#include "plt-verification-private.h"

#include "plt-mrz.h"
#include "plt-verify-compare.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONG_NAME 30 /* from here on a signed code may have a name shortened */

gboolean
plt_verification_is_unsigned (const PltVerifyFinding *finding)
{
  return finding->seal == PLT_VERIFY_SEAL_NONE && finding->problems->len == 0 &&
         (finding->form == PLT_VERIFY_FORM_AAMVA || finding->form == PLT_VERIFY_FORM_STRIPE ||
          finding->form == PLT_VERIFY_FORM_MRZ);
}

const PltVerifyFinding *
plt_verification_find_signed (PltVerification        *self,
                              const PltVerifyFinding *finding)
{
  for (guint i = 0; i < self->findings->len && plt_verification_is_unsigned (finding); i++)
    if (plt_verify_finding_is_genuine (self->findings->pdata[i]))
      return self->findings->pdata[i];
  return NULL;
}

/* What is signed comes first: it says what was held up, and by it the record is asked. */
void
plt_verification_put_signed_first (PltVerification *self)
{
  const PltVerifyFinding *best = plt_verification_find_signed (self, self->findings->pdata[0]);
  guint index = 0;

  if (best == NULL || !g_ptr_array_find (self->findings, best, &index))
    return;
  g_ptr_array_insert (self->findings, 0, g_ptr_array_steal_index (self->findings, index));
}

/* What is signed, in place of the record. */
static PltStoreKnownCard *
make_known (const PltVerifyFinding *best)
{
  PltStoreKnownCard *known = g_new0 (PltStoreKnownCard, 1);
  struct { PltVerifyField field; char **place; } fields[] = {
    { PLT_VERIFY_FIELD_FAMILY_NAME, &known->family_name },
    { PLT_VERIFY_FIELD_GIVEN_NAMES, &known->given_names },
    { PLT_VERIFY_FIELD_BIRTH_DATE, &known->birth_date },
    { PLT_VERIFY_FIELD_BIRTH_PLACE, &known->birth_place },
    { PLT_VERIFY_FIELD_SEX, &known->sex },
    { PLT_VERIFY_FIELD_NATIONALITY, &known->nationality },
    { PLT_VERIFY_FIELD_ADDRESS, &known->address },
    { PLT_VERIFY_FIELD_LICENCE_NUMBER, &known->licence_number },
    { PLT_VERIFY_FIELD_DOCUMENT_NUMBER, &known->card_number },
    { PLT_VERIFY_FIELD_ISSUE_DATE, &known->issue_date },
    { PLT_VERIFY_FIELD_EXPIRY_DATE, &known->expiry_date },
    { PLT_VERIFY_FIELD_CATEGORIES, &known->categories },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const PltVerifyClaim *claim = plt_verify_finding_get_claim (best, fields[i].field);

      *fields[i].place = claim != NULL ? g_strdup (claim->value) : NULL;
    }
  return known;
}

/* A signed code has room for the first names of a long one; the other may have them all. */
static gboolean
is_shortened (const char *signed_name,
              const char *found)
{
  g_autofree char *head = plt_mrz_transliterate (signed_name, NULL);
  g_autofree char *whole = g_strdelimit (g_strdup (found), " ,-", '<');

  return head != NULL && g_utf8_strlen (signed_name, -1) >= LONG_NAME && g_str_has_prefix (whole, head);
}

static gboolean
is_name (const char *title)
{
  return g_strcmp0 (title, plt_verify_field_get_title (PLT_VERIFY_FIELD_FAMILY_NAME)) == 0 ||
         g_strcmp0 (title, plt_verify_field_get_title (PLT_VERIFY_FIELD_GIVEN_NAMES)) == 0;
}

static char *
word_agreement (PltVerifiedField *field,
                const char       *of)
{
  const char *found = plt_verified_field_get_found (field);

  switch (plt_verified_field_get_agreement (field))
    {
    case PLT_AGREEMENT_SAME:
      /* Translators: what a field of an unsigned code says, then what is signed, such as “QR code of a licence”. */
      return g_strdup_printf (_("%s: as signed in “%s”"), found, of);
    case PLT_AGREEMENT_DIFFERENT:
      /* Translators: what a field of an unsigned code says, what it is in the signed one, and which that is. */
      return g_strdup_printf (_("%s: but signed is %s, in “%s”"), found,
                              plt_verified_field_get_recorded (field), of);
    case PLT_AGREEMENT_NONE:
    default:
      /* Translators: what a field of an unsigned code says, then what is signed. */
      return g_strdup_printf (_("%s: not signed in “%s”"), found, of);
    }
}

/* (transfer full): @field, or what is fairer to it */
static PltVerifiedField *
weigh (PltVerifiedField *field)
{
  if (plt_verified_field_get_agreement (field) == PLT_AGREEMENT_DIFFERENT &&
      is_name (plt_verified_field_get_title (field)) &&
      is_shortened (plt_verified_field_get_recorded (field), plt_verified_field_get_found (field)))
    return plt_verified_field_new (plt_verified_field_get_title (field), plt_verified_field_get_found (field),
                                   plt_verified_field_get_recorded (field), PLT_AGREEMENT_SAME);
  return g_object_ref (field);
}

GPtrArray *
plt_verification_compare_unsigned (PltVerification        *self,
                                   const PltVerifyFinding *finding,
                                   const PltVerifyFinding *best)
{
  g_autoptr (PltStoreKnownCard) known = make_known (best);
  g_autoptr (GPtrArray) fields = plt_verify_compare (finding, known);
  GPtrArray *weighed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < fields->len; i++)
    {
      PltVerifiedField *field = weigh (fields->pdata[i]);
      PltVerifiedDetail *detail = g_new0 (PltVerifiedDetail, 1);

      detail->section = g_strdup (finding->what);
      detail->title = g_strdup (plt_verified_field_get_title (field));
      detail->text = word_agreement (field, best->what);
      g_ptr_array_add (self->details, detail);
      g_list_store_append (self->unsigned_fields, field);
      g_ptr_array_add (weighed, field);
    }
  return weighed;
}
