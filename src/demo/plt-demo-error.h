/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong with an office in a box. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PltDemoError:
 * @PLT_DEMO_ERROR_FAILED: a part did not start, stop or answer
 * @PLT_DEMO_ERROR_NO_BOX: there is no box in this folder; start one first
 * @PLT_DEMO_ERROR_USAGE: the command was called wrongly
 * @PLT_DEMO_ERROR_INTERRUPTED: Ctrl+C
 */
typedef enum
{
  PLT_DEMO_ERROR_FAILED,
  PLT_DEMO_ERROR_NO_BOX,
  PLT_DEMO_ERROR_USAGE,
  PLT_DEMO_ERROR_INTERRUPTED,
} PltDemoError;

#define PLT_DEMO_ERROR (plt_demo_error_quark ())
GQuark   plt_demo_error_quark      (void);

/* Turns errno after a failed call about @subject into a sentence; always returns FALSE. */
gboolean plt_demo_error_from_errno (GError     **error,
                                    const char  *subject);

G_END_DECLS
