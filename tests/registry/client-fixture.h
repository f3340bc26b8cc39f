/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client and a registry's server for the tests of what can come over the wire. */
#pragma once

#include "plt-registry-client.h"
#include "plt-test-registry.h"

#define ID_NUMBER "12345678903"
#define BUDGET_MS 700
/* What a busy machine may add before the answer is told. */
#ifdef __SANITIZE_ADDRESS__
#define SLACK_MS 1500
#else
#define SLACK_MS 500
#endif

#define GOOD_BODY "{\"person\":{\"id\":\"" ID_NUMBER "\",\"name\":\"Østergård\",\"sex\":1}}"

#define MUTUAL_TLS "{\"type\":\"mutual-tls\",\"certificate\":\"%s.pem\",\"key\":\"%s.key\"}"
#define BEARER "{\"type\":\"bearer\",\"token_file\":\"token\"}"
#define API_KEY "{\"type\":\"api-key\",\"header\":\"X-Api-Key\",\"key_file\":\"token\"}"

extern char *client_certificates;

typedef struct
{
  PltSourceAnswer *answer;
  GError          *error;
  gboolean         done;
  gint64           started;
  int              elapsed_ms; /* by the caller's clock */
} ClientCall;

void               client_write_file   (const char        *name,
                                        const char        *text);
PltRegistryClient *client_new_at       (const char        *host,
                                        int                port,
                                        const char        *authentication,
                                        int                attempts);
PltRegistryClient *client_new          (PltTestRegistry   *registry);
PltTestRegistry   *client_new_registry (void);
void               client_answered_cb  (GObject           *source,
                                        GAsyncResult      *result,
                                        gpointer           user_data);
void               client_start_call   (ClientCall        *call,
                                        PltRegistryClient *client,
                                        GCancellable      *cancellable);
gboolean           client_wake_cb      (gpointer           user_data);
void               client_await        (const gboolean    *flag);
/* The client closes in its own time what it does not want to read to the end. */
void               client_await_closed (PltTestRegistry   *registry);
void               client_clear_call   (ClientCall        *call);
PltSourceAnswer   *client_ask          (PltRegistryClient *client);
/* What a clerk reads names the registry, and holds nothing of the citizen. */
void               client_assert_state (PltSourceAnswer   *answer,
                                        PltSourceState     state);
/* Makes the certificates, runs the tests and removes them. */
int                client_run_tests    (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ClientCall, client_clear_call)
