/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exceptions of an application: somebody who cannot sign, a covered head, photographs that failed.
 * A clerk asks, with a reason; a supervisor who has no part in it allows or refuses. */
#pragma once

#include <adwaita.h>

#include "plt-case-photo.h"

G_BEGIN_DECLS

#define PLT_TYPE_EXCEPTION_LIST (plt_exception_list_get_type ())
G_DECLARE_FINAL_TYPE (PltExceptionList, plt_exception_list, PLT, EXCEPTION_LIST, AdwBin)

/* @kase: (nullable): read anew each time this is called. */
void plt_exception_list_show (PltExceptionList *self,
                              PltCase          *kase,
                              gboolean          may_ask,
                              gboolean          may_decide);

G_END_DECLS
