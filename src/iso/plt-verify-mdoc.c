/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies a mobile licence of ISO/IEC 18013-5: the issuer's signature over the mobile security object, its signer,
 * its time, and the digest of each element that is shown. What the device signed is not looked at. */
#include "plt-verify-mdoc-private.h"

#include "plt-cose.h"
#include "plt-mdl-certificates-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <string.h>

#define MAX_MEMBERS 64
#define MAX_DOCUMENTS 4
#define TAG_DATE_TIME 0
#define TAG_ENCODED 24
#define COSE_KEY_PRIVATE -4
#define LEAST_SALT 16
#define DOC_TYPE "org.iso.18013.5.1.mDL"
#define NAME_SPACE "org.iso.18013.5.1"
#define OWN_NAME_SPACE "org.platen.licence.1"

typedef struct
{
  gnutls_digest_algorithm_t hash;
  GHashTable *digests; /* "name space\nid" → GBytes */
  char       *doc_type;
  gint64      signed_at, from, until;
  gboolean    gives_device_away;
} Object;

static void
object_clear (Object *self)
{
  g_clear_pointer (&self->digests, g_hash_table_unref);
  g_clear_pointer (&self->doc_type, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Object, object_clear)

/* The value of a member of a map with text keys; the reader is left behind the map. */
static gboolean
find_members (PltCborReader *reader,
              guint          n,
              const char    *const names[],
              PltCborReader  found[])
{
  PltCborItem map;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_MAP, &map) || map.value > MAX_MEMBERS)
    return FALSE;
  for (gint64 i = 0; i < map.value; i++)
    {
      g_autofree char *name = plt_cbor_take_text (reader);
      PltCborReader at = *reader;

      if (name == NULL || !plt_cbor_skip (reader))
        return FALSE;
      at.length = reader->position;
      for (guint k = 0; k < n; k++)
        if (g_str_equal (name, names[k]))
          {
            if (found[k].data != NULL)
              return FALSE; /* twice */
            found[k] = at;
          }
    }
  return TRUE;
}

/* #6.24(bstr): what is inside. */
static gboolean
take_encoded (PltCborReader *reader,
              PltCborReader *inner)
{
  PltCborItem tag, bytes;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_TAG, &tag) || tag.value != TAG_ENCODED ||
      !plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &bytes))
    return FALSE;
  *inner = (PltCborReader) { bytes.data, bytes.length, 0 };
  return TRUE;
}

/* ISO/IEC 18013-5, 9.1.2.4: not tagged, with its certificates. */
static gboolean
read_auth (PltCborReader *reader,
           PltCoseSign1  *auth)
{
  return plt_cose_take_sign1 (reader, auth) && plt_cbor_at_end (reader) && !auth->tagged &&
         auth->n_certificates > 0;
}

/* ---- the mobile security object ---- */

static gboolean
read_time (PltCborReader  reader,
           gint64        *seconds)
{
  PltCborItem tag;
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (!plt_cbor_take_kind (&reader, PLT_CBOR_TAG, &tag) || tag.value != TAG_DATE_TIME)
    return FALSE;
  text = plt_cbor_take_text (&reader);
  time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  if (time == NULL)
    return FALSE;
  *seconds = g_date_time_to_unix (time);
  return TRUE;
}

static gboolean
read_validity (PltCborReader  reader,
               Object        *object)
{
  static const char *const names[] = { "signed", "validFrom", "validUntil" };
  PltCborReader found[3] = { 0 };

  return find_members (&reader, 3, names, found) && found[0].data != NULL &&
         found[1].data != NULL && found[2].data != NULL &&
         read_time (found[0], &object->signed_at) && read_time (found[1], &object->from) &&
         read_time (found[2], &object->until);
}

static gboolean
read_name_space_digests (PltCborReader *reader,
                         const char    *name_space,
                         Object        *object)
{
  PltCborItem map, id, digest;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_MAP, &map) || map.value > 512)
    return FALSE;
  for (gint64 i = 0; i < map.value; i++)
    {
      if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &id) ||
          !plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &digest))
        return FALSE;
      if (!g_hash_table_insert (object->digests,
                                g_strdup_printf ("%s\n%" G_GINT64_FORMAT, name_space, id.value),
                                g_bytes_new (digest.data, digest.length)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_digests (PltCborReader  reader,
              Object        *object)
{
  PltCborItem map;

  if (!plt_cbor_take_kind (&reader, PLT_CBOR_MAP, &map) || map.value > MAX_MEMBERS)
    return FALSE;
  for (gint64 i = 0; i < map.value; i++)
    {
      g_autofree char *name_space = plt_cbor_take_text (&reader);

      if (name_space == NULL || !read_name_space_digests (&reader, name_space, object))
        return FALSE;
    }
  return TRUE;
}

static gnutls_digest_algorithm_t
find_hash (const char *name)
{
  if (g_strcmp0 (name, "SHA-256") == 0)
    return GNUTLS_DIG_SHA256;
  if (g_strcmp0 (name, "SHA-384") == 0)
    return GNUTLS_DIG_SHA384;
  return g_strcmp0 (name, "SHA-512") == 0 ? GNUTLS_DIG_SHA512 : GNUTLS_DIG_UNKNOWN;
}

/* A COSE_Key of the holder's telephone, whose private half (-4) nobody else may have. */
static gboolean
read_device_key (PltCborReader  reader,
                 Object        *object)
{
  static const char *const names[] = { "deviceKey" };
  PltCborReader found[1] = { 0 };
  PltCborItem map, label;

  if (!find_members (&reader, 1, names, found) || found[0].data == NULL ||
      !plt_cbor_take_kind (&found[0], PLT_CBOR_MAP, &map) || map.value > MAX_MEMBERS)
    return FALSE;
  for (gint64 i = 0; i < map.value; i++)
    {
      if (!plt_cbor_take_kind (&found[0], PLT_CBOR_INT, &label) || !plt_cbor_skip (&found[0]))
        return FALSE;
      object->gives_device_away |= label.value == COSE_KEY_PRIVATE;
    }
  return TRUE;
}

static gboolean
read_object (const PltCborItem *payload,
             Object            *object)
{
  static const char *const names[] = { "version", "digestAlgorithm", "valueDigests",
                                       "docType", "validityInfo",    "deviceKeyInfo" };
  PltCborReader outer = { payload->data, payload->length, 0 };
  PltCborReader reader, found[6] = { 0 };
  g_autofree char *version = NULL;
  g_autofree char *hash = NULL;

  if (!take_encoded (&outer, &reader) || !plt_cbor_at_end (&outer) ||
      !find_members (&reader, 6, names, found) || !plt_cbor_at_end (&reader))
    return FALSE;
  for (guint i = 0; i < 6; i++)
    if (found[i].data == NULL)
      return FALSE;
  version = plt_cbor_take_text (&found[0]);
  hash = plt_cbor_take_text (&found[1]);
  object->doc_type = plt_cbor_take_text (&found[3]);
  object->hash = find_hash (hash);
  object->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_bytes_unref);
  return g_strcmp0 (version, "1.0") == 0 && object->hash != GNUTLS_DIG_UNKNOWN && object->doc_type != NULL &&
         read_digests (found[2], object) && read_validity (found[4], object) &&
         read_device_key (found[5], object);
}

/* ---- elements ---- */

static gboolean
check_digest (PltVerifyFinding *finding,
              Object           *object,
              const char       *name_space,
              gint64            id,
              const guint8     *data,
              gsize             length)
{
  g_autofree char *key = g_strdup_printf ("%s\n%" G_GINT64_FORMAT, name_space, id);
  GBytes *expected = g_hash_table_lookup (object->digests, key);
  guint8 digest[64];
  gboolean fits = expected != NULL && gnutls_hash_fast (object->hash, data, length, digest) >= 0 &&
                  g_bytes_get_size (expected) == gnutls_hash_get_len (object->hash) &&
                  memcmp (digest, g_bytes_get_data (expected, NULL), g_bytes_get_size (expected)) == 0;

  /* Each digest stands for one element: taken away, it cannot serve a second one. */
  if (fits)
    g_hash_table_remove (object->digests, key);
  return fits;
}

/* What ISO has no element for: the card of the same licence, and that it is a specimen. */
static gboolean
claim_own (PltVerifyFinding *finding,
           const char       *element,
           PltCborReader     value)
{
  g_autofree char *text = NULL;

  if (g_str_equal (element, "specimen"))
    {
      PltCborItem item;

      finding->specimen = plt_cbor_take_kind (&value, PLT_CBOR_BOOL, &item) && item.value != 0;
      return finding->specimen;
    }
  if (!g_str_equal (element, "document_discriminator"))
    return FALSE;
  text = plt_cbor_take_text (&value);
  if (text != NULL)
    plt_verify_claim (finding, PLT_VERIFY_FIELD_DOCUMENT_NUMBER, text);
  return text != NULL;
}

static gboolean
read_item (PltVerifyFinding *finding,
           Object           *object,
           const char       *name_space,
           PltCborReader    *list)
{
  static const char *const names[] = { "digestID", "random", "elementIdentifier", "elementValue" };
  PltCborReader reader, found[4] = { 0 };
  PltCborItem id, salt;
  gsize start = list->position;
  g_autofree char *element = NULL;

  if (!take_encoded (list, &reader) || !find_members (&reader, 4, names, found) ||
      !plt_cbor_at_end (&reader) || found[0].data == NULL || found[1].data == NULL ||
      found[2].data == NULL || found[3].data == NULL ||
      !plt_cbor_take_kind (&found[0], PLT_CBOR_INT, &id) ||
      !plt_cbor_take_kind (&found[1], PLT_CBOR_BYTES, &salt))
    return FALSE;
  element = plt_cbor_take_text (&found[2]);
  if (element == NULL)
    return FALSE;
  if (!check_digest (finding, object, name_space, id.value, list->data + start, list->position - start))
    plt_verify_problem (finding, _("The element “%s” is not the one that was signed: it was changed, or belongs to another "
                                   "licence."), element);
  if (salt.length < LEAST_SALT)
    plt_verify_problem (finding, _("The element “%s” can be guessed without being shown: its random number is shorter than "
                                   "the standard allows."), element);
  if (!g_str_equal (name_space, OWN_NAME_SPACE) || !claim_own (finding, element, found[3]))
    plt_verify_claim_element (finding, g_str_equal (name_space, NAME_SPACE), element, found[3]);
  return TRUE;
}

static gboolean
read_name_spaces (PltVerifyFinding *finding,
                  Object           *object,
                  PltCborReader     reader)
{
  PltCborItem map, list;

  if (!plt_cbor_take_kind (&reader, PLT_CBOR_MAP, &map) || map.value > MAX_MEMBERS)
    return FALSE;
  for (gint64 i = 0; i < map.value; i++)
    {
      g_autofree char *name_space = plt_cbor_take_text (&reader);

      if (name_space == NULL || !plt_cbor_take_kind (&reader, PLT_CBOR_ARRAY, &list) ||
          list.value > 256)
        return FALSE;
      for (gint64 n = 0; n < list.value; n++)
        if (!read_item (finding, object, name_space, &reader))
          return FALSE;
    }
  return TRUE;
}

/* ---- the signature ---- */

static guint
import_chain (const PltCoseSign1 *message,
              gnutls_x509_crt_t  *chain)
{
  guint n = 0;

  for (guint i = 0; i < message->n_certificates; i++)
    {
      gnutls_datum_t der = { (unsigned char *) message->certificates[i].data,
                             (unsigned int) message->certificates[i].length };

      if (gnutls_x509_crt_init (&chain[n]) < 0)
        continue;
      if (gnutls_x509_crt_import (chain[n], &der, GNUTLS_X509_FMT_DER) >= 0)
        n++;
      else
        gnutls_x509_crt_deinit (chain[n]);
    }
  return n;
}

/* The signer's own words: for what (18013-5, Table B.3, of which strict readers forgive nothing), and in
 * which country. */
static void
check_signer (PltVerifyFinding  *finding,
              gnutls_x509_crt_t  crt,
              const char        *country)
{
  g_autoptr (GError) error = NULL;
  char of_signer[16] = "";
  size_t country_size = sizeof of_signer;

  if (!plt_mdl_certificates_check_profile (crt, FALSE, &error))
    {
      finding->seal = MIN (finding->seal, PLT_VERIFY_SEAL_BROKEN);
      plt_verify_problem (finding, "%s", error->message);
    }
  if (gnutls_x509_crt_get_dn_by_oid (crt, GNUTLS_OID_X520_COUNTRY_NAME, 0, 0, of_signer,
                                     &country_size) < 0 ||
      g_strcmp0 (of_signer, country) != 0)
    plt_verify_problem (finding, _("The issuing country “%s” is not that of the signer’s certificate, “%s”."),
                        country != NULL ? country : "", of_signer);
}

static void
judge (PltVerifyFinding   *finding,
       PltVerifyKeys      *keys,
       const PltCoseSign1 *message,
       const Object       *object,
       const char         *country)
{
  gnutls_x509_crt_t chain[PLT_COSE_MAX_CHAIN] = { 0 };
  guint n = import_chain (message, chain);
  g_autoptr (GBytes) signed_bytes = plt_cose_get_signed_bytes (message);

  if (message->alg == PLT_COSE_ALG_ES256 && n > 0 &&
      plt_verify_certificate_verifies (chain[0], signed_bytes, message->signature.data,
                                       message->signature.length))
    {
      plt_verify_judge_signer (finding, keys, chain, n, PLT_VERIFY_PURPOSE_DOCUMENT, object->signed_at);
      check_signer (finding, chain[0], country);
      if (object->signed_at < gnutls_x509_crt_get_activation_time (chain[0]))
        plt_verify_problem (finding, _("It was signed before the signer’s certificate was valid."));
    }
  else
    {
      finding->seal = PLT_VERIFY_SEAL_BROKEN;
      plt_verify_problem (finding, _("The signature of the mobile licence does not fit, or is not ES256: something was changed "
                                     "after the signing."));
    }
  for (guint i = 0; i < n; i++)
    gnutls_x509_crt_deinit (chain[i]);
}

/* What no issuer writes who keeps to the standard (9.1.2.4). */
static void
check_object (PltVerifyFinding *finding,
              const Object     *object)
{
  if (object->from < object->signed_at || object->until <= object->from)
    plt_verify_problem (finding, _("Its times contradict each other: it is valid before it was signed, or ends before it "
                                   "begins."));
  if (object->gives_device_away)
    plt_verify_problem (finding, _("It holds the private key of the holder’s telephone, so whoever has it can pretend to "
                                   "be the holder."));
}

static gboolean
read_issuer_signed (PltCborReader  *reader,
                    PltVerifyKeys  *keys,
                    GPtrArray      *findings)
{
  static const char *const names[] = { "nameSpaces", "issuerAuth" };
  g_autoptr (PltVerifyFinding) finding = plt_verify_finding_new (PLT_VERIFY_FORM_MDOC,
                                                                 _("Mobile licence (mdoc)"));
  PltCborReader found[2] = { 0 };
  g_autofree char *country = NULL;
  g_auto (Object) object = { 0 };
  PltCoseSign1 auth = { 0 };

  if (!find_members (reader, 2, names, found) || found[1].data == NULL ||
      !read_auth (&found[1], &auth) || !read_object (&auth.payload, &object) ||
      (found[0].data != NULL && !read_name_spaces (finding, &object, found[0])))
    return FALSE;
  plt_verify_detail (finding, _("Form"), "ISO/IEC 18013-5, %s", object.doc_type);
  if (!g_str_equal (object.doc_type, DOC_TYPE))
    plt_verify_problem (finding, _("The document is no driving licence but “%s”."), object.doc_type);
  finding->valid_from = object.from;
  finding->valid_until = object.until;
  plt_verify_narrow_to_claimed_days (finding);
  check_object (finding, &object);
  country = plt_verify_dup_issuing_country (finding);
  judge (finding, keys, &auth, &object, country);
  plt_verify_remark (finding, _("Whether the telephone is the holder’s is not said by this: compare with the portrait."));
  g_ptr_array_add (findings, g_steal_pointer (&finding));
  return TRUE;
}

static gboolean
read_response (PltCborReader   documents,
               PltVerifyKeys  *keys,
               GPtrArray      *findings)
{
  static const char *const names[] = { "issuerSigned" };
  PltCborItem list;

  if (!plt_cbor_take_kind (&documents, PLT_CBOR_ARRAY, &list) || list.value < 1 ||
      list.value > MAX_DOCUMENTS)
    return FALSE;
  for (gint64 i = 0; i < list.value; i++)
    {
      PltCborReader found[1] = { 0 };

      if (!find_members (&documents, 1, names, found) || found[0].data == NULL ||
          !read_issuer_signed (&found[0], keys, findings))
        return FALSE;
    }
  return TRUE;
}

/* @bytes: IssuerSigned, or a DeviceResponse around it. */
gboolean
plt_verify_read_mdoc (GBytes         *bytes,
                      PltVerifyKeys  *keys,
                      GPtrArray      *findings,
                      GError        **error)
{
  static const char *const names[] = { "documents" };
  PltCborReader whole = { 0 }, found[1] = { 0 };
  PltCborReader reader;

  whole.data = g_bytes_get_data (bytes, &whole.length);
  reader = whole;
  if (find_members (&reader, 1, names, found) && plt_cbor_at_end (&reader) &&
      (found[0].data != NULL ? read_response (found[0], keys, findings)
                             : read_issuer_signed (&whole, keys, findings)))
    return TRUE;
  return plt_verify_refuse (error, _("The data is not a whole mobile licence of ISO/IEC 18013-5: it is cut, damaged, or encoded in "
                                     "a manner that the standard does not allow."));
}
