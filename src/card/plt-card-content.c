/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the content stream of a form that cairo wrote, and spells its paths anew: to a hundredth of a
 * point, where a dot of the finest card printer has twelve, and subpaths of the same kind, which are the
 * patterns of the ground, to a twentieth, as rows that plt-card-content-rows.c packs. All else stays as it
 * stands. Done once for a layout. */
#include "plt-card-content.h"

#include <math.h>
#include <string.h>
#include <zlib.h>

#define MAX_CONTENT (32 * 1024 * 1024)
#define MAX_DEPTH 32
#define MAX_NUMBERS 6
#define MAX_PERIOD 4     /* subpaths that are repeated together */
#define LEAST_REPEATED 4 /* times */
#define LEAST_NUMBERS 8  /* in one of them */
#define NEARER 0.8       /* a longer period must be worth it */
#define ROW_UNITS 5      /* of the last decimal: what the numbers of rows are multiples of */
#define FIXED_POINT 256  /* parts of a point that cairo's paths are told in */

typedef struct
{
  char   op;
  double numbers[MAX_NUMBERS];
} Segment;

typedef struct
{
  guint first, n; /* segments */
} Subpath;

typedef struct
{
  PltContentPacker *packer;
  const char       *text;
  gsize             length;
  gsize             at;
  gsize             copied;   /* up to here all is in the packer */
  gsize             operands; /* where those of the next operator begin */
  double            numbers[MAX_NUMBERS];
  int               n_numbers; /* -1: there is something else among them, or more */
  double            scales[MAX_DEPTH];
  guint             depth;
  GArray           *segments; /* of Segment: the path so far */
  GString          *spelled;
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

/* ---- spelling ---- */

/* What a length of one is on the page decides how much of a number can be seen. */
static int
get_decimals (const Reader *reader)
{
  double scale = reader->scales[reader->depth];

  return scale <= 4 ? 2 : scale <= 40 ? 3 : scale <= 400 ? 4 : 6;
}

static gint64
to_units (double number,
          int    decimals)
{
  return (gint64) llround (number * pow (10, decimals));
}

static guint
count_numbers (char op)
{
  switch (op)
    {
    case 'm': case 'l': return 2;
    case 'c': return 6;
    case 'v': case 'y': case 'r': return 4;
    default: return 0;
    }
}

static const char *
get_operator (char op)
{
  static const char *const operators[] = { "m", "l", "c", "v", "y", "h", "re" };

  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i][0] == op)
      return operators[i];
  return "";
}

/* As short as it can be said. */
static void
spell_number (GString *out,
              double   number,
              int      decimals)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  gint64 units = to_units (number, decimals);
  gsize length;

  g_snprintf (format, sizeof format, "%%.%df", decimals);
  g_ascii_formatd (digits, sizeof digits, format, (double) ABS (units) / pow (10, decimals));
  length = strlen (digits);
  while (length > 0 && digits[length - 1] == '0')
    length--;
  if (length > 0 && digits[length - 1] == '.')
    length--;
  if (units < 0)
    g_string_append_c (out, '-');
  g_string_append_len (out, digits, (gssize) MAX (length, 1));
}

/* In as many characters as all others of the row; "0002.84" and "-002.84" are numbers of PDF. */
static void
spell_wide (GString *out,
            double   number,
            int      decimals,
            guint    n_digits)
{
  gint64 units = to_units (number / ROW_UNITS, decimals) * ROW_UNITS, rest = ABS (units);
  char digits[32];
  char *at = digits + sizeof digits;

  for (int i = 0; i < (int) n_digits; i++, rest /= 10)
    {
      if (i == decimals && decimals > 0)
        *--at = '.';
      *--at = (char) ('0' + rest % 10);
    }
  *--at = units < 0 ? '-' : '0';
  g_string_append_len (out, at, digits + sizeof digits - at);
}

static guint
count_digits (const Reader  *reader,
              const Segment *segments,
              guint          n_segments,
              int            decimals)
{
  guint most = (guint) decimals + 1;

  for (guint i = 0; i < n_segments; i++)
    for (guint j = 0; j < count_numbers (segments[i].op); j++)
      {
        gint64 units = ABS (to_units (segments[i].numbers[j], decimals)) + ROW_UNITS;
        guint n = 0;

        for (; units > 0; units /= 10)
          n++;
        most = MAX (most, n);
      }
  return most;
}

static void
spell_segment (GString       *out,
               const Segment *segment,
               int            decimals,
               guint          n_digits) /* 0: short */
{
  for (guint i = 0; i < count_numbers (segment->op); i++)
    {
      if (n_digits > 0)
        spell_wide (out, segment->numbers[i], decimals, n_digits);
      else
        spell_number (out, segment->numbers[i], decimals);
      g_string_append_c (out, ' ');
    }
  g_string_append (out, get_operator (segment->op));
  g_string_append_c (out, n_digits > 0 ? ' ' : '\n');
}

/* ---- paths ---- */

static GArray *
list_subpaths (const Reader *reader)
{
  GArray *subpaths = g_array_new (FALSE, FALSE, sizeof (Subpath));

  for (guint i = 0; i < reader->segments->len; i++)
    {
      char op = g_array_index (reader->segments, Segment, i).op;

      if (subpaths->len == 0 || op == 'm' || op == 'r')
        g_array_append_val (subpaths, ((Subpath) { i, 0 }));
      g_array_index (subpaths, Subpath, subpaths->len - 1).n++;
    }
  return subpaths;
}

static gboolean
are_alike (const Reader  *reader,
           const Subpath *a,
           const Subpath *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (g_array_index (reader->segments, Segment, a->first + i).op
        != g_array_index (reader->segments, Segment, b->first + i).op)
      return FALSE;
  return TRUE;
}

/* How often the @period subpaths from @first on come, one after the other. */
static guint
count_repeats (const Reader *reader,
               GArray       *subpaths,
               guint         first,
               guint         period)
{
  guint n = 1;

  for (;; n++)
    for (guint i = 0; i < period; i++)
      {
        guint at = first + n * period + i;

        if (at >= subpaths->len
            || !are_alike (reader, &g_array_index (subpaths, Subpath, first + i),
                           &g_array_index (subpaths, Subpath, at)))
          return n;
      }
}

/* How much two rows of @period subpaths each differ: characters. */
static guint
compare_rows (Reader *reader,
              GArray *subpaths,
              guint   first,
              guint   period)
{
  const Subpath *a = &g_array_index (subpaths, Subpath, first);
  const Subpath *b = &g_array_index (subpaths, Subpath, first + period);
  guint n_segments = b->first - a->first, n_differing = 0;
  int decimals = get_decimals (reader);

  for (guint i = 0; i < n_segments; i++)
    {
      const Segment *left = &g_array_index (reader->segments, Segment, a->first + i);
      const Segment *right = &g_array_index (reader->segments, Segment, b->first + i);
      double shift[2] = { 0 };

      for (guint j = 0; j < count_numbers (left->op); j++)
        {
          double moved = right->numbers[j] - left->numbers[j];

          if (i == 0 && j < 2)
            shift[j] = moved;
          n_differing += to_units (moved - shift[j % 2], decimals) != 0;
        }
    }
  return n_differing;
}

/* (out): how many subpaths make one row. Returns: how many rows follow each other from @first on */
static guint
find_rows (Reader *reader,
           GArray *subpaths,
           guint   first,
           guint  *period)
{
  guint n_best = 0;
  double best = G_MAXDOUBLE;

  for (guint p = 1; p <= MAX_PERIOD && first + p < subpaths->len; p++)
    {
      guint n = count_repeats (reader, subpaths, first, p);
      double differing;

      if (n < LEAST_REPEATED)
        continue;
      differing = compare_rows (reader, subpaths, first, p) / (double) p;
      if (differing < best * NEARER)
        {
          best = differing;
          n_best = n;
          *period = p;
        }
    }
  return n_best;
}

static guint
count_numbers_in (const Reader *reader,
                  guint         first,
                  guint         n)
{
  guint n_numbers = 0;

  for (guint i = first; i < first + n; i++)
    n_numbers += count_numbers (g_array_index (reader->segments, Segment, i).op);
  return n_numbers;
}

static void
add_short (Reader *reader,
           guint   first,
           guint   n)
{
  g_string_truncate (reader->spelled, 0);
  for (guint i = first; i < first + n; i++)
    spell_segment (reader->spelled, &g_array_index (reader->segments, Segment, i),
                   get_decimals (reader), 0);
  plt_content_packer_add_text (reader->packer, reader->spelled->str, reader->spelled->len);
}

static void
add_row (Reader   *reader,
         guint     first,
         guint     n,
         guint     n_digits,
         gboolean  is_like_last)
{
  g_string_truncate (reader->spelled, 0);
  for (guint i = first; i < first + n; i++)
    spell_segment (reader->spelled, &g_array_index (reader->segments, Segment, i),
                   get_decimals (reader), n_digits);
  plt_content_packer_add_row (reader->packer, reader->spelled->str, reader->spelled->len,
                              is_like_last);
}

static void
add_subpaths (Reader *reader)
{
  g_autoptr (GArray) subpaths = list_subpaths (reader);
  guint period = 1, n_rows;

  for (guint i = 0; i < subpaths->len; i += MAX (n_rows, 1) * (n_rows > 0 ? period : 1))
    {
      const Subpath *first = &g_array_index (subpaths, Subpath, i);
      const Subpath *last;
      guint n_digits;

      n_rows = find_rows (reader, subpaths, i, &period);
      last = &g_array_index (subpaths, Subpath, i + (n_rows > 0 ? period : 1) - 1);
      if (n_rows == 0
          || count_numbers_in (reader, first->first, last->first + last->n - first->first)
               < LEAST_NUMBERS)
        {
          n_rows = 0;
          add_short (reader, first->first, first->n);
          continue;
        }
      last = &g_array_index (subpaths, Subpath, i + n_rows * period - 1);
      n_digits = count_digits (reader, &g_array_index (reader->segments, Segment, first->first),
                               last->first + last->n - first->first, get_decimals (reader));
      for (guint row = 0; row < n_rows; row++)
        {
          const Subpath *from = &g_array_index (subpaths, Subpath, i + row * period);
          const Subpath *to = &g_array_index (subpaths, Subpath, i + (row + 1) * period - 1);

          add_row (reader, from->first, to->first + to->n - from->first, n_digits, row > 0);
        }
    }
}

/* ---- lines around a centre ---- */

/* Twice where a point lies from the centre, in parts of a point; or twice the centre itself. */
typedef struct
{
  gint64 x, y;
} Place;

static gint64
to_parts (double number)
{
  return (gint64) llround (number * FIXED_POINT);
}

/* Point @at of a subpath of curves: its first, then three of each curve. */
static Place
get_point (const Reader  *reader,
           const Subpath *subpath,
           guint          at)
{
  const Segment *segment =
    &g_array_index (reader->segments, Segment, subpath->first + (at + 2) / 3);
  guint j = at == 0 ? 0 : 2 * ((at + 2) % 3);

  return (Place) { to_parts (segment->numbers[j]), to_parts (segment->numbers[j + 1]) };
}

static gboolean
is_near (gint64 a,
         gint64 b)
{
  return ABS (a - b) <= 2;
}

/* Reads a subpath that a half turn about the centre leaves as it is. @centre: (inout): twice the centre;
 * of the first subpath it is found. Returns: (nullable): twice the points from there, of its first half */
static Place *
read_turning (const Reader  *reader,
              const Subpath *subpath,
              gboolean       is_first,
              Place         *centre)
{
  guint half = (subpath->n - 1) / 2 * 3;
  g_autofree Place *places = NULL;

  if (subpath->n < 9 || subpath->n % 2 == 0
      || g_array_index (reader->segments, Segment, subpath->first).op != 'm')
    return NULL;
  for (guint i = 1; i < subpath->n; i++)
    if (g_array_index (reader->segments, Segment, subpath->first + i).op != 'c')
      return NULL;
  places = g_new (Place, half);
  for (guint i = 0; i < half; i++)
    {
      Place a = get_point (reader, subpath, i), b = get_point (reader, subpath, i + half);

      if (is_first && i == 0)
        *centre = (Place) { a.x + b.x, a.y + b.y };
      if (!is_near (a.x + b.x, centre->x) || !is_near (a.y + b.y, centre->y))
        return NULL;
      places[i] = (Place) { a.x - b.x, a.y - b.y };
    }
  if (!is_near (get_point (reader, subpath, 0).x, get_point (reader, subpath, 2 * half).x)
      || !is_near (get_point (reader, subpath, 0).y, get_point (reader, subpath, 2 * half).y))
    return NULL;
  return g_steal_pointer (&places);
}

/* Both as read_turning() returns them: whether one is the other upside down, wherever it begins. */
static gboolean
is_mirrored (const Place *a,
             const Place *b,
             guint        half)
{
  for (guint start = 0; start < 2 * half; start += 3)
    {
      guint i;

      for (i = 0; i < half; i++)
        {
          guint at = (start + 2 * half - i) % (2 * half);
          gint64 sign = at < half ? 1 : -1;

          if (!is_near (sign * b[at % half].x, a[i].x) || !is_near (sign * b[at % half].y, -a[i].y))
            break;
        }
      if (i == half)
        return TRUE;
    }
  return FALSE;
}

/* The two halves of the line as two rows. */
static void
add_halves (Reader      *reader,
            const Place *places,
            guint        half,
            int          sign_y,
            guint        n_digits,
            gboolean     is_like_last)
{
  for (int turn = 1; turn >= -1; turn -= 2)
    {
      g_string_truncate (reader->spelled, 0);
      for (guint i = 0; i <= half; i++)
        {
          const Place *place = &places[i % half];
          int sign = i == half ? -turn : turn;

          spell_wide (reader->spelled, (double) (sign * place->x) / (2 * FIXED_POINT), 2, n_digits);
          g_string_append_c (reader->spelled, ' ');
          spell_wide (reader->spelled, (double) (sign * sign_y * place->y) / (2 * FIXED_POINT), 2,
                      n_digits);
          g_string_append (reader->spelled, i == 0 ? " m " : i % 3 == 0 ? " c " : " ");
          if (i == 0 && turn < 0)
            memset (reader->spelled->str, ' ', reader->spelled->len);
        }
      plt_content_packer_add_row (reader->packer, reader->spelled->str, reader->spelled->len,
                                  is_like_last || turn < 0);
    }
}

static void
add_turning_lines (Reader    *reader,
                   GPtrArray *lines,
                   guint      half,
                   Place      centre)
{
  guint n_digits = 3;
  g_autofree gboolean *is_added = g_new0 (gboolean, lines->len);
  g_autoptr (GString) move = g_string_new ("1 0 0 1 ");

  spell_number (move, (double) centre.x / (2 * FIXED_POINT), 4);
  g_string_append_c (move, ' ');
  spell_number (move, (double) centre.y / (2 * FIXED_POINT), 4);
  g_string_append (move, " cm\n");
  plt_content_packer_add_text (reader->packer, move->str, move->len);
  for (guint i = 0; i < lines->len; i++)
    for (guint j = 0; j < half; j++)
      {
        const Place *place = &((const Place *) lines->pdata[i])[j];
        gint64 most = MAX (ABS (place->x), ABS (place->y)) * 100 / (2 * FIXED_POINT) + ROW_UNITS;
        guint n = 0;

        for (; most > 0; most /= 10)
          n++;
        n_digits = MAX (n_digits, n);
      }
  for (guint i = 0; i < lines->len; i++)
    {
      if (is_added[i])
        continue;
      add_halves (reader, lines->pdata[i], half, 1, n_digits, FALSE);
      for (guint j = i + 1; j < lines->len; j++)
        if (!is_added[j] && is_mirrored (lines->pdata[i], lines->pdata[j], half))
          {
            add_halves (reader, lines->pdata[i], half, -1, n_digits, TRUE);
            is_added[j] = TRUE;
            break;
          }
    }
}

/* The lines of a rosette: closed, and each the same after half a turn. */
static gboolean
add_turning (Reader *reader)
{
  g_autoptr (GArray) subpaths = list_subpaths (reader);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint half = subpaths->len > 0 ? (g_array_index (subpaths, Subpath, 0).n - 1) / 2 * 3 : 0;
  Place centre = { 0 };

  if (get_decimals (reader) != 2 || fabs (reader->scales[reader->depth] - 1) > 1e-6)
    return FALSE;
  for (guint i = 0; i < subpaths->len; i++)
    {
      const Subpath *subpath = &g_array_index (subpaths, Subpath, i);
      Place *places = read_turning (reader, subpath, i == 0, &centre);

      if (places != NULL)
        g_ptr_array_add (lines, places);
      if (places == NULL || (subpath->n - 1) / 2 * 3 != half)
        return FALSE;
    }
  add_turning_lines (reader, lines, half, centre);
  return TRUE;
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
  if (reader->segments->len == 0)
    return;
  plt_content_packer_add_text (reader->packer, "\n", 1);
  if (!is_word (reader, at, "S") || !is_word (reader, at + 1, "Q") || !add_turning (reader))
    add_subpaths (reader);
  g_array_set_size (reader->segments, 0);
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
      Segment segment = { .op = operators[i][0] };

      if (strlen (operators[i]) != length || memcmp (operators[i], word, length) != 0)
        continue;
      if (reader->n_numbers != (int) count_numbers (segment.op))
        return FALSE;
      memcpy (segment.numbers, reader->numbers, sizeof segment.numbers);
      g_array_append_val (reader->segments, segment);
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
  gboolean was_path = reader->segments->len > 0;

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
      if (reader->n_numbers >= 0 && reader->n_numbers < MAX_NUMBERS)
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
  if (reader->segments->len > 0)
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
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  Reader reader = { .packer = packer, .scales = { 1 }, .segments = segments, .spelled = spelled };
  g_autofree char *text = expand (content, length, &reader.length);

  reader.text = text;
  if (text == NULL || !read_stream (&reader))
    return NULL;
  return plt_content_packer_pack (packer, columns);
}
