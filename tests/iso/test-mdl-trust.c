/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a mobile driving licence be believed: every byte, the time, the signer's certificate and
 * who stands behind it. */
#include "plt-mdl-certificates.h"

#include "iso-mdl-fixture.h"
#include "iso-vectors.h"

#include <string.h>

#define DAY 86400
#define NOW 1772359200 /* 2026-03-01T10:00:00Z */

/* All but the signer's certificate, whose own bits its own signature covers, and which only the chain
 * proves. */
static void
test_flipped_bits (IsoMdlFixture *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (GPtrArray) roots = g_ptr_array_new ();
  g_autoptr (GBytes) made = NULL;
  gsize length;
  const guint8 *bytes;
  guint found = 0;

  g_ptr_array_add (roots, plt_test_mdl_issuer_get_root (fixture->issuer));
  made = plt_mdl_build (data, fixture->signer, NULL, NULL);
  bytes = g_bytes_get_data (made, &length);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree guint8 *changed = g_memdup2 (bytes, length);
      g_autoptr (GBytes) message = NULL;
      g_autoptr (PltMdl) mdl = NULL;

      /* One bit of each byte, another one each time. */
      changed[i] ^= (guint8) (1 << (i * 5 + i / 8) % 8);
      message = g_bytes_new (changed, length);
      mdl = plt_mdl_read (message, NULL);
      g_assert_true (mdl == NULL || !plt_mdl_check_chain (mdl, roots, NULL, 0, NULL));
      found++;
    }
  g_assert_cmpuint (found, ==, length);
}

static void
test_cut_short (IsoMdlFixture *fixture,
                gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (GBytes) made = plt_mdl_build (data, fixture->signer, NULL, NULL);
  gsize length = g_bytes_get_size (made);

  for (gsize i = 0; i < length; i += i < 64 ? 1 : 61)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (made, 0, i);

      g_assert_null (plt_mdl_read (part, NULL));
    }
}

static void
test_times (IsoMdlFixture *fixture,
            gconstpointer  user_data)
{
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  const PltMdlTerms terms = { .signed_at = NOW, .valid_until = NOW + 30 * DAY };
  g_autoptr (PltMdl) mdl = iso_mdl_build_and_read (data, fixture->signer, &terms);

  g_assert_cmpint (mdl->valid_until, ==, NOW + 30 * DAY);
  g_assert_false (plt_mdl_check_times (mdl, NOW - 1, NULL));
  g_assert_true (plt_mdl_check_times (mdl, NOW, NULL));
  g_assert_true (plt_mdl_check_times (mdl, NOW + 30 * DAY, NULL));
  g_assert_false (plt_mdl_check_times (mdl, NOW + 30 * DAY + 1, NULL));
}

/* Not longer than the certificate, nor than the licence. */
static void
test_ends (IsoMdlFixture *fixture,
           gconstpointer  user_data)
{
  const PltTestMdlVariation brief = { .days = 100 };
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (PltIssuerKey) signer = plt_test_mdl_issuer_make_signer (fixture->issuer, &brief);
  g_autoptr (PltMdl) mdl = iso_mdl_build_and_read (data, signer, NULL);
  g_autoptr (PltMdl) ending = NULL;

  g_assert_cmpint (mdl->valid_until, ==, 1767225600 + 100 * DAY);
  data->expiry_date = iso_date ("2026-03-03");
  ending = iso_mdl_build_and_read (data, signer, NULL);
  g_assert_cmpint (ending->valid_until, ==, plt_date_to_unix (iso_date ("2026-03-04")));
}

/* A day of issue before the certificate's own is signed at the certificate's first second. */
static void
test_late_certificate (IsoMdlFixture *fixture,
                       gconstpointer  user_data)
{
  const PltTestMdlVariation late = { .begin = NOW };
  const PltMdlTerms early = { .signed_at = NOW - 1 };
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();
  g_autoptr (PltIssuerKey) signer = plt_test_mdl_issuer_make_signer (fixture->issuer, &late);
  g_autoptr (PltMdl) mdl = iso_mdl_build_and_read (data, signer, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mdl->signed_at, ==, NOW);
  g_assert_null (plt_mdl_build (data, signer, &early, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
}

static void
test_wrong_signers (IsoMdlFixture *fixture,
                    gconstpointer  user_data)
{
  static const struct
  {
    const char          *why;
    PltTestMdlVariation  variation;
  } cases[] = {
    { "a reader's purpose", { .purpose = "1.0.18013.5.1.6" } },
    { "no purpose", { .purpose = "" } },
    { "a second purpose", { .second_purpose = "1.3.6.1.5.5.7.3.1" } },
    { "also for certificates", { .usage = 0x80 | 0x04 } },
    { "not for signatures", { .usage = 0x08 } },
    { "458 days", { .days = 458 } },
    { "an authority", { .is_authority = TRUE } },
    { "no issuerAltName", { .no_alt_name = TRUE } },
    { "no cRLDistributionPoints", { .no_points = TRUE } },
    { "another country", { .country = "FR" } },
    { "over before the licence began", { .begin = 1740787200, .days = 30 } },
  };
  g_autoptr (PltLicenceData) data = iso_mdl_example_licence ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltIssuerKey) signer =
        plt_test_mdl_issuer_make_signer (fixture->issuer, &cases[i].variation);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].why);
      g_assert_null (plt_mdl_build (data, signer, NULL, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
    }
}

static void
test_chain (IsoMdlFixture *fixture,
            gconstpointer  user_data)
{
  const PltTestMdlVariation other_root = { .from_other_root = TRUE };
  const PltTestMdlVariation wrong_id = { .wrong_key_id = TRUE };
  const PltTestMdlVariation longer = { .begin = 1767225600 + (gint64) 3400 * DAY, .days = 450 };
  const PltTestMdlVariation *variations[] = { &other_root, &wrong_id, &longer };
  GBytes *root = plt_test_mdl_issuer_get_root (fixture->issuer);
  g_autoptr (GError) error = NULL;

  plt_mdl_certificates_check_root (root, &error);
  g_assert_no_error (error);
  plt_mdl_certificates_check_chain (plt_test_mdl_issuer_get_signer (fixture->issuer), root, NULL, NOW,
                                    &error);
  g_assert_no_error (error);
  g_assert_false (plt_mdl_certificates_check_signer (root, NULL));
  g_assert_false (plt_mdl_certificates_check_root (plt_test_mdl_issuer_get_signer (fixture->issuer),
                                                   NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (variations); i++)
    {
      g_autoptr (PltIssuerKey) signer =
        plt_test_mdl_issuer_make_signer (fixture->issuer, variations[i]);
      g_autoptr (GError) refusal = NULL;

      g_assert_false (plt_mdl_certificates_check_chain (
        plt_test_mdl_issuer_get_signer (fixture->issuer), root, NULL, 0, &refusal));
      g_assert_error (refusal, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
    }
}

static void
test_expired_certificate (IsoMdlFixture *fixture,
                          gconstpointer  user_data)
{
  GBytes *root = plt_test_mdl_issuer_get_root (fixture->issuer);
  GBytes *signer = plt_test_mdl_issuer_get_signer (fixture->issuer);
  const gint64 begin = 1767225600;
  const gint64 end = begin + (gint64) 450 * DAY;
  g_autoptr (GError) error = NULL;

  g_assert_false (plt_mdl_certificates_check_chain (signer, root, NULL, begin - 1, NULL));
  g_assert_true (plt_mdl_certificates_check_chain (signer, root, NULL, begin, NULL));
  g_assert_true (plt_mdl_certificates_check_chain (signer, root, NULL, end, NULL));
  g_assert_false (plt_mdl_certificates_check_chain (signer, root, NULL, end + 1, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NOT_CURRENT);
}

static void
test_revoked (IsoMdlFixture *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GBytes *root = plt_test_mdl_issuer_get_root (fixture->issuer);
  GBytes *signer = plt_test_mdl_issuer_get_signer (fixture->issuer);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) revoked = NULL;
  g_autoptr (GError) old = NULL;
  g_autoptr (GError) broken = NULL;

  g_ptr_array_add (lists, plt_test_mdl_issuer_make_list (fixture->issuer, FALSE, 90));
  plt_mdl_certificates_check_chain (signer, root, lists, NOW, &error);
  g_assert_no_error (error);
  g_ptr_array_set_size (lists, 0);
  g_ptr_array_add (lists, plt_test_mdl_issuer_make_list (fixture->issuer, TRUE, 90));
  g_assert_false (plt_mdl_certificates_check_chain (signer, root, lists, NOW, &revoked));
  g_assert_error (revoked, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
  g_assert_nonnull (strstr (revoked->message, "revoked"));
  g_ptr_array_set_size (lists, 0);
  g_ptr_array_add (lists, plt_test_mdl_issuer_make_list (fixture->issuer, FALSE, 30));
  g_assert_false (plt_mdl_certificates_check_chain (signer, root, lists, NOW, &old));
  g_ptr_array_set_size (lists, 0);
  g_ptr_array_add (lists, plt_test_mdl_issuer_make_forged_list (fixture->issuer, 90));
  g_assert_false (plt_mdl_certificates_check_chain (signer, root, lists, NOW, NULL));
  g_ptr_array_set_size (lists, 0);
  g_ptr_array_add (lists, g_bytes_new_static ("no list", 7));
  g_assert_false (plt_mdl_certificates_check_chain (signer, root, lists, NOW, &broken));
}

#define ADD(path, test) \
  g_test_add (path, IsoMdlFixture, NULL, iso_mdl_set_up, test, iso_mdl_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/iso/mdl/every-flipped-byte-refused", test_flipped_bits);
  ADD ("/iso/mdl/every-cut-refused", test_cut_short);
  ADD ("/iso/mdl/boundary-seconds", test_times);
  ADD ("/iso/mdl/ends-with-certificate-and-licence", test_ends);
  ADD ("/iso/mdl/late-certificate", test_late_certificate);
  ADD ("/iso/mdl/wrong-signers-refused", test_wrong_signers);
  ADD ("/iso/mdl-certificates/chain", test_chain);
  ADD ("/iso/mdl-certificates/expired", test_expired_certificate);
  ADD ("/iso/mdl-certificates/revoked", test_revoked);

  return g_test_run ();
}
