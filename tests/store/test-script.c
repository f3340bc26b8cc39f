/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits scripts at the semicolons that end a statement, and at no others. */
#include "plt-store-script.h"

static void
test_split (void)
{
  static const struct
  {
    const char *script;
    const char *statements[4];
  } rows[] = {
    { "", { NULL } },
    { " ; ;\n-- nothing; here\n/* nor; /* here; */ */", { NULL } },
    { "SELECT 1; SELECT 2", { "SELECT 1", " SELECT 2" } },
    { "SELECT ';''; ' || \"a;\"\"b\"; SELECT 2;", { "SELECT ';''; ' || \"a;\"\"b\"", " SELECT 2" } },
    { "SELECT E'\\';' ; SELECT 2", { "SELECT E'\\';' ", " SELECT 2" } },
    { "SELECT 'a\\'; SELECT 2", { "SELECT 'a\\'", " SELECT 2" } },
    { "SELECT table'\\'; SELECT 2", { "SELECT table'\\'", " SELECT 2" } },
    { "DO $x$ BEGIN $$;$$; END $x$; SELECT $1;", { "DO $x$ BEGIN $$;$$; END $x$", " SELECT $1" } },
    { "SELECT a$b; SELECT $$;$$", { "SELECT a$b", " SELECT $$;$$" } },
    { "SELECT 1 -- ; '\n+ 1; SELECT /* ' ; */ 2", { "SELECT 1 -- ; '\n+ 1", " SELECT /* ' ; */ 2" } },
    { "SELECT '; and no end", { "SELECT '; and no end" } },
    { "SELECT $$; and no end", { "SELECT $$; and no end" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) statements = plt_store_script_split (rows[i].script);
      guint n = 0;

      g_test_message ("%s", rows[i].script);
      for (; n < G_N_ELEMENTS (rows[i].statements) && rows[i].statements[n] != NULL; n++)
        {
          g_assert_cmpuint (n, <, statements->len);
          g_assert_cmpstr (g_ptr_array_index (statements, n), ==, rows[i].statements[n]);
        }
      g_assert_cmpuint (statements->len, ==, n);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/script/split", test_split);
  return g_test_run ();
}
