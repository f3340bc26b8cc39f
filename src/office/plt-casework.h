/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work on applications beside the case itself: which kinds there are, what waits for what, whose work it is.
 * The database decides who may and whether; here are the words for it. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* What is done, and the words that it takes, in their order; [] may be NULL. */
typedef enum
{
  PLT_CASEWORK_KINDS,
  PLT_CASEWORK_DOCUMENTS, /* application */
} PltCaseworkAct;

void   plt_casework_act_async  (PltOffice            *office,
                                PltCaseworkAct        act,
                                const char *const    *words,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
/* Returns: (transfer full): JSON for people */
char  *plt_casework_act_finish (GAsyncResult         *result,
                                GError              **error);

G_END_DECLS
