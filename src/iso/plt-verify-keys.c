/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects what a verification trusts: PEM and DER files, points of a published key set, and the keys
 * of the office itself. */
#include "plt-verify-private.h"

#include "plt-issuer-key-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <string.h>

#define COORDINATE_LENGTH 32
#define MAX_CERTIFICATES 64
#define MDL_DOCUMENT_SIGNER "1.0.18013.5.1.2"
#define PEM_CERTIFICATE "-----BEGIN CERTIFICATE-----"

struct _PltVerifyKeys
{
  gatomicrefcount  ref_count;
  GPtrArray       *keys;  /* PltVerifyKey */
  GPtrArray       *roots; /* gnutls_x509_crt_t */
  GPtrArray       *lists; /* gnutls_x509_crl_t */
};

static void
key_free (PltVerifyKey *key)
{
  g_free (key->id);
  g_clear_object (&key->issuer);
  g_clear_pointer (&key->pubkey, gnutls_pubkey_deinit);
  g_clear_pointer (&key->crt, gnutls_x509_crt_deinit);
  g_free (key);
}

PltVerifyKeys *
plt_verify_keys_new (void)
{
  PltVerifyKeys *self = g_new0 (PltVerifyKeys, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) key_free);
  self->roots = g_ptr_array_new_with_free_func ((GDestroyNotify) gnutls_x509_crt_deinit);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify) gnutls_x509_crl_deinit);
  return self;
}

PltVerifyKeys *
plt_verify_keys_ref (PltVerifyKeys *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
plt_verify_keys_unref (PltVerifyKeys *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->lists);
  g_free (self);
}

/* Returns: how many keys and roots there are; with none nothing can be called genuine */
guint
plt_verify_keys_get_size (PltVerifyKeys *self)
{
  return self->keys->len + self->roots->len;
}

GPtrArray *
plt_verify_keys_list_roots (PltVerifyKeys *self)
{
  return self->roots;
}

GPtrArray *
plt_verify_keys_list_lists (PltVerifyKeys *self)
{
  return self->lists;
}

static PltVerifyKey *
add_key (PltVerifyKeys    *self,
         const char       *id,
         PltVerifyPurpose  purposes)
{
  PltVerifyKey *key = g_new0 (PltVerifyKey, 1);

  key->id = g_strdup (id);
  key->purposes = purposes;
  g_ptr_array_add (self->keys, key);
  return key;
}

/* A purpose of mobile documents allows those and nothing else; without one it signs what is signed with
 * a certificate. */
static PltVerifyPurpose
get_purposes (gnutls_x509_crt_t crt)
{
  char purpose[64];
  size_t size = sizeof purpose;

  if (gnutls_x509_crt_get_key_purpose_oid (crt, 0, purpose, &size, NULL) >= 0 &&
      g_str_equal (purpose, MDL_DOCUMENT_SIGNER))
    return PLT_VERIFY_PURPOSE_DOCUMENT;
  return PLT_VERIFY_PURPOSE_DOCUMENT | PLT_VERIFY_PURPOSE_FILE | PLT_VERIFY_PURPOSE_MANIFEST |
         PLT_VERIFY_PURPOSE_APPROVAL;
}

static PltVerifyPurpose
to_purposes (PltKeyPurpose purpose)
{
  switch (purpose)
    {
    case PLT_KEY_PURPOSE_QR:
      return PLT_VERIFY_PURPOSE_QR;
    case PLT_KEY_PURPOSE_DOCUMENT:
      return PLT_VERIFY_PURPOSE_DOCUMENT | PLT_VERIFY_PURPOSE_CODE;
    case PLT_KEY_PURPOSE_PDF:
      return PLT_VERIFY_PURPOSE_FILE;
    case PLT_KEY_PURPOSE_APPROVAL:
      return PLT_VERIFY_PURPOSE_APPROVAL;
    case PLT_KEY_PURPOSE_AUDIT:
      return PLT_VERIFY_PURPOSE_MANIFEST;
    default:
      return 0;
    }
}

/* What our own list says of a certificate in the line before it, “# KEY PURPOSE”; 0: nothing. */
static PltVerifyPurpose
read_stated (const gnutls_datum_t *pem,
             guint                 position)
{
  const char *text = (const char *) pem->data;
  const char *at = text;
  const char *line;
  g_auto (GStrv) words = NULL;
  g_autofree char *remark = NULL;
  PltKeyPurpose purpose;

  for (guint i = 0; i <= position; i++)
    {
      at = g_strstr_len (at, (gssize) (pem->size - (gsize) (at - text)), PEM_CERTIFICATE);
      if (at == NULL)
        return 0;
      at += strlen (PEM_CERTIFICATE);
    }
  at -= strlen (PEM_CERTIFICATE);
  if (at - text < 2)
    return 0;
  for (line = at - 1; line > text && line[-1] != '\n'; line--)
    ;
  remark = g_strndup (line, (gsize) (at - 1 - line));
  words = g_strsplit (remark, " ", 4);
  return g_strv_length (words) == 3 && g_str_equal (words[0], "#") &&
             plt_key_purpose_from_nick (words[2], &purpose) ? to_purposes (purpose) : 0;
}

/* Takes @crt over. @stated: what who published it says that it is for; 0: nothing */
static void
add_certificate (PltVerifyKeys     *self,
                 gnutls_x509_crt_t  crt,
                 PltVerifyPurpose   stated)
{
  PltVerifyKey *key;

  if (gnutls_x509_crt_get_ca_status (crt, NULL) > 0)
    {
      g_ptr_array_add (self->roots, crt);
      return;
    }
  key = add_key (self, NULL, stated != 0 ? stated : get_purposes (crt));
  key->crt = crt;
}

static gboolean
add_certificates (PltVerifyKeys        *self,
                  const gnutls_datum_t *data,
                  gnutls_x509_crt_fmt_t format)
{
  gnutls_x509_crt_t *certificates = NULL;
  unsigned int n = 0;

  if (gnutls_x509_crt_list_import2 (&certificates, &n, data, format, 0) < 0)
    return FALSE;
  for (unsigned int i = 0; i < n; i++)
    if (i < MAX_CERTIFICATES)
      add_certificate (self, certificates[i],
                       format == GNUTLS_X509_FMT_PEM ? read_stated (data, i) : 0);
    else
      gnutls_x509_crt_deinit (certificates[i]);
  gnutls_free (certificates);
  return n > 0;
}

static gboolean
add_revocations (PltVerifyKeys        *self,
                 const gnutls_datum_t *data,
                 gnutls_x509_crt_fmt_t format)
{
  gnutls_x509_crl_t list = NULL;

  if (gnutls_x509_crl_init (&list) < 0)
    return FALSE;
  if (gnutls_x509_crl_import (list, data, format) < 0)
    {
      gnutls_x509_crl_deinit (list);
      return FALSE;
    }
  g_ptr_array_add (self->lists, list);
  return TRUE;
}

static gboolean
add_public_key (PltVerifyKeys        *self,
                const gnutls_datum_t *data,
                const char           *name)
{
  g_autofree char *base = g_path_get_basename (name);
  char *dot = strrchr (base, '.');
  gnutls_pubkey_t pubkey = NULL;

  if (gnutls_pubkey_init (&pubkey) < 0)
    return FALSE;
  if (gnutls_pubkey_import (pubkey, data, GNUTLS_X509_FMT_PEM) < 0)
    {
      gnutls_pubkey_deinit (pubkey);
      return FALSE;
    }
  if (dot != NULL)
    *dot = '\0';
  add_key (self, base, PLT_VERIFY_PURPOSE_QR | PLT_VERIFY_PURPOSE_CODE)->pubkey = pubkey;
  return TRUE;
}

static gboolean
contains (GBytes     *bytes,
          const char *mark)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length > 0 && g_strstr_len (data, (gssize) length, mark) != NULL;
}

/**
 * plt_verify_keys_add_file:
 * @bytes: certificates, a revocation list or a public key, PEM; a certificate or a list, DER
 * @name: of the file; a public key alone is known by it, without its ending
 * @error: %PLT_ISO_ERROR_KEY
 *
 * A certificate of an authority makes every signer trusted that it vouches for.
 */
gboolean
plt_verify_keys_add_file (PltVerifyKeys  *self,
                          GBytes         *bytes,
                          const char     *name,
                          GError        **error)
{
  gsize length;
  const guint8 *content = g_bytes_get_data (bytes, &length);
  gnutls_datum_t data = { (unsigned char *) content, (unsigned int) length };
  gboolean added;

  if (contains (bytes, PEM_CERTIFICATE))
    added = add_certificates (self, &data, GNUTLS_X509_FMT_PEM);
  else if (contains (bytes, "-----BEGIN X509 CRL-----"))
    added = add_revocations (self, &data, GNUTLS_X509_FMT_PEM);
  else if (contains (bytes, "-----BEGIN PUBLIC KEY-----"))
    added = add_public_key (self, &data, name);
  else
    added = length > 0 && (add_certificates (self, &data, GNUTLS_X509_FMT_DER) ||
                           add_revocations (self, &data, GNUTLS_X509_FMT_DER));
  if (!added)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                 _("“%s” holds neither a certificate, a revocation list nor a public key. Take it out of "
                   "the folder, or export it again."), name);
  return added;
}

/**
 * plt_verify_keys_add_point:
 * @id: the name beside its signatures
 * @x: 32 bytes, the point on P-256
 * @until: Unix seconds after which nothing was signed with it any more; 0: in use
 */
gboolean
plt_verify_keys_add_point (PltVerifyKeys     *self,
                           const char        *id,
                           GBytes            *x,
                           GBytes            *y,
                           PltVerifyPurpose   purposes,
                           gint64             until,
                           GError           **error)
{
  gnutls_datum_t x_datum = { (unsigned char *) g_bytes_get_data (x, NULL), COORDINATE_LENGTH };
  gnutls_datum_t y_datum = { (unsigned char *) g_bytes_get_data (y, NULL), COORDINATE_LENGTH };
  gnutls_pubkey_t pubkey = NULL;
  PltVerifyKey *key;

  if (g_bytes_get_size (x) != COORDINATE_LENGTH || g_bytes_get_size (y) != COORDINATE_LENGTH ||
      gnutls_pubkey_init (&pubkey) < 0 ||
      gnutls_pubkey_import_ecc_raw (pubkey, GNUTLS_ECC_CURVE_SECP256R1, &x_datum, &y_datum) < 0)
    {
      g_clear_pointer (&pubkey, gnutls_pubkey_deinit);
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                   _("The published key “%s” is not one of the curve P-256. Export the keys again."), id);
      return FALSE;
    }
  key = add_key (self, id, purposes);
  key->pubkey = pubkey;
  key->until = until;
  return TRUE;
}

static gnutls_x509_crt_t
copy_certificate (gnutls_x509_crt_t crt)
{
  gnutls_datum_t der = { 0 };
  gnutls_x509_crt_t copy = NULL;

  if (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_DER, &der) < 0)
    return NULL;
  if (gnutls_x509_crt_init (&copy) >= 0 && gnutls_x509_crt_import (copy, &der, GNUTLS_X509_FMT_DER) < 0)
    g_clear_pointer (&copy, gnutls_x509_crt_deinit);
  gnutls_free (der.data);
  return copy;
}

static PltVerifyKey *
add_issuer (PltVerifyKeys    *self,
            PltIssuerKey     *issuer,
            PltVerifyPurpose  purposes)
{
  gnutls_x509_crt_t crt = plt_issuer_key_get_certificate (issuer);
  PltVerifyKey *key = add_key (self, plt_issuer_key_get_key_id (issuer), purposes);

  key->issuer = g_object_ref (issuer);
  if (crt != NULL)
    key->crt = copy_certificate (crt);
  return key;
}

/* One key that is neither retired nor revoked: with its certificate, where it has one. */
void
plt_verify_keys_add_issuer (PltVerifyKeys    *self,
                            PltIssuerKey     *issuer,
                            PltVerifyPurpose  purposes)
{
  add_issuer (self, issuer, purposes);
}

/* The office's own keys, those of before, too. One that cannot be opened verifies nothing and hinders nothing; with none
 * that can, the reason is the last one's. */
gboolean
plt_verify_keys_add_ring (PltVerifyKeys  *self,
                          PltKeyRing     *ring,
                          GError        **error)
{
  g_autoptr (GError) reason = NULL;

  for (guint i = 0; i < plt_key_ring_get_n_keys (ring); i++)
    {
      const PltKeyInfo *info = plt_key_ring_get_info (ring, i);
      g_autoptr (PltIssuerKey) issuer = NULL;
      PltVerifyKey *key;

      if (to_purposes (info->purpose) == 0)
        continue;
      g_clear_error (&reason);
      issuer = plt_key_ring_find (ring, info->key_id, NULL, &reason);
      if (issuer == NULL)
        continue;
      key = add_issuer (self, issuer, to_purposes (info->purpose));
      key->until = info->retired;
      key->revoked = info->revoked;
    }
  if (self->keys->len > 0 || reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* By its name, for this purpose first: another office's key may have the same one. */
const PltVerifyKey *
plt_verify_keys_find (PltVerifyKeys    *self,
                      const guint8     *id,
                      gsize             length,
                      PltVerifyPurpose  purpose)
{
  const PltVerifyKey *other = NULL;

  for (guint i = 0; i < self->keys->len; i++)
    {
      const PltVerifyKey *key = self->keys->pdata[i];

      if (key->id == NULL || strlen (key->id) != length || memcmp (key->id, id, length) != 0)
        continue;
      if ((key->purposes & purpose) != 0)
        return key;
      other = key;
    }
  return other;
}

/* The key whose certificate, to the last byte, was put among the trusted ones by itself. */
const PltVerifyKey *
plt_verify_keys_find_pinned (PltVerifyKeys     *self,
                             gnutls_x509_crt_t  crt)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const PltVerifyKey *key = self->keys->pdata[i];

      if (key->crt != NULL && gnutls_x509_crt_equals (key->crt, crt))
        return key;
    }
  return NULL;
}

static gboolean
is_key_of (gnutls_pubkey_t   pubkey,
           gnutls_x509_crt_t crt)
{
  guint8 of_key[32], of_crt[32];
  size_t key_size = sizeof of_key, crt_size = sizeof of_crt;

  return gnutls_pubkey_get_key_id (pubkey, GNUTLS_KEYID_USE_SHA256, of_key, &key_size) >= 0 &&
         gnutls_x509_crt_get_key_id (crt, GNUTLS_KEYID_USE_SHA256, of_crt, &crt_size) >= 0 &&
         key_size == crt_size && memcmp (of_key, of_crt, key_size) == 0;
}

/* Returns: for what a published key set says that the key in @crt is; everything where it says nothing */
PltVerifyPurpose
plt_verify_keys_get_stated (PltVerifyKeys     *self,
                            gnutls_x509_crt_t  crt)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const PltVerifyKey *key = self->keys->pdata[i];

      /* Of which nothing is said are those of codes, of either kind. */
      if (key->pubkey == NULL || key->purposes == (PLT_VERIFY_PURPOSE_QR | PLT_VERIFY_PURPOSE_CODE) ||
          !is_key_of (key->pubkey, crt))
        continue;
      /* One key signs the files of a chip and the PDF417. */
      return key->purposes == PLT_VERIFY_PURPOSE_CODE ? PLT_VERIFY_PURPOSE_CODE | PLT_VERIFY_PURPOSE_DOCUMENT
                                                      : key->purposes;
    }
  return PLT_VERIFY_PURPOSE_ANY;
}

/* ECDSA on P-256 with SHA-256; @raw: r‖s. */
static gboolean
verify_raw (gnutls_pubkey_t  pubkey,
            GBytes          *data,
            const guint8    *raw,
            gsize            length)
{
  gsize size;
  gnutls_datum_t input = { (unsigned char *) g_bytes_get_data (data, &size), 0 };
  gnutls_datum_t parts[2];
  gnutls_datum_t der = { 0 };
  gboolean verified;

  if (length != 2 * COORDINATE_LENGTH)
    return FALSE;
  input.size = (unsigned int) size;
  for (gsize i = 0; i < 2; i++)
    {
      gsize skip = 0;

      while (skip < COORDINATE_LENGTH - 1 && raw[i * COORDINATE_LENGTH + skip] == 0)
        skip++;
      parts[i] = (gnutls_datum_t) { (unsigned char *) raw + i * COORDINATE_LENGTH + skip,
                                    (unsigned int) (COORDINATE_LENGTH - skip) };
    }
  if (gnutls_encode_rs_value (&der, &parts[0], &parts[1]) < 0)
    return FALSE;
  verified = gnutls_pubkey_verify_data2 (pubkey, GNUTLS_SIGN_ECDSA_SHA256, 0, &input, &der) >= 0;
  gnutls_free (der.data);
  return verified;
}

gboolean
plt_verify_key_verifies (const PltVerifyKey *key,
                         GBytes             *data,
                         const guint8       *raw,
                         gsize               length)
{
  if (key->pubkey != NULL)
    return verify_raw (key->pubkey, data, raw, length);
  if (key->issuer != NULL)
    {
      g_autoptr (GBytes) signature = g_bytes_new (raw, length);

      return plt_issuer_key_verify (key->issuer, data, signature, NULL);
    }
  return key->crt != NULL && plt_verify_certificate_verifies (key->crt, data, raw, length);
}

gboolean
plt_verify_certificate_verifies (gnutls_x509_crt_t  crt,
                                 GBytes            *data,
                                 const guint8      *raw,
                                 gsize              length)
{
  gnutls_pubkey_t pubkey = NULL;
  gboolean verified = gnutls_pubkey_init (&pubkey) >= 0 &&
                      gnutls_pubkey_import_x509 (pubkey, crt, 0) >= 0 &&
                      verify_raw (pubkey, data, raw, length);

  g_clear_pointer (&pubkey, gnutls_pubkey_deinit);
  return verified;
}
