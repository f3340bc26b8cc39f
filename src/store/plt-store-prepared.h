/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Applications that were prepared at home. */
#pragma once

#include "plt-source-answer.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* @code: as plt_prepared_code_normalise() gives it. */
void      plt_store_find_prepared_async  (PltStore             *self,
                                          const char           *code,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* @number: (out) (nullable): of the application that was made of it; NULL when there is none yet */
gboolean  plt_store_find_prepared_finish (PltStore             *self,
                                          GAsyncResult         *result,
                                          char                **number,
                                          GError              **error);

/* Makes a draft of it, with what the registries say about the citizen and what rules choose of that, as
 * one transaction; the same code again gives the same application. @stated: the service's answer.
 * @check: what the checks of @portrait measured, as JSON. @chip: (nullable): @portrait made small. @answers: those not asked are NULL. */
void      plt_store_check_in_async       (PltStore             *self,
                                          PltSourceAnswer      *stated,
                                          GBytes               *portrait,
                                          const char           *media_type,
                                          const char           *check,
                                          GBytes               *chip,
                                          PltSourceAnswer      *answers[PLT_N_SOURCES],
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* Returns: (transfer full): the application's number */
char     *plt_store_check_in_finish      (PltStore             *self,
                                          GAsyncResult         *result,
                                          gboolean             *is_new,
                                          GError              **error);

G_END_DECLS
