/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a server that answers what it is told to. */
#include "client-fixture.h"

#include "plt-test-certificates.h"

#include <string.h>


char *client_certificates;

void
client_write_file (const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (client_certificates, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

PltRegistryClient *
client_new_at (const char *host,
               int         port,
               const char *authentication,
               int         attempts)
{
  g_autofree char *path = g_build_filename (client_certificates, "adapter.json", NULL);
  g_autofree char *text = g_strdup_printf (
    "{\"registry\":1,\"source\":\"driver\",\"title\":\"Test Register\","
    "\"url\":\"https://%s:%d/v1/{id_number}\",\"query\":{\"who\":\"{id_number}\"},"
    "\"ca\":\"ca.pem\",\"authentication\":%s,\"budget_ms\":%d,\"max_bytes\":1000000,"
    "\"late_ms\":5000,\"breaker\":{\"failures\":3,\"pause_ms\":400,\"max_pause_ms\":800},"
    "\"retry\":{\"attempts\":%d,\"pause_ms\":20},\"answer\":{\"root\":\"/person\","
    "\"id_number\":\"/id\",\"fields\":{\"family_name\":{\"path\":\"/name\"},"
    "\"points\":{\"path\":\"/points\"},"
    "\"sex\":{\"path\":\"/sex\",\"map\":{\"1\":\"M\",\"2\":\"F\"}}},"
    "\"portrait\":{\"path\":\"/portrait\",\"encoding\":\"base64\"}}}",
    host, port, authentication, BUDGET_MS, attempts);
  g_autoptr (GError) error = NULL;

  client_write_file ("adapter.json", text);

  PltRegistryClient *client = plt_registry_client_new_from_file (path, &error);

  g_assert_no_error (error);

  return client;
}

PltRegistryClient *
client_new (PltTestRegistry *registry)
{
  return client_new_at ("localhost", plt_test_registry_get_port (registry), BEARER, 1);
}

PltTestRegistry *
client_new_registry (void)
{
  PltTestRegistry *registry =
    plt_test_registry_new (client_certificates, "server", FALSE, "Authorization", "Bearer open-sesame");
  g_autoptr (GBytes) body = g_bytes_new_static (GOOD_BODY, strlen (GOOD_BODY));

  plt_test_registry_set_answer (registry, 200, "application/json", body);

  return registry;
}

void
client_answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  ClientCall *call = user_data;

  call->answer = plt_registry_client_ask_finish (PLT_REGISTRY_CLIENT (source), result,
                                                 &call->error);
  call->elapsed_ms = (int) ((g_get_monotonic_time () - call->started) / 1000);
  call->done = TRUE;
}

void
client_start_call (ClientCall              *call,
            PltRegistryClient *client,
            GCancellable      *cancellable)
{
  call->started = g_get_monotonic_time ();
  plt_registry_client_ask_async (client, ID_NUMBER, cancellable, client_answered_cb, call);
  g_assert_false (call->done);
}

gboolean
client_wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
client_await (const gboolean *flag)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  guint wake = g_timeout_add (100, client_wake_cb, NULL);

  while (!*flag && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_true (*flag);
}

void
client_await_closed (PltTestRegistry *registry)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  guint wake = g_timeout_add (10, client_wake_cb, NULL);

  while (plt_test_registry_is_feeding (registry) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
  g_assert_false (plt_test_registry_is_feeding (registry));
}

void
client_clear_call (ClientCall *call)
{
  g_clear_pointer (&call->answer, plt_source_answer_unref);
  g_clear_error (&call->error);
}

PltSourceAnswer *
client_ask (PltRegistryClient *client)
{
  ClientCall call = { 0 };

  client_start_call (&call, client, NULL);
  client_await (&call.done);
  g_assert_no_error (call.error);
  g_assert_nonnull (call.answer);
  g_assert_cmpint (call.elapsed_ms, <=, BUDGET_MS + SLACK_MS);

  return call.answer;
}

void
client_assert_state (PltSourceAnswer *answer,
              PltSourceState   state)
{
  g_assert_cmpstr (plt_source_state_to_nick (plt_source_answer_get_state (answer)), ==,
                   plt_source_state_to_nick (state));
  if (state == PLT_SOURCE_STATE_ANSWERED)
    return;
  /* What a clerk reads names the registry, and holds nothing of the citizen. */
  g_assert_nonnull (strstr (plt_source_answer_get_message (answer), "“Test Register”"));
  g_assert_null (strstr (plt_source_answer_get_message (answer), ID_NUMBER));
  g_assert_null (strstr (plt_source_answer_get_message (answer), "stergård"));
}

int
client_run_tests (void)
{
  client_certificates = plt_test_certificates_new ();
  client_write_file ("token", "open-sesame");

  int status = g_test_run ();

  plt_test_certificates_remove (client_certificates);

  return status;
}
