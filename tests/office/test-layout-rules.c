/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules that choose layouts as the database tells them, in words, and what is typed for a new one. */
#include "plt-layout-rules.h"

#include <string.h>

static const char answer[] =
  "[{\"id\": 4, \"position\": 50, \"type\": \"renewal\", \"office\": \"UC\", \"min_age\": 16, \"max_age\": 20,"
  " \"layout\": \"utopia-eu\", \"valid_from\": \"2026-01-02\", \"valid_to\": null, \"state\": \"proposed\","
  " \"proposed_by\": \"Emil Strand\", \"approved_by\": null, \"reason\": \"The young\"},"
  " {\"id\": 5, \"position\": 60, \"type\": null, \"office\": null, \"min_age\": 0, \"max_age\": null,"
  " \"layout\": \"utopia-thai\", \"valid_from\": \"2026-01-02\", \"valid_to\": \"2026-02-01\", \"state\": \"approved\"},"
  " {\"id\": 6, \"position\": 70, \"state\": \"of a later version\"}, 7,"
  " {\"id\": 1, \"position\": 9999, \"type\": null, \"office\": null, \"min_age\": null, \"max_age\": 17,"
  " \"layout\": \"utopia-iso\", \"valid_from\": \"2000-01-01\", \"valid_to\": null, \"state\": \"approved\"}]";

static void
test_in_words (void)
{
  static const char *const titles[] = {
    "Renewal, from 16 to 20 years, office UC: utopia-eu", "Every application, from 0 years on: utopia-thai",
    "Every application, up to 17 years: utopia-iso",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = plt_layout_rules_parse (answer, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rules->len, ==, G_N_ELEMENTS (titles));
  for (guint i = 0; i < rules->len; i++)
    {
      g_autofree char *title = plt_layout_rule_dup_title (rules->pdata[i]);

      g_assert_cmpstr (title, ==, titles[i]);
    }
}

static void
test_refuses_no_rules (void)
{
  static const char *const cases[] = { "", "{}", "null", "[", "1" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_layout_rules_parse (cases[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_reads_numbers (void)
{
  static const struct
  {
    const char *text;
    gboolean may_be_empty;
    const char *number; /* NULL with a sentence, or where nothing is typed that need not be */
    gboolean ok;
  } cases[] = {
    { "16", TRUE, "16", TRUE },   { " 016 ", TRUE, "16", TRUE }, { "", TRUE, NULL, TRUE },    { "  ", TRUE, NULL, TRUE },
    { "", FALSE, NULL, FALSE },   { "151", TRUE, NULL, FALSE },  { "-1", TRUE, NULL, FALSE }, { "16.5", TRUE, NULL, FALSE },
    { "1e1", TRUE, NULL, FALSE }, { "99999999999999999999", TRUE, NULL, FALSE }, { "sixteen", TRUE, NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number = NULL;

      g_assert_cmpint (plt_layout_rule_read_number (cases[i].text, 0, 150, cases[i].may_be_empty, &number, &error), ==,
                       cases[i].ok);
      g_assert_cmpstr (number, ==, cases[i].number);
      if (!cases[i].ok)
        g_assert_nonnull (strstr (error->message, "from 0 to 150"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/layout-rules/in-words", test_in_words);
  g_test_add_func ("/office/layout-rules/refuses-no-rules", test_refuses_no_rules);
  g_test_add_func ("/office/layout-rules/reads-numbers", test_reads_numbers);
  return g_test_run ();
}
