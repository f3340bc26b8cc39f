/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-new-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  char *path;
  char *part;
} Place;

static void
set_up (Place         *place,
        gconstpointer  data)
{
  place->folder = g_dir_make_tmp ("platen-new-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "file", NULL);
  place->part = g_build_filename (place->folder, ".file.part", NULL);
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  g_unlink (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0); /* and with it that nothing else is left */
  g_free (place->folder);
  g_free (place->path);
  g_free (place->part);
}

static void
assert_holds (Place      *place,
              const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (place->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
put (Place      *place,
     const char *text)
{
  GError *error = NULL;

  g_assert_true (plt_new_file_put (place->path, 0600, text, strlen (text), &error));
  g_assert_no_error (error);
  assert_holds (place, text);
}

static void
test_has_no_name_before_it_is_kept (Place         *place,
                                    gconstpointer  data)
{
  GError *error = NULL;
  g_autoptr (PltNewFile) file = plt_new_file_begin (place->path, 0600, &error);

  g_assert_no_error (error);
  g_assert_true (plt_new_file_write (file, "half", 4, &error));
  g_assert_true (plt_new_file_end (file, &error));

  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
}

static void
test_given_up_leaves_what_was_there (Place         *place,
                                     gconstpointer  data)
{
  put (place, "before");

  {
    g_autoptr (PltNewFile) file = plt_new_file_begin (place->path, 0600, NULL);

    g_assert_true (plt_new_file_write (file, "after", 5, NULL));
  }

  assert_holds (place, "before");
}

static void
test_takes_the_place_of_another (Place         *place,
                                 gconstpointer  data)
{
  struct stat status;

  put (place, "before");
  put (place, "after");

  g_assert_cmpint (stat (place->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_clears_what_a_kill_left (Place         *place,
                              gconstpointer  data)
{
  g_assert_true (g_file_set_contents (place->part, "left", -1, NULL));
  put (place, "first");
  g_assert_false (g_file_test (place->part, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (place->part, "left", -1, NULL));
  put (place, "second");
  g_assert_false (g_file_test (place->part, G_FILE_TEST_EXISTS));
}

static void
test_refuses_what_is_no_place (Place         *place,
                               gconstpointer  data)
{
  const struct
  {
    const char *path;
    int code;
    const char *says;
  } cases[] = {
    { "/nowhere/at/all", G_FILE_ERROR_NOENT, "Make its folder first" },
    { "/dev/full", G_FILE_ERROR_FAILED, "no plain file" },
    { place->folder, G_FILE_ERROR_ISDIR, "Name a file in it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (plt_new_file_put (cases[i].path, 0600, "x", 1, &error));
      g_assert_error (error, G_FILE_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_nonnull (strstr (error->message, cases[i].path));
    }
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Place *, gconstpointer);
  } tests[] = {
    { "has-no-name-before-it-is-kept", test_has_no_name_before_it_is_kept },
    { "given-up-leaves-what-was-there", test_given_up_leaves_what_was_there },
    { "takes-the-place-of-another", test_takes_the_place_of_another },
    { "clears-what-a-kill-left", test_clears_what_a_kill_left },
    { "refuses-what-is-no-place", test_refuses_what_is_no_place },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/base/new-file/", tests[i].name, NULL);

      g_test_add (path, Place, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
