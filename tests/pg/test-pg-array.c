/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text format of text[]. */
#include <glib.h>

#include "plt-pg-array.h"

static void
test_keeps_elements (void)
{
  const char *cases[][4] = {
    { NULL },                       /* {} */
    { "a", "b", NULL },
    { "", NULL },
    { "NULL", "null", NULL },       /* text, not SQL NULL */
    { "say \"hi\"", "back\\slash", NULL },
    { "a,b", "{c}", " d ", NULL },
    { "ศรี", "Ørsted\n", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = plt_pg_array_to_text ((const char *const *) cases[i]);
      g_auto (GStrv) back = plt_pg_array_from_text (text);

      g_assert_cmpstrv (back, cases[i]);
    }
}

static void
test_reads_what_servers_write (void)
{
  const struct
  {
    const char *text;
    const char *elements[4];
  } cases[] = {
    { "{a,NULL,b}", { "a", "", "b", NULL } },
    { "[0:1]={x,y}", { "x", "y", NULL } },
    { "{\"\"}", { "", NULL } },
    { "nonsense", { NULL } },
    { "{cut", { "cut", NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) elements = plt_pg_array_from_text (cases[i].text);

      g_assert_cmpstrv (elements, cases[i].elements);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pg/array/keeps-elements", test_keeps_elements);
  g_test_add_func ("/pg/array/reads-what-servers-write", test_reads_what_servers_write);
  return g_test_run ();
}
