/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapter files: what is refused, and that the message leads to the place. */
#include "plt-registry-adapter.h"

#include "plt-adapter-fault.h"
#include "plt-registry-client.h"

#include <glib/gstdio.h>
#include <string.h>

#define FIELDS "{\"sex\":{\"path\":\"/s\"}}"

static PltRegistryAdapter *
load (const char  *text,
      GError     **error)
{
  return plt_registry_adapter_new_from_data ("/etc/platen/r.json", text, strlen (text), error);
}

/* A file that is right, with one member written anew: name, then its JSON, or nothing. */
static char *
write_adapter (const char *name,
               const char *json)
{
  static const char * const members[][2] = {
    { "registry", "1" },
    { "source", "\"identity\"" },
    { "title", "\"T\"" },
    { "url", "\"https://r.example/{id_number}\"" },
    { "authentication", "{\"type\":\"bearer\",\"token_file\":\"t\"}" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":" FIELDS "}" },
  };
  GString *text = g_string_new ("{");
  gboolean written = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      gboolean same = g_strcmp0 (name, members[i][0]) == 0;
      const char *value = same ? json : members[i][1];

      written |= same;
      if (value != NULL)
        g_string_append_printf (text, "%s\"%s\":%s", text->len > 1 ? "," : "", members[i][0], value);
    }
  if (name != NULL && !written)
    g_string_append_printf (text, ",\"%s\":%s", name, json);
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}

static void
test_refuses_members (void)
{
  static const struct
  {
    const char *name;
    const char *json;
    const char *place; /* what the message must say */
  } rows[] = {
    /* required members */
    { "registry", NULL, " registry: is missing" },
    { "source", NULL, " source: is missing" },
    { "title", NULL, " title: is missing" },
    { "url", NULL, " url: is missing" },
    { "authentication", NULL, " authentication: is missing" },
    { "answer", NULL, " answer: is missing" },
    /* another version of the format */
    { "registry", "2", " registry: " },
    { "registry", "\"1\"", " registry: " },
    /* words, types and limits */
    { "source", "\"Tax\"", " source: must be identity, driver, infringement or a word" },
    { "source", "\"tax office\"", " source: " },
    { "source", "\"9lives\"", " source: " },
    { "source", "\"\"", " source: " },
    /* a registry that no rule knows has a word of its own */
    { "source", "\"residence\"", NULL },
    { "source", "3", " source: " },
    { "title", "\"\"", " title: " },
    { "title", "[]", " title: " },
    { "titles", "[]", " titles: must be an object" },
    { "titles", "{\"fr\":1}", " titles.fr: must be text" },
    { "budget_ms", "99", " budget_ms: must be a whole number from 100 to 60000" },
    { "budget_ms", "2000.5", " budget_ms: " },
    { "budget_ms", "60001", " budget_ms: " },
    { "max_bytes", "100000001", " max_bytes: " },
    { "retry", "{\"attempts\":0}", " retry.attempts: " },
    { "retry", "{\"pause\":1}", " retry.pause: is not known here" },
    { "retry", "7", " retry: must be an object" },
    /* a member that nobody knows is a member that somebody misspelt */
    { "budget", "2000", " budget: is not known here" },
    { "$schema", "\"registry.schema.json\"", NULL },
    /* addresses */
    { "url", "\"http://r.example/{id_number}\"", " url: must be an https address" },
    { "url", "\"https:///{id_number}\"", " url: " },
    { "url", "\"https://r.example/\"", " url: must contain {id_number}" },
    { "url", "\"{id_number}\"", " url: " },
    { "query", "{\"id\":1}", " query.id: must be text" },
    { "query", "[]", " query: must be an object" },
    { "headers", "{\"X Y\":\"z\"}", " headers: “X Y” cannot be a request header" },
    { "headers", "{\"X\":\"a\\r\\nHost: b\"}", " headers: “X”" },
    { "ca", "\"\"", " ca: " },
    /* credentials */
    { "authentication", "{\"type\":\"basic\"}", " authentication.type: must be one of" },
    { "authentication", "{\"type\":\"bearer\"}", " authentication.token_file: is missing" },
    { "authentication", "{\"type\":\"bearer\",\"token_file\":\"t\",\"token\":\"x\"}",
      " authentication.token: is not known here" },
    { "authentication", "{\"type\":\"mutual-tls\",\"certificate\":\"c\"}",
      " authentication.key: is missing" },
    { "authentication", "{\"type\":\"api-key\",\"header\":\"a b\",\"key_file\":\"k\"}",
      " authentication.header: " },
    { "authentication", "[]", " authentication: must not be empty" },
    { "authentication", "[3]", " authentication.0: must be an object" },
    { "authentication", "[{\"type\":\"bearer\",\"token_file\":\"t\"},"
                        "{\"type\":\"bearer\",\"token_file\":\"u\"}]",
      " authentication.1.type: stands here twice" },
    { "authentication", "[{\"type\":\"mutual-tls\",\"certificate\":\"c\",\"key\":\"k\"},"
                        "{\"type\":\"bearer\",\"token_file\":\"u\"},"
                        "{\"type\":\"x-road\",\"client\":\"UTO/GOV/1/platen\","
                        "\"user_id\":\"UTO{staff}\"}]",
      NULL },
    { "authentication", "{\"type\":\"x-road\",\"client\":\"UTO/GOV\"}",
      " authentication.client: must be an X-Road identifier" },
    { "authentication", "{\"type\":\"x-road\",\"client\":\"UTO/GOV/1\\r\\nX: y/z\"}",
      " authentication.client: " },
    /* limits of how it is asked */
    { "page_size", "0", " page_size: must be a whole number from 1 to 1000" },
    { "concurrency", "65", " concurrency: " },
    { "late_ms", "-1", " late_ms: " },
    { "cache_s", "\"1 day\"", " cache_s: " },
    { "breaker", "{\"failures\":0}", " breaker.failures: " },
    { "breaker", "{\"pause_ms\":2000,\"max_pause_ms\":1000}",
      " breaker.max_pause_ms: must not be less than" },
    { "breaker", "{\"pauses\":1}", " breaker.pauses: is not known here" },
    { "probe_url", "\"http://r.example/health\"", " probe_url: must be an https address" },
    { "codes", "{\"sex\":{\"1\":1}}", " codes.sex.1: must be text" },
    /* the answer */
    { "answer", "{\"fields\":" FIELDS "}", " answer.id_number: is missing" },
    { "answer", "{\"id_number\":\"id\",\"fields\":" FIELDS "}",
      " answer.id_number: must be a JSON Pointer" },
    { "answer", "{\"id_number\":\"/a~2\",\"fields\":" FIELDS "}", " answer.id_number: " },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{}}", " answer.fields: must not be empty" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"name\":{\"path\":\"/n\"}}}",
      " answer.fields.name: is no field that Platen knows" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"sex\":{}}}",
      " answer.fields.sex.path: is missing" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"birth_date\":{\"path\":\"/b\","
                "\"format\":\"D.M.Y\"}}}",
      " answer.fields.birth_date.format: must be date-time, epoch-s, epoch-ms or a form" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"birth_date\":{\"path\":\"/b\","
                "\"zone\":\"UTC\"}}}",
      " answer.fields.birth_date.zone: has no meaning" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"birth_date\":{\"path\":\"/b\","
                "\"format\":\"epoch-s\",\"zone\":\"Mars/Olympus\"}}}",
      " answer.fields.birth_date.zone: must be a time zone" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"birth_date\":{\"path\":\"/b\","
                "\"months\":[\"a\"]}}}",
      " answer.fields.birth_date.months: must hold the names of twelve" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"birth_date\":{\"path\":\"/b\",\"format\":\"D MON YYYY\","
                "\"months\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"a\",\"b\",\"A\"]}}}",
      " answer.fields.birth_date.months: must hold the names of twelve" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"family_name\":{\"path\":\"/b\","
                "\"split\":\"guess\"}}}",
      " answer.fields.family_name.split: must be one of comma" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"family_name\":{\"path\":\"/b\","
                "\"particles\":[\"van\"]}}}",
      " answer.fields.family_name.particles: has no meaning without" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"address\":{\"path\":\"/b\","
                "\"split\":\"comma\"}}}",
      " answer.fields.address.split: is not known here" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"sex\":{\"path\":\"/b\",\"map\":\"sexes\"}}}",
      " answer.fields.sex.map: must be an object or the name of a table" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"points\":{\"path\":\"/b\",\"as\":\"word\"}}}",
      " answer.fields.points.as: must be one of number, text" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"sex\":{\"path\":\"/b\",\"none\":[1]}}}",
      " answer.fields.sex.none: must hold texts only" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"portrait_of\":{\"path\":\"/b\",\"take\":\"(\"}}}",
      " answer.fields.portrait_of.take: must be a regular expression" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"points\":{\"path\":\"/b\",\"take\":\"1\"}}}",
      " answer.fields.points.take: is not known here" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"withdrawn_categories\":{\"path\":\"/b\","
                "\"each\":{\"code\":\"/c\",\"to\":\"/t\"}}}}",
      " answer.fields.withdrawn_categories.each.to: is not known here" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"sex\":{\"path\":\"/b\",\"map\":{\"1\":1}}}}",
      " answer.fields.sex.map.1: must be text" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"sex\":{\"path\":\"/b\",\"map\":{\"1\":\"M\",\"2\":\"f\"}}}}",
      " answer.fields.sex.map.2: must be M, F or X" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"licence_status\":{\"path\":\"/b\",\"map\":{\"V\":\"vaild\"}}}}",
      " answer.fields.licence_status.map.V: must be valid" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"nationality\":{\"path\":\"/b\",\"map\":{\"U\":\"\",\"UT\":\"Ut\"}}}}",
      " answer.fields.nationality.map.UT: must be a country" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"withdrawn_categories\":{\"path\":\"/b\","
                "\"map\":{\"*\":\"ALL\",\"4\":\"XX\"}}}}",
      " answer.fields.withdrawn_categories.map.4: must be a category" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"categories\":{\"path\":\"/b\",\"each\":{\"code\":\"/c\"},"
                "\"map\":{\"B\":\"B\",\"*\":\"ALL\"}}}}",
      " answer.fields.categories.map.*: must be a category" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"sex\":{\"paths\":[\"/a\"]}}}",
      " answer.fields.sex.paths: is not known here" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"address\":{\"paths\":[\"/a\"]}}}",
      " answer.fields.address.join: is missing" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"categories\":{\"path\":\"/c\"}}}",
      " answer.fields.categories.each: is missing" },
    { "answer", "{\"id_number\":\"/id\",\"fields\":{\"categories\":{\"path\":\"/c\","
                "\"each\":{\"from\":\"/f\"}}}}",
      " answer.fields.categories.each.code: is missing" },
    { "answer", "{\"id_number\":\"/id\",\"not_found\":{\"status\":[\"404\"]},\"fields\":" FIELDS "}",
      " answer.not_found.status: " },
    { "answer", "{\"id_number\":\"/id\",\"not_found\":{\"status\":[500]},\"fields\":" FIELDS "}",
      " answer.not_found.status: " },
    { "answer", "{\"id_number\":\"/id\",\"portrait\":{\"path\":\"/p\",\"encoding\":\"hex\"},"
                "\"fields\":" FIELDS "}",
      " answer.portrait.encoding: must be one of base64" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = write_adapter (rows[i].name, rows[i].json);
      g_autoptr (GError) error = NULL;
      g_autoptr (PltRegistryAdapter) adapter = load (text, &error);

      g_test_message ("row %d: %s", (int) i, error != NULL ? error->message : "loaded");
      if (rows[i].place == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (adapter);
      g_assert_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER);
      g_assert_nonnull (strstr (error->message, "“/etc/platen/r.json”"));
      g_assert_nonnull (strstr (error->message, rows[i].place));
    }
}

/* A fault here hides none there; the error of a program that loads the file tells how many there are. */
static void
test_tells_all_faults (void)
{
  static const char * const places[] = {
    "registry", "budget", "source", "title", "url", "query.a", "headers.X Y",
    "authentication.0.type", "authentication.1.token_file", "authentication.2", "budget_ms",
    "retry.attempts", "codes.a.b", "answer.id_number", "answer.not_found.status",
    "answer.fields.name", "answer.fields.family_name.split", "answer.fields.birth_date.path",
    "answer.fields.birth_date.months", "answer.fields.birth_date.format", "answer.fields.sex.map",
    "answer.fields.sex.take", "answer.fields.withdrawn_categories.each",
    "answer.portrait.encoding", "search.url", "search.query", "search.answer.hits",
    "search.answer.matched.map", "search.answer.fields.zzz",
  };
  static const char text[] =
    "{\"registry\":2,\"source\":\"Tax Office\",\"url\":\"http://x/\",\"query\":{\"a\":1},"
    "\"headers\":{\"X Y\":3},\"authentication\":[{\"type\":\"basic\"},{\"type\":\"bearer\"},7],"
    "\"budget_ms\":5,\"budget\":7,\"retry\":{\"attempts\":77},\"codes\":{\"a\":{\"b\":1}},"
    "\"answer\":{\"id_number\":\"id\",\"not_found\":{\"status\":[\"x\"]},\"fields\":{"
    "\"name\":{\"path\":\"/n\"},\"family_name\":{\"path\":\"/a\",\"split\":\"guess\"},"
    "\"birth_date\":{\"format\":\"D.M.Y\",\"months\":[\"a\"]},"
    "\"sex\":{\"path\":\"/s\",\"map\":\"nope\",\"take\":\"(\"},"
    "\"withdrawn_categories\":{\"path\":\"/w\",\"each\":[]}},\"portrait\":{\"path\":\"/p\"}},"
    "\"search\":{\"url\":\"x\",\"query\":{},\"answer\":{\"id_number\":\"/i\","
    "\"matched\":{\"path\":\"/m\",\"map\":{\"A\":\"b\"}},\"fields\":{\"zzz\":{}}}}}";
  g_autofree char *path = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("platen-XXXXXX.json", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (fd, &error));
  g_assert_true (g_file_set_contents (path, text, -1, &error));
  faults = plt_registry_adapter_check_file (path, &title);
  g_assert_null (plt_registry_adapter_new_from_file (path, &error));
  g_unlink (path);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint n = 0;

      for (guint j = 0; j < faults->len; j++)
        n += g_str_equal (((PltAdapterFault *) faults->pdata[j])->path, places[i]);
      g_test_message ("%s", places[i]);
      g_assert_cmpuint (n, >=, 1);
    }
  g_assert_nonnull (strstr (error->message, "registry: must be a whole number"));
  g_assert_nonnull (strstr (error->message, "more faults"));
}

/* The title is said in the first language of the reader that the file has. */
static void
test_titles (void)
{
  static const struct
  {
    const char *language;
    const char *title;
  } rows[] = {
    { "fr_CA:fr", "Registre" }, { "de:fr", "Registre" }, { "pt_BR", "Registo" }, { "de", "T" }, { "en:fr", "T" },
    { "ar", "T" }, /* an empty one is none */
  };
  g_autofree char *before = g_strdup (g_getenv ("LANGUAGE"));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = write_adapter ("titles", "{\"fr\":\"Registre\",\"pt\":\"Registo\",\"ar\":\"\"}");
      g_autoptr (GError) error = NULL;

      g_setenv ("LANGUAGE", rows[i].language, TRUE);
      g_autoptr (PltRegistryAdapter) adapter = load (text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (adapter->title, ==, rows[i].title);
    }
  if (before != NULL)
    g_setenv ("LANGUAGE", before, TRUE);
  else
    g_unsetenv ("LANGUAGE");
}

static void
test_refuses_text (void)
{
  static const struct
  {
    const char *text;
    const char *fault;
  } rows[] = {
    { "", "it is empty" },
    { "[]", "it must hold a JSON object" },
    { "{\n\"registry\": 1,\n\"source\": }", "line 3" },
    { "{\"registry\": 1", "line 1" },
    { "{\"registry\": 1} // comment", "line 1" },
    { "{\"registry\": 01}", "line 1" },
    { "{\"registry\": 1,\n\"registry\": 1}", "a member twice" },
    { "{\"title\": \"\xc3\"}", "it is not UTF-8 text" },
    { "{\"title\": \"\\ud800\"}", "line 1" },
    { "{\"title\": \"\\u0000\"}", "line 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PltRegistryAdapter) adapter = load (rows[i].text, &error);

      g_test_message ("row %d: %s", (int) i, error != NULL ? error->message : "loaded");
      g_assert_null (adapter);
      g_assert_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER);
      g_assert_nonnull (strstr (error->message, rows[i].fault));
    }
}

static void
test_examples (void)
{
  static const char * const names[] = { "identity", "driver", "infringement", "residence" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_strconcat (names[i], ".json", NULL);
      g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data",
                                                "registries", "examples", file, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PltRegistryAdapter) adapter = plt_registry_adapter_new_from_file (path, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (plt_source_to_nick (adapter->source), ==, names[i]);
      g_assert_true (g_path_is_absolute (adapter->ca));
      g_assert_true (g_str_has_suffix (adapter->ca, "/examples/ca.pem"));
    }
}

static void
test_credentials (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "registries",
                                            "examples", "driver.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_registry_client_new_from_file (path, &error));

  g_assert_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_CREDENTIALS);
  g_assert_nonnull (strstr (error->message, "Driver Qualification Register"));
  g_assert_nonnull (strstr (error->message, "ca.pem"));
}

static void
test_uri (void)
{
  g_autofree char *text = write_adapter ("query", "{\"b c\":\"x {id_number}\",\"a\":\"1&2\"}");
  g_autoptr (PltRegistryAdapter) adapter = load (text, NULL);

  g_autofree char *uri = plt_registry_adapter_make_uri (adapter, "1/2");

  g_assert_cmpstr (uri, ==, "https://r.example/1%2F2?a=1%262&b%20c=x%201%2F2");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/registry/adapter/refuses-members", test_refuses_members);
  g_test_add_func ("/registry/adapter/tells-all-faults", test_tells_all_faults);
  g_test_add_func ("/registry/adapter/titles", test_titles);
  g_test_add_func ("/registry/adapter/refuses-text", test_refuses_text);
  g_test_add_func ("/registry/adapter/examples-load", test_examples);
  g_test_add_func ("/registry/adapter/credentials-are-named", test_credentials);
  g_test_add_func ("/registry/adapter/uri-is-escaped", test_uri);

  return g_test_run ();
}
