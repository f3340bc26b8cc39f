/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts answers and failures of one registry, and how long answers took. */
#include "plt-registry-health.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *nick;
  const char *title;
} hops[] = {
  [PLT_REGISTRY_HOP_NONE] = { "none", N_("None") },
  [PLT_REGISTRY_HOP_RESOLVE] = { "resolve", N_("Name resolution") },
  [PLT_REGISTRY_HOP_CONNECT] = { "connect", N_("Connection") },
  [PLT_REGISTRY_HOP_TLS] = { "tls", N_("Secure connection (TLS)") },
  [PLT_REGISTRY_HOP_HTTP] = { "http", N_("Request (HTTP)") },
  [PLT_REGISTRY_HOP_ANSWER] = { "answer", N_("Answer") },
};

void
plt_registry_health_clear (PltRegistryHealth *self)
{
  g_clear_pointer (&self->answered_at, g_date_time_unref);
  g_clear_pointer (&self->failed_at, g_date_time_unref);
  g_clear_pointer (&self->error, g_free);
}

static void
take_now (GDateTime **place)
{
  g_clear_pointer (place, g_date_time_unref);
  *place = g_date_time_new_now_utc ();
}

/**
 * plt_registry_health_note:
 * @self: the record
 * @answer: how a question ended, after plt_source_answer_set_elapsed_ms()
 * @hop: how far it came, if it failed
 */
void
plt_registry_health_note (PltRegistryHealth *self,
                          PltSourceAnswer   *answer,
                          PltRegistryHop     hop)
{
  PltSourceState state = plt_source_answer_get_state (answer);

  self->failing = state != PLT_SOURCE_STATE_ANSWERED && state != PLT_SOURCE_STATE_NOT_FOUND;
  if (!self->failing)
    {
      self->latencies_ms[self->n_latencies++ % PLT_REGISTRY_N_LATENCIES] =
        plt_source_answer_get_elapsed_ms (answer);
      self->n_answers++;
      take_now (&self->answered_at);
      return;
    }

  self->n_failures++;
  self->hop = hop;
  g_free (self->error);
  self->error = g_strdup (plt_source_answer_get_message (answer));
  take_now (&self->failed_at);
}

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/**
 * plt_registry_health_percentile:
 * @self: the record
 * @percent: 50 or 95, say
 *
 * Returns: milliseconds within which so many of the last answers came; -1 if there was none
 */
int
plt_registry_health_percentile (const PltRegistryHealth *self,
                                int                      percent)
{
  int sorted[PLT_REGISTRY_N_LATENCIES];
  int n = MIN (self->n_latencies, PLT_REGISTRY_N_LATENCIES);

  if (n == 0)
    return -1;
  for (int i = 0; i < n; i++)
    sorted[i] = self->latencies_ms[i];
  qsort (sorted, (gsize) n, sizeof sorted[0], compare_ints);

  return sorted[MAX ((n * percent + 99) / 100 - 1, 0)];
}

const char *
plt_registry_hop_to_nick (PltRegistryHop hop)
{
  g_return_val_if_fail ((int) hop >= 0 && hop < G_N_ELEMENTS (hops), NULL);

  return hops[hop].nick;
}

const char *
plt_registry_hop_get_title (PltRegistryHop hop)
{
  g_return_val_if_fail ((int) hop >= 0 && hop < G_N_ELEMENTS (hops), NULL);

  return _(hops[hop].title);
}
