/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refuses text that is not JSON (RFC 8259) or would harm the parser, and finds nodes in the rest. */
#include "plt-json-text.h"

#include "plt-json-aside.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More digits do not fit an int64, and json-glib would not say so. */
#define MAX_INTEGER_DIGITS 18

#define PLAIN_BLOCK 32

typedef struct
{
  const char   *at;
  const char   *end;
  int           line;
  int           depth;
  PltJsonAside *aside;
} Scan;

static int
peek (const Scan *scan,
      int         offset)
{
  return scan->end - scan->at > offset ? (unsigned char) scan->at[offset] : -1;
}

/* @scan stands on the u of an escape; gives the code unit or -1. */
static int
read_code_unit (Scan *scan)
{
  int unit = 0;

  if (peek (scan, 0) != 'u')
    return -1;
  for (int i = 1; i <= 4; i++)
    {
      int digit = peek (scan, i);

      if (digit < 0 || !g_ascii_isxdigit (digit))
        return -1;
      unit = unit * 16 + g_ascii_xdigit_value ((char) digit);
    }
  scan->at += 5;

  return unit;
}

/* @scan stands behind the backslash. NUL would cut the text short, and half a surrogate pair is
 * no character. */
static gboolean
skip_escape (Scan *scan)
{
  int c = peek (scan, 0);

  if (c != 'u')
    {
      if (c <= 0 || strchr ("\"\\/bfnrt", c) == NULL)
        return FALSE;
      scan->at++;
      return TRUE;
    }

  int unit = read_code_unit (scan);

  if (unit <= 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
    return FALSE;
  if (unit < 0xD800 || unit > 0xDBFF)
    return TRUE;
  if (peek (scan, 0) != '\\')
    return FALSE;
  scan->at++;
  unit = read_code_unit (scan);

  return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* @at: behind the closing quote */
static gboolean
is_name (const Scan *scan,
         const char *at)
{
  while (at < scan->end && strchr (" \t\r\n", *at) != NULL)
    at++;

  return at < scan->end && *at == ':';
}

/* Nothing but characters of ASCII that stand for themselves; a fixed number at a time, which the
 * compiler turns into a few instructions. */
static void
skip_plain (Scan *scan)
{
  while (scan->end - scan->at >= PLAIN_BLOCK)
    {
      unsigned char special = 0;

      for (int i = 0; i < PLAIN_BLOCK; i++)
        {
          unsigned char c = (unsigned char) scan->at[i];

          special |= (unsigned char) ((c < 0x20) | (c > 0x7F) | (c == '"') | (c == '\\'));
        }
      if (special)
        return;
      scan->at += PLAIN_BLOCK;
    }
}

/* @scan stands on the opening quote. */
static gboolean
skip_string (Scan *scan)
{
  const char *start = ++scan->at;
  gboolean plain = TRUE;

  skip_plain (scan);
  while (scan->at < scan->end)
    {
      int c = (unsigned char) *scan->at++;

      if (c == '"')
        {
          if (plain && scan->at - start > PLT_JSON_ASIDE_MIN_BYTES && !is_name (scan, scan->at))
            plt_json_aside_add (scan->aside, start, scan->at - 1);
          return TRUE;
        }
      plain = plain && c != '\\' && c <= 0x7F;
      if (c < 0x20 || (c == '\\' && !skip_escape (scan)))
        return FALSE;
    }

  return FALSE;
}

static int
skip_digits (Scan *scan)
{
  const char *start = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;

  return (int) MIN (scan->at - start, G_MAXINT);
}

static gboolean
skip_number (Scan *scan)
{
  if (peek (scan, 0) == '-')
    scan->at++;

  gboolean zero = peek (scan, 0) == '0';
  int digits = skip_digits (scan);

  if (digits == 0 || (zero && digits > 1) || digits > MAX_INTEGER_DIGITS)
    return FALSE;
  if (peek (scan, 0) == '.')
    {
      scan->at++;
      if (skip_digits (scan) == 0)
        return FALSE;
    }
  if (peek (scan, 0) == 'e' || peek (scan, 0) == 'E')
    {
      scan->at++;
      if (peek (scan, 0) == '+' || peek (scan, 0) == '-')
        scan->at++;
      digits = skip_digits (scan);
      if (digits == 0 || digits > 3)
        return FALSE;
    }

  return TRUE;
}

static gboolean
skip_word (Scan *scan)
{
  static const char * const words[] = { "true", "false", "null" };

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    {
      size_t length = strlen (words[i]);

      if ((size_t) (scan->end - scan->at) >= length && memcmp (scan->at, words[i], length) == 0)
        {
          scan->at += length;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
skip_token (Scan *scan)
{
  int c = (unsigned char) *scan->at;

  switch (c)
    {
    case '\n':
      scan->line++;
      scan->at++;
      return TRUE;
    case '[':
    case '{':
      scan->at++;
      return ++scan->depth <= PLT_JSON_MAX_DEPTH;
    case ']':
    case '}':
      scan->at++;
      return --scan->depth >= 0;
    case ' ':
    case '\t':
    case '\r':
    case ':':
    case ',':
      scan->at++;
      return TRUE;
    case '"':
      return skip_string (scan);
    default:
      return c == '-' || g_ascii_isdigit (c) ? skip_number (scan) : skip_word (scan);
    }
}

/* json-glib would take the first of two documents and say nothing of the other. */
static gboolean
skip_document (Scan *scan)
{
  gboolean ended = FALSE;

  while (scan->at < scan->end)
    {
      gboolean blank = strchr (" \t\r\n", *scan->at) != NULL;

      if ((ended && !blank) || !skip_token (scan))
        return FALSE;
      ended = ended || (!blank && scan->depth == 0);
    }

  return TRUE;
}

static void
object_member_cb (JsonParser *parser,
                  JsonObject *object,
                  const char *member,
                  GHashTable *counts)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, object));

  g_hash_table_insert (counts, object, GUINT_TO_POINTER (count + 1));
}

/* An object with fewer members than were read had one twice. */
static void
object_end_cb (JsonParser *parser,
               JsonObject *object,
               GHashTable *counts)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, object));

  g_hash_table_remove (counts, object);
  if (count != json_object_get_size (object))
    g_object_set_data (G_OBJECT (parser), "plt-twice",
                       GINT_TO_POINTER ((int) json_parser_get_current_line (parser)));
}

static void
set_error (GError **error,
           int      line)
{
  /* json-glib's own message is not used: it may quote the text, which is personal data. */
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("line %d is not well-formed JSON"), line);
}

/* json-glib says where only in its message: "<data>:LINE:COLUMN: Parse error: …". */
static int
get_line (GError *error,
          int     fallback)
{
  const char *colon = error != NULL ? strchr (error->message, ':') : NULL;
  guint64 line = colon != NULL ? g_ascii_strtoull (colon + 1, NULL, 10) : 0;

  return line > 0 && line < G_MAXINT ? (int) line : fallback;
}

/**
 * plt_json_text_parse:
 * @text: bytes of a JSON document; need not end with NUL, %NULL if there are none
 * @length: how many
 * @error: %G_IO_ERROR_INVALID_DATA: the line and what is wrong there, never the text itself
 *
 * Stricter than json-glib: no byte that is no UTF-8, no comment, no number with leading zeros or
 * too large for 64 bits, no half surrogate, no NUL, no member twice, no nesting deeper than
 * %PLT_JSON_MAX_DEPTH. Does no I/O and may run in any thread.
 *
 * Returns: (transfer full) (nullable): the root
 */
JsonNode *
plt_json_text_parse (const char  *text,
                     gsize        length,
                     GError     **error)
{
  if (length == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("it is empty"));
      return NULL;
    }

  g_autoptr (PltJsonAside) aside = plt_json_aside_new (text, length);
  Scan scan = { text, text + length, 1, 0, aside };

  gboolean is_json = length <= G_MAXSSIZE && skip_document (&scan);
  gsize rest_length;
  const char *rest = plt_json_aside_get_rest (aside, &rest_length);

  /* What was laid aside is ASCII. */
  if (length > G_MAXSSIZE || !g_utf8_validate_len (rest, rest_length, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("it is not UTF-8 text"));
      return NULL;
    }
  if (!is_json)
    {
      set_error (error, scan.line);
      return NULL;
    }

  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr (GError) fault = NULL;

  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), counts);
  g_signal_connect (parser, "object-end", G_CALLBACK (object_end_cb), counts);
  if (scan.depth != 0 || !json_parser_load_from_data (parser, rest, (gssize) rest_length, &fault) ||
      json_parser_get_root (parser) == NULL)
    {
      set_error (error, get_line (fault, scan.line));
      return NULL;
    }

  int twice = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (parser), "plt-twice"));

  if (twice != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("the object that ends on line %d has a member twice"), twice);
      return NULL;
    }

  JsonNode *root = json_parser_steal_root (parser);

  plt_json_aside_put_back (aside, root);

  return root;
}

/* "~1" is "/" and "~0" is "~", in this order. */
static char *
unescape_token (const char *token)
{
  GString *plain = g_string_new (token);

  g_string_replace (plain, "~1", "/", 0);
  g_string_replace (plain, "~0", "~", 0);

  return g_string_free (plain, FALSE);
}

static JsonNode *
step (JsonNode   *node,
      const char *token)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), token);
  if (!JSON_NODE_HOLDS_ARRAY (node) || (token[0] == '0' && token[1] != '\0'))
    return NULL;

  JsonArray *array = json_node_get_array (node);
  guint64 index;

  if (!g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT, &index, NULL) ||
      index >= json_array_get_length (array))
    return NULL;

  return json_array_get_element (array, (guint) index);
}

/**
 * plt_json_text_find:
 * @root: (nullable): where the pointer starts
 * @pointer: a valid JSON Pointer (RFC 6901)
 *
 * Returns: (transfer none) (nullable): the node; %NULL if nothing stands there or if it is null
 */
JsonNode *
plt_json_text_find (JsonNode   *root,
                    const char *pointer)
{
  g_auto (GStrv) tokens = g_strsplit (pointer, "/", -1);
  JsonNode *node = root;

  for (guint i = 1; node != NULL && tokens[0] != NULL && tokens[i] != NULL; i++)
    {
      g_autofree char *token = unescape_token (tokens[i]);

      node = step (node, token);
    }

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/**
 * plt_json_pointer_is_valid:
 * @pointer: text
 *
 * Returns: whether it is a JSON Pointer by the grammar of RFC 6901, section 3
 */
gboolean
plt_json_pointer_is_valid (const char *pointer)
{
  if (*pointer != '\0' && *pointer != '/')
    return FALSE;

  for (const char *at = strchr (pointer, '~'); at != NULL; at = strchr (at + 1, '~'))
    {
      if (at[1] != '0' && at[1] != '1')
        return FALSE;
    }

  return TRUE;
}
