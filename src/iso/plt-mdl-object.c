/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts an IssuerSigned together: items, their digests in the mobile security object, the signature
 * over it (ISO/IEC 18013-5, 8.3.2.1.2.2 and 9.1.2). */
#include "plt-mdl-private.h"

#include "plt-cbor.h"
#include "plt-cose.h"

#include <gnutls/crypto.h>
#include <string.h>

#define TAG_TDATE 0
#define TAG_ENCODED_CBOR 24
/* So many digests at least, and a multiple: their number tells little about what a licence says. */
#define DIGESTS_STEP 8

/* What is written of one name space. */
typedef struct
{
  const char *name_space;
  GByteArray *items;   /* the array of them, without its head */
  guint       n_items;
  guint8     *digests; /* by digest identifier */
  guint       n_digests;
} Written;

static void
written_clear (Written *self)
{
  g_clear_pointer (&self->items, g_byte_array_unref);
  g_clear_pointer (&self->digests, g_free);
}

/* #6.24( bstr ), the form in which bytes are kept as they were signed. */
static void
add_encoded (GByteArray       *bytes,
             const GByteArray *inner)
{
  plt_cbor_add_tag (bytes, TAG_ENCODED_CBOR);
  plt_cbor_add_bytes (bytes, inner->data, inner->len);
}

static GByteArray *
build_item (const PltMdlItem *item,
            guint             digest_id,
            const guint8      random[PLT_MDL_RANDOM_LENGTH])
{
  GByteArray *bytes = g_byte_array_new ();

  plt_cbor_add_map (bytes, 4);
  plt_cbor_add_text (bytes, "digestID");
  plt_cbor_add_int (bytes, digest_id);
  plt_cbor_add_text (bytes, "random");
  plt_cbor_add_bytes (bytes, random, PLT_MDL_RANDOM_LENGTH);
  plt_cbor_add_text (bytes, "elementIdentifier");
  plt_cbor_add_text (bytes, item->identifier);
  plt_cbor_add_text (bytes, "elementValue");
  g_byte_array_append (bytes, item->value->data, item->value->len);

  return bytes;
}

/* A random permutation, so that an identifier does not betray which elements there are. */
static void
shuffle (const PltMdlSalts *salts,
         const char        *name_space,
         guint             *ids,
         guint              n_ids)
{
  g_autofree guint32 *numbers = g_new0 (guint32, n_ids);

  plt_mdl_salts_derive (salts, "order", name_space, "", (guint8 *) numbers,
                        n_ids * sizeof *numbers);
  for (guint i = 0; i < n_ids; i++)
    ids[i] = i;
  for (guint i = n_ids - 1; i > 0; i--)
    {
      guint j = GUINT32_FROM_BE (numbers[i]) % (i + 1);
      guint other = ids[j];

      ids[j] = ids[i];
      ids[i] = other;
    }
}

static guint *
draw_ids (const PltMdlSalts     *salts,
          const PltMdlNameSpace *name_space,
          guint                 *n_ids)
{
  guint n_items = name_space->items->len;
  guint *ids;

  *n_ids = salts->plain ? n_items : (n_items / DIGESTS_STEP + 1) * DIGESTS_STEP;
  ids = g_new (guint, *n_ids);
  if (salts->plain)
    for (guint i = 0; i < n_items; i++)
      ids[i] = i;
  else
    shuffle (salts, name_space->name_space, ids, *n_ids);

  return ids;
}

/* The digest is over the whole tagged byte string. */
static void
write_item (Written           *written,
            const PltMdlItem  *item,
            guint              digest_id,
            const PltMdlSalts *salts)
{
  guint8 random[PLT_MDL_RANDOM_LENGTH];
  g_autoptr (GByteArray) inner = NULL;
  guint start = written->items->len;
  int code;

  if (salts->get_random != NULL)
    salts->get_random (item->identifier, random);
  else
    plt_mdl_salts_derive (salts, "salt", written->name_space, item->identifier, random,
                          sizeof random);
  inner = build_item (item, digest_id, random);
  add_encoded (written->items, inner);
  code = gnutls_hash_fast (GNUTLS_DIG_SHA256, written->items->data + start,
                           written->items->len - start,
                           written->digests + digest_id * PLT_MDL_DIGEST_LENGTH);
  g_assert (code >= 0);
}

static void
write_name_space (Written               *written,
                  const PltMdlNameSpace *name_space,
                  const PltMdlSalts     *salts)
{
  g_autofree guint *ids = draw_ids (salts, name_space, &written->n_digests);

  written->name_space = name_space->name_space;
  written->items = g_byte_array_new ();
  written->n_items = name_space->items->len;
  written->digests = g_malloc0 (written->n_digests * PLT_MDL_DIGEST_LENGTH);
  for (guint i = 0; i < written->n_items; i++)
    write_item (written, name_space->items->pdata[i], ids[i], salts);
  for (guint i = written->n_items; i < written->n_digests; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", ids[i]);

      plt_mdl_salts_derive (salts, "decoy", name_space->name_space, number,
                            written->digests + ids[i] * PLT_MDL_DIGEST_LENGTH,
                            PLT_MDL_DIGEST_LENGTH);
    }
}

static void
add_tdate (GByteArray *bytes,
           const char *member,
           gint64      seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *text = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");

  plt_cbor_add_text (bytes, member);
  plt_cbor_add_tag (bytes, TAG_TDATE);
  plt_cbor_add_text (bytes, text);
}

static void
add_device_key (GByteArray          *bytes,
                const PltMdlContent *content)
{
  plt_cbor_add_text (bytes, "deviceKeyInfo");
  plt_cbor_add_map (bytes, content->one_off ? 2 : 1);
  plt_cbor_add_text (bytes, "deviceKey");
  plt_cbor_add_map (bytes, 4);
  plt_cbor_add_int (bytes, 1);  /* kty: */
  plt_cbor_add_int (bytes, 2);  /* EC2 */
  plt_cbor_add_int (bytes, -1); /* crv: */
  plt_cbor_add_int (bytes, 1);  /* P-256 */
  plt_cbor_add_int (bytes, -2);
  plt_cbor_add_bytes (bytes, content->device_key.x, sizeof content->device_key.x);
  plt_cbor_add_int (bytes, -3);
  plt_cbor_add_bytes (bytes, content->device_key.y, sizeof content->device_key.y);
  if (!content->one_off)
    return;
  plt_cbor_add_text (bytes, "keyInfo");
  plt_cbor_add_map (bytes, 1);
  plt_cbor_add_int (bytes, PLT_MDL_KEY_INFO_NOTE);
  plt_cbor_add_text (bytes, PLT_MDL_ONE_OFF_NOTE);
}

static void
add_digests (GByteArray    *bytes,
             const Written *written,
             guint          n_written)
{
  plt_cbor_add_text (bytes, "valueDigests");
  plt_cbor_add_map (bytes, n_written);
  for (guint i = 0; i < n_written; i++)
    {
      plt_cbor_add_text (bytes, written[i].name_space);
      plt_cbor_add_map (bytes, written[i].n_digests);
      for (guint id = 0; id < written[i].n_digests; id++)
        {
          plt_cbor_add_int (bytes, id);
          plt_cbor_add_bytes (bytes, written[i].digests + id * PLT_MDL_DIGEST_LENGTH,
                              PLT_MDL_DIGEST_LENGTH);
        }
    }
}

static GBytes *
build_security_object (const PltMdlContent *content,
                       const Written       *written)
{
  g_autoptr (GByteArray) object = g_byte_array_new ();
  GByteArray *payload = g_byte_array_new ();

  plt_cbor_add_map (object, 6);
  plt_cbor_add_text (object, "version");
  plt_cbor_add_text (object, "1.0");
  plt_cbor_add_text (object, "digestAlgorithm");
  plt_cbor_add_text (object, "SHA-256");
  add_digests (object, written, content->n_name_spaces);
  add_device_key (object, content);
  plt_cbor_add_text (object, "docType");
  plt_cbor_add_text (object, PLT_MDL_DOC_TYPE);
  plt_cbor_add_text (object, "validityInfo");
  plt_cbor_add_map (object, 3);
  add_tdate (object, "signed", content->signed_at);
  add_tdate (object, "validFrom", content->valid_from);
  add_tdate (object, "validUntil", content->valid_until);
  add_encoded (payload, object);

  return g_byte_array_free_to_bytes (payload);
}

static GBytes *
build_issuer_signed (const Written *written,
                     guint          n_written,
                     GBytes        *issuer_auth)
{
  GByteArray *bytes = g_byte_array_new ();

  plt_cbor_add_map (bytes, 2);
  plt_cbor_add_text (bytes, "nameSpaces");
  plt_cbor_add_map (bytes, n_written);
  for (guint i = 0; i < n_written; i++)
    {
      plt_cbor_add_text (bytes, written[i].name_space);
      plt_cbor_add_array (bytes, written[i].n_items);
      g_byte_array_append (bytes, written[i].items->data, written[i].items->len);
    }
  plt_cbor_add_text (bytes, "issuerAuth");
  g_byte_array_append (bytes, g_bytes_get_data (issuer_auth, NULL),
                       (guint) g_bytes_get_size (issuer_auth));

  return g_byte_array_free_to_bytes (bytes);
}

/**
 * plt_mdl_assemble:
 * @content: what to sign
 * @salts: what is drawn for it
 * @certificate: the document signer's, DER
 * @signer: its key
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: (transfer full) (nullable): IssuerSigned
 */
GBytes *
plt_mdl_assemble (const PltMdlContent  *content,
                  const PltMdlSalts    *salts,
                  GBytes               *certificate,
                  PltIssuerKey         *signer,
                  GError              **error)
{
  Written written[G_N_ELEMENTS (content->name_spaces)] = { 0 };
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) issuer_auth = NULL;
  GBytes *issuer_signed = NULL;

  for (guint i = 0; i < content->n_name_spaces; i++)
    write_name_space (&written[i], &content->name_spaces[i], salts);
  payload = build_security_object (content, written);
  issuer_auth = plt_cose_sign1_x5chain (payload, certificate, signer, error);
  if (issuer_auth != NULL)
    issuer_signed = build_issuer_signed (written, content->n_name_spaces, issuer_auth);
  for (guint i = 0; i < content->n_name_spaces; i++)
    written_clear (&written[i]);

  return issuer_signed;
}
