/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a magnetic stripe, which carries no signature and is told apart by its sentinels. */
#include "plt-verify-private.h"

#include "plt-aamva-stripe.h"

#include <glib/gi18n-lib.h>

static void
claim_known (PltVerifyFinding *finding,
             PltVerifyField    field,
             const char       *value)
{
  if (value != NULL && *value != '\0')
    plt_verify_claim (finding, field, value);
}

static void
claim_stripe (PltVerifyFinding     *finding,
              const PltAamvaStripe *stripe)
{
  g_autofree char *month = plt_date_is_set (stripe->expiry_month)
                             ? g_strdup_printf ("%04d-%02d", stripe->expiry_month.year,
                                                stripe->expiry_month.month)
                             : NULL;

  claim_known (finding, PLT_VERIFY_FIELD_FAMILY_NAME, stripe->family_name);
  claim_known (finding, PLT_VERIFY_FIELD_GIVEN_NAMES, stripe->given_names);
  if (plt_date_is_set (stripe->birth_date))
    plt_verify_claim_date (finding, PLT_VERIFY_FIELD_BIRTH_DATE, stripe->birth_date);
  claim_known (finding, PLT_VERIFY_FIELD_ADDRESS, stripe->address);
  claim_known (finding, PLT_VERIFY_FIELD_LICENCE_NUMBER, stripe->licence_number);
  if (stripe->town != NULL)
    plt_verify_claim_other (finding, _("Town"), stripe->town);
  if (month != NULL)
    plt_verify_claim_other (finding, _("Month of expiry"), month);
}

/* What is typed is text. A third track is passed over, for its fields are not confirmed. */
gboolean
plt_verify_read_stripe (GBytes         *bytes,
                        PltVerifyKeys  *keys,
                        GPtrArray      *findings,
                        GError        **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (PltAamvaStripe) stripe = plt_aamva_stripe_read (text, error);
  g_autoptr (PltVerifyFinding) finding = NULL;

  if (stripe == NULL)
    return FALSE;
  finding = plt_verify_finding_new (PLT_VERIFY_FORM_STRIPE, _("Magnetic stripe of a licence"));
  if (stripe->jurisdiction != NULL)
    plt_verify_detail (finding, _("Jurisdiction"), "%s", stripe->jurisdiction);
  if (stripe->issuer != NULL)
    plt_verify_detail (finding, _("Issuer identification number"), "%s", stripe->issuer);
  claim_stripe (finding, stripe);
  plt_verify_remark (finding, _("A magnetic stripe has no signature: anybody can write one. Compare with "
                                "the record and verify another code of the card."));
  g_ptr_array_add (findings, g_steal_pointer (&finding));

  return TRUE;
}
