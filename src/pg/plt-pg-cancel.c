/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadlines and cancellation of requests, waiting or running. */
#include "plt-pg-connection-private.h"

#include "plt-pg-error-private.h"

typedef struct
{
  PltPgConnection *connection; /* borrowed: the request is in its hands */
  PltPgRequest    *request;
} Watch;

/* Worker: PQcancel() opens a connection of its own and waits until the server closes it. */
static void
cancel_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  char message[256];

  if (!PQcancel (task_data, message, sizeof message))
    g_debug ("A statement could not be cancelled: %s", message);
  g_task_return_boolean (task, TRUE);
}

typedef struct
{
  GWeakRef connection;
  guint    generation;
} CancelSent;

static void
cancel_sent_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  CancelSent *sent = user_data;
  g_autoptr (PltPgConnection) self = g_weak_ref_get (&sent->connection);

  if (self != NULL && self->generation == sent->generation)
    {
      self->n_cancels--;
      plt_pg_exchange_start_next (self);
    }
  g_weak_ref_clear (&sent->connection);
  g_free (sent);
}

/* The next request waits until the cancel has reached the server: else it could hit that one. A
 * server that is frozen holds only the worker. */
void
plt_pg_cancel_send (PltPgConnection *self)
{
  PGcancel *cancel = PQgetCancel (self->conn);
  CancelSent *sent;
  g_autoptr (GTask) task = NULL;

  if (cancel == NULL)
    return;
  sent = g_new0 (CancelSent, 1);
  g_weak_ref_init (&sent->connection, self);
  sent->generation = self->generation;
  self->n_cancels++;
  task = g_task_new (NULL, NULL, cancel_sent_cb, sent);
  g_task_set_name (task, G_STRFUNC);
  g_task_set_task_data (task, cancel, (GDestroyNotify) PQfreeCancel);
  g_task_run_in_thread (task, cancel_in_thread);
}

static void
stop_running (PltPgConnection *self,
              PltPgRequest    *request)
{
  if (request->stopping)
    return;
  request->stopping = TRUE;
  plt_pg_cancel_send (self);
}

static GSource *
add_timeout (Watch       *watch,
             guint        delay_ms,
             GSourceFunc  func)
{
  GSource *source = g_timeout_source_new (delay_ms);

  g_source_set_callback (source, func, g_memdup2 (watch, sizeof *watch), g_free);
  g_source_attach (source, watch->connection->context);
  return source;
}

/* Told to stop and still silent: the server or the way to it is frozen. */
static gboolean
grace_over_cb (gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (PltPgConnection) self = g_object_ref (watch->connection);

  plt_pg_connection_become_lost (self, plt_pg_error_new (PLT_PG_ERROR_OFFLINE,
                                                         "no answer within the deadline"));
  return G_SOURCE_REMOVE;
}

static gboolean
deadline_over_cb (gpointer user_data)
{
  Watch watch = *(Watch *) user_data;
  g_autoptr (PltPgConnection) self = g_object_ref (watch.connection);
  PltPgRequest *request = watch.request;

  if (self->current == request)
    {
      stop_running (self, request);
      g_source_unref (request->deadline); /* it is removed by what this returns */
      request->deadline = add_timeout (&watch, PLT_PG_GRACE_MS, grace_over_cb);
      return G_SOURCE_REMOVE;
    }
  g_queue_remove (&self->requests, request);
  plt_pg_request_finish (request, self, NULL,
                         plt_pg_error_new (PLT_PG_ERROR_TIMED_OUT, "it waited in the queue"));
  return G_SOURCE_REMOVE;
}

static void
ignore_abandoned (PltPgConnection *connection,
                  PltPgRequest    *request,
                  GPtrArray       *results,
                  GError          *error)
{
  g_clear_pointer (&results, g_ptr_array_unref);
  g_clear_error (&error);
}

/* The caller is told at once; the request stays the current one until the server has answered. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Watch watch = *(Watch *) user_data;
  g_autoptr (PltPgConnection) self = g_object_ref (watch.connection);
  PltPgRequest *request = watch.request;
  g_autoptr (GTask) task = g_steal_pointer (&request->task);

  request->done = ignore_abandoned;
  if (self->current == request)
    stop_running (self, request);
  else
    {
      g_queue_remove (&self->requests, request);
      plt_pg_request_free (request);
    }
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* Called once, when @request joins the queue. */
void
plt_pg_cancel_watch (PltPgConnection *self,
                     PltPgRequest    *request)
{
  Watch watch = { self, request };
  GCancellable *cancellable = request->task != NULL ? g_task_get_cancellable (request->task) : NULL;

  request->deadline = add_timeout (&watch, request->deadline_ms, deadline_over_cb);
  if (cancellable == NULL)
    return;
  request->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (request->cancelled, (GSourceFunc) (void (*) (void)) cancelled_cb,
                         g_memdup2 (&watch, sizeof watch), g_free);
  g_source_attach (request->cancelled, self->context);
}
