/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spares a registry that is down, and the people who would wait for it. It opens after failures in
 * a row; after a pause, chance in it so that desks which failed together do not come back together,
 * one probe is let through; each probe that fails doubles the pause. Pure: the clock and the dice
 * are the caller's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_REGISTRY_BREAKER_CLOSED,    /* "closed": everybody may ask */
  PLT_REGISTRY_BREAKER_OPEN,      /* "open": nobody may, until the pause is over */
  PLT_REGISTRY_BREAKER_HALF_OPEN, /* "half_open": one probe is under way */
} PltRegistryBreakerState;

typedef struct
{
  int                     failures_to_open;
  gint64                  pause_us;
  gint64                  max_pause_us;
  PltRegistryBreakerState state;
  int                     failures; /* in a row */
  int                     openings; /* since it was closed last */
  gint64                  probe_at; /* while open: monotonic, when the pause is over */
} PltRegistryBreaker;

void        plt_registry_breaker_init         (PltRegistryBreaker      *self,
                                               int                      failures_to_open,
                                               int                      pause_ms,
                                               int                      max_pause_ms);
gboolean    plt_registry_breaker_note_success (PltRegistryBreaker      *self);
gboolean    plt_registry_breaker_note_failure (PltRegistryBreaker      *self,
                                               gint64                   now,
                                               double                   chance);
gboolean    plt_registry_breaker_begin_probe  (PltRegistryBreaker      *self);
void        plt_registry_breaker_drop_probe   (PltRegistryBreaker      *self);
const char *plt_registry_breaker_to_nick      (PltRegistryBreakerState  state);

G_END_DECLS
