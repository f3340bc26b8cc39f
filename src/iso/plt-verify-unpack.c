/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns back what scanners, keyboards and mail make of a code: hexadecimal, base64, Latin-1, small letters,
 * marks in front and behind, line ends and blanks in between. */
#include "plt-verify-private.h"

#include <string.h>

#define BASE45 "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
#define LINE_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
#define MIN_CODE 60 /* characters; a signature alone has more */
#define MIN_BYTES 16
#define LINE_LENGTH 30

static GBytes *
take_text (GString *text)
{
  return g_string_free_to_bytes (text);
}

static gboolean
is_separator (char character)
{
  return character != '\0' && strchr (" \t\r\n:-,;", character) != NULL;
}

/**
 * plt_verify_unpack_hex:
 *
 * Returns: (transfer full) (nullable): the bytes that hexadecimal digits stand for, with the separators that
 *   scanners and people write, and “0x”
 */
GBytes *
plt_verify_unpack_hex (const char *data,
                       gsize       length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int high = -1;

  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value (data[i]);

      if (high == 0 && data[i - 1] == '0' && (data[i] == 'x' || data[i] == 'X'))
        {
          high = -1;
          continue;
        }
      if (digit < 0 && is_separator (data[i]))
        continue;
      if (digit < 0)
        return NULL;
      if (high < 0)
        {
          high = digit;
          continue;
        }
      const guint8 byte = (guint8) (high << 4 | digit);
      g_byte_array_append (bytes, &byte, 1);
      high = -1;
    }
  return high < 0 && bytes->len >= MIN_BYTES ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes))
                                             : NULL;
}

/* Text of a code that has other letters than those of hexadecimal. */
gboolean
plt_verify_is_base45 (const char *data,
                      gsize       length)
{
  gboolean is_hex = TRUE;

  for (gsize i = 0; i < length; i++)
    {
      if (data[i] == '\0' || strchr (BASE45, data[i]) == NULL)
        return FALSE;
      is_hex = is_hex && (g_ascii_isxdigit (data[i]) || is_separator (data[i]));
    }
  return length >= MIN_CODE && !is_hex;
}

/**
 * plt_verify_unpack_base64:
 *
 * Returns: (transfer full) (nullable): the bytes of base64 or base64url, with or without filling and line ends;
 *   capitals alone are Base45
 */
GBytes *
plt_verify_unpack_base64 (const char *data,
                          gsize       length)
{
  g_autoptr (GString) text = g_string_sized_new (length + 4);
  gboolean has_small = FALSE;
  gsize size = 0;
  guchar *bytes;

  for (gsize i = 0; i < length; i++)
    {
      char character = data[i] == '-' ? '+' : data[i] == '_' ? '/' : data[i];

      if (g_ascii_isspace (character))
        continue;
      if (!g_ascii_isalnum (character) && character != '+' && character != '/' && character != '=')
        return NULL;
      has_small |= g_ascii_islower (character);
      g_string_append_c (text, character);
    }
  while (text->len > 0 && text->str[text->len - 1] == '=')
    g_string_truncate (text, text->len - 1);
  if (!has_small || text->len < MIN_CODE || text->len % 4 == 1 || strchr (text->str, '=') != NULL)
    return NULL;
  while (text->len % 4 != 0)
    g_string_append_c (text, '=');
  bytes = g_base64_decode (text->str, &size);
  return g_bytes_new_take (bytes, size);
}

/**
 * plt_verify_unpack_latin1:
 *
 * Returns: (transfer full) (nullable): the bytes of a PDF417 that a keyboard typed as the characters of Latin-1
 */
GBytes *
plt_verify_unpack_latin1 (const char *data,
                          gsize       length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *end = data + length;

  if (length == 0 || data[0] != '`' || !g_utf8_validate_len (data, length, NULL))
    return NULL;
  for (const char *at = data; at < end; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      guint8 byte = (guint8) character;

      if (character > 0xFF)
        return NULL;
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * plt_verify_unpack_line:
 *
 * Returns: (transfer full) (nullable): a machine-readable line that somebody typed in small letters, in groups, or
 *   over two lines
 */
GBytes *
plt_verify_unpack_line (const char *data,
                        gsize       length)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (gsize i = 0; i < length && line->len <= LINE_LENGTH; i++)
    {
      char character = g_ascii_toupper (data[i]);

      if (g_ascii_isspace (character))
        continue;
      if (character == '\0' || strchr (LINE_LETTERS, character) == NULL)
        return NULL;
      g_string_append_c (line, character);
    }
  if (line->len != LINE_LENGTH || line->str[0] != 'D' ||
      (line->str[1] != '<' && !g_ascii_isdigit (line->str[1])))
    return NULL;
  return take_text (g_steal_pointer (&line));
}

/**
 * plt_verify_unpack_small:
 *
 * Returns: (transfer full) (nullable): a code in Base45 that was typed while the keyboard's capitals were locked
 */
GBytes *
plt_verify_unpack_small (const char *data,
                         gsize       length)
{
  g_autofree char *text = NULL;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isupper (data[i]))
      return NULL;
  text = g_ascii_strup (data, (gssize) length);
  return plt_verify_is_base45 (text, length) ? g_bytes_new (text, length) : NULL;
}

/* Line ends within Base45, which has none, and a blank behind it that cannot be of it. */
static GBytes *
join_base45 (const char *data,
             gsize       length)
{
  g_autoptr (GString) text = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (strchr ("\r\n\t", data[i]) == NULL || data[i] == '\0')
      g_string_append_c (text, data[i]);
  if (!plt_verify_is_base45 (text->str, text->len))
    return NULL;
  if (text->len % 3 == 1 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  return take_text (g_steal_pointer (&text));
}

/**
 * plt_verify_strip_scan:
 * @data: text, of which nothing is a form whose line ends are its own
 *
 * Takes off what a scanner puts around: the symbology identifier of ISO/IEC 15424 (“]Q1”), blanks in
 * front, line ends behind.
 *
 * Returns: (transfer full): the rest
 */
GBytes *
plt_verify_strip_scan (const char *data,
                       gsize       length)
{
  const char *end = data + length;
  GBytes *joined;

  if (end - data >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    data += 3; /* the mark that some editors put before a text */
  while (data < end && g_ascii_isspace (*data))
    data++;
  if (end - data > 3 && data[0] == ']' && g_ascii_isalpha (data[1]))
    data += 3;
  while (end > data && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == '\t'))
    end--;
  joined = join_base45 (data, (gsize) (end - data));
  return joined != NULL ? joined : g_bytes_new (data, (gsize) (end - data));
}
