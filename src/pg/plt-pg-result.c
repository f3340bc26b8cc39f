/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the rows of a PGresult in text format. */
#include "plt-pg-result-private.h"

#include "plt-pg-array.h"

struct _PltPgResult
{
  gatomicrefcount  ref_count;
  PGresult        *rows;
};

/* G_DEFINE_BOXED_TYPE() converts to a union, which -Wpedantic refuses. */
GType
plt_pg_result_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static (g_intern_static_string ("PltPgResult"),
                                                     (GBoxedCopyFunc) plt_pg_result_ref,
                                                     (GBoxedFreeFunc) plt_pg_result_unref));
  return type;
}

PltPgResult *
plt_pg_result_new_take (PGresult *rows)
{
  PltPgResult *self = g_new0 (PltPgResult, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->rows = rows;
  return self;
}

PltPgResult *
plt_pg_result_ref (PltPgResult *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plt_pg_result_unref (PltPgResult *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  PQclear (self->rows);
  g_free (self);
}

int
plt_pg_result_get_n_rows (PltPgResult *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return PQntuples (self->rows);
}

/**
 * plt_pg_result_column:
 *
 * Returns: the index of the column of this name, -1 if there is none
 */
int
plt_pg_result_column (PltPgResult *self,
                      const char  *name)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (name != NULL, -1);

  return PQfnumber (self->rows, name);
}

static gboolean
has_cell (PltPgResult *self,
          int          row,
          int          column)
{
  return self != NULL && row >= 0 && row < PQntuples (self->rows)
         && column >= 0 && column < PQnfields (self->rows);
}

gboolean
plt_pg_result_is_null (PltPgResult *self,
                       int          row,
                       int          column)
{
  g_return_val_if_fail (has_cell (self, row, column), TRUE);

  return PQgetisnull (self->rows, row, column);
}

/**
 * plt_pg_result_get_text:
 *
 * Returns: (transfer none) (nullable): the value as the server writes it in UTF-8; lives as long
 *   as the result. NULL for SQL NULL.
 */
const char *
plt_pg_result_get_text (PltPgResult *self,
                        int          row,
                        int          column)
{
  g_return_val_if_fail (has_cell (self, row, column), NULL);

  if (PQgetisnull (self->rows, row, column))
    return NULL;
  return PQgetvalue (self->rows, row, column);
}

/* 0 for SQL NULL; ask is_null() where that matters. */
gint64
plt_pg_result_get_int (PltPgResult *self,
                       int          row,
                       int          column)
{
  const char *text = plt_pg_result_get_text (self, row, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* FALSE for SQL NULL. */
gboolean
plt_pg_result_get_bool (PltPgResult *self,
                        int          row,
                        int          column)
{
  const char *text = plt_pg_result_get_text (self, row, column);

  return text != NULL && text[0] == 't';
}

/**
 * plt_pg_result_dup_time:
 *
 * Of a timestamptz, or a timestamp taken as UTC.
 *
 * Returns: (transfer full) (nullable): NULL for SQL NULL, infinity, and years outside 1 … 9999
 */
GDateTime *
plt_pg_result_dup_time (PltPgResult *self,
                        int          row,
                        int          column)
{
  const char *text = plt_pg_result_get_text (self, row, column);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
}

/**
 * plt_pg_result_dup_bytes:
 *
 * Of a bytea.
 *
 * Returns: (transfer full) (nullable): NULL for SQL NULL
 */
GBytes *
plt_pg_result_dup_bytes (PltPgResult *self,
                         int          row,
                         int          column)
{
  const char *text = plt_pg_result_get_text (self, row, column);
  unsigned char *data;
  size_t length;

  if (text == NULL)
    return NULL;
  data = PQunescapeBytea ((const unsigned char *) text, &length);
  return g_bytes_new_with_free_func (data, length, PQfreemem, data);
}

/**
 * plt_pg_result_dup_array:
 *
 * Of a one-dimensional array.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the elements as text, "" for a
 *   NULL among them; NULL for SQL NULL
 */
char **
plt_pg_result_dup_array (PltPgResult *self,
                         int          row,
                         int          column)
{
  const char *text = plt_pg_result_get_text (self, row, column);

  return text != NULL ? plt_pg_array_from_text (text) : NULL;
}
