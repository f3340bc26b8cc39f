/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posts one status to a pre-enrolment service, once; who keeps the messages tries again. */
#include "plt-registry-report.h"

#include "plt-prepared-mapping.h"
#include "plt-registry-client-private.h"
#include "plt-registry-deadline.h"
#include "plt-registry-request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A receipt is a line; what is longer is none. */
#define MAX_RECEIPT_BYTES 65536

typedef struct
{
  SoupMessage        *message;
  char               *code;
  PltRegistryDeadline deadline;
  PltReportEnd        end;
  char               *trouble; /* (nullable) */
} ReportTask;

static void
report_task_free (ReportTask *data)
{
  plt_registry_deadline_clear (&data->deadline);
  g_clear_object (&data->message);
  g_free (data->code);
  g_free (data->trouble);
  g_free (data);
}

/* @format has one %s, for the service's title. */
static void
return_end (GTask        *task,
            PltReportEnd  end,
            const char   *format)
{
  PltRegistryClient *self = g_task_get_source_object (task);
  ReportTask *data = g_task_get_task_data (task);
  g_autoptr (GString) trouble = format != NULL ? g_string_new (format) : NULL;

  plt_registry_deadline_stop (&data->deadline);
  if (trouble != NULL)
    g_string_replace (trouble, "%s", plt_registry_client_get_title (self), 1);
  data->end = end;
  data->trouble = trouble != NULL ? g_strdup (trouble->str) : NULL;
  g_task_return_boolean (task, TRUE);
}

static void
return_failure (GTask        *task,
                const GError *error)
{
  ReportTask *data = g_task_get_task_data (task);

  g_debug ("report: %s %d", g_quark_to_string (error->domain), error->code);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  else if (data->deadline.timed_out || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return_end (task, PLT_REPORT_END_UNREACHABLE,
                _("“%s” did not say in time whether it took the message. It is sent again."));
  else if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return_end (task, PLT_REPORT_END_UNREACHABLE,
                _("“%s” did not prove who it is, so the message was not sent. It is tried again; "
                  "tell the administrator."));
  else
    return_end (task, PLT_REPORT_END_UNREACHABLE,
                _("“%s” could not be reached, or the connection broke. The message is sent again."));
}

static void
check_receipt (GTask  *task,
               GBytes *body)
{
  PltRegistryClient *self = g_task_get_source_object (task);
  ReportTask *data = g_task_get_task_data (task);
  PltPreparedMapping *mapping = plt_registry_client_get_adapter (self)->prepared;

  if (g_bytes_get_size (body) <= MAX_RECEIPT_BYTES &&
      (g_bytes_get_size (body) == 0 || plt_registry_request_is_json (data->message)) &&
      plt_prepared_mapping_is_receipt (mapping, g_bytes_get_data (body, NULL),
                                       g_bytes_get_size (body), data->code))
    return_end (task, PLT_REPORT_END_TAKEN, NULL);
  else
    return_end (task, PLT_REPORT_END_UNREACHABLE,
                _("“%s” answered with something that is no receipt, so nobody knows whether it took the "
                  "message. It is sent again; tell the administrator."));
}

static void
return_gateway (GTask *task)
{
  return_end (task, PLT_REPORT_END_UNREACHABLE,
              _("What stands in front of “%s” answered in its place and took no message. It is sent "
                "again; tell the administrator."));
}

/* A page for people comes from a gateway that knows nothing of the message. */
static void
check_refusal (GTask      *task,
               GBytes     *body,
               const char *format)
{
  ReportTask *data = g_task_get_task_data (task);

  if (g_bytes_get_size (body) == 0 || plt_registry_request_is_json (data->message))
    return_end (task, PLT_REPORT_END_REFUSED, format);
  else
    return_gateway (task);
}

/* Credentials, a queue that is full, an address that is wrong and trouble of its own are not about
 * the message. */
static void
check_status (GTask  *task,
              GBytes *body)
{
  ReportTask *data = g_task_get_task_data (task);
  int status = (int) soup_message_get_status (data->message);

  if (status >= 200 && status < 300)
    check_receipt (task, body);
  else if (status == 401 || status == 403)
    return_end (task, PLT_REPORT_END_UNREACHABLE,
                _("“%s” did not accept this office's credentials. The message is sent again; tell "
                  "the administrator."));
  else if (status >= 500 || status == 408 || status == 425 || status == 429)
    return_end (task, PLT_REPORT_END_UNREACHABLE,
                _("“%s” has trouble of its own and took no message now. It is sent again."));
  else if (status == 404 || status == 410)
    check_refusal (task, body,
                   _("“%s” does not know this application, or its applicant has cancelled it."));
  else if (status == 405 || status == 407)
    return_gateway (task);
  else if (status >= 300 && status < 400)
    return_end (task, PLT_REPORT_END_UNREACHABLE,
                _("“%s” sent this office elsewhere, where it does not go. Tell the administrator."));
  else
    check_refusal (task, body, _("“%s” refused the message."));
}

/* Reads no more than a receipt can have, so that a flood ends with the connection. */
static void
body_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  GByteArray *all = g_object_get_data (G_OBJECT (task), "plt-receipt");
  ReportTask *data = g_task_get_task_data (task);

  if (body == NULL)
    {
      /* Not by the last unref, which would wait for the rest of it. */
      g_input_stream_close_async (G_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      return_failure (task, error);
      return;
    }
  g_byte_array_append (all, g_bytes_get_data (body, NULL), (guint) g_bytes_get_size (body));
  if (g_bytes_get_size (body) > 0 && all->len <= MAX_RECEIPT_BYTES)
    {
      g_input_stream_read_bytes_async (G_INPUT_STREAM (source), MAX_RECEIPT_BYTES,
                                       G_PRIORITY_DEFAULT_IDLE, data->deadline.attempt,
                                       body_read_cb, g_steal_pointer (&task));
      return;
    }

  g_autoptr (GBytes) whole = g_bytes_new (all->data, all->len);

  g_input_stream_close_async (G_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  check_status (task, whole);
}

static void
head_received_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReportTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
    soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      return_failure (task, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "plt-receipt", g_byte_array_new (),
                          (GDestroyNotify) g_byte_array_unref);
  g_input_stream_read_bytes_async (stream, MAX_RECEIPT_BYTES, G_PRIORITY_DEFAULT_IDLE,
                                   data->deadline.attempt, body_read_cb, g_steal_pointer (&task));
}

static SoupMessage *
new_message (PltRegistryClient *self,
             const char        *message_id,
             const char        *code,
             PltPreparedStatus  status,
             GDateTime         *happened_at)
{
  PltRegistryAdapter *adapter = plt_registry_client_get_adapter (self);
  g_autofree char *uri = plt_prepared_mapping_make_report_uri (adapter->prepared, code);
  g_autoptr (GDateTime) utc = g_date_time_to_utc (happened_at);
  g_autofree char *at = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *body = plt_prepared_mapping_make_body (adapter->prepared, code, status, at);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  SoupMessage *message = plt_registry_request_new (adapter, plt_registry_client_get_credentials (self),
                                                   uri, plt_registry_client_get_staff (self));

  if (message == NULL)
    return NULL;
  soup_message_set_method (message, SOUP_METHOD_POST);
  soup_message_headers_replace (soup_message_get_request_headers (message),
                                plt_prepared_mapping_get_key_header (adapter->prepared), message_id);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);

  return message;
}

/**
 * plt_registry_client_report_async:
 * @self: a client of which plt_registry_client_is_preenrolment()
 * @message_id: a UUID: the same for the same message
 * @code: of the application
 * @status: where it stands
 * @happened_at: since when
 * @cancellable: (nullable): hangs up at once; the service may have taken the message
 * @callback: called within the time budget
 * @user_data: for @callback
 */
void
plt_registry_client_report_async (PltRegistryClient   *self,
                                  const char          *message_id,
                                  const char          *code,
                                  PltPreparedStatus    status,
                                  GDateTime           *happened_at,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (plt_registry_client_is_preenrolment (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ReportTask *data = g_new0 (ReportTask, 1);

  g_task_set_name (task, "registry-report");
  g_task_set_task_data (task, data, (GDestroyNotify) report_task_free);
  data->code = g_strdup (code);
  data->message = new_message (self, message_id, code, status, happened_at);
  if (data->message == NULL)
    {
      return_end (task, PLT_REPORT_END_UNREACHABLE,
                  _("“%s” was told nothing, because its address is not well formed. Tell the "
                    "administrator."));
      return;
    }
  plt_registry_deadline_start (&data->deadline, task, plt_registry_client_get_budget_ms (self));
  soup_session_send_async (plt_registry_client_get_session (self), data->message,
                           G_PRIORITY_DEFAULT, data->deadline.attempt, head_received_cb,
                           g_steal_pointer (&task));
}

/**
 * plt_registry_client_report_finish:
 * @self: a client
 * @result: what the callback got
 * @end: (out): what came of it
 * @trouble: (out) (transfer full) (nullable): what is wrong, in a sentence without personal data
 * @error: %G_IO_ERROR_CANCELLED alone
 *
 * Returns: whether it ended by itself
 */
gboolean
plt_registry_client_report_finish (PltRegistryClient  *self,
                                   GAsyncResult       *result,
                                   PltReportEnd       *end,
                                   char              **trouble,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  ReportTask *data = g_task_get_task_data (G_TASK (result));
  PltReportEnd ended = data->end;
  g_autofree char *words = g_steal_pointer (&data->trouble);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *end = ended;
  *trouble = g_steal_pointer (&words);

  return TRUE;
}
