/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a document from its first byte to its last, once. */
#include "plt-json-reader.h"

#include <string.h>

/* More digits do not fit an int64. */
#define MAX_INTEGER_DIGITS 18
#define MAX_EXPONENT_DIGITS 3

#define PLAIN_BLOCK 32

typedef struct
{
  const char *at;
  const char *end;
  int         line;
  int         depth;
  int         twice;
  char       *text; /* the last one that was read; no text is longer than the document it stands in */
  char       *text_end;
} Reader;

static JsonNode *read_value (Reader *self);

static int
peek (const Reader *self)
{
  return self->at < self->end ? (unsigned char) *self->at : -1;
}

static void
skip_blank (Reader *self)
{
  for (; self->at < self->end; self->at++)
    {
      if (*self->at == '\n')
        self->line++;
      else if (*self->at != ' ' && *self->at != '\t' && *self->at != '\r')
        return;
    }
}

/* Returns: whether @c comes next; it is behind the reader then. */
static gboolean
take (Reader *self,
      char    c)
{
  skip_blank (self);
  if (peek (self) != c)
    return FALSE;
  self->at++;

  return TRUE;
}

/* Stands behind the u of an escape; gives the code unit or -1. */
static int
read_code_unit (Reader *self)
{
  int unit = 0;

  if (self->end - self->at < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (self->at[i]);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  self->at += 4;

  return unit;
}

/* NUL would cut the text short, and half a surrogate pair is no character. */
static gboolean
read_character (Reader *self)
{
  int unit = read_code_unit (self);
  int low;

  if (unit <= 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
    return FALSE;
  if (unit < 0xD800 || unit > 0xDBFF)
    {
      self->text_end += g_unichar_to_utf8 ((gunichar) unit, self->text_end);
      return TRUE;
    }
  if (self->end - self->at < 2 || self->at[0] != '\\' || self->at[1] != 'u')
    return FALSE;
  self->at += 2;
  low = read_code_unit (self);
  if (low < 0xDC00 || low > 0xDFFF)
    return FALSE;
  self->text_end += g_unichar_to_utf8 (
    0x10000 + (((gunichar) unit & 0x3FF) << 10) + ((gunichar) low & 0x3FF), self->text_end);

  return TRUE;
}

/* Stands behind the backslash. */
static gboolean
read_escape (Reader *self)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  int c = peek (self);
  const char *escape;

  if (c <= 0)
    return FALSE;
  self->at++;
  if (c == 'u')
    return read_character (self);
  escape = strchr (escapes, c);
  if (escape == NULL)
    return FALSE;
  *self->text_end++ = meanings[escape - escapes];

  return TRUE;
}

/* Nothing but characters of ASCII that stand for themselves; a fixed number at a time, which the
 * compiler turns into a few instructions. */
static void
skip_plain (Reader *self)
{
  while (self->end - self->at >= PLAIN_BLOCK)
    {
      unsigned char special = 0;

      for (int i = 0; i < PLAIN_BLOCK; i++)
        {
          unsigned char c = (unsigned char) self->at[i];

          special |= (unsigned char) ((c < 0x20) | (c > 0x7F) | (c == '"') | (c == '\\'));
        }
      if (special)
        return;
      self->at += PLAIN_BLOCK;
    }
}

static void
append (Reader     *self,
        const char *start)
{
  gsize length = (gsize) (self->at - start);

  memcpy (self->text_end, start, length);
  self->text_end += length;
}

/* Stands behind the opening quote; the text is in @self. */
static gboolean
read_text (Reader *self)
{
  gboolean ascii = TRUE;

  self->text_end = self->text;
  for (;;)
    {
      const char *start = self->at;
      int c;

      skip_plain (self);
      for (c = peek (self); c >= 0x20 && c != '"' && c != '\\'; c = peek (self))
        {
          ascii = ascii && c <= 0x7F;
          self->at++;
        }
      append (self, start);
      if (c != '"' && c != '\\')
        return FALSE;
      self->at++;
      if (c == '\\' && !read_escape (self))
        return FALSE;
      if (c != '"')
        continue;
      *self->text_end = '\0';
      return ascii || g_utf8_validate (self->text, self->text_end - self->text, NULL);
    }
}

static JsonNode *
read_string (Reader *self)
{
  return read_text (self) ? json_node_init_string (json_node_alloc (), self->text) : NULL;
}

static gsize
skip_digits (Reader *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;

  return (gsize) (self->at - start);
}

/* What follows the whole part. Returns: whether it is well formed; @whole: unchanged if nothing does */
static gboolean
skip_fraction (Reader   *self,
               gboolean *whole)
{
  if (peek (self) == '.')
    {
      *whole = FALSE;
      self->at++;
      if (skip_digits (self) == 0)
        return FALSE;
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      gsize digits;

      *whole = FALSE;
      self->at++;
      if (peek (self) == '+' || peek (self) == '-')
        self->at++;
      digits = skip_digits (self);
      if (digits == 0 || digits > MAX_EXPONENT_DIGITS)
        return FALSE;
    }

  return TRUE;
}

static JsonNode *
read_number (Reader *self)
{
  const char *start = self->at;
  gboolean whole = TRUE;
  gboolean zero;
  gsize digits;

  if (peek (self) == '-')
    self->at++;
  zero = peek (self) == '0';
  digits = skip_digits (self);
  if (digits == 0 || (zero && digits > 1) || digits > MAX_INTEGER_DIGITS ||
      !skip_fraction (self, &whole))
    return NULL;

  g_autofree char *number = g_strndup (start, (gsize) (self->at - start));

  return whole ? json_node_init_int (json_node_alloc (), g_ascii_strtoll (number, NULL, 10))
               : json_node_init_double (json_node_alloc (), g_ascii_strtod (number, NULL));
}

static gboolean
take_word (Reader     *self,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;

  return TRUE;
}

static JsonNode *
read_word (Reader *self)
{
  if (take_word (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (take_word (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);

  return take_word (self, "null") ? json_node_init_null (json_node_alloc ()) : NULL;
}

static JsonNode *
read_array (Reader *self)
{
  g_autoptr (JsonArray) array = json_array_new ();

  if (!take (self, ']'))
    {
      do
        {
          JsonNode *element = read_value (self);

          if (element == NULL)
            return NULL;
          json_array_add_element (array, element);
        }
      while (take (self, ','));
      if (!take (self, ']'))
        return NULL;
    }

  return json_node_init_array (json_node_alloc (), array);
}

static gboolean
read_member (Reader     *self,
             JsonObject *object,
             gboolean   *twice)
{
  if (!take (self, '"') || !read_text (self))
    return FALSE;

  g_autofree char *name = g_strdup (self->text);
  JsonNode *value = take (self, ':') ? read_value (self) : NULL;

  if (value == NULL)
    return FALSE;
  *twice = *twice || json_object_has_member (object, name);
  json_object_set_member (object, name, value);

  return TRUE;
}

static JsonNode *
read_object (Reader *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  gboolean twice = FALSE;

  if (!take (self, '}'))
    {
      do
        {
          if (!read_member (self, object, &twice))
            return NULL;
        }
      while (take (self, ','));
      if (!take (self, '}'))
        return NULL;
    }
  if (twice)
    self->twice = self->line;

  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_deeper (Reader *self,
             int     opening)
{
  JsonNode *node;

  if (self->depth == PLT_JSON_MAX_DEPTH)
    return NULL;
  self->depth++;
  self->at++;
  node = opening == '{' ? read_object (self) : read_array (self);
  self->depth--;

  return node;
}

static JsonNode *
read_value (Reader *self)
{
  int c;

  skip_blank (self);
  c = peek (self);
  switch (c)
    {
    case '{':
    case '[':
      return read_deeper (self, c);
    case '"':
      self->at++;
      return read_string (self);
    default:
      return c == '-' || g_ascii_isdigit (c) ? read_number (self) : read_word (self);
    }
}

/**
 * plt_json_reader_read:
 * @text: bytes from outside; need not end with NUL
 * @length: how many
 * @place: (out): where it ended
 *
 * Refuses what is not RFC 8259 to the letter, and numbers too large for 64 bits, half surrogates, NUL
 * and nesting deeper than %PLT_JSON_MAX_DEPTH.
 *
 * Returns: (transfer full) (nullable): the root
 */
JsonNode *
plt_json_reader_read (const char   *text,
                      gsize         length,
                      PltJsonPlace *place)
{
  g_autofree char *room = g_malloc (length + 1);
  Reader self = { .at = text, .end = text + length, .line = 1, .text = room };
  g_autoptr (JsonNode) root = read_value (&self);

  if (root != NULL)
    skip_blank (&self);
  *place = (PltJsonPlace) { self.line, self.twice };

  return root != NULL && self.at == self.end ? g_steal_pointer (&root) : NULL;
}
