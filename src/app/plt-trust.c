/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the trusted certificates ahead of the first connection. */
#include "plt-trust.h"

#include <gio/gio.h>

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr (GTlsDatabase) trust = g_tls_backend_get_default_database (g_tls_backend_get_default ());

  g_task_return_boolean (task, trust != NULL);
}

void
plt_trust_load (void)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_run_in_thread (task, load_thread);
}
