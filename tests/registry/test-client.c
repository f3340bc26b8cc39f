/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a real server over TLS, in all the ways it can answer, fail, hang and lie. */
#include "client-fixture.h"

#include "plt-test-heart.h"

#include <string.h>

static void
test_answers (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);

  g_autoptr (PltSourceAnswer) answer = client_ask (client);

  g_autofree char *target = plt_test_registry_dup_target (registry);
  client_assert_state (answer, PLT_SOURCE_STATE_ANSWERED);
  g_assert_cmpint (plt_source_answer_get_source (answer), ==, PLT_SOURCE_DRIVER);
  g_assert_cmpstr (plt_source_answer_get_field (answer, PLT_FIELD_FAMILY_NAME), ==, "Østergård");
  g_assert_cmpstr (plt_source_answer_get_field (answer, PLT_FIELD_SEX), ==, "M");
  g_assert_nonnull (plt_source_answer_get_answered_at (answer));
  g_assert_true (g_str_has_suffix (target, "/v1/" ID_NUMBER "?who=" ID_NUMBER));
}

static void
test_statuses (void)
{
  static const struct
  {
    int            status;
    const char    *content_type;
    const char    *body;
    PltSourceState state;
  } rows[] = {
    /* nobody there */
    { 404, "application/json", "{}", PLT_SOURCE_STATE_NOT_FOUND },
    /* our credentials do not please */
    { 401, "application/json", "{}", PLT_SOURCE_STATE_REFUSED },
    { 403, "text/html", "no", PLT_SOURCE_STATE_REFUSED },
    /* its own trouble */
    { 500, "text/html", "oops", PLT_SOURCE_STATE_UNREACHABLE },
    { 503, "text/html", "later", PLT_SOURCE_STATE_UNREACHABLE },
    /* a redirection is not followed, with our token in hand */
    { 302, "text/html", "there", PLT_SOURCE_STATE_NONSENSE },
    { 418, "text/html", "teapot", PLT_SOURCE_STATE_NONSENSE },
    { 204, "application/json", "", PLT_SOURCE_STATE_NONSENSE },
    /* other content types, even if the body would do */
    { 200, "text/html", GOOD_BODY, PLT_SOURCE_STATE_NONSENSE },
    { 200, "application/problem+json", GOOD_BODY, PLT_SOURCE_STATE_ANSWERED },
    /* bodies that are none */
    { 200, "application/json", "", PLT_SOURCE_STATE_NONSENSE },
    { 200, "application/json", "<html>", PLT_SOURCE_STATE_NONSENSE },
    { 200, "application/json", "{\"person\":{\"id\":\"" ID_NUMBER, PLT_SOURCE_STATE_NONSENSE },
    { 200, "application/json", "{\"person\":{\"id\":\"\xff\xfe\"}}", PLT_SOURCE_STATE_NONSENSE },
    { 200, "application/json", "{\"person\":{\"id\":\"10000000004\"}}", PLT_SOURCE_STATE_NONSENSE },
    { 200, "application/json", "{\"person\":null}", PLT_SOURCE_STATE_NONSENSE },
  };
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].body, strlen (rows[i].body));

      plt_test_registry_set_answer (registry, rows[i].status, rows[i].content_type, body);
      g_autoptr (PltSourceAnswer) answer = client_ask (client);

      client_assert_state (answer, rows[i].state);
    }
}

static void
test_deep_nesting (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);
  char *brackets = g_strnfill (500000, '[');
  g_autoptr (GBytes) body = g_bytes_new_take (brackets, 500000);

  plt_test_registry_set_answer (registry, 200, "application/json", body);
  g_autoptr (PltSourceAnswer) answer = client_ask (client);

  client_assert_state (answer, PLT_SOURCE_STATE_NONSENSE);
}

/* A handshake for each citizen whom a registry does not know costs more than all else. */
static void
test_keeps_connections (void)
{
  static const struct
  {
    int         status;
    const char *body;
  } rows[] = {
    { 200, GOOD_BODY },
    { 404, "{\"error\":{\"code\":\"PERSON_NOT_FOUND\",\"words\":\"there is nobody\"}}" },
    { 401, "{\"error\":\"credentials\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PltTestRegistry) registry = client_new_registry ();
      g_autoptr (PltRegistryClient) client = client_new (registry);
      g_autoptr (GBytes) body = g_bytes_new_static (rows[i].body, strlen (rows[i].body));

      plt_test_registry_set_answer (registry, rows[i].status, "application/json", body);
      for (int j = 0; j < 20; j++)
        {
          g_autoptr (PltSourceAnswer) answer = client_ask (client);

          g_assert_nonnull (answer);
        }
      g_test_message ("%d: %d connections", rows[i].status,
                      plt_test_registry_get_connections (registry));
      g_assert_cmpint (plt_test_registry_get_requests (registry), ==, 20);
      /* What is still being read away does not hold the next question up. */
      g_assert_cmpint (plt_test_registry_get_connections (registry), <=, 4);
    }
}

/* Large enough for the thread. */
static void
test_portrait (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);
  g_autofree guint8 *image = g_malloc0 (300000);

  for (int i = 0; i < 300000; i++)
    image[i] = (guint8) (i * 7);

  g_autofree char *base64 = g_base64_encode (image, 300000);
  char *text = g_strdup_printf ("{\"person\":{\"id\":\"" ID_NUMBER "\",\"portrait\":\"%s\"}}",
                                base64);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  g_autoptr (GBytes) expected = g_bytes_new_static (image, 300000);

  plt_test_registry_set_answer (registry, 200, "application/json", body);
  g_autoptr (PltSourceAnswer) answer = client_ask (client);

  client_assert_state (answer, PLT_SOURCE_STATE_ANSWERED);
  g_assert_true (g_bytes_equal (plt_source_answer_get_portrait (answer), expected));
}

static void
test_faults (void)
{
  static const struct
  {
    PltTestFault   fault;
    PltSourceState state;
    int            min_ms;
  } rows[] = {
    /* the budget ends it, and not much before */
    { PLT_TEST_FAULT_HANG, PLT_SOURCE_STATE_TIMED_OUT, BUDGET_MS - 50 },
    /* each byte comes within any socket timeout; the budget holds all the same */
    { PLT_TEST_FAULT_DRIP, PLT_SOURCE_STATE_TIMED_OUT, BUDGET_MS - 50 },
    { PLT_TEST_FAULT_CUT, PLT_SOURCE_STATE_NONSENSE, 0 },
    { PLT_TEST_FAULT_HUGE, PLT_SOURCE_STATE_NONSENSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PltTestRegistry) registry = client_new_registry ();
      g_autoptr (PltRegistryClient) client = client_new (registry);

      plt_test_registry_set_fault (registry, rows[i].fault);
      g_autoptr (PltSourceAnswer) answer = client_ask (client);

      client_assert_state (answer, rows[i].state);
      g_assert_cmpint (plt_source_answer_get_elapsed_ms (answer), >=, rows[i].min_ms);
      client_await_closed (registry);
    }
}

/* 100 MB are offered, 1 MB is the limit: the rest must not even leave the server, but for what
 * fits into the sockets' buffers. */
static void
test_huge_stops (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);

  plt_test_registry_set_fault (registry, PLT_TEST_FAULT_HUGE);
  g_autoptr (PltSourceAnswer) answer = client_ask (client);
  client_await_closed (registry);

  client_assert_state (answer, PLT_SOURCE_STATE_NONSENSE);
  g_assert_cmpint (plt_test_registry_get_sent (registry), <, 20 * 1000 * 1000);
}

static void
test_retries (void)
{
  static const struct
  {
    int status;
    int requests;
  } rows[] = {
    { 503, 3 }, /* may be better in a moment */
    { 404, 1 }, /* will not */
    { 401, 1 },
    { 200, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PltTestRegistry) registry = client_new_registry ();
      g_autoptr (PltRegistryClient) client =
        client_new_at ("localhost", plt_test_registry_get_port (registry), BEARER, 3);
      g_autoptr (GBytes) body = g_bytes_new_static (GOOD_BODY, strlen (GOOD_BODY));

      plt_test_registry_set_answer (registry, rows[i].status, "application/json", body);
      g_autoptr (PltSourceAnswer) answer = client_ask (client);

      g_assert_cmpint (plt_test_registry_get_requests (registry), ==, rows[i].requests);
    }
}

static void
test_authentication (void)
{
  static const struct
  {
    gboolean       mutual;
    const char    *header;   /* what the server demands */
    const char    *value;
    const char    *authentication;
    const char    *secret;   /* what the file holds */
    PltSourceState state;
  } rows[] = {
    { FALSE, "Authorization", "Bearer open-sesame", BEARER, "open-sesame\n",
      PLT_SOURCE_STATE_ANSWERED },
    { FALSE, "Authorization", "Bearer open-sesame", BEARER, "open-barley",
      PLT_SOURCE_STATE_REFUSED },
    { FALSE, "X-Api-Key", "k-123", API_KEY, "k-123", PLT_SOURCE_STATE_ANSWERED },
    { FALSE, "X-Api-Key", "k-123", API_KEY, "k-124", PLT_SOURCE_STATE_REFUSED },
    { TRUE, NULL, NULL, "client", "x", PLT_SOURCE_STATE_ANSWERED },
    /* of a strange authority: the server judges after the handshake (TLS 1.3) and hangs up */
    { TRUE, NULL, NULL, "stranger", "x", PLT_SOURCE_STATE_UNREACHABLE },
    /* and no certificate at all */
    { TRUE, NULL, NULL, BEARER, "x", PLT_SOURCE_STATE_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PltTestRegistry) registry = plt_test_registry_new (
        client_certificates, "server", rows[i].mutual, rows[i].header, rows[i].value);
      g_autoptr (GBytes) body = g_bytes_new_static (GOOD_BODY, strlen (GOOD_BODY));
      g_autofree char *authentication =
        *rows[i].authentication == '{'
          ? g_strdup (rows[i].authentication)
          : g_strdup_printf (MUTUAL_TLS, rows[i].authentication, rows[i].authentication);

      client_write_file ("token", rows[i].secret);
      plt_test_registry_set_answer (registry, 200, "application/json", body);
      g_autoptr (PltRegistryClient) client =
        client_new_at ("localhost", plt_test_registry_get_port (registry), authentication, 1);
      g_autoptr (PltSourceAnswer) answer = client_ask (client);

      g_test_message ("row %d", (int) i);
      client_assert_state (answer, rows[i].state);
    }
  client_write_file ("token", "open-sesame");
}

static void
test_server_certificates (void)
{
  static const struct
  {
    const char *certificate;
    const char *host;
    const char *words;
  } rows[] = {
    { "expired", "localhost", "expired" },
    { "strange", "localhost", "vouches" },
    /* the certificate is for the name, not for the number */
    { "server", "127.0.0.1", "another server" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PltTestRegistry) registry =
        plt_test_registry_new (client_certificates, rows[i].certificate, FALSE, NULL, NULL);
      g_autoptr (PltRegistryClient) client =
        client_new_at (rows[i].host, plt_test_registry_get_port (registry), BEARER, 1);
      g_autoptr (PltSourceAnswer) answer = client_ask (client);

      client_assert_state (answer, PLT_SOURCE_STATE_UNREACHABLE);
      g_assert_nonnull (strstr (plt_source_answer_get_message (answer), rows[i].words));
      g_assert_cmpint (plt_test_registry_get_requests (registry), ==, 0);
    }
}

#define X_ROAD "{\"type\":\"x-road\",\"client\":\"UTO/GOV/10001/platen\",\"user_id\":\"UTO{staff}\"}"

/* The headers of each request, and the security server's own refusals. */
static void
test_x_road (void)
{
  static const struct
  {
    const char    *error;
    PltSourceState state;
  } rows[] = {
    { NULL, PLT_SOURCE_STATE_ANSWERED },
    { "Server.ServerProxy.AccessDenied", PLT_SOURCE_STATE_REFUSED },
    { "Client.MissingHeader", PLT_SOURCE_STATE_REFUSED },
    { "Server.ClientProxy.NetworkError", PLT_SOURCE_STATE_UNREACHABLE },
    /* a type that is none is not repeated */
    { "for " ID_NUMBER, PLT_SOURCE_STATE_UNREACHABLE },
  };
  g_autofree char *certificate = g_strdup_printf (MUTUAL_TLS, "client", "client");
  g_autofree char *authentication =
    g_strdup_printf ("[%s,%s,%s]", X_ROAD, certificate, BEARER);
  g_autofree char *last_id = NULL;
  g_autoptr (PltTestRegistry) registry = plt_test_registry_new (
    client_certificates, "server", TRUE, "Authorization", "Bearer open-sesame");
  g_autoptr (GBytes) body = g_bytes_new_static (GOOD_BODY, strlen (GOOD_BODY));
  g_autoptr (PltRegistryClient) client =
    client_new_at ("localhost", plt_test_registry_get_port (registry), authentication, 1);

  plt_test_registry_set_answer (registry, 200, "application/json", body);
  plt_registry_client_set_staff (client, "anna");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      plt_test_registry_set_header (registry, rows[i].error != NULL ? "X-Road-Error" : NULL,
                                    rows[i].error);
      g_autoptr (PltSourceAnswer) answer = client_ask (client);
      g_autofree char *asker = plt_test_registry_dup_header (registry, "X-Road-Client");
      g_autofree char *user = plt_test_registry_dup_header (registry, "X-Road-UserId");
      g_autofree char *id = plt_test_registry_dup_header (registry, "X-Road-Id");

      client_assert_state (answer, rows[i].state);
      g_assert_cmpstr (asker, ==, "UTO/GOV/10001/platen");
      g_assert_cmpstr (user, ==, "UTOanna");
      g_assert_true (g_uuid_string_is_valid (id));
      g_assert_cmpstr (id, !=, last_id);
      g_free (last_id);
      last_id = g_steal_pointer (&id);
    }
}

/* No more at once than the file allows, and those that wait are asked. */
static void
test_concurrency (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);
  ClientCall calls[20] = { { 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    client_start_call (&calls[i], client, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      client_await (&calls[i].done);
      client_assert_state (calls[i].answer, PLT_SOURCE_STATE_ANSWERED);
      client_clear_call (&calls[i]);
    }
  g_assert_cmpint (plt_test_registry_get_requests (registry), ==, G_N_ELEMENTS (calls));
  g_assert_cmpint (plt_registry_health_percentile (plt_registry_client_get_health (client), 95), >=,
                   plt_registry_health_percentile (plt_registry_client_get_health (client), 50));
}

static void
test_cancel (void)
{
  static const PltTestFault faults[] = { PLT_TEST_FAULT_NONE, PLT_TEST_FAULT_HANG,
                                         PLT_TEST_FAULT_DRIP };
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_auto (ClientCall) call = { 0 };

      plt_test_registry_set_fault (registry, faults[i]);
      client_start_call (&call, client, cancellable);
      g_cancellable_cancel (cancellable);
      client_await (&call.done);

      g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (call.answer);
      g_assert_cmpint (call.elapsed_ms, <, BUDGET_MS);
      client_await_closed (registry);
    }
}

static void
test_finalises_in_flight (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  PltRegistryClient *client = client_new (registry);
  gpointer weak = client;
  g_auto (ClientCall) call = { 0 };

  plt_test_registry_set_fault (registry, PLT_TEST_FAULT_HANG);
  g_object_add_weak_pointer (G_OBJECT (client), &weak);
  client_start_call (&call, client, NULL);
  g_object_unref (client);
  client_await (&call.done);

  client_assert_state (call.answer, PLT_SOURCE_STATE_TIMED_OUT);
  while (weak != NULL && g_get_monotonic_time () < call.started + 10 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (weak);
}

/* Returns: the longest standstill of the main loop, in microseconds */
static gint64
ask_side_by_side (void)
{
  g_autoptr (PltTestRegistry) hanging = client_new_registry ();
  g_autoptr (PltTestRegistry) flooding = client_new_registry ();
  g_autoptr (PltTestRegistry) good = client_new_registry ();
  g_autoptr (PltRegistryClient) first = client_new (hanging);
  g_autoptr (PltRegistryClient) second = client_new (flooding);
  g_autoptr (PltRegistryClient) third = client_new (good);
  g_auto (ClientCall) hung = { 0 };
  g_auto (ClientCall) flooded = { 0 };
  g_auto (ClientCall) answered = { 0 };
  PltTestHeart *heart = plt_test_heart_start ();

  plt_test_registry_set_fault (hanging, PLT_TEST_FAULT_HANG);
  plt_test_registry_set_fault (flooding, PLT_TEST_FAULT_HUGE);
  client_start_call (&hung, first, NULL);
  client_start_call (&flooded, second, NULL);
  client_start_call (&answered, third, NULL);
  client_await (&answered.done);
  client_await (&flooded.done);

  client_assert_state (answered.answer, PLT_SOURCE_STATE_ANSWERED);
  client_assert_state (flooded.answer, PLT_SOURCE_STATE_NONSENSE);
  client_await (&hung.done);
  client_assert_state (hung.answer, PLT_SOURCE_STATE_TIMED_OUT);
  g_assert_cmpint (answered.elapsed_ms, <, hung.elapsed_ms);
  g_assert_cmpint (hung.elapsed_ms, <=, BUDGET_MS + SLACK_MS);
  client_await_closed (flooding);

  return plt_test_heart_stop (heart);
}

/* One registry hangs and one sends 100 MB; the third answers as if it were alone, and the main loop
 * never stands still. */
static void
test_side_by_side (void)
{
  gint64 best = G_MAXINT64;

  for (int i = 0; i < PLT_TEST_HEART_TRIES && best >= PLT_TEST_STANDSTILL_US; i++)
    best = MIN (best, ask_side_by_side ());

  g_assert_cmpint (best, <, PLT_TEST_STANDSTILL_US);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/registry/client/answers", test_answers);
  g_test_add_func ("/registry/client/statuses", test_statuses);
  g_test_add_func ("/registry/client/refuses-deep-nesting", test_deep_nesting);
  g_test_add_func ("/registry/client/keeps-connections", test_keeps_connections);
  g_test_add_func ("/registry/client/portrait-in-thread", test_portrait);
  g_test_add_func ("/registry/client/faults-within-budget", test_faults);
  g_test_add_func ("/registry/client/huge-stops-at-limit", test_huge_stops);
  g_test_add_func ("/registry/client/retries-only-what-may-help", test_retries);
  g_test_add_func ("/registry/client/authentication", test_authentication);
  g_test_add_func ("/registry/client/server-client_certificates", test_server_certificates);
  g_test_add_func ("/registry/client/x-road", test_x_road);
  g_test_add_func ("/registry/client/concurrency", test_concurrency);
  g_test_add_func ("/registry/client/cancel", test_cancel);
  g_test_add_func ("/registry/client/finalises-in-flight", test_finalises_in_flight);
  g_test_add_func ("/registry/client/side-by-side", test_side_by_side);

  return client_run_tests ();
}
