/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that one statement returned. Columns are looked up by name once per result. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define PLT_TYPE_PG_RESULT (plt_pg_result_get_type ())
typedef struct _PltPgResult PltPgResult;

GType        plt_pg_result_get_type   (void);
PltPgResult *plt_pg_result_ref        (PltPgResult *self);
void         plt_pg_result_unref      (PltPgResult *self);

int          plt_pg_result_get_n_rows (PltPgResult *self);
int          plt_pg_result_column     (PltPgResult *self,
                                       const char  *name);

gboolean     plt_pg_result_is_null    (PltPgResult *self,
                                       int          row,
                                       int          column);
const char  *plt_pg_result_get_text   (PltPgResult *self,
                                       int          row,
                                       int          column);
gint64       plt_pg_result_get_int    (PltPgResult *self,
                                       int          row,
                                       int          column);
gboolean     plt_pg_result_get_bool   (PltPgResult *self,
                                       int          row,
                                       int          column);
GDateTime   *plt_pg_result_dup_time   (PltPgResult *self,
                                       int          row,
                                       int          column);
GBytes      *plt_pg_result_dup_bytes  (PltPgResult *self,
                                       int          row,
                                       int          column);
char       **plt_pg_result_dup_array  (PltPgResult *self,
                                       int          row,
                                       int          column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPgResult, plt_pg_result_unref)

G_END_DECLS
