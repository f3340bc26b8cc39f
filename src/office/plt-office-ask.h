/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database one thing whose answer is JSON, on behalf of who is signed in. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* One of the things that a model can ask: its statement in store/, and how many arguments that has. */
typedef struct
{
  const char *statement;
  int         n_arguments;
} PltOfficeAsk;

void  plt_office_ask_async  (PltOffice            *self,
                             const PltOfficeAsk   *ask,
                             const char * const   *arguments,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
char *plt_office_ask_finish (GAsyncResult         *result,
                             GError              **error);

G_END_DECLS
