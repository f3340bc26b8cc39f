/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies a CMS message (RFC 5652) that brings its signer's certificate. */
#include "plt-verify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OID_SIGNING_CERTIFICATE_V2 "1.2.840.113549.1.9.16.2.47"
#define OID_SIGNING_TIME "1.2.840.113549.1.9.5"
#define MAX_CHAIN 4

static guint
import_chain (gnutls_pkcs7_t     p7,
              gnutls_x509_crt_t *chain)
{
  guint n = 0;

  for (guint i = 0; i < MAX_CHAIN; i++)
    {
      gnutls_datum_t der = { 0 };

      if (gnutls_pkcs7_get_crt_raw2 (p7, i, &der) < 0)
        break;
      if (gnutls_x509_crt_init (&chain[n]) >= 0)
        {
          if (gnutls_x509_crt_import (chain[n], &der, GNUTLS_X509_FMT_DER) >= 0)
            n++;
          else
            gnutls_x509_crt_deinit (chain[n]);
        }
      gnutls_free (der.data);
    }
  return n;
}

/* The certificate that the message names as its signer's comes first. */
static gboolean
put_signer_first (gnutls_pkcs7_t     p7,
                  gnutls_x509_crt_t *chain,
                  guint              n_chain)
{
  gnutls_pkcs7_signature_info_st info = { 0 };
  gboolean found = FALSE;

  if (gnutls_pkcs7_get_signature_count (p7) != 1 || gnutls_pkcs7_get_signature_info (p7, 0, &info) < 0)
    return FALSE;
  for (guint i = 0; i < n_chain && !found; i++)
    {
      guint8 serial[64];
      size_t size = sizeof serial;
      gnutls_datum_t issuer = { 0 };

      found = gnutls_x509_crt_get_serial (chain[i], serial, &size) >= 0 &&
              size == info.signer_serial.size &&
              memcmp (serial, info.signer_serial.data, size) == 0 &&
              gnutls_x509_crt_get_raw_issuer_dn (chain[i], &issuer) >= 0 &&
              issuer.size == info.issuer_dn.size &&
              memcmp (issuer.data, info.issuer_dn.data, issuer.size) == 0;
      gnutls_free (issuer.data);
      if (found)
        {
          gnutls_x509_crt_t signer = chain[i];

          chain[i] = chain[0];
          chain[0] = signer;
        }
    }
  gnutls_pkcs7_signature_info_deinit (&info);
  return found;
}

/* The parts of a message of which its signature does not speak, and which a second writer could change: each
 * has one value that is right (RFC 5652, 5.1 and 5.3). */
typedef struct
{
  PltByteReader version, algorithms, type;                /* of SignedData */
  PltByteReader signer_version, algorithm, signature_type; /* of its one signer */
} Frame;

static gboolean
take (PltByteReader *reader,
      guint          wanted,
      PltByteReader *value)
{
  guint tag;

  return plt_byte_reader_take_tlv (reader, &tag, value) && tag == wanted;
}

static gboolean
read_signer (PltByteReader  infos,
             Frame         *frame)
{
  PltByteReader info, part;

  return take (&infos, 0x30, &info) && plt_byte_reader_left (&infos) == 0 &&
         take (&info, 0x02, &frame->signer_version) && take (&info, 0x30, &part) &&
         take (&info, 0x30, &frame->algorithm) && take (&info, 0xA0, &part) &&
         take (&info, 0x30, &frame->signature_type) && take (&info, 0x04, &part) &&
         plt_byte_reader_left (&info) == 0;
}

/* Nothing, where it stands elsewhere, or one octet string. */
static gboolean
is_content (PltByteReader content)
{
  PltByteReader wrapped, octets;

  return plt_byte_reader_left (&content) == 0 ||
         (take (&content, 0xA0, &wrapped) && plt_byte_reader_left (&content) == 0 &&
          take (&wrapped, 0x04, &octets) && plt_byte_reader_left (&wrapped) == 0);
}

static gboolean
read_frame (PltByteReader  message,
            Frame         *frame)
{
  PltByteReader info, oid, wrapped, data, content, part;
  guint tag;

  if (!take (&message, 0x30, &info) || plt_byte_reader_left (&message) != 0 ||
      !take (&info, 0x06, &oid) || !take (&info, 0xA0, &wrapped) ||
      plt_byte_reader_left (&info) != 0 || !take (&wrapped, 0x30, &data) ||
      plt_byte_reader_left (&wrapped) != 0 || !take (&data, 0x02, &frame->version) ||
      !take (&data, 0x31, &frame->algorithms) || !take (&data, 0x30, &content) ||
      !take (&content, 0x06, &frame->type) || !is_content (content) || !take (&data, 0xA0, &part))
    return FALSE;
  return plt_byte_reader_take_tlv (&data, &tag, &part) && tag == 0x31 &&
         plt_byte_reader_left (&data) == 0 && read_signer (part, frame);
}

static gboolean
is_number (PltByteReader value,
           guint8        number)
{
  return value.length == 1 && value.data[0] == number;
}

static gboolean
equals (PltByteReader  value,
        const guint8  *bytes,
        gsize          length)
{
  return value.length == length && memcmp (value.data, bytes, length) == 0;
}

/* Of an AlgorithmIdentifier: its identifier, with NULL or nothing behind it. */
static gboolean
take_algorithm (PltByteReader  value,
                PltByteReader *oid)
{
  PltByteReader null;

  return take (&value, 0x06, oid) &&
         (plt_byte_reader_left (&value) == 0 ||
          (take (&value, 0x05, &null) && null.length == 0 && plt_byte_reader_left (&value) == 0));
}

static gboolean
has_right_frame (GBytes *cms)
{
  static const guint8 id_data[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01 };
  PltByteReader message = { 0 }, listed, listed_oid, oid;
  Frame frame = { 0 };

  message.data = g_bytes_get_data (cms, &message.length);
  if (!read_frame (message, &frame) ||
      !is_number (frame.version, equals (frame.type, id_data, sizeof id_data) ? 1 : 3) ||
      !is_number (frame.signer_version, 1))
    return FALSE;
  return take (&frame.algorithms, 0x30, &listed) && plt_byte_reader_left (&frame.algorithms) == 0 &&
         take_algorithm (listed, &listed_oid) && take_algorithm (frame.algorithm, &oid) &&
         equals (listed_oid, oid.data, oid.length);
}

/* PAdES wants the signer's certificate by its hash among what is signed (RFC 5035), and no time there. */
static gboolean
is_pades (gnutls_pkcs7_t    p7,
          gnutls_x509_crt_t crt)
{
  static const guint8 head[] = { 0x30, 0x26, 0x30, 0x24, 0x30, 0x22, 0x04, 0x20 };
  gnutls_pkcs7_signature_info_st info = { 0 };
  guint8 digest[32];
  size_t size = sizeof digest;
  gboolean named = FALSE, timed = FALSE;

  if (gnutls_pkcs7_get_signature_info (p7, 0, &info) < 0)
    return FALSE;
  for (unsigned int i = 0;; i++)
    {
      char *oid = NULL;
      gnutls_datum_t data = { 0 };

      if (info.signed_attrs == NULL || gnutls_pkcs7_get_attr (info.signed_attrs, i, &oid, &data, 0) < 0)
        break;
      if (g_str_equal (oid, OID_SIGNING_CERTIFICATE_V2))
        named = gnutls_x509_crt_get_fingerprint (crt, GNUTLS_DIG_SHA256, digest, &size) >= 0 &&
                data.size == sizeof head + sizeof digest &&
                memcmp (data.data, head, sizeof head) == 0 &&
                memcmp (data.data + sizeof head, digest, sizeof digest) == 0;
      timed |= g_str_equal (oid, OID_SIGNING_TIME);
      gnutls_free (data.data);
    }
  gnutls_pkcs7_signature_info_deinit (&info);
  return named && !timed;
}

/* gnutls 3.7 loses memory where it cannot read the key of the certificate it verifies with. */
static gboolean
has_readable_key (gnutls_x509_crt_t crt)
{
  gnutls_pubkey_t pubkey = NULL;
  gboolean readable = gnutls_pubkey_init (&pubkey) >= 0 &&
                      gnutls_pubkey_import_x509 (pubkey, crt, 0) >= 0;

  g_clear_pointer (&pubkey, gnutls_pubkey_deinit);
  return readable;
}

/* Verifies one CMS message whose signer's certificate it brings. @message: what @p7 was read from. @data: NULL where the content is inside.
 * @signed_at: as plt_verify_judge_signer(). Sets the seal. Returns: whether the signature fits */
gboolean
plt_verify_judge_cms (PltVerifyFinding *finding,
                      PltVerifyKeys    *keys,
                      gnutls_pkcs7_t    p7,
                      GBytes           *message,
                      GBytes           *data,
                      PltVerifyPurpose  purpose,
                      gint64            signed_at)
{
  gnutls_x509_crt_t chain[MAX_CHAIN] = { 0 };
  guint n = import_chain (p7, chain);
  gsize length = 0;
  const guint8 *bytes = data != NULL ? g_bytes_get_data (data, &length) : NULL;
  gnutls_datum_t content = { (unsigned char *) bytes, (unsigned int) length };
  gboolean fits = has_right_frame (message) && put_signer_first (p7, chain, n) &&
                  has_readable_key (chain[0]) &&
                  gnutls_pkcs7_verify_direct (p7, chain[0], 0, data != NULL ? &content : NULL, 0) >=
                    0 &&
                  ((purpose & (PLT_VERIFY_PURPOSE_FILE | PLT_VERIFY_PURPOSE_APPROVAL)) == 0 ||
                   is_pades (p7, chain[0]));

  if (fits)
    plt_verify_judge_signer (finding, keys, chain, n, purpose, signed_at);
  else
    {
      finding->seal = PLT_VERIFY_SEAL_BROKEN;
      plt_verify_problem (finding, _("The signature does not fit what it covers: something was changed after the signing. "
                                     "Keep the card and show it to a supervisor."));
    }
  for (guint i = 0; i < n; i++)
    gnutls_x509_crt_deinit (chain[i]);
  return fits;
}
