/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify-claims.h"

PltVerifyFinding *
verify_claims_get_first (GPtrArray *findings)
{
  g_assert_nonnull (findings);
  g_assert_cmpuint (findings->len, >=, 1);

  return findings->pdata[0];
}

/* Says what was wrong, too. */
void
verify_claims_assert_genuine (const PltVerifyFinding *finding)
{
  for (guint i = 0; i < finding->problems->len; i++)
    g_test_message ("%s", (const char *) finding->problems->pdata[i]);
  for (guint i = 0; i < finding->remarks->len; i++)
    g_test_message ("%s", (const char *) finding->remarks->pdata[i]);
  g_assert_true (plt_verify_finding_is_genuine (finding));
}

void
verify_claims_assert_claim (const PltVerifyFinding *finding,
                            PltVerifyField          field,
                            const char             *value)
{
  const PltVerifyClaim *claim = plt_verify_finding_get_claim (finding, field);

  g_assert_nonnull (claim);
  g_assert_cmpstr (claim->value, ==, value);
}

gboolean
verify_claims_are_genuine (GBytes        *bytes,
                           PltVerifyKeys *keys)
{
  g_autoptr (GPtrArray) findings = plt_verify_read (bytes, keys, NULL);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    if (!plt_verify_finding_is_genuine (findings->pdata[i]))
      return FALSE;
  return findings != NULL && findings->len > 0;
}

/* Every bit, or every so many from one by chance on: all of them with -m slow. */
void
verify_claims_assert_each_bit (GBytes        *bytes,
                               PltVerifyKeys *keys,
                               gsize          step)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_assert_true (verify_claims_are_genuine (bytes, keys));
  for (gsize bit = (gsize) g_test_rand_int_range (0, (gint32) step); bit < 8 * length; bit += step)
    {
      guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) changed = NULL;

      copy[bit / 8] ^= (guint8) (1u << bit % 8);
      changed = g_bytes_new_take (copy, length);
      if (verify_claims_are_genuine (changed, keys))
        g_error ("bit %" G_GSIZE_FORMAT " of byte %" G_GSIZE_FORMAT " may be anything", bit % 8, bit / 8);
    }
}

void
verify_claims_assert_no_beginning (GBytes        *bytes,
                                   PltVerifyKeys *keys,
                                   gsize          step)
{
  for (gsize length = 0; length < g_bytes_get_size (bytes); length += step)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, length);

      g_assert_false (verify_claims_are_genuine (part, keys));
    }
}
