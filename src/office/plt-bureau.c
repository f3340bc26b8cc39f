/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enrols bureaus, gives batches up and takes receipts. */
#include "plt-bureau.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plt-card-file.h"
#include "plt-office-private.h"
#include "plt-package-receipt.h"
#include "plt-store-bureau.h"

typedef struct
{
  char *path;
  PltPackageReceipt *receipt;
} ReceiveTask;

static void
receive_task_free (ReceiveTask *self)
{
  g_free (self->path);
  g_clear_pointer (&self->receipt, plt_package_receipt_free);
  g_free (self);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* @object: (transfer full): what is told */
static void
return_members (GTask      *task,
                JsonObject *object)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (root, object);
  g_task_return_pointer (task, json_to_string (root, FALSE), g_free);
}

char *
plt_bureau_finish (GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *json = plt_store_list_bureaus_finish (PLT_STORE (source), result, &error);

  if (json != NULL)
    g_task_return_pointer (task, json, g_free);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

void
plt_bureau_list_async (PltOffice           *office,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  plt_store_list_bureaus_async (plt_office_get_store (office), cancellable, listed_cb,
                                g_task_new (office, cancellable, callback, user_data));
}

/* ---- enrolment ---- */

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 id = plt_store_propose_bureau_finish (PLT_STORE (source), result, &error);
  JsonObject *object;

  if (id < 0)
    {
      plt_office_fail (g_task_get_source_object (task), task, error);
      return;
    }
  object = json_object_new ();
  json_object_set_int_member (object, "id", id);
  json_object_set_string_member (object, "sha256", g_task_get_task_data (task));
  return_members (task, object);
}

void
plt_bureau_enrol_async (PltOffice           *office,
                        const char          *code,
                        const char          *name,
                        const char          *certificate,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && code != NULL && name != NULL && certificate != NULL);

  g_autoptr (GTask) task = g_task_new (office, NULL, callback, user_data);
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) der = NULL;
  GError *error = NULL;
  gsize length;

  if (g_file_get_contents (certificate, &contents, &length, &error))
    {
      file = g_bytes_new_take (g_steal_pointer (&contents), length);
      der = plt_package_certificate_to_der (file, get_now (), &error);
    }
  if (der == NULL)
    {
      plt_office_fail (office, task, error);
      return;
    }
  g_task_set_task_data (task, plt_card_file_hash (der), g_free);
  plt_store_propose_bureau_async (plt_office_get_store (office), code, name, der, proposed_cb,
                                  g_steal_pointer (&task));
}

/* For what was done and has nothing to tell. */
static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  JsonObject *object;

  if (!plt_store_bureau_finish (PLT_STORE (source), result, &error))
    {
      plt_office_fail (g_task_get_source_object (task), task, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "state", g_task_get_task_data (task));
  return_members (task, object);
}

void
plt_bureau_decide_async (PltOffice           *office,
                         gint64               bureau,
                         const char          *fingerprint,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));

  GTask *task = g_task_new (office, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (fingerprint != NULL ? "approved" : "retired"), g_free);
  plt_store_decide_bureau_async (plt_office_get_store (office), bureau, fingerprint, done_cb, task);
}

void
plt_bureau_cancel_async (PltOffice           *office,
                         const char          *batch,
                         const char          *reason,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && batch != NULL);

  GTask *task = g_task_new (office, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup ("cancelled"), g_free);
  plt_store_cancel_batch_async (plt_office_get_store (office), batch, reason, done_cb, task);
}

/* ---- receipts ---- */

static void
received_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReceiveTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  int made, failed;
  JsonObject *object;

  if (!plt_store_receive_batch_finish (PLT_STORE (source), result, &made, &failed, &error))
    {
      plt_office_fail (g_task_get_source_object (task), task, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "batch", data->receipt->batch);
  json_object_set_string_member (object, "bureau", data->receipt->bureau);
  json_object_set_int_member (object, "made", made);
  json_object_set_int_member (object, "not_made", failed);
  return_members (task, object);
}

static void
certificate_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReceiveTask *data = g_task_get_task_data (task);
  PltPackageReceipt *receipt = data->receipt;
  GError *error = NULL;
  g_autoptr (GBytes) certificate = plt_store_bureau_certificate_finish (PLT_STORE (source), result,
                                                                        &error);
  g_autofree char *sha256 = certificate != NULL ? plt_card_file_hash (certificate) : NULL;
  const PltStoreReceipt said = {
    .batch = receipt->batch, .bureau = receipt->bureau, .signer_sha256 = sha256, .manifest_sha256 = receipt->manifest_sha256,
    .cards = receipt->cards, .serials = receipt->serials, .sha256s = receipt->sha256s, .outcomes = receipt->outcomes,
    .reasons = receipt->reasons,
  };

  if (certificate == NULL || !plt_package_receipt_verify (receipt, certificate, get_now (), &error))
    plt_office_fail (g_task_get_source_object (task), task, error);
  else
    plt_store_receive_batch_async (PLT_STORE (source), &said, receipt->message, received_cb,
                                   g_steal_pointer (&task));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *office = g_task_get_source_object (task);
  ReceiveTask *data = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    plt_office_fail (office, task, error);
  else
    plt_store_bureau_certificate_async (plt_office_get_store (office), data->receipt->bureau,
                                        certificate_cb, g_steal_pointer (&task));
}

/* Bounded before anything of it is in memory. */
static GBytes *
load (const char  *path,
      GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree guint8 *bytes = stream != NULL ? g_malloc (PLT_PACKAGE_MAX_RECEIPT + 1) : NULL;
  gsize length = 0;

  if (bytes == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes,
                                                 PLT_PACKAGE_MAX_RECEIPT + 1, &length, NULL, error))
    return NULL;
  return g_bytes_new (bytes, length);
}

static void
read_thread (GTask        *work,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  ReceiveTask *data = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = load (data->path, &error);

  if (bytes != NULL)
    data->receipt = plt_package_receipt_new (bytes, &error);
  if (data->receipt != NULL)
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, plt_office_error_convert (error));
}

void
plt_bureau_receive_async (PltOffice           *office,
                          const char          *path,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office) && path != NULL);

  GTask *task = g_task_new (office, NULL, callback, user_data);
  ReceiveTask *data = g_new0 (ReceiveTask, 1);
  g_autoptr (GTask) work = g_task_new (office, NULL, read_cb, task);

  data->path = g_strdup (path);
  g_task_set_task_data (task, data, (GDestroyNotify) receive_task_free);
  g_task_set_task_data (work, data, NULL);
  g_task_run_in_thread (work, read_thread);
}
