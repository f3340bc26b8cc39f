/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks photographs before they are stored, notes what was measured, asks for exceptions and decides
 * them. */
#include "config.h"

#include "plt-case-photo.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plt-case-private.h"
#include "plt-data-folder.h"
#include "plt-office-error-private.h"
#include "plt-photo-work.h"
#include "plt-store-decisions.h"

typedef struct
{
  PltPhotoWork work;
  PltPhotoOrigin origin;
  gboolean is_covered;
  gboolean is_stored; /* FALSE: it is only noted */
  int row_version;

  int n_failed;
  gboolean waits;
} PhotoTask;

static const char * const origin_nicks[] = {
  [PLT_PHOTO_FROM_FILE] = "file",         [PLT_PHOTO_FROM_CAMERA] = "camera",
  [PLT_PHOTO_FROM_CLIPBOARD] = "clipboard", [PLT_PHOTO_FROM_DROP] = "drop",
  [PLT_PHOTO_FROM_REGISTRY] = "registry", [PLT_PHOTO_FROM_COMMAND] = "command",
};

static void
photo_task_free (PhotoTask *self)
{
  plt_photo_work_clear (&self->work);
  g_free (self);
}

/* The administrator's, where there is one. */
static char *
find_file (const char *name)
{
  g_autofree char *own = g_build_filename (PLT_SYSCONFDIR, "photo", name, NULL);
  g_autofree char *folder = plt_data_folder_find ("photo");

  return g_file_test (own, G_FILE_TEST_EXISTS) ? g_steal_pointer (&own)
                                               : g_build_filename (folder, name, NULL);
}

PltPortraitBudgets *
plt_case_load_portrait_budgets (GError **error)
{
  g_autofree char *path = find_file ("budgets.json");
  g_autoptr (GError) local_error = NULL;
  PltPortraitBudgets *budgets = plt_portrait_budgets_load (path, &local_error);

  if (budgets == NULL)
    g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_SETUP, NULL,
                                                    _("No portrait can be made. %s"),
                                                    local_error->message));
  return budgets;
}

PltPhotoLimits *
plt_case_load_photo_limits (GError **error)
{
  g_autofree char *path = find_file ("checks.json");
  g_autoptr (GError) local_error = NULL;
  PltPhotoLimits *limits = plt_photo_limits_load (path, &local_error);

  if (limits == NULL)
    g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_SETUP, NULL,
                                                    _("No photo can be checked. %s"),
                                                    local_error->message));
  return limits;
}

/* ---- the steps: look whether a cover is allowed, check, note, store ---- */

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  PhotoTask *data = task_data;
  g_autoptr (GError) error = NULL;

  if (plt_photo_work_run (&data->work, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static char *
dup_id (PltCase *self)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, plt_licence_application_get_id (self->application));
}

PltPhotoCover
plt_case_read_cover (const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonArray *entries = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                         ? json_object_get_array_member (json_node_get_object (root), "exceptions")
                         : NULL;
  PltPhotoCover cover = PLT_PHOTO_COVER_UNASKED;

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *state = json_object_get_string_member_with_default (entry, "state", "");

      if (g_strcmp0 (json_object_get_string_member_with_default (entry, "kind", ""), "head_cover") != 0)
        continue;
      if (g_str_equal (state, "allowed"))
        return PLT_PHOTO_COVER_ALLOWED;
      if (g_str_equal (state, "open"))
        cover = PLT_PHOTO_COVER_ASKED;
    }
  return cover;
}

static PhotoTask *
get_data (GTask *task)
{
  return g_task_get_task_data (task);
}

static void
fail (GTask  *task,
      GError *error)
{
  PltCase *self = g_task_get_source_object (task);
  g_autoptr (GError) ours = plt_office_take_error (self->office, error);

  plt_case_end_write (self);
  g_task_return_error (task, g_steal_pointer (&ours));
}

/* The database names the checks; the person reads what they said. */
static GError *
put_into_words (PhotoTask *data,
                GError    *error)
{
  if (data->work.bad == NULL || g_strcmp0 (plt_office_error_get_rule (error), "PHOTO") != 0)
    return error;
  g_error_free (error);
  return plt_office_error_new (PLT_OFFICE_ERROR_INVALID, "PHOTO",
                               /* Translators: the second %s is whole sentences: what is wrong, what to do */
                               _("The portrait “%s” was not taken over. %s"), data->work.name, data->work.bad);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_case_store_image_finish (PLT_CASE (source), result, &error))
    {
      fail (task, put_into_words (get_data (task), error));
      return;
    }
  plt_case_end_write (PLT_CASE (source));
  g_task_return_boolean (task, TRUE);
}

static void
read_note (PhotoTask  *data,
           const char *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *note = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (note == NULL)
    return;
  data->n_failed = (int) json_object_get_int_member_with_default (note, "failed", 0);
  data->waits = json_object_get_boolean_member_with_default (note, "waits", FALSE);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltCase *self = g_task_get_source_object (task);
  PhotoTask *data = get_data (task);
  GError *error = NULL;
  g_autofree char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  if (json == NULL)
    {
      fail (task, error);
      return;
    }
  read_note (data, json);
  if (!data->is_stored)
    {
      plt_case_end_write (self);
      g_task_return_boolean (task, TRUE);
    }
  else if (data->work.portrait == NULL)
    fail (task, g_steal_pointer (&data->work.cut_error));
  else
    plt_case_store_image_async (self, PLT_CASE_IMAGE_PORTRAIT, data->work.portrait,
                                data->work.chip, data->row_version,
                                cancellable, stored_cb, g_steal_pointer (&task));
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  PltCase *self = PLT_CASE (source);
  PhotoTask *data = get_data (task);
  g_autofree char *id = dup_id (self);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, error);
      return;
    }
  const char *arguments[] = { id, data->work.sha256, origin_nicks[data->origin], data->work.json };
  plt_store_ask_json_async (plt_office_get_store (self->office), "photo-check-note", arguments,
                            G_N_ELEMENTS (arguments), cancellable, noted_cb,
                            g_steal_pointer (&task));
}

/* @task: taken. Its data stay with it; the worker's task only borrows them. */
static void
check (PltCase *self,
       GTask   *task)
{
  g_autoptr (GTask) worker = g_task_new (self, g_task_get_cancellable (task), checked_cb, task);

  g_task_set_task_data (worker, get_data (task), NULL);
  g_task_run_in_thread (worker, check_thread);
}

static void
state_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autofree char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  if (json == NULL)
    {
      fail (task, error);
      return;
    }
  get_data (task)->work.cover = plt_case_read_cover (json);
  check (self, g_steal_pointer (&task));
}

/* @task: taken. Of a covered head it must be known first who allowed that. */
static void
begin (PltCase *self,
       GTask   *task)
{
  PhotoTask *data = get_data (task);
  g_autofree char *id = dup_id (self);
  const char *arguments[] = { id };

  data->row_version = plt_licence_application_get_row_version (self->application);
  plt_case_begin_write (self);
  if (data->is_covered)
    plt_store_ask_json_async (plt_office_get_store (self->office), "photo-state", arguments, 1,
                              g_task_get_cancellable (task), state_read_cb, task);
  else
    check (self, task);
}

static PhotoTask *
new_data (GTask          *task,
          const char     *name,
          PltPhotoOrigin  origin,
          gboolean        is_covered)
{
  PhotoTask *data = g_new0 (PhotoTask, 1);

  data->work.name = g_strdup (name);
  data->origin = origin;
  data->is_covered = is_covered;
  g_task_set_task_data (task, data, (GDestroyNotify) photo_task_free);
  return data;
}

void
plt_case_import_photo_async (PltCase             *self,
                             GBytes              *bytes,
                             const char          *name,
                             PltPhotoOrigin       origin,
                             gboolean             is_covered,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  PhotoTask *data = new_data (task, name, origin, is_covered);

  data->work.data = g_bytes_ref (bytes);
  data->is_stored = TRUE;
  begin (self, task);
}

static void
take_photo (PltCase             *self,
            PltPhoto            *photo,
            const PltPhotoCrop  *crop,
            PltPhotoOrigin       origin,
            gboolean             is_covered,
            gboolean             is_stored,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  PhotoTask *data = new_data (task, plt_photo_get_name (photo), origin, is_covered);

  data->work.photo = g_object_ref (photo);
  data->work.crop = *crop;
  data->work.has_crop = TRUE;
  data->is_stored = is_stored;
  begin (self, task);
}

void
plt_case_set_photo_async (PltCase             *self,
                          PltPhoto            *photo,
                          const PltPhotoCrop  *crop,
                          PltPhotoOrigin       origin,
                          gboolean             is_covered,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));
  g_return_if_fail (PLT_IS_PHOTO (photo) && crop != NULL);

  take_photo (self, photo, crop, origin, is_covered, TRUE, cancellable, callback, user_data);
}

gboolean
plt_case_import_photo_finish (PltCase       *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return plt_case_set_photo_finish (self, result, error);
}

gboolean
plt_case_set_photo_finish (PltCase       *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
plt_case_note_photo_async (PltCase             *self,
                           PltPhoto            *photo,
                           const PltPhotoCrop  *crop,
                           PltPhotoOrigin       origin,
                           gboolean             is_covered,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PLT_IS_CASE (self));
  g_return_if_fail (PLT_IS_PHOTO (photo) && crop != NULL);

  take_photo (self, photo, crop, origin, is_covered, FALSE, cancellable, callback, user_data);
}

gboolean
plt_case_note_photo_finish (PltCase       *self,
                            GAsyncResult  *result,
                            int           *n_failed,
                            gboolean      *waits,
                            GError       **error)
{
  PhotoTask *data;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  data = get_data (G_TASK (result));
  *n_failed = data->n_failed;
  *waits = data->waits;
  return TRUE;
}

/* ---- exceptions ---- */

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltCase *self = g_task_get_source_object (task);
  GError *error = NULL;
  char *json = plt_store_ask_json_finish (PLT_STORE (source), result, &error);

  if (json == NULL)
    {
      plt_office_fail (self->office, task, error);
      return;
    }
  if (g_task_get_task_data (task) != NULL)
    plt_case_reload_soon (self);
  g_task_return_pointer (task, json, g_free);
}

/* @changes: something is written, and the case is read again after it. */
static void
ask (PltCase             *self,
     const char          *statement,
     const char * const  *arguments,
     int                  n_arguments,
     gboolean             changes,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, GINT_TO_POINTER (changes), NULL);
  plt_store_ask_json_async (plt_office_get_store (self->office), statement, arguments, n_arguments,
                            cancellable, answered_cb, task);
}

void
plt_case_read_exceptions_async (PltCase             *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autofree char *id = dup_id (self);
  const char *arguments[] = { id };

  ask (self, "photo-state", arguments, 1, FALSE, cancellable, callback, user_data);
}

void
plt_case_read_history_async (PltCase             *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autofree char *id = dup_id (self);
  const char *arguments[] = { id };

  ask (self, "photo-history", arguments, 1, FALSE, cancellable, callback, user_data);
}

void
plt_case_ask_exception_async (PltCase             *self,
                              const char          *kind,
                              const char          *reason,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autofree char *id = dup_id (self);
  g_autofree char *version
    = g_strdup_printf ("%d", plt_licence_application_get_row_version (self->application));
  const char *arguments[] = { id, version, kind, reason };

  ask (self, "exception-ask", arguments, G_N_ELEMENTS (arguments), TRUE, cancellable, callback,
       user_data);
}

void
plt_case_decide_exception_async (PltCase             *self,
                                 const char          *id,
                                 gboolean             allow,
                                 const char          *reason,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  const char *arguments[] = { id, allow ? "true" : "false", reason };

  ask (self, "exception-decide", arguments, G_N_ELEMENTS (arguments), TRUE, cancellable, callback,
       user_data);
}

char *
plt_case_answer_finish (PltCase       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
