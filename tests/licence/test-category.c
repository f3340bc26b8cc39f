/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Categories and the text form of a list of them. */
#include "plt-category.h"

#include <string.h>

static void
test_text_form (void)
{
  static const struct
  {
    const char *text;
    const char *written; /* NULL: refused */
    const char *codes;   /* or the words of the refusal */
  } rows[] = {
    { NULL, "", "" },
    { "", "", "" },
    { "B;2001-02-03;2031-02-02;01,78", "B;2001-02-03;2031-02-02;01,78", "B" },
    /* any order in, the order of the card out */
    { "BE;;;|AM;;2030-01-01;|B;2001-02-03;;", "AM;;2030-01-01;|B;2001-02-03;;|BE;;;",
      "AM, B, BE" },
    { "b;;;", NULL, "“b”" },
    { "T;;;", NULL, "“T”" },
    { "B;;", NULL, "“B;;”" },
    { "B;;;;", NULL, "“B;;;;”" },
    { "B;;;|", NULL, "“”" },
    { "B;2001-02-30;;", NULL, "2001-02-30" },
    { "B;2001-02-03;2001-02-02;", NULL, "ends before it begins" },
    { "B;;;|B;;;01", NULL, "stands twice" },
    { "B;;;01,,78", NULL, "restrictions" },
    { "B;;;01,", NULL, "restrictions" },
    { "B;;;0 1", NULL, "restrictions" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) entries = plt_categories_parse (rows[i].text, &error);

      if (rows[i].written == NULL)
        {
          g_assert_null (entries);
          g_assert_true (error->domain == PLT_LICENCE_ERROR);
          g_assert_nonnull (strstr (error->message, rows[i].codes));
          continue;
        }
      g_assert_no_error (error);
      g_autofree char *written = plt_categories_to_text (entries);
      g_autofree char *codes = plt_categories_to_codes (entries);
      g_assert_cmpstr (written, ==, rows[i].written);
      g_assert_cmpstr (codes, ==, rows[i].codes);
    }
}

static void
test_codes (void)
{
  PltCategory found = PLT_CATEGORY_AM;

  for (PltCategory category = 0; category < PLT_N_CATEGORIES; category++)
    {
      g_assert_true (plt_category_from_code (plt_category_to_code (category), &found));
      g_assert_cmpint (found, ==, category);
      g_assert_nonnull (plt_category_get_title (category));
    }
  g_assert_cmpstr (plt_category_to_code (PLT_CATEGORY_C1E), ==, "C1E");
  g_assert_false (plt_category_from_code (NULL, &found));
  g_assert_false (plt_category_from_code ("", &found));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/licence/category/text-form", test_text_form);
  g_test_add_func ("/licence/category/codes", test_codes);

  return g_test_run ();
}
