/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks again for the applications that wait for a registry. */
#include "plt-resumer.h"

#include "plt-office-private.h"
#include "plt-store-applications.h"

#define LOOK_MS 10000
#define LOOK_JITTER_MS 5000
/* Between two applications, so that a registry that has come back is not stormed. */
#define PAUSE_MS 50
#define PAUSE_JITTER_MS 150

struct _PltResumer
{
  GObject parent_instance;
  PltOffice *office; /* not owned after dispose */
  GCancellable *cancellable;
  guint look_id;
  guint came_back; /* bit mask by PltSource: what is due at once, but for its first question */
  gboolean running;
};

typedef struct
{
  guint came_back;        /* registries that answer: what waits for them is due */
  guint n_asked;
  guint n_resumed;
  PltSource source;       /* of what was taken */
  PltStoreWaiting *taken; /* NULL between two */
} Run;

G_DEFINE_FINAL_TYPE (PltResumer, plt_resumer, G_TYPE_OBJECT)

static void take_next (GTask *task);

static void
run_free (Run *run)
{
  g_clear_pointer (&run->taken, plt_store_waiting_free);
  g_free (run);
}

static void
end_run (GTask  *task,
         GError *error)
{
  PltResumer *self = g_task_get_source_object (task);

  self->running = FALSE;
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else if (self->office == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_error (task, plt_office_take_error (self->office, error));
}

static gboolean
take_next_cb (gpointer user_data)
{
  take_next (user_data);
  return G_SOURCE_REMOVE;
}

static void
answer_told_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  PltApplicationState state = PLT_APPLICATION_STATE_WAITING;
  GError *error = NULL;

  if (!plt_store_answer_waiting_finish (PLT_STORE (source), result, &state, &error))
    {
      end_run (task, error);
      return;
    }
  if (state != PLT_APPLICATION_STATE_WAITING)
    run->n_resumed++;
  g_clear_pointer (&run->taken, plt_store_waiting_free);
  g_timeout_add (PAUSE_MS + (guint) g_random_int_range (0, PAUSE_JITTER_MS), take_next_cb,
                 g_steal_pointer (&task));
}

static void
tell_answer (GTask           *task,
             PltSourceAnswer *answer)
{
  PltResumer *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  PltSourceState state = plt_source_answer_get_state (answer);

  run->n_asked++;
  if (state == PLT_SOURCE_STATE_ANSWERED || state == PLT_SOURCE_STATE_NOT_FOUND)
    run->came_back |= 1u << run->source;
  else
    run->came_back &= ~(1u << run->source);
  plt_store_answer_waiting_async (plt_office_get_store (self->office), run->taken, answer,
                                  self->cancellable, answer_told_cb, task);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (PltSourceAnswer) answer
      = plt_registry_client_ask_finish (PLT_REGISTRY_CLIENT (source), result, &error);

  if (answer == NULL)
    end_run (task, error);
  else
    tell_answer (g_steal_pointer (&task), answer);
}

/* Without an adapter file there is nobody to ask; the lease is given back all the same. */
static void
ask (GTask *task)
{
  PltResumer *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  PltRegistryClient *client = NULL;

  if (plt_source_from_nick (run->taken->source, &run->source))
    client = plt_office_get_registry (self->office, run->source, &error);
  if (client != NULL)
    {
      plt_registry_client_ask_async (client, run->taken->id_number, self->cancellable, asked_cb, task);
      return;
    }
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PltSourceAnswer) answer
      = plt_source_answer_new (run->source, PLT_SOURCE_STATE_UNREACHABLE, now);
  tell_answer (task, answer);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!plt_store_take_waiting_finish (PLT_STORE (source), result, &run->taken, &error)
      || run->taken == NULL)
    end_run (task, error);
  else
    ask (g_steal_pointer (&task));
}

static void
take_next (GTask *task)
{
  PltResumer *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  const char *nick = NULL;

  if (self->office == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      g_autoptr (GTask) ended = task;
      end_run (ended, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
      return;
    }
  for (PltSource source = 0; source < plt_source_get_count () && nick == NULL; source++)
    if (run->came_back & (1u << source))
      nick = plt_source_to_nick (source);
  plt_store_take_waiting_async (plt_office_get_store (self->office), nick, self->cancellable,
                                taken_cb, task);
}

void
plt_resumer_run_async (PltResumer          *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_RESUMER (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  /* What is under way here already does the same. */
  if (self->running)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  run->came_back = self->came_back;
  self->came_back = 0;
  self->running = TRUE;
  take_next (g_steal_pointer (&task));
}

gboolean
plt_resumer_run_finish (PltResumer    *self,
                        GAsyncResult  *result,
                        guint         *n_asked,
                        guint         *n_resumed,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  Run *run = g_task_get_task_data (G_TASK (result));

  if (n_asked != NULL)
    *n_asked = run->n_asked;
  if (n_resumed != NULL)
    *n_resumed = run->n_resumed;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- by itself ---- */

static gboolean look_cb (gpointer user_data);

static void
look_later (PltResumer *self)
{
  if (self->look_id == 0 && self->office != NULL)
    self->look_id = g_timeout_add (LOOK_MS + (guint) g_random_int_range (0, LOOK_JITTER_MS), look_cb,
                                   self);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  PltResumer *self = PLT_RESUMER (source);
  g_autoptr (GError) error = NULL;

  /* The session tells what keeps everybody from working; here it is tried again. */
  if (!plt_resumer_run_finish (self, result, NULL, NULL, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("What waits for a registry was not asked for: %s", error->message);
  look_later (self);
}

static void
look (PltResumer *self)
{
  PltSession *session = plt_office_get_session (self->office);

  g_clear_handle_id (&self->look_id, g_source_remove);
  if (plt_session_is_signed_in (session) && plt_session_is_online (session)
      && (plt_session_has_role (session, PLT_ROLE_CLERK)
          || plt_session_has_role (session, PLT_ROLE_SUPERVISOR)))
    plt_resumer_run_async (self, NULL, looked_cb, NULL);
  else
    look_later (self);
}

static gboolean
look_cb (gpointer user_data)
{
  PltResumer *self = user_data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
office_changed_cb (PltResumer *self,
                   const char *subject,
                   gint64      id)
{
  if (!g_str_equal (subject, "registry") || id < 0 || id >= PLT_N_SOURCES)
    return;
  self->came_back |= 1u << id;
  look (self);
}

static void
plt_resumer_dispose (GObject *object)
{
  PltResumer *self = PLT_RESUMER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_resumer_parent_class)->dispose (object);
}

static void
plt_resumer_finalize (GObject *object)
{
  g_object_unref (PLT_RESUMER (object)->cancellable);
  G_OBJECT_CLASS (plt_resumer_parent_class)->finalize (object);
}

static void
plt_resumer_class_init (PltResumerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plt_resumer_dispose;
  object_class->finalize = plt_resumer_finalize;
}

static void
plt_resumer_init (PltResumer *self)
{
  self->cancellable = g_cancellable_new ();
}

PltResumer *
plt_resumer_new (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);
  PltResumer *self = g_object_new (PLT_TYPE_RESUMER, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self,
                           G_CONNECT_SWAPPED);
  look_later (self);
  return self;
}
