/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registry in trouble: it is spared, probed, waited for beyond its budget, and known to be cut off
 * at a certain hop. */
#include "client-fixture.h"

#include <string.h>

static gboolean
is_spared (PltRegistryClient *client)
{
  g_autoptr (PltSourceAnswer) answer = client_ask (client);

  client_assert_state (answer, PLT_SOURCE_STATE_UNREACHABLE);

  return strstr (plt_source_answer_get_message (answer), "several times") != NULL;
}

static void
note_came_back_cb (PltRegistryClient *client,
                   gboolean          *came_back)
{
  *came_back = TRUE;
}

static void
open_breaker (PltTestRegistry   *registry,
              PltRegistryClient *client)
{
  g_autoptr (GBytes) sorry = g_bytes_new_static ("later", 5);

  plt_test_registry_set_answer (registry, 503, "text/plain", sorry);
  for (int i = 0; i < 3; i++)
    g_assert_false (is_spared (client));
  g_assert_cmpint (plt_registry_client_get_breaker (client)->state, ==, PLT_REGISTRY_BREAKER_OPEN);
}

/* After three failed questions nobody is made to wait: one probe at a time goes out by itself, less
 * and less often, and its answer lets everybody in again. */
static void
test_breaker (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);
  g_autoptr (GBytes) body = g_bytes_new_static (GOOD_BODY, strlen (GOOD_BODY));
  gboolean came_back = FALSE;

  g_signal_connect (client, "came-back", G_CALLBACK (note_came_back_cb), &came_back);
  open_breaker (registry, client);
  gint64 opened = g_get_monotonic_time ();
  guint wake = g_timeout_add (20, client_wake_cb, NULL);
  while (plt_test_registry_get_requests (registry) < 3 + 3)
    {
      g_assert_true (is_spared (client));
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - opened, <, 20 * G_USEC_PER_SEC);
    }
  g_source_remove (wake);
  /* At the least half of 400 ms, and of 800 ms twice. */
  g_assert_cmpint (g_get_monotonic_time () - opened, >=, 990 * 1000);
  g_assert_false (came_back);

  plt_test_registry_set_answer (registry, 200, "application/json", body);
  client_await (&came_back);
  g_assert_cmpint (plt_registry_client_get_breaker (client)->state, ==, PLT_REGISTRY_BREAKER_CLOSED);
  g_autoptr (PltSourceAnswer) answer = client_ask (client);
  client_assert_state (answer, PLT_SOURCE_STATE_ANSWERED);
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ClientCall *call = user_data;

  call->answer = plt_registry_client_probe_finish (PLT_REGISTRY_CLIENT (source), result,
                                                   &call->error);
  call->done = TRUE;
}

/* By hand it need not be waited for, and many who ask at once send one probe. */
static void
test_probe (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);
  g_autoptr (GBytes) nobody = g_bytes_new_static ("{}", 2);
  ClientCall calls[3] = { { 0 } };

  open_breaker (registry, client);
  int before = plt_test_registry_get_requests (registry);
  plt_test_registry_set_answer (registry, 404, "application/json", nobody);
  for (int i = 0; i < 3; i++)
    plt_registry_client_probe_async (client, NULL, probed_cb, &calls[i]);
  for (int i = 0; i < 3; i++)
    client_await (&calls[i].done);

  for (int i = 0; i < 3; i++)
    {
      client_assert_state (calls[i].answer, PLT_SOURCE_STATE_NOT_FOUND);
      client_clear_call (&calls[i]);
    }
  g_assert_cmpint (plt_test_registry_get_requests (registry), ==, before + 1);
  g_assert_cmpint (plt_registry_client_get_breaker (client)->state, ==, PLT_REGISTRY_BREAKER_CLOSED);
  g_autofree char *target = plt_test_registry_dup_target (registry);
  g_assert_null (strstr (target, ID_NUMBER));
}

/* The budget is a row that says so; the answer is not thrown away. */
typedef struct
{
  ClientCall     question;
  ClientCall     late;
  gboolean follows;
} LateCall;

static void
late_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  ClientCall *call = user_data;

  call->answer = plt_registry_client_follow_finish (PLT_REGISTRY_CLIENT (source), result,
                                                    &call->error);
  call->done = TRUE;
}

static void
follow_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  LateCall *call = user_data;

  client_answered_cb (source, result, &call->question);
  if (call->follows)
    plt_registry_client_follow_async (PLT_REGISTRY_CLIENT (source), result, NULL, late_cb,
                                      &call->late);
}

static void
test_late (void)
{
  g_autoptr (PltTestRegistry) registry = client_new_registry ();
  g_autoptr (PltRegistryClient) client = client_new (registry);
  LateCall call = { .follows = TRUE };

  plt_test_registry_set_fault (registry, PLT_TEST_FAULT_LATE);
  call.question.started = g_get_monotonic_time ();
  plt_registry_client_ask_async (client, ID_NUMBER, NULL, follow_cb, &call);
  client_await (&call.question.done);
  client_assert_state (call.question.answer, PLT_SOURCE_STATE_TIMED_OUT);
  g_assert_cmpint (call.question.elapsed_ms, <=, BUDGET_MS + SLACK_MS);
  g_assert_cmpint (plt_registry_client_get_breaker (client)->failures, ==, 1);
  client_await (&call.late.done);

  client_assert_state (call.late.answer, PLT_SOURCE_STATE_ANSWERED);
  g_assert_cmpint (plt_source_answer_get_elapsed_ms (call.late.answer), >=, PLT_TEST_LATE_MS);
  g_assert_cmpint (plt_test_registry_get_requests (registry), ==, 1);
  g_assert_cmpint (plt_registry_client_get_breaker (client)->failures, ==, 0);
  client_clear_call (&call.question);
  client_clear_call (&call.late);
}

static void
test_hops (void)
{
  g_autoptr (PltTestRegistry) strange =
    plt_test_registry_new (client_certificates, "strange", FALSE, NULL, NULL);
  g_autoptr (PltTestRegistry) hanging = client_new_registry ();
  PltTestRegistry *gone = client_new_registry ();
  PltRegistryClient *clients[4] = {
    client_new_at ("no-such-host.invalid", 1, BEARER, 1), client_new (gone), client_new (strange),
    client_new (hanging)
  };
  static const PltRegistryHop hops[] = { PLT_REGISTRY_HOP_RESOLVE, PLT_REGISTRY_HOP_CONNECT,
                                         PLT_REGISTRY_HOP_TLS, PLT_REGISTRY_HOP_HTTP };

  plt_test_registry_free (gone);
  plt_test_registry_set_fault (hanging, PLT_TEST_FAULT_HANG);
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (PltSourceAnswer) answer = client_ask (clients[i]);
      const PltRegistryHealth *health = plt_registry_client_get_health (clients[i]);

      g_assert_cmpstr (plt_registry_hop_to_nick (health->hop), ==,
                       plt_registry_hop_to_nick (hops[i]));
      g_assert_true (health->failing);
      g_assert_cmpstr (health->error, ==, plt_source_answer_get_message (answer));
      g_object_unref (clients[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/registry/trouble/breaker", test_breaker);
  g_test_add_func ("/registry/trouble/probe", test_probe);
  g_test_add_func ("/registry/trouble/late", test_late);
  g_test_add_func ("/registry/trouble/hops", test_hops);

  return client_run_tests ();
}
