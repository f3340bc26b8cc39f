/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes one application. Every change is written at once under the row version that was read, and
 * the case is read again after it. */
#include "plt-case-private.h"

#include <glib/gi18n-lib.h>

#include "plt-case-photo.h"
#include "plt-inquiry.h"
#include "plt-office-error-private.h"
#include "plt-picture.h"
#include "plt-store-applications.h"
#include "plt-store-decisions.h"

/* One change under way. */
typedef struct
{
  PltCaseChange change;
  int row_version; /* what the person saw: it may be read anew before the change is sent */
  PltCaseStep step;
  char *reason;
  PltInquiry *inquiry; /* approval only: the approver's own asking */
  GError *refusal;     /* approval only: of what was asked */
} ChangeTask;

static const char * const step_nicks[] = {
  [PLT_CASE_STEP_SUBMIT] = "submit", [PLT_CASE_STEP_APPROVE] = "approve",
  [PLT_CASE_STEP_RETURN] = "return", [PLT_CASE_STEP_REJECT] = "reject",
  [PLT_CASE_STEP_WITHDRAW] = "withdraw", [PLT_CASE_STEP_WAIT] = "wait",
  [PLT_CASE_STEP_CONTINUE] = "continue",
};

static void
change_task_free (ChangeTask *self)
{
  g_clear_object (&self->inquiry);
  g_clear_error (&self->refusal);
  g_free (self->reason);
  g_free (self);
}

static GTask *
begin_change (PltCase             *self,
              PltCaseChange        change,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  ChangeTask *data = g_new0 (ChangeTask, 1);
  data->change = change;
  data->row_version = plt_licence_application_get_row_version (self->application);
  g_task_set_task_data (task, data, (GDestroyNotify) change_task_free);
  self->n_events_before = g_list_model_get_n_items (G_LIST_MODEL (self->events));
  plt_case_begin_write (self);
  return task;
}

static void
fail_change (PltCase *self,
             GTask   *task,
             GError  *error)
{
  g_autoptr (GError) ours = plt_office_take_error (self->office, error);
  ChangeTask *data = g_task_get_task_data (task);

  if (g_error_matches (ours, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_UNKNOWN_FATE))
    plt_case_lose (self, data->change);
  plt_case_end_write (self);
  if (g_error_matches (ours, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_CONFLICT))
    plt_case_reload_soon (self);
  g_task_return_error (task, g_steal_pointer (&ours));
}

static void
read_after_change_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStoreCase) read = plt_store_read_case_finish (PLT_STORE (source), result, &error);

  /* The change itself was made. If it cannot be looked at now, it will be after the trouble. */
  if (read != NULL)
    plt_case_apply (self, read);
  else
    g_info ("A case was not read again after a change: %s", error->message);
  plt_case_end_write (self);
  g_task_return_boolean (task, TRUE);
}

static void
read_after_change (PltCase  *self,
                   GTask    *task,
                   gboolean  evaluate)
{
  gint64 id = plt_licence_application_get_id (self->application);

  plt_store_read_case_async (plt_office_get_store (self->office),
                             plt_licence_application_get_number (self->application),
                             evaluate ? id : 0, NULL, read_after_change_cb, task);
}

/* A value was changed: the rules look at it again. */
static void
value_changed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (plt_store_change_finish (PLT_STORE (source), result, &error) < 0)
    fail_change (self, task, error);
  else
    read_after_change (self, g_steal_pointer (&task), TRUE);
}

static void
step_made_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (plt_store_change_finish (PLT_STORE (source), result, &error) < 0)
    fail_change (self, task, error);
  else
    read_after_change (self, g_steal_pointer (&task), FALSE);
}

static gboolean
finish_change (PltCase       *self,
               GAsyncResult  *result,
               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reloaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (PltStoreCase) read = plt_store_read_case_finish (PLT_STORE (source), result, &error);

  if (read == NULL)
    {
      plt_office_fail (self->office, task, error);
      return;
    }
  plt_case_apply (self, read);
  g_task_return_boolean (task, TRUE);
}

void
plt_case_reload_async (PltCase             *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  plt_store_read_case_async (plt_office_get_store (self->office),
                             plt_licence_application_get_number (self->application), 0, cancellable,
                             reloaded_cb, g_task_new (self, cancellable, callback, user_data));
}

gboolean
plt_case_reload_finish (PltCase       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  return finish_change (self, result, error);
}

void
plt_case_choose_async (PltCase             *self,
                       PltField             field,
                       const char          *value,
                       const char          *reason,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  plt_store_set_field_async (plt_office_get_store (self->office),
                             plt_licence_application_get_id (self->application),
                             plt_licence_application_get_row_version (self->application), field, value,
                             reason, cancellable, value_changed_cb,
                             begin_change (self, PLT_CASE_CHANGE_FIELD, cancellable, callback,
                                           user_data));
}

gboolean
plt_case_choose_finish (PltCase       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  return finish_change (self, result, error);
}

void
plt_case_settle_async (PltCase             *self,
                       PltCaseSettle        how,
                       PltField             field,
                       const char          *value,
                       const char          *reason,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  static const char * const nicks[] = {
    [PLT_CASE_SETTLE_PARK] = "park", [PLT_CASE_SETTLE_DECIDE] = "decide",
    [PLT_CASE_SETTLE_UNDO] = "undo",
  };

  g_return_if_fail (PLT_IS_CASE (self));

  plt_store_settle_field_async (plt_office_get_store (self->office),
                                plt_licence_application_get_id (self->application),
                                plt_licence_application_get_row_version (self->application),
                                nicks[how], field, value, reason, cancellable, value_changed_cb,
                                begin_change (self, PLT_CASE_CHANGE_FIELD, cancellable, callback,
                                           user_data));
}

gboolean
plt_case_settle_finish (PltCase       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  return finish_change (self, result, error);
}

void
plt_case_set_categories_async (PltCase             *self,
                               const char * const  *categories,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  plt_store_set_categories_async (plt_office_get_store (self->office),
                                  plt_licence_application_get_id (self->application),
                                  plt_licence_application_get_row_version (self->application),
                                  categories, cancellable, value_changed_cb,
                                  begin_change (self, PLT_CASE_CHANGE_CATEGORIES, cancellable, callback,
                                           user_data));
}

gboolean
plt_case_set_categories_finish (PltCase       *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return finish_change (self, result, error);
}

void
plt_case_store_image_async (PltCase             *self,
                            PltCaseImage         image,
                            GBytes              *bytes,
                            GBytes              *chip,
                            int                  row_version,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  gboolean is_portrait = image == PLT_CASE_IMAGE_PORTRAIT;

  plt_store_set_image_async (plt_office_get_store (self->office),
                             plt_licence_application_get_id (self->application), row_version,
                             is_portrait ? "portrait" : "signature", bytes,
                             is_portrait ? "image/jpeg" : "image/png", chip, cancellable,
                             value_changed_cb,
                             begin_change (self,
                                           is_portrait ? PLT_CASE_CHANGE_PORTRAIT
                                                       : PLT_CASE_CHANGE_SIGNATURE,
                                           cancellable, callback, user_data));
}

gboolean
plt_case_store_image_finish (PltCase       *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return finish_change (self, result, error);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltCase *self = g_task_get_source_object (task);
  ChangeTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) picture = plt_picture_import_finish (result, &error);

  if (picture == NULL)
    {
      fail_change (self, task, error);
      return;
    }
  plt_store_set_image_async (plt_office_get_store (self->office),
                             plt_licence_application_get_id (self->application),
                             data->row_version, "signature", picture, "image/png", NULL, cancellable,
                             value_changed_cb, g_steal_pointer (&task));
}

void
plt_case_set_image_async (PltCase             *self,
                          PltCaseImage         image,
                          GBytes              *data,
                          const char          *name,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));
  g_return_if_fail (data != NULL);

  if (image == PLT_CASE_IMAGE_PORTRAIT)
    plt_case_import_photo_async (self, data, name, PLT_PHOTO_FROM_FILE, FALSE, cancellable, callback,
                                 user_data);
  else
    plt_picture_import_async (data, name, PLT_PICTURE_SIGNATURE, cancellable, imported_cb,
                              begin_change (self, PLT_CASE_CHANGE_SIGNATURE, cancellable, callback,
                                            user_data));
}

gboolean
plt_case_set_image_finish (PltCase       *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return finish_change (self, result, error);
}

void
plt_case_set_strokes_async (PltCase             *self,
                            const PltStrokes    *strokes,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = plt_strokes_draw (strokes, _("pad"), &error);

  g_return_if_fail (PLT_IS_CASE (self));

  if (picture == NULL)
    g_task_report_error (self, callback, user_data, NULL,
                         plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL, "%s", error->message));
  else
    plt_case_store_image_async (self, PLT_CASE_IMAGE_SIGNATURE, picture, NULL,
                                plt_licence_application_get_row_version (self->application),
                                cancellable, callback, user_data);
}

gboolean
plt_case_set_strokes_finish (PltCase       *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return finish_change (self, result, error);
}

static void
make_step (PltCase *self,
           GTask   *task)
{
  ChangeTask *data = g_task_get_task_data (task);

  plt_store_step_application_async (plt_office_get_store (self->office),
                                    plt_licence_application_get_id (self->application),
                                    data->row_version,
                                    step_nicks[data->step], data->reason,
                                    g_task_get_cancellable (task), step_made_cb, task);
}

/* Who may record answers depends on the state: somebody who was faster with another decision is the
 * reason for the refusal then, and that is what helps. */
static void
looked_who_was_faster_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  ChangeTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLicenceApplication) now
      = plt_store_get_application_finish (PLT_STORE (source), result, &error);

  if (now != NULL && plt_licence_application_get_row_version (now) != data->row_version)
    fail_change (self, task,
                 plt_office_error_new (PLT_OFFICE_ERROR_CONFLICT, "VERSION",
                                       _("Application %s was not approved, because somebody else changed"
                                         " it in the meantime. Look at it again."),
                                       plt_licence_application_get_number (now)));
  else
    fail_change (self, task, g_steal_pointer (&data->refusal));
}

static void
sources_recorded_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltCase *self = g_task_get_source_object (task);
  ChangeTask *data = g_task_get_task_data (task);

  if (plt_store_record_sources_finish (PLT_STORE (source), result, &data->refusal))
    make_step (self, g_steal_pointer (&task));
  else if (plt_session_is_online (plt_office_get_session (self->office)))
    plt_store_get_application_async (PLT_STORE (source),
                                     plt_licence_application_get_number (self->application),
                                     cancellable, looked_who_was_faster_cb,
                                     g_steal_pointer (&task));
  else
    fail_change (self, task, g_steal_pointer (&data->refusal));
}

/* Both callbacks of the approver's own asking own the task's reference; one of them comes, once. */
static void
stop_listening (GTask *task)
{
  ChangeTask *data = g_task_get_task_data (task);
  g_signal_handlers_disconnect_by_data (data->inquiry, task);
}

static void
asked_cb (GTask *user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltCase *self = g_task_get_source_object (task);
  ChangeTask *data = g_task_get_task_data (task);
  PltSourceAnswer *answers[PLT_N_SOURCES];

  stop_listening (task);
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    {
      answers[i] = plt_inquiry_get_answer (data->inquiry, i);
      plt_case_set_live (self, i, answers[i]);
    }
  PltSourceState identity = plt_source_answer_get_state (answers[PLT_SOURCE_IDENTITY]);
  self->identity_silent = identity != PLT_SOURCE_STATE_ANSWERED
                          && identity != PLT_SOURCE_STATE_NOT_FOUND;
  plt_store_record_sources_async (plt_office_get_store (self->office),
                                  plt_licence_application_get_id (self->application), answers,
                                  cancellable, sources_recorded_cb,
                                  g_steal_pointer (&task));
}

static void
asking_failed_cb (GTask        *user_data,
                  const GError *error)
{
  g_autoptr (GTask) task = user_data;

  stop_listening (task);
  fail_change (g_task_get_source_object (task), task, g_error_copy (error));
}

void
plt_case_step_async (PltCase             *self,
                     PltCaseStep          step,
                     const char          *reason,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));

  GTask *task = begin_change (self, (PltCaseChange) (PLT_CASE_CHANGE_SUBMIT + (int) step), cancellable,
                              callback, user_data);
  ChangeTask *data = g_task_get_task_data (task);
  data->step = step;
  data->reason = g_strdup (reason);
  if (step != PLT_CASE_STEP_APPROVE)
    {
      make_step (self, task);
      return;
    }
  data->inquiry = plt_inquiry_new (self->office,
                                   plt_licence_application_get_id_number (self->application),
                                   "approval");
  g_signal_connect_swapped (data->inquiry, "done", G_CALLBACK (asked_cb), task);
  g_signal_connect_swapped (data->inquiry, "failed", G_CALLBACK (asking_failed_cb), task);
}

gboolean
plt_case_step_finish (PltCase       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  return finish_change (self, result, error);
}
