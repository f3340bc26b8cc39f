/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks one registry within its time budget, again if that may help, and not at all for a moment
 * when it has just been found to be down. */
#include "plt-registry-client-private.h"

#include "plt-registry-adapter.h"
#include "plt-registry-attempt.h"
#include "plt-registry-credentials.h"

#include <glib/gi18n-lib.h>

/* After so many failed connections in a row nobody is made to wait for another … */
#define BREAKER_FAILURES 3
/* … for so long; then the next one who asks tries it out. */
#define BREAKER_PAUSE_US (5 * G_USEC_PER_SEC)

struct _PltRegistryClient
{
  GObject                 parent_instance;

  PltRegistryAdapter     *adapter;
  PltRegistryCredentials *credentials;
  SoupSession            *session;
  int                     failures;     /* questions in a row that ended without a connection */
  gint64                  closed_until; /* monotonic; 0 if nothing is wrong */
};

/* One question of one caller. Two parties hold it: the budget's timer and the attempt under way,
 * which may outlive the answer. */
typedef struct
{
  GTask        *task;     /* NULL once it has returned */
  char         *id_number;
  GCancellable *attempt;  /* of the request under way; not the caller's */
  GSource      *deadline;
  GSource      *cancelled;
  GSource      *pause;
  gint64        started;  /* monotonic */
  int           attempts;
} Ask;

G_DEFINE_FINAL_TYPE (PltRegistryClient, plt_registry_client, G_TYPE_OBJECT)

static void start_attempt (Ask *ask);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
clear_ask (gpointer data)
{
  Ask *ask = data;

  clear_source (&ask->deadline);
  clear_source (&ask->cancelled);
  clear_source (&ask->pause);
  g_clear_object (&ask->task);
  g_clear_object (&ask->attempt);
  g_free (ask->id_number);
}

static void
unref_ask (Ask *ask)
{
  g_rc_box_release_full (ask, clear_ask);
}

static gboolean
is_over (Ask *ask)
{
  return ask->task == NULL;
}

static int
get_elapsed_ms (Ask *ask)
{
  return (int) ((g_get_monotonic_time () - ask->started) / 1000);
}

/* Ends everything of @ask and gives the task to return with. */
static GTask *
end_ask (Ask *ask)
{
  clear_source (&ask->deadline);
  clear_source (&ask->cancelled);
  clear_source (&ask->pause);
  g_cancellable_cancel (ask->attempt);

  return g_steal_pointer (&ask->task);
}

static void
return_answer (Ask             *ask,
               PltSourceAnswer *answer)
{
  int elapsed_ms = get_elapsed_ms (ask);
  g_autoptr (GTask) task = end_ask (ask);

  plt_source_answer_set_elapsed_ms (answer, elapsed_ms);
  g_debug ("%s: %s after %d ms", plt_source_to_nick (plt_source_answer_get_source (answer)),
           plt_source_state_to_nick (plt_source_answer_get_state (answer)), elapsed_ms);
  g_task_return_pointer (task, answer, (GDestroyNotify) plt_source_answer_unref);
}

static PltSourceAnswer *
new_failure (PltRegistryClient *self,
             PltSourceState     state,
             const char        *message)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PltSourceAnswer *answer = plt_source_answer_new (self->adapter->source, state, now);

  plt_source_answer_set_message (answer, message);

  return answer;
}

static void
note_end (PltRegistryClient *self,
          PltAttemptEnd      end)
{
  if (end != PLT_ATTEMPT_END_TRANSPORT)
    {
      self->failures = 0;
      self->closed_until = 0;
      return;
    }
  self->failures++;
  if (self->failures >= BREAKER_FAILURES)
    self->closed_until = g_get_monotonic_time () + BREAKER_PAUSE_US;
}

/* Between the pauses one caller alone tries it out: the others would only wait with it. */
static gboolean
is_closed (PltRegistryClient *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->failures < BREAKER_FAILURES)
    return FALSE;
  if (now < self->closed_until)
    return TRUE;
  self->closed_until = now + self->adapter->budget_ms * G_GINT64_CONSTANT (1000);

  return FALSE;
}

static gboolean
deadline_reached_cb (gpointer user_data)
{
  Ask *ask = user_data;
  PltRegistryClient *self = g_task_get_source_object (ask->task);
  g_autofree char *message =
    g_strdup_printf (_("“%s” did not answer in time. Go on with what is known, or ask it again "
                       "later."),
                     self->adapter->title);

  return_answer (ask, new_failure (self, PLT_SOURCE_STATE_TIMED_OUT, message));

  return G_SOURCE_REMOVE;
}

static gboolean
caller_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  Ask *ask = user_data;
  g_autoptr (GTask) task = end_ask (ask);

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static gboolean
pause_over_cb (gpointer user_data)
{
  Ask *ask = user_data;

  clear_source (&ask->pause);
  start_attempt (ask);

  return G_SOURCE_REMOVE;
}

/* Half to one and a half times the pause, so that desks which failed together do not return
 * together. */
static gboolean
schedule_retry (Ask           *ask,
                PltAttemptEnd  end)
{
  PltRegistryClient *self = g_task_get_source_object (ask->task);
  int pause_ms = self->adapter->pause_ms;

  if (end == PLT_ATTEMPT_END_ANSWER || ask->attempts >= self->adapter->attempts)
    return FALSE;
  if (pause_ms > 0)
    pause_ms = g_random_int_range (pause_ms / 2, pause_ms + pause_ms / 2 + 1);
  if (get_elapsed_ms (ask) + pause_ms >= self->adapter->budget_ms)
    return FALSE;

  ask->pause = g_timeout_source_new ((guint) pause_ms);
  g_source_set_callback (ask->pause, pause_over_cb, g_rc_box_acquire (ask),
                         (GDestroyNotify) unref_ask);
  g_source_attach (ask->pause, g_task_get_context (ask->task));

  return TRUE;
}

static void
attempt_ended_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Ask *ask = user_data;
  PltAttemptEnd end = PLT_ATTEMPT_END_ANSWER;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltSourceAnswer) answer = plt_registry_attempt_finish (result, &end, &error);

  /* The budget is over or the caller is gone: nobody is told, and it says nothing of the net. */
  if (!is_over (ask))
    {
      /* The attempt is cancelled by end_ask() alone, so there is an answer. */
      g_assert (answer != NULL);
      if (!schedule_retry (ask, end))
        {
          note_end (g_task_get_source_object (ask->task), end);
          return_answer (ask, g_steal_pointer (&answer));
        }
    }
  unref_ask (ask);
}

static void
start_attempt (Ask *ask)
{
  PltRegistryClient *self = g_task_get_source_object (ask->task);

  ask->attempts++;
  plt_registry_attempt_async (self->session, self->adapter, self->credentials, ask->id_number,
                              ask->attempt, attempt_ended_cb, g_rc_box_acquire (ask));
}

static void
watch_ask (Ask               *ask,
           PltRegistryClient *self)
{
  GCancellable *cancellable = g_task_get_cancellable (ask->task);
  GMainContext *context = g_task_get_context (ask->task);

  ask->deadline = g_timeout_source_new ((guint) self->adapter->budget_ms);
  g_source_set_priority (ask->deadline, G_PRIORITY_HIGH);
  g_source_set_callback (ask->deadline, deadline_reached_cb, g_rc_box_acquire (ask),
                         (GDestroyNotify) unref_ask);
  g_source_attach (ask->deadline, context);
  if (cancellable == NULL)
    return;

  ask->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (ask->cancelled, G_SOURCE_FUNC (caller_cancelled_cb),
                         g_rc_box_acquire (ask), (GDestroyNotify) unref_ask);
  g_source_attach (ask->cancelled, context);
}

static void
plt_registry_client_finalize (GObject *object)
{
  PltRegistryClient *self = PLT_REGISTRY_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->credentials, plt_registry_credentials_free);
  g_clear_pointer (&self->adapter, plt_registry_adapter_unref);

  G_OBJECT_CLASS (plt_registry_client_parent_class)->finalize (object);
}

static void
plt_registry_client_class_init (PltRegistryClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_registry_client_finalize;
}

static void
plt_registry_client_init (PltRegistryClient *self)
{
}

static SoupSession *
new_session (PltRegistryAdapter     *adapter,
             PltRegistryCredentials *credentials)
{
  /* Per wait on the socket; the budget is held by a timer of the question. */
  guint timeout_s = (guint) adapter->budget_ms / 1000 + 1;
  SoupSession *session = soup_session_new_with_options ("timeout", timeout_s,
                                                        "idle-timeout", 60,
                                                        "max-conns", 8,
                                                        "max-conns-per-host", 8,
                                                        "user-agent", "Platen",
                                                        NULL);

  if (credentials->authorities != NULL)
    soup_session_set_tls_database (session, credentials->authorities);

  return session;
}

/**
 * plt_registry_client_new_from_file:
 * @path: an adapter file (data/registries/README.md)
 * @error: %PLT_REGISTRY_ERROR_ADAPTER or %PLT_REGISTRY_ERROR_CREDENTIALS
 *
 * Reads the file and the credentials it names; connects to nobody.
 *
 * Returns: (transfer full) (nullable): a client
 */
PltRegistryClient *
plt_registry_client_new_from_file (const char  *path,
                                   GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (PltRegistryAdapter) adapter = plt_registry_adapter_new_from_file (path, error);

  if (adapter == NULL)
    return NULL;

  g_autoptr (PltRegistryCredentials) credentials = plt_registry_credentials_new (adapter, error);

  if (credentials == NULL)
    return NULL;

  PltRegistryClient *self = g_object_new (PLT_TYPE_REGISTRY_CLIENT, NULL);

  self->session = new_session (adapter, credentials);
  self->adapter = g_steal_pointer (&adapter);
  self->credentials = g_steal_pointer (&credentials);

  return self;
}

PltSource
plt_registry_client_get_source (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), PLT_SOURCE_IDENTITY);

  return self->adapter->source;
}

const char *
plt_registry_client_get_title (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), NULL);

  return self->adapter->title;
}

int
plt_registry_client_get_budget_ms (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), 0);

  return self->adapter->budget_ms;
}

/* Lent to the other files of this folder. */
PltRegistryAdapter *
plt_registry_client_get_adapter (PltRegistryClient *self)
{
  return self->adapter;
}

PltRegistryCredentials *
plt_registry_client_get_credentials (PltRegistryClient *self)
{
  return self->credentials;
}

SoupSession *
plt_registry_client_get_session (PltRegistryClient *self)
{
  return self->session;
}

/**
 * plt_registry_client_ask_async:
 * @self: a client
 * @id_number: 11 digits, as plt_id_number_normalise() gives them
 * @cancellable: (nullable): ends it at once
 * @callback: called within the time budget
 * @user_data: for @callback
 *
 * Must be called, and calls back, in the thread that owns the thread-default main context of the
 * client's other calls.
 */
void
plt_registry_client_ask_async (PltRegistryClient   *self,
                               const char          *id_number,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (PLT_IS_REGISTRY_CLIENT (self));
  g_return_if_fail (id_number != NULL);

  Ask *ask = g_rc_box_new0 (Ask);

  ask->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (ask->task, "registry-ask");
  ask->id_number = g_strdup (id_number);
  ask->attempt = g_cancellable_new ();
  ask->started = g_get_monotonic_time ();

  if (is_closed (self))
    {
      g_autofree char *message =
        g_strdup_printf (_("“%s” could not be reached several times just now and was not asked "
                           "again. Ask it in some seconds, or go on with what is known."),
                         self->adapter->title);

      return_answer (ask, new_failure (self, PLT_SOURCE_STATE_UNREACHABLE, message));
    }
  else
    {
      watch_ask (ask, self);
      start_attempt (ask);
    }
  unref_ask (ask);
}

/**
 * plt_registry_client_ask_finish:
 * @self: a client
 * @result: what the callback got
 * @error: %G_IO_ERROR_CANCELLED alone
 *
 * Returns: (transfer full) (nullable): the answer, whatever it is; its message says what is wrong
 */
PltSourceAnswer *
plt_registry_client_ask_finish (PltRegistryClient  *self,
                                GAsyncResult       *result,
                                GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_adapter_name (const char *name)
{
  return g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json") &&
         name[0] != '.';
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

static GPtrArray *
list_adapters (const char  *folder,
               GError     **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) fault = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &fault);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER,
                   /* Translators: a folder, then what is wrong with it. */
                   _("No registries can be asked, because their folder “%s” cannot be read: %s"),
                   folder, fault->message);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (is_adapter_name (name))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort (paths, compare_names);

  return g_steal_pointer (&paths);
}

/**
 * plt_registry_clients_load:
 * @folder: where the adapter files are
 * @error: as plt_registry_client_new_from_file(), also for a folder that cannot be read and for
 *   two files of one source
 *
 * Returns: (transfer full) (element-type PltRegistryClient) (nullable): one client for each
 *   *.json (but *.schema.json), by file name
 */
GPtrArray *
plt_registry_clients_load (const char  *folder,
                           GError     **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) paths = list_adapters (folder, error);
  gboolean seen[PLT_N_SOURCES] = { FALSE };

  for (guint i = 0; paths != NULL && i < paths->len; i++)
    {
      const char *path = paths->pdata[i];
      PltRegistryClient *client = plt_registry_client_new_from_file (path, error);

      if (client == NULL)
        return NULL;
      g_ptr_array_add (clients, client);
      if (seen[client->adapter->source])
        {
          g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER,
                       _("The registry file “%s” cannot be used: source: another file of the "
                         "folder is the same source. Remove one."), path);
          return NULL;
        }
      seen[client->adapter->source] = TRUE;
    }

  return paths != NULL ? g_steal_pointer (&clients) : NULL;
}
