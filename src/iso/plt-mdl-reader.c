/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an mdoc and proves what can be proved by itself: the signature of the security object, the
 * signer's certificate, the digest of every element over the bytes as they came. */
#include "plt-mdl-reader-private.h"

#include "plt-cose.h"
#include "plt-mdl-certificates-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <string.h>

#define TAG_ENCODED_CBOR 24
#define MAX_LENGTH (4 * 1024 * 1024)
#define MAX_ELEMENTS 1024
#define MIN_RANDOM_LENGTH 16
#define MAX_DIGEST_LENGTH 64

typedef struct
{
  PltMdl            *mdl;
  PltMdlObject       object;
  PltCborReader      issuer_auth;
  PltCborReader      name_spaces;
  char              *doc_type;    /* beside the document, or NULL */
  gnutls_x509_crt_t  crt;
  GHashTable        *seen;        /* digest identifiers of one name space */
  const char        *name_space;
  guint              n_elements;
  const char        *what;        /* where it went wrong */
  GError           **error;
} Reading;

static gboolean
fail_changed (Reading    *self,
              const char *identifier)
{
  g_set_error (self->error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
               /* Translators: the name of a data element, e.g. "birth_date". */
               _("The element “%s” of the mobile driving licence is not what was signed: it was changed. "
                 "Do not accept the licence before a supervisor has looked at it."), identifier);
  return FALSE;
}

static gboolean
take_issuer_signed_member (gpointer           user_data,
                           const PltCborItem *key,
                           PltCborReader     *reader)
{
  Reading *self = user_data;

  if (plt_cbor_is_text (key, "nameSpaces"))
    return plt_cbor_take_part (reader, &self->name_spaces);
  if (plt_cbor_is_text (key, "issuerAuth"))
    return plt_cbor_take_part (reader, &self->issuer_auth);

  return FALSE;
}

static gboolean
take_document_member (gpointer           user_data,
                      const PltCborItem *key,
                      PltCborReader     *reader)
{
  Reading *self = user_data;

  if (plt_cbor_is_text (key, "issuerSigned"))
    return plt_cbor_take_map (reader, take_issuer_signed_member, self);
  if (!plt_cbor_is_text (key, "docType"))
    return plt_cbor_skip (reader);
  self->doc_type = plt_cbor_take_text (reader);

  return self->doc_type != NULL;
}

/* A DeviceResponse may hold more than licences; one that holds two documents is not guessed about. */
static gboolean
take_documents (Reading       *self,
                PltCborReader *reader)
{
  PltCborItem list;

  return plt_cbor_take_kind (reader, PLT_CBOR_ARRAY, &list) && list.value == 1 &&
         plt_cbor_take_map (reader, take_document_member, self);
}

static gboolean
take_top_member (gpointer           user_data,
                 const PltCborItem *key,
                 PltCborReader     *reader)
{
  Reading *self = user_data;

  if (plt_cbor_is_text (key, "documents"))
    return take_documents (self, reader);
  if (plt_cbor_is_text (key, "version") || plt_cbor_is_text (key, "status") ||
      plt_cbor_is_text (key, "documentErrors"))
    return plt_cbor_skip (reader);

  return take_issuer_signed_member (self, key, reader);
}

static gnutls_sign_algorithm_t
find_algorithm (gint64 alg)
{
  switch (alg)
    {
    case PLT_COSE_ALG_ES256:
      return GNUTLS_SIGN_ECDSA_SHA256;
    case PLT_COSE_ALG_ES384:
      return GNUTLS_SIGN_ECDSA_SHA384;
    case PLT_COSE_ALG_ES512:
      return GNUTLS_SIGN_ECDSA_SHA512;
    default:
      return GNUTLS_SIGN_UNKNOWN;
    }
}

/* r‖s, each as long as the curve's coordinates. */
static int
make_der (const PltCborItem *signature,
          gnutls_datum_t    *der)
{
  gnutls_datum_t parts[2];
  gsize half = signature->length / 2;

  for (int i = 0; i < 2; i++)
    {
      const guint8 *part = signature->data + (gsize) i * half;
      gsize skip = 0;

      while (skip + 1 < half && part[skip] == 0)
        skip++;
      parts[i] = (gnutls_datum_t) { (unsigned char *) part + skip, (unsigned int) (half - skip) };
    }

  return gnutls_encode_rs_value (der, &parts[0], &parts[1]);
}

static gsize
get_signature_length (gnutls_pubkey_t key)
{
  unsigned int bits = 0;

  if (gnutls_pubkey_get_pk_algorithm (key, &bits) != GNUTLS_PK_ECDSA)
    return 0;

  return 2 * ((bits + 7) / 8);
}

static gboolean
verify (gnutls_x509_crt_t   crt,
        const PltCoseSign1 *message)
{
  g_autoptr (GBytes) signed_bytes = plt_cose_get_signed_bytes (message);
  gsize length;
  const guint8 *data = g_bytes_get_data (signed_bytes, &length);
  gnutls_datum_t input = { (unsigned char *) data, (unsigned int) length };
  gnutls_datum_t der = { 0 };
  gnutls_pubkey_t key = NULL;
  gboolean verified = FALSE;

  if (gnutls_pubkey_init (&key) >= 0 && gnutls_pubkey_import_x509 (key, crt, 0) >= 0 &&
      message->signature.length > 0 &&
      message->signature.length == get_signature_length (key) &&
      make_der (&message->signature, &der) >= 0)
    verified = gnutls_pubkey_verify_data2 (key, find_algorithm (message->alg), 0, &input,
                                           &der) >= 0;
  gnutls_free (der.data);
  g_clear_pointer (&key, gnutls_pubkey_deinit);

  return verified;
}

static gboolean
open_certificate (Reading            *self,
                  const PltCoseSign1 *message)
{
  self->mdl->certificate =
    g_bytes_new (message->certificates[0].data, message->certificates[0].length);
  self->crt = plt_mdl_certificates_load (self->mdl->certificate, self->error);
  if (self->crt == NULL || !plt_mdl_certificates_check_profile (self->crt, FALSE, self->error))
    return FALSE;
  self->mdl->signer = plt_mdl_certificates_dup_name (self->crt, GNUTLS_OID_X520_COMMON_NAME);

  return TRUE;
}

static gboolean
fail_signature (Reading *self)
{
  g_set_error_literal (self->error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
                       _("The signature of the mobile driving licence is not that of its signer: it was "
                         "changed. Do not accept it before a supervisor has looked at it."));
  return FALSE;
}

/* ISO/IEC 18013-5 has the message untagged, and the certificate in its unprotected header. */
static gboolean
open_issuer_auth (Reading *self)
{
  PltCoseSign1 message;
  PltCborReader payload;

  self->what = "issuerAuth";
  if (self->issuer_auth.length == 0 || !plt_cose_take_sign1 (&self->issuer_auth, &message) ||
      message.tagged || message.n_certificates == 0)
    return FALSE;
  if (find_algorithm (message.alg) == GNUTLS_SIGN_UNKNOWN)
    {
      g_set_error (self->error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
                   _("The mobile driving licence is signed in a way that this program does not know "
                     "(COSE algorithm %d). Check it with a reader that does."), (int) message.alg);
      return FALSE;
    }
  if (!open_certificate (self, &message))
    return FALSE;
  if (!verify (self->crt, &message))
    return fail_signature (self);
  payload = (PltCborReader) { message.payload.data, message.payload.length, 0 };

  return plt_mdl_object_read (&self->object, self->mdl, &payload, &self->what, self->error);
}

/* Signed while the certificate was valid, as a mobile driving licence, and as nothing else. */
static gboolean
check_object (Reading *self)
{
  gint64 begin = gnutls_x509_crt_get_activation_time (self->crt);
  gint64 end = gnutls_x509_crt_get_expiration_time (self->crt);

  self->what = "docType";
  if (!g_str_equal (self->object.doc_type, PLT_MDL_DOC_TYPE) ||
      (self->doc_type != NULL && !g_str_equal (self->doc_type, PLT_MDL_DOC_TYPE)))
    return FALSE;
  if (self->mdl->signed_at >= begin && self->mdl->signed_at <= end)
    return TRUE;

  g_set_error_literal (self->error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
                       _("The mobile driving licence was not signed while its signer’s certificate was "
                         "valid. Do not accept it before a supervisor has looked at it."));
  return FALSE;
}

typedef struct
{
  gint64         digest_id; /* -1: none */
  gsize          random_length;
  char          *identifier;
  PltCborReader  value;
} Item;

static gboolean
take_item_member (gpointer           user_data,
                  const PltCborItem *key,
                  PltCborReader     *reader)
{
  Item *item = user_data;
  PltCborItem value;

  if (plt_cbor_is_text (key, "elementValue"))
    return plt_cbor_take_part (reader, &item->value);
  if (plt_cbor_is_text (key, "elementIdentifier"))
    {
      item->identifier = plt_cbor_take_text (reader);
      return item->identifier != NULL;
    }
  if (plt_cbor_is_text (key, "digestID"))
    {
      if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &value) || value.value < 0)
        return FALSE;
      item->digest_id = value.value;
      return TRUE;
    }
  if (!plt_cbor_is_text (key, "random") || !plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &value))
    return FALSE;
  item->random_length = value.length;

  return TRUE;
}

/* The digest is over the tag, the head of the byte string and its bytes, as they came. */
static gboolean
has_digest (Reading             *self,
            const PltCborReader *tagged,
            gint64               digest_id)
{
  g_autofree char *name = g_strdup_printf ("%s\n%" G_GINT64_FORMAT, self->name_space, digest_id);
  GBytes *wanted = g_hash_table_lookup (self->object.digests, name);
  guint8 digest[MAX_DIGEST_LENGTH];
  gsize length = gnutls_hash_get_len (self->object.algorithm);

  return wanted != NULL && g_bytes_get_size (wanted) == length && length <= sizeof digest &&
         gnutls_hash_fast (self->object.algorithm, tagged->data, tagged->length, digest) >= 0 &&
         memcmp (g_bytes_get_data (wanted, NULL), digest, length) == 0;
}

static gboolean
keep_item (Reading             *self,
           const PltCborReader *tagged,
           Item                *item)
{
  if (item->digest_id < 0 || item->identifier == NULL || item->value.length == 0 ||
      item->random_length < MIN_RANDOM_LENGTH ||
      !g_hash_table_add (self->seen, g_memdup2 (&item->digest_id, sizeof item->digest_id)))
    return FALSE;
  if (!has_digest (self, tagged, item->digest_id))
    return fail_changed (self, item->identifier);
  if (plt_mdl_elements_read (self->mdl, self->name_space, item->identifier, &item->value))
    return TRUE;

  g_set_error (self->error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The element “%s” of the mobile driving licence is signed, but is not of the form that "
                 "ISO/IEC 18013-5 gives it. Tell the issuing authority."), item->identifier);
  return FALSE;
}

static gboolean
take_item (Reading       *self,
           PltCborReader *reader)
{
  PltCborReader tagged;
  PltCborReader at;
  PltCborReader inner;
  Item item = { .digest_id = -1 };
  gboolean taken;

  if (++self->n_elements > MAX_ELEMENTS || !plt_cbor_take_part (reader, &tagged))
    return FALSE;
  at = tagged;
  taken = plt_cbor_take_tag (&at, TAG_ENCODED_CBOR) && plt_cbor_take_inner (&at, &inner) &&
          plt_cbor_take_map (&inner, take_item_member, &item) && plt_cbor_at_end (&inner) &&
          keep_item (self, &tagged, &item);
  g_free (item.identifier);

  return taken;
}

static gboolean
take_name_space (gpointer           user_data,
                 const PltCborItem *key,
                 PltCborReader     *reader)
{
  Reading *self = user_data;
  g_autofree char *name_space = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  PltCborItem list;
  gboolean taken = TRUE;

  if (key->kind != PLT_CBOR_TEXT ||
      !g_utf8_validate_len ((const char *) key->data, key->length, NULL) ||
      !plt_cbor_take_kind (reader, PLT_CBOR_ARRAY, &list) || list.value < 1)
    return FALSE;
  name_space = g_strndup ((const char *) key->data, key->length);
  self->name_space = name_space;
  self->seen = seen;
  for (gint64 i = 0; i < list.value && taken; i++)
    taken = take_item (self, reader);
  self->name_space = NULL;
  self->seen = NULL;

  return taken;
}

static const char *
find_text (PltMdl     *mdl,
           const char *identifier)
{
  for (guint i = 0; i < mdl->elements->len; i++)
    {
      PltMdlElement *element = mdl->elements->pdata[i];

      if (g_str_equal (element->identifier, identifier) &&
          g_str_equal (element->name_space, PLT_MDL_NAME_SPACE))
        return element->text;
    }

  return NULL;
}

/* What is not shown cannot be compared. */
static gboolean
check_place (Reading *self)
{
  g_autofree char *country =
    plt_mdl_certificates_dup_name (self->crt, GNUTLS_OID_X520_COUNTRY_NAME);
  g_autofree char *state =
    plt_mdl_certificates_dup_name (self->crt, GNUTLS_OID_X520_STATE_OR_PROVINCE_NAME);
  const char *issuing = find_text (self->mdl, "issuing_country");
  const char *jurisdiction = find_text (self->mdl, "issuing_jurisdiction");

  if ((issuing == NULL || g_strcmp0 (issuing, country) == 0) &&
      (jurisdiction == NULL || state == NULL || g_str_equal (jurisdiction, state)))
    return TRUE;

  g_set_error (self->error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
               _("The mobile driving licence says that it is of “%s”, but its signer’s certificate is one "
                 "of “%s”. Do not accept it before a supervisor has looked at it."),
               issuing != NULL ? issuing : jurisdiction, country != NULL ? country : "");
  return FALSE;
}

static gboolean
read_all (Reading *self,
          GBytes  *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  PltCborReader reader = { data, length, 0 };

  self->what = "IssuerSigned";
  if (length > MAX_LENGTH || !plt_cbor_take_map (&reader, take_top_member, self) ||
      !plt_cbor_at_end (&reader) || !open_issuer_auth (self) || !check_object (self))
    return FALSE;
  self->what = "nameSpaces";
  if (self->name_spaces.length == 0 ||
      !plt_cbor_take_map (&self->name_spaces, take_name_space, self) ||
      self->mdl->elements == NULL)
    return FALSE;

  return check_place (self);
}

/**
 * plt_mdl_read:
 * @bytes: IssuerSigned, or a DeviceResponse with one document
 * @error: %PLT_ISO_ERROR_INVALID for what is not an mdoc of a driving licence,
 *   %PLT_ISO_ERROR_SIGNATURE for a changed one, %PLT_ISO_ERROR_KEY for a certificate that is not one
 *   of a document signer, %PLT_ISO_ERROR_UNCONFIRMED for versions and algorithms not known here
 *
 * The issuer's part of ISO/IEC 18013-5, 9.3.1, but for what needs more than the bytes:
 * plt_mdl_check_chain() asks whether a trusted root stands behind the signer, plt_mdl_check_times()
 * for the time. Whether the device is the holder's is not asked here.
 *
 * Returns: (transfer full) (nullable): what it says
 */
PltMdl *
plt_mdl_read (GBytes  *bytes,
              GError **error)
{
  g_autoptr (PltMdl) mdl = g_new0 (PltMdl, 1);
  g_autoptr (GError) problem = NULL;
  Reading reading = { .mdl = mdl, .error = &problem };
  gboolean complete;

  g_return_val_if_fail (bytes != NULL, NULL);

  mdl->data = plt_licence_data_new ();
  complete = read_all (&reading, bytes);
  plt_mdl_object_clear (&reading.object);
  g_clear_pointer (&reading.crt, gnutls_x509_crt_deinit);
  g_free (reading.doc_type);
  if (!complete)
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      else
        g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                     /* Translators: a part of a data format, e.g. "issuerAuth". */
                     _("This is not a mobile driving licence of ISO/IEC 18013-5: its “%s” is missing or "
                       "not well formed. Have it sent again."), reading.what);
      return NULL;
    }
  mdl->missing = plt_mdl_elements_list_missing (mdl);
  plt_mdl_elements_fill_empty (mdl);

  return g_steal_pointer (&mdl);
}

/**
 * plt_mdl_check_times:
 * @self: what was read
 * @now: Unix seconds
 * @error: %PLT_ISO_ERROR_NOT_CURRENT
 *
 * The signature's own time, which is technical and shorter than the licence's.
 *
 * Returns: whether @now lies from validFrom on and not behind validUntil
 */
gboolean
plt_mdl_check_times (PltMdl  *self,
                     gint64   now,
                     GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (now >= self->valid_from && now <= self->valid_until)
    return TRUE;

  if (now < self->valid_from)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NOT_CURRENT,
                 _("The mobile driving licence of %s is genuine but not yet valid. Look at its date of "
                   "issue, and at the clock of this computer."), self->data->licence_number);
  else
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NOT_CURRENT,
                 _("The mobile driving licence of %s is genuine but was signed too long ago. The holder’s "
                   "wallet must fetch it anew."), self->data->licence_number);
  return FALSE;
}

/**
 * plt_mdl_check_chain:
 * @self: what was read
 * @roots: (element-type GBytes): the IACA roots that are trusted, DER
 * @revocation_lists: (element-type GBytes) (nullable): DER or PEM
 * @now: Unix seconds, or 0 not to ask for the time of certificates
 * @error: as of plt_mdl_certificates_check_chain(), with the last root's answer
 *
 * Returns: whether one of @roots stands behind the signer
 */
gboolean
plt_mdl_check_chain (PltMdl     *self,
                     GPtrArray  *roots,
                     GPtrArray  *revocation_lists,
                     gint64      now,
                     GError    **error)
{
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (roots != NULL, FALSE);

  for (guint i = 0; i < roots->len; i++)
    {
      g_autoptr (GError) answer = NULL;

      if (plt_mdl_certificates_check_chain (self->certificate, roots->pdata[i], revocation_lists, now,
                                            &answer))
        return TRUE;
      /* "Another issuer" says less than what is wrong with the right one. */
      if (problem == NULL || !g_error_matches (answer, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE))
        {
          g_clear_error (&problem);
          problem = g_steal_pointer (&answer);
        }
    }
  if (problem == NULL)
    g_set_error_literal (&problem, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                         _("Who signed the mobile driving licence cannot be told, because this office "
                           "trusts no issuing authority’s certificate. Ask an administrator for it."));
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
plt_mdl_free (PltMdl *self)
{
  g_return_if_fail (self != NULL);

  plt_licence_data_free (self->data);
  g_clear_pointer (&self->elements, g_ptr_array_unref);
  g_clear_pointer (&self->certificate, g_bytes_unref);
  g_strfreev (self->missing);
  g_free (self->signer);
  g_free (self);
}
