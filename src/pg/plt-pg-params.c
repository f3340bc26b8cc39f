/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of one statement, kept in the parallel arrays that libpq takes. */
#include "plt-pg-params-private.h"

#include <string.h>

#include "plt-pg-array.h"

#define BYTEA_OID 17 /* pg_type.dat; fixed for ever */

struct _PltPgParams
{
  int        ref_count;
  GPtrArray *values;  /* char * from g_malloc, or NULL */
  GArray    *lengths; /* int, bytes of the value */
  GArray    *formats; /* int, 0 text, 1 binary */
  GArray    *types;   /* Oid, 0: the server infers it */
};

/**
 * plt_pg_params_new:
 *
 * Returns: (transfer full): an empty list; `$1` is what is appended first
 */
PltPgParams *
plt_pg_params_new (void)
{
  PltPgParams *self = g_new0 (PltPgParams, 1);

  self->ref_count = 1;
  self->values = g_ptr_array_new ();
  self->lengths = g_array_new (FALSE, FALSE, sizeof (int));
  self->formats = g_array_new (FALSE, FALSE, sizeof (int));
  self->types = g_array_new (FALSE, FALSE, sizeof (Oid));
  return self;
}

PltPgParams *
plt_pg_params_ref (PltPgParams *self)
{
  self->ref_count++;
  return self;
}

/**
 * plt_pg_params_free:
 *
 * Gives up the list; the last owner wipes every value, since any may be a secret.
 */
void
plt_pg_params_free (PltPgParams *self)
{
  if (self == NULL || --self->ref_count > 0)
    return;

  for (guint i = 0; i < self->values->len; i++)
    {
      char *value = g_ptr_array_index (self->values, i);

      if (value != NULL)
        explicit_bzero (value, g_array_index (self->lengths, int, i));
      g_free (value);
    }
  g_ptr_array_unref (self->values);
  g_array_unref (self->lengths);
  g_array_unref (self->formats);
  g_array_unref (self->types);
  g_free (self);
}

/* Takes @value, which may be NULL for SQL NULL. */
static void
append (PltPgParams *self,
        char        *value,
        int          length,
        int          format,
        Oid          type)
{
  g_ptr_array_add (self->values, value);
  g_array_append_val (self->lengths, length);
  g_array_append_val (self->formats, format);
  g_array_append_val (self->types, type);
}

static void
append_text (PltPgParams *self,
             char        *value)
{
  append (self, value, value != NULL ? (int) strlen (value) : 0, 0, 0);
}

/**
 * plt_pg_params_text:
 * @value: (nullable): UTF-8; NULL is SQL NULL
 *
 * Also for dates, numbers, UUIDs and all else in the server's text format.
 */
void
plt_pg_params_text (PltPgParams *self,
                    const char  *value)
{
  g_return_if_fail (self != NULL);

  append_text (self, g_strdup (value));
}

/**
 * plt_pg_params_secret:
 * @value: (nullable): a password or one-time code
 *
 * As text. It is never logged, and its memory is wiped with the list.
 */
void
plt_pg_params_secret (PltPgParams *self,
                      const char  *value)
{
  plt_pg_params_text (self, value);
}

void
plt_pg_params_int (PltPgParams *self,
                   gint64       value)
{
  g_return_if_fail (self != NULL);

  append_text (self, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
plt_pg_params_bool (PltPgParams *self,
                    gboolean     value)
{
  g_return_if_fail (self != NULL);

  append_text (self, g_strdup (value ? "t" : "f"));
}

/**
 * plt_pg_params_bytes:
 * @value: (nullable): goes as binary bytea; NULL is SQL NULL
 */
void
plt_pg_params_bytes (PltPgParams *self,
                     GBytes      *value)
{
  gsize length = 0;
  const void *data;

  g_return_if_fail (self != NULL);
  g_return_if_fail (value == NULL || g_bytes_get_size (value) <= G_MAXINT);

  if (value == NULL)
    {
      append (self, NULL, 0, 1, BYTEA_OID);
      return;
    }
  data = g_bytes_get_data (value, &length);
  /* libpq reads a NULL pointer as SQL NULL, and g_memdup2 of nothing is NULL. */
  append (self, length > 0 ? g_memdup2 (data, length) : g_strdup (""), (int) length, 1, BYTEA_OID);
}

/**
 * plt_pg_params_time:
 * @value: (nullable): goes as UTC with microseconds, for timestamptz
 */
void
plt_pg_params_time (PltPgParams *self,
                    GDateTime   *value)
{
  g_autoptr (GDateTime) utc = NULL;

  g_return_if_fail (self != NULL);

  if (value == NULL)
    {
      append_text (self, NULL);
      return;
    }
  utc = g_date_time_to_utc (value);
  append_text (self, g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d.%06d+00",
                                      g_date_time_get_year (utc), g_date_time_get_month (utc),
                                      g_date_time_get_day_of_month (utc),
                                      g_date_time_get_hour (utc), g_date_time_get_minute (utc),
                                      g_date_time_get_second (utc),
                                      g_date_time_get_microsecond (utc)));
}

/**
 * plt_pg_params_text_array:
 * @values: (nullable) (array zero-terminated=1): a text[]; NULL is SQL NULL
 */
void
plt_pg_params_text_array (PltPgParams        *self,
                          const char * const *values)
{
  g_return_if_fail (self != NULL);

  append_text (self, values != NULL ? plt_pg_array_to_text (values) : NULL);
}

int
plt_pg_params_length (PltPgParams *self)
{
  return self != NULL ? (int) self->values->len : 0;
}

const char * const *
plt_pg_params_values (PltPgParams *self)
{
  return self != NULL ? (const char * const *) self->values->pdata : NULL;
}

const int *
plt_pg_params_lengths (PltPgParams *self)
{
  return self != NULL ? (const int *) (gpointer) self->lengths->data : NULL;
}

const int *
plt_pg_params_formats (PltPgParams *self)
{
  return self != NULL ? (const int *) (gpointer) self->formats->data : NULL;
}

const Oid *
plt_pg_params_types (PltPgParams *self)
{
  return self != NULL ? (const Oid *) (gpointer) self->types->data : NULL;
}
