/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks about the rules of law and the papers that they want, and prints the answer. */
#pragma once

#include "plt-ctl.h"
#include "plt-law.h"

G_BEGIN_DECLS

PltCtlStatus plt_ctl_law_ask (PltCtl              *ctl,
                              PltLawAct            act,
                              const char * const  *arguments,
                              GError             **error);

G_END_DECLS
