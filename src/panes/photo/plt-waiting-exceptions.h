/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exceptions of the whole office that wait for a supervisor, oldest first: who cannot sign, whose head is
 * covered, whose photographs failed. Allowed or refused there, with a reason. Kept fresh while it is shown. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_WAITING_EXCEPTIONS (plt_waiting_exceptions_get_type ())
G_DECLARE_FINAL_TYPE (PltWaitingExceptions, plt_waiting_exceptions, PLT, WAITING_EXCEPTIONS, AdwBin)

/* @may_decide: FALSE shows them only. */
void plt_waiting_exceptions_load (PltWaitingExceptions *self,
                                  PltOffice            *office,
                                  gboolean              may_decide);

G_END_DECLS
