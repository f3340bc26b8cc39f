/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds one printing task until somebody opens or shuts. */
#include "plt-print-gate.h"

struct _PltPrintGate
{
  gatomicrefcount ref_count;
  gboolean open;
  GError *reason; /* shut */
  GTask *waiting;
};

PltPrintGate *
plt_print_gate_new (void)
{
  PltPrintGate *self = g_new0 (PltPrintGate, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

PltPrintGate *
plt_print_gate_ref (PltPrintGate *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plt_print_gate_unref (PltPrintGate *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_error (&self->reason);
  g_clear_object (&self->waiting);
  g_free (self);
}

static void
answer (PltPrintGate *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->waiting);

  if (self->reason != NULL)
    g_task_return_error (task, g_error_copy (self->reason));
  else
    g_task_return_boolean (task, TRUE);
}

void
plt_print_gate_open (PltPrintGate *self)
{
  if (self->open || self->reason != NULL)
    return;
  self->open = TRUE;
  if (self->waiting != NULL)
    answer (self);
}

void
plt_print_gate_shut (PltPrintGate *self,
                     GError       *reason)
{
  if (self->open || self->reason != NULL)
    {
      g_error_free (reason);
      return;
    }
  self->reason = reason;
  if (self->waiting != NULL)
    answer (self);
}

gboolean
plt_print_gate_is_reached (PltPrintGate *self)
{
  return self->waiting != NULL;
}

void
plt_print_gate_wait_async (PltPrintGate        *self,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (self->waiting == NULL);

  self->waiting = g_task_new (NULL, NULL, callback, user_data);
  if (self->open || self->reason != NULL)
    answer (self);
}

gboolean
plt_print_gate_wait_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
