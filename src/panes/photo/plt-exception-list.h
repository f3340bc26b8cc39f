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

/* "Cannot sign" of "cannot_sign" */
const char *plt_exception_list_get_title (const char *kind);
/* @label: with a mnemonic; @title: of the row that it stands in; @action: with a text as @target. */
GtkWidget  *plt_exception_button_new     (const char *label,
                                          const char *title,
                                          const char *action,
                                          const char *target);

G_END_DECLS
