/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scheduler as seen from the main loop: each call copies what it needs into a task and works
 * in a thread of its own connection. */
#include "plt-print-job.h"
#include "plt-print-login.h"
#include "plt-print-pulse.h"
#include "plt-print-watch.h"
#include "plt-print-witness.h"

struct _PltPrintServer
{
  GObject   parent;
  char     *address;
  char    **profile_folders;
  GWeakRef  watch;
  PltPrintPulse *pulse;
};

G_DEFINE_FINAL_TYPE (PltPrintServer, plt_print_server, G_TYPE_OBJECT)

static void
plt_print_server_finalize (GObject *object)
{
  PltPrintServer *self = PLT_PRINT_SERVER (object);

  g_free (self->address);
  g_clear_pointer (&self->pulse, plt_print_pulse_free);
  g_strfreev (self->profile_folders);
  g_weak_ref_clear (&self->watch);

  G_OBJECT_CLASS (plt_print_server_parent_class)->finalize (object);
}

static void
plt_print_server_class_init (PltPrintServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_print_server_finalize;
}

static void
plt_print_server_init (PltPrintServer *self)
{
  g_weak_ref_init (&self->watch, NULL);
}

PltPrintServer *
plt_print_server_new (const char *address)
{
  PltPrintServer *self = g_object_new (PLT_TYPE_PRINT_SERVER, NULL);

  self->address = g_strdup (address);
  return self;
}

void
plt_print_server_set_login (PltPrintServer *self,
                            const char     *user,
                            const char     *password_file,
                            const char     *pin_file)
{
  g_return_if_fail (PLT_IS_PRINT_SERVER (self));

  plt_print_login_set (self->address, user, password_file, pin_file);
}

/**
 * plt_print_server_set_profile_folders:
 * @folders: (nullable): where profiles of printers are, a later folder before an earlier one
 *
 * They are read again whenever printers are listed or a job is created.
 */
void
plt_print_server_set_profile_folders (PltPrintServer     *self,
                                      const char *const  *folders)
{
  g_return_if_fail (PLT_IS_PRINT_SERVER (self));

  g_strfreev (self->profile_folders);
  self->profile_folders = g_strdupv ((char **) folders);
}

PltPrintWatch *
plt_print_server_watch (PltPrintServer *self)
{
  PltPrintWatch *watch;

  g_return_val_if_fail (PLT_IS_PRINT_SERVER (self), NULL);

  watch = g_weak_ref_get (&self->watch);
  if (watch == NULL)
    {
      watch = plt_print_watch_new (self->address);
      g_weak_ref_set (&self->watch, watch);
    }
  return watch;
}

void
plt_print_server_take_pulse (PltPrintServer *self)
{
  g_return_if_fail (PLT_IS_PRINT_SERVER (self));

  if (self->pulse == NULL)
    self->pulse = plt_print_pulse_new (self->address);
}

gboolean
plt_print_server_may_have_repeated (PltPrintServer    *self,
                                    const PltPrintJob *job)
{
  g_return_val_if_fail (PLT_IS_PRINT_SERVER (self), FALSE);
  gint64 lost_at = self->pulse != NULL ? plt_print_pulse_get_lost_at (self->pulse) : 0;

  /* The clocks tell whole seconds. */
  return lost_at > 0 && job->begun_at > 0 && job->created_at <= lost_at && job->begun_at >= lost_at - 1;
}

/* What a worker is given; each call uses some of it. */
typedef struct
{
  char   *address;
  char  **profile_folders;
  char   *destination;
  char   *job_name;   /* or of a witness */
  int     job_id;
  GBytes *pdf;
} ServerTask;

static void
server_task_free (gpointer data)
{
  ServerTask *state = data;

  g_free (state->address);
  g_strfreev (state->profile_folders);
  g_free (state->destination);
  g_free (state->job_name);
  g_clear_pointer (&state->pdf, g_bytes_unref);
  g_free (state);
}

static GTask *
new_task (PltPrintServer       *self,
          const char           *name,
          GCancellable         *cancellable,
          GAsyncReadyCallback   callback,
          gpointer              user_data,
          ServerTask          **state)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_name (task, name);
  *state = g_new0 (ServerTask, 1);
  (*state)->address = g_strdup (self->address);
  (*state)->profile_folders = g_strdupv (self->profile_folders);
  g_task_set_task_data (task, *state, server_task_free);
  return task;
}

static void
return_pointer (GTask          *task,
                gpointer        value,
                GDestroyNotify  destroy,
                GError         *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, destroy);
}

static void
return_boolean (GTask    *task,
                gboolean  value,
                GError   *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, value);
}

static void
list_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  GPtrArray *printers = plt_print_list (state->address, (const char *const *) state->profile_folders,
                                        &error);

  return_pointer (task, printers, (GDestroyNotify) g_ptr_array_unref, error);
}

/**
 * plt_print_server_list_async:
 *
 * All queues with their state and suitability; none is no error. OFFLINE within 15 s.
 */
void
plt_print_server_list_async (PltPrintServer      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));

  task = new_task (self, G_STRFUNC, cancellable, callback, user_data, &state);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
plt_print_server_list_finish (PltPrintServer  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
create_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  PltPrintJob *job = plt_print_job_create (state->address,
                                           (const char *const *) state->profile_folders,
                                           state->destination, state->job_name, &error);

  return_pointer (task, job, (GDestroyNotify) plt_print_job_free, error);
}

/**
 * plt_print_server_create_job_async:
 * @job_name: UTF-8, at most 255 bytes; tells the card, since after a crash the job is found by it
 */
void
plt_print_server_create_job_async (PltPrintServer      *self,
                                   const char          *destination,
                                   const char          *job_name,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));
  g_return_if_fail (destination != NULL && job_name != NULL);

  task = new_task (self, G_STRFUNC, cancellable, callback, user_data, &state);
  state->destination = g_strdup (destination);
  state->job_name = g_strdup (job_name);
  g_task_run_in_thread (task, create_in_thread);
}

PltPrintJob *
plt_print_server_create_job_finish (PltPrintServer  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
send_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  gboolean sent = plt_print_job_send (state->address, state->destination, state->job_id,
                                      state->pdf, &error);

  return_boolean (task, sent, error);
}

void
plt_print_server_send_async (PltPrintServer      *self,
                             const char          *destination,
                             int                  job_id,
                             GBytes              *pdf,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));
  g_return_if_fail (destination != NULL && job_id > 0 && pdf != NULL);

  task = new_task (self, G_STRFUNC, cancellable, callback, user_data, &state);
  /* What was sent was sent: a late cancel must not hide it. */
  g_task_set_check_cancellable (task, FALSE);
  state->destination = g_strdup (destination);
  state->job_id = job_id;
  state->pdf = g_bytes_ref (pdf);
  g_task_run_in_thread (task, send_in_thread);
}

gboolean
plt_print_server_send_finish (PltPrintServer  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
sheet_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  int job = plt_print_sheet (state->address, state->destination, state->job_name, state->pdf, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, job);
}

void
plt_print_server_print_sheet_async (PltPrintServer      *self,
                                    const char          *destination,
                                    const char          *job_name,
                                    GBytes              *pdf,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));
  g_return_if_fail (destination != NULL && job_name != NULL && pdf != NULL);

  task = new_task (self, G_STRFUNC, cancellable, callback, user_data, &state);
  g_task_set_check_cancellable (task, FALSE);
  state->destination = g_strdup (destination);
  state->job_name = g_strdup (job_name);
  state->pdf = g_bytes_ref (pdf);
  g_task_run_in_thread (task, sheet_in_thread);
}

int
plt_print_server_print_sheet_finish (PltPrintServer  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  return (int) MAX (g_task_propagate_int (G_TASK (result), error), 0);
}

static void
find_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  PltPrintJob *job = plt_print_job_find (state->address, (const char *const *) state->profile_folders,
                                         state->job_id, state->job_name, &error);

  return_pointer (task, job, (GDestroyNotify) plt_print_job_free, error);
}

void
plt_print_server_find_job_async (PltPrintServer      *self,
                                 int                  job_id,
                                 const char          *job_name,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));
  g_return_if_fail (job_id > 0 || job_name != NULL);

  task = new_task (self, G_STRFUNC, cancellable, callback, user_data, &state);
  g_task_set_return_on_cancel (task, TRUE);
  state->job_id = job_id;
  state->job_name = g_strdup (job_name);
  g_task_run_in_thread (task, find_in_thread);
}

PltPrintJob *
plt_print_server_find_job_finish (PltPrintServer  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cancel_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  gboolean cancelled = plt_print_job_cancel (state->address, state->job_id, &error);

  return_boolean (task, cancelled, error);
}

/**
 * plt_print_server_cancel_job_async:
 *
 * A card that the printer has begun comes out all the same: ask for it.
 */
void
plt_print_server_cancel_job_async (PltPrintServer      *self,
                                   int                  job_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));
  g_return_if_fail (job_id > 0);

  task = new_task (self, G_STRFUNC, cancellable, callback, user_data, &state);
  state->job_id = job_id;
  g_task_run_in_thread (task, cancel_in_thread);
}

gboolean
plt_print_server_cancel_job_finish (PltPrintServer  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
forget_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  gboolean forgotten = plt_print_job_forget (state->address, state->job_id, state->job_name, &error);

  return_boolean (task, forgotten, error);
}

void
plt_print_server_forget_job_async (PltPrintServer      *self,
                                   int                  job_id,
                                   const char          *job_name,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));
  g_return_if_fail (job_id > 0 && job_name != NULL);

  task = new_task (self, G_STRFUNC, NULL, callback, user_data, &state);
  state->job_id = job_id;
  state->job_name = g_strdup (job_name);
  g_task_run_in_thread (task, forget_in_thread);
}

gboolean
plt_print_server_forget_job_finish (PltPrintServer  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
call_witness_in_thread (GTask        *task,
                        gpointer      source_object,
                        gpointer      task_data,
                        GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  char *name = plt_print_witness_call (state->address, state->destination, &error);

  return_pointer (task, name, g_free, error);
}

void
plt_print_server_call_witness_async (PltPrintServer      *self,
                                     const char          *destination,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));
  g_return_if_fail (destination != NULL);

  task = new_task (self, G_STRFUNC, cancellable, callback, user_data, &state);
  state->destination = g_strdup (destination);
  g_task_run_in_thread (task, call_witness_in_thread);
}

char *
plt_print_server_call_witness_finish (PltPrintServer  *self,
                                      GAsyncResult    *result,
                                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
ask_witness_in_thread (GTask        *task,
                       gpointer      source_object,
                       gpointer      task_data,
                       GCancellable *cancellable)
{
  ServerTask *state = task_data;
  GError *error = NULL;
  PltPrintLife life;

  if (plt_print_witness_ask (state->address, state->job_name, &life, &error))
    g_task_return_int (task, life);
  else
    g_task_return_error (task, error);
}

void
plt_print_server_ask_witness_async (PltPrintServer      *self,
                                    const char          *name,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ServerTask *state;

  g_return_if_fail (PLT_IS_PRINT_SERVER (self));
  g_return_if_fail (name != NULL);

  task = new_task (self, G_STRFUNC, cancellable, callback, user_data, &state);
  g_task_set_return_on_cancel (task, TRUE);
  state->job_name = g_strdup (name);
  g_task_run_in_thread (task, ask_witness_in_thread);
}

gboolean
plt_print_server_ask_witness_finish (PltPrintServer  *self,
                                     GAsyncResult    *result,
                                     PltPrintLife    *life,
                                     GError         **error)
{
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  *life = (PltPrintLife) g_task_propagate_int (G_TASK (result), &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
