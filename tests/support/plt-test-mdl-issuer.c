/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the certificates of ISO/IEC 18013-5, Annex B, right ones and wrong ones. */
#include "plt-test-mdl-issuer.h"

#include "plt-test-keys.h"

#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#define DAY 86400
#define BEGIN 1767225600 /* 2026-01-01 */
#define PURPOSE "1.0.18013.5.1.2"
#define CHECK(call) g_assert_cmpint ((call), >=, 0)

struct _PltTestMdlIssuer
{
  char                  *folder;
  gnutls_x509_privkey_t  root_key;
  gnutls_x509_privkey_t  other_key;
  gnutls_x509_crt_t      root;
  gnutls_x509_crt_t      signer;
  GBytes                *root_der;
  GBytes                *signer_der;
};

static gnutls_x509_privkey_t
make_key (void)
{
  gnutls_x509_privkey_t key;

  CHECK (gnutls_x509_privkey_init (&key));
  CHECK (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                       GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));

  return key;
}

static void
copy_number (const gnutls_datum_t *number,
             guint8               *place)
{
  gsize skip = number->size > 32 ? number->size - 32 : 0;

  memset (place, 0, 32);
  memcpy (place + 32 - (number->size - skip), number->data + skip, number->size - skip);
}

static void
make_key_id (gnutls_x509_privkey_t key,
             guint8                id[20])
{
  guint8 point[65] = { 0x04 };
  gnutls_ecc_curve_t curve;
  gnutls_datum_t x;
  gnutls_datum_t y;

  CHECK (gnutls_x509_privkey_export_ecc_raw (key, &curve, &x, &y, NULL));
  copy_number (&x, point + 1);
  copy_number (&y, point + 33);
  CHECK (gnutls_hash_fast (GNUTLS_DIG_SHA1, point, sizeof point, id));
  gnutls_free (x.data);
  gnutls_free (y.data);
}

static gnutls_x509_crt_t
begin_certificate (gnutls_x509_privkey_t  key,
                   const char            *dn,
                   gint64                 begin,
                   int                    days)
{
  gnutls_x509_crt_t crt;
  guint8 serial[12];
  guint8 id[20];

  CHECK (gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial));
  serial[0] = (guint8) ((serial[0] & 0x3F) | 0x40);
  make_key_id (key, id);
  CHECK (gnutls_x509_crt_init (&crt));
  CHECK (gnutls_x509_crt_set_version (crt, 3));
  CHECK (gnutls_x509_crt_set_serial (crt, serial, sizeof serial));
  CHECK (gnutls_x509_crt_set_dn (crt, dn, NULL));
  CHECK (gnutls_x509_crt_set_key (crt, key));
  CHECK (gnutls_x509_crt_set_activation_time (crt, begin));
  CHECK (gnutls_x509_crt_set_expiration_time (crt, begin + (gint64) days * DAY));
  CHECK (gnutls_x509_crt_set_subject_key_id (crt, id, sizeof id));

  return crt;
}

static void
add_addresses (gnutls_x509_crt_t crt,
               gboolean          alt_name,
               gboolean          points)
{
  static const char uri[] = "https://mdl.utopia.example";
  static const char list[] = "https://mdl.utopia.example/iaca.crl";

  if (alt_name)
    CHECK (gnutls_x509_crt_set_issuer_alt_name (crt, GNUTLS_SAN_URI, uri, strlen (uri),
                                                GNUTLS_FSAN_SET));
  if (points)
    CHECK (gnutls_x509_crt_set_crl_dist_points2 (crt, GNUTLS_SAN_URI, list, strlen (list), 0));
}

static GBytes *
export (gnutls_x509_crt_t crt)
{
  gnutls_datum_t der;
  GBytes *bytes;

  CHECK (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_DER, &der));
  bytes = g_bytes_new (der.data, der.size);
  gnutls_free (der.data);

  return bytes;
}

PltTestMdlIssuer *
plt_test_mdl_issuer_new (void)
{
  PltTestMdlIssuer *self = g_new0 (PltTestMdlIssuer, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("plt-mdl-XXXXXX", &error);
  g_assert_no_error (error);
  self->root_key = make_key ();
  self->other_key = make_key ();
  self->root = begin_certificate (self->root_key, "C=UT,O=Utopia TEST,CN=Utopia IACA TEST", BEGIN,
                                  3650);
  CHECK (gnutls_x509_crt_set_key_usage (self->root, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN));
  CHECK (gnutls_x509_crt_set_basic_constraints (self->root, 1, 0));
  add_addresses (self->root, TRUE, TRUE);
  CHECK (gnutls_x509_crt_sign2 (self->root, self->root, self->root_key, GNUTLS_DIG_SHA256, 0));
  self->root_der = export (self->root);

  return self;
}

static void
write_pem (PltTestMdlIssuer *self,
           const char       *name,
           gnutls_datum_t   *pem)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, (const char *) pem->data, pem->size, NULL));
  gnutls_free (pem->data);
}

static void
add_purposes (gnutls_x509_crt_t          crt,
              const PltTestMdlVariation *variation)
{
  const char *purpose = variation->purpose != NULL ? variation->purpose : PURPOSE;

  if (*purpose != '\0')
    CHECK (gnutls_x509_crt_set_key_purpose_oid (crt, purpose, 1));
  if (variation->second_purpose != NULL)
    CHECK (gnutls_x509_crt_set_key_purpose_oid (crt, variation->second_purpose, 1));
}

static void
sign_certificate (PltTestMdlIssuer          *self,
                  gnutls_x509_crt_t          crt,
                  const PltTestMdlVariation *variation)
{
  guint8 id[20];
  gnutls_x509_privkey_t key = variation->from_other_root ? self->other_key : self->root_key;

  make_key_id (self->root_key, id);
  if (variation->wrong_key_id)
    id[0] ^= 1;
  CHECK (gnutls_x509_crt_set_authority_key_id (crt, id, sizeof id));
  CHECK (gnutls_x509_crt_set_key_usage (crt, variation->usage != 0 ? variation->usage
                                                                   : GNUTLS_KEY_DIGITAL_SIGNATURE));
  add_purposes (crt, variation);
  if (variation->is_authority)
    CHECK (gnutls_x509_crt_set_basic_constraints (crt, 1, 0));
  add_addresses (crt, !variation->no_alt_name, !variation->no_points);
  CHECK (gnutls_x509_crt_sign2 (crt, self->root, key, GNUTLS_DIG_SHA256, 0));
}

PltIssuerKey *
plt_test_mdl_issuer_make_signer (PltTestMdlIssuer          *self,
                                 const PltTestMdlVariation *variation)
{
  static const PltTestMdlVariation none = { 0 };
  gnutls_x509_privkey_t key = make_key ();
  g_autofree char *key_path = g_build_filename (self->folder, "signer.key", NULL);
  g_autofree char *path = g_build_filename (self->folder, "signer.pem", NULL);
  g_autofree char *dn = NULL;
  g_autoptr (GError) error = NULL;
  PltIssuerKey *loaded;
  gnutls_datum_t pem;

  if (variation == NULL)
    variation = &none;
  dn = g_strdup_printf ("C=%s,O=Utopia TEST%s%s,CN=Utopia mDL Signer TEST",
                        variation->country != NULL ? variation->country : "UT",
                        variation->state != NULL ? ",ST=" : "",
                        variation->state != NULL ? variation->state : "");
  g_clear_pointer (&self->signer, gnutls_x509_crt_deinit);
  g_clear_pointer (&self->signer_der, g_bytes_unref);
  self->signer = begin_certificate (key, dn, variation->begin != 0 ? variation->begin : BEGIN,
                                    variation->days != 0 ? variation->days : 450);
  sign_certificate (self, self->signer, variation);
  self->signer_der = export (self->signer);

  CHECK (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem));
  write_pem (self, "signer.key", &pem);
  CHECK (gnutls_x509_crt_export2 (self->signer, GNUTLS_X509_FMT_PEM, &pem));
  write_pem (self, "signer.pem", &pem);
  gnutls_x509_privkey_deinit (key);
  loaded = plt_issuer_key_load (key_path, path, "UTO-MDL-1", NULL, &error);
  g_assert_no_error (error);

  return loaded;
}

GBytes *
plt_test_mdl_issuer_get_signer (PltTestMdlIssuer *self)
{
  return self->signer_der;
}

GBytes *
plt_test_mdl_issuer_get_root (PltTestMdlIssuer *self)
{
  return self->root_der;
}

static GBytes *
make_list (PltTestMdlIssuer      *self,
           gnutls_x509_privkey_t  key,
           gboolean               revoked,
           int                    days)
{
  static const guint8 number[] = { 1 };
  gnutls_x509_crl_t crl;
  gnutls_datum_t der;
  GBytes *bytes;

  CHECK (gnutls_x509_crl_init (&crl));
  CHECK (gnutls_x509_crl_set_version (crl, 2));
  CHECK (gnutls_x509_crl_set_this_update (crl, BEGIN));
  CHECK (gnutls_x509_crl_set_next_update (crl, BEGIN + (gint64) days * DAY));
  CHECK (gnutls_x509_crl_set_number (crl, number, sizeof number));
  if (revoked)
    CHECK (gnutls_x509_crl_set_crt (crl, self->signer, BEGIN + DAY));
  CHECK (gnutls_x509_crl_sign2 (crl, self->root, key, GNUTLS_DIG_SHA256, 0));
  CHECK (gnutls_x509_crl_export2 (crl, GNUTLS_X509_FMT_DER, &der));
  bytes = g_bytes_new (der.data, der.size);
  gnutls_free (der.data);
  gnutls_x509_crl_deinit (crl);

  return bytes;
}

GBytes *
plt_test_mdl_issuer_make_list (PltTestMdlIssuer *self,
                               gboolean          revoked,
                               int               days)
{
  return make_list (self, self->root_key, revoked, days);
}

GBytes *
plt_test_mdl_issuer_make_forged_list (PltTestMdlIssuer *self,
                                      int               days)
{
  return make_list (self, self->other_key, FALSE, days);
}

void
plt_test_mdl_issuer_free (PltTestMdlIssuer *self)
{
  gnutls_x509_privkey_deinit (self->root_key);
  gnutls_x509_privkey_deinit (self->other_key);
  gnutls_x509_crt_deinit (self->root);
  g_clear_pointer (&self->signer, gnutls_x509_crt_deinit);
  g_clear_pointer (&self->signer_der, g_bytes_unref);
  g_clear_pointer (&self->root_der, g_bytes_unref);
  plt_test_keys_remove (self->folder);
  g_free (self);
}
