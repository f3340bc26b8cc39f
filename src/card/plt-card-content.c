/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the content stream of a form that cairo wrote, and has its paths spelled anew by
 * plt-card-content-paths.c. All else stays as it stands. Done once for a layout. */
#include "plt-card-content.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

#define MAX_CONTENT (32 * 1024 * 1024)
#define MAX_DEPTH 32

typedef struct
{
  PltContentPacker *packer;
  const char       *text;
  gsize             length;
  gsize             at;
  gsize             copied;   /* up to here all is in the packer */
  gsize             operands; /* where those of the next operator begin */
  double            numbers[PLT_CONTENT_MAX_NUMBERS];
  int               n_numbers; /* -1: there is something else among them, or more */
  double            scales[MAX_DEPTH];
  guint             depth;
  PltContentPath    path;     /* so far */
} Reader;

/* ---- tokens ---- */

static gboolean
is_delimiter (char c)
{
  return g_ascii_isspace (c) || strchr ("()<>[]/%", c) != NULL;
}

static gsize
skip_string (const Reader *reader,
             gsize         at)
{
  int depth = 0;

  for (; at < reader->length; at++)
    if (reader->text[at] == '\\')
      at++;
    else if (reader->text[at] == '(')
      depth++;
    else if (reader->text[at] == ')' && --depth == 0)
      return at + 1;
  return reader->length;
}

/* The end of the token that begins at @at. */
static gsize
find_token_end (const Reader *reader,
                gsize         at)
{
  char first = reader->text[at];

  if (first == '(')
    return skip_string (reader, at);
  at++;
  if (first == '/' || !is_delimiter (first))
    while (at < reader->length && !is_delimiter (reader->text[at]))
      at++;
  return at;
}

static gboolean
read_number (const char *text,
             gsize       length,
             double     *number)
{
  char digits[32];
  char *end = NULL;

  if (length >= sizeof digits || strspn (text, "+-.0123456789") < length)
    return FALSE;
  memcpy (digits, text, length);
  digits[length] = '\0';
  *number = g_ascii_strtod (digits, &end);
  return end == digits + length;
}

/* ---- the stream ---- */

/* What stands from @from on, behind white space, is this word. */
static gboolean
is_word (const Reader *reader,
         gsize         from,
         const char   *word)
{
  gsize length = strlen (word);

  while (from < reader->length && g_ascii_isspace (reader->text[from]))
    from++;
  return from + length < reader->length && memcmp (reader->text + from, word, length) == 0
         && is_delimiter (reader->text[from + length]);
}

/* @at: of the operator that ends the path; only stroked lines stand alone between "q" and "Q" */
static void
flush_path (Reader *reader,
            gsize   at)
{
  if (reader->path.segments->len == 0)
    return;
  plt_content_packer_add_text (reader->packer, "\n", 1);
  reader->path.scale = reader->scales[reader->depth];
  plt_content_path_end (&reader->path, is_word (reader, at, "S") && is_word (reader, at + 1, "Q"));
}

static void
copy_to (Reader *reader,
         gsize   end)
{
  plt_content_packer_add_text (reader->packer, reader->text + reader->copied, end - reader->copied);
  reader->copied = end;
}

static gboolean
take_state (Reader     *reader,
            const char *word,
            gsize       length)
{
  if (length == 1 && *word == 'q')
    {
      if (reader->depth + 1 >= MAX_DEPTH)
        return FALSE;
      reader->scales[reader->depth + 1] = reader->scales[reader->depth];
      reader->depth++;
    }
  else if (length == 1 && *word == 'Q')
    {
      if (reader->depth == 0)
        return FALSE;
      reader->depth--;
    }
  else if (length == 2 && memcmp (word, "cm", 2) == 0)
    {
      const double *m = reader->numbers;

      if (reader->n_numbers != 6)
        return FALSE;
      reader->scales[reader->depth] *= MAX (hypot (m[0], m[1]), hypot (m[2], m[3]));
    }
  return TRUE;
}

/* Whether the operator is one that adds to the path, with the numbers that it needs. */
static gboolean
take_segment (Reader     *reader,
              const char *word,
              gsize       length)
{
  static const char *const operators[] = { "m", "l", "c", "v", "y", "h", "re" };

  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      PltContentSegment segment = { .op = operators[i][0] };

      if (strlen (operators[i]) != length || memcmp (operators[i], word, length) != 0)
        continue;
      if (reader->n_numbers != (int) plt_content_count_numbers (segment.op))
        return FALSE;
      memcpy (segment.numbers, reader->numbers, sizeof segment.numbers);
      g_array_append_val (reader->path.segments, segment);
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_word (Reader *reader,
           gsize   start,
           gsize   end)
{
  const char *word = reader->text + start;
  gsize length = end - start;
  gboolean was_path = reader->path.segments->len > 0;

  if (length == 2 && memcmp (word, "BI", 2) == 0)
    return FALSE;
  if (!was_path)
    copy_to (reader, reader->operands);
  if (take_segment (reader, word, length))
    {
      reader->copied = end;
    }
  else
    {
      flush_path (reader, start);
      if (!take_state (reader, word, length))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_token (Reader *reader)
{
  gsize start = reader->at, end = find_token_end (reader, start);
  char first = reader->text[start];
  double number;

  reader->at = end;
  if (first == '%')
    return FALSE;
  if (read_number (reader->text + start, end - start, &number))
    {
      if (reader->n_numbers >= 0 && reader->n_numbers < PLT_CONTENT_MAX_NUMBERS)
        reader->numbers[reader->n_numbers++] = number;
      else
        reader->n_numbers = -1;
      return TRUE;
    }
  if (!g_ascii_isalpha (first) && first != '\'' && first != '"')
    {
      reader->n_numbers = -1;
      return TRUE;
    }
  if (!take_word (reader, start, end))
    return FALSE;
  reader->n_numbers = 0;
  reader->operands = end;
  return TRUE;
}

static gboolean
read_stream (Reader *reader)
{
  for (;;)
    {
      while (reader->at < reader->length && g_ascii_isspace (reader->text[reader->at]))
        reader->at++;
      if (reader->at == reader->length)
        break;
      if (!read_token (reader))
        return FALSE;
    }
  if (reader->path.segments->len > 0)
    return FALSE;
  copy_to (reader, reader->length);
  return TRUE;
}

static char *
expand (const char *content,
        gsize       length,
        gsize      *expanded)
{
  for (uLongf room = length * 8 + 1024; room <= MAX_CONTENT; room *= 2)
    {
      uLongf used = room;
      g_autofree char *text = g_malloc (room);
      int code = uncompress ((guint8 *) text, &used, (const guint8 *) content, length);

      if (code == Z_OK)
        {
          *expanded = used;
          return g_steal_pointer (&text);
        }
      if (code != Z_BUF_ERROR)
        return NULL;
    }
  return NULL;
}

GBytes *
plt_card_content_pack (const char *content,
                       gsize       length,
                       guint      *columns)
{
  g_autoptr (PltContentPacker) packer = plt_content_packer_new ();
  g_autoptr (GString) spelled = g_string_new (NULL);
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (PltContentSegment));
  Reader reader = { .packer = packer, .scales = { 1 }, .path = { packer, 1, segments, spelled } };
  g_autofree char *text = expand (content, length, &reader.length);

  reader.text = text;
  if (text == NULL || !read_stream (&reader))
    return NULL;
  return plt_content_packer_pack (packer, columns);
}
