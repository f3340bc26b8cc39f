/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits, Jaro-Winkler, sound, and the tables of Latin letters. */
#include "plt-similarity.h"
#include "plt-transliteration.h"

static void
test_edits (void)
{
  static const struct
  {
    const char *a, *b;
    int         edits;
  } cases[] = {
    { "", "", 0 }, { "", "abc", 3 }, { "berg", "berg", 0 },
    { "berg", "borg", 1 },   /* one letter */
    { "berg", "bergs", 1 },  /* one more */
    { "berg", "begr", 1 },   /* two neighbours swapped */
    { "ca", "abc", 3 },      /* each letter is edited once */
    { "møller", "moller", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (plt_similarity_edits (cases[i].a, cases[i].b), ==, cases[i].edits);
      g_assert_cmpint (plt_similarity_edits (cases[i].b, cases[i].a), ==, cases[i].edits);
    }
}

/* Values of the U. S. Census Bureau's own examples. */
static void
test_jaro_winkler (void)
{
  g_assert_cmpfloat_with_epsilon (plt_similarity_jaro_winkler ("martha", "marhta"), 0.961, 0.001);
  g_assert_cmpfloat_with_epsilon (plt_similarity_jaro_winkler ("dwayne", "duane"), 0.840, 0.001);
  g_assert_cmpfloat_with_epsilon (plt_similarity_jaro_winkler ("dixon", "dicksonx"), 0.813, 0.001);
  g_assert_cmpfloat (plt_similarity_jaro_winkler ("abc", "xyz"), ==, 0.0);
  g_assert_cmpfloat (plt_similarity_jaro_winkler ("", "xyz"), ==, 0.0);
  g_assert_cmpfloat (plt_similarity_jaro_winkler ("berg", "berg"), ==, 1.0);
}

static void
assert_same_sound (const char *a,
                   const char *b,
                   gboolean    same)
{
  g_autofree char *x = plt_similarity_sound (a);
  g_autofree char *y = plt_similarity_sound (b);

  if (same)
    g_assert_cmpstr (x, ==, y);
  else
    g_assert_cmpstr (x, !=, y);
}

static void
test_sound (void)
{
  assert_same_sound ("Meier", "MAYR", TRUE);
  assert_same_sound ("Schmidt", "Schmid", TRUE);
  assert_same_sound ("Fischer", "Vischer", TRUE);
  assert_same_sound ("Anders", "Enders", TRUE);
  assert_same_sound ("Berg", "Lind", FALSE);
  assert_same_sound ("Anders", "Nders", FALSE);
}

static void
assert_latin (const char *native,
              const char *latin)
{
  g_autofree char *found = plt_transliteration_to_latin (native);

  g_assert_cmpstr (found, ==, latin);
}

static void
test_to_latin (void)
{
  assert_latin ("Шевченко", "shevchenko");
  assert_latin ("Юрий", "iurii");
  assert_latin ("Щукина", "shchukina");
  assert_latin ("Παπαδόπουλος", "papadopoulos");
  assert_latin ("Γεωργίου", "georgiou");
  assert_latin ("حداد", NULL);
  assert_latin ("", NULL);
}

static void
test_skeleton (void)
{
  static const char * const pairs[][2] = {
    { "Haddad", "حداد" }, { "Saleh", "صالح" }, { "Nasser", "ناصر" }, { "Malee", "มาลี" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *latin = plt_transliteration_skeleton (pairs[i][0]);
      g_autofree char *native = plt_transliteration_skeleton (pairs[i][1]);

      g_assert_cmpstr (latin, ==, native);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/licence/similarity/edits", test_edits);
  g_test_add_func ("/licence/similarity/jaro-winkler", test_jaro_winkler);
  g_test_add_func ("/licence/similarity/sound", test_sound);
  g_test_add_func ("/licence/transliteration/to-latin", test_to_latin);
  g_test_add_func ("/licence/transliteration/skeleton", test_skeleton);

  return g_test_run ();
}
