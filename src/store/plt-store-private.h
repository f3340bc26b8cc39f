/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of this folder: running a named statement, and finding columns. */
#pragma once

#include "plt-source-answer.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* Runs sql/@statement.sql, prepared once per connection under its name. @params: (transfer full)
 * (nullable). */
void             plt_store_run_async         (PltStore             *self,
                                              const char           *statement,
                                              PltPgParams          *params,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
PltPgResult     *plt_store_run_finish        (PltStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* For writes whose answer does not matter beyond having been made. */
gboolean         plt_store_run_finish_done   (PltStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);
/* The named integer column of the one row. -1 on failure. */
gint64           plt_store_run_finish_int    (PltStore             *self,
                                              GAsyncResult         *result,
                                              const char           *column,
                                              GError              **error);

/* One statement of a batch: one round trip, and one transaction when @atomic. */
PltPgStatement  *plt_store_statement_new     (const char           *statement,
                                              PltPgParams          *params);
void             plt_store_batch_async       (PltStore             *self,
                                              GPtrArray            *statements,
                                              gboolean              atomic,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray       *plt_store_batch_finish      (PltStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Two arrays: the fields that @answer has, by nick, and their values. */
void             plt_store_add_values        (PltPgParams          *params,
                                              PltSourceAnswer      *answer);

/* NULL where the column is NULL. Lent until the result is freed. */
const char      *plt_store_text              (PltPgResult          *result,
                                              int                   row,
                                              const char           *column);
GDateTime       *plt_store_dup_time          (PltPgResult          *result,
                                              int                   row,
                                              const char           *column);
gint64           plt_store_int               (PltPgResult          *result,
                                              int                   row,
                                              const char           *column);

/* Sets PLT_STORE_ERROR_ROW: @word is not one of those that this program knows for @column. */
void             plt_store_set_word_error    (GError              **error,
                                              const char           *column,
                                              const char           *word);

G_END_DECLS
