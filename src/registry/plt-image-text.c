/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four characters at a time while they are nothing but the alphabet, and GLib for the rest: it takes
 * each of a portrait's 70,000 on its own. */
#include "plt-image-text.h"

#include <string.h>

#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define NO_VALUE 0xFF

static const guint8 *
get_values (void)
{
  static guint8 values[256];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      memset (values, NO_VALUE, sizeof values);
      for (guint8 i = 0; i < strlen (ALPHABET); i++)
        values[(guchar) ALPHABET[i]] = i;
      g_once_init_leave (&ready, 1);
    }

  return values;
}

/* Returns: how many characters were decoded, three bytes for each four */
static gsize
decode_quads (const char *text,
              gsize       length,
              guint8     *bytes)
{
  const guint8 *values = get_values ();
  const guchar *at = (const guchar *) text;
  const guchar *end = at + length / 4 * 4;

  for (; at < end; at += 4, bytes += 3)
    {
      guint8 a = values[at[0]], b = values[at[1]], c = values[at[2]], d = values[at[3]];

      if ((a | b | c | d) & 0xC0)
        break;
      bytes[0] = (guint8) (a << 2 | b >> 4);
      bytes[1] = (guint8) (b << 4 | c >> 2);
      bytes[2] = (guint8) (c << 6 | d);
    }

  return (gsize) (at - (const guchar *) text);
}

static gboolean
is_base64 (const char *text)
{
  text += strspn (text, ALPHABET "\r\n");

  return text[strspn (text, "=\r\n")] == '\0';
}

/**
 * plt_image_text_decode:
 * @text: from outside
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL for text that is no base64
 */
GBytes *
plt_image_text_decode (const char *text)
{
  gsize length = strlen (text);
  g_autofree guint8 *bytes = g_malloc (length / 4 * 3 + 3);
  gsize decoded = decode_quads (text, length, bytes);
  gsize n_bytes = decoded / 4 * 3;

  if (decoded < length)
    {
      g_autofree guint8 *rest = NULL;
      gsize n_rest;

      if (!is_base64 (text + decoded))
        return NULL;
      rest = g_base64_decode (text + decoded, &n_rest);
      memcpy (bytes + n_bytes, rest, n_rest);
      n_bytes += n_rest;
    }

  return g_bytes_new_take (g_steal_pointer (&bytes), n_bytes);
}
