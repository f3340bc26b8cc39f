/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends one request to a registry, reads no more than it may, and turns transport, status, content
 * type and body into an answer. */
#include "plt-registry-attempt.h"

#include "plt-answer-decoder.h"
#include "plt-answer-stream.h"
#include "plt-registry-request.h"
#include "plt-x-road.h"

#include <glib/gi18n-lib.h>

/* As much as a record of TLS can have (RFC 8446, section 5.1). */
#define CHUNK_BYTES 16384

/* So many are taken without a turn of the main loop between them, if they are there. */
#define MAX_CHUNKS_AT_ONCE 8

/* What takes longer to decode than a fraction of a frame goes to a thread: an answer with a portrait
 * is 70,000 bytes and takes a fifth of a millisecond, which is less than waking a thread. */
#define MAX_INLINE_BYTES 131072

typedef struct
{
  PltRegistryAdapter *adapter;
  char               *id_number; /* NULL: a probe */
  PltRegistryHop     *hop;       /* the caller's */
  SoupMessage        *message;
  GInputStream       *stream;
  GByteArray         *body;
  PltAttemptEnd       end;
  guint8              chunk[CHUNK_BYTES];
} AttemptTask;

static void read_chunks (GTask *task);

static void
attempt_task_free (AttemptTask *data)
{
  if (data->message != NULL)
    g_signal_handlers_disconnect_by_data (data->message, data);
  plt_registry_adapter_unref (data->adapter);
  g_free (data->id_number);
  g_clear_object (&data->message);
  g_clear_object (&data->stream);
  g_clear_pointer (&data->body, g_byte_array_unref);
  g_free (data);
}

static void
drop_stream (AttemptTask *data)
{
  GInputStream *stream = g_steal_pointer (&data->stream);

  if (stream != NULL)
    plt_answer_stream_close (stream);
}

static void
return_answer (GTask           *task,
               PltSourceAnswer *answer,
               PltAttemptEnd    end)
{
  AttemptTask *data = g_task_get_task_data (task);

  data->end = end;
  /* The head has said all: the body is short, and the connection wanted for the next question. */
  if (data->stream != NULL && data->body->len == 0 && end != PLT_ATTEMPT_END_TRANSPORT)
    plt_answer_stream_drain (g_steal_pointer (&data->stream));
  drop_stream (data);
  g_task_return_pointer (task, answer, (GDestroyNotify) plt_source_answer_unref);
}

/* @format has one %s, for the registry's title, and another with @detail. */
static void
return_detail (GTask          *task,
               PltSourceState  state,
               PltAttemptEnd   end,
               const char     *format,
               const char     *detail)
{
  AttemptTask *data = g_task_get_task_data (task);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_auto (GStrv) parts = g_strsplit (format, "%s", 3);
  PltSourceAnswer *answer = plt_source_answer_new (data->adapter->source, state, now);
  g_autofree char *message = g_strconcat (parts[0], data->adapter->title, parts[1], detail,
                                          detail != NULL ? parts[2] : NULL, NULL);

  plt_source_answer_set_message (answer, message);
  return_answer (task, answer, end);
}

static void
return_state (GTask          *task,
              PltSourceState  state,
              PltAttemptEnd   end,
              const char     *format)
{
  return_detail (task, state, end, format, NULL);
}

static const char *
get_tls_words (SoupMessage *message)
{
  GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);

  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return _("“%s” cannot be trusted because its certificate has expired. Go on with what is "
             "known, and tell the people who run that registry.");
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _("“%s” cannot be trusted because its certificate is not valid yet. Check the clock of "
             "this computer.");
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _("“%s” cannot be trusted because its certificate belongs to another server. Tell the "
             "administrator.");
  if (flags != 0)
    return _("“%s” cannot be trusted because nobody this office trusts vouches for its "
             "certificate. Tell the administrator.");

  return _("No secure connection to “%s” could be made. Go on with what is known, or ask it again "
           "later.");
}

/* Cancelled is the only GError that leaves; everything else is an answer. */
static void
return_failure (GTask  *task,
                GError *error)
{
  AttemptTask *data = g_task_get_task_data (task);

  g_debug ("%s: %s %d", plt_source_to_nick (data->adapter->source),
           g_quark_to_string (error->domain), error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      drop_stream (data);
      g_task_return_error (task, g_error_copy (error));
    }
  else if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    return_state (task, PLT_SOURCE_STATE_REFUSED, PLT_ATTEMPT_END_ANSWER,
                  _("“%s” did not accept this office's certificate. Tell the administrator."));
  else if (error->domain == G_TLS_ERROR)
    {
      *data->hop = PLT_REGISTRY_HOP_TLS;
      return_state (task, PLT_SOURCE_STATE_UNREACHABLE, PLT_ATTEMPT_END_TRANSPORT,
                    get_tls_words (data->message));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return_state (task, PLT_SOURCE_STATE_TIMED_OUT, PLT_ATTEMPT_END_TRANSPORT,
                  _("“%s” did not answer in time. Go on with what is known, or ask it again "
                    "later."));
  else if (error->domain == G_RESOLVER_ERROR)
    return_state (task, PLT_SOURCE_STATE_UNREACHABLE, PLT_ATTEMPT_END_TRANSPORT,
                  _("The address of “%s” could not be found. Check the network, or go on with what "
                    "is known."));
  else if (error->domain == SOUP_SESSION_ERROR)
    return_state (task, PLT_SOURCE_STATE_NONSENSE, PLT_ATTEMPT_END_ANSWER,
                  _("The answer of “%s” cannot be used because it is not well-formed HTTP. Go on "
                    "with what is known, and tell the people who run that registry."));
  else if (data->stream != NULL)
    return_state (task, PLT_SOURCE_STATE_NONSENSE, PLT_ATTEMPT_END_TRANSPORT,
                  _("The answer of “%s” broke off in the middle. Go on with what is known, or ask "
                    "it again later."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) &&
           data->adapter->certificate != NULL)
    /* In TLS 1.3 a server may judge our certificate after the handshake, and just hang up. */
    return_state (task, PLT_SOURCE_STATE_UNREACHABLE, PLT_ATTEMPT_END_TRANSPORT,
                  _("“%s” hung up without an answer. If this goes on, it may not accept this "
                    "office's certificate: tell the administrator."));
  else
    return_state (task, PLT_SOURCE_STATE_UNREACHABLE, PLT_ATTEMPT_END_TRANSPORT,
                  _("“%s” could not be reached. Go on with what is known, or ask it again later."));
}

static void
return_too_large (GTask *task)
{
  return_state (task, PLT_SOURCE_STATE_NONSENSE, PLT_ATTEMPT_END_ANSWER,
                _("The answer of “%s” is larger than an answer can be. Go on with what is known, "
                  "and tell the people who run that registry."));
}

/* A probe asks for nobody: whoever is in the answer is another person. */
static const char *
get_asked_for (AttemptTask *data)
{
  return data->id_number != NULL ? data->id_number : "";
}

static void
decode_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  AttemptTask *data = task_data;

  /* The attempt is waiting for this task and touches none of its data meanwhile. */
  g_task_return_pointer (task,
                         plt_answer_decode (data->adapter, get_asked_for (data),
                                            (const char *) data->body->data, data->body->len),
                         (GDestroyNotify) plt_source_answer_unref);
}

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  PltSourceAnswer *answer = g_task_propagate_pointer (G_TASK (result), &error);

  if (answer == NULL)
    return_failure (task, error);
  else
    return_answer (task, answer, PLT_ATTEMPT_END_ANSWER);
}

static void
unref_task (gpointer task)
{
  g_object_unref (task);
}

/* Takes the reference. The thread borrows the data of @task, which lives until decoded_cb(). */
static void
decode (GTask *task)
{
  AttemptTask *data = g_task_get_task_data (task);

  if (data->body->len <= MAX_INLINE_BYTES)
    {
      return_answer (task,
                     plt_answer_decode (data->adapter, get_asked_for (data),
                                        (const char *) data->body->data, data->body->len),
                     PLT_ATTEMPT_END_ANSWER);
      g_object_unref (task);
      return;
    }

  g_autoptr (GTask) work = g_task_new (NULL, NULL, decoded_cb, task);

  g_task_set_name (work, "registry-decode");
  g_task_set_task_data (work, data, NULL);
  /* Even if nobody waits any more, the data must outlive the thread. */
  g_object_set_data_full (G_OBJECT (work), "plt-attempt", g_object_ref (task), unref_task);
  g_task_run_in_thread (work, decode_in_thread);
}

/* @length: of the chunk that was read; 0 at the end, less with @error. Returns: whether more is to be
 * read; if not, the reference was taken. */
static gboolean
take_chunk (GTask  *task,
            gssize  length,
            GError *error)
{
  AttemptTask *data = g_task_get_task_data (task);

  if (length > 0 && data->body->len + (guint) length <= (guint) data->adapter->max_bytes)
    {
      g_byte_array_append (data->body, data->chunk, (guint) length);
      return TRUE;
    }
  if (length == 0)
    {
      drop_stream (data);
      decode (task);
      return FALSE;
    }
  if (length < 0)
    return_failure (task, error);
  else
    return_too_large (task);
  g_object_unref (task);

  return FALSE;
}

static void
chunk_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (take_chunk (task, length, error))
    read_chunks (task);
}

/* Takes the reference. */
static void
read_chunks (GTask *task)
{
  AttemptTask *data = g_task_get_task_data (task);
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (data->stream);
  GCancellable *cancellable = g_task_get_cancellable (task);

  for (int i = 0; i < MAX_CHUNKS_AT_ONCE && g_pollable_input_stream_can_poll (stream); i++)
    {
      g_autoptr (GError) error = NULL;
      gssize length = g_pollable_input_stream_read_nonblocking (stream, data->chunk,
                                                                sizeof data->chunk, cancellable,
                                                                &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (!take_chunk (task, length, error))
        return;
    }
  /* Lower than what draws and what is typed: a flood of chunks must not hold them up. */
  g_input_stream_read_async (data->stream, data->chunk, sizeof data->chunk,
                             G_PRIORITY_DEFAULT_IDLE, cancellable, chunk_read_cb, task);
}

/* Returns: whether a security server of X-Road, and not the registry, has answered; the task has
 * returned then. */
static gboolean
check_x_road (GTask *task)
{
  AttemptTask *data = g_task_get_task_data (task);
  g_autofree char *type = NULL;
  PltXRoadFault fault = data->adapter->x_road_client != NULL
                          ? plt_x_road_get_fault (soup_message_get_response_headers (data->message),
                                                  &type)
                          : PLT_X_ROAD_FAULT_NONE;

  if (fault == PLT_X_ROAD_FAULT_REFUSED)
    return_detail (task, PLT_SOURCE_STATE_REFUSED, PLT_ATTEMPT_END_ANSWER,
                   /* Translators: title of a registry, then a word such as Server.ServerProxy… */
                   _("“%s” was not asked because X-Road refused this office's request (%s). Tell "
                     "the administrator."),
                   type);
  else if (fault == PLT_X_ROAD_FAULT_NETWORK)
    return_detail (task, PLT_SOURCE_STATE_UNREACHABLE, PLT_ATTEMPT_END_BUSY,
                   _("“%s” could not be reached through X-Road (%s). Go on with what is known, or "
                     "ask it again later."),
                   type);

  return fault != PLT_X_ROAD_FAULT_NONE;
}

/* A redirection is one of them: it would hand our question to somebody else. */
static const char *
get_status_words (int status)
{
  if (status >= 300 && status < 400)
    return _("“%s” sent this office elsewhere, where it does not go. Tell the administrator.");

  return _("“%s” did not understand the question. Tell the administrator.");
}

/* What a probe wants to know at an address of its own is told by the status alone. */
static gboolean
is_probe_answer (AttemptTask *data,
                 int          status)
{
  return data->id_number == NULL && data->adapter->probe_url != NULL && status >= 200 &&
         status < 300;
}

static void
return_alive (GTask *task)
{
  AttemptTask *data = g_task_get_task_data (task);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return_answer (task, plt_source_answer_new (data->adapter->source, PLT_SOURCE_STATE_ANSWERED, now),
                 PLT_ATTEMPT_END_ANSWER);
}

/* Returns: whether the body is to be read; if not, the task has returned. */
static gboolean
check_head (GTask *task)
{
  AttemptTask *data = g_task_get_task_data (task);
  int status = (int) soup_message_get_status (data->message);
  goffset length =
    soup_message_headers_get_content_length (soup_message_get_response_headers (data->message));

  if (check_x_road (task))
    return FALSE;
  if (is_probe_answer (data, status))
    return_alive (task);
  else if (plt_registry_adapter_is_not_found (data->adapter, status))
    return_state (task, PLT_SOURCE_STATE_NOT_FOUND, PLT_ATTEMPT_END_ANSWER,
                  _("“%s” knows nobody under this ID number."));
  else if (status == 401 || status == 403)
    return_state (task, PLT_SOURCE_STATE_REFUSED, PLT_ATTEMPT_END_ANSWER,
                  _("“%s” did not accept this office's credentials. Tell the administrator."));
  else if (status >= 500)
    return_state (task, PLT_SOURCE_STATE_UNREACHABLE, PLT_ATTEMPT_END_BUSY,
                  _("“%s” has trouble of its own and cannot answer now. Go on with what is known, "
                    "or ask it again later."));
  else if (status != 200)
    return_state (task, PLT_SOURCE_STATE_NONSENSE, PLT_ATTEMPT_END_ANSWER,
                  get_status_words (status));
  else if (!plt_registry_request_is_json (data->message))
    return_state (task, PLT_SOURCE_STATE_NONSENSE, PLT_ATTEMPT_END_ANSWER,
                  _("The answer of “%s” cannot be used because it is not JSON. Go on with what is "
                    "known, and tell the people who run that registry."));
  else if (length > data->adapter->max_bytes)
    return_too_large (task);
  else
    return TRUE;

  return FALSE;
}

/* What the head promises, so that a portrait is not copied each time that the room doubles; a head
 * that lies about a little costs nothing, and one that lies about much is refused. */
static void
make_room (AttemptTask *data)
{
  goffset length =
    soup_message_headers_get_content_length (soup_message_get_response_headers (data->message));

  g_byte_array_set_size (data->body, (guint) MIN (length, MAX_INLINE_BYTES));
  g_byte_array_set_size (data->body, 0);
}

static void
head_received_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AttemptTask *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      return_failure (task, error);
      return;
    }
  data->stream = stream;
  g_debug ("%s: GET, status %d", plt_source_to_nick (data->adapter->source),
           (int) soup_message_get_status (data->message));
  if (!check_head (task))
    return;
  *data->hop = PLT_REGISTRY_HOP_ANSWER;
  make_room (data);
  read_chunks (g_steal_pointer (&task));
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  AttemptTask        *data)
{
  if (event == G_SOCKET_CLIENT_RESOLVING)
    *data->hop = PLT_REGISTRY_HOP_RESOLVE;
  else if (event == G_SOCKET_CLIENT_CONNECTING)
    *data->hop = PLT_REGISTRY_HOP_CONNECT;
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    *data->hop = PLT_REGISTRY_HOP_TLS;
}

/* A connection, new or kept from before, carries the request. */
static void
starting_cb (SoupMessage *message,
             AttemptTask *data)
{
  *data->hop = PLT_REGISTRY_HOP_HTTP;
}

/**
 * plt_registry_attempt_async:
 * @session: the registry's session
 * @adapter: what to ask for and how to read the answer
 * @credentials: who we are
 * @id_number: (nullable): the citizen; %NULL asks for nobody, to see whether the registry answers
 * @staff: (nullable): login of who asks
 * @hop: (out): how far it has come, kept true until @callback is called
 * @cancellable: (nullable): ends it at once
 * @callback: when it has ended
 * @user_data: for @callback
 *
 * Bodies above 128 kB are decoded in a thread.
 */
void
plt_registry_attempt_async (SoupSession            *session,
                            PltRegistryAdapter     *adapter,
                            PltRegistryCredentials *credentials,
                            const char             *id_number,
                            const char             *staff,
                            PltRegistryHop         *hop,
                            GCancellable           *cancellable,
                            GAsyncReadyCallback     callback,
                            gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  AttemptTask *data = g_new0 (AttemptTask, 1);

  g_task_set_name (task, "registry-attempt");
  g_task_set_task_data (task, data, (GDestroyNotify) attempt_task_free);
  data->adapter = plt_registry_adapter_ref (adapter);
  data->id_number = g_strdup (id_number);
  data->hop = hop;
  *hop = PLT_REGISTRY_HOP_NONE;
  data->body = g_byte_array_new ();
  g_autofree char *uri = id_number != NULL ? plt_registry_adapter_make_uri (adapter, id_number)
                                           : plt_registry_adapter_make_probe (adapter);
  data->message = plt_registry_request_new (adapter, credentials, uri, staff);
  if (data->message == NULL)
    {
      return_state (task, PLT_SOURCE_STATE_UNREACHABLE, PLT_ATTEMPT_END_ANSWER,
                    _("“%s” was not asked because its address is not well formed. Tell the "
                      "administrator."));
      return;
    }

  g_signal_connect (data->message, "network-event", G_CALLBACK (network_event_cb), data);
  g_signal_connect (data->message, "starting", G_CALLBACK (starting_cb), data);
  soup_session_send_async (session, data->message, G_PRIORITY_DEFAULT, cancellable,
                           head_received_cb, g_steal_pointer (&task));
}

/**
 * plt_registry_attempt_finish:
 * @result: what the callback got
 * @end: (out): whether another try may help; set with an answer only
 * @error: %G_IO_ERROR_CANCELLED alone
 *
 * Returns: (transfer full) (nullable): the answer; its elapsed time is not set
 */
PltSourceAnswer *
plt_registry_attempt_finish (GAsyncResult   *result,
                             PltAttemptEnd  *end,
                             GError        **error)
{
  AttemptTask *data = g_task_get_task_data (G_TASK (result));
  PltAttemptEnd ended = data->end;
  PltSourceAnswer *answer = g_task_propagate_pointer (G_TASK (result), error);

  if (answer != NULL)
    *end = ended;

  return answer;
}
