/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams rows into all tables in the order of their turns. */
#include "plt-demo-streams.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define TRUTH_HEADER "kind,id_number,other_id_number,registry,field,true_value,false_value\n"

/* Where one table's rows go; the truth is the last one. */
typedef struct
{
  PGconn *connection;
  GMutex  lock;
  GCond   turned;
  int     turn; /* whose turn it is */
} Stream;

struct _PltDemoStreams
{
  Stream  streams[PLT_DEMO_N_TABLES + 1];
  FILE   *truth;
  GMutex  reason_lock;
  GError *reason; /* the first thing that went wrong */
  gint    failed;
};

/* A table that is emptied in the same transaction needs no log (wal_level minimal), and its rows
 * are written as old ones, which spares a vacuum that would write them again. */
static gboolean
begin_copy (Stream        *stream,
            PltDemoTable   table,
            GError       **error)
{
  const char *name = plt_demo_table_get_name (table);
  g_autofree char *begin = g_strdup_printf ("begin; truncate %s", name);
  g_autofree char *copy = g_strdup_printf ("copy %s from stdin with (format binary, freeze)",
                                           name);
  PltDemoRows mark = { NULL };
  gboolean begun = plt_demo_sql_run (stream->connection, begin, error) &&
                   plt_demo_sql_copy_begin (stream->connection, copy, error);

  plt_demo_rows_begin_file (&mark);
  begun = begun && plt_demo_sql_copy_put (stream->connection, mark.data, mark.length, error);
  plt_demo_rows_clear (&mark);

  return begun;
}

/**
 * plt_demo_streams_open:
 * @connect: called once for each table
 * @user_data: for @connect
 * @truth_path: the file of the truth, written anew
 * @error: return location for an error
 *
 * Returns: (transfer full): streams that wait for the first turn
 */
PltDemoStreams *
plt_demo_streams_open (PltDemoConnect   connect,
                       gpointer         user_data,
                       const char      *truth_path,
                       GError         **error)
{
  g_autoptr (PltDemoStreams) self = g_new0 (PltDemoStreams, 1);

  g_mutex_init (&self->reason_lock);
  for (int i = 0; i <= PLT_DEMO_N_TABLES; i++)
    {
      g_mutex_init (&self->streams[i].lock);
      g_cond_init (&self->streams[i].turned);
    }
  self->truth = g_fopen (truth_path, "we");
  if (self->truth == NULL || fputs (TRUTH_HEADER, self->truth) < 0)
    {
      plt_demo_error_from_errno (error, truth_path);
      return NULL;
    }
  for (int i = 0; i < PLT_DEMO_N_TABLES; i++)
    {
      PltDemoTable table = (PltDemoTable) i;

      self->streams[i].connection = connect (plt_demo_table_get_registry (table), user_data,
                                             error);
      if (self->streams[i].connection == NULL || !begin_copy (&self->streams[i], table, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

void
plt_demo_streams_free (PltDemoStreams *self)
{
  for (int i = 0; i <= PLT_DEMO_N_TABLES; i++)
    {
      g_clear_pointer (&self->streams[i].connection, PQfinish);
      g_mutex_clear (&self->streams[i].lock);
      g_cond_clear (&self->streams[i].turned);
    }
  g_clear_pointer (&self->truth, fclose);
  g_clear_error (&self->reason);
  g_mutex_clear (&self->reason_lock);
  g_free (self);
}

/* Nobody waits for a turn that will not come. @reason: (transfer full). */
void
plt_demo_streams_fail (PltDemoStreams *self,
                       GError         *reason)
{
  g_mutex_lock (&self->reason_lock);
  if (self->reason == NULL)
    self->reason = reason;
  else
    g_error_free (reason);
  g_mutex_unlock (&self->reason_lock);
  g_atomic_int_set (&self->failed, TRUE);
  for (int i = 0; i <= PLT_DEMO_N_TABLES; i++)
    {
      g_mutex_lock (&self->streams[i].lock);
      g_cond_broadcast (&self->streams[i].turned);
      g_mutex_unlock (&self->streams[i].lock);
    }
}

static gboolean
wait_for_turn (PltDemoStreams *self,
               Stream         *stream,
               int             turn)
{
  g_mutex_lock (&stream->lock);
  while (stream->turn != turn && !g_atomic_int_get (&self->failed))
    g_cond_wait (&stream->turned, &stream->lock);
  g_mutex_unlock (&stream->lock);

  return !g_atomic_int_get (&self->failed);
}

static void
pass_turn (Stream *stream)
{
  g_mutex_lock (&stream->lock);
  stream->turn++;
  g_cond_broadcast (&stream->turned);
  g_mutex_unlock (&stream->lock);
}

static gboolean
put_truths (PltDemoStreams  *self,
            GString         *truths,
            GError         **error)
{
  if (fwrite (truths->str, 1, truths->len, self->truth) == truths->len)
    return TRUE;

  return plt_demo_error_from_errno (error, "truth.csv");
}

/**
 * plt_demo_streams_put:
 * @self: the streams
 * @turn: the number of the district; every number from 0 comes once
 * @tables: its rows, emptied afterwards
 * @truths: its lines of the truth, emptied afterwards
 *
 * Blocks until all rows are sent.
 *
 * Returns: %FALSE when something went wrong here or elsewhere; plt_demo_streams_close() tells
 */
gboolean
plt_demo_streams_put (PltDemoStreams *self,
                      int             turn,
                      PltDemoRows     tables[PLT_DEMO_N_TABLES],
                      GString        *truths)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i <= PLT_DEMO_N_TABLES; i++)
    {
      Stream *stream = &self->streams[i];
      gboolean done;

      if (!wait_for_turn (self, stream, turn))
        return FALSE;
      done = i < PLT_DEMO_N_TABLES
               ? plt_demo_sql_copy_put (stream->connection, tables[i].data, tables[i].length,
                                        &error)
               : put_truths (self, truths, &error);
      if (!done)
        {
          plt_demo_streams_fail (self, g_steal_pointer (&error));
          return FALSE;
        }
      pass_turn (stream);
      if (i < PLT_DEMO_N_TABLES)
        tables[i].length = tables[i].n_rows = 0;
    }
  g_string_truncate (truths, 0);

  return TRUE;
}

static gboolean
end_copy (Stream  *stream,
          GError **error)
{
  PltDemoRows mark = { NULL };
  gboolean ended;

  plt_demo_rows_end_file (&mark);
  ended = plt_demo_sql_copy_put (stream->connection, mark.data, mark.length, error) &&
          plt_demo_sql_copy_end (stream->connection, error) &&
          plt_demo_sql_run (stream->connection, "commit", error);
  plt_demo_rows_clear (&mark);

  return ended;
}

/* Commits all tables when nothing went wrong; otherwise tells what did, and nothing is left. */
gboolean
plt_demo_streams_close (PltDemoStreams  *self,
                        GError         **error)
{
  if (self->reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->reason));
      return FALSE;
    }
  for (int i = 0; i < PLT_DEMO_N_TABLES; i++)
    if (!end_copy (&self->streams[i], error))
      return FALSE;
  if (fclose (g_steal_pointer (&self->truth)) == 0)
    return TRUE;

  return plt_demo_error_from_errno (error, "truth.csv");
}
