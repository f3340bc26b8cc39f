/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes and reads Base45 (RFC 9285), the text of QR codes in alphanumeric mode. */
#include "plt-qr-claim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/**
 * plt_base45_encode:
 * @bytes: any bytes
 *
 * Returns: (transfer full): three characters for two bytes, two for a last single one. A space
 *   is data like any other character: never trim it.
 */
char *
plt_base45_encode (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString *text = g_string_sized_new (length / 2 * 3 + 3);

  for (gsize i = 0; i + 1 < length; i += 2)
    {
      guint value = (guint) data[i] << 8 | data[i + 1];

      g_string_append_c (text, alphabet[value % 45]);
      g_string_append_c (text, alphabet[value / 45 % 45]);
      g_string_append_c (text, alphabet[value / 2025]);
    }
  if (length % 2 == 1)
    {
      g_string_append_c (text, alphabet[data[length - 1] % 45]);
      g_string_append_c (text, alphabet[data[length - 1] / 45]);
    }

  return g_string_free (text, FALSE);
}

static gboolean
read_group (const char *text,
            gsize       count,
            guint      *value)
{
  guint weight = 1;

  *value = 0;
  for (gsize i = 0; i < count; i++)
    {
      const char *found = text[i] != '\0' ? strchr (alphabet, text[i]) : NULL;

      if (found == NULL)
        return FALSE;
      *value += (guint) (found - alphabet) * weight;
      weight *= 45;
    }

  return *value <= (count == 3 ? 0xFFFF : 0xFF);
}

/**
 * plt_base45_decode:
 * @text: scanned text
 * @error: %PLT_ISO_ERROR_INVALID for characters outside of the alphabet (lower case among them),
 *   a length that no bytes have, and groups above 65 535 or 255
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
plt_base45_decode (const char  *text,
                   GError     **error)
{
  gsize length;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  for (gsize i = 0; i < length; i += 3)
    {
      gsize count = MIN (3, length - i);
      guint value;
      guint8 pair[2];

      if (count == 1 || !read_group (text + i, count, &value))
        {
          g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                               _("The scanned text is not the code of a licence, or part of it was "
                                 "lost. Scan the code again."));
          return NULL;
        }
      pair[0] = (guint8) (value >> 8);
      pair[1] = (guint8) value;
      g_byte_array_append (bytes, count == 3 ? pair : pair + 1, count == 3 ? 2 : 1);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
