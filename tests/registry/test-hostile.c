/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registry that means harm, or is broken beyond anybody's fancy: refused with the reason, within
 * the budget, with nothing of the citizen in what is told or logged. */
#include "client-fixture.h"

#include <string.h>

static GString *logged;

/* Everything that is logged, whatever its level, so that it can be searched for the citizen. */
static GLogWriterOutput
note_log (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            n_fields,
          gpointer         user_data)
{
  static GMutex lock;

  g_mutex_lock (&lock);
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE"))
        g_string_append_printf (logged, "%s\n", (const char *) fields[i].value);
    }
  g_mutex_unlock (&lock);

  return g_log_writer_default (level, fields, n_fields, user_data);
}

static void
assert_refused (PltTestRegistry *registry,
                const char      *words)
{
  g_autoptr (PltRegistryClient) client = client_new (registry);
  g_autoptr (PltSourceAnswer) answer = client_ask (client);

  g_test_message ("%s", plt_source_answer_get_message (answer));
  client_assert_state (answer, PLT_SOURCE_STATE_NONSENSE);
  if (words != NULL)
    g_assert_nonnull (strstr (plt_source_answer_get_message (answer), words));
}

static void
test_bodies (void)
{
  static const struct
  {
    const char *body;
    const char *words; /* of the reason */
  } rows[] = {
    /* another person, however it is written */
    { "{\"person\":{\"id\":\"10000000004\",\"name\":\"Østergård\"}}", "about another person" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "0\",\"name\":\"Østergård\"}}", "about another person" },
    { "{\"person\":{\"id\":12345678904}}", "about another person" },
    { "{\"person\":{\"id\":[\"" ID_NUMBER "\"]}}", "about another person" },
    /* members given twice: which one would count? */
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"id\":\"10000000004\"}}", "a member twice" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\"},\"person\":null}", "a member twice" },
    /* values of another type */
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"name\":{\"x\":1}}}", "“/person/name”" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"sex\":1.0}}", "“/person/sex”" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"points\":\"3\"}}", "“/person/points”: it is of another type" },
    /* text that is none */
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"name\":\"\xc3\x28\"}}", "not UTF-8" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"name\":\"\xed\xa0\x80\"}}", "not UTF-8" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"name\":\"\\ud800\"}}", "not well-formed JSON" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"name\":\"a\\u0000b\"}}", "not well-formed JSON" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"name\":\"\\u202e\\u0007\"}}", "“/person/name”" },
    /* numbers that no machine holds, and leftovers */
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"points\":99999999999999999999999}}", "not well-formed" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",\"points\":1e999}}", NULL },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\"}} {}", "not well-formed" },
    { "\xef\xbb\xbf{\"person\":{\"id\":\"" ID_NUMBER "\"}}", "not well-formed" },
    { "{\"person\":{\"id\":\"" ID_NUMBER "\",}}", "not well-formed" },
  };
  g_autoptr (PltTestRegistry) registry = client_new_registry ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].body, strlen (rows[i].body));

      plt_test_registry_set_answer (registry, 200, "application/json", body);
      assert_refused (registry, rows[i].words);
    }
}

static void
test_deep (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autofree char *deep = g_strnfill (400000, '[');
  g_autoptr (GBytes) body = g_bytes_new_static (deep, strlen (deep));

  plt_test_registry_set_answer (registry, 200, "application/json", body);
  assert_refused (registry, "not well-formed");
}

/* It would carry our question, and our token, to somebody else. */
static void
test_redirect (void)
{
  static const int statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltTestRegistry) elsewhere = client_new_registry ();
  g_autofree char *there = g_strdup_printf ("https://localhost:%d/v1/" ID_NUMBER,
                                            plt_test_registry_get_port (elsewhere));
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);

  plt_test_registry_set_header (registry, "Location", there);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      plt_test_registry_set_answer (registry, statuses[i], "application/json", body);
      assert_refused (registry, "sent this office elsewhere");
    }
  g_assert_cmpint (plt_test_registry_get_requests (elsewhere), ==, 0);
}

static void
test_content_types (void)
{
  static const char * const types[] = { "text/html", "text/plain", "application/jsonx", "image/png",
                                        "application/xml" };
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (GBytes) body = g_bytes_new_static (GOOD_BODY, strlen (GOOD_BODY));

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      plt_test_registry_set_answer (registry, 200, types[i], body);
      assert_refused (registry, "not JSON");
    }
}

static GBytes *
pack (GBytes *plain)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));

  g_assert_true (g_output_stream_write_all (stream, g_bytes_get_data (plain, NULL),
                                            g_bytes_get_size (plain), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Some kilobytes on the wire, hundreds of megabytes in memory: reading stops at the limit. */
static void
test_gzip_bomb (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (GBytes) blanks = g_bytes_new_take (g_strnfill (200 * 1024 * 1024, ' '), 200 * 1024 * 1024);
  g_autoptr (GBytes) bomb = pack (blanks);

  g_assert_cmpuint (g_bytes_get_size (bomb), <, 400000);
  plt_test_registry_set_header (registry, "Content-Encoding", "gzip");
  plt_test_registry_set_answer (registry, 200, "application/json", bomb);
  assert_refused (registry, "larger than an answer can be");
}

/* What breaks off in the middle of its compression is no answer, however much could be read. */
static void
test_broken_gzip (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (GBytes) body = g_bytes_new_static (GOOD_BODY, strlen (GOOD_BODY));
  g_autoptr (GBytes) packed = pack (body);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) / 2);

  plt_test_registry_set_header (registry, "Content-Encoding", "gzip");
  plt_test_registry_set_answer (registry, 200, "application/json", half);
  assert_refused (registry, NULL);
}

/* Bytes that are no HTTP, headers without end, lengths that lie. */
static void
test_raw (void)
{
  g_autofree char *long_value = g_strnfill (8 * 1024 * 1024, 'x');
  g_autofree char *flood =
    g_strconcat ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX: ", long_value, "\r\n\r\n{}", NULL);
  g_autoptr (GString) many = g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
  g_autoptr (PltTestRegistry) registry = client_new_registry ();

  for (int i = 0; i < 200000; i++)
    g_string_append_printf (many, "X-%d: y\r\n", i);
  const char * const rows[] = {
    flood, many->str, "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/9.9 200 OK\r\n\r\n", "\r\n\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    "HTTP/1.1 200 OK\r\n\r\n" GOOD_BODY,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) raw = g_bytes_new_static (rows[i], strlen (rows[i]));
      g_autoptr (PltRegistryClient) client = client_new (registry);

      plt_test_registry_set_answer (registry, 200, "application/json", raw);
      plt_test_registry_set_fault (registry, PLT_TEST_FAULT_RAW);
      g_autoptr (PltSourceAnswer) answer = client_ask (client);

      g_test_message ("row %d: %s", (int) i, plt_source_answer_get_message (answer));
      g_assert_cmpint (plt_source_answer_get_state (answer), !=, PLT_SOURCE_STATE_ANSWERED);
      g_assert_cmpint (plt_source_answer_get_state (answer), !=, PLT_SOURCE_STATE_NOT_FOUND);
      g_assert_null (strstr (plt_source_answer_get_message (answer), ID_NUMBER));
    }
}

/* One byte now and then keeps a connection alive for ever, and nobody waits for it. */
static void
test_slow_drip (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);

  plt_test_registry_set_fault (registry, PLT_TEST_FAULT_DRIP);
  g_autoptr (PltSourceAnswer) answer = client_ask (client);

  client_assert_state (answer, PLT_SOURCE_STATE_TIMED_OUT);
  client_await_closed (registry);
}

/* Runs last: what all of them have written. */
static void
test_log (void)
{
  g_assert_cmpuint (logged->len, >, 0);
  g_assert_null (strstr (logged->str, ID_NUMBER));
  g_assert_null (strstr (logged->str, "10000000004"));
  g_assert_null (strstr (logged->str, "stergård"));
  g_assert_null (strstr (logged->str, "open-sesame"));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("G_MESSAGES_DEBUG", "plt-registry", TRUE);
  g_test_init (&argc, &argv, NULL);
  logged = g_string_new (NULL);
  g_log_set_writer_func (note_log, NULL, NULL);

  g_test_add_func ("/registry/hostile/bodies", test_bodies);
  g_test_add_func ("/registry/hostile/deep", test_deep);
  g_test_add_func ("/registry/hostile/redirect", test_redirect);
  g_test_add_func ("/registry/hostile/content-types", test_content_types);
  g_test_add_func ("/registry/hostile/gzip-bomb", test_gzip_bomb);
  g_test_add_func ("/registry/hostile/broken-gzip", test_broken_gzip);
  g_test_add_func ("/registry/hostile/raw", test_raw);
  g_test_add_func ("/registry/hostile/slow-drip", test_slow_drip);
  g_test_add_func ("/registry/hostile/log-names-nobody", test_log);

  return client_run_tests ();
}
