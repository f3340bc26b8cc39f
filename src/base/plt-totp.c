/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Computes the one-time codes of a second factor: what a member of staff reads from a telephone. */
#include "plt-totp.h"

#include <string.h>

/* Base 32 of RFC 4648, clause 6; padding and case do not count. */
static GBytes *
decode_base32 (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 bits = 0;
  int n_bits = 0;

  for (const char *at = text; *at != '\0' && *at != '='; at++)
    {
      const char *alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
      const char *found = strchr (alphabet, g_ascii_toupper (*at));

      if (found == NULL)
        return NULL;
      bits = (bits << 5) | (guint32) (found - alphabet);
      n_bits += 5;
      if (n_bits >= 8)
        {
          guint8 byte = (guint8) (bits >> (n_bits - 8));

          n_bits -= 8;
          g_byte_array_append (bytes, &byte, 1);
        }
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * plt_totp_read_uri:
 * @uri: an "otpauth://totp/…" URI, as it stands in the picture that a new member of staff scans
 *
 * Returns: (transfer full) (nullable): the secret, or %NULL if there is none to be read
 */
GBytes *
plt_totp_read_uri (const char *uri)
{
  const char *query = strchr (uri, '?');

  if (!g_str_has_prefix (uri, "otpauth://totp/") || query == NULL)
    return NULL;

  g_autoptr (GHashTable) params = g_uri_parse_params (query + 1, -1, "&",
                                                      G_URI_PARAMS_NONE, NULL);
  const char *secret = params != NULL ? g_hash_table_lookup (params, "secret") : NULL;

  return secret != NULL && *secret != '\0' ? decode_base32 (secret) : NULL;
}

/**
 * plt_totp_code:
 * @secret: the shared secret
 * @step: 30-second steps since 1970 (RFC 6238, clause 4)
 *
 * Returns: (transfer full): six digits (RFC 4226, clause 5.3)
 */
char *
plt_totp_code (GBytes *secret,
               gint64  step)
{
  g_autoptr (GHmac) hmac = NULL;
  guint8 counter[8];
  guint8 digest[20];
  size_t digest_length = sizeof digest;
  size_t secret_length;
  const guint8 *secret_data = g_bytes_get_data (secret, &secret_length);

  for (int i = 0; i < 8; i++)
    counter[i] = (guint8) ((guint64) step >> (8 * (7 - i)));
  hmac = g_hmac_new (G_CHECKSUM_SHA1, secret_data, secret_length);
  g_hmac_update (hmac, counter, sizeof counter);
  g_hmac_get_digest (hmac, digest, &digest_length);

  const guint8 *at = digest + (digest[19] & 0x0F);
  guint32 number = ((guint32) (at[0] & 0x7F) << 24) | ((guint32) at[1] << 16) |
                   ((guint32) at[2] << 8) | at[3];

  return g_strdup_printf ("%06u", number % 1000000);
}
