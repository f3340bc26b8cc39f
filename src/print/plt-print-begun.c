/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps when each job that was looked at began first. */
#include "plt-print-begun.h"

/* Far more than are looked at in a day; who begins anew looks at none of the old ones. */
#define MAX_JOBS 10000

static GMutex mutex;
static GHashTable *first; /* job-uuid → time-at-processing; under the mutex */

gboolean
plt_print_begun_again (const char *uuid,
                       int         begun)
{
  gpointer known = NULL;

  if (uuid == NULL || begun <= 0)
    return FALSE;
  g_mutex_lock (&mutex);
  if (first == NULL)
    first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_size (first) >= MAX_JOBS)
    g_hash_table_remove_all (first);
  known = g_hash_table_lookup (first, uuid);
  if (known == NULL)
    g_hash_table_insert (first, g_strdup (uuid), GINT_TO_POINTER (begun));
  g_mutex_unlock (&mutex);
  return known != NULL && GPOINTER_TO_INT (known) != begun;
}

void
plt_print_begun_forget (const char *uuid)
{
  g_mutex_lock (&mutex);
  if (first != NULL && uuid != NULL)
    g_hash_table_remove (first, uuid);
  g_mutex_unlock (&mutex);
}
