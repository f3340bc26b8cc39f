/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout files: the shipped one loads; every way to be wrong is told with file, line and field. */
#include "sample-card.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  const char *claim;
  const char *find;    /* in the shipped layout; the first occurrence */
  const char *replace;
  const char *expect;  /* in the message, beside the line */
} Case;

/* Each row spoils one thing of the shipped layout. */
static const Case cases[] = {
  { "bad-syntax", "\"version\": 1,", "\"version\": 1,,", "not valid JSON: the name of a member in double quotes is expected" },
  { "comment-is-no-json", "\"version\": 1,", "// one\n  \"version\": 1,", "not valid JSON: the name of a member" },
  { "comma-forgotten", "\"version\": 1,", "\"version\": 1", "not valid JSON: a “,” or “}” is missing" },
  { "number-with-plus", "\"version\": 1,", "\"version\": +1,", "not valid JSON: a value is missing" },
  { "number-with-zero", "\"version\": 1,", "\"version\": 01,", "not valid JSON: a value is missing" },
  { "unknown-escape", "\"id\": \"utopia-iso\"", "\"id\": \"utopia\\-iso\"", "not valid JSON: after a “\\” only" },
  { "half-a-character", "\"id\": \"utopia-iso\"", "\"id\": \"\\ud83d\"", "stands for half of a character" },
  { "zero-character", "\"id\": \"utopia-iso\"", "\"id\": \"a\\u0000b\"", "cannot hold the character U+0000" },
  { "line-break-in-text", "\"id\": \"utopia-iso\"", "\"id\": \"utopia-\niso\"", "has no second quote on its line" },
  { "duplicate-in-other-letters", "\"version\": 1,", "\"version\": 1, \"versi\\u006fn\": 2,", "“version”: this member stands twice" },
  { "unknown-top-member", "\"version\": 1,", "\"version\": 1, \"verzion\": 1,", "“verzion”" },
  { "duplicate-member", "\"version\": 1,", "\"version\": 1, \"version\": 2,", "“version”: this member stands twice" },
  { "newer-format", "\"format\": 1", "\"format\": 2", "“format”: this version of the program reads format 1, not 2" },
  { "version-is-text", "\"version\": 1,", "\"version\": \"1\",", "“version”: must be a whole number from 1" },
  { "no-id", "\"id\": \"utopia-iso\",", "", "“id”: is missing" },
  { "no-front", "\"front\":", "\"comment2\":", "“front”: is missing" },
  { "unknown-type", "\"type\": \"rosette\"", "\"type\": \"rosetta\"", "“rosetta” is not a type of element; “rosette” may be meant" },
  { "unknown-member", "\"petals\": 18", "\"petal\": 18", ".petal”: a “rosette” has no such member; “petals” may be meant" },
  { "foreign-member", "\"petals\": 18", "\"petals\": 18, \"wavelength\": 20", ".wavelength”: a “rosette” has no such member" },
  { "required-member", "\"petals\": 18,", "", ".petals”: is missing" },
  { "number-out-of-range", "\"petals\": 18", "\"petals\": 61", ".petals”: must be from 2 to 60, not 61" },
  { "whole-number", "\"petals\": 18", "\"petals\": 18.5", ".petals”: must be a whole number" },
  { "number-is-text", "\"petals\": 18", "\"petals\": \"18\"", ".petals”: must be a number" },
  { "beyond-right-edge", "\"x\": 40", "\"x\": 70", ".width”: the element ends beyond the edge of the page; the width may be 15.6 at most" },
  { "colour", "\"#e7b3bd\"", "\"pink\"", ".colour”: must be a colour such as" },
  { "unknown-value", "{given_names}", "{given_name}", ".text”: “given_name” is not the name of a value; “given_names” may be meant" },
  { "open-brace", "{given_names}", "{given_names", ".text”: a “{” has no “}”" },
  { "unknown-font", "\"font\": \"ocr\"", "\"font\": \"ocrb\"", ".font”: “ocrb” is not among the fonts; there are text, bold, ocr" },
  { "align", "\"align\": \"centre\"", "\"align\": \"center\"", ".align”: must be one of left, centre, right, start, end, not “center”" },
  { "boolean", "\"required\": true", "\"required\": \"yes\"", ".required”: must be true or false" },
  { "path-data", "\"path\": \"M2 50", "\"path\": \"M2 X50", ".path”: the path data is wrong after" },
  { "columns", "\"columns\": [9.8, ", "\"columns\": [", ".columns”: must be five widths" },
  { "pictograms-elsewhere", "\"pictograms\": \"pictograms.json\"", "\"pictograms\": \"../pictograms.json\"", "“pictograms”: must be the name of a file" },
  { "control-character-in-title", "\"title\": \"", "\"title\": \"a\\u0007", "“title”: its character 2 is the control character U+0007; leave it out" },
  { "line-break-in-title", "\"title\": \"", "\"title\": \"\\n", "“title”: its character 1 is the control character U+000A" },
  { "turning-character-in-label", "\"label\": \"1\"", "\"label\": \"1\\u202e\"", ".label”: its character 2 is the control character U+202E" },
  { "line-break-in-one-line", "\"text\": \"{given_names}\"", "\"text\": \"{given_names}\\n\"", ".text”: it holds the control character U+000A; it has one line" },
  { "label-without-room-for-the-value", "\"label_width\": 3.9", "\"label_width\": 51.6", ".label_width”: must be less than “width”, which is 51.6" },
  { "escape-in-a-name", "\"petals\": 18", "\"petals\\u001b\": 18", ".petals\\u001b”: its character 7 is the control character U+001B; leave it out" },
  { "min-above-size", "\"size\": 11.5, \"min_size\": 9", "\"size\": 8, \"min_size\": 9", ".min_size”: must not be larger than “size”" },
};

static char *
replace_first (const char *text, const char *find, const char *replace, int *line)
{
  const char *at = strstr (text, find);
  GString *result = g_string_new_len (text, at != NULL ? at - text : 0);

  if (at == NULL)
    g_error ("the layout does not hold %s", find);
  *line = 1;
  for (const char *p = text; p < at; p++)
    *line += *p == '\n';
  g_string_append (result, replace);
  g_string_append (result, at + strlen (find));
  return g_string_free (result, FALSE);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_shipped (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts",
                                            folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
load_spoilt (const char *layout, const char *pictograms, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *layout_path = g_build_filename (folder, "layout.json", NULL);
  g_autofree char *pictograms_path = g_build_filename (folder, "pictograms.json", NULL);
  g_autoptr (PltLayout) loaded = NULL;

  write_file (folder, "layout.json", layout);
  write_file (folder, "pictograms.json", pictograms);
  loaded = plt_layout_new_from_file (layout_path, error);
  g_assert_null (loaded);
  g_unlink (layout_path);
  g_unlink (pictograms_path);
  g_rmdir (folder);
}

static void
test_refused (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *shipped = read_shipped ("utopia-iso", "layout.json");
  g_autofree char *pictograms = read_shipped ("shared", "pictograms.json");
  g_autoptr (GError) error = NULL;
  g_autofree char *spoilt = NULL;
  const char *told;
  int line, told_line;

  spoilt = replace_first (shipped, c->find, c->replace, &line);
  load_spoilt (spoilt, pictograms, &error);

  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, c->expect));
  told = strstr (error->message, "layout.json, line ");
  g_assert_nonnull (told);
  told_line = atoi (told + strlen ("layout.json, line "));
  /* What is missing has the line of what is around it; a syntax error shows where it is noticed;
   * an element's members may stand on the line after. */
  if (g_str_has_prefix (c->claim, "no-"))
    g_assert_cmpint (told_line, ==, 1);
  else
    g_assert_cmpint (ABS (told_line - line), <=, 1);
}

/* A value that is wrong is told on exactly its own line. */
static void
test_exact_line (void)
{
  g_autofree char *shipped = read_shipped ("utopia-iso", "layout.json");
  g_autofree char *pictograms = read_shipped ("shared", "pictograms.json");
  g_autoptr (GError) error = NULL;
  g_autofree char *spoilt = NULL, *expected = NULL;
  int line;

  spoilt = replace_first (shipped, "\"petals\": 12", "\"petals\": 1", &line);
  expected = g_strdup_printf ("layout.json, line %d, “front[4].petals”: must be from 2 to 60, not 1.",
                              line);
  load_spoilt (spoilt, pictograms, &error);

  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
  g_assert_nonnull (strstr (error->message, expected));
}

static void
test_missing_font (void)
{
  g_autofree char *shipped = read_shipped ("utopia-iso", "layout.json");
  g_autofree char *pictograms = read_shipped ("shared", "pictograms.json");
  g_autoptr (GError) error = NULL;
  g_autofree char *spoilt = NULL;
  int line;

  spoilt = replace_first (shipped, "OCRB.otf", "NoSuchFont.otf", &line);
  load_spoilt (spoilt, pictograms, &error);

  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_FONT);
  g_assert_nonnull (strstr (error->message, "NoSuchFont.otf"));
  g_assert_nonnull (strstr (error->message, "fonts-ocr-b"));
}

static void
test_pictogram_missing (void)
{
  g_autofree char *shipped = read_shipped ("utopia-iso", "layout.json");
  g_autofree char *pictograms = read_shipped ("shared", "pictograms.json");
  g_autoptr (GError) error = NULL;
  g_autofree char *spoilt = NULL;
  int line;

  spoilt = replace_first (pictograms, "\"D1E\"", "\"D1X\"", &line);
  load_spoilt (shipped, spoilt, &error);

  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
  g_assert_nonnull (strstr (error->message, "pictograms.json"));
  g_assert_nonnull (strstr (error->message, "pictograms.D1E"));
}

static void
test_garbage (void)
{
  static const char *const texts[] = { "", "{", "[]", "null", "\"x\"", "{\"a\":", "\xff\xfe{}",
                                       "[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      load_spoilt (texts[i], "{}", &error);
      g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
    }
}

/* Encodings that editors make, each told by its name. */
static void
test_encodings (void)
{
  static const struct { const char *text; gsize length; const char *expect; } cases_[] = {
    { "", 0, "line 1: the text is not valid JSON: there is nothing in it" },
    { "\xef\xbb\xbf{}", 5, "line 1: the text begins with a byte order mark" },
    { "\xff\xfe{\0}\0", 6, "line 1: the text is UTF-16" },
    { "{\n\"title\": \"\xe9\"}", 15, "line 2: the text is not UTF-8" },
    { "{\n\n\0}", 5, "line 3: the text is not UTF-8: it holds a zero byte" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases_); i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "layout.json", NULL);
      g_autoptr (PltLayout) layout = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, cases_[i].text, (gssize) cases_[i].length, NULL));
      layout = plt_layout_new_from_file (path, &error);
      g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases_[i].expect));
      g_unlink (path);
      g_rmdir (folder);
    }
}

/* The faults of a file of many, all of them, each with its own element, in the order of the lines. */
static void
test_all_at_once (void)
{
  static const char text[] =
    "{\"format\": 1, \"id\": \"Big\", \"version\": 0,\n"
    "\"title\": 7, \"valid_from\": \"2027-01-01\", \"valid_to\": \"2026-12-31\",\n"
    "\"bleed\": -1,\n"
    "\"fonts\": [{\"name\": \"t\", \"families\": \"Noto Sans\", \"weight\": \"fat\",\n"
    "  \"package\": \"none\", \"files\": [\"no-such-font.ttf\"]}],\n"
    "\"pictograms\": \"absent.json\",\n"
    "\"front\": [{\"type\": \"rect\", \"x\": \"1\", \"y\": 60, \"width\": 1, \"height\": 1, \"colour\": \"red\"},\n"
    "  {\"type\": \"circle\"},\n"
    "  {\"type\": \"text\", \"x\": 1, \"y\": 1, \"width\": 5, \"height\": 5, \"text\": \"{sex\", \"font\": \"q\"},\n"
    "  {\"type\": \"text\", \"x\": 1, \"y\": 1, \"width\": 5, \"height\": 5, \"text\": \"{sex}\", \"font\": \"t\",\n"
    "   \"size\": 7, \"when\": \"age(birth_date) < 18\", \"abbreviate\": [\"towns\"]}]}\n";
  static const char *const expected[] = {
    "line 1, “version”: must be a whole number", "line 1, “id”: may hold",
    "line 1, “back”: is missing",
    "line 2, “title”: must be a text", "line 2, “valid_to”: must not be before",
    "line 3, “bleed”: must be from 0 to 10, not -1",
    "line 4, “fonts[0].weight”: must be normal or bold",
    "line 5, “fonts[0].files[0]”: the font “no-such-font.ttf” is not installed",
    "line 6, “pictograms”: the file “",
    "line 7, “front[0].x”: must be a number", "line 7, “front[0].colour”: must be a colour",
    "line 7, “front[0].y”: the element lies beyond",
    "line 8, “front[1].type”: “circle” is not a type",
    "line 9, “front[2].text”: a “{” has no “}”", "line 9, “front[2].size”: is missing",
    "line 9, “front[2].font”: “q” is not among the fonts; there are t",
    "line 11, “front[3].when”: “age” must have 2 arguments, not 1",
    "line 11, “front[3].abbreviate”: “sex” may not be shortened",
    "line 11, “front[3].abbreviate[0]”: “towns” is neither among",
  };
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "layout.json", NULL);
  g_autoptr (PltLayout) layout = NULL;
  g_autoptr (GPtrArray) faults = NULL;

  write_file (folder, "layout.json", text);
  faults = plt_layout_read_all_faults (path, &layout);
  g_unlink (path);
  g_rmdir (folder);

  g_assert_null (layout);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", ((GError *) g_ptr_array_index (faults, i))->message);
  g_assert_cmpuint (faults->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < faults->len; i++)
    g_assert_nonnull (strstr (((GError *) g_ptr_array_index (faults, i))->message, expected[i]));
}

/* Neither waits for a pipe, nor reads a device without end, nor follows a link out of the folder. */
static void
test_no_plain_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plt-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "layout.json", NULL);
  g_autofree char *pictograms = g_build_filename (folder, "pictograms.json", NULL);
  g_autofree char *shipped = read_shipped ("utopia-iso", "layout.json");
  g_autoptr (PltLayout) layout = NULL;
  g_autoptr (GError) pipe_error = NULL, device_error = NULL, link_error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (plt_layout_new_from_file (path, &pipe_error));
  g_assert_nonnull (strstr (pipe_error->message, "it is no plain file"));
  g_unlink (path);
  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  g_assert_null (plt_layout_new_from_file (path, &device_error));
  g_assert_nonnull (strstr (device_error->message, "it is no plain file"));
  g_unlink (path);
  write_file (folder, "layout.json", shipped);
  g_assert_cmpint (symlink ("/etc/passwd", pictograms), ==, 0);
  g_assert_null (plt_layout_new_from_file (path, &link_error));
  g_assert_nonnull (strstr (link_error->message, "“pictograms”: the file"));

  /* Nor for a pipe in the place of a font. */
  g_autofree char *fonts = g_build_filename (folder, "fonts", NULL);
  g_autofree char *font = g_build_filename (fonts, "NotoSans-Regular.ttf", NULL);
  g_autoptr (GError) font_error = NULL;
  g_unlink (pictograms);
  g_assert_cmpint (g_mkdir (fonts, 0700), ==, 0);
  g_assert_cmpint (mkfifo (font, 0600), ==, 0);
  g_assert_null (plt_layout_new_from_file (path, &font_error));
  g_assert_nonnull (strstr (font_error->message, "the font “NotoSans-Regular.ttf”"));
  g_unlink (font);
  g_rmdir (fonts);
  g_assert_nonnull (strstr (link_error->message, "leads out of the layout’s folder"));
  g_unlink (path);
  g_unlink (pictograms);
  g_rmdir (folder);
}

static void
test_absent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLayout) layout = plt_layout_new_from_file ("/nonexistent/layout.json", &error);

  g_assert_null (layout);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
  g_assert_nonnull (strstr (error->message, "/nonexistent/layout.json"));
}

static void
test_shipped (void)
{
  g_autoptr (PltLayout) layout = sample_layout_new ();

  g_assert_cmpstr (plt_layout_get_id (layout), ==, "utopia-iso");
  g_assert_cmpint (plt_layout_get_version (layout), ==, 1);
  g_assert_cmpstr (plt_layout_get_title (layout), ==, "Utopia driving licence");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/card/layout/refuses/", cases[i].claim, NULL);

      g_test_add_data_func (path, &cases[i], test_refused);
    }
  g_test_add_func ("/card/layout/tells-the-exact-line", test_exact_line);
  g_test_add_func ("/card/layout/names-the-package-of-a-missing-font", test_missing_font);
  g_test_add_func ("/card/layout/refuses/missing-pictogram", test_pictogram_missing);
  g_test_add_func ("/card/layout/refuses/garbage", test_garbage);
  g_test_add_func ("/card/layout/refuses/encodings-by-name", test_encodings);
  g_test_add_func ("/card/layout/refuses/no-plain-file", test_no_plain_file);
  g_test_add_func ("/card/layout/tells-all-faults-at-once", test_all_at_once);
  g_test_add_func ("/card/layout/refuses/absent-file", test_absent);
  g_test_add_func ("/card/layout/shipped-loads", test_shipped);
  return g_test_run ();
}
