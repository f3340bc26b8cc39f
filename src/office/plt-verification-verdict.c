/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes one verdict of what was read, what the record says and what the day is, with its reasons in words. */
#include "plt-verification-private.h"

#include "plt-verify-compare.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
add_reason (PltVerification *self,
            PltVerdict       verdict,
            char            *sentence)
{
  static const int weight[] = {
    [PLT_VERDICT_VALID] = 0,     [PLT_VERDICT_NOT_ASKED] = 1,   [PLT_VERDICT_UNKNOWN] = 2,
    [PLT_VERDICT_NOT_VALID] = 3, [PLT_VERDICT_NOT_GENUINE] = 4,
  };
  gboolean heavier = weight[verdict] > weight[self->verdict];

  g_ptr_array_insert (self->reasons, heavier ? 0 : -1, sentence);
  g_array_insert_val (self->reason_verdicts, heavier ? 0 : self->reason_verdicts->len, verdict);
  if (heavier)
    self->verdict = verdict;
}

static void
detail_free (PltVerifiedDetail *detail)
{
  g_free (detail->section);
  g_free (detail->title);
  g_free (detail->text);
  g_free (detail);
}

static void
add_details (PltVerification        *self,
             const PltVerifyFinding *finding)
{
  for (guint i = 0; i < finding->details->len; i++)
    {
      const PltVerifyDetail *detail = finding->details->pdata[i];
      PltVerifiedDetail *copy = g_new0 (PltVerifiedDetail, 1);

      copy->section = g_strdup (finding->what);
      copy->title = g_strdup (detail->title);
      copy->text = g_strdup (detail->text);
      g_ptr_array_add (self->details, copy);
    }
}

static char *
format_day (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  PltDate date = { 0 };

  if (time == NULL)
    return g_strdup ("—");
  g_date_time_get_ymd (time, &date.year, &date.month, &date.day);
  return plt_date_to_display (date);
}

static void
judge_time (PltVerification        *self,
            const PltVerifyFinding *finding)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *from = format_day (finding->valid_from);
  g_autofree char *until = format_day (finding->valid_until);
  g_autofree char *last = format_day (finding->valid_until - 1);

  if (finding->valid_from != 0 && now < finding->valid_from)
    add_reason (self, PLT_VERDICT_NOT_VALID,
                g_strdup_printf (_("%s: it is not valid before %s."), finding->what, from));
  else if (finding->valid_until != 0 && now >= finding->valid_until)
    add_reason (self, PLT_VERDICT_NOT_VALID,
                g_strdup_printf (_("%s: its last day was %s."), finding->what,
                                 finding->form == PLT_VERIFY_FORM_MDOC ? until : last));
}

static void
judge_seal (PltVerification        *self,
            const PltVerifyFinding *finding)
{
  switch (finding->seal)
    {
    case PLT_VERIFY_SEAL_NONE:
      add_reason (self, PLT_VERDICT_UNKNOWN,
                  g_strdup_printf (_("%s: it carries no signature."), finding->what));
      break;
    case PLT_VERIFY_SEAL_MISSING:
      add_reason (self, PLT_VERDICT_UNKNOWN,
                  g_strdup_printf (_("%s: its signature is missing."), finding->what));
      break;
    case PLT_VERIFY_SEAL_STRANGER:
      add_reason (self, PLT_VERDICT_UNKNOWN,
                  g_strdup_printf (_("%s: it was signed by “%s”, who is not known here."), finding->what, finding->signer));
      break;
    case PLT_VERIFY_SEAL_HOLDS:
      if (finding->problems->len == 0)
        add_reason (self, PLT_VERDICT_VALID,
                    g_strdup_printf (_("%s: the signature of “%s” holds."), finding->what,
                                     finding->signer));
      break;
    case PLT_VERIFY_SEAL_BROKEN:
    default:
      break;
    }
}

/* It needs no signature where it says what another code signs. Its own remark, that it has none, is of no use then. */
static void
judge_unsigned (PltVerification        *self,
                const PltVerifyFinding *finding,
                const PltVerifyFinding *best)
{
  g_autoptr (GPtrArray) fields = plt_verification_compare_unsigned (self, finding, best);
  gboolean differs = FALSE, agrees = FALSE;

  for (guint i = 0; i < fields->len; i++)
    {
      PltAgreement agreement = plt_verified_field_get_agreement (fields->pdata[i]);

      agrees |= agreement == PLT_AGREEMENT_SAME;
      if (agreement != PLT_AGREEMENT_DIFFERENT)
        continue;
      differs = TRUE;
      add_reason (self, PLT_VERDICT_NOT_GENUINE,
                  g_strdup_printf (_("“%s” is “%s” in “%s”, which nobody signs, and “%s” in “%s”, which is signed."),
                                   plt_verified_field_get_title (fields->pdata[i]),
                                   plt_verified_field_get_found (fields->pdata[i]), finding->what,
                                   plt_verified_field_get_recorded (fields->pdata[i]), best->what));
    }
  if (agrees && !differs)
    add_reason (self, PLT_VERDICT_VALID,
                g_strdup_printf (_("%s: it carries no signature, and says what is signed in “%s”."), finding->what,
                                 best->what));
  else if (!agrees)
    judge_seal (self, finding);
  judge_time (self, finding);
  add_details (self, finding);
}

static void
judge_finding (PltVerification        *self,
               const PltVerifyFinding *finding)
{
  const PltVerifyFinding *best = plt_verification_find_signed (self, finding);

  if (best != NULL)
    {
      judge_unsigned (self, finding, best);
      return;
    }
  for (guint i = 0; i < finding->problems->len; i++)
    add_reason (self, PLT_VERDICT_NOT_GENUINE, g_strdup (finding->problems->pdata[i]));
  judge_seal (self, finding);
  judge_time (self, finding);
  for (guint i = 0; i < finding->remarks->len; i++)
    if (!g_ptr_array_find_with_equal_func (self->remarks, finding->remarks->pdata[i], g_str_equal,
                                           NULL))
      g_ptr_array_add (self->remarks, g_strdup (finding->remarks->pdata[i]));
  add_details (self, finding);
}

/* A QR code beside another licence's PDF417, or a card file with somebody else's chip in it. */
static void
judge_together (PltVerification *self)
{
  static const PltVerifyField fields[] = { PLT_VERIFY_FIELD_LICENCE_NUMBER,
                                           PLT_VERIFY_FIELD_BIRTH_DATE };
  const PltVerifyFinding *first = self->findings->pdata[0];

  for (guint i = 1; i < self->findings->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
      {
        const PltVerifyFinding *other = self->findings->pdata[i];
        const PltVerifyClaim *a = plt_verify_finding_get_claim (first, fields[k]);
        const PltVerifyClaim *b = plt_verification_find_signed (self, other) == NULL
                                    ? plt_verify_finding_get_claim (other, fields[k]) : NULL;

        if (a != NULL && b != NULL && !g_str_equal (a->value, b->value))
          add_reason (self, PLT_VERDICT_NOT_GENUINE,
                      g_strdup_printf (_("“%s” is not the same in “%s” and in “%s”: they are of two licences."), a->title,
                                       first->what, other->what));
      }
}

/* ---- the record ---- */

static void
add_fields (PltVerification        *self,
            const PltVerifyFinding *finding)
{
  g_autoptr (GPtrArray) fields = plt_verify_compare (finding, self->card);
  gboolean genuine = plt_verify_finding_is_genuine (finding);

  for (guint i = 0; i < fields->len; i++)
    {
      PltVerifiedField *field = fields->pdata[i];

      if (plt_verified_field_get_agreement (field) == PLT_AGREEMENT_DIFFERENT)
        add_reason (self, genuine ? PLT_VERDICT_NOT_VALID : PLT_VERDICT_NOT_GENUINE,
                    g_strdup_printf (_("“%s” is not what the record says."),
                                     plt_verified_field_get_title (field)));
    }
  g_list_store_splice (self->fields, g_list_model_get_n_items (G_LIST_MODEL (self->fields)), 0,
                       fields->pdata, fields->len);
}

static char *
word_standing (const PltStoreKnownCard *card)
{
  PltDate date = { 0 };
  g_autofree char *until = card->suspended_until != NULL &&
                               plt_date_parse_iso (card->suspended_until, &date)
                             ? plt_date_to_display (date)
                             : NULL;

  if (g_str_equal (card->standing, "recalled"))
    return g_strdup_printf (_("Card %s was recalled: it may not be used any more."), card->card_number);
  if (g_str_equal (card->standing, "spoiled") || g_str_equal (card->standing, "cancelled"))
    return g_strdup_printf (_("Card %s was spoiled or cancelled: it was never handed out. Keep it and show it to a supervisor."),
                            card->card_number);
  if (g_str_equal (card->standing, "not_handed_out"))
    return g_strdup_printf (_("Card %s was never handed out. Keep it and show it to a supervisor."), card->card_number);
  if (g_str_equal (card->standing, "replaced"))
    return card->current_card != NULL
             ? g_strdup_printf (_("Card %s was replaced; the licence’s card is %s now."), card->card_number, card->current_card)
             : g_strdup_printf (_("Card %s is not the licence’s card any more."), card->card_number);
  if (g_str_equal (card->standing, "withdrawn"))
    return g_strdup_printf (_("Licence %s was withdrawn."), card->licence_number);
  if (g_str_equal (card->standing, "suspended"))
    return until != NULL ? g_strdup_printf (_("Licence %s is suspended until %s."),
                                            card->licence_number, until)
                         : g_strdup_printf (_("Licence %s is suspended."), card->licence_number);
  return g_strdup_printf (_("Licence %s has expired."), card->licence_number);
}

/* A file that the issuer signed shows the card, whichever copy it is; that it is another than the one that is kept, or
 * lacks what a second person put behind it, is for people to know. */
static void
judge_file (PltVerification        *self,
            const PltVerifyFinding *finding)
{
  const PltStoreKnownCard *card = self->card;

  if (finding->file_sha256 == NULL || card->file_sha256 == NULL ||
      g_strcmp0 (finding->file_sha256, card->approved_sha256) == 0)
    return;
  if (!g_str_equal (finding->file_sha256, card->file_sha256))
    g_ptr_array_add (self->remarks,
                     g_strdup_printf (_("The record keeps another file of card %s than this one. Ask how this one was made."),
                                      card->card_number));
  else if (card->file_approved_by != NULL)
    g_ptr_array_add (self->remarks,
                     g_strdup_printf (_("%s approved this card file, and the approval was taken off this copy. Take the file from "
                                        "the record again."), card->file_approved_by));
}

static void
judge_card (PltVerification *self)
{
  if (g_str_equal (self->card->standing, "issued"))
    add_reason (self, PLT_VERDICT_VALID,
                g_strdup_printf (_("Card %s was handed out by %s and is the licence’s card today."), self->card->card_number,
                                 self->card->office_name));
  else
    add_reason (self, PLT_VERDICT_NOT_VALID, word_standing (self->card));
  if (self->card->family_name == NULL)
    g_ptr_array_add (self->remarks, g_strdup_printf (_("The card is of the office %s: only what stands in the licence is known "
                                                       "here."), self->card->office_name));
  if (self->register_trouble != NULL)
    {
      g_autofree char *day = self->card->answered_at != NULL
                               ? format_day (g_date_time_to_unix (self->card->answered_at))
                               : NULL;

      add_reason (self, PLT_VERDICT_NOT_ASKED,
                  day != NULL
                    ? g_strdup_printf (_("Whether the licence is suspended could not be asked: %s What is said of it is of %s."),
                                       self->register_trouble, day)
                    : g_strdup_printf (_("Whether the licence is suspended could not be asked: %s"), self->register_trouble));
    }
}

/* A package is for cards that are still to be made: what it is worth stands in it. */
static gboolean
is_package (PltVerification *self)
{
  return ((const PltVerifyFinding *) self->findings->pdata[0])->form == PLT_VERIFY_FORM_PACKAGE;
}

static void
judge_record (PltVerification *self)
{
  if (self->card != NULL)
    {
      judge_card (self);
      judge_file (self, self->findings->pdata[0]);
    }
  else if (self->asked)
    add_reason (self, PLT_VERDICT_NOT_VALID, g_strdup (_("The record knows no such card. It is a proof, a card of another issuer, or "
                                                         "an invention.")));
  else
    add_reason (self, PLT_VERDICT_NOT_ASKED,
                g_strdup_printf (_("Whether the card was recalled, replaced or suspended could not be asked: %s"), self->why_not));
}

/* What the register says now replaces what was kept of it. */
void
plt_verification_take_answer (PltVerification *self,
                              PltSourceAnswer *answer)
{
  const char *status = plt_source_answer_get_field (answer, PLT_FIELD_LICENCE_STATUS);
  const char *until = plt_source_answer_get_field (answer, PLT_FIELD_SUSPENDED_UNTIL);
  PltDate last = { 0 };
  gboolean runs = until != NULL && plt_date_parse_iso (until, &last) &&
                  plt_date_compare (last, plt_date_today ()) >= 0;
  const char *standing = NULL;

  if (!g_str_equal (self->card->standing, "issued") &&
      !g_str_equal (self->card->standing, "suspended") &&
      !g_str_equal (self->card->standing, "withdrawn") &&
      !g_str_equal (self->card->standing, "expired"))
    return;
  if (g_strcmp0 (status, "withdrawn") == 0)
    standing = "withdrawn";
  else if (runs || (g_strcmp0 (status, "suspended") == 0 && until == NULL))
    standing = "suspended";
  else if (!g_str_equal (self->card->standing, "expired"))
    standing = "issued";
  if (standing == NULL)
    return;
  g_free (self->card->standing);
  self->card->standing = g_strdup (standing);
  g_free (self->card->suspended_until);
  self->card->suspended_until = g_strdup (until);
}

static gboolean
is_any_genuine (PltVerification *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (plt_verify_finding_is_genuine (self->findings->pdata[i]))
      return TRUE;
  return FALSE;
}

void
plt_verification_judge (PltVerification *self)
{
  self->verdict = PLT_VERDICT_VALID;
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  self->reason_verdicts = g_array_new (FALSE, FALSE, sizeof (PltVerdict));
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  self->details = g_ptr_array_new_with_free_func ((GDestroyNotify) detail_free);
  self->fields = g_list_store_new (PLT_TYPE_VERIFIED_FIELD);
  self->unsigned_fields = g_list_store_new (PLT_TYPE_VERIFIED_FIELD);
  for (guint i = 0; i < self->findings->len; i++)
    judge_finding (self, self->findings->pdata[i]);
  judge_together (self);
  if (!is_package (self))
    judge_record (self);
  /* What a package itself says are no fields of a licence, but what its card file does. */
  add_fields (self, self->findings->pdata[is_package (self) && self->findings->len > 1 ? 1 : 0]);
  /* What nobody signed can be bad in the record and is still nobody's word. */
  if (self->verdict == PLT_VERDICT_NOT_VALID && !is_any_genuine (self))
    self->verdict = PLT_VERDICT_UNKNOWN;
}
