/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib reads base64; it also passes over whatever is none, which is refused here. */
#include "plt-image-text.h"

#include <string.h>

/* strspn() makes a table of the list before it begins, so that a portrait's 70,000 characters cost
 * one look each. */
static gboolean
is_base64 (const char *text)
{
  text += strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n");

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
  guint8 *bytes;
  gsize length;

  if (!is_base64 (text))
    return NULL;
  bytes = g_base64_decode (text, &length);

  return g_bytes_new_take (bytes, length);
}
