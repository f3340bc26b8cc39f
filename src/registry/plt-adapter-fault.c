/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps what is wrong with an adapter file. */
#include "plt-adapter-fault.h"

#include "plt-registry-client.h"

#include <glib/gi18n-lib.h>

static void
fault_free (gpointer data)
{
  PltAdapterFault *fault = data;

  g_free (fault->path);
  g_free (fault->words);
  g_free (fault);
}

GPtrArray *
plt_adapter_faults_new (void)
{
  return g_ptr_array_new_with_free_func (fault_free);
}

/* The same twice is told once. */
void
plt_adapter_faults_add (GPtrArray  *faults,
                        const char *path,
                        const char *words)
{
  PltAdapterFault *fault;

  for (guint i = 0; i < faults->len; i++)
    {
      const PltAdapterFault *other = faults->pdata[i];

      if (g_str_equal (other->path, path) && g_str_equal (other->words, words))
        return;
    }

  fault = g_new (PltAdapterFault, 1);
  *fault = (PltAdapterFault) { g_strdup (path), g_strdup (words) };
  g_ptr_array_add (faults, fault);
}

/**
 * plt_adapter_faults_to_error:
 * @faults: one or more
 * @file: whose they are
 * @error: (out): %PLT_REGISTRY_ERROR_ADAPTER with the first, and how many more there are
 */
void
plt_adapter_faults_to_error (GPtrArray   *faults,
                             const char  *file,
                             GError     **error)
{
  const PltAdapterFault *first = faults->pdata[0];

  if (*first->path == '\0' && faults->len == 1)
    g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER,
                 /* Translators: file name, what is wrong with it. */
                 _("The registry file “%s” cannot be used: %s"), file, first->words);
  else if (faults->len == 1)
    g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER,
                 /* Translators: file name, path of a member such as “answer.fields.sex”, what is wrong. */
                 _("The registry file “%s” cannot be used: %s: %s"), file, first->path,
                 first->words);
  else
    g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER,
                 /* Translators: file name, path of a member, what is wrong, file name. */
                 ngettext ("The registry file “%s” cannot be used: %s: %s; and %u more fault, which "
                           "“platenctl registry check %s” tells.",
                           "The registry file “%s” cannot be used: %s: %s; and %u more faults, which "
                           "“platenctl registry check %s” tells.", faults->len - 1),
                 file, first->path, first->words, faults->len - 1, file);
}
