/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn at random for an mDL: salts, the order of digests, decoys, a one-off key.
 *
 * An auditor who draws a card again must get the same bytes, and whoever only knows what the card
 * shows must not guess a salt. Both hold when everything is derived (HKDF, RFC 5869) from a signature
 * over the content: a key from a file signs deterministically (RFC 6979), and nobody else can make
 * that signature, which is never written anywhere. A token draws its own random number for every
 * signature, so nothing of it can be repeated anyway; there fresh randomness costs no signature. */
#include "plt-mdl-private.h"

#include "plt-issuer-key-private.h"

#include <gnutls/crypto.h>
#include <string.h>

/* No Sig_structure of COSE begins like this, so the signature is good for nothing else. */
#define SEED_LABEL "Platen: randomness of an ISO/IEC 18013-5 mDL, 1"
#define HKDF_SALT "Platen mDL"

static void
add_part (gnutls_hash_hd_t hash,
          gconstpointer    data,
          gsize            length)
{
  guint64 size = GUINT64_TO_BE (length);
  int code = gnutls_hash (hash, &size, sizeof size);

  if (code >= 0)
    code = gnutls_hash (hash, data, length);
  g_assert (code >= 0);
}

static void
add_number (gnutls_hash_hd_t hash,
            gint64           number)
{
  gint64 bytes = GINT64_TO_BE (number);

  add_part (hash, &bytes, sizeof bytes);
}

static void
hash_content (const PltMdlContent *content,
              guint8               digest[PLT_MDL_DIGEST_LENGTH])
{
  gnutls_hash_hd_t hash;
  int code = gnutls_hash_init (&hash, GNUTLS_DIG_SHA256);

  g_assert (code >= 0);
  for (guint i = 0; i < content->n_name_spaces; i++)
    {
      const PltMdlNameSpace *name_space = &content->name_spaces[i];

      add_part (hash, name_space->name_space, strlen (name_space->name_space));
      for (guint j = 0; j < name_space->items->len; j++)
        {
          const PltMdlItem *item = name_space->items->pdata[j];

          add_part (hash, item->identifier, strlen (item->identifier));
          add_part (hash, item->value->data, item->value->len);
        }
    }
  if (!content->one_off)
    add_part (hash, &content->device_key, sizeof content->device_key);
  add_number (hash, content->signed_at);
  add_number (hash, content->valid_from);
  add_number (hash, content->valid_until);
  gnutls_hash_deinit (hash, digest);
}

static gboolean
is_deterministic (PltIssuerKey *signer)
{
  gnutls_privkey_t key = plt_issuer_key_get_privkey (signer);

  return key != NULL && gnutls_privkey_get_type (key) == GNUTLS_PRIVKEY_X509;
}

static GBytes *
sign_seed (const PltMdlContent  *content,
           PltIssuerKey         *signer,
           GError              **error)
{
  guint8 seed[sizeof SEED_LABEL + PLT_MDL_DIGEST_LENGTH] = SEED_LABEL;
  g_autoptr (GBytes) bytes = NULL;

  hash_content (content, seed + sizeof SEED_LABEL);
  bytes = g_bytes_new (seed, sizeof seed);

  return plt_issuer_key_sign (signer, bytes, error);
}

/**
 * plt_mdl_salts_init:
 * @self: (out caller-allocates)
 * @content: what is to be signed; its device key is not looked at if it is a one-off key
 * @signer: the document signer
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: whether a secret was found
 */
gboolean
plt_mdl_salts_init (PltMdlSalts          *self,
                    const PltMdlContent  *content,
                    PltIssuerKey         *signer,
                    GError              **error)
{
  gnutls_datum_t salt = { (unsigned char *) HKDF_SALT, strlen (HKDF_SALT) };
  gnutls_datum_t secret;
  int code;

  *self = (PltMdlSalts) { 0 };
  if (!plt_issuer_key_can_sign (signer, error))
    return FALSE;
  if (is_deterministic (signer))
    {
      g_autoptr (GBytes) signature = sign_seed (content, signer, error);

      if (signature == NULL)
        return FALSE;
      secret.data = (unsigned char *) g_bytes_get_data (signature, NULL);
      secret.size = (unsigned int) g_bytes_get_size (signature);
      code = gnutls_hkdf_extract (GNUTLS_MAC_SHA256, &secret, &salt, self->secret);
    }
  else
    {
      code = gnutls_rnd (GNUTLS_RND_KEY, self->secret, sizeof self->secret);
    }
  if (code >= 0)
    return TRUE;

  plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (signer), code);
  return FALSE;
}

/**
 * plt_mdl_salts_derive:
 * @self: the secret of one mDL
 * @purpose: what for, never twice for two things
 * @name_space: of the element, or ""
 * @identifier: of the element, or ""
 * @bytes: (out): where to put them
 * @length: how many, at most 8160
 */
void
plt_mdl_salts_derive (const PltMdlSalts *self,
                      const char        *purpose,
                      const char        *name_space,
                      const char        *identifier,
                      guint8            *bytes,
                      gsize              length)
{
  g_autofree char *info = g_strjoin ("\n", purpose, name_space, identifier, NULL);
  gnutls_datum_t key = { (unsigned char *) self->secret, sizeof self->secret };
  gnutls_datum_t datum = { (unsigned char *) info, (unsigned int) strlen (info) };
  int code = gnutls_hkdf_expand (GNUTLS_MAC_SHA256, &key, &datum, bytes, length);

  g_assert (code >= 0);
}
