/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spells a path anew: to a hundredth of a point, where a dot of the finest card printer has twelve, and
 * subpaths of the same kind, which are the patterns of the ground, to a twentieth, as rows that
 * plt-card-content-rows.c packs. Lines around a centre are kept as half a turn. */
#include "plt-card-content.h"

#include <math.h>
#include <string.h>

#define MAX_PERIOD 4     /* subpaths that are repeated together */
#define LEAST_REPEATED 4 /* times */
#define LEAST_NUMBERS 8  /* in one of them */
#define NEARER 0.8       /* a longer period must be worth it */
#define ROW_UNITS 5      /* of the last decimal: what the numbers of rows are multiples of */
#define FIXED_POINT 256  /* parts of a point that cairo's paths are told in */

typedef struct
{
  guint first, n; /* segments */
} Subpath;

/* ---- spelling ---- */

/* What a length of one is on the page decides how much of a number can be seen. */
static int
get_decimals (const PltContentPath *path)
{
  double scale = path->scale;

  return scale <= 4 ? 2 : scale <= 40 ? 3 : scale <= 400 ? 4 : 6;
}

static gint64
to_units (double number,
          int    decimals)
{
  return (gint64) llround (number * pow (10, decimals));
}

/* Returns: how many stand before the operator that begins with this letter */
guint
plt_content_count_numbers (char op)
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
count_digits (const PltContentPath  *path,
              const PltContentSegment *segments,
              guint          n_segments,
              int            decimals)
{
  guint most = (guint) decimals + 1;

  for (guint i = 0; i < n_segments; i++)
    for (guint j = 0; j < plt_content_count_numbers (segments[i].op); j++)
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
               const PltContentSegment *segment,
               int            decimals,
               guint          n_digits) /* 0: short */
{
  for (guint i = 0; i < plt_content_count_numbers (segment->op); i++)
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
list_subpaths (const PltContentPath *path)
{
  GArray *subpaths = g_array_new (FALSE, FALSE, sizeof (Subpath));

  for (guint i = 0; i < path->segments->len; i++)
    {
      char op = g_array_index (path->segments, PltContentSegment, i).op;

      if (subpaths->len == 0 || op == 'm' || op == 'r')
        g_array_append_val (subpaths, ((Subpath) { i, 0 }));
      g_array_index (subpaths, Subpath, subpaths->len - 1).n++;
    }
  return subpaths;
}

static gboolean
are_alike (const PltContentPath  *path,
           const Subpath *a,
           const Subpath *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (g_array_index (path->segments, PltContentSegment, a->first + i).op
        != g_array_index (path->segments, PltContentSegment, b->first + i).op)
      return FALSE;
  return TRUE;
}

/* How often the @period subpaths from @first on come, one after the other. */
static guint
count_repeats (const PltContentPath *path,
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
            || !are_alike (path, &g_array_index (subpaths, Subpath, first + i),
                           &g_array_index (subpaths, Subpath, at)))
          return n;
      }
}

/* How much two rows of @period subpaths each differ: characters. */
static guint
compare_rows (PltContentPath *path,
              GArray *subpaths,
              guint   first,
              guint   period)
{
  const Subpath *a = &g_array_index (subpaths, Subpath, first);
  const Subpath *b = &g_array_index (subpaths, Subpath, first + period);
  guint n_segments = b->first - a->first, n_differing = 0;
  int decimals = get_decimals (path);

  for (guint i = 0; i < n_segments; i++)
    {
      const PltContentSegment *left = &g_array_index (path->segments, PltContentSegment, a->first + i);
      const PltContentSegment *right = &g_array_index (path->segments, PltContentSegment, b->first + i);
      double shift[2] = { 0 };

      for (guint j = 0; j < plt_content_count_numbers (left->op); j++)
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
find_rows (PltContentPath *path,
           GArray *subpaths,
           guint   first,
           guint  *period)
{
  guint n_best = 0;
  double best = G_MAXDOUBLE;

  for (guint p = 1; p <= MAX_PERIOD && first + p < subpaths->len; p++)
    {
      guint n = count_repeats (path, subpaths, first, p);
      double differing;

      if (n < LEAST_REPEATED)
        continue;
      differing = compare_rows (path, subpaths, first, p) / (double) p;
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
count_numbers_in (const PltContentPath *path,
                  guint         first,
                  guint         n)
{
  guint n_numbers = 0;

  for (guint i = first; i < first + n; i++)
    n_numbers += plt_content_count_numbers (g_array_index (path->segments, PltContentSegment, i).op);
  return n_numbers;
}

static void
add_short (PltContentPath *path,
           guint   first,
           guint   n)
{
  g_string_truncate (path->spelled, 0);
  for (guint i = first; i < first + n; i++)
    spell_segment (path->spelled, &g_array_index (path->segments, PltContentSegment, i),
                   get_decimals (path), 0);
  plt_content_packer_add_text (path->packer, path->spelled->str, path->spelled->len);
}

static void
add_row (PltContentPath   *path,
         guint     first,
         guint     n,
         guint     n_digits,
         gboolean  is_like_last)
{
  g_string_truncate (path->spelled, 0);
  for (guint i = first; i < first + n; i++)
    spell_segment (path->spelled, &g_array_index (path->segments, PltContentSegment, i),
                   get_decimals (path), n_digits);
  plt_content_packer_add_row (path->packer, path->spelled->str, path->spelled->len,
                              is_like_last);
}

static void
add_subpaths (PltContentPath *path)
{
  g_autoptr (GArray) subpaths = list_subpaths (path);
  guint period = 1, n_rows;

  for (guint i = 0; i < subpaths->len; i += MAX (n_rows, 1) * (n_rows > 0 ? period : 1))
    {
      const Subpath *first = &g_array_index (subpaths, Subpath, i);
      const Subpath *last;
      guint n_digits;

      n_rows = find_rows (path, subpaths, i, &period);
      last = &g_array_index (subpaths, Subpath, i + (n_rows > 0 ? period : 1) - 1);
      if (n_rows == 0
          || count_numbers_in (path, first->first, last->first + last->n - first->first)
               < LEAST_NUMBERS)
        {
          n_rows = 0;
          add_short (path, first->first, first->n);
          continue;
        }
      last = &g_array_index (subpaths, Subpath, i + n_rows * period - 1);
      n_digits = count_digits (path, &g_array_index (path->segments, PltContentSegment, first->first),
                               last->first + last->n - first->first, get_decimals (path));
      for (guint row = 0; row < n_rows; row++)
        {
          const Subpath *from = &g_array_index (subpaths, Subpath, i + row * period);
          const Subpath *to = &g_array_index (subpaths, Subpath, i + (row + 1) * period - 1);

          add_row (path, from->first, to->first + to->n - from->first, n_digits, row > 0);
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
get_point (const PltContentPath  *path,
           const Subpath *subpath,
           guint          at)
{
  const PltContentSegment *segment =
    &g_array_index (path->segments, PltContentSegment, subpath->first + (at + 2) / 3);
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
read_turning (const PltContentPath  *path,
              const Subpath *subpath,
              gboolean       is_first,
              Place         *centre)
{
  guint half = (subpath->n - 1) / 2 * 3;
  g_autofree Place *places = NULL;

  if (subpath->n < 9 || subpath->n % 2 == 0
      || g_array_index (path->segments, PltContentSegment, subpath->first).op != 'm')
    return NULL;
  for (guint i = 1; i < subpath->n; i++)
    if (g_array_index (path->segments, PltContentSegment, subpath->first + i).op != 'c')
      return NULL;
  places = g_new (Place, half);
  for (guint i = 0; i < half; i++)
    {
      Place a = get_point (path, subpath, i), b = get_point (path, subpath, i + half);

      if (is_first && i == 0)
        *centre = (Place) { a.x + b.x, a.y + b.y };
      if (!is_near (a.x + b.x, centre->x) || !is_near (a.y + b.y, centre->y))
        return NULL;
      places[i] = (Place) { a.x - b.x, a.y - b.y };
    }
  if (!is_near (get_point (path, subpath, 0).x, get_point (path, subpath, 2 * half).x)
      || !is_near (get_point (path, subpath, 0).y, get_point (path, subpath, 2 * half).y))
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
add_halves (PltContentPath      *path,
            const Place *places,
            guint        half,
            int          sign_y,
            guint        n_digits,
            gboolean     is_like_last)
{
  for (int turn = 1; turn >= -1; turn -= 2)
    {
      g_string_truncate (path->spelled, 0);
      for (guint i = 0; i <= half; i++)
        {
          const Place *place = &places[i % half];
          int sign = i == half ? -turn : turn;

          spell_wide (path->spelled, (double) (sign * place->x) / (2 * FIXED_POINT), 2, n_digits);
          g_string_append_c (path->spelled, ' ');
          spell_wide (path->spelled, (double) (sign * sign_y * place->y) / (2 * FIXED_POINT), 2,
                      n_digits);
          g_string_append (path->spelled, i == 0 ? " m " : i % 3 == 0 ? " c " : " ");
          if (i == 0 && turn < 0)
            memset (path->spelled->str, ' ', path->spelled->len);
        }
      plt_content_packer_add_row (path->packer, path->spelled->str, path->spelled->len,
                                  is_like_last || turn < 0);
    }
}

static void
add_turning_lines (PltContentPath    *path,
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
  plt_content_packer_add_text (path->packer, move->str, move->len);
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
      add_halves (path, lines->pdata[i], half, 1, n_digits, FALSE);
      for (guint j = i + 1; j < lines->len; j++)
        if (!is_added[j] && is_mirrored (lines->pdata[i], lines->pdata[j], half))
          {
            add_halves (path, lines->pdata[i], half, -1, n_digits, TRUE);
            is_added[j] = TRUE;
            break;
          }
    }
}

/* The lines of a rosette: closed, and each the same after half a turn. */
static gboolean
add_turning (PltContentPath *path)
{
  g_autoptr (GArray) subpaths = list_subpaths (path);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint half = subpaths->len > 0 ? (g_array_index (subpaths, Subpath, 0).n - 1) / 2 * 3 : 0;
  Place centre = { 0 };

  if (get_decimals (path) != 2 || fabs (path->scale - 1) > 1e-6)
    return FALSE;
  for (guint i = 0; i < subpaths->len; i++)
    {
      const Subpath *subpath = &g_array_index (subpaths, Subpath, i);
      Place *places = read_turning (path, subpath, i == 0, &centre);

      if (places != NULL)
        g_ptr_array_add (lines, places);
      if (places == NULL || (subpath->n - 1) / 2 * 3 != half)
        return FALSE;
    }
  add_turning_lines (path, lines, half, centre);
  return TRUE;
}

/* @are_lines: it is stroked and stands alone; else any path. The path is empty afterwards. */
void
plt_content_path_end (PltContentPath *path,
                      gboolean        are_lines)
{
  if (!are_lines || !add_turning (path))
    add_subpaths (path);
  g_array_set_size (path->segments, 0);
}
