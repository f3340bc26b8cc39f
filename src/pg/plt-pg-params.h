/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters $1 … $n of one statement, appended in order. Text format but for bytea. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PltPgParams PltPgParams;

PltPgParams *plt_pg_params_new        (void);
void         plt_pg_params_free       (PltPgParams        *self);
void         plt_pg_params_text       (PltPgParams        *self,
                                       const char         *value);
void         plt_pg_params_secret     (PltPgParams        *self,
                                       const char         *value);
void         plt_pg_params_int        (PltPgParams        *self,
                                       gint64              value);
void         plt_pg_params_bool       (PltPgParams        *self,
                                       gboolean            value);
void         plt_pg_params_bytes      (PltPgParams        *self,
                                       GBytes             *value);
void         plt_pg_params_time       (PltPgParams        *self,
                                       GDateTime          *value);
void         plt_pg_params_text_array (PltPgParams        *self,
                                       const char * const *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPgParams, plt_pg_params_free)

G_END_DECLS
