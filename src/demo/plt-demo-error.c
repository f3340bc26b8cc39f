/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of the office in a box. */
#include "plt-demo-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (plt-demo-error-quark, plt_demo_error)

gboolean
plt_demo_error_from_errno (GError     **error,
                           const char  *subject)
{
  int code = errno;

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The office in the box could not use “%s”: %s."), subject, g_strerror (code));

  return FALSE;
}
