/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the words by which a registry is told to misbehave. */
#include "plt-demo-fault.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define SLOWEST_MS 600000

static const struct
{
  const char       *word;
  PltDemoFaultKind  kind;
} words[] = {
  { "none", PLT_DEMO_FAULT_NONE },
  { "down", PLT_DEMO_FAULT_DOWN },
  { "nonsense", PLT_DEMO_FAULT_NONSENSE },
  { "truncated", PLT_DEMO_FAULT_TRUNCATED },
  { "huge", PLT_DEMO_FAULT_HUGE },
  { "non-utf8", PLT_DEMO_FAULT_NON_UTF8 },
  { "refuse", PLT_DEMO_FAULT_REFUSE },
};

/* Sets %PLT_DEMO_ERROR_USAGE for any other word. */
gboolean
plt_demo_fault_parse (const char    *text,
                      PltDemoFault  *fault,
                      GError       **error)
{
  guint64 slow_ms = 0;

  if (g_str_has_prefix (text, "slow:") &&
      g_ascii_string_to_unsigned (text + 5, 10, 1, SLOWEST_MS, &slow_ms, NULL))
    {
      *fault = (PltDemoFault) { PLT_DEMO_FAULT_SLOW, (guint) slow_ms };
      return TRUE;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (text, words[i].word))
      {
        *fault = (PltDemoFault) { words[i].kind, 0 };
        return TRUE;
      }

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_USAGE,
               _("“%s” is no fault. Choose slow:MS (1 to %d), down, nonsense, truncated, huge, "
                 "non-utf8, refuse or none."), text, SLOWEST_MS);

  return FALSE;
}

/* No control file is no fault. */
PltDemoFault
plt_demo_fault_load (const char *path)
{
  g_autofree char *text = NULL;
  PltDemoFault fault = { PLT_DEMO_FAULT_NONE, 0 };

  if (g_file_get_contents (path, &text, NULL, NULL))
    plt_demo_fault_parse (g_strstrip (text), &fault, NULL);

  return fault;
}
