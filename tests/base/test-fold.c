/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding: which spellings meet, and which must not. */
#include "plt-fold.h"

typedef char *(*Fold) (const char *text);

static void
test_table (void)
{
  static const struct
  {
    Fold        fold;
    const char *text;
    const char *expected;
  } rows[] = {
    { plt_fold_case, "ÅNGSTRÖM", "ångström" },
    { plt_fold_case, "ΣΟΦΟΣ", "σοφοσ" },       /* final sigma too */
    { plt_fold_case, "Straße ẞ", "straße ß" }, /* ß is no capital letter's fold */
    { plt_fold_case, NULL, "" },
    { plt_fold_diacritics, "Ångström", "Angstrom" },
    { plt_fold_diacritics, "A\xcc\x8angstrom", "Angstrom" }, /* decomposed */
    { plt_fold_diacritics, "Weiß Æsir Søren Đorđe Łukasz Kadıköy Œuvre Þór",
      "Weiss AEsir Soren Dorde Lukasz Kadikoy OEuvre THor" },
    { plt_fold_diacritics, "Nguyễn", "Nguyen" },
    { plt_fold_diacritics, "Σοφία", "Σοφια" },
    { plt_fold_diacritics, "Йод", "Йод" },         /* no и */
    { plt_fold_diacritics, "กำลังดี", "กำลังดี" }, /* vowels and tones */
    { plt_fold_collapse, "  Anna \t\n Maria  ", "Anna Maria" },
    { plt_fold_collapse, "Anna\xc2\xa0Maria\xe2\x80\x8b", "Anna Maria" }, /* NBSP, zero width */
    { plt_fold_collapse, " ", "" },
    { plt_fold_name, "D’Áć-Ëre", "dac ere" },
    { plt_fold_name, "O'BRIEN  Smith–Jones", "obrien smith jones" },
    { plt_fold_name, "İPEK", "ipek" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = rows[i].fold (rows[i].text);
      g_autofree char *twice = rows[i].fold (folded);

      g_assert_cmpstr (folded, ==, rows[i].expected);
      g_assert_cmpstr (twice, ==, folded); /* a fold of a fold is the fold */
    }
}

static void
test_latin (void)
{
  g_assert_true (plt_fold_is_latin ("Łukasz O’Neill-Ñandú 3."));
  g_assert_true (plt_fold_is_latin ("A\xcc\x8a"));
  g_assert_true (plt_fold_is_latin (""));
  g_assert_true (plt_fold_is_latin (NULL));
  g_assert_false (plt_fold_is_latin ("Ivanov Иван"));
  g_assert_false (plt_fold_is_latin ("Раul")); /* Cyrillic look-alikes */
  g_assert_false (plt_fold_is_latin ("สมชาย"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/fold/table", test_table);
  g_test_add_func ("/base/fold/latin", test_latin);

  return g_test_run ();
}
