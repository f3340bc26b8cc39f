/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compresses a content stream in which things follow that differ little: the lines of a guilloche, the
 * stars of a ground. Each is a row of as many bytes, and what is compressed is its difference from the
 * row before (predictor 12 of ISO 32000-1, 7.4.4.4: that of PNG, per row none or Up). */
#include "plt-card-content.h"

#include <string.h>
#include <zlib.h>

#define MAX_TRIALS 4
#define TRIAL_LEVEL 6
#define FILTER_NONE 0
#define FILTER_UP 2

typedef struct
{
  gsize    start, length; /* in the text */
  gboolean is_row;
  gboolean is_like_last;
} Piece;

struct _PltContentPacker
{
  GByteArray *text;
  GArray     *pieces; /* of Piece */
};

typedef struct
{
  gsize length; /* of rows */
  gsize weight; /* bytes in rows of that length */
} Width;

PltContentPacker *
plt_content_packer_new (void)
{
  PltContentPacker *self = g_new0 (PltContentPacker, 1);

  self->text = g_byte_array_new ();
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  return self;
}

void
plt_content_packer_free (PltContentPacker *self)
{
  g_byte_array_unref (self->text);
  g_array_unref (self->pieces);
  g_free (self);
}

static void
add_piece (PltContentPacker *self,
           const char       *text,
           Piece             piece)
{
  piece.start = self->text->len;
  g_byte_array_append (self->text, (const guint8 *) text, (guint) piece.length);
  g_array_append_val (self->pieces, piece);
}

void
plt_content_packer_add_text (PltContentPacker *self,
                             const char       *text,
                             gsize             length)
{
  if (length > 0)
    add_piece (self, text, (Piece) { .length = length });
}

/* @is_like_last: the row before is of the same shape, so that little more than its difference need be
 * kept */
void
plt_content_packer_add_row (PltContentPacker *self,
                            const char       *text,
                            gsize             length,
                            gboolean          is_like_last)
{
  add_piece (self, text, (Piece) { .length = length, .is_row = TRUE, .is_like_last = is_like_last });
}

/* ---- rows of one width ---- */

typedef struct
{
  GByteArray *bytes;
  guint8     *last;   /* row, without its filter */
  guint8     *row;
  gsize       used;   /* bytes of @row */
  gsize       columns;
} Rows;

static void
end_row (Rows   *rows,
         guint8  filter)
{
  memset (rows->row + rows->used, ' ', rows->columns - rows->used);
  g_byte_array_append (rows->bytes, &filter, 1);
  for (gsize i = 0; filter == FILTER_UP && i < rows->columns; i++)
    rows->last[i] = (guint8) (rows->row[i] - rows->last[i]);
  g_byte_array_append (rows->bytes, filter == FILTER_UP ? rows->last : rows->row,
                       (guint) rows->columns);
  memcpy (rows->last, rows->row, rows->columns);
  rows->used = 0;
}

static void
add_running (Rows         *rows,
             const guint8 *text,
             gsize         length)
{
  while (length > 0)
    {
      gsize n = MIN (length, rows->columns - rows->used);

      memcpy (rows->row + rows->used, text, n);
      rows->used += n;
      text += n;
      length -= n;
      if (rows->used == rows->columns)
        end_row (rows, FILTER_NONE);
    }
}

static GByteArray *
arrange (PltContentPacker *self,
         gsize             columns)
{
  g_autofree guint8 *last = g_malloc0 (columns), *row = g_malloc0 (columns);
  Rows rows = { g_byte_array_new (), last, row, 0, columns };
  gboolean was_row = FALSE;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      const guint8 *text = self->text->data + piece->start;
      gboolean is_row = piece->is_row && piece->length <= columns;

      if (!is_row)
        {
          add_running (&rows, text, piece->length);
        }
      else
        {
          if (rows.used > 0)
            end_row (&rows, FILTER_NONE);
          memcpy (rows.row, text, piece->length);
          rows.used = piece->length;
          end_row (&rows, piece->is_like_last && was_row ? FILTER_UP : FILTER_NONE);
        }
      was_row = is_row;
    }
  if (rows.used > 0)
    end_row (&rows, FILTER_NONE);
  return rows.bytes;
}

static GBytes *
deflate_bytes (const guint8 *data,
               gsize         length,
               int           level)
{
  uLongf room = compressBound (length);
  guint8 *packed = g_malloc (room);

  if (compress2 (packed, &room, data, length, level) != Z_OK)
    g_assert_not_reached ();
  return g_bytes_new_take (packed, room);
}

static GBytes *
pack_in (PltContentPacker *self,
         gsize             columns,
         int               level)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (columns == 0)
    return deflate_bytes (self->text->data, self->text->len, level);
  bytes = arrange (self, columns);
  return deflate_bytes (bytes->data, bytes->len, level);
}

/* ---- the best width ---- */

static int
compare_weights (gconstpointer a,
                 gconstpointer b)
{
  const Width *left = a, *right = b;

  if (left->weight != right->weight)
    return left->weight < right->weight ? 1 : -1;
  return (left->length > right->length) - (left->length < right->length);
}

static GArray *
list_widths (PltContentPacker *self)
{
  GArray *widths = g_array_new (FALSE, FALSE, sizeof (Width));

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);
      Width width = { piece->length, piece->length };
      guint at = 0;

      while (at < widths->len && g_array_index (widths, Width, at).length != piece->length)
        at++;
      if (!piece->is_row)
        continue;
      if (at < widths->len)
        g_array_index (widths, Width, at).weight += piece->length;
      else
        g_array_append_val (widths, width);
    }
  g_array_sort (widths, compare_weights);
  return widths;
}

/* @columns: (out): how long a row is; 0: there are none
 *
 * Returns: (transfer full): the shortest zlib stream found */
GBytes *
plt_content_packer_pack (PltContentPacker *self,
                         guint            *columns)
{
  g_autoptr (GArray) widths = list_widths (self);
  gsize best = 0, least = G_MAXSIZE;

  for (guint i = 0; i < MIN (widths->len, MAX_TRIALS); i++)
    {
      gsize width = g_array_index (widths, Width, i).length;
      g_autoptr (GBytes) packed = pack_in (self, width, TRIAL_LEVEL);

      if (g_bytes_get_size (packed) < least)
        {
          least = g_bytes_get_size (packed);
          best = width;
        }
    }
  *columns = (guint) best;
  return pack_in (self, best, Z_BEST_COMPRESSION);
}
