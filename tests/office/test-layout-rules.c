/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules that choose layouts as the database tells them, in words, and what is typed for a new one. */
#include "plt-layout-news.h"
#include "plt-layout-rules.h"

#include <stdlib.h>
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

/* What is approved is version 2 of “a”, digest "22"; below, what a computer has. */
static void
test_news (void)
{
  static const char versions[] =
    "[{\"id\": 1, \"layout\": \"a\", \"version\": 1, \"digest\": \"11\", \"state\": \"approved\", \"usable\": true, \"ruled\": true},"
    " {\"id\": 2, \"layout\": \"a\", \"version\": 2, \"digest\": \"22\", \"state\": \"approved\", \"usable\": true, \"ruled\": true},"
    " {\"id\": 3, \"layout\": \"a\", \"version\": 3, \"digest\": \"33\", \"state\": \"proposed\", \"usable\": false, \"ruled\": true},"
    " {\"id\": 4, \"layout\": \"a\", \"version\": 4, \"digest\": \"44\", \"state\": \"refused\", \"usable\": false, \"ruled\": true},"
    " {\"id\": 5, \"layout\": \"a\", \"version\": 5, \"digest\": \"55\", \"state\": \"approved\", \"usable\": false, \"ruled\": true},"
    " {\"id\": 6, \"layout\": \"b\", \"version\": 1, \"digest\": \"66\", \"state\": \"approved\", \"usable\": true, \"ruled\": false}]";
  static const struct
  {
    const char *here; /* id, version and digest of each layout */
    const char *told; /* the beginning of the only news, after "!" where cards stop; NULL: none */
  } cases[] = {
    { "a 2 22", NULL },
    { "a 1 11, a 2 22", NULL },
    { "a 2 22, b 1 67", NULL },
    { "a 2 22, a 4 44", NULL },
    { "a 2 22, a 5 55", NULL },
    { "a 2 22, a 3 33", "Cards go on with version 2 of layout “a”: version 3 is proposed and waits for another person" },
    { "a 2 22, a 3 34", "Cards go on with version 2 of layout “a”: version 3 is new on this computer" },
    { "a 2 22, a 6 77", "Cards go on with version 2 of layout “a”: version 6 is new on this computer" },
    { "a 2 23", "!No card is drawn with layout “a” on this computer: the files of its version 2 are not those that were approved" },
    { "a 2 23, a 3 33", "!No card is drawn with layout “a” on this computer: the files of its version 2 are not those that were approved" },
    { "a 3 33", "!No card is drawn with layout “a” on this computer: it has version 3, and version 2 was approved" },
    { "a 1 11", "!No card is drawn with layout “a” on this computer: it has version 1, and version 2 was approved" },
    { "b 1 66", "!No card is drawn with layout “a” on this computer: the files of version 2, which was approved, are not there." },
    { NULL, "!No card is drawn with layout “a” on this computer: the files of version 2, which was approved, are not there." },
  };
  g_autoptr (GPtrArray) decided = plt_layout_versions_parse (versions, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) files = cases[i].here != NULL ? g_strsplit (cases[i].here, ", ", -1) : g_new0 (char *, 1);
      g_autoptr (GPtrArray) here = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_layout_here_free);
      g_autoptr (GPtrArray) news = NULL;

      for (guint j = 0; files[j] != NULL; j++)
        {
          g_auto (GStrv) words = g_strsplit (files[j], " ", -1);

          g_ptr_array_add (here, plt_layout_here_new (words[0], atoi (words[1]), words[2]));
        }
      news = plt_layout_news_find (decided, here);
      g_test_message ("%s", cases[i].here);
      g_assert_cmpuint (news->len, ==, cases[i].told != NULL ? 1 : 0);
      if (cases[i].told != NULL)
        {
          const PltLayoutNews *one = news->pdata[0];
          gboolean stops = *cases[i].told == '!';

          g_assert_cmpint (one->stops, ==, stops);
          g_assert_true (g_str_has_prefix (one->text, cases[i].told + (stops ? 1 : 0)));
        }
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
  g_test_add_func ("/office/layout-rules/news", test_news);

  return g_test_run ();
}
