/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text from outside as JSON: what is refused, and long texts that pass beside json-glib's scanner and
 * must come out as if they had gone through it. */
#include "plt-json-aside.h"
#include "plt-json-text.h"

#include <string.h>

/* @n of @c */
static char *
repeat (char c,
        gsize n)
{
  char *text = g_malloc (n + 1);

  memset (text, c, n);
  text[n] = '\0';

  return text;
}

/* By json-glib alone, which is right about what is well formed. */
static void
assert_same (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) plain = json_from_string (text, &error);

  g_assert_no_error (error);

  g_autoptr (JsonNode) node = plt_json_text_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (node, plain));
}

static void
test_long (void)
{
  static const char * const shapes[] = {
    "\"%s\"",
    "{\"a\":\"%s\"}",
    "{\"a\":[\"%s\",\"%s\",1],\"b\":{\"c\":\"%s\"}}",
    "{\"%s\":1}",
    "{\"%s\" \n\t:\"%s\"}",
    "[\"%s\"]",
    "[\"%s\\u00e9\"]",
    "[\"\\\\%s\"]",
    "[\"%s\\\"%s\"]",
    "[\"\303\251%s\"]",
    "[\"%s\303\251\"]",
    /* marks of somebody else's */
    "[\"\\u0001\"]",
    "[\"\\u00017\",\"%s\"]",
    "[\"\\u0001x\",\"%s\"]",
    "[\"\\u0001-1\",\"%s\"]",
    "[\"\\u000118446744073709551616\",\"%s\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (gsize n = 0; n < 3; n++)
      for (int more = -2; more <= 2; more++)
        {
          gsize length = (gsize) ((gssize) (PLT_JSON_ASIDE_MIN_BYTES << (n * 3)) + more);
          g_autofree char *body = repeat ('A' + (char) i, length);
          g_auto (GStrv) parts = g_strsplit (shapes[i], "%s", -1);
          g_autofree char *text = g_strjoinv (body, parts);

          assert_same (text);
        }
}

/* A long text whose last or first byte, or any between, is wrong. */
static void
test_long_refused (void)
{
  static const struct
  {
    const char *middle;
    gsize       length;
    const char *words;
  } rows[] = {
    { "\377", 1, "UTF-8" }, { "\303", 1, "UTF-8" }, { "\355\240\200", 3, "UTF-8" },
    { "\n", 1, "line 2" },  { "\t", 1, "line 2" },  { "\0", 1, "UTF-8" },
    { "\\x", 2, "line 2" }, { "\\ud800", 6, "line 2" }, { "\\u0000", 6, "line 2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize before = 0; before < 4000; before += 333)
      {
        g_autoptr (GString) text = g_string_new ("{\n\"a\":\"");
        g_autofree char *head = repeat ('x', before);
        g_autofree char *tail = repeat ('y', 4000 - before);
        g_autoptr (GError) error = NULL;

        g_string_append (text, head);
        g_string_append_len (text, rows[i].middle, (gssize) rows[i].length);
        g_string_append (text, tail);
        g_string_append (text, "\"}");
        g_assert_null (plt_json_text_parse (text->str, text->len, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
        g_assert_nonnull (strstr (error->message, rows[i].words));
      }
}

/* Not a byte behind the end is looked at, wherever a text breaks off. */
static void
test_broken_off (void)
{
  g_autofree char *body = repeat ('q', 3 * PLT_JSON_ASIDE_MIN_BYTES);
  g_autofree char *whole = g_strdup_printf ("{\"a\":\"%s\",\"b\":[\"%s\"]}", body, body);

  for (gsize length = 1; length < strlen (whole); length += 7)
    {
      g_autofree char *part = g_memdup2 (whole, length);

      g_assert_null (plt_json_text_parse (part, length, NULL));
    }
}

static void
test_twice (void)
{
  g_autofree char *body = repeat ('q', 3 * PLT_JSON_ASIDE_MIN_BYTES);
  g_autofree char *values = g_strdup_printf ("{\"a\":\"%s\",\n\"a\":\"%s\"}", body, body);
  g_autofree char *names = g_strdup_printf ("{\"%s\":1,\"%s\":1}", body, body);

  g_assert_null (plt_json_text_parse (values, strlen (values), NULL));
  g_assert_null (plt_json_text_parse (names, strlen (names), NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/registry/json/long", test_long);
  g_test_add_func ("/registry/json/long-refused", test_long_refused);
  g_test_add_func ("/registry/json/broken-off", test_broken_off);
  g_test_add_func ("/registry/json/twice", test_twice);

  return g_test_run ();
}
