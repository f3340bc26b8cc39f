/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Member `search` of an adapter file: what is refused, what is asked, what is understood, and that to
 * cancel hangs up. */
#include "plt-registry-search.h"

#include "plt-search-decoder.h"
#include "plt-search-mapping.h"
#include "plt-test-certificates.h"
#include "plt-test-registry.h"

#include <string.h>

#define ID_NUMBER "12345678903"
#define GOOD_SEARCH "{\"url\":\"https://localhost:%d/find\",\"query\":{\"n\":\"{names}\",\"b\":\"{births}\"," \
  "\"l\":\"{licence_number}\",\"id\":\"{id_numbers}\",\"max\":\"{limit}\",\"p\":\"{page}\"}," \
  "\"answer\":{\"hits\":\"/people\",\"next\":\"/more\",\"id_number\":\"/no\",\"score\":\"/rank\"," \
  "\"matched\":{\"path\":\"/why\",\"map\":{\"S\":\"family_name:sound\",\"B\":\"birth_date\"}}," \
  "\"fields\":{\"family_name\":{\"path\":\"/name\"},\"birth_date\":{\"path\":\"/born\",\"format\":\"DD.MM.YYYY\"}}}}"

static const PltDate today = { 2026, 11, 21 };
static char *certificates;

static char *
build_adapter (const char *search)
{
  return g_strdup_printf ("{\"registry\":1,\"source\":\"driver\",\"title\":\"Test Register\","
                          "\"url\":\"https://localhost:1/{id_number}\",\"ca\":\"ca.pem\","
                          "\"authentication\":{\"type\":\"bearer\",\"token_file\":\"token\"},\"budget_ms\":700,"
                          "\"max_bytes\":100000,\"answer\":{\"id_number\":\"/id\",\"fields\":{"
                          "\"family_name\":{\"path\":\"/name\"}}},\"search\":%s}", search);
}

static PltRegistryAdapter *
new_adapter (void)
{
  g_autofree char *search = g_strdup_printf (GOOD_SEARCH, 1);
  g_autofree char *text = build_adapter (search);
  g_autoptr (GError) error = NULL;
  PltRegistryAdapter *adapter
    = plt_registry_adapter_new_from_data ("/tmp/driver.json", text, strlen (text), &error);

  g_assert_no_error (error);

  return adapter;
}

static void
test_refused (void)
{
  static const struct
  {
    const char *from; /* of GOOD_SEARCH … */
    const char *to;   /* … made this … */
    const char *path; /* … is refused there */
  } cases[] = {
    { "https://localhost:1/find", "http://localhost/find", "search.url" },
    { "\"n\":\"{names}\"", "\"n\":\"{name}\",\"m\":7", "search.query" },
    { "\"query\"", "\"parameters\"", "search.parameters" },
    { "\"hits\":\"/people\",", "", "search.answer.hits" },
    { "\"/people\"", "\"people\"", "search.answer.hits" },
    { "family_name:sound", "family_name:loud", "search.answer.matched" },
    { "\"family_name\":{", "\"surname\":{", "search.answer.fields.surname" },
    { "DD.MM.YYYY", "DD.MM", "search.answer.fields.birth_date" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *good = g_strdup_printf (GOOD_SEARCH, 1);
      g_autoptr (GString) search = g_string_new (good);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_assert_cmpuint (g_string_replace (search, cases[i].from, cases[i].to, 1), ==, 1);
      text = build_adapter (search->str);
      g_assert_null (plt_registry_adapter_new_from_data ("/tmp/driver.json", text, strlen (text),
                                                         &error));
      g_assert_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].path));
    }
}

static void
test_address (void)
{
  g_autoptr (PltRegistryAdapter) adapter = new_adapter ();
  g_autoptr (PltSearchLine) line = plt_search_line_parse ("müller & 2.3.1980", today);
  g_autoptr (PltSearchLine) other = plt_search_line_parse ("hauptstr 5", today);
  g_autofree char *first = plt_search_mapping_make_uri (adapter->search, line, 20, NULL);
  g_autofree char *next = plt_search_mapping_make_uri (adapter->search, line, 20, "a b|1");
  g_autofree char *none = plt_search_mapping_make_uri (adapter->search, other, 20, NULL);

  g_assert_cmpstr (first, ==, "https://localhost:1/find?b=1980-03-02%2F1980-03-02&max=20&n=m%C3%BCller");
  g_assert_cmpstr (next, ==, "https://localhost:1/find?b=1980-03-02%2F1980-03-02&max=20&n=m%C3%BCller&p=a%20b%7C1");
  g_assert_null (none);
}

static void
test_page (void)
{
  static const char text[] =
    "{\"people\":[{\"no\":\"" ID_NUMBER "\",\"name\":\"Müller\",\"born\":\"02.03.1980\",\"rank\":0.75,"
    "\"why\":[\"S\",\"B\",\"unknown\",7]},{\"no\":5,\"name\":\"Zero\"},{\"no\":\"12\"},{\"name\":\"Nobody\"},"
    "{\"no\":\"" ID_NUMBER "\",\"born\":\"1980-03-02\"},\"junk\",null],\"more\":17}";
  g_autoptr (PltRegistryAdapter) adapter = new_adapter ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PltSearchPage) page = plt_search_decode (adapter, text, strlen (text), &error);
  guint n_matches;

  g_assert_no_error (error);
  g_assert_cmpuint (page->hits->len, ==, 2);
  g_assert_cmpuint (page->n_unusable, ==, 5);
  g_assert_cmpstr (page->next, ==, "17");

  PltPersonHit *hit = page->hits->pdata[0];
  g_autofree char *reasons = plt_person_hit_dup_reasons (hit);

  plt_person_hit_get_matches (hit, &n_matches);
  g_assert_cmpuint (n_matches, ==, 2);
  g_assert_cmpstr (plt_person_hit_get_id_number (hit), ==, ID_NUMBER);
  g_assert_cmpstr (plt_person_hit_get_field (hit, PLT_FIELD_BIRTH_DATE), ==, "1980-03-02");
  g_assert_cmpfloat_with_epsilon (plt_person_hit_get_score (hit), 0.75, 1e-9);
  g_assert_cmpstr (reasons, ==, "family name (sounds alike), date of birth");
  g_assert_true (plt_person_hit_has_source (hit, PLT_SOURCE_DRIVER));
  g_assert_cmpstr (plt_person_hit_get_id_number (page->hits->pdata[1]), ==, "00000000005");
}

static void
test_nonsense (void)
{
  static const char * const texts[] = {
    "", "[", "{}", "{\"people\":{}}", "{\"people\":null}", "{\"people\":[],\"people\":[]}", "\xff", "[[[[[[]]]]]]",
  };
  g_autoptr (PltRegistryAdapter) adapter = new_adapter ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_search_decode (adapter, texts[i], strlen (texts[i]), &error));
      g_assert_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_SEARCH);
      g_assert_nonnull (strstr (error->message, "Test Register"));
    }
}

typedef struct
{
  PltSearchPage *page;
  GError        *error;
  gboolean       done;
} Call;

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Call *call = user_data;

  call->page = plt_registry_client_search_finish (PLT_REGISTRY_CLIENT (source), result, &call->error);
  call->done = TRUE;
}

static PltRegistryClient *
new_client (PltTestRegistry *registry)
{
  g_autofree char *search = g_strdup_printf (GOOD_SEARCH, plt_test_registry_get_port (registry));
  g_autofree char *text = build_adapter (search);
  g_autofree char *path = g_build_filename (certificates, "driver.json", NULL);
  g_autofree char *token = g_build_filename (certificates, "token", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (token, "secret", -1, &error);
  g_assert_no_error (error);

  PltRegistryClient *client = plt_registry_client_new_from_file (path, &error);

  g_assert_no_error (error);

  return client;
}

static void
search (PltRegistryClient *client,
        GCancellable      *cancellable,
        Call              *call)
{
  g_autoptr (PltSearchLine) line = plt_search_line_parse ("müller", today);

  g_assert_true (plt_registry_client_can_search (client, line));
  plt_registry_client_search_async (client, line, 20, NULL, cancellable, searched_cb, call);
}

static void
wait_for (gboolean *done)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!*done)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
clear_call (Call *call)
{
  g_clear_pointer (&call->page, plt_search_page_free);
  g_clear_error (&call->error);
  call->done = FALSE;
}

static void
test_asked (void)
{
  static const struct
  {
    int         status;
    const char *type;
    const char *body;
    const char *words; /* of the refusal */
  } cases[] = {
    { 200, "application/json", "{\"people\":[{\"no\":\"" ID_NUMBER "\"}]}", NULL },
    { 200, "text/html", "<p>{}", "did not understand" },
    { 302, "application/json", "{}", "did not understand" },
    { 403, "application/json", "{}", "credentials" },
    { 503, "application/json", "{}", "trouble of its own" },
    { 200, "application/json", "{\"people\":7}", "it is no list" },
  };
  g_autoptr (PltTestRegistry) registry
    = plt_test_registry_new (certificates, "server", FALSE, "Authorization", "Bearer secret");
  g_autoptr (PltRegistryClient) client = new_client (registry);
  Call call = { NULL, NULL, FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));

      plt_test_registry_set_answer (registry, cases[i].status, cases[i].type, body);
      search (client, NULL, &call);
      wait_for (&call.done);
      if (cases[i].words == NULL)
        {
          g_assert_no_error (call.error);
          g_assert_cmpuint (call.page->hits->len, ==, 1);
        }
      else
        {
          g_assert_error (call.error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_SEARCH);
          g_assert_nonnull (strstr (call.error->message, cases[i].words));
        }
      clear_call (&call);
    }
  g_autofree char *target = plt_test_registry_dup_target (registry);

  g_assert_true (g_str_has_suffix (target, "/find?max=20&n=m%C3%BCller"));
}

static void
test_slow_and_cancelled (void)
{
  g_autoptr (PltTestRegistry) registry
    = plt_test_registry_new (certificates, "server", FALSE, NULL, NULL);
  g_autoptr (PltRegistryClient) client = new_client (registry);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Call call = { NULL, NULL, FALSE };
  gint64 started;

  plt_test_registry_set_fault (registry, PLT_TEST_FAULT_HANG);
  search (client, NULL, &call);
  wait_for (&call.done);
  g_assert_error (call.error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_SEARCH);
  g_assert_nonnull (strstr (call.error->message, "in time"));
  clear_call (&call);

  search (client, cancellable, &call);
  started = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  wait_for (&call.done);
  g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 500000);
  clear_call (&call);
}

static void
search_and_wait (PltRegistryClient *client,
                 Call              *call)
{
  clear_call (call);
  search (client, NULL, call);
  wait_for (&call->done);
}

/* The adapter has the usual three failures, and here a pause of a tenth of a second. */
static PltRegistryClient *
new_hasty_client (PltTestRegistry *registry)
{
  g_autofree char *path = g_build_filename (certificates, "driver.json", NULL);
  g_autoptr (PltRegistryClient) first = new_client (registry);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  g_autoptr (GString) hasty = g_string_new (text);

  g_string_replace (hasty, "\"budget_ms\":700", "\"budget_ms\":700,\"breaker\":{\"pause_ms\":100}", 1);
  g_file_set_contents (path, hasty->str, -1, &error);
  g_assert_no_error (error);

  PltRegistryClient *client = plt_registry_client_new_from_file (path, &error);

  g_assert_no_error (error);

  return client;
}

/* A search that is in trouble is spared, and found out about by one search at a time; look-ups are
 * asked all the while. */
static void
test_spares_a_search_in_trouble (void)
{
  g_autoptr (PltTestRegistry) registry
    = plt_test_registry_new (certificates, "server", FALSE, NULL, NULL);
  g_autoptr (PltRegistryClient) client = new_hasty_client (registry);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"people\":[]}", 13);
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  Call call = { NULL, NULL, FALSE };
  int n_asked;

  plt_test_registry_set_answer (registry, 503, "application/json", body);
  for (int i = 0; i < 3; i++)
    {
      search_and_wait (client, &call);
      g_assert_nonnull (strstr (call.error->message, "trouble of its own"));
    }
  n_asked = plt_test_registry_get_requests (registry);
  search_and_wait (client, &call);
  g_assert_error (call.error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_SEARCH);
  g_assert_nonnull (strstr (call.error->message, "several times"));
  g_assert_cmpint (plt_test_registry_get_requests (registry), ==, n_asked);
  g_assert_cmpint (plt_registry_client_get_breaker (client)->state, ==, PLT_REGISTRY_BREAKER_CLOSED);

  /* It is well again: after its pause the next one goes through. */
  plt_test_registry_set_answer (registry, 200, "application/json", body);
  while (call.page == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      search_and_wait (client, &call);
    }
  g_assert_cmpint (plt_test_registry_get_requests (registry), ==, n_asked + 1);
  search_and_wait (client, &call);
  g_assert_no_error (call.error);
  clear_call (&call);
}

/* A probe that nobody waits for any more does not keep the next one away. */
static void
test_cancelled_probe (void)
{
  g_autoptr (PltTestRegistry) registry
    = plt_test_registry_new (certificates, "server", FALSE, NULL, NULL);
  g_autoptr (PltRegistryClient) client = new_hasty_client (registry);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"people\":[]}", 13);
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  Call call = { NULL, NULL, FALSE };

  plt_test_registry_set_answer (registry, 503, "application/json", body);
  for (int i = 0; i < 3; i++)
    search_and_wait (client, &call);
  plt_test_registry_set_answer (registry, 200, "application/json", body);
  do
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      clear_call (&call);
      search (client, cancellable, &call);
      g_cancellable_cancel (cancellable);
      wait_for (&call.done);
    }
  while (!g_error_matches (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  while (call.page == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      search_and_wait (client, &call);
    }
  clear_call (&call);
}

/* A registry that cannot be reached is down for look-ups and searches alike. */
static void
test_obeys_the_breaker (void)
{
  g_autoptr (PltTestRegistry) registry
    = plt_test_registry_new (certificates, "server", FALSE, NULL, NULL);
  g_autoptr (PltRegistryClient) client = new_client (registry);
  Call call = { NULL, NULL, FALSE };

  g_clear_pointer (&registry, plt_test_registry_free);
  for (int i = 0; i < 3; i++)
    {
      search_and_wait (client, &call);
      g_assert_nonnull (strstr (call.error->message, "could not be reached"));
    }
  g_assert_cmpint (plt_registry_client_get_breaker (client)->state, ==, PLT_REGISTRY_BREAKER_OPEN);
  search_and_wait (client, &call);
  g_assert_nonnull (strstr (call.error->message, "several times"));
  clear_call (&call);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  certificates = plt_test_certificates_new ();
  g_test_add_func ("/registry/search/refused", test_refused);
  g_test_add_func ("/registry/search/address", test_address);
  g_test_add_func ("/registry/search/page", test_page);
  g_test_add_func ("/registry/search/nonsense", test_nonsense);
  g_test_add_func ("/registry/search/asked", test_asked);
  g_test_add_func ("/registry/search/slow-and-cancelled", test_slow_and_cancelled);
  g_test_add_func ("/registry/search/spares-a-search-in-trouble", test_spares_a_search_in_trouble);
  g_test_add_func ("/registry/search/cancelled-probe", test_cancelled_probe);
  g_test_add_func ("/registry/search/obeys-the-breaker", test_obeys_the_breaker);
  status = g_test_run ();
  plt_test_certificates_remove (certificates);

  return status;
}
