/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends one request when its time is over or when the caller of its task cancels. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GCancellable *attempt; /* of the request; not the caller's */
  GSource      *over;
  GSource      *cancelled;
  gboolean      timed_out;
} PltRegistryDeadline;

void plt_registry_deadline_start (PltRegistryDeadline *self,
                                  GTask               *task,
                                  int                  budget_ms);
void plt_registry_deadline_stop  (PltRegistryDeadline *self);
void plt_registry_deadline_clear (PltRegistryDeadline *self);

G_END_DECLS
