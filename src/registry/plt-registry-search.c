/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a registry for one page of its search, within its time budget and never twice: what was
 * typed meanwhile is the better question. To cancel hangs up, by which the registry knows. One that
 * is down is not asked. */
#include "plt-registry-search.h"

#include "plt-answer-stream.h"
#include "plt-registry-client-private.h"
#include "plt-registry-deadline.h"
#include "plt-registry-request.h"
#include "plt-search-decoder.h"
#include "plt-search-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK_BYTES 16384

typedef struct
{
  SoupMessage        *message;
  GInputStream       *stream;
  GByteArray         *body;
  PltRegistryDeadline deadline;
  guint8              chunk[CHUNK_BYTES];
} SearchTask;

static void read_chunk (GTask *task);

static void
search_task_free (SearchTask *data)
{
  plt_registry_deadline_clear (&data->deadline);
  g_clear_object (&data->message);
  g_clear_object (&data->stream);
  g_byte_array_unref (data->body);
  g_free (data);
}

static void
end_request (GTask        *task,
             PltSearchEnd  end)
{
  SearchTask *data = g_task_get_task_data (task);
  GInputStream *stream = g_steal_pointer (&data->stream);

  plt_registry_client_end_search (g_task_get_source_object (task), end);
  plt_registry_deadline_stop (&data->deadline);
  if (stream != NULL)
    plt_answer_stream_close (stream);
}

/* @format has one %s, for the registry's title. */
static void
return_unasked (GTask      *task,
                const char *format)
{
  PltRegistryClient *self = g_task_get_source_object (task);
  g_autoptr (GString) message = g_string_new (format);

  g_string_replace (message, "%s", plt_registry_client_get_title (self), 1);
  g_task_return_new_error (task, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_SEARCH, "%s",
                           message->str);
}

static void
return_trouble (GTask        *task,
                PltSearchEnd  end,
                const char   *format)
{
  end_request (task, end);
  return_unasked (task, format);
}

static void
return_failure (GTask        *task,
                const GError *error)
{
  SearchTask *data = g_task_get_task_data (task);

  g_debug ("search: %s %d", g_quark_to_string (error->domain), error->code);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      end_request (task, PLT_SEARCH_END_CANCELLED);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
    }
  else if (data->deadline.timed_out || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return_trouble (task, PLT_SEARCH_END_FAILED,
                    _("“%s” was not searched to the end, because it did not answer in time. "
                      "Search again, or type more to narrow it."));
  else
    return_trouble (task, PLT_SEARCH_END_UNREACHABLE,
                    _("“%s” was not searched, because it could not be reached. Go on with what "
                      "others found, or search again later."));
}

static void
decode (GTask *task)
{
  PltRegistryClient *self = g_task_get_source_object (task);
  SearchTask *data = g_task_get_task_data (task);
  GError *error = NULL;
  PltSearchPage *page = plt_search_decode (plt_registry_client_get_adapter (self),
                                           (const char *) data->body->data, data->body->len,
                                           &error);

  end_request (task, PLT_SEARCH_END_ANSWER);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) plt_search_page_free);
  else
    g_task_return_error (task, error);
}

static void
chunk_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SearchTask *data = g_task_get_task_data (task);
  PltRegistryClient *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (length < 0)
    return_failure (task, error);
  else if (length == 0)
    decode (task);
  else if (data->body->len + (guint) length
           > (guint) plt_registry_client_get_adapter (self)->max_bytes)
    return_trouble (task, PLT_SEARCH_END_ANSWER,
                    _("What “%s” found cannot be shown, because it is larger than a page can be. "
                      "Tell the people who run that registry."));
  else
    {
      g_byte_array_append (data->body, data->chunk, (guint) length);
      read_chunk (g_steal_pointer (&task));
    }
}

/* Takes the reference. */
static void
read_chunk (GTask *task)
{
  SearchTask *data = g_task_get_task_data (task);

  g_input_stream_read_async (data->stream, data->chunk, sizeof data->chunk,
                             G_PRIORITY_DEFAULT_IDLE, data->deadline.attempt, chunk_read_cb, task);
}

static void
head_received_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SearchTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int status;

  data->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (data->stream == NULL)
    {
      return_failure (task, error);
      return;
    }
  status = (int) soup_message_get_status (data->message);
  if (status == 401 || status == 403)
    return_trouble (task, PLT_SEARCH_END_ANSWER,
                    _("“%s” was not searched, because it did not accept this office's "
                      "credentials. Tell the administrator."));
  else if (status >= 500)
    return_trouble (task, PLT_SEARCH_END_FAILED,
                    _("“%s” was not searched, because it has trouble of its own. Go on with what "
                      "others found, or search again later."));
  else if (status != 200 || !plt_registry_request_is_json (data->message))
    return_trouble (task, PLT_SEARCH_END_ANSWER,
                    _("“%s” did not understand the search. Tell the administrator."));
  else
    read_chunk (g_steal_pointer (&task));
}

/**
 * plt_registry_client_can_search:
 * @self: a client
 * @line: what is searched for
 *
 * Returns: whether its adapter has a search that something in @line can be given to
 */
gboolean
plt_registry_client_can_search (PltRegistryClient *self,
                                PltSearchLine     *line)
{
  PltSearchMapping *mapping = plt_registry_client_get_adapter (self)->search;
  g_autofree char *uri = mapping != NULL ? plt_search_mapping_make_uri (mapping, line, 1, NULL)
                                         : NULL;

  return uri != NULL;
}

/**
 * plt_registry_client_search_async:
 * @self: a client that plt_registry_client_can_search()
 * @line: what is searched for
 * @limit: how many persons at most
 * @page: (nullable): the token of the page before
 * @cancellable: (nullable): hangs up at once
 * @callback: called within the time budget
 * @user_data: for @callback
 */
void
plt_registry_client_search_async (PltRegistryClient   *self,
                                  PltSearchLine       *line,
                                  guint                limit,
                                  const char          *page,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  PltRegistryAdapter *adapter = plt_registry_client_get_adapter (self);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SearchTask *data = g_new0 (SearchTask, 1);
  g_autofree char *uri = NULL;

  g_return_if_fail (adapter->search != NULL);

  uri = plt_search_mapping_make_uri (adapter->search, line, limit, page);
  g_task_set_name (task, "registry-search");
  g_task_set_task_data (task, data, (GDestroyNotify) search_task_free);
  data->body = g_byte_array_new ();
  data->message = uri != NULL
                    ? plt_registry_request_new (adapter, plt_registry_client_get_credentials (self),
                                                uri, plt_registry_client_get_staff (self))
                    : NULL;
  if (data->message == NULL)
    {
      return_unasked (task, _("“%s” was not searched, because it cannot be searched by what was "
                              "typed. Type a name or a number."));
      return;
    }
  if (!plt_registry_client_begin_search (self))
    {
      return_unasked (task, _("“%s” was not searched, because it did not answer several times just "
                              "now. It is tried again after a while; go on with what others "
                              "found."));
      return;
    }
  plt_registry_deadline_start (&data->deadline, task, adapter->budget_ms);
  soup_session_send_async (plt_registry_client_get_session (self), data->message,
                           G_PRIORITY_DEFAULT, data->deadline.attempt, head_received_cb,
                           g_steal_pointer (&task));
}

/**
 * plt_registry_client_search_finish:
 * @self: a client
 * @result: what the callback got
 * @error: %PLT_REGISTRY_ERROR_SEARCH with a sentence, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the page
 */
PltSearchPage *
plt_registry_client_search_finish (PltRegistryClient  *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
