/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code that an authenticator shows (RFC 6238). */
#include "plt-test-totp.h"

#include <string.h>

static GByteArray *
decode_base32 (const char *text)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  GByteArray *bytes = g_byte_array_new ();
  guint32 buffer = 0;
  int bits = 0;

  for (; *text != '\0' && *text != '='; text++)
    {
      const char *at = strchr (alphabet, *text);

      g_assert (at != NULL);
      buffer = (buffer << 5) | (guint32) (at - alphabet);
      bits += 5;
      if (bits >= 8)
        {
          guint8 byte = (guint8) (buffer >> (bits - 8));

          g_byte_array_append (bytes, &byte, 1);
          bits -= 8;
        }
    }

  return bytes;
}

char *
plt_test_totp (const char *base32_secret,
               gint64      unix_time)
{
  g_autoptr (GByteArray) secret = decode_base32 (base32_secret);
  guint64 step = GUINT64_TO_BE ((guint64) (unix_time / 30));
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, secret->data, secret->len);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) &step, sizeof step);
  g_hmac_get_digest (hmac, digest, &length);

  int offset = digest[19] & 15;
  guint32 number = ((guint32) (digest[offset] & 127) << 24) | ((guint32) digest[offset + 1] << 16) |
                   ((guint32) digest[offset + 2] << 8) | digest[offset + 3];

  return g_strdup_printf ("%06u", number % 1000000);
}
