/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the hosts out of a conninfo, resolves them with GResolver and starts libpq on them. */
#include "plt-pg-route.h"

#include <string.h>

static void
host_free (gpointer data)
{
  PltPgHost *host = data;

  g_free (host->host);
  g_free (host->address);
  g_free (host->port);
  g_free (host);
}

static void
add_host (GPtrArray  *hosts,
          const char *name,
          const char *address,
          const char *port)
{
  PltPgHost *host = g_new0 (PltPgHost, 1);

  host->host = g_strdup (name);
  host->address = g_strdup (address);
  host->port = g_strdup (port);
  g_ptr_array_add (hosts, host);
}

static const char *
find_option (PQconninfoOption *options,
             const char       *keyword)
{
  for (PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++)
    if (g_str_equal (option->keyword, keyword))
      return option->val != NULL ? option->val : "";
  return "";
}

/* libpq alone knows how environment, service files, keywords and URIs add up, and tells it only
 * of a connection. One with an impossible sslmode fails before it touches any network. */
static PQconninfoOption *
read_options (const char *conninfo)
{
  const char *keywords[] = { "dbname", "sslmode", NULL };
  const char *values[] = { conninfo != NULL ? conninfo : "", "-", NULL };
  PGconn *probe = PQconnectStartParams (keywords, values, 1);
  PQconninfoOption *options = probe != NULL ? PQconninfo (probe) : NULL;

  PQfinish (probe);
  return options;
}

/**
 * plt_pg_route_find_fault:
 *
 * Returns: (transfer full) (nullable): what libpq cannot read in @conninfo. A bare database name is
 *   never wrong.
 */
char *
plt_pg_route_find_fault (const char *conninfo)
{
  char *message = NULL;
  char *fault = NULL;

  if (strchr (conninfo, '=') == NULL && strstr (conninfo, "://") == NULL)
    return NULL;
  PQconninfoOption *options = PQconninfoParse (conninfo, &message);
  if (options == NULL)
    fault = g_strdup (message != NULL ? g_strchomp (message) : "");
  PQconninfoFree (options);
  PQfreemem (message);
  return fault;
}

static const char *
nth_or_empty (char **list,
              guint  n)
{
  return n < g_strv_length (list) ? list[n] : "";
}

/**
 * plt_pg_route_read:
 * @conninfo: (nullable): keywords, URI or database name
 * @timeout_s: (out): its connect_timeout, 0 if it names none
 *
 * Returns: (transfer container) (element-type PltPgHost): at least one; names not yet resolved
 */
GPtrArray *
plt_pg_route_read (const char *conninfo,
                   guint      *timeout_s)
{
  PQconninfoOption *options = read_options (conninfo);
  GPtrArray *hosts = g_ptr_array_new_with_free_func (host_free);
  g_auto (GStrv) names = g_strsplit (find_option (options, "host"), ",", -1);
  g_auto (GStrv) addresses = g_strsplit (find_option (options, "hostaddr"), ",", -1);
  g_auto (GStrv) ports = g_strsplit (find_option (options, "port"), ",", -1);
  guint n_hosts = MAX (1, MAX (g_strv_length (names), g_strv_length (addresses)));
  gboolean one_port = g_strv_length (ports) == 1;

  for (guint i = 0; i < n_hosts; i++)
    add_host (hosts, nth_or_empty (names, i), nth_or_empty (addresses, i),
              nth_or_empty (ports, one_port ? 0 : i));
  *timeout_s = (guint) CLAMP (g_ascii_strtoll (find_option (options, "connect_timeout"), NULL, 10),
                              0, 3600);
  PQconninfoFree (options);
  return hosts;
}

/* A folder ("/…") or an abstract name ("@…") is a Unix socket. */
static gboolean
needs_look_up (PltPgHost *host)
{
  return host->address[0] == '\0' && host->host[0] != '\0'
         && host->host[0] != '/' && host->host[0] != '@';
}

typedef struct
{
  GPtrArray *hosts;   /* as read */
  GPtrArray *answers; /* one per host: GPtrArray of char *, or NULL */
  guint      n_pending;
  GError    *error;   /* of the first name that was not found */
} ResolveTask;

static void
resolve_task_free (gpointer data)
{
  ResolveTask *state = data;

  g_ptr_array_unref (state->hosts);
  g_ptr_array_unref (state->answers);
  g_clear_error (&state->error);
  g_free (state);
}

/* libpq takes one address for each host, so a name with several becomes several hosts. */
static GPtrArray *
expand (ResolveTask *state)
{
  GPtrArray *hosts = g_ptr_array_new_with_free_func (host_free);

  for (guint i = 0; i < state->hosts->len; i++)
    {
      PltPgHost *host = g_ptr_array_index (state->hosts, i);
      GPtrArray *addresses = g_ptr_array_index (state->answers, i);

      if (!needs_look_up (host))
        add_host (hosts, host->host, host->address, host->port);
      for (guint j = 0; addresses != NULL && j < addresses->len; j++)
        add_host (hosts, host->host, g_ptr_array_index (addresses, j), host->port);
    }
  return hosts;
}

static void
return_if_done (GTask *task)
{
  ResolveTask *state = g_task_get_task_data (task);
  g_autoptr (GPtrArray) hosts = NULL;

  if (state->n_pending > 0 || g_task_return_error_if_cancelled (task))
    return;
  hosts = expand (state);
  if (hosts->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&hosts), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&state->error));
}

typedef struct
{
  GTask *task;
  guint  host;
} LookUp;

static void
name_resolved_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autofree LookUp *look_up = user_data;
  g_autoptr (GTask) task = look_up->task;
  ResolveTask *state = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, &error);
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);

  for (GList *item = found; item != NULL; item = item->next)
    g_ptr_array_add (addresses, g_inet_address_to_string (item->data));
  g_resolver_free_addresses (found);
  g_ptr_array_index (state->answers, look_up->host) = addresses;
  if (error != NULL && state->error == NULL)
    state->error = g_steal_pointer (&error);

  state->n_pending--;
  return_if_done (task);
}

static void
free_answer (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

/**
 * plt_pg_route_resolve_async:
 * @hosts: (element-type PltPgHost): as plt_pg_route_read() gave them
 *
 * Fails only when no host is left: then with the resolver's error.
 */
void
plt_pg_route_resolve_async (GPtrArray           *hosts,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  ResolveTask *state = g_new0 (ResolveTask, 1);

  g_task_set_name (task, G_STRFUNC);
  state->hosts = g_ptr_array_ref (hosts);
  state->answers = g_ptr_array_new_with_free_func (free_answer);
  g_ptr_array_set_size (state->answers, (int) hosts->len);
  g_task_set_task_data (task, state, resolve_task_free);

  for (guint i = 0; i < hosts->len; i++)
    {
      PltPgHost *host = g_ptr_array_index (hosts, i);
      LookUp *look_up;

      if (!needs_look_up (host))
        continue;
      look_up = g_new0 (LookUp, 1);
      look_up->task = g_object_ref (task);
      look_up->host = i;
      state->n_pending++;
      g_resolver_lookup_by_name_async (resolver, host->host, cancellable, name_resolved_cb,
                                       look_up);
    }
  return_if_done (task);
}

/* Returns: (transfer container) (element-type PltPgHost): all with a numeric address or a socket */
GPtrArray *
plt_pg_route_resolve_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
append_item (GString    *list,
             guint       n,
             const char *item)
{
  if (n > 0)
    g_string_append_c (list, ',');
  g_string_append (list, item);
}

/**
 * plt_pg_route_start:
 * @hosts: (element-type PltPgHost): resolved; none that needs a look-up
 * @first: which of them to try first; the others follow in order, then those before it
 *
 * Returns: (transfer full) (nullable): a connection that has begun, or failed already; NULL when
 *   out of memory
 */
PGconn *
plt_pg_route_start (const char *conninfo,
                    const char *user,
                    const char *password,
                    GPtrArray  *hosts,
                    guint       first)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) addresses = g_string_new (NULL);
  g_autoptr (GString) ports = g_string_new (NULL);

  for (guint i = 0; i < hosts->len; i++)
    {
      PltPgHost *host = g_ptr_array_index (hosts, (first + i) % hosts->len);

      append_item (names, i, host->host);
      append_item (addresses, i, host->address);
      append_item (ports, i, host->port);
    }

  /* Later ones win; empty ones mean libpq's own default. A dead peer is noticed within a minute
   * even when nothing is asked. */
  const char *keywords[] = { "fallback_application_name", "keepalives_idle",
                             "keepalives_interval", "keepalives_count", "dbname", "user",
                             "password", "host", "hostaddr", "port", "client_encoding", NULL };
  const char *values[] = { "platen", "30", "10", "3", conninfo, user, password, names->str,
                           addresses->str, ports->str, "UTF8", NULL };
  return PQconnectStartParams (keywords, values, 1);
}
