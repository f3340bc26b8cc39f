/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the mobile security object of an mdoc (ISO/IEC 18013-5, 9.1.2.4). */
#include "plt-mdl-reader-private.h"

#include "plt-mdl-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define TAG_ENCODED_CBOR 24
#define MAX_DIGEST_ID 0x7FFFFFFF

typedef struct
{
  PltMdlObject  *object;
  PltMdl        *mdl;
  const char    *name_space; /* of the digests that are read */
  const char   **what;
  gboolean       has_version;
  gboolean       has_validity[3];
  GError       **error;
} State;

static gboolean
refuse_by_name (State      *state,
                const char *what)
{
  g_set_error (state->error, PLT_ISO_ERROR, PLT_ISO_ERROR_UNCONFIRMED,
               /* Translators: a part of a data format, e.g. "version 2.0". */
               _("The mobile driving licence uses “%s” of its standard, which this program does not "
                 "know. Check it with a reader that does."), what);
  return FALSE;
}

static gboolean
take_version (State         *state,
              PltCborReader *reader)
{
  g_autofree char *text = plt_cbor_take_text (reader);
  g_autofree char *name = NULL;

  state->has_version = TRUE;
  if (text == NULL || g_str_equal (text, "1.0"))
    return text != NULL;
  name = g_strdup_printf ("version %s", text);

  return refuse_by_name (state, name);
}

static gboolean
take_algorithm (State         *state,
                PltCborReader *reader)
{
  static const struct
  {
    const char *name;
    int         algorithm;
  } known[] = {
    { "SHA-256", GNUTLS_DIG_SHA256 }, { "SHA-384", GNUTLS_DIG_SHA384 },
    { "SHA-512", GNUTLS_DIG_SHA512 },
  };
  g_autofree char *text = plt_cbor_take_text (reader);

  if (text == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (text, known[i].name))
      {
        state->object->algorithm = known[i].algorithm;
        return TRUE;
      }

  return refuse_by_name (state, text);
}

static gboolean
take_digest (gpointer           user_data,
             const PltCborItem *key,
             PltCborReader     *reader)
{
  State *state = user_data;
  PltCborItem item;
  char *name;

  if (key->kind != PLT_CBOR_INT || key->value < 0 || key->value > MAX_DIGEST_ID ||
      !plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &item))
    return FALSE;
  name = g_strdup_printf ("%s\n%" G_GINT64_FORMAT, state->name_space, key->value);
  g_hash_table_insert (state->object->digests, name, g_bytes_new (item.data, item.length));

  return TRUE;
}

static gboolean
take_digests (gpointer           user_data,
              const PltCborItem *key,
              PltCborReader     *reader)
{
  State *state = user_data;
  g_autofree char *name_space = NULL;
  gboolean taken;

  if (key->kind != PLT_CBOR_TEXT ||
      !g_utf8_validate_len ((const char *) key->data, key->length, NULL))
    return FALSE;
  name_space = g_strndup ((const char *) key->data, key->length);
  state->name_space = name_space;
  taken = plt_cbor_take_map (reader, take_digest, state);
  state->name_space = NULL;

  return taken;
}

typedef struct
{
  gint64   type;
  gint64   curve;
  guint    n_coordinates; /* of 32 bytes */
  PltMdl  *mdl;
} DeviceKey;

static gboolean
take_number (PltCborReader *reader,
             gint64        *number)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &item))
    return FALSE;
  *number = item.value;

  return TRUE;
}

static gboolean
take_coordinate (DeviceKey     *key,
                 PltCborReader *reader,
                 guint8         coordinate[32])
{
  PltCborItem item;

  if (!plt_cbor_take (reader, &item) ||
      (item.kind != PLT_CBOR_BYTES && item.kind != PLT_CBOR_BOOL))
    return FALSE;
  if (item.kind == PLT_CBOR_BYTES && item.length == 32)
    {
      memcpy (coordinate, item.data, 32);
      key->n_coordinates++;
    }

  return TRUE;
}

static gboolean
take_device_key_label (gpointer           user_data,
                       const PltCborItem *label,
                       PltCborReader     *reader)
{
  DeviceKey *key = user_data;

  if (label->kind != PLT_CBOR_INT)
    return plt_cbor_skip (reader);
  switch (label->value)
    {
    case 1:
      return take_number (reader, &key->type);
    case -1:
      return take_number (reader, &key->curve);
    case -2:
      return take_coordinate (key, reader, key->mdl->device_key.x);
    case -3:
      return take_coordinate (key, reader, key->mdl->device_key.y);
    case -4:
      return FALSE; /* the private half */
    default:
      return plt_cbor_skip (reader);
    }
}

/* Wallets with keys of other curves have a key, too; only P-256 is told. */
static gboolean
take_device_key (State         *state,
                 PltCborReader *reader)
{
  DeviceKey key = { .mdl = state->mdl };

  if (!plt_cbor_take_map (reader, take_device_key_label, &key) || key.type == 0)
    return FALSE;
  state->object->has_device_key = TRUE;
  if (key.type == 2 && key.curve == 1)
    return key.n_coordinates == 2 && plt_mdl_device_key_is_on_curve (&state->mdl->device_key);
  memset (&state->mdl->device_key, 0, sizeof state->mdl->device_key);

  return TRUE;
}

static gboolean
take_key_info (gpointer           user_data,
               const PltCborItem *label,
               PltCborReader     *reader)
{
  State *state = user_data;
  PltCborItem item;

  if (label->kind != PLT_CBOR_INT)
    return FALSE;
  if (label->value != PLT_MDL_KEY_INFO_NOTE)
    return plt_cbor_skip (reader);
  PltCborReader ahead = *reader;
  state->mdl->one_off = plt_cbor_take (&ahead, &item) &&
                        plt_cbor_is_text (&item, PLT_MDL_ONE_OFF_NOTE);

  return plt_cbor_skip (reader);
}

static gboolean
take_device_member (gpointer           user_data,
                    const PltCborItem *key,
                    PltCborReader     *reader)
{
  if (plt_cbor_is_text (key, "deviceKey"))
    return take_device_key (user_data, reader);
  if (plt_cbor_is_text (key, "keyInfo"))
    return plt_cbor_take_map (reader, take_key_info, user_data);

  return plt_cbor_is_text (key, "keyAuthorizations") && plt_cbor_skip (reader);
}

static gboolean
take_validity_member (gpointer           user_data,
                      const PltCborItem *key,
                      PltCborReader     *reader)
{
  State *state = user_data;
  PltMdl *mdl = state->mdl;
  static const char *const names[] = { "signed", "validFrom", "validUntil" };
  gint64 *places[] = { &mdl->signed_at, &mdl->valid_from, &mdl->valid_until };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (plt_cbor_is_text (key, names[i]))
      {
        state->has_validity[i] = TRUE;
        return plt_mdl_take_tdate (reader, places[i]);
      }

  return plt_cbor_is_text (key, "expectedUpdate") &&
         plt_mdl_take_tdate (reader, &mdl->expected_update);
}

static gboolean
take_validity (State         *state,
               PltCborReader *reader)
{
  PltMdl *mdl = state->mdl;

  return plt_cbor_take_map (reader, take_validity_member, state) && state->has_validity[0] &&
         state->has_validity[1] && state->has_validity[2] && mdl->signed_at <= mdl->valid_from &&
         mdl->valid_from < mdl->valid_until;
}

static gboolean
take_all_digests (State         *state,
                  PltCborReader *reader)
{
  return plt_cbor_take_map (reader, take_digests, state);
}

static gboolean
take_device (State         *state,
             PltCborReader *reader)
{
  return plt_cbor_take_map (reader, take_device_member, state);
}

static gboolean
take_doc_type (State         *state,
               PltCborReader *reader)
{
  state->object->doc_type = plt_cbor_take_text (reader);

  return state->object->doc_type != NULL;
}

/* Of the second edition; it asks for the network. */
static gboolean
take_status (State         *state,
             PltCborReader *reader)
{
  return plt_cbor_skip (reader);
}

static gboolean
take_member (gpointer           user_data,
             const PltCborItem *key,
             PltCborReader     *reader)
{
  static const struct
  {
    const char *name;
    gboolean  (*take) (State         *state,
                       PltCborReader *reader);
  } members[] = {
    { "version", take_version }, { "digestAlgorithm", take_algorithm },
    { "valueDigests", take_all_digests }, { "deviceKeyInfo", take_device },
    { "docType", take_doc_type }, { "validityInfo", take_validity }, { "status", take_status },
  };
  State *state = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (plt_cbor_is_text (key, members[i].name))
      {
        *state->what = members[i].name;
        return members[i].take (state, reader);
      }

  return FALSE;
}

/**
 * plt_mdl_object_read:
 * @self: (out caller-allocates): clear it with plt_mdl_object_clear(), whatever is returned
 * @mdl: where times and device key go
 * @payload: the payload of issuerAuth
 * @what: (out): which part it was
 * @error: %PLT_ISO_ERROR_UNCONFIRMED for another version or digest algorithm; else not set
 *
 * Returns: whether all of it is there and as it must be
 */
gboolean
plt_mdl_object_read (PltMdlObject   *self,
                     PltMdl         *mdl,
                     PltCborReader  *payload,
                     const char    **what,
                     GError        **error)
{
  State state = { .object = self, .mdl = mdl, .what = what, .error = error };
  PltCborReader reader;

  *self = (PltMdlObject) { 0 };
  self->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_bytes_unref);
  *what = "issuerAuth";
  if (!plt_cbor_take_tag (payload, TAG_ENCODED_CBOR) || !plt_cbor_take_inner (payload, &reader) ||
      !plt_cbor_at_end (payload) || !plt_cbor_take_map (&reader, take_member, &state) ||
      !plt_cbor_at_end (&reader))
    return FALSE;
  *what = "MobileSecurityObject";

  return state.has_version && self->algorithm != 0 && g_hash_table_size (self->digests) > 0 &&
         self->has_device_key && self->doc_type != NULL && state.has_validity[0];
}

void
plt_mdl_object_clear (PltMdlObject *self)
{
  g_clear_pointer (&self->digests, g_hash_table_unref);
  g_clear_pointer (&self->doc_type, g_free);
}
