/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How texts are made to fit, on layouts of the test's own and names that ship nowhere: each step, in
 * the order that the layout says; nothing clipped; characters that cannot be shown told by name. */
#include "plt-card-renderer.h"
#include "plt-hyphenator.h"
#include "try-layout.h"

#include <string.h>

#define TEXT "{\"type\":\"text\",\"x\":10,\"y\":10,\"width\":%g,\"height\":3,\"font\":\"text\"," \
             "\"size\":8,\"text\":\"%s\"%s}"

#define RULES "\"abbreviations\":{\"streets\":{\"Boulevard\":\"Bd\",\"Street\":\"St\"," \
              "\"-straße\":\"-str.\"}}," \
              "\"hyphenation\":[{\"language\":\"de\",\"file\":\"hyph_de_DE.dic\"," \
              "\"package\":\"hyphen-de\"}],"

static PltCardPart *
fit (double width, const char *template, const char *members, PltCardInputs *inputs)
{
  g_autofree char *front = g_strdup_printf (TEXT, width, template, members);
  g_autoptr (PltLayout) layout = try_layout (RULES, front);
  PltCardPart *part = try_part (layout, inputs);

  g_test_message ("“%s” %.2f pt × %.2f, %.2f…%.2f %s", part->text, part->size, part->condensed,
                  part->x, part->x + part->width, part->error != NULL ? part->error->message : "");
  if (part->error == NULL && *part->text != '\0')
    {
      g_assert_cmpfloat (part->x, >=, 10 - 0.021);
      g_assert_cmpfloat (part->x + part->width, <=, 10 + width + 0.021);
    }
  return part;
}

static void
test_steps (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("family_name", "Zsolnay-Végh Aurélia Piroska",
                                                 NULL);
  g_autoptr (PltCardPart) roomy = fit (60, "{family_name}", ",\"min_size\":5", inputs);
  g_autoptr (PltCardPart) smaller = fit (34, "{family_name}", ",\"min_size\":5", inputs);
  g_autoptr (PltCardPart) narrow = fit (22, "{family_name}", ",\"min_size\":5", inputs);
  g_autoptr (PltCardPart) lines = fit (24, "{family_name}",
                                       ",\"min_size\":5,\"max_lines\":2,\"leading\":2.2,"
                                       "\"fit\":[\"wrap\",\"shrink\"]", inputs);
  g_autoptr (PltCardPart) refused = fit (14, "{family_name}", ",\"min_size\":5", inputs);

  g_assert_cmpfloat (roomy->size, ==, 8);
  g_assert_cmpfloat (smaller->size, <, 8);
  g_assert_cmpfloat (smaller->size, >, 5);
  g_assert_cmpfloat (smaller->condensed, ==, 1);
  g_assert_cmpfloat (narrow->size, ==, 5);
  g_assert_cmpfloat (narrow->condensed, <, 1);
  g_assert_true (lines->wrapped);
  g_assert_cmpfloat (lines->condensed, ==, 1);
  g_assert_error (refused->error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_nonnull (strstr (refused->error->message, "family name (1)"));
}

/* A step that the layout does not name is not taken. */
static void
test_only_named_steps (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("authority", "Port Authority Eastern Quay", NULL);
  g_autoptr (PltCardPart) part = fit (25, "{authority}",
                                      ",\"min_size\":4,\"max_lines\":3,\"leading\":3.2,"
                                      "\"fit\":[\"wrap\"]", inputs);
  g_autoptr (PltCardPart) refused = fit (32, "{authority}", ",\"min_size\":4,\"fit\":[\"condense\"],"
                                         "\"condense\":0.97", inputs);

  g_assert_cmpfloat (part->size, ==, 8);
  g_assert_true (part->wrapped);
  g_assert_error (refused->error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
}

static void
test_hyphenation (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("authority", "Kraftfahrzeugzulassungsbehörde", NULL);
  g_autoptr (PltCardPart) part = fit (30, "{authority}",
                                      ",\"max_lines\":3,\"leading\":3,\"hyphenate\":\"de\"", inputs);
  g_autoptr (PltCardPart) without = fit (24, "{authority}", ",\"max_lines\":3,\"leading\":3", inputs);

  g_assert_no_error (part->error);
  g_assert_true (part->hyphenated && part->wrapped);
  g_assert_nonnull (strstr (part->text, "- "));
  g_assert_nonnull (without->error);
}

static void
check_word (const char *path, const char *word, const char *expect)
{
  g_autoptr (PltHyphenator) hyphenator = plt_hyphenator_new_from_file (path);
  glong n = g_utf8_strlen (word, -1);
  g_autofree gboolean *points = g_new (gboolean, n);
  g_autoptr (GString) divided = g_string_new (NULL);

  g_assert_nonnull (hyphenator);
  plt_hyphenator_find_points (hyphenator, word, n, points);
  for (glong i = 0; i < n; i++)
    {
      g_string_append_unichar (divided, g_utf8_get_char (g_utf8_offset_to_pointer (word, i)));
      if (points[i])
        g_string_append_c (divided, '-');
    }
  g_assert_cmpstr (divided->str, ==, expect);
}

/* As the dictionaries of the languages divide them. */
static void
test_words (void)
{
  const char *german = "/usr/share/hyphen/hyph_de_DE.dic", *english = "/usr/share/hyphen/hyph_en_GB.dic";

  check_word (german, "Behörde", "Be-hör-de");
  check_word (german, "STRASSENVERKEHR", "STRAS-SEN-VER-KEHR");
  check_word (german, "Amt", "Amt");
  check_word (english, "registration", "re-gis-tra-tion");
  check_word (english, "authority", "au-thor-ity");
  check_word (english, "idea", "idea");
  g_assert_null (plt_hyphenator_new_from_file ("/etc/passwd"));
  g_assert_null (plt_hyphenator_new_from_file ("/nonexistent"));
}

static void
test_abbreviation (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("address", "117 Boulevard of the Founders",
                                                 "given_names", "Leopoldine Maria Theresia Josefa",
                                                 "family_name", "Untere Weinbergstraße", NULL);
  g_autoptr (PltCardPart) street = fit (36, "{address}", ",\"abbreviate\":[\"streets\"],"
                                        "\"fit\":[\"abbreviate\"]", inputs);
  g_autoptr (PltCardPart) ending = fit (27, "{family_name}", ",\"abbreviate\":[\"streets\"],"
                                        "\"fit\":[\"abbreviate\"]", inputs);
  g_autoptr (PltCardPart) one = fit (40, "{given_names}", ",\"abbreviate\":[\"initials\"],"
                                     "\"fit\":[\"abbreviate\"]", inputs);
  g_autoptr (PltCardPart) all = fit (26, "{given_names}", ",\"abbreviate\":[\"initials\"],"
                                     "\"fit\":[\"abbreviate\"]", inputs);
  g_autoptr (PltCardPart) first = fit (16, "{given_names}", ",\"abbreviate\":[\"initials\","
                                       "\"drop_words\"],\"fit\":[\"abbreviate\"]", inputs);
  g_autoptr (PltCardPart) capitals = fit (36, "{address}", ",\"abbreviate\":[\"streets\"],"
                                          "\"capitals\":true,\"min_size\":6", inputs);

  g_assert_cmpstr (street->text, ==, "117 Bd of the Founders");
  g_assert_true (street->abbreviated);
  g_assert_cmpstr (ending->text, ==, "Untere Weinbergstr.");
  g_assert_cmpstr (one->text, ==, "Leopoldine Maria Theresia J.");
  g_assert_cmpstr (all->text, ==, "Leopoldine M. T. J.");
  g_assert_cmpstr (first->text, ==, "Leopoldine");
  g_assert_true (g_str_has_prefix (capitals->text, "117 B"));
}

/* Numbers and dates are whole or the card is not drawn: the layout cannot say otherwise. */
static void
test_whole_values (void)
{
  g_autofree char *front = g_strdup_printf (TEXT, 20.0, "{licence_number}",
                                            ",\"abbreviate\":[\"initials\"]");
  g_autoptr (GError) error = NULL;

  g_assert_null (try_layout_new ("", front, NULL, &error));
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
  g_assert_nonnull (strstr (error->message, "“licence_number” may not be shortened"));
}

static void
test_characters (void)
{
  static const struct { const char *value, *expect; } cases[] = {
    { "Ⴀna", "“Ⴀ” (U+10A0)" },
    { "田中", "“田” (U+7530)" },
    { "Anna\xe2\x80\xae" "B", "(U+202E)" },
    { "Anna\xe2\x80\x8b" "B", "(U+200B)" },
    { "Be\xe2\x80\x8d" "rg", "(U+200D)" },      /* a joiner between letters that do not join */
    { "Berg\xef\xb8\x8f", "(U+FE0F)" },      /* a mark without a trace */
    { "Be\xcd\x8f" "rg", "(U+034F)" },
    { "Berg\xe3\x85\xa4", "(U+3164)" },      /* a letter without a trace */
    { "Be\xc2\xadrg", "(U+00AD)" },
    { "\xcc\x81" "Berg", "an accent or mark of the given names (2) (U+0301) stands on no letter" },
    { "Berg \xe0\xb8\xb4" "ab", "(U+0E34) stands on no letter" },
    { "Anna\xc2\xad" "B", "(U+00AD)" },
    { "Anna\tB", "(U+0009)" },
    { "Anna\xee\x80\x80", "(U+E000)" },
    { "Anna\xef\xbb\xbf", "(U+FEFF)" },
    { "Be\xef\xbf\xbdrg", "(U+FFFD)" },      /* a letter that another program lost */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltCardInputs) inputs = try_inputs ("given_names", cases[i].value, "sex", "X", NULL);
      g_autoptr (PltCardPart) part = fit (70, "{sex} {given_names}", "", inputs);

      g_assert_error (part->error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH);
      g_assert_nonnull (strstr (part->error->message, cases[i].expect));
      g_assert_nonnull (strstr (part->error->message, "given names (2)"));
    }
}

/* What is right though it holds marks and joiners: stacked accents, a Persian word with a joiner, also
 * after a vowel, Thai with a vowel and a tone on one letter. */
static void
test_marks (void)
{
  static const char *const names[] = {
    "Ệ̃m Nguyễn Q̱̲uỹ̃", "می‌روم", "مِ‌ها", "ที่นี่ปู่", "Ģ̣e̊̂", "عَبْدُ ٱلرَّحْمَٰنِ",
  };
  g_autofree char *heap = g_strconcat ("Z", "\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x86\xcc\x88",
                                       "\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x86\xcc\x88", NULL);
  g_autoptr (PltCardInputs) heaped = try_inputs ("family_name", heap, NULL);
  g_autoptr (PltCardPart) refused = fit (60, "{family_name}", "", heaped);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PltCardInputs) inputs = try_inputs ("family_name", names[i], NULL);
      g_autoptr (PltCardPart) part = fit (60, "{family_name}", "", inputs);

      g_assert_no_error (part->error);
    }
  g_assert_error (refused->error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_nonnull (strstr (refused->error->message, "accents or marks of the family name (1)"));
}

/* The ink of a page of only one text, mm. */
static void
find_ink (PltLayout *layout, PltCardInputs *inputs, double box[4])
{
  const double dpi = 600;
  int width = (int) (85.6 / 25.4 * dpi), height = (int) (53.98 / 25.4 * dpi);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GError) error = NULL;
  int edges[4] = { width, height, 0, 0 };
  const guint8 *dots;

  cairo_scale (cr, dpi / 25.4, dpi / 25.4);
  g_assert_true (plt_card_render (layout, inputs, PLT_CARD_SIDE_FRONT, cr, dpi, &error));
  cairo_surface_flush (surface);
  dots = cairo_image_surface_get_data (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (dots[y * cairo_image_surface_get_stride (surface) + x] > 24)
        {
          edges[0] = MIN (edges[0], x);
          edges[1] = MIN (edges[1], y);
          edges[2] = MAX (edges[2], x + 1);
          edges[3] = MAX (edges[3], y + 1);
        }
  for (int i = 0; i < 4; i++)
    box[i] = edges[i] * 25.4 / dpi;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Looked at in the finished dots: all ink is there, where it is said to be, and none beside the room of
 * its element: letters that lean out of their measure, marks, swashes at either end. */
static void
test_dots (void)
{
  static const char *const names[] = {
    "jfjfjf ffj", "Ærøskøbing Þórðr", "WWWWMMMM", "ǰĵȷ ij ŋỹ̂", "ลำน้ำปิงญี่ปุ่น", "محمد ججج ييي", "i",
    "Ạ́ĝ̱ ģķļ", "/\\|{}()[]", "ılgaz İĞŞ",
  };
  static const char *const aligns[] = { "left", "centre", "right", "start", "end" };
  const double slack = 0.09; /* two dots */

  for (gsize i = 0; i < G_N_ELEMENTS (names) * G_N_ELEMENTS (aligns); i++)
    {
      g_autoptr (PltCardInputs) inputs
        = try_inputs ("family_name", names[i / G_N_ELEMENTS (aligns)], NULL);
      g_autofree char *members = g_strdup_printf (",\"min_size\":3,\"align\":\"%s\"",
                                                  aligns[i % G_N_ELEMENTS (aligns)]);
      g_autofree char *front = g_strdup_printf (TEXT, 12.0, "{family_name}", members);
      g_autoptr (PltLayout) layout = try_layout (RULES, front);
      g_autoptr (PltCardPart) part = try_part (layout, inputs);
      double box[4];

      g_assert_no_error (part->error);
      find_ink (layout, inputs, box);
      g_test_message ("“%s” %s: %.2f…%.2f is %.2f…%.2f", part->text, members, box[0], box[2], part->x,
                      part->x + part->width);
      g_assert_cmpfloat (box[0], >=, 10 - slack);
      g_assert_cmpfloat (box[2], <=, 22 + slack);
      g_assert_cmpfloat_with_epsilon (box[0], part->x, slack);
      g_assert_cmpfloat_with_epsilon (box[1], part->y, slack);
      g_assert_cmpfloat_with_epsilon (box[2], part->x + part->width, slack);
      g_assert_cmpfloat_with_epsilon (box[3], part->y + part->height, slack);
    }
}

/* Also a number inside of an expression is not shortened. */
static void
test_whole_in_expression (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLayout) layout
    = try_layout_new ("", "{\"type\":\"text\",\"x\":10,\"y\":10,\"width\":20,\"height\":3,"
                      "\"font\":\"text\",\"size\":8,\"abbreviate\":[\"drop_words\"],"
                      "\"text\":\"{join(' ', family_name, licence_number)}\"}", NULL, &error);

  g_assert_null (layout);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
  g_assert_nonnull (strstr (error->message, "“licence_number” may not be shortened"));
}

static void
test_missing_glyphs_listed (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("family_name", "a田b中c", NULL);
  g_autoptr (PltCardPart) part = fit (60, "{family_name}", "", inputs);

  g_assert_cmpstr (part->missing_glyphs, ==, "田中");
}

/* Of several values in one expression the message names the one that is in the way. */
static void
test_value_among_several (void)
{
  static const struct { const char *given, *family, *expect; } cases[] = {
    { "Anna", "Ber😀g", "“😀” (U+1F600) of the family name (1)" },
    { "An😀na", "Berg", "“😀” (U+1F600) of the given names (2)" },
    { "Anna", "Wolfeschlegelsteinhausenbergerdorff", "the family name (1) is too long" },
    { "   ", "\xc2\xa0 ", "is missing" },      /* blanks are no name */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltCardInputs) inputs = try_inputs ("given_names", cases[i].given, "family_name",
                                                     cases[i].family, NULL);
      g_autoptr (PltCardPart) part = fit (20, "{join(' ', given_names, family_name)}",
                                          ",\"required\":true", inputs);

      g_assert_nonnull (part->error);
      g_assert_nonnull (strstr (part->error->message, cases[i].expect));
    }
}

/* Arabic joins its letters and stands to the right of a box that aligns to the start of a line; a
 * line in the middle of it keeps its direction. */
static void
test_arabic (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("family_name_native", "عبد المحسن بن راشد الزهراني",
                                                 NULL);
  g_autoptr (PltCardInputs) single = try_inputs ("family_name_native", "ع ب د", NULL);
  g_autoptr (PltCardInputs) joined = try_inputs ("family_name_native", "عبد", NULL);
  g_autoptr (PltCardPart) part = fit (60, "{family_name_native}", ",\"align\":\"start\"", inputs);
  g_autoptr (PltCardPart) wrapped = fit (24, "{family_name_native}",
                                         ",\"align\":\"start\",\"max_lines\":2,\"leading\":4.4,"
                                         "\"fit\":[\"wrap\",\"shrink\"],\"min_size\":6", inputs);
  g_autoptr (PltCardPart) apart = fit (60, "{family_name_native}", "", single);
  g_autoptr (PltCardPart) together = fit (60, "{family_name_native}", "", joined);

  g_assert_cmpfloat (part->x + part->width, >, 69);
  g_assert_cmpfloat (part->x, >, 30);
  g_assert_no_error (wrapped->error);
  g_assert_true (wrapped->wrapped);
  g_assert_cmpfloat (wrapped->x + wrapped->width, >, 33);
  g_assert_cmpfloat (together->width, <, apart->width * 0.75);
}

/* Thai is broken between words, has marks above marks, and no line of it touches another. */
static void
test_thai (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("address_native",
                                                 "ตำบลท่าข้ามอำเภอหาดใหญ่จังหวัดสงขลาผู้ใหญ่บ้านที่นี่", NULL);
  g_autoptr (PltCardPart) part = fit (32, "{address_native}",
                                      ",\"max_lines\":3,\"leading\":4.2,\"min_size\":5,"
                                      "\"fit\":[\"wrap\",\"shrink\"]", inputs);

  g_assert_no_error (part->error);
  g_assert_true (part->wrapped);
  g_assert_false (part->hyphenated);
}

/* Two lines whose letters would touch are set smaller, or refused where they may not be. */
static void
test_lines_apart (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("birth_place", "ggggggggg ÅÅÅÅÅÅÅÅÅ", NULL);
  g_autoptr (PltCardPart) shrunk = fit (26, "{birth_place}", ",\"max_lines\":2,\"leading\":2.4,"
                                        "\"min_size\":4,\"fit\":[\"wrap\",\"shrink\"]", inputs);
  g_autoptr (PltCardPart) refused = fit (26, "{birth_place}", ",\"max_lines\":2,\"leading\":2.4,"
                                         "\"fit\":[\"wrap\"]", inputs);

  g_assert_no_error (shrunk->error);
  g_assert_cmpfloat (shrunk->size, <, 7);
  g_assert_error (refused->error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
}

static void
test_edge (void)
{
  g_autoptr (PltLayout) layout = try_layout ("", "{\"type\":\"text\",\"x\":10,\"y\":0,\"width\":40,"
                                             "\"height\":1.2,\"font\":\"text\",\"size\":8,"
                                             "\"text\":\"{family_name}\"}");
  g_autoptr (PltCardInputs) inputs = try_inputs ("family_name", "Ågren", NULL);
  g_autoptr (PltCardPart) part = try_part (layout, inputs);

  g_assert_error (part->error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_nonnull (strstr (part->error->message, "cut at the edge"));
}

static void
test_rich (void)
{
  g_autoptr (PltCardInputs) inputs = try_inputs ("family_name", "<b>&amp;", NULL);
  g_autoptr (PltCardPart) plain = fit (60, "Class {family_name} 2", "", inputs);
  g_autoptr (PltCardPart) rich = fit (60, "<font bold>Class</font> <small>{family_name}</small> "
                                      "<sup>2</sup>&lt;", ",\"rich\":true", inputs);

  g_assert_cmpstr (plain->text, ==, "Class <b>&amp; 2");
  g_assert_cmpstr (rich->text, ==, "Class <b>&amp; 2<");
  g_assert_cmpfloat (rich->width, <, plain->width + 1);
}

static void
test_condition (void)
{
  g_autoptr (PltCardInputs) minor = try_inputs ("birth_date", "2010-05-01", "issue_date",
                                                "2026-04-30", NULL);
  g_autoptr (PltCardInputs) adult = try_inputs ("birth_date", "2008-04-30", "issue_date",
                                                "2026-04-30", NULL);
  const char *members = ",\"when\":\"age(birth_date, issue_date) < 18\"";
  const char *template = "UNDER 18 UNTIL {date(add_years(birth_date, 18), 'DD.MM.YYYY')}";
  g_autoptr (PltCardPart) shown = fit (70, template, members, minor);
  g_autoptr (PltCardPart) hidden = fit (70, template, members, adult);

  g_assert_cmpstr (shown->text, ==, "UNDER 18 UNTIL 01.05.2028");
  g_assert_true (shown->is_shown);
  g_assert_false (hidden->is_shown);
  g_assert_cmpstr (hidden->text, ==, "");
}

static PltCardPart *
paragraph (const char *members, const char *template)
{
  g_autofree char *front = g_strdup_printf ("{\"type\":\"paragraph\",\"x\":10,\"y\":10,\"width\":30,"
                                            "\"height\":9,\"font\":\"text\",\"size\":6,"
                                            "\"leading\":2.8,\"text\":\"%s\"%s}", template, members);
  g_autoptr (PltLayout) layout = try_layout (RULES, front);
  g_autoptr (PltCardInputs) inputs = try_inputs ("authority", "Bundesverkehrsministerium", NULL);

  return try_part (layout, inputs);
}

static void
test_paragraph (void)
{
  const char *words = "Valid in the whole of Utopia and beyond its borders as far as roads go, "
                      "issued by the {authority}.";
  g_autoptr (PltCardPart) refused = paragraph ("", words);
  g_autoptr (PltCardPart) smaller = paragraph (",\"min_size\":4", words);
  g_autoptr (PltCardPart) broken = paragraph ("", "one\\ntwo");

  g_assert_error (refused->error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT);
  g_assert_no_error (smaller->error);
  g_assert_cmpfloat (smaller->size, <, 6);
  g_assert_cmpfloat (smaller->y, >=, 10);
  g_assert_cmpfloat (smaller->y + smaller->height, <=, 19.1);
  g_assert_true (broken->wrapped);
  g_assert_cmpstr (broken->text, ==, "one two");
}

/* Whatever a person is called: drawn within the box, or refused with a reason. */
static void
test_anything (void)
{
  static const char *const pieces[] = {
    "a", "W", "ffi", "Đ", "ử", "ß", "-", " ", "'", "’", "ع", "م", "١", "ไ", "ที่", "ญู", "Ω", "Ж", "e\xcc\x81",
    "\xe2\x80\x8d", "O", "Ǆ", ".", ",", "(", "8", "jj", "Å",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (PltLayout) layout
    = try_layout (RULES, "{\"type\":\"text\",\"x\":10,\"y\":10,\"width\":26,\"height\":3,"
                  "\"font\":\"text\",\"size\":8,\"min_size\":5,\"max_lines\":2,\"leading\":3,"
                  "\"hyphenate\":\"de\",\"abbreviate\":[\"initials\"],\"text\":\"{family_name}\"}");
  guint drawn = 0, refused = 0;

  for (int i = 0; i < 300; i++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      g_autoptr (PltCardInputs) inputs = NULL;
      g_autoptr (PltCardPart) part = NULL;

      for (int k = g_rand_int_range (random, 1, 60); k > 0; k--)
        g_string_append (name, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      inputs = try_inputs ("family_name", name->str, NULL);
      part = try_part (layout, inputs);
      if (part->error == NULL && part->width > 0)
        {
          g_assert_cmpfloat (part->x, >=, 10 - 0.03);
          g_assert_cmpfloat (part->x + part->width, <=, 36 + 0.03);
          drawn++;
        }
      refused += part->error != NULL;
    }
  g_assert_cmpuint (drawn, >, 100);
  g_assert_cmpuint (refused, >, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/fit/steps", test_steps);
  g_test_add_func ("/card/fit/only-named-steps", test_only_named_steps);
  g_test_add_func ("/card/fit/hyphenation", test_hyphenation);
  g_test_add_func ("/card/fit/words", test_words);
  g_test_add_func ("/card/fit/abbreviation", test_abbreviation);
  g_test_add_func ("/card/fit/whole-values", test_whole_values);
  g_test_add_func ("/card/fit/characters", test_characters);
  g_test_add_func ("/card/fit/marks", test_marks);
  g_test_add_func ("/card/fit/dots", test_dots);
  g_test_add_func ("/card/fit/whole-in-expression", test_whole_in_expression);
  g_test_add_func ("/card/fit/missing-glyphs-listed", test_missing_glyphs_listed);
  g_test_add_func ("/card/fit/value-among-several", test_value_among_several);
  g_test_add_func ("/card/fit/arabic", test_arabic);
  g_test_add_func ("/card/fit/thai", test_thai);
  g_test_add_func ("/card/fit/lines-apart", test_lines_apart);
  g_test_add_func ("/card/fit/edge", test_edge);
  g_test_add_func ("/card/fit/rich", test_rich);
  g_test_add_func ("/card/fit/condition", test_condition);
  g_test_add_func ("/card/fit/paragraph", test_paragraph);
  g_test_add_func ("/card/fit/anything", test_anything);
  return g_test_run ();
}
