/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in where no person is. */
#pragma once

#include "plt-ctl.h"

G_BEGIN_DECLS

/* Opens a new session with a code of the secret in @path, waiting for a fresh one where need be. The login must
 * be an operator's and nothing else: what can open sessions by itself may do no more than print. */
gboolean plt_ctl_service_sign_in (PltCtl      *ctl,
                                  const char  *path,
                                  GError     **error);

/* Runs the main context for so long. */
void     plt_ctl_pause           (guint        ms);

G_END_DECLS
