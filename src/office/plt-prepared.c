/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the code of a prepared application into a draft: the office's own, the service, the photo,
 * the registries, the database, in this order. */
#include "plt-prepared.h"

#include <glib/gi18n-lib.h>

#include "plt-inquiry.h"
#include "plt-office-private.h"
#include "plt-photo-work.h"
#include "plt-prepared-code.h"
#include "plt-store-prepared.h"

typedef struct
{
  char *code;
  PltSourceAnswer *stated; /* the service's answer */
  PltPhotoWork photo;      /* the picture that came with it, if one did */
  PltInquiry *inquiry;
  char *remark;            /* (nullable) */
} FetchTask;

static void
fetch_task_free (FetchTask *self)
{
  g_free (self->code);
  g_clear_pointer (&self->stated, plt_source_answer_unref);
  plt_photo_work_clear (&self->photo);
  g_clear_object (&self->inquiry);
  g_free (self->remark);
  g_free (self);
}

void
plt_prepared_fetched_free (PltPreparedFetched *self)
{
  g_free (self->number);
  g_free (self->remark);
  g_free (self);
}

/* Takes @number. */
static void
return_fetched (GTask    *task,
                char     *number,
                gboolean  is_new)
{
  FetchTask *data = g_task_get_task_data (task);
  PltPreparedFetched *fetched = g_new0 (PltPreparedFetched, 1);

  fetched->number = number;
  fetched->is_new = is_new;
  fetched->remark = g_steal_pointer (&data->remark);
  g_task_return_pointer (task, fetched, (GDestroyNotify) plt_prepared_fetched_free);
}

static void
checked_in_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  gboolean is_new = FALSE;
  GError *error = NULL;
  char *number = plt_store_check_in_finish (PLT_STORE (source), result, &is_new, &error);

  if (number == NULL)
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    return_fetched (task, number, is_new);
}

static void
check_in (GTask *task)
{
  PltOffice *office = g_task_get_source_object (task);
  FetchTask *data = g_task_get_task_data (task);
  PltSourceAnswer *answers[PLT_N_SOURCES];

  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    answers[i] = plt_inquiry_get_answer (data->inquiry, i);
  plt_store_check_in_async (plt_office_get_store (office), data->stated, data->photo.portrait,
                            data->photo.portrait != NULL ? "image/jpeg" : NULL,
                            data->photo.portrait != NULL ? data->photo.json : NULL,
                            data->photo.chip, answers, g_task_get_cancellable (task), checked_in_cb,
                            g_object_ref (task));
}

static void
registries_failed_cb (PltInquiry *inquiry,
                      GError     *error,
                      GTask      *task)
{
  FetchTask *data = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (data->inquiry, task);
  plt_office_fail (g_task_get_source_object (task), task, g_error_copy (error));
  g_object_unref (task);
}

static void
registries_asked_cb (PltInquiry *inquiry,
                     GTask      *task)
{
  FetchTask *data = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (data->inquiry, task);
  check_in (task);
  g_object_unref (task);
}

/* A registry that is down is recorded as that; the draft is made all the same. */
static void
ask_registries (GTask *task)
{
  FetchTask *data = g_task_get_task_data (task);
  PltPreparedApplication *prepared = plt_source_answer_get_prepared (data->stated);

  data->inquiry = plt_inquiry_new (g_task_get_source_object (task), prepared->id_number,
                                   "pre-enrolment");
  g_signal_connect (data->inquiry, "failed", G_CALLBACK (registries_failed_cb), task);
  g_signal_connect (data->inquiry, "done", G_CALLBACK (registries_asked_cb), task);
  g_object_ref (task);
}

/* A photo that no card can have is no reason to turn the applicant away. */
static void
photo_checked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  FetchTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      data->remark = g_strdup (error->message);
    }
  else if (data->photo.portrait == NULL)
    data->remark = g_strdup (data->photo.cut_error->message);
  else if (data->photo.bad != NULL)
    /* Translators: whole sentences: what is wrong with the photo, what to do */
    data->remark = g_strdup_printf (_("The photo prepared at home was not taken over. %s"), data->photo.bad);
  ask_registries (task);
}

static void
check_photo_thread (GTask        *task,
                    gpointer      source,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (plt_photo_work_run (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
take_photo (GTask *task)
{
  FetchTask *data = g_task_get_task_data (task);
  GBytes *photo = plt_source_answer_get_portrait (data->stated);
  g_autoptr (GTask) worker = NULL;

  if (photo == NULL)
    {
      ask_registries (task);
      return;
    }
  data->photo.data = g_bytes_ref (photo);
  data->photo.name = g_strdup (_("the photo prepared at home"));
  worker = g_task_new (NULL, g_task_get_cancellable (task), photo_checked_cb, g_object_ref (task));
  g_task_set_task_data (worker, &data->photo, NULL);
  g_task_run_in_thread (worker, check_photo_thread);
}

static void
return_rule (GTask      *task,
             const char *rule,
             const char *words)
{
  g_task_return_error (task, plt_office_error_new (PLT_OFFICE_ERROR_RULE, rule, "%s", words));
}

/* @state: how the service answered. */
static void
return_no_answer (GTask           *task,
                  PltSourceAnswer *answer)
{
  FetchTask *data = g_task_get_task_data (task);
  g_autofree char *code = plt_prepared_code_to_display (data->code);
  g_autofree char *words = NULL;

  if (plt_source_answer_get_state (answer) == PLT_SOURCE_STATE_NOT_FOUND)
    {
      words = g_strdup_printf (_("Prepared application %s was not fetched, because the service knows"
                                 " none of this code. Read the code again, or start an application by"
                                 " hand."), code);
      return_rule (task, "NOT_PREPARED", words);
      return;
    }
  /* Translators: a code, then a sentence on what is wrong with the service. */
  words = g_strdup_printf (_("Prepared application %s was not fetched. %s An application can be started"
                             " by hand now; what was prepared is added to it when the code is fetched"
                             " later."), code, plt_source_answer_get_message (answer));
  return_rule (task, "SERVICE_DOWN", words);
}

static void
service_asked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltSession *session = plt_office_get_session (g_task_get_source_object (task));
  FetchTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *obstacle = NULL;

  data->stated = plt_registry_client_ask_finish (PLT_REGISTRY_CLIENT (source), result, &error);
  if (data->stated == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (plt_source_answer_get_prepared (data->stated) == NULL)
    {
      return_no_answer (task, data->stated);
      return;
    }
  obstacle = plt_prepared_application_dup_obstacle (plt_source_answer_get_prepared (data->stated),
                                                    plt_session_get_office_code (session),
                                                    plt_date_today ());
  if (obstacle != NULL)
    return_rule (task, "NOT_OPEN", obstacle);
  else
    take_photo (task);
}

static void
looked_here_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  FetchTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  char *number = NULL;
  PltRegistryClient *client;

  if (!plt_store_find_prepared_finish (PLT_STORE (source), result, &number, &error))
    {
      plt_office_fail (office, task, error);
      return;
    }
  if (number != NULL)
    {
      return_fetched (task, number, FALSE);
      return;
    }
  client = plt_office_get_preenrolment (office, &error);
  if (client == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  plt_registry_client_ask_async (client, data->code, g_task_get_cancellable (task),
                                 service_asked_cb, g_object_ref (task));
}

void
plt_prepared_fetch_async (PltOffice           *office,
                          const char          *typed,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (typed != NULL);

  g_autoptr (GTask) task = g_task_new (office, cancellable, callback, user_data);
  FetchTask *data = g_new0 (FetchTask, 1);
  GError *error = NULL;

  g_task_set_task_data (task, data, (GDestroyNotify) fetch_task_free);
  data->code = plt_prepared_code_normalise (typed, &error);
  if (data->code == NULL)
    {
      plt_office_return_error (task, error);
      return;
    }
  plt_store_find_prepared_async (plt_office_get_store (office), data->code, cancellable,
                                 looked_here_cb, g_steal_pointer (&task));
}

PltPreparedFetched *
plt_prepared_fetch_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
