/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a registry has been doing as seen from this program: what is shown of it, never of whom it
 * was asked for. */
#pragma once

#include <glib.h>

#include "plt-registry-breaker.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

/* The steps of a request, in order; of a failure the one that was not completed. */
typedef enum
{
  PLT_REGISTRY_HOP_NONE,    /* "none" */
  PLT_REGISTRY_HOP_RESOLVE, /* "resolve": its name is looked up */
  PLT_REGISTRY_HOP_CONNECT, /* "connect": TCP */
  PLT_REGISTRY_HOP_TLS,     /* "tls": handshake and certificates */
  PLT_REGISTRY_HOP_HTTP,    /* "http": the request is sent, its status awaited */
  PLT_REGISTRY_HOP_ANSWER,  /* "answer": the body is read and understood */
} PltRegistryHop;

/* Latencies of so many answers are remembered. */
#define PLT_REGISTRY_N_LATENCIES 200

typedef struct
{
  int             latencies_ms[PLT_REGISTRY_N_LATENCIES];
  int             n_latencies;  /* ever; the ring keeps the last ones */
  int             n_answers;
  int             n_failures;
  gboolean        failing;      /* the last question failed */
  GDateTime      *answered_at;  /* (nullable): of the last answer */
  GDateTime      *failed_at;    /* (nullable) */
  char           *error;        /* (nullable): the last one, in words */
  PltRegistryHop  hop;          /* of the last error */
} PltRegistryHealth;

void        plt_registry_health_clear       (PltRegistryHealth       *self);
void        plt_registry_health_note        (PltRegistryHealth       *self,
                                             PltSourceAnswer         *answer,
                                             PltRegistryHop           hop);
int         plt_registry_health_percentile  (const PltRegistryHealth *self,
                                             int                      percent);

const char *plt_registry_hop_to_nick        (PltRegistryHop           hop);
const char *plt_registry_hop_get_title      (PltRegistryHop           hop);

G_END_DECLS
