/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A font without its hinting programs has the same outlines and measures, glyph by glyph, and a
 * damaged one is left alone. */
#include "plt-font-plain.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H
#include <string.h>

#define SANS "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"

static GBytes *
read_font (void)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (SANS, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static FT_Face
open_face (FT_Library library,
           GBytes    *font)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (font, &size);
  FT_Face face = NULL;

  g_assert_cmpint (FT_New_Memory_Face (library, data, (FT_Long) size, 0, &face), ==, 0);
  return face;
}

static gboolean
has_table (FT_Face     face,
           const char *tag)
{
  FT_ULong length = 0;

  return FT_Load_Sfnt_Table (face, FT_MAKE_TAG (tag[0], tag[1], tag[2], tag[3]), 0, NULL, &length) == 0;
}

static void
compare_glyph (FT_Face  a,
               FT_Face  b,
               guint    glyph)
{
  const FT_Outline *left, *right;

  g_assert_cmpint (FT_Load_Glyph (a, glyph, FT_LOAD_NO_SCALE), ==, 0);
  g_assert_cmpint (FT_Load_Glyph (b, glyph, FT_LOAD_NO_SCALE), ==, 0);
  left = &a->glyph->outline;
  right = &b->glyph->outline;
  g_assert_cmpint (a->glyph->advance.x, ==, b->glyph->advance.x);
  g_assert_cmpint (left->n_contours, ==, right->n_contours);
  g_assert_cmpmem (left->points, (gsize) left->n_points * sizeof *left->points, right->points,
                   (gsize) right->n_points * sizeof *right->points);
  g_assert_cmpmem (left->tags, (gsize) left->n_points, right->tags, (gsize) right->n_points);
}

static void
test_same_outlines (void)
{
  g_autoptr (GBytes) font = read_font ();
  g_autoptr (GBytes) plain = plt_font_make_plain (font);
  FT_Library library;
  FT_Face before, after;

  g_assert_nonnull (plain);
  g_assert_cmpuint (g_bytes_get_size (plain), <, g_bytes_get_size (font));
  g_assert_cmpint (FT_Init_FreeType (&library), ==, 0);
  before = open_face (library, font);
  after = open_face (library, plain);
  g_assert_true (has_table (before, "fpgm"));
  g_assert_false (has_table (after, "fpgm"));
  g_assert_false (has_table (after, "prep"));
  g_assert_true (has_table (after, "GPOS"));
  g_assert_cmpint (before->num_glyphs, ==, after->num_glyphs);
  for (int i = 0; i < before->num_glyphs; i++)
    compare_glyph (before, after, (guint) i);
  FT_Done_Face (before);
  FT_Done_Face (after);
  FT_Done_FreeType (library);
}

/* Cut short, and with bytes changed: whatever comes out, nothing is read or written beside it. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) font = read_font ();
  gsize size = g_bytes_get_size (font);

  for (gsize length = 0; length < size; length = length * 3 / 2 + 7)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (font, NULL), MAX (length, 1));
      g_autoptr (GBytes) cut = g_bytes_new (copy, length);
      g_autoptr (GBytes) plain = plt_font_make_plain (cut);

      g_assert_true (plain == NULL || g_bytes_get_size (plain) > 0);
    }
  for (int i = 0; i < 200; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (font, NULL), size);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GBytes) plain = NULL;

      for (int k = 0; k < 4; k++)
        copy[g_test_rand_int_range (0, k < 2 ? 400 : (gint32) size)] ^= (guint8) (1u << (i % 8));
      changed = g_bytes_new_take (g_steal_pointer (&copy), size);
      plain = plt_font_make_plain (changed);
      g_assert_true (plain == NULL || g_bytes_get_size (plain) > 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/font-plain/same-outlines", test_same_outlines);
  g_test_add_func ("/card/font-plain/damaged", test_damaged);
  return g_test_run ();
}
