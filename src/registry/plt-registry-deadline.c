/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-registry-deadline.h"

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
over_cb (gpointer user_data)
{
  PltRegistryDeadline *self = user_data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->attempt);

  return G_SOURCE_REMOVE;
}

static gboolean
caller_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  PltRegistryDeadline *self = user_data;

  g_cancellable_cancel (self->attempt);

  return G_SOURCE_REMOVE;
}

/**
 * plt_registry_deadline_start:
 * @self: zeroed memory in the data of @task
 * @task: whose caller may cancel
 * @budget_ms: how long the request may take
 *
 * The request is to be sent with @self's attempt. Stop it when the task returns, which may be long
 * before its data is freed.
 */
void
plt_registry_deadline_start (PltRegistryDeadline *self,
                             GTask               *task,
                             int                  budget_ms)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->attempt = g_cancellable_new ();
  self->over = g_timeout_source_new ((guint) budget_ms);
  g_source_set_callback (self->over, over_cb, self, NULL);
  g_source_attach (self->over, g_task_get_context (task));
  if (cancellable == NULL)
    return;

  self->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelled, G_SOURCE_FUNC (caller_cancelled_cb), self, NULL);
  g_source_attach (self->cancelled, g_task_get_context (task));
}

void
plt_registry_deadline_stop (PltRegistryDeadline *self)
{
  clear_source (&self->over);
  clear_source (&self->cancelled);
}

void
plt_registry_deadline_clear (PltRegistryDeadline *self)
{
  plt_registry_deadline_stop (self);
  g_clear_object (&self->attempt);
}
