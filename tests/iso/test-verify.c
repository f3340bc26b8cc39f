/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What verifies any form of a licence: against the published and the computed vectors, and against each of
 * their bits turned over, cut short, signed by somebody else, and put together from two licences. */
#include "plt-verify.h"

#include "iso-vectors.h"
#include "issued-file.h"
#include "plt-lds.h"
#include "plt-qr-claim.h"
#include "plt-test-keys.h"
#include "verify-claims.h"

#include <string.h>

static GBytes *
member_bytes (const char *file,
              const char *member)
{
  g_autoptr (JsonObject) vector = iso_vectors_load (file);

  return plt_test_bytes_from_hex (json_object_get_string_member (vector, member));
}

/* ---- QR ---- */

static PltVerifyKeys *
trust_qr_vector (PltVerifyPurpose purposes)
{
  PltVerifyKeys *keys = plt_verify_keys_new ();
  g_autoptr (GBytes) point = member_bytes ("qr-vector-b.json", "public_key");
  g_autoptr (GBytes) x = g_bytes_new_from_bytes (point, 1, 32);
  g_autoptr (GBytes) y = g_bytes_new_from_bytes (point, 33, 32);
  g_autoptr (GError) error = NULL;

  plt_verify_keys_add_point (keys, "UTO-QR-1", x, y, purposes, 0, &error);
  g_assert_no_error (error);
  return keys;
}

static GBytes *
qr_text (void)
{
  g_autoptr (JsonObject) vector = iso_vectors_load ("qr-vector-b.json");
  const char *text = json_object_get_string_member (vector, "base45_of_zlib_example");

  return g_bytes_new (text, strlen (text));
}

static void
test_qr (void)
{
  g_autoptr (PltVerifyKeys) keys = trust_qr_vector (PLT_VERIFY_PURPOSE_QR);
  g_autoptr (GBytes) text = qr_text ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = plt_verify_read (text, keys, &error);
  PltVerifyFinding *finding;

  g_assert_no_error (error);
  finding = verify_claims_get_first (findings);
  g_assert_cmpint (finding->form, ==, PLT_VERIFY_FORM_QR);
  g_assert_true (plt_verify_finding_is_genuine (finding));
  g_assert_cmpstr (finding->signer, ==, "UTO-QR-1");
  g_assert_true (finding->specimen);
  g_assert_cmpint (finding->valid_from, ==, 1772323200);
  g_assert_cmpint (finding->valid_until, ==, 2087769600);
  verify_claims_assert_claim (finding, PLT_VERIFY_FIELD_GIVEN_NAMES, "Ana Sofía");
  verify_claims_assert_claim (finding, PLT_VERIFY_FIELD_BIRTH_DATE, "1994-11-05");
  verify_claims_assert_claim (finding, PLT_VERIFY_FIELD_SEX, "F");
  verify_claims_assert_claim (finding, PLT_VERIFY_FIELD_CATEGORIES, "A1;2014-06-20;2036-02-28;|B;2016-06-20;2036-02-28;01,S02<=3500");
}

static void
test_qr_bits (void)
{
  g_autoptr (PltVerifyKeys) keys = trust_qr_vector (PLT_VERIFY_PURPOSE_QR);
  g_autoptr (GBytes) text = qr_text ();
  g_autoptr (GBytes) cose = member_bytes ("qr-vector-b.json", "cose");

  verify_claims_assert_each_bit (text, keys, 1);
  verify_claims_assert_each_bit (cose, keys, 1);
  verify_claims_assert_no_beginning (text, keys, 1);
}

static void
test_qr_wrong_key (void)
{
  g_autoptr (PltVerifyKeys) nobody = plt_verify_keys_new ();
  g_autoptr (PltVerifyKeys) wrong = trust_qr_vector (PLT_VERIFY_PURPOSE_CODE);
  g_autoptr (GBytes) text = qr_text ();
  g_autoptr (GPtrArray) unknown = plt_verify_read (text, nobody, NULL);
  g_autoptr (GPtrArray) purpose = plt_verify_read (text, wrong, NULL);

  g_assert_cmpint (verify_claims_get_first (unknown)->seal, ==, PLT_VERIFY_SEAL_STRANGER);
  g_assert_cmpint (verify_claims_get_first (purpose)->seal, ==, PLT_VERIFY_SEAL_BROKEN);
}

/* ---- PDF417 ---- */

static PltVerifyKeys *
trust_issuer (const char       *folder,
              const char       *key_id,
              PltVerifyPurpose  purposes)
{
  PltVerifyKeys *keys = plt_verify_keys_new ();
  g_autoptr (PltIssuerKey) key = plt_test_keys_load (folder, key_id);

  plt_verify_keys_add_issuer (keys, key, purposes);
  return keys;
}

static void
test_u1 (void)
{
  g_autofree char *folder = plt_test_keys_new ();
  g_autoptr (PltVerifyKeys) keys = trust_issuer (folder, "UTO0001", PLT_VERIFY_PURPOSE_CODE);
  g_autoptr (PltIssuerKey) key = plt_test_keys_load (folder, "UTO0001");
  g_autoptr (PltLicenceData) licence = iso_example_licence ();
  g_autoptr (GBytes) bytes = plt_lds_build_u1 (licence, key, NULL);
  g_autofree char *hex = plt_test_bytes_to_hex (bytes);
  g_autoptr (GBytes) typed = g_bytes_new (hex, strlen (hex));

  verify_claims_assert_each_bit (bytes, keys, 1);
  verify_claims_assert_no_beginning (bytes, keys, 1);
  g_assert_true (verify_claims_are_genuine (typed, keys));
  plt_test_keys_remove (g_steal_pointer (&folder));
}

/* ---- data groups ---- */

static PltVerifyKeys *
trust_sod_signer (void)
{
  PltVerifyKeys *keys = plt_verify_keys_new ();
  g_autoptr (GBytes) der = iso_vector_bytes ("uto-sod", "signer_certificate_der_hex");
  g_autoptr (GError) error = NULL;

  plt_verify_keys_add_file (keys, der, "signer.cer", &error);
  g_assert_no_error (error);
  return keys;
}

static GPtrArray *
read_files (PltVerifyKeys *keys,
            GBytes        *changed,
            const char    *const ids[])
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (gsize i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (files, iso_vector_bytes (ids[i], "hex"));
  if (changed != NULL)
    g_ptr_array_add (files, g_bytes_ref (changed));
  return plt_verify_read_groups (files, keys, NULL);
}

static void
test_groups (void)
{
  static const char *const all[] = { "uto-com", "uto-dg1-iso", "uto-dg4-container", "uto-dg5-container", "uto-sod", NULL };
  g_autoptr (PltVerifyKeys) keys = trust_sod_signer ();
  g_autoptr (PltVerifyKeys) nobody = plt_verify_keys_new ();
  g_autoptr (GPtrArray) findings = read_files (keys, NULL, all);
  g_autoptr (GPtrArray) unknown = read_files (nobody, NULL, all);

  verify_claims_assert_genuine (verify_claims_get_first (findings));
  verify_claims_assert_claim (verify_claims_get_first (findings), PLT_VERIFY_FIELD_LICENCE_NUMBER, "U1234567");
  g_assert_cmpint (verify_claims_get_first (unknown)->seal, ==, PLT_VERIFY_SEAL_STRANGER);
}

/* A group of another licence, and an EF.COM that hides one. */
static void
test_groups_swapped (void)
{
  static const char *const without_dg1[] = { "uto-com", "uto-dg4-container", "uto-dg5-container", "uto-sod", NULL };
  static const char *const without_com[] = { "uto-dg1-iso", "uto-dg4-container", "uto-dg5-container", "uto-sod", NULL };
  g_autoptr (PltVerifyKeys) keys = trust_sod_signer ();
  g_autoptr (GBytes) other = iso_vector_bytes ("iso-dg1-published", "hex");
  g_autoptr (GBytes) com = iso_vector_bytes ("com-published", "hex");
  g_autoptr (GPtrArray) swapped = read_files (keys, other, without_dg1);
  g_autoptr (GPtrArray) hidden = read_files (keys, com, without_com);

  g_assert_false (plt_verify_finding_is_genuine (verify_claims_get_first (swapped)));
  g_assert_false (plt_verify_finding_is_genuine (verify_claims_get_first (hidden)));
}

static void
test_groups_bits (void)
{
  static const char *const ids[] = { "uto-dg1-iso", "uto-dg4-container", "uto-dg5-container", "uto-sod" };
  g_autoptr (PltVerifyKeys) keys = trust_sod_signer ();
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GBytes) file = iso_vector_bytes (ids[i], "hex");

      g_byte_array_append (all, g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file));
    }
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  verify_claims_assert_each_bit (bytes, keys, g_test_slow () ? 1 : 7);
  verify_claims_assert_no_beginning (bytes, keys, 7);
}

static void
test_dg1_of_the_union (void)
{
  g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();
  g_autoptr (GBytes) bytes = iso_vector_bytes ("uto-dg1-eu", "hex");
  g_autoptr (GPtrArray) findings = plt_verify_read (bytes, keys, NULL);

  verify_claims_assert_claim (verify_claims_get_first (findings), PLT_VERIFY_FIELD_FAMILY_NAME, "SPECIMEN");
  verify_claims_assert_claim (verify_claims_get_first (findings), PLT_VERIFY_FIELD_BIRTH_DATE, "1974-08-12");
  g_assert_cmpint (verify_claims_get_first (findings)->seal, ==, PLT_VERIFY_SEAL_MISSING);
}

/* ---- mobile licence ---- */

static PltVerifyKeys *
trust_iaca (void)
{
  PltVerifyKeys *keys = plt_verify_keys_new ();
  g_autoptr (GBytes) root = member_bytes ("mdl-vector-a.json", "iaca_cert_der");

  g_assert_true (plt_verify_keys_add_file (keys, root, "iaca.cer", NULL));
  return keys;
}

static void
test_mdoc (void)
{
  static const char *const members[] = { "issuerSigned", "deviceResponse_issuerOnly" };
  g_autoptr (PltVerifyKeys) keys = trust_iaca ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GBytes) bytes = member_bytes ("mdl-vector-a.json", members[i]);
      g_autofree char *base64 = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_autoptr (GBytes) text = g_bytes_new (base64, strlen (base64));
      g_autoptr (GPtrArray) findings = plt_verify_read (bytes, keys, NULL);

      g_assert_cmpint (verify_claims_get_first (findings)->form, ==, PLT_VERIFY_FORM_MDOC);
      verify_claims_assert_genuine (verify_claims_get_first (findings));
      verify_claims_assert_claim (verify_claims_get_first (findings), PLT_VERIFY_FIELD_BIRTH_DATE, "1994-11-05");
      g_assert_nonnull (verify_claims_get_first (findings)->portrait);
      g_assert_true (verify_claims_are_genuine (text, keys));
    }
}

static void
test_mdoc_bits (void)
{
  g_autoptr (PltVerifyKeys) keys = trust_iaca ();
  g_autoptr (GBytes) bytes = member_bytes ("mdl-vector-a.json", "issuerSigned");
  gsize step = g_test_slow () ? 1 : 31;

  verify_claims_assert_each_bit (bytes, keys, step);
  verify_claims_assert_no_beginning (bytes, keys, 97);
}

/* ---- what has no signature, and what is no licence ---- */

static void
test_unsigned (void)
{
  static const char line[] = "D1UTOU1234567<3340314SPECIMEN9\r\n";
  g_autoptr (JsonObject) vectors = iso_vectors_load ("aamva.json");
  JsonObject *vector = json_array_get_object_element (json_object_get_array_member (vectors, "accept"), 0);
  g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();
  g_autoptr (GBytes) mrz = g_bytes_new_static (line, strlen (line));
  g_autoptr (GBytes) aamva = plt_test_bytes_from_hex (json_object_get_string_member (vector, "payload_hex"));
  g_autoptr (GPtrArray) of_mrz = plt_verify_read (mrz, keys, NULL);
  g_autoptr (GPtrArray) of_aamva = plt_verify_read (aamva, keys, NULL);

  g_assert_cmpint (verify_claims_get_first (of_mrz)->seal, ==, PLT_VERIFY_SEAL_NONE);
  verify_claims_assert_claim (verify_claims_get_first (of_mrz), PLT_VERIFY_FIELD_LICENCE_NUMBER, "U1234567");
  verify_claims_assert_claim (verify_claims_get_first (of_mrz), PLT_VERIFY_FIELD_EXPIRY_DATE, "2034-03-14");
  g_assert_cmpint (verify_claims_get_first (of_aamva)->seal, ==, PLT_VERIFY_SEAL_NONE);
  verify_claims_assert_claim (verify_claims_get_first (of_aamva), PLT_VERIFY_FIELD_DOCUMENT_NUMBER, "UTO20240315A0000001");
}

static void
test_refused_by_name (void)
{
  static const struct { const char *text; const char *name; } cases[] = {
    { "HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEXWKCVN5+O30K3", "health" },
    { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "passport" },
    { "https://licence.utopia.example/U1234567", "web" },
    { "D1UTOU1234567<3340314SPECIMEN8", "check digit" },
    { "Anna", "none of the forms" },
    { "", "Nothing" },
    { "\n", "Nothing" },
    { " \t\r\n", "Nothing" },
    { "]Q1\r", "Nothing" },
    { "]Q1", "none of the forms" },
    { "]Q1X", "none of the forms" },
    { "\x02\r\x03", "Nothing" },
    { "\x02\x03", "none of the forms" },
    { "\xFF\xD8\xFF\xE0 some picture", "none of the forms" },
  };
  g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_verify_read (bytes, keys, &error));
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].name) == NULL)
        g_error ("“%s” is refused with: %s", cases[i].text, error->message);
    }
}

/* A PDF417 that was typed as letters has lost its bytes of zero. */
static void
test_typed_pdf417 (void)
{
  g_autofree char *folder = plt_test_keys_new ();
  g_autoptr (PltIssuerKey) key = plt_test_keys_load (folder, "UTO0001");
  g_autoptr (PltLicenceData) licence = iso_example_licence ();
  g_autoptr (GBytes) bytes = plt_lds_build_u1 (licence, key, NULL);
  g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();
  g_autoptr (GString) typed = g_string_new (NULL);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i++)
    if (data[i] >= 0x20)
      g_string_append_unichar (typed, data[i]);
  text = g_bytes_new (typed->str, typed->len);
  g_assert_null (plt_verify_read (text, keys, &error));
  g_assert_nonnull (strstr (error->message, "lost bytes"));
  plt_test_keys_remove (g_steal_pointer (&folder));
}

/* What EF.COM says is signed by nobody: its list must be that of EF.SOD, and its version may be any. */
static void
test_com_bits (void)
{
  static const char *const rest[] = { "uto-dg1-iso", "uto-dg4-container", "uto-dg5-container", "uto-sod", NULL };
  g_autoptr (PltVerifyKeys) keys = trust_sod_signer ();
  g_autoptr (GBytes) com = iso_vector_bytes ("uto-com", "hex");
  gsize length;
  const guint8 *data = g_bytes_get_data (com, &length);
  const guint8 *list = memchr (data, 0x5C, length);

  g_assert_nonnull (list);
  for (gsize bit = 0; bit < 8 * length; bit++)
    {
      guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) changed = g_bytes_new_take (copy, length);
      g_autoptr (GPtrArray) findings = NULL;

      copy[bit / 8] ^= (guint8) (1u << bit % 8);
      findings = read_files (keys, changed, rest);
      if (findings != NULL && plt_verify_finding_is_genuine (verify_claims_get_first (findings)))
        g_assert_true (data + bit / 8 > data + 1 && data + bit / 8 < list);
    }
}

/* A key that is for something else signs nothing here. */
static void
test_wrong_purposes (void)
{
  g_autofree char *folder = plt_test_keys_new ();
  g_autoptr (PltIssuerKey) key = plt_test_keys_load (folder, "UTO0001");
  g_autoptr (PltLicenceData) licence = iso_example_licence ();
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  static const PltVerifyPurpose purposes[] = { PLT_VERIFY_PURPOSE_CODE, PLT_VERIFY_PURPOSE_FILE, PLT_VERIFY_PURPOSE_QR };

  g_ptr_array_add (parts, plt_lds_build_u1 (licence, key, NULL));
  g_ptr_array_add (parts, issued_file_of_example (key));
  for (guint part = 0; part < parts->len; part++)
    for (gsize i = 0; i < G_N_ELEMENTS (purposes); i++)
      {
        g_autoptr (PltVerifyKeys) keys = trust_issuer (folder, "UTO0001", purposes[i]);
        g_autoptr (GPtrArray) findings = plt_verify_read (parts->pdata[part], keys, NULL);

        g_assert_cmpint (verify_claims_get_first (findings)->seal, ==, i == part ? PLT_VERIFY_SEAL_HOLDS : PLT_VERIFY_SEAL_BROKEN);
      }
  plt_test_keys_remove (g_steal_pointer (&folder));
}

/* What a reader of magnetic stripes types; a stripe that is cut is refused. */
static void
test_stripe (void)
{
  static const char text[] = "%XUPORT AZURE^AANGSTROEM$ZOE MARIE^LONG STREET 12^?\n;999999123456789=310719840229=?";
  g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();
  g_autoptr (GBytes) whole = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) part = g_bytes_new_static (text, strlen (text) - 1);
  g_autoptr (GPtrArray) findings = plt_verify_read (whole, keys, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (findings);
  g_assert_cmpint (verify_claims_get_first (findings)->form, ==, PLT_VERIFY_FORM_STRIPE);
  g_assert_cmpint (verify_claims_get_first (findings)->seal, ==, PLT_VERIFY_SEAL_NONE);
  verify_claims_assert_claim (verify_claims_get_first (findings), PLT_VERIFY_FIELD_FAMILY_NAME, "AANGSTROEM");
  verify_claims_assert_claim (verify_claims_get_first (findings), PLT_VERIFY_FIELD_LICENCE_NUMBER, "123456789");
  verify_claims_assert_claim (verify_claims_get_first (findings), PLT_VERIFY_FIELD_BIRTH_DATE, "1984-02-29");
  g_assert_null (plt_verify_read (part, keys, &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verify/qr/says-what-the-vector-says", test_qr);
  g_test_add_func ("/verify/qr/each-bit-counts", test_qr_bits);
  g_test_add_func ("/verify/qr/other-keys", test_qr_wrong_key);
  g_test_add_func ("/verify/pdf417/each-bit-counts", test_u1);
  g_test_add_func ("/verify/groups/vectors", test_groups);
  g_test_add_func ("/verify/groups/of-two-licences", test_groups_swapped);
  g_test_add_func ("/verify/groups/each-bit-counts", test_groups_bits);
  g_test_add_func ("/verify/groups/dg1-of-the-union", test_dg1_of_the_union);
  g_test_add_func ("/verify/mdoc/vector", test_mdoc);
  g_test_add_func ("/verify/mdoc/each-bit-counts", test_mdoc_bits);
  g_test_add_func ("/verify/unsigned", test_unsigned);
  g_test_add_func ("/verify/stripe", test_stripe);
  g_test_add_func ("/verify/pdf417/typed", test_typed_pdf417);
  g_test_add_func ("/verify/groups/com-is-not-signed", test_com_bits);
  g_test_add_func ("/verify/purposes", test_wrong_purposes);
  g_test_add_func ("/verify/refused-by-name", test_refused_by_name);
  return g_test_run ();
}
