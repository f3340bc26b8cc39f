/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the public key of a wallet: COSE_Key, PEM or JWK. */
#include "plt-mdl-private.h"

#include "plt-cbor.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <json-glib/json-glib.h>
#include <nettle/bignum.h>
#include <nettle/ecc-curve.h>
#include <nettle/ecc.h>
#include <string.h>

#define COORDINATE_LENGTH 32
#define MAX_FILE_LENGTH 65536
#define KEY_TYPE 1
#define KEY_CURVE (-1)
#define KEY_X (-2)
#define KEY_Y (-3)
#define KEY_PRIVATE (-4)
#define KEY_TYPE_EC2 2
#define CURVE_P256 1

typedef struct
{
  PltMdlDeviceKey key;
  gboolean        right_type;
  gboolean        right_curve;
  gboolean        has_x;
  gboolean        has_y;
  gboolean        is_private;
} Parsed;

/**
 * plt_mdl_device_key_is_on_curve:
 * @key: two coordinates
 *
 * Returns: whether they are a point of P-256
 */
gboolean
plt_mdl_device_key_is_on_curve (const PltMdlDeviceKey *key)
{
  struct ecc_point point;
  mpz_t x;
  mpz_t y;
  gboolean found;

  nettle_mpz_init_set_str_256_u (x, sizeof key->x, key->x);
  nettle_mpz_init_set_str_256_u (y, sizeof key->y, key->y);
  ecc_point_init (&point, nettle_get_secp_256r1 ());
  found = ecc_point_set (&point, x, y) != 0;
  ecc_point_clear (&point);
  mpz_clear (x);
  mpz_clear (y);

  return found;
}

typedef struct
{
  const PltMdlSalts *salts;
  guint              n_draws;
} Draw;

/* nettle draws again when a number is not below the order of the curve. */
static void
draw_cb (void    *user_data,
         size_t   length,
         uint8_t *bytes)
{
  Draw *draw = user_data;
  g_autofree char *number = g_strdup_printf ("%u", draw->n_draws++);

  plt_mdl_salts_derive (draw->salts, "device key", "", number, bytes, length);
}

/**
 * plt_mdl_salts_make_key:
 * @self: what is drawn at random for one mDL
 * @key: (out): the public half of a key whose private half is forgotten here
 *
 * gnutls makes keys of its own randomness alone and cannot compute the public half of a number;
 * nettle, on which it stands, does.
 */
void
plt_mdl_salts_make_key (const PltMdlSalts *self,
                        PltMdlDeviceKey   *key)
{
  Draw draw = { self, 0 };
  struct ecc_scalar scalar;
  struct ecc_point point;
  mpz_t x;
  mpz_t y;

  mpz_init (x);
  mpz_init (y);
  ecc_scalar_init (&scalar, nettle_get_secp_256r1 ());
  ecc_point_init (&point, nettle_get_secp_256r1 ());
  ecc_scalar_random (&scalar, &draw, draw_cb);
  ecc_point_mul_g (&point, &scalar);
  ecc_point_get (&point, x, y);
  nettle_mpz_get_str_256 (sizeof key->x, key->x, x);
  nettle_mpz_get_str_256 (sizeof key->y, key->y, y);
  ecc_scalar_clear (&scalar);
  ecc_point_clear (&point);
  mpz_clear (x);
  mpz_clear (y);
}

/* A big integer, with a sign bit or without its zeros in front, into 32 bytes. */
static gboolean
copy_coordinate (const guint8 *data,
                 gsize         length,
                 guint8        coordinate[COORDINATE_LENGTH])
{
  while (length > COORDINATE_LENGTH && *data == 0)
    {
      data++;
      length--;
    }
  if (length == 0 || length > COORDINATE_LENGTH)
    return FALSE;
  memset (coordinate, 0, COORDINATE_LENGTH);
  memcpy (coordinate + COORDINATE_LENGTH - length, data, length);

  return TRUE;
}

static gboolean
take_coordinate (PltCborReader *reader,
                 guint8         coordinate[COORDINATE_LENGTH])
{
  PltCborItem item;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &item) || item.length != COORDINATE_LENGTH)
    return FALSE;
  memcpy (coordinate, item.data, item.length);

  return TRUE;
}

static gboolean
take_key_value (gpointer           user_data,
                const PltCborItem *label,
                PltCborReader     *reader)
{
  Parsed *parsed = user_data;
  PltCborItem item;

  if (label->kind != PLT_CBOR_INT)
    return plt_cbor_skip (reader);
  switch (label->value)
    {
    case KEY_TYPE:
      parsed->right_type = plt_cbor_take_kind (reader, PLT_CBOR_INT, &item) &&
                           item.value == KEY_TYPE_EC2;
      return parsed->right_type;
    case KEY_CURVE:
      parsed->right_curve = plt_cbor_take_kind (reader, PLT_CBOR_INT, &item) &&
                            item.value == CURVE_P256;
      return parsed->right_curve;
    case KEY_X:
      parsed->has_x = take_coordinate (reader, parsed->key.x);
      return parsed->has_x;
    case KEY_Y:
      parsed->has_y = take_coordinate (reader, parsed->key.y);
      return parsed->has_y;
    case KEY_PRIVATE:
      parsed->is_private = TRUE;
      return plt_cbor_skip (reader);
    default:
      return plt_cbor_skip (reader);
    }
}

static void
parse_cose_key (Parsed       *parsed,
                const guint8 *data,
                gsize         length)
{
  PltCborReader reader = { data, length, 0 };

  if (!plt_cbor_take_map (&reader, take_key_value, parsed) || !plt_cbor_at_end (&reader))
    parsed->right_type = FALSE;
}

static void
parse_pem (Parsed     *parsed,
           const char *text,
           gsize       length)
{
  gnutls_datum_t pem = { (unsigned char *) text, (unsigned int) length };
  gnutls_datum_t x = { 0 };
  gnutls_datum_t y = { 0 };
  gnutls_ecc_curve_t curve = GNUTLS_ECC_CURVE_INVALID;
  gnutls_pubkey_t key = NULL;

  parsed->is_private = g_strstr_len (text, (gssize) length, "PRIVATE KEY-----") != NULL;
  if (!parsed->is_private && gnutls_pubkey_init (&key) >= 0 &&
      gnutls_pubkey_import (key, &pem, GNUTLS_X509_FMT_PEM) >= 0 &&
      gnutls_pubkey_export_ecc_raw2 (key, &curve, &x, &y, 0) >= 0)
    {
      parsed->right_type = TRUE;
      parsed->right_curve = curve == GNUTLS_ECC_CURVE_SECP256R1;
      parsed->has_x = copy_coordinate (x.data, x.size, parsed->key.x);
      parsed->has_y = copy_coordinate (y.data, y.size, parsed->key.y);
    }
  gnutls_free (x.data);
  gnutls_free (y.data);
  g_clear_pointer (&key, gnutls_pubkey_deinit);
}

static const char *
get_member (JsonObject *jwk,
            const char *name)
{
  JsonNode *node = json_object_get_member (jwk, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

/* base64url without padding, of exactly 32 bytes (RFC 7518, 6.2.1.2). */
static gboolean
read_base64url (const char *text,
                guint8      coordinate[COORDINATE_LENGTH])
{
  g_autofree char *plain = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize length;

  if (text == NULL || strlen (text) != 43 ||
      strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != 43)
    return FALSE;
  plain = g_strconcat (text, "=", NULL);
  g_strdelimit (plain, "-", '+');
  g_strdelimit (plain, "_", '/');
  bytes = g_base64_decode (plain, &length);
  if (length != COORDINATE_LENGTH)
    return FALSE;
  memcpy (coordinate, bytes, length);

  return TRUE;
}

static void
parse_jwk (Parsed     *parsed,
           const char *text,
           gsize       length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *jwk;

  if (!g_utf8_validate_len (text, length, NULL) ||
      !json_parser_load_from_data (parser, text, (gssize) length, NULL) ||
      json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return;
  jwk = json_node_get_object (json_parser_get_root (parser));
  parsed->right_type = g_strcmp0 (get_member (jwk, "kty"), "EC") == 0;
  parsed->right_curve = g_strcmp0 (get_member (jwk, "crv"), "P-256") == 0;
  parsed->has_x = read_base64url (get_member (jwk, "x"), parsed->key.x);
  parsed->has_y = read_base64url (get_member (jwk, "y"), parsed->key.y);
  parsed->is_private = json_object_has_member (jwk, "d");
}

static void
parse (Parsed *parsed,
       GBytes *file)
{
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  gsize start = 0;

  if (length == 0 || length > MAX_FILE_LENGTH)
    return;
  while (start < length && g_ascii_isspace (data[start]))
    start++;
  if (start < length && data[start] == '{')
    parse_jwk (parsed, data, length);
  else if (g_strstr_len (data, (gssize) length, "-----BEGIN ") != NULL)
    parse_pem (parsed, data, length);
  else
    parse_cose_key (parsed, (const guint8 *) data, length);
}

/**
 * plt_mdl_device_key_parse:
 * @file: COSE_Key (RFC 9052, 7), PEM "PUBLIC KEY", or JWK (RFC 7517)
 * @key: (out): the point
 * @error: %PLT_ISO_ERROR_KEY; a private key is refused: it must never leave the wallet
 *
 * Returns: whether it is the public half of a key of P-256
 */
gboolean
plt_mdl_device_key_parse (GBytes           *file,
                          PltMdlDeviceKey  *key,
                          GError          **error)
{
  Parsed parsed = { 0 };

  g_return_val_if_fail (file != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  parse (&parsed, file);
  if (parsed.is_private)
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                           _("The device key was not taken because the file has its private half, which "
                             "must stay in the wallet. Ask the holder for the public key alone, and for "
                             "a new one."));
      return FALSE;
    }
  if (parsed.right_type && parsed.right_curve && parsed.has_x && parsed.has_y &&
      plt_mdl_device_key_is_on_curve (&parsed.key))
    {
      *key = parsed.key;
      return TRUE;
    }
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                       _("The device key was not taken because it is no public key of the curve P-256 as "
                         "COSE_Key, PEM or JWK. Ask the wallet for one."));
  return FALSE;
}
