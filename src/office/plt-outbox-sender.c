/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes, posts and ends messages to the pre-enrolment service, one after the other. */
#include "plt-outbox-sender.h"

#include "plt-crash-point.h"
#include "plt-office-private.h"
#include "plt-registry-report.h"
#include "plt-store-outbox.h"

#define LOOK_MS 10000
#define LOOK_JITTER_MS 5000
/* After a message was written: what belongs together is sent in one run. */
#define SOON_MS 200

struct _PltOutboxSender
{
  GObject parent_instance;
  PltOffice *office; /* not owned after dispose */
  GCancellable *cancellable;
  guint look_id;
  gboolean running;
};

typedef struct
{
  PltOutboxRun *done;
  GDateTime *not_since;   /* (nullable): by hand */
  PltStoreMessage *taken; /* NULL between two */
  gboolean unreachable;
} Run;

G_DEFINE_FINAL_TYPE (PltOutboxSender, plt_outbox_sender, G_TYPE_OBJECT)

static void take_next (GTask *task);

void
plt_outbox_run_free (PltOutboxRun *self)
{
  g_free (self->trouble);
  g_free (self);
}

static void
run_free (Run *run)
{
  g_clear_pointer (&run->done, plt_outbox_run_free);
  g_clear_pointer (&run->not_since, g_date_time_unref);
  g_clear_pointer (&run->taken, plt_store_message_free);
  g_free (run);
}

static void
end_run (GTask  *task,
         GError *error)
{
  PltOutboxSender *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  self->running = FALSE;
  if (error == NULL)
    g_task_return_pointer (task, g_steal_pointer (&run->done), (GDestroyNotify) plt_outbox_run_free);
  else if (self->office == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_error (task, plt_office_take_error (self->office, error));
}

static void
outcome_told_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!plt_store_message_finish (PLT_STORE (source), result, &error))
    {
      end_run (task, error);
      return;
    }
  g_clear_pointer (&run->taken, plt_store_message_free);
  if (run->unreachable)
    end_run (task, NULL);
  else
    take_next (g_steal_pointer (&task));
}

/* Takes @task and @trouble. */
static void
tell_outcome (GTask        *task,
              PltReportEnd  end,
              char         *trouble)
{
  PltOutboxSender *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  PltStore *store = plt_office_get_store (self->office);

  if (end == PLT_REPORT_END_TAKEN)
    {
      run->done->n_sent++;
      plt_store_message_sent_async (store, run->taken, self->cancellable, outcome_told_cb, task);
      return;
    }
  run->done->n_failed++;
  run->unreachable = end == PLT_REPORT_END_UNREACHABLE;
  plt_store_message_failed_async (store, run->taken, !run->unreachable, trouble, self->cancellable,
                                  outcome_told_cb, task);
  g_free (run->done->trouble);
  run->done->trouble = trouble;
}

static void
posted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOutboxSender *self = g_task_get_source_object (task);
  g_autofree char *trouble = NULL;
  PltReportEnd end;
  GError *error = NULL;

  if (!plt_registry_client_report_finish (PLT_REGISTRY_CLIENT (source), result, &end, &trouble, &error))
    {
      end_run (task, error);
      return;
    }
  plt_crash_point ("posted");
  if (self->office == NULL)
    end_run (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  else
    tell_outcome (g_steal_pointer (&task), end, g_steal_pointer (&trouble));
}

static void
post (GTask *task)
{
  PltOutboxSender *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  PltRegistryClient *client = plt_office_get_preenrolment (self->office, &error);

  if (client == NULL)
    tell_outcome (task, PLT_REPORT_END_UNREACHABLE, g_strdup (error->message));
  else
    plt_registry_client_report_async (client, run->taken->message_id, run->taken->code,
                                      run->taken->status, run->taken->happened_at,
                                      self->cancellable, posted_cb, task);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOutboxSender *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!plt_store_take_message_finish (PLT_STORE (source), result, &run->taken, &error)
      || run->taken == NULL)
    end_run (task, error);
  else if (self->office == NULL)
    end_run (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  else
    post (g_steal_pointer (&task));
}

/* Takes @task. */
static void
take_next (GTask *task)
{
  PltOutboxSender *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  if (self->office == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      g_autoptr (GTask) ended = task;
      end_run (ended, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
      return;
    }
  plt_store_take_message_async (plt_office_get_store (self->office), run->not_since,
                                self->cancellable, taken_cb, task);
}

static void
now_known_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->not_since = plt_store_get_now_finish (PLT_STORE (source), result, &error);
  if (run->not_since == NULL)
    end_run (task, error);
  else
    take_next (g_steal_pointer (&task));
}

void
plt_outbox_sender_run_async (PltOutboxSender     *self,
                             gboolean             by_hand,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OUTBOX_SENDER (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->done = g_new0 (PltOutboxRun, 1);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  /* What is under way here already does the same. */
  if (self->running)
    {
      g_task_return_pointer (task, g_steal_pointer (&run->done), (GDestroyNotify) plt_outbox_run_free);
      return;
    }
  self->running = TRUE;
  if (by_hand)
    plt_store_get_now_async (plt_office_get_store (self->office), self->cancellable, now_known_cb,
                             g_steal_pointer (&task));
  else
    take_next (g_steal_pointer (&task));
}

PltOutboxRun *
plt_outbox_sender_run_finish (PltOutboxSender  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- by itself ---- */

static gboolean look_cb (gpointer user_data);

static void
look_in (PltOutboxSender *self,
         guint            pause_ms)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->office != NULL)
    self->look_id = g_timeout_add (pause_ms, look_cb, self);
}

static void
look_later (PltOutboxSender *self)
{
  if (self->look_id == 0)
    look_in (self, LOOK_MS + (guint) g_random_int_range (0, LOOK_JITTER_MS));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  PltOutboxSender *self = PLT_OUTBOX_SENDER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltOutboxRun) run = plt_outbox_sender_run_finish (self, result, &error);

  /* The session tells what keeps everybody from working; here it is tried again. */
  if (run == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_info ("The messages to the pre-enrolment service were not sent: %s", error->message);
  look_later (self);
}

static gboolean
may_send (PltSession *session)
{
  return plt_session_is_signed_in (session) && plt_session_is_online (session)
         && (plt_session_has_role (session, PLT_ROLE_SUPERVISOR)
             || plt_session_has_role (session, PLT_ROLE_OPERATOR)
             || plt_session_has_role (session, PLT_ROLE_ADMIN));
}

/* Without a service there is nobody to send to, and its absence is told where somebody fetches. */
static gboolean
look_cb (gpointer user_data)
{
  PltOutboxSender *self = user_data;

  self->look_id = 0;
  if (may_send (plt_office_get_session (self->office))
      && plt_office_get_preenrolment (self->office, NULL) != NULL)
    plt_outbox_sender_run_async (self, FALSE, NULL, looked_cb, NULL);
  else
    look_later (self);
  return G_SOURCE_REMOVE;
}

static void
office_changed_cb (PltOutboxSender *self,
                   const char      *subject,
                   gint64           id)
{
  if (g_str_equal (subject, "outbox") || g_str_equal (subject, "registry")
      || g_str_equal (subject, "everything") || g_str_equal (subject, "session"))
    look_in (self, SOON_MS);
}

static void
plt_outbox_sender_dispose (GObject *object)
{
  PltOutboxSender *self = PLT_OUTBOX_SENDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_outbox_sender_parent_class)->dispose (object);
}

static void
plt_outbox_sender_finalize (GObject *object)
{
  g_object_unref (PLT_OUTBOX_SENDER (object)->cancellable);
  G_OBJECT_CLASS (plt_outbox_sender_parent_class)->finalize (object);
}

static void
plt_outbox_sender_class_init (PltOutboxSenderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plt_outbox_sender_dispose;
  object_class->finalize = plt_outbox_sender_finalize;
}

static void
plt_outbox_sender_init (PltOutboxSender *self)
{
  self->cancellable = g_cancellable_new ();
}

PltOutboxSender *
plt_outbox_sender_new (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);
  PltOutboxSender *self = g_object_new (PLT_TYPE_OUTBOX_SENDER, NULL);

  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self,
                           G_CONNECT_SWAPPED);
  look_later (self);
  return self;
}
