/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a connection: resolve, PQconnectPoll, first statements; and trying again after a loss. */
#include "plt-pg-connection-private.h"

#include "plt-pg-error-private.h"
#include "plt-pg-params-private.h"
#include "plt-pg-route.h"
#include "plt-pg-source.h"

#define ATTEMPT_TIMEOUT_S 5   /* per host, where conninfo has no connect_timeout */
#define FIRST_PAUSE_MS 100
#define LONGEST_PAUSE_MS 15000
#define STABLE_AFTER_US (10 * G_USEC_PER_SEC)

static void
clear_timer (PltPgConnection *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
set_timer (PltPgConnection *self,
           guint            delay_ms,
           GSourceFunc      func)
{
  clear_timer (self);
  self->timer = g_timeout_source_new (delay_ms);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, self->context);
}

/* Lets go of the server; the requests stay for the caller to fail. The source goes before the
 * descriptor that it watches. */
void
plt_pg_connect_drop (PltPgConnection *self)
{
  clear_timer (self);
  g_cancellable_cancel (self->resolving);
  g_clear_object (&self->resolving);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->conn, PQfinish);
  g_hash_table_remove_all (self->prepared);
  self->n_cancels = 0;
  self->generation++;
}

static gboolean
pause_over_cb (gpointer user_data)
{
  g_autoptr (PltPgConnection) self = g_object_ref (user_data);

  clear_timer (self);
  plt_pg_connection_become_connecting (self);
  return G_SOURCE_REMOVE;
}

/* Tries again after a pause that doubles each time, with jitter so that an office full of desks
 * does not come back in step. A connection that held is worth a quick first try. */
void
plt_pg_connect_schedule (PltPgConnection *self)
{
  if (self->ready_since != 0 && g_get_monotonic_time () - self->ready_since > STABLE_AFTER_US)
    self->pause_ms = 0;
  self->ready_since = 0;
  self->pause_ms = self->pause_ms == 0 ? FIRST_PAUSE_MS
                                       : MIN (self->pause_ms * 2, LONGEST_PAUSE_MS);
  set_timer (self, (guint) (self->pause_ms * g_random_double_range (0.75, 1.25)), pause_over_cb);
}

static void
setup_done (PltPgConnection *self,
            PltPgRequest    *request,
            GPtrArray       *results,
            GError          *error)
{
  g_clear_pointer (&results, g_ptr_array_unref);
  if (error == NULL)
    plt_pg_connection_become_ready (self);
  else if (self->state != PLT_PG_STATE_CONNECTING)
    g_clear_error (&error); /* lost meanwhile; that has been told */
  else if (plt_pg_error_will_pass (error))
    plt_pg_connection_become_lost (self, error);
  else
    plt_pg_connection_become_failed (self, error);
}

/* What every connection of ours relies on, result formats as plt-pg-result.c reads them, and what
 * this one was given. */
static void
add_settings (PltPgConnection *self,
              GPtrArray       *statements)
{
  PltPgParams *params = plt_pg_params_new ();
  GHashTableIter settings;
  gpointer name, value;

  plt_pg_params_int (params, PLT_PG_DEFAULT_DEADLINE_MS);
  g_ptr_array_add (statements,
                   plt_pg_statement_new (NULL,
                                         "SELECT set_config('datestyle', 'ISO, YMD', false),"
                                         " set_config('bytea_output', 'hex', false),"
                                         /* Every statement here is short. Compiling one, which the
                                          * server does by its guess of the cost, takes 400 ms. */
                                         " set_config('jit', 'off', false),"
                                         " set_config('statement_timeout', $1, false)",
                                         params));
  g_hash_table_iter_init (&settings, self->settings);
  while (g_hash_table_iter_next (&settings, &name, &value))
    {
      params = plt_pg_params_new ();
      plt_pg_params_text (params, name);
      plt_pg_params_text (params, value);
      g_ptr_array_add (statements,
                       plt_pg_statement_new (NULL, "SELECT set_config($1, $2, false)", params));
    }
}

/* Settings, greeting and LISTENs in one round trip. */
static void
send_setup (PltPgConnection *self)
{
  GPtrArray *statements =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_statement_free);
  PltPgRequest *request = plt_pg_request_new (statements, setup_done);

  add_settings (self, statements);
  if (self->greeting_sql != NULL)
    {
      PltPgParams *params = self->greeting_params;

      g_ptr_array_add (statements,
                       plt_pg_statement_new (NULL, self->greeting_sql,
                                             params != NULL ? plt_pg_params_ref (params) : NULL));
    }
  for (guint i = 0; i < self->channels->len; i++)
    {
      g_autofree char *sql =
        plt_pg_exchange_listen_command (self, g_ptr_array_index (self->channels, i));

      g_ptr_array_add (statements, plt_pg_statement_new (NULL, sql, NULL));
    }
  self->server_timeout_ms = PLT_PG_DEFAULT_DEADLINE_MS;
  request->keeps_timeout = TRUE;
  plt_pg_exchange_push (self, request);
}

static void
attempt_failed (PltPgConnection *self)
{
  GError *error = plt_pg_error_new_from_connect (self->conn);

  g_debug ("No connection to the database, SQLSTATE %s", plt_pg_error_get_sqlstate (error));
  if (plt_pg_error_will_pass (error))
    plt_pg_connection_become_lost (self, error);
  else
    plt_pg_connection_become_failed (self, error);
}

static void
follow_poll (PltPgConnection *self)
{
  switch (PQconnectPoll (self->conn))
    {
    case PGRES_POLLING_READING:
      plt_pg_source_watch (self->source, PQsocket (self->conn), G_IO_IN);
      break;
    case PGRES_POLLING_OK:
      clear_timer (self);
      PQsetnonblocking (self->conn, 1);
      plt_pg_source_watch (self->source, PQsocket (self->conn), G_IO_IN);
      send_setup (self);
      break;
    case PGRES_POLLING_FAILED:
      attempt_failed (self);
      break;
    case PGRES_POLLING_WRITING:
    case PGRES_POLLING_ACTIVE:
    default:
      plt_pg_source_watch (self->source, PQsocket (self->conn), G_IO_OUT);
      break;
    }
}

static void
socket_ready_cb (GIOCondition condition,
                 gpointer     user_data)
{
  g_autoptr (PltPgConnection) self = g_object_ref (user_data);

  if (PQstatus (self->conn) == CONNECTION_OK)
    plt_pg_exchange_wake (self, condition);
  else
    follow_poll (self);
}

static guint
find_host (GPtrArray  *hosts,
           const char *address,
           const char *name,
           const char *port)
{
  for (guint i = 0; i < hosts->len; i++)
    {
      PltPgHost *host = g_ptr_array_index (hosts, i);
      gboolean is_it = host->address[0] != '\0' ? g_strcmp0 (host->address, address) == 0
                                                : g_strcmp0 (host->host, name) == 0;

      if (is_it && (host->port[0] == '\0' || g_strcmp0 (host->port, port) == 0))
        return i;
    }
  return 0;
}

/* libpq cannot be told to give up a host that keeps silent, so the next attempt begins with the
 * host behind it, at once while there are some that were not tried. */
static gboolean
attempt_timed_out_cb (gpointer user_data)
{
  g_autoptr (PltPgConnection) self = g_object_ref (user_data);
  GError *error = plt_pg_error_new (PLT_PG_ERROR_OFFLINE, "no answer to the attempt to connect");

  if (self->conn != NULL && self->hosts != NULL && self->hosts->len > 1)
    {
      guint silent = find_host (self->hosts, PQhostaddr (self->conn), PQhost (self->conn),
                                PQport (self->conn));

      self->first_host = (silent + 1) % self->hosts->len;
      self->pause_ms = 0;
    }
  plt_pg_connection_become_lost (self, error);
  return G_SOURCE_REMOVE;
}

static void
ignore_notice (void       *user_data,
               const char *message)
{
  /* Would go to standard error, and may name persons. */
}

static void
start_attempt (PltPgConnection *self,
               GPtrArray       *hosts)
{
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  self->hosts = hosts;
  self->conn = plt_pg_route_start (self->conninfo, self->user, self->password, hosts,
                                   self->first_host);
  g_assert (self->conn != NULL); /* as GLib does when there is no memory */
  if (PQstatus (self->conn) == CONNECTION_BAD)
    {
      /* Nothing was tried on the network: the conninfo itself is wrong, or all refuse at once. */
      attempt_failed (self);
      return;
    }
  PQsetErrorVerbosity (self->conn, PQERRORS_VERBOSE);
  PQsetNoticeProcessor (self->conn, ignore_notice, NULL);
  self->source = plt_pg_source_new (socket_ready_cb, self);
  plt_pg_source_watch (self->source, PQsocket (self->conn), G_IO_OUT);
  g_source_attach (self->source, self->context);
}

static void
hosts_resolved_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (PltPgConnection) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *hosts = plt_pg_route_resolve_finish (result, &error);

  if (hosts == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dropped; another attempt may be under way */
  g_clear_object (&self->resolving);
  if (hosts != NULL)
    start_attempt (self, hosts);
  else
    plt_pg_connection_become_lost (self,
                                   plt_pg_error_new (PLT_PG_ERROR_OFFLINE, error->message));
}

/* The state is CONNECTING. */
void
plt_pg_connect_begin (PltPgConnection *self)
{
  g_autofree char *fault = plt_pg_route_find_fault (self->conninfo);
  g_autoptr (GPtrArray) hosts = NULL;
  guint timeout_s;

  if (fault != NULL)
    {
      plt_pg_connection_become_failed (self, plt_pg_error_new (PLT_PG_ERROR_FAILED, fault));
      return;
    }
  hosts = plt_pg_route_read (self->conninfo, &self->timeout_s);
  timeout_s = self->timeout_s > 0 ? self->timeout_s : ATTEMPT_TIMEOUT_S;
  set_timer (self, timeout_s * 1000, attempt_timed_out_cb);
  self->resolving = g_cancellable_new ();
  plt_pg_route_resolve_async (hosts, self->resolving, hosts_resolved_cb, g_object_ref (self));
}
