/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text from outside as JSON: what is refused, what comes out of the rest, which must be what json-glib
 * makes of it, and images in base64, which must be what GLib makes of them. */
#include "plt-image-text.h"
#include "plt-json-reader.h"
#include "plt-json-text.h"

#include <string.h>

#define LONG_BYTES 1024

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
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (gsize n = 0; n < 3; n++)
      for (int more = -2; more <= 2; more++)
        {
          gsize length = (gsize) ((gssize) (LONG_BYTES << (n * 3)) + more);
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
    { "\n", 1, "no end" },  { "\t", 1, "no end" },  { "\0", 1, "no end" },
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
  g_autofree char *body = repeat ('q', 3 * LONG_BYTES);
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
  g_autofree char *body = repeat ('q', 3 * LONG_BYTES);
  g_autofree char *values = g_strdup_printf ("{\"a\":\"%s\",\n\"a\":\"%s\"}", body, body);
  g_autofree char *names = g_strdup_printf ("{\"%s\":1,\"%s\":1}", body, body);

  g_assert_null (plt_json_text_parse (values, strlen (values), NULL));
  g_assert_null (plt_json_text_parse (names, strlen (names), NULL));
}

static void
append_text (GString *text,
             GRand   *rand)
{
  static const char * const pieces[] = {
    "a", "Z 9", "\303\251", "\320\226", "\360\237\230\200", "\\n", "\\r\\n", "\\\"", "\\\\", "\\/", "/",
    "\\b", "\\f", "\\t", "\\u0041", "\\u00e9", "\\u20AC", "\\ud83d\\ude00", "\\uDBFF\\uDFFF", "\\u0001",
    "0123456789012345678901234567890123456789", "{", "]", ",", ":", "\177",
  };

  g_string_append_c (text, '"');
  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  g_string_append_c (text, '"');
}

static void
append_blank (GString *text,
              GRand   *rand)
{
  for (int n = g_rand_int_range (rand, -4, 3); n > 0; n--)
    g_string_append_c (text, " \t\r\n"[g_rand_int_range (rand, 0, 4)]);
}

static void append_value (GString *text,
                          GRand   *rand,
                          int      depth);

/* @opening: the bracket; members of an object have names that no other has */
static void
append_children (GString *text,
                 GRand   *rand,
                 int      depth,
                 char     opening)
{
  int n = g_rand_int_range (rand, 0, 4);

  g_string_append_c (text, opening);
  append_blank (text, rand);
  for (int i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? "," : "");
      append_blank (text, rand);
      if (opening == '{')
        {
          append_text (text, rand);
          g_string_insert_c (text, (gssize) text->len - 1, (char) ('a' + i));
          append_blank (text, rand);
          g_string_append_c (text, ':');
        }
      append_value (text, rand, depth + 1);
    }
  g_string_append_c (text, opening == '{' ? '}' : ']');
}

static void
append_value (GString *text,
              GRand   *rand,
              int      depth)
{
  static const char * const plain[] = {
    "0", "-0", "7", "-12", "123456789012345678", "-123456789012345678", "0.5", "-1.25", "1e3", "2E-2",
    "1.5e+10", "0e0", "true", "false", "null", "1.0",
  };
  int kind = g_rand_int_range (rand, depth < 5 ? 0 : 4, 8);

  append_blank (text, rand);
  if (kind < 4)
    append_children (text, rand, depth, kind < 2 ? '{' : '[');
  else if (kind < 6)
    append_text (text, rand);
  else
    g_string_append (text, plain[g_rand_int_range (rand, 0, G_N_ELEMENTS (plain))]);
  append_blank (text, rand);
}

/* Whatever is well formed comes out as json-glib reads it, and breaks off nowhere unnoticed. */
static void
test_any (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_children (text, rand, 0, "{["[i % 2]);
      assert_same (text->str);
      for (gsize length = 0; length < text->len; length += 1 + text->len / 10)
        {
          g_autofree char *part = g_memdup2 (text->str, length);

          g_assert_null (plt_json_text_parse (part, length, NULL));
        }
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } rows[] = {
    { "", "empty" },            { " ", "empty" },         { "{} {}", "line 1" },
    { "[1,]", "line 1" },       { "[,1]", "line 1" },      { "{,}", "line 1" },
    { "{\"a\":1,}", "line 1" }, { "{\"a\"}", "line 1" },   { "{\"a\":}", "line 1" },
    { "{a:1}", "line 1" },      { "{1:1}", "line 1" },     { "[1 2]", "line 1" },
    { "[\"a\" \"b\"]", "line 1" }, { "[1\n,\n\n}", "line 4" }, { "[}", "line 1" },
    { "01", "line 1" },         { "+1", "line 1" },        { "1.", "line 1" },
    { ".5", "line 1" },         { "1e", "line 1" },        { "0x1", "line 1" },
    { "1e1000", "line 1" },     { "9223372036854775808", "line 1" }, { "-", "line 1" },
    { "tru", "line 1" },        { "nulls", "line 1" },     { "NaN", "line 1" },
    { "'a'", "line 1" },        { "[1] // one", "line 1" }, { "/**/[1]", "line 1" },
    { "\"\\u12\"", "line 1" },  { "\"\\udc00\"", "line 1" }, { "\"\\ud800\\u0041\"", "line 1" },
    { "\"\\u+123\"", "line 1" }, { "\"\\a\"", "line 1" },  { "\"a", "no end" },
    { "\"a\\", "no end" },      { "\357\273\277[]", "line 1" }, { "[\302\240]", "line 1" },
    { "[\"\300\200\"]", "UTF-8" }, { "[]\n\200", "UTF-8" }, { "{\n\"a\":1,\n\"\\u0061\":2}", "twice, again on line 3" },
    { "[{\"a\":1,\"a\":1},\n1 1]", "line 2 is" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_json_text_parse (rows[i].text, strlen (rows[i].text), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, rows[i].words));
    }
}

static void
test_deep (void)
{
  for (gsize depth = PLT_JSON_MAX_DEPTH - 1; depth <= PLT_JSON_MAX_DEPTH + 1; depth++)
    {
      g_autofree char *open = repeat ('[', depth);
      g_autofree char *close = repeat (']', depth);
      g_autofree char *text = g_strconcat (open, close, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = plt_json_text_parse (text, strlen (text), &error);

      g_assert_cmpint (node != NULL, ==, depth <= PLT_JSON_MAX_DEPTH);
      if (error != NULL)
        g_assert_nonnull (strstr (error->message, "nested more than 64 levels"));
    }
}

/* @every: a line break after so many characters; 0 is none */
static char *
break_lines (const char *text,
             gsize       every)
{
  GString *lines = g_string_new (NULL);

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      g_string_append_c (lines, text[i]);
      if (every > 0 && (i + 1) % every == 0)
        g_string_append (lines, "\r\n");
    }

  return g_string_free (lines, FALSE);
}

static void
test_image (void)
{
  static const gsize breaks[] = { 0, 1, 3, 64, 76 };
  guint8 bytes[300];

  for (gsize length = 0; length < sizeof bytes; length++)
    for (gsize i = 0; i < G_N_ELEMENTS (breaks); i++)
      {
        for (gsize at = 0; at < length; at++)
          bytes[at] = (guint8) g_test_rand_int ();

        g_autofree char *text = g_base64_encode (bytes, length);
        g_autofree char *lines = break_lines (text, breaks[i]);
        g_autoptr (GBytes) image = plt_image_text_decode (lines);

        g_assert_nonnull (image);
        g_assert_cmpmem (g_bytes_get_data (image, NULL), g_bytes_get_size (image), bytes, length);
      }
}

/* Wherever a character stands that is none of the alphabet. */
static void
test_image_refused (void)
{
  static const char wrong[] = " !-_.,\"\t\177\200\377";

  for (gsize i = 0; i < sizeof wrong - 1; i++)
    for (gsize at = 0; at < 41; at++)
      {
        g_autofree char *text = repeat ('Q', 41);

        text[at] = wrong[i];
        g_assert_null (plt_image_text_decode (text));
      }
  g_assert_null (plt_image_text_decode ("QUJD=QUJD"));
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
  g_test_add_func ("/registry/json/any", test_any);
  g_test_add_func ("/registry/json/refused", test_refused);
  g_test_add_func ("/registry/json/deep", test_deep);
  g_test_add_func ("/registry/json/image", test_image);
  g_test_add_func ("/registry/json/image-refused", test_image_refused);

  return g_test_run ();
}
