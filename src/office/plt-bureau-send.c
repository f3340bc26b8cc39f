/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends a batch to a bureau, at most once, whenever and wherever this program dies.
 *
 *   no batch            nothing happened
 *   open                all its cards are reserved, some drawn, and none can be made here; writing the batch goes on
 *   sent, no file yet   what goes out is stored, its hash too: writing the batch again gives the same bytes
 *   sent, with its file
 *
 * The list is made from what is stored of each card, signed, and written to an archive beside its place; its
 * hash is stored as sent, and only then does the archive appear under its name. The cards are read one by one,
 * once for the list and once for the archive, so that a batch may be larger than memory. */
#include "plt-bureau.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plt-crash-point.h"
#include "plt-office-private.h"
#include "plt-press-package.h"
#include "plt-press-work.h"
#include "plt-store-applications.h"
#include "plt-store-bureau.h"

typedef struct
{
  char *bureau;
  char **applications; /* NULL: the batch is there */
  GStrvBuilder *records; /* their record numbers */
  guint position;      /* in these, then in the cards */
  char *path;
  char *number;
  PltStoreBatch *batch;
  GPtrArray *cards;    /* PltStoreBatchCard */
  PltStorePackageCard *card;
  PltStoreCardData *data;
  PltPress *press;
  PltPackage *package; /* the list as it grows; NULL: it is there */
  char *manifest;
  GBytes *signature;
  PltPackageWriter *writer; /* NULL: the list is not ready */
  char *sha256;
} SendTask;

static void find_next_application (GTask *task);
static void draw_next_card (GTask *task);
static void pack_next_card (GTask *task);

static void
send_task_free (SendTask *self)
{
  g_free (self->bureau);
  g_strfreev (self->applications);
  g_clear_pointer (&self->records, g_strv_builder_unref);
  g_free (self->path);
  g_free (self->number);
  g_clear_pointer (&self->batch, plt_store_batch_free);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->card, plt_store_package_card_free);
  g_clear_pointer (&self->data, plt_store_card_data_free);
  g_clear_pointer (&self->press, plt_press_unref);
  g_clear_pointer (&self->package, plt_package_free);
  g_free (self->manifest);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_clear_pointer (&self->writer, plt_package_writer_free);
  g_free (self->sha256);
  g_free (self);
}

static PltStore *
get_store (GTask *task)
{
  return plt_office_get_store (g_task_get_source_object (task));
}

/* Whoever reads it must know that there is a batch now, and how to go on. */
static void
fail (GTask  *task,
      GError *error)
{
  SendTask *data = g_task_get_task_data (task);
  g_autoptr (GError) ours = plt_office_take_error (g_task_get_source_object (task), error);

  if (data->number != NULL && data->applications != NULL)
    {
      g_autofree char *message = g_steal_pointer (&ours->message);

      ours->message = g_strdup_printf (_("%s Batch %s is not finished: “platenctl bureau write” goes on with it, “platenctl bureau "
                                         "cancel” gives it up."), message, data->number);
    }
  g_task_return_error (task, g_steal_pointer (&ours));
}

static void
run_in_thread (GTask               *task,
               GTaskThreadFunc      thread,
               GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) work = g_task_new (g_task_get_source_object (task), NULL, callback, task);

  g_task_set_task_data (work, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (work, thread);
}

/* ---- the archive ---- */

static void
finish (GTask *task)
{
  SendTask *data = g_task_get_task_data (task);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *shown = g_filename_display_name (data->path);

  json_object_set_string_member (object, "batch", data->batch->number);
  json_object_set_string_member (object, "bureau", data->batch->bureau);
  json_object_set_int_member (object, "cards", data->cards->len);
  json_object_set_string_member (object, "file", shown);
  json_object_set_string_member (object, "sha256", data->sha256);
  json_node_take_object (root, object);
  g_task_return_pointer (task, json_to_string (root, FALSE), g_free);
}

static void
keep_file (GTask *task)
{
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (plt_package_writer_keep (data->writer, &error))
    finish (task);
  else
    fail (task, plt_office_error_convert (error));
}

static void
sealed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plt_store_bureau_finish (PLT_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }
  plt_crash_point ("batch-sealed");
  keep_file (task);
}

static void
seal (GTask *task)
{
  SendTask *data = g_task_get_task_data (task);

  plt_crash_point ("batch-written");
  if (data->batch->is_open)
    plt_store_seal_batch_async (get_store (task), data->number, data->manifest, data->signature,
                                data->sha256, sealed_cb, task);
  else if (g_strcmp0 (data->sha256, data->batch->package_sha256) == 0)
    {
      keep_file (task);
      g_object_unref (task);
    }
  else
    {
      fail (task, plt_office_error_new (PLT_OFFICE_ERROR_FAILED, NULL,
                                        _("Batch %s was not written again, because it would not be what was sent. Show it to an "
                                          "administrator."), data->number));
      g_object_unref (task);
    }
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    seal (g_steal_pointer (&task));
  else
    fail (task, error);
}

static void
end_thread (GTask        *work,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  SendTask *data = task_data;
  GError *error = NULL;

  if (plt_package_writer_end (data->writer, &data->sha256, &error))
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, plt_office_error_convert (error));
}

/* From the list to the archive: the cards come once more. */
static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, error);
      return;
    }
  data->position = 0;
  pack_next_card (g_steal_pointer (&task));
}

static void
begin_thread (GTask        *work,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  SendTask *data = task_data;
  GError *error = NULL;

  if (data->package != NULL)
    {
      data->manifest = plt_package_to_json (data->package);
      data->signature = plt_press_sign_package (data->press, data->manifest, &error);
    }
  if (data->signature != NULL)
    data->writer = plt_package_writer_new (data->path, data->manifest, data->signature, &error);
  if (data->writer != NULL)
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, plt_office_error_convert (error));
}

/* ---- one card after the other, for the list or for the archive ---- */

static void
packed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&data->card, plt_store_package_card_free);
  g_clear_pointer (&data->data, plt_store_card_data_free);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, error);
      return;
    }
  data->position++;
  pack_next_card (g_steal_pointer (&task));
}

static void
pack_thread (GTask        *work,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  SendTask *data = task_data;
  GError *error = NULL;
  g_autoptr (PltPackageJob) job = plt_press_make_package_job (data->press, data->card, data->data,
                                                              &error);

  if (job != NULL && data->writer != NULL)
    plt_package_writer_add (data->writer, job, &error);
  else if (job != NULL)
    {
      plt_package_job_forget_bytes (job);
      data->package->specimen |= plt_press_package_is_specimen (data->card);
      g_ptr_array_add (data->package->jobs, g_steal_pointer (&job));
    }
  if (error == NULL)
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, plt_office_error_convert (error));
}

static void
card_data_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->data = plt_store_card_data_finish (PLT_STORE (source), result, &error);
  if (data->data == NULL)
    fail (task, error);
  else
    run_in_thread (g_steal_pointer (&task), pack_thread, packed_cb);
}

static void
card_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->card = plt_store_package_card_finish (PLT_STORE (source), result, &error);
  if (data->card == NULL)
    fail (task, error);
  else if (plt_press_package_wants_data (data->card))
    plt_store_card_data_async (PLT_STORE (source), data->card->application_number, NULL,
                               card_data_cb, g_steal_pointer (&task));
  else
    run_in_thread (g_steal_pointer (&task), pack_thread, packed_cb);
}

static void
pack_next_card (GTask *task)
{
  SendTask *data = g_task_get_task_data (task);

  if (data->position < data->cards->len)
    {
      const PltStoreBatchCard *card = data->cards->pdata[data->position];

      plt_store_package_card_async (get_store (task), card->number, NULL, card_cb, task);
    }
  else if (data->writer == NULL)
    run_in_thread (task, begin_thread, begun_cb);
  else
    run_in_thread (task, end_thread, ended_cb);
}

/* ---- drawing those that are only reserved ---- */

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!plt_store_card_step_finish (PLT_STORE (source), result, &error))
    {
      fail (task, error);
      return;
    }
  plt_crash_point ("batch-card-drawn");
  data->position++;
  draw_next_card (g_steal_pointer (&task));
}

static void
drawn_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  const PltStoreBatchCard *card = data->cards->pdata[data->position];
  PltStore *store = get_store (task);
  GError *error = NULL;
  g_autoptr (PltStoreCardFile) file = plt_press_make_file_finish (result, &error);

  if (file == NULL)
    fail (task, error);
  else
    plt_store_card_rendered_async (store, card->id, file, NULL, kept_cb, g_steal_pointer (&task));
}

static void
inputs_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  PltStoreCardData *inputs = plt_store_card_data_finish (PLT_STORE (source), result, &error);

  if (inputs == NULL)
    fail (task, error);
  else
    plt_press_make_file_async (data->press, inputs, NULL, drawn_cb, g_steal_pointer (&task));
}

static void
draw_next_card (GTask *task)
{
  SendTask *data = g_task_get_task_data (task);

  while (data->position < data->cards->len)
    {
      const PltStoreBatchCard *card = data->cards->pdata[data->position];

      if (card->state == PLT_CARD_STATE_RESERVED)
        {
          plt_store_card_data_async (get_store (task), card->application_number, NULL, inputs_cb, task);
          return;
        }
      data->position++;
    }
  data->position = 0;
  pack_next_card (task);
}

/* ---- the batch ---- */

static void
cards_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->cards = plt_store_list_batch_cards_finish (PLT_STORE (source), result, &error);
  if (data->cards == NULL)
    {
      fail (task, error);
      return;
    }
  data->position = 0;
  if (data->batch->is_open)
    {
      data->package = plt_package_new (data->batch->office_code, data->batch->number,
                                       data->batch->bureau);
      draw_next_card (g_steal_pointer (&task));
      return;
    }
  data->manifest = g_strdup (data->batch->manifest);
  data->signature = g_bytes_ref (data->batch->signature);
  run_in_thread (g_steal_pointer (&task), begin_thread, begun_cb);
}

static void
batch_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->batch = plt_store_get_batch_finish (PLT_STORE (source), result, &error);
  if (data->batch != NULL && !data->batch->is_open && data->batch->manifest == NULL)
    error = plt_office_error_new (PLT_OFFICE_ERROR_RULE, "STATE", _("Batch %s was not written, because it was cancelled. Make another one."),
                                  data->batch->number);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  g_free (data->number);
  data->number = g_strdup (data->batch->number);
  plt_store_list_batch_cards_async (PLT_STORE (source), data->number, cards_cb,
                                    g_steal_pointer (&task));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->number = plt_store_open_batch_finish (PLT_STORE (source), result, &error);
  if (data->number == NULL)
    {
      fail (task, error);
      return;
    }
  plt_crash_point ("batch-opened");
  plt_store_get_batch_async (PLT_STORE (source), data->number, batch_cb, g_steal_pointer (&task));
}

static void
application_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SendTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PltLicenceApplication) application =
    plt_store_get_application_finish (PLT_STORE (source), result, &error);
  g_autofree char *record = NULL;

  if (application == NULL)
    {
      fail (task, error);
      return;
    }
  record = g_strdup_printf ("%" G_GINT64_FORMAT, plt_licence_application_get_id (application));
  g_strv_builder_add (data->records, record);
  data->position++;
  find_next_application (g_steal_pointer (&task));
}

static void
find_next_application (GTask *task)
{
  SendTask *data = g_task_get_task_data (task);
  g_auto (GStrv) records = NULL;
  g_autofree char *key = NULL;

  if (data->applications[data->position] != NULL)
    {
      plt_store_get_application_async (get_store (task), data->applications[data->position], NULL,
                                       application_cb, task);
      return;
    }
  records = g_strv_builder_end (data->records);
  key = g_uuid_string_random ();
  plt_store_open_batch_async (get_store (task), key, data->bureau, (const char *const *) records,
                              opened_cb, task);
}

static GTask *
new_task (PltOffice           *office,
          const char          *path,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (office, NULL, callback, user_data);
  SendTask *data = g_new0 (SendTask, 1);

  data->path = g_strdup (path);
  data->press = plt_press_ref (plt_office_get_press (office));
  g_task_set_task_data (task, data, (GDestroyNotify) send_task_free);
  return task;
}

void
plt_bureau_send_async (PltOffice           *office,
                       const char          *bureau,
                       const char *const   *applications,
                       const char          *path,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && bureau != NULL && applications != NULL && path != NULL);

  GTask *task = new_task (office, path, callback, user_data);
  SendTask *data = g_task_get_task_data (task);

  data->bureau = g_strdup (bureau);
  data->applications = g_strdupv ((char **) applications);
  data->records = g_strv_builder_new ();
  find_next_application (task);
}

void
plt_bureau_write_async (PltOffice           *office,
                        const char          *batch,
                        const char          *path,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && batch != NULL && path != NULL);

  plt_store_get_batch_async (plt_office_get_store (office), batch, batch_cb,
                             new_task (office, path, callback, user_data));
}
