/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks one registry, and knows how it has been doing: while it is down nobody is made to wait for
 * it, and a probe at a time finds out when it is back. */
#include "plt-registry-client-private.h"

#include "plt-registry-question.h"

#include <glib/gi18n-lib.h>

struct _PltRegistryClient
{
  GObject             parent_instance;

  PltRegistryLine     line;
  PltRegistryHealth   health;
  PltRegistryBreaker  breaker;
  PltRegistryBreaker  search_breaker; /* a search may be down while look-ups are answered */
  GSource            *probe_timer;
  GPtrArray          *probes;     /* GTask: who waits for the probe under way */
  gboolean            is_probing;
};

enum
{
  CHANGED,
  CAME_BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltRegistryClient, plt_registry_client, G_TYPE_OBJECT)

static void start_probe (PltRegistryClient *self);

static void
clear_probe_timer (PltRegistryClient *self)
{
  if (self->probe_timer == NULL)
    return;
  g_source_destroy (self->probe_timer);
  g_clear_pointer (&self->probe_timer, g_source_unref);
}

static gboolean
probe_due_cb (gpointer user_data)
{
  PltRegistryClient *self = user_data;

  clear_probe_timer (self);
  start_probe (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_probe (PltRegistryClient *self)
{
  gint64 pause_us = MAX (self->breaker.probe_at - g_get_monotonic_time (), 0);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  clear_probe_timer (self);
  self->probe_timer = g_timeout_source_new ((guint) (pause_us / 1000));
  g_source_set_callback (self->probe_timer, probe_due_cb, self, NULL);
  g_source_attach (self->probe_timer, context);
}

/* Returns: whether the registry has come back by this. */
static gboolean
note_end (PltRegistryClient *self,
          gboolean           answered)
{
  if (answered)
    {
      clear_probe_timer (self);
      return plt_registry_breaker_note_success (&self->breaker);
    }
  if (plt_registry_breaker_note_failure (&self->breaker, g_get_monotonic_time (),
                                         g_random_double ()))
    schedule_probe (self);

  return FALSE;
}

/* A registry that says it is in trouble is as down as one that cannot be reached. */
static void
question_ended_cb (GObject         *client,
                   PltSourceAnswer *answer,
                   PltAttemptEnd    end,
                   PltRegistryHop   hop)
{
  PltRegistryClient *self = PLT_REGISTRY_CLIENT (client);
  gboolean came_back = note_end (self, end == PLT_ATTEMPT_END_ANSWER);

  plt_registry_health_note (&self->health, answer, hop);
  g_signal_emit (self, signals[CHANGED], 0);
  if (came_back)
    g_signal_emit (self, signals[CAME_BACK], 0);
}

static void
probe_ended_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  PltRegistryClient *self = PLT_REGISTRY_CLIENT (source);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->probes);
  g_autoptr (PltSourceAnswer) answer = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_probing = FALSE;
  self->probes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_pointer (waiting->pdata[i], plt_source_answer_ref (answer),
                           (GDestroyNotify) plt_source_answer_unref);
}

/* One at a time, however many want one. */
static void
start_probe (PltRegistryClient *self)
{
  if (self->is_probing)
    return;

  GTask *task = g_task_new (self, NULL, probe_ended_cb, NULL);

  g_task_set_name (task, "registry-probe");
  clear_probe_timer (self);
  self->is_probing = TRUE;
  if (plt_registry_breaker_begin_probe (&self->breaker))
    g_signal_emit (self, signals[CHANGED], 0);
  plt_registry_question_start (&self->line, task, NULL, question_ended_cb);
}

static void
plt_registry_client_finalize (GObject *object)
{
  PltRegistryClient *self = PLT_REGISTRY_CLIENT (object);

  clear_probe_timer (self);
  plt_registry_health_clear (&self->health);
  g_ptr_array_unref (self->probes);
  g_free (self->line.staff);
  g_clear_object (&self->line.session);
  g_clear_pointer (&self->line.credentials, plt_registry_credentials_free);
  g_clear_pointer (&self->line.adapter, plt_registry_adapter_unref);

  G_OBJECT_CLASS (plt_registry_client_parent_class)->finalize (object);
}

static void
plt_registry_client_class_init (PltRegistryClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_registry_client_finalize;

  signals[CHANGED] = g_signal_new ("changed", PLT_TYPE_REGISTRY_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[CAME_BACK] = g_signal_new ("came-back", PLT_TYPE_REGISTRY_CLIENT, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
plt_registry_client_init (PltRegistryClient *self)
{
  self->probes = g_ptr_array_new_with_free_func (g_object_unref);
}

static SoupSession *
new_session (PltRegistryAdapter     *adapter,
             PltRegistryCredentials *credentials)
{
  /* Per wait on the socket; budget and what comes late are held by timers of the question. */
  guint timeout_s = (guint) (adapter->budget_ms + adapter->late_ms) / 1000 + 1;
  SoupSession *session = soup_session_new_with_options ("timeout", timeout_s,
                                                        "idle-timeout", 60,
                                                        "max-conns", adapter->concurrency,
                                                        "max-conns-per-host", adapter->concurrency,
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

  plt_registry_breaker_init (&self->breaker, adapter->breaker_failures, adapter->breaker_pause_ms,
                             adapter->breaker_max_pause_ms);
  self->search_breaker = self->breaker;
  self->line.session = new_session (adapter, credentials);
  self->line.adapter = g_steal_pointer (&adapter);
  self->line.credentials = g_steal_pointer (&credentials);

  return self;
}

PltSource
plt_registry_client_get_source (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), PLT_SOURCE_IDENTITY);

  return self->line.adapter->source;
}

const char *
plt_registry_client_get_title (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), NULL);

  return self->line.adapter->title;
}

const char *
plt_registry_client_get_file (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), NULL);

  return self->line.adapter->file;
}

/* (transfer full): name and port of its server, for people. */
char *
plt_registry_client_dup_host (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), NULL);

  g_autofree char *uri = plt_registry_adapter_make_probe (self->line.adapter);
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL);
  int port = g_uri_get_port (parsed);

  return port < 0 ? g_strdup (g_uri_get_host (parsed))
                  : g_strdup_printf ("%s:%d", g_uri_get_host (parsed), port);
}

/* Whether it is no registry but the service that gives out what was prepared at home. */
gboolean
plt_registry_client_is_preenrolment (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), FALSE);

  return self->line.adapter->is_prepared;
}

int
plt_registry_client_get_budget_ms (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), 0);

  return self->line.adapter->budget_ms;
}

/* Lent to the other files of this folder. */
PltRegistryAdapter *
plt_registry_client_get_adapter (PltRegistryClient *self)
{
  return self->line.adapter;
}

PltRegistryCredentials *
plt_registry_client_get_credentials (PltRegistryClient *self)
{
  return self->line.credentials;
}

const char *
plt_registry_client_get_staff (PltRegistryClient *self)
{
  return self->line.staff;
}

SoupSession *
plt_registry_client_get_session (PltRegistryClient *self)
{
  return self->line.session;
}

/* How long an answer may be shown as the last known one, in seconds; 0 is never. */
int
plt_registry_client_get_cache_s (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), 0);

  return self->line.adapter->cache_s;
}

/* @login: (nullable): who asks from now on, for registries that want to be told (X-Road-UserId). */
void
plt_registry_client_set_staff (PltRegistryClient *self,
                               const char        *login)
{
  g_return_if_fail (PLT_IS_REGISTRY_CLIENT (self));

  if (g_strcmp0 (self->line.staff, login) == 0)
    return;
  g_free (self->line.staff);
  self->line.staff = g_strdup (login);
}

const PltRegistryHealth *
plt_registry_client_get_health (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), NULL);

  return &self->health;
}

const PltRegistryBreaker *
plt_registry_client_get_breaker (PltRegistryClient *self)
{
  g_return_val_if_fail (PLT_IS_REGISTRY_CLIENT (self), NULL);

  return &self->breaker;
}

/**
 * plt_registry_client_begin_search:
 * @self: a client
 *
 * Nobody searches a registry that is down. While only its search is down, one search is let through
 * when the pause is over, as a probe.
 */
gboolean
plt_registry_client_begin_search (PltRegistryClient *self)
{
  PltRegistryBreaker *search = &self->search_breaker;

  if (self->breaker.state != PLT_REGISTRY_BREAKER_CLOSED)
    return FALSE;
  if (search->state == PLT_REGISTRY_BREAKER_CLOSED)
    return TRUE;

  return g_get_monotonic_time () >= search->probe_at && plt_registry_breaker_begin_probe (search);
}

/**
 * plt_registry_client_end_search:
 * @self: a client
 * @end: how a search that plt_registry_client_begin_search() allowed has ended
 *
 * What only the search suffers from does not keep anybody from looking a person up.
 */
void
plt_registry_client_end_search (PltRegistryClient *self,
                                PltSearchEnd       end)
{
  gboolean came_back = FALSE;

  if (end == PLT_SEARCH_END_ANSWER)
    plt_registry_breaker_note_success (&self->search_breaker);
  else if (end == PLT_SEARCH_END_CANCELLED)
    plt_registry_breaker_drop_probe (&self->search_breaker);
  else
    plt_registry_breaker_note_failure (&self->search_breaker, g_get_monotonic_time (),
                                       g_random_double ());
  if (end != PLT_SEARCH_END_ANSWER && end != PLT_SEARCH_END_UNREACHABLE)
    return;
  came_back = note_end (self, end == PLT_SEARCH_END_ANSWER);
  g_signal_emit (self, signals[CHANGED], 0);
  if (came_back)
    g_signal_emit (self, signals[CAME_BACK], 0);
}

static PltSourceAnswer *
new_spared_answer (PltRegistryClient *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PltSourceAnswer *answer =
    plt_source_answer_new (self->line.adapter->source, PLT_SOURCE_STATE_UNREACHABLE, now);
  g_autofree char *message =
    g_strdup_printf (_("“%s” could not be reached several times just now and was not asked again. "
                       "It is tried by itself until it answers; go on with what is known."),
                     self->line.adapter->title);

  plt_source_answer_set_message (answer, message);

  return answer;
}

/**
 * plt_registry_client_ask_async:
 * @self: a client
 * @id_number: 11 digits, as plt_id_number_normalise() gives them; or the code of a prepared
 *   application, as plt_prepared_code_normalise() does, where plt_registry_client_is_preenrolment()
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

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_name (task, "registry-ask");
  if (self->breaker.state == PLT_REGISTRY_BREAKER_CLOSED)
    plt_registry_question_start (&self->line, g_steal_pointer (&task), id_number,
                                 question_ended_cb);
  else
    g_task_return_pointer (task, new_spared_answer (self),
                           (GDestroyNotify) plt_source_answer_unref);
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

/**
 * plt_registry_client_follow_async:
 * @self: a client
 * @question: what the callback of plt_registry_client_ask_async() got
 * @cancellable: (nullable): ends it at once
 * @callback: called when an answer has come late, or none will
 * @user_data: for @callback
 */
void
plt_registry_client_follow_async (PltRegistryClient   *self,
                                  GAsyncResult        *question,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (PLT_IS_REGISTRY_CLIENT (self));
  g_return_if_fail (g_task_is_valid (question, self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_name (task, "registry-follow");
  if (!plt_registry_question_follow (G_TASK (question), task))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Nothing is under way");
}

/**
 * plt_registry_client_follow_finish:
 * @self: a client
 * @result: what the callback got
 * @error: %G_IO_ERROR_CANCELLED, or %G_IO_ERROR_TIMED_OUT when nothing came
 *
 * Returns: (transfer full) (nullable): the late answer, whatever it is
 */
PltSourceAnswer *
plt_registry_client_follow_finish (PltRegistryClient  *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plt_registry_client_probe_async (PltRegistryClient   *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (PLT_IS_REGISTRY_CLIENT (self));

  g_ptr_array_add (self->probes, g_task_new (self, cancellable, callback, user_data));
  start_probe (self);
}

PltSourceAnswer *
plt_registry_client_probe_finish (PltRegistryClient  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
