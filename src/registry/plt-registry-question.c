/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks until there is an answer, until asking again is of no use, or until the budget is over; and
 * keeps listening for a while if somebody wants what comes late. */
#include "plt-registry-question.h"

#include <glib/gi18n-lib.h>

/* Three parties hold it: its task while that lives, each timer, and the attempt under way. */
struct _PltRegistryQuestion
{
  PltRegistryLine         *line;     /* the client's, which the source object keeps */
  GObject                 *client;
  GTask                   *task;     /* NULL once it has returned */
  GTask                   *follower; /* who waits for what comes late */
  PltSourceAnswer         *late;     /* it came before anybody could say so */
  PltRegistryQuestionFunc  ended;
  char                    *id_number; /* NULL: a probe */
  GCancellable            *attempt;   /* of the request under way; not the caller's */
  GSource                 *deadline;  /* of the budget, then of what comes late */
  GSource                 *cancelled;
  GSource                 *pause;
  GMainContext            *context;
  gint64                   started;   /* monotonic */
  int                      attempts;
  gboolean                 is_running; /* an attempt is under way */
  gboolean                 is_late;
  PltRegistryHop           hop;
};

static void begin_attempt (PltRegistryQuestion *self);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
clear_question (gpointer data)
{
  PltRegistryQuestion *self = data;

  clear_source (&self->deadline);
  clear_source (&self->cancelled);
  clear_source (&self->pause);
  g_clear_object (&self->task);
  g_clear_object (&self->follower);
  g_clear_pointer (&self->late, plt_source_answer_unref);
  g_clear_object (&self->attempt);
  g_clear_object (&self->client);
  g_main_context_unref (self->context);
  g_free (self->id_number);
}

static void
unref_question (PltRegistryQuestion *self)
{
  g_rc_box_release_full (self, clear_question);
}

static int
get_elapsed_ms (PltRegistryQuestion *self)
{
  return (int) ((g_get_monotonic_time () - self->started) / 1000);
}

static void
stop (PltRegistryQuestion *self)
{
  clear_source (&self->deadline);
  clear_source (&self->cancelled);
  clear_source (&self->pause);
  g_cancellable_cancel (self->attempt);
}

/* @answer: (transfer full) */
static void
tell (PltRegistryQuestion *self,
      PltSourceAnswer     *answer,
      PltAttemptEnd        end)
{
  int elapsed_ms = get_elapsed_ms (self);

  plt_source_answer_set_elapsed_ms (answer, elapsed_ms);
  g_debug ("%s: %s after %d ms", plt_source_to_nick (plt_source_answer_get_source (answer)),
           plt_source_state_to_nick (plt_source_answer_get_state (answer)), elapsed_ms);
  self->ended (self->client, answer, end, self->hop);
}

static gboolean
is_answer (PltSourceAnswer *answer)
{
  PltSourceState state = plt_source_answer_get_state (answer);

  return state == PLT_SOURCE_STATE_ANSWERED || state == PLT_SOURCE_STATE_NOT_FOUND;
}

/* A question that has failed already by its budget does not fail again. */
static void
return_answer (PltRegistryQuestion *self,
               PltSourceAnswer     *answer,
               PltAttemptEnd        end)
{
  g_autoptr (GTask) task =
    self->is_late ? g_steal_pointer (&self->follower) : g_steal_pointer (&self->task);

  stop (self);
  if (!self->is_late || is_answer (answer))
    tell (self, answer, end);
  if (task != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) plt_source_answer_unref);
  else
    self->late = answer;
}

static void
attach (PltRegistryQuestion *self,
        GSource             *source,
        GSourceFunc          callback)
{
  g_source_set_callback (source, callback, g_rc_box_acquire (self),
                         (GDestroyNotify) unref_question);
  g_source_attach (source, self->context);
}

static gboolean
late_over_cb (gpointer user_data)
{
  PltRegistryQuestion *self = user_data;
  g_autoptr (GTask) follower = g_steal_pointer (&self->follower);

  stop (self);
  if (follower != NULL)
    g_task_return_new_error (follower, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Nothing came late");

  return G_SOURCE_REMOVE;
}

/* The budget is over and says so; what is under way goes on for those who still want it. */
static gboolean
budget_over_cb (gpointer user_data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PltRegistryQuestion *self = user_data;
  PltRegistryAdapter *adapter = self->line->adapter;
  PltSourceAnswer *answer = plt_source_answer_new (adapter->source, PLT_SOURCE_STATE_TIMED_OUT, now);
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  g_autofree char *message =
    g_strdup_printf (_("“%s” did not answer in time. Go on with what is known, or ask it again "
                       "later."),
                     adapter->title);

  plt_source_answer_set_message (answer, message);
  clear_source (&self->cancelled);
  clear_source (&self->deadline);
  self->is_late = TRUE;
  if (self->id_number == NULL || adapter->late_ms == 0 || !self->is_running)
    stop (self);
  else
    {
      self->deadline = g_timeout_source_new ((guint) adapter->late_ms);
      attach (self, self->deadline, late_over_cb);
    }
  tell (self, answer, PLT_ATTEMPT_END_TRANSPORT);
  g_task_return_pointer (task, answer, (GDestroyNotify) plt_source_answer_unref);

  return G_SOURCE_REMOVE;
}

static gboolean
caller_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  PltRegistryQuestion *self = user_data;
  g_autoptr (GTask) task =
    self->is_late ? g_steal_pointer (&self->follower) : g_steal_pointer (&self->task);

  stop (self);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static gboolean
pause_over_cb (gpointer user_data)
{
  PltRegistryQuestion *self = user_data;

  clear_source (&self->pause);
  begin_attempt (self);

  return G_SOURCE_REMOVE;
}

/* Half to one and a half times the pause, so that desks which failed together do not return
 * together. */
static gboolean
schedule_retry (PltRegistryQuestion *self,
                PltAttemptEnd        end)
{
  PltRegistryAdapter *adapter = self->line->adapter;
  int pause_ms = adapter->pause_ms;

  if (self->is_late || self->id_number == NULL || end == PLT_ATTEMPT_END_ANSWER ||
      self->attempts >= adapter->attempts)
    return FALSE;
  if (pause_ms > 0)
    pause_ms = g_random_int_range (pause_ms / 2, pause_ms + pause_ms / 2 + 1);
  if (get_elapsed_ms (self) + pause_ms >= adapter->budget_ms)
    return FALSE;

  self->pause = g_timeout_source_new ((guint) pause_ms);
  attach (self, self->pause, pause_over_cb);

  return TRUE;
}

/* Whether anybody wants an answer: nobody does after a cancellation, and nobody may do late. */
static gboolean
is_wanted (PltRegistryQuestion *self)
{
  return self->is_late ? !g_cancellable_is_cancelled (self->attempt) : self->task != NULL;
}

static void
let_next (PltRegistryLine *line)
{
  PltRegistryQuestion *next = g_queue_pop_head (&line->waiting);

  if (next == NULL)
    return;
  begin_attempt (next);
  unref_question (next);
}

static void
attempt_ended_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  PltRegistryQuestion *self = user_data;
  PltAttemptEnd end = PLT_ATTEMPT_END_ANSWER;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltSourceAnswer) answer = plt_registry_attempt_finish (result, &end, &error);

  self->is_running = FALSE;
  self->line->running--;
  let_next (self->line);
  if (answer != NULL && is_wanted (self) && !schedule_retry (self, end))
    return_answer (self, g_steal_pointer (&answer), end);
  unref_question (self);
}

static void
begin_attempt (PltRegistryQuestion *self)
{
  PltRegistryLine *line = self->line;

  if (!is_wanted (self) || self->is_late)
    {
      let_next (line);
      return;
    }
  if (line->running >= line->adapter->concurrency)
    {
      g_queue_push_tail (&line->waiting, g_rc_box_acquire (self));
      return;
    }
  line->running++;
  self->attempts++;
  self->is_running = TRUE;
  plt_registry_attempt_async (line->session, line->adapter, line->credentials, self->id_number,
                              line->staff, &self->hop, self->attempt, attempt_ended_cb,
                              g_rc_box_acquire (self));
}

static void
watch_caller (PltRegistryQuestion *self,
              GTask               *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable == NULL)
    return;
  self->cancelled = g_cancellable_source_new (cancellable);
  attach (self, self->cancelled, G_SOURCE_FUNC (caller_cancelled_cb));
}

/* The task of the question is gone: what comes late is wanted by a follower, or by nobody. */
static void
forget_question (gpointer data)
{
  PltRegistryQuestion *self = data;

  if (self->follower == NULL)
    stop (self);
  unref_question (self);
}

/**
 * plt_registry_question_start:
 * @line: the client's
 * @task: (transfer full): returns the answer; its source object is the client
 * @id_number: (nullable): whom to ask for; %NULL for a probe, which is one attempt
 * @ended: told how it ended, before @task returns
 */
void
plt_registry_question_start (PltRegistryLine         *line,
                             GTask                   *task,
                             const char              *id_number,
                             PltRegistryQuestionFunc  ended)
{
  PltRegistryQuestion *self = g_rc_box_new0 (PltRegistryQuestion);

  self->line = line;
  self->client = g_object_ref (g_task_get_source_object (task));
  self->ended = ended;
  self->id_number = g_strdup (id_number);
  self->attempt = g_cancellable_new ();
  self->context = g_main_context_ref (g_task_get_context (task));
  self->started = g_get_monotonic_time ();
  g_task_set_task_data (task, g_rc_box_acquire (self), forget_question);
  self->task = task;
  self->deadline = g_timeout_source_new ((guint) line->adapter->budget_ms);
  g_source_set_priority (self->deadline, G_PRIORITY_HIGH);
  attach (self, self->deadline, budget_over_cb);
  watch_caller (self, task);
  begin_attempt (self);
  unref_question (self);
}

/**
 * plt_registry_question_follow:
 * @question: a task of plt_registry_question_start() that has returned
 * @follower: (transfer none): returns what comes late
 *
 * Returns: %FALSE if nothing can come
 */
gboolean
plt_registry_question_follow (GTask *question,
                              GTask *follower)
{
  PltRegistryQuestion *self = g_task_get_task_data (question);

  if (self != NULL && self->late != NULL)
    {
      g_task_return_pointer (follower, g_steal_pointer (&self->late),
                             (GDestroyNotify) plt_source_answer_unref);
      return TRUE;
    }
  if (self == NULL || !self->is_late || !self->is_running || self->follower != NULL ||
      g_cancellable_is_cancelled (self->attempt))
    return FALSE;
  self->follower = g_object_ref (follower);
  watch_caller (self, follower);

  return TRUE;
}
