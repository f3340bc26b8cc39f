/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of search means. */
#include "plt-search-line.h"

#include <string.h>

static const PltDate today = { 2026, 11, 21 };

typedef struct
{
  const char *typed;
  const char *names;
  const char *births;
  const char *address;
} Line;

static void
check_line (const Line *line)
{
  g_autoptr (PltSearchLine) read = plt_search_line_parse (line->typed, today);
  g_autofree char *names = g_strjoinv ("|", (char **) plt_search_line_get_names (read));
  g_autofree char *births = plt_search_line_births_to_text (read);
  g_autofree char *address = g_strjoinv ("|", (char **) plt_search_line_get_address (read));

  g_autofree char *shown = g_utf8_make_valid (line->typed, -1);

  g_test_message ("%s", shown);
  g_assert_cmpstr (names, ==, line->names);
  g_assert_cmpstr (births, ==, line->births);
  g_assert_cmpstr (address, ==, line->address);
}

#define DAY(iso) iso "/" iso

static void
test_dates (void)
{
  static const Line lines[] = {
    { "2.3.1980", "", DAY ("1980-03-02"), "" },
    { "02.03.80", "", DAY ("1980-03-02"), "" },
    { "2. 3. 1980", "", DAY ("1980-03-02"), "" },
    { "02/03/80", "", DAY ("1980-03-02") "," DAY ("1980-02-03"), "" },
    { "13/02/1980", "", DAY ("1980-02-13"), "" },
    { "02/13/1980", "", DAY ("1980-02-13"), "" },
    { "3/3/1980", "", DAY ("1980-03-03"), "" },
    { "1980-03-02", "", DAY ("1980-03-02"), "" },
    { "1980–03–02", "", DAY ("1980-03-02"), "" },
    { "19800302", "", DAY ("1980-03-02"), "" },
    { "02031980", "", DAY ("1980-03-02"), "" },
    { "2 March 1980", "", DAY ("1980-03-02"), "" },
    { "March 2nd, 1980", "", DAY ("1980-03-02"), "" },
    { "2 mars 1980", "", DAY ("1980-03-02"), "" },
    { "1er août 1980", "", DAY ("1980-08-01"), "" },
    { "14 FÉVR. 1980", "", DAY ("1980-02-14"), "" },
    { "2. März 1980", "", DAY ("1980-03-02"), "" },
    { "2 3 1980", "", DAY ("1980-03-02"), "" },
    { "02 03 1980 Berg", "Berg", DAY ("1980-03-02"), "" },
    { "1980 03 02", "", DAY ("1980-03-02"), "" },
    { "31 2 1980 Berg", "Berg", "1980-01-01/1980-12-31", "31|2" },
    { "12 3 Berg 1980", "Berg", "1980-01-01/1980-12-31", "12|3" },
    { "the 2nd of March 1980", "", DAY ("1980-03-02"), "" },
    { "2 de mars 1980", "", DAY ("1980-03-02"), "" },
    { "2-Mar-1980", "", DAY ("1980-03-02"), "" },
    { "02MAR1980", "", DAY ("1980-03-02"), "" },
    { "31 déc 99", "", DAY ("1999-12-31"), "" },
    { "๒/๓/๑๙๘๐", "", DAY ("1980-03-02") "," DAY ("1980-02-03"), "" },
    { "1980", "", "1980-01-01/1980-12-31", "" },
    { "1980-02", "", "1980-02-01/1980-02-29", "" },
    { "02/1980", "", "1980-02-01/1980-02-29", "" },
    { "february 1981", "", "1981-02-01/1981-02-28", "" },
    { "01.02.20", "", DAY ("2020-02-01"), "" }, /* hardly 1920 */
    { "01.02.24", "", DAY ("2024-02-01") "," DAY ("1924-02-01"), "" },
    { "29.02.1980", "", DAY ("1980-02-29"), "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    check_line (&lines[i]);
}

static void
test_no_dates (void)
{
  static const Line lines[] = {
    { "29.02.1981", "", "", "" },
    { "01.01.2030", "", "", "" }, /* nobody is born yet */
    { "0.0.0", "", "", "0.0.0" },
    { "99/99/99", "", "", "" },
    { "mars", "mars", "", "" },   /* a name until a day or a year stands beside it */
    { "may brown", "may|brown", "", "" },
    { "ma 1980", "ma", "1980-01-01/1980-12-31", "" },
    { "1700", "", "", "1700" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    check_line (&lines[i]);
}

static void
test_combinations (void)
{
  static const Line lines[] = {
    { "müller 12.03.1980 hauptstr", "müller", DAY ("1980-03-12"), "hauptstr" },
    { "Hauptstr. 5, Müller, Anna", "Müller|Anna", "", "5|Hauptstr" },
    { "anna née le 2 mars 1980", "anna", DAY ("1980-03-02"), "" },
    { "berg mill road 12b", "berg", "", "12b|mill|road" },
    { "rue des Tilleuls 3 dubois", "dubois", "", "3|rue|des|Tilleuls" },
    { "jan van den Berg", "jan|Berg", "", "" },
    { "van der", "van|der", "", "" },
    { "le", "le", "", "" },
    { "O’Neill Jean-Luc", "O'Neill|Jean-Luc", "", "" },
    { "Иванов 12.03.1980", "Иванов", DAY ("1980-03-12"), "" },
    { "улица Мира", "", "", "улица|Мира" },
    { "Παπαδόπουλος", "Παπαδόπουλος", "", "" },
    { "สมชาย ใจดี", "สมชาย|ใจดี", "", "" },
    { "m", "m", "", "" },
    { "mül*", "mül", "", "" },
    { "%'; DROP TABLE person; --", "DROP|TABLE|person", "", "" },
    { "a_b%c\\d\"f", "a|b|c|d|f", "", "" },
    { "smith\xff\xfe", "smith", "", "" },
    { "* ? % - ' \t\n", "", "", "" },
    { "", "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    check_line (&lines[i]);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *typed;
    const char *id_number;
    const char *prefix;
    const char *licence;
    const char *record;
  } lines[] = {
    { "12345678903", "12345678903", NULL, NULL, NULL },
    { "12345 67890 3", "12345678903", NULL, NULL, NULL },
    { "12345-67890-3", "12345678903", NULL, NULL, NULL },
    { "１２３４５６７８９０３ berg", "12345678903", NULL, NULL, NULL },
    { "123456", NULL, "123456", NULL, NULL },
    { "1234567890", NULL, "1234567890", NULL, NULL },
    { "123456789012", NULL, NULL, NULL, NULL },
    { "u12345678", NULL, NULL, "U12345678", NULL },
    { "U123", NULL, NULL, "U123", NULL },
    { "uc-26-000123", NULL, NULL, NULL, "UC-26-000123" },
    { "UC-26-C000017", NULL, NULL, NULL, "UC-26-C000017" },
    { "b00000012", NULL, NULL, NULL, "B00000012" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (PltSearchLine) read = plt_search_line_parse (lines[i].typed, today);

      g_test_message ("%s", lines[i].typed);
      g_assert_cmpstr (plt_search_line_get_id_numbers (read)[0], ==, lines[i].id_number);
      g_assert_cmpstr (plt_search_line_get_id_prefix (read), ==, lines[i].prefix);
      g_assert_cmpstr (plt_search_line_get_licence_number (read), ==, lines[i].licence);
      g_assert_cmpstr (plt_search_line_get_record_number (read), ==, lines[i].record);
      g_assert_false (plt_search_line_is_id_mistyped (read));
    }
}

static void
test_mistyped_id (void)
{
  static const char * const typed[] = { "12345678913", "21345678903", "12345678904" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (PltSearchLine) read = plt_search_line_parse (typed[i], today);

      g_assert_true (plt_search_line_is_id_mistyped (read));
      g_assert_true (g_strv_contains (plt_search_line_get_id_numbers (read), "12345678903"));
      g_assert_cmpuint (g_strv_length ((char **) plt_search_line_get_id_numbers (read)), <, 25);
      g_assert_false (plt_search_line_is_empty (read));
    }
}

static void
test_long (void)
{
  g_autoptr (GString) long_line = g_string_new (NULL);

  for (int i = 0; i < 100; i++)
    g_string_append (long_line, "müller ");

  g_autoptr (PltSearchLine) words = plt_search_line_parse (long_line->str, today);

  g_assert_cmpuint (g_strv_length ((char **) plt_search_line_get_names (words)), <=, 6);

  g_string_truncate (long_line, 0);
  for (int i = 0; i < 500; i++)
    g_string_append (long_line, "ß");

  g_autoptr (PltSearchLine) word = plt_search_line_parse (long_line->str, today);

  g_assert_cmpint (g_utf8_strlen (plt_search_line_get_names (word)[0], -1), <=, 60);
  g_assert_cmpint (g_utf8_strlen (plt_search_line_get_text (word), -1), ==, 200);
}

static void
test_describe (void)
{
  g_autoptr (PltSearchLine) line
    = plt_search_line_parse ("müller 02/03/80 hauptstr", today);
  g_autoptr (PltSearchLine) empty = plt_search_line_parse (" -- ", today);
  g_autofree char *text = plt_search_line_describe (line);
  g_autofree char *nothing = plt_search_line_describe (empty);

  g_assert_cmpstr (text, ==, "name “müller” · born 2 March 1980 or 3 February 1980 · "
                             "address “hauptstr”");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_true (plt_search_line_is_empty (empty));
  g_assert_false (plt_search_line_is_empty (line));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/licence/search-line/dates", test_dates);
  g_test_add_func ("/licence/search-line/no-dates", test_no_dates);
  g_test_add_func ("/licence/search-line/combinations", test_combinations);
  g_test_add_func ("/licence/search-line/numbers", test_numbers);
  g_test_add_func ("/licence/search-line/mistyped-id", test_mistyped_id);
  g_test_add_func ("/licence/search-line/long", test_long);
  g_test_add_func ("/licence/search-line/describe", test_describe);

  return g_test_run ();
}
