/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replaces the default trust of GIO by a smaller one. */
#include "plt-registry-trust.h"

static GMutex mutex;
static GTlsDatabase *preferred; /* for as long as the process lives */

GTlsDatabase *
plt_registry_trust_get_system (void)
{
  GTlsBackend *backend = g_tls_backend_get_default ();
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GTlsDatabase *system;

  /* NULL stands for what the machine trusts. */
  g_tls_backend_set_default_database (backend, NULL);
  system = g_tls_backend_get_default_database (backend);
  g_tls_backend_set_default_database (backend, preferred);

  return system;
}

void
plt_registry_trust_prefer (GTlsDatabase *authorities)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (preferred != NULL)
    return;
  preferred = g_object_ref (authorities);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), preferred);
}
