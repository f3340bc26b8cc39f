/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of a circuit breaker. */
#include "plt-registry-breaker.h"

/* Doubled more often than this, a pause has long reached any maximum. */
#define MAX_DOUBLINGS 20

void
plt_registry_breaker_init (PltRegistryBreaker *self,
                           int                 failures_to_open,
                           int                 pause_ms,
                           int                 max_pause_ms)
{
  *self = (PltRegistryBreaker) {
    .failures_to_open = failures_to_open,
    .pause_us = pause_ms * G_GINT64_CONSTANT (1000),
    .max_pause_us = max_pause_ms * G_GINT64_CONSTANT (1000),
  };
}

/**
 * plt_registry_breaker_note_success:
 * @self: a breaker
 *
 * Any answer closes it, also one to a question that was asked before it opened.
 *
 * Returns: whether the registry has come back by this
 */
gboolean
plt_registry_breaker_note_success (PltRegistryBreaker *self)
{
  gboolean was_closed = self->state == PLT_REGISTRY_BREAKER_CLOSED;

  self->state = PLT_REGISTRY_BREAKER_CLOSED;
  self->failures = 0;
  self->openings = 0;
  self->probe_at = 0;

  return !was_closed;
}

static gint64
get_pause (const PltRegistryBreaker *self,
           double                    chance)
{
  int doublings = MIN (self->openings - 1, MAX_DOUBLINGS);
  gint64 pause = MIN (self->pause_us << doublings, self->max_pause_us);

  return (gint64) ((double) pause * (0.5 + chance));
}

/**
 * plt_registry_breaker_note_failure:
 * @self: a breaker
 * @now: monotonic time, in microseconds
 * @chance: from 0 to 1: the pause is half to one and a half times what is set
 *
 * A question that fails while it is open already, because it was asked before, changes nothing.
 *
 * Returns: whether it has opened by this, so that a probe is due at @self->probe_at
 */
gboolean
plt_registry_breaker_note_failure (PltRegistryBreaker *self,
                                   gint64              now,
                                   double              chance)
{
  self->failures++;
  if (self->state == PLT_REGISTRY_BREAKER_OPEN || (self->state == PLT_REGISTRY_BREAKER_CLOSED &&
                                                   self->failures < self->failures_to_open))
    return FALSE;

  self->state = PLT_REGISTRY_BREAKER_OPEN;
  self->openings++;
  self->probe_at = now + get_pause (self, chance);

  return TRUE;
}

/* Returns: whether a probe may go out now; a person may send one before the pause is over. */
gboolean
plt_registry_breaker_begin_probe (PltRegistryBreaker *self)
{
  if (self->state != PLT_REGISTRY_BREAKER_OPEN)
    return FALSE;
  self->state = PLT_REGISTRY_BREAKER_HALF_OPEN;

  return TRUE;
}

/* A probe that nobody waits for any more has shown nothing: the next may go out at once. */
void
plt_registry_breaker_drop_probe (PltRegistryBreaker *self)
{
  if (self->state == PLT_REGISTRY_BREAKER_HALF_OPEN)
    self->state = PLT_REGISTRY_BREAKER_OPEN;
}

const char *
plt_registry_breaker_to_nick (PltRegistryBreakerState state)
{
  static const char * const nicks[] = { "closed", "open", "half_open" };

  g_return_val_if_fail ((int) state >= 0 && state < G_N_ELEMENTS (nicks), NULL);

  return nicks[state];
}
