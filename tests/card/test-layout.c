/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout files: the shipped one loads; every way to be wrong is told with file, line and field. */
#include "sample-card.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *claim;
  const char *find;    /* in the shipped layout; the first occurrence */
  const char *replace;
  const char *expect;  /* in the message, beside the line */
} Case;

/* Each row spoils one thing of the shipped layout. */
static const Case cases[] = {
  { "bad-syntax", "\"version\": 1,", "\"version\": 1,,", "not valid JSON" },
  { "comment-is-no-json", "\"version\": 1,", "// one\n  \"version\": 1,", "not valid JSON" },
  { "unknown-top-member", "\"version\": 1,", "\"version\": 1, \"verzion\": 1,", "“verzion”" },
  { "duplicate-member", "\"version\": 1,", "\"version\": 1, \"version\": 2,", "“version”: this member stands twice" },
  { "newer-format", "\"format\": 1", "\"format\": 2", "“format”: this version of the program reads format 1, not 2" },
  { "version-is-text", "\"version\": 1,", "\"version\": \"1\",", "“version”: must be a whole number from 1" },
  { "no-id", "\"id\": \"utopia-iso\",", "", "“id”: is missing" },
  { "no-front", "\"front\":", "\"comment2\":", "“comment2”" },
  { "unknown-type", "\"type\": \"rosette\"", "\"type\": \"rosetta\"", "“rosetta” is not a type of element; “rosette” may be meant" },
  { "unknown-member", "\"petals\": 18", "\"petal\": 18", ".petal”: a “rosette” has no such member; “petals” may be meant" },
  { "foreign-member", "\"petals\": 18", "\"petals\": 18, \"wavelength\": 20", ".wavelength”: a “rosette” has no such member" },
  { "required-member", "\"petals\": 18,", "", ".petals”: is missing" },
  { "number-out-of-range", "\"petals\": 18", "\"petals\": 61", ".petals”: must be from 2 to 60, not 61" },
  { "whole-number", "\"petals\": 18", "\"petals\": 18.5", ".petals”: must be a whole number" },
  { "number-is-text", "\"petals\": 18", "\"petals\": \"18\"", ".petals”: must be a number" },
  { "beyond-right-edge", "\"x\": 40", "\"x\": 70", ".width”: the element ends beyond the right edge" },
  { "colour", "\"#e7b3bd\"", "\"pink\"", ".colour”: must be a colour such as" },
  { "unknown-value", "{given_names}", "{given_name}", ".text”: “given_name” is not the name of a value; “given_names” may be meant" },
  { "open-brace", "{given_names}", "{given_names", ".text”: a “{” has no “}”" },
  { "unknown-font", "\"font\": \"ocr\"", "\"font\": \"ocrb\"", ".font”: “ocrb” is not among the fonts; there are text, bold, ocr" },
  { "align", "\"align\": \"centre\"", "\"align\": \"center\"", ".align”: must be one of left, centre, right, start, end, not “center”" },
  { "boolean", "\"required\": true", "\"required\": \"yes\"", ".required”: must be true or false" },
  { "path-data", "\"path\": \"M2 50", "\"path\": \"M2 X50", ".path”: the path data is wrong after" },
  { "columns", "\"columns\": [9.8, ", "\"columns\": [", ".columns”: must be five widths" },
  { "pictograms-elsewhere", "\"pictograms\": \"pictograms.json\"", "\"pictograms\": \"../pictograms.json\"", "“pictograms”: must be the name of a file" },
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
read_shipped (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts",
                                            "utopia-iso", name, NULL);
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
  g_autofree char *shipped = read_shipped ("layout.json");
  g_autofree char *pictograms = read_shipped ("pictograms.json");
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
  if (g_str_equal (c->claim, "no-id"))
    g_assert_cmpint (told_line, ==, 1);
  else
    g_assert_cmpint (ABS (told_line - line), <=, 1);
}

/* A value that is wrong is told on exactly its own line. */
static void
test_exact_line (void)
{
  g_autofree char *shipped = read_shipped ("layout.json");
  g_autofree char *pictograms = read_shipped ("pictograms.json");
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
  g_autofree char *shipped = read_shipped ("layout.json");
  g_autofree char *pictograms = read_shipped ("pictograms.json");
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
  g_autofree char *shipped = read_shipped ("layout.json");
  g_autofree char *pictograms = read_shipped ("pictograms.json");
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
  g_test_add_func ("/card/layout/refuses/absent-file", test_absent);
  g_test_add_func ("/card/layout/shipped-loads", test_shipped);
  return g_test_run ();
}
