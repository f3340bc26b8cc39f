/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl outbox: the messages to the pre-enrolment service, and the sending of them. */
#include "plt-ctl.h"
#include "plt-outbox-sender.h"
#include "plt-outbox.h"
#include "plt-prepared-code.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

/* Working is the sender's own; this keeps the session from idling out meanwhile. */
#define ACTIVITY_SECONDS 60

static gboolean all_option = FALSE;
static gboolean follow_option = FALSE;
static char *reason_option = NULL;

static const GOptionEntry list_options[] = {
  { "all", 'a', 0, G_OPTION_ARG_NONE, &all_option, N_("Also those that were sent or discarded"), NULL },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry send_options[] = {
  { "follow", 'f', 0, G_OPTION_ARG_NONE, &follow_option,
    N_("Go on sending what is due, until it is told to end"), NULL },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry decide_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          GDateTime   *at)
{
  g_autofree char *text = at != NULL ? g_date_time_format_iso8601 (at) : NULL;

  plt_ctl_add_string (builder, name, text);
}

static void
add_message (JsonBuilder      *builder,
             PltOutboxMessage *message)
{
  const PltOutboxRow *row = plt_outbox_message_get_row (message);
  g_autofree char *code = plt_prepared_code_to_display (row->code);

  json_builder_begin_object (builder);
  add_int (builder, "id", row->id);
  plt_ctl_add_string (builder, "application_number", row->application_number);
  plt_ctl_add_string (builder, "code", code);
  plt_ctl_add_string (builder, "status", plt_prepared_status_to_nick (row->status));
  plt_ctl_add_string (builder, "state", plt_outbox_state_to_nick (row->state));
  add_time (builder, "happened_at", row->happened_at);
  add_int (builder, "tries", row->tries);
  add_int (builder, "refusals", row->refusals);
  add_time (builder, "next_at", row->next_at);
  plt_ctl_add_string (builder, "trouble", row->trouble);
  add_time (builder, "ended_at", row->ended_at);
  plt_ctl_add_string (builder, "ended_by", row->ended_by);
  plt_ctl_add_string (builder, "reason", row->reason);
  plt_ctl_add_string (builder, "message_id", row->message_id);
  json_builder_end_object (builder);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) messages = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;

  plt_outbox_list_async (ctl->office, all_option, NULL, NULL, plt_ctl_ready_cb, &result);
  messages = plt_outbox_list_finish (plt_ctl_await (&result), error);
  if (messages == NULL)
    return PLT_CTL_REFUSED;
  builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (PltOutboxMessage) message = g_list_model_get_item (messages, i);

      add_message (builder, message);
    }
  json_builder_end_array (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

static void
print_run (PltCtl       *ctl,
           PltOutboxRun *run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  add_int (builder, "sent", run->n_sent);
  add_int (builder, "failed", run->n_failed);
  plt_ctl_add_string (builder, "trouble", run->trouble);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static gboolean
end_asked_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
activity_cb (gpointer user_data)
{
  plt_office_note_activity (user_data);
  return G_SOURCE_CONTINUE;
}

/* Without a session there is nothing to be done; whoever watches over this program is told. */
static void
session_changed_cb (PltSession *session,
                    GParamSpec *property,
                    GMainLoop  *loop)
{
  if (!plt_session_is_signed_in (session))
    g_main_loop_quit (loop);
}

static PltCtlStatus
follow (PltCtl           *ctl,
        PltOutboxSender  *sender,
        GError          **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  PltSession *session = plt_office_get_session (ctl->office);
  guint term_id = g_unix_signal_add (SIGTERM, end_asked_cb, loop);
  guint int_id = g_unix_signal_add (SIGINT, end_asked_cb, loop);
  guint activity_id = g_timeout_add_seconds (ACTIVITY_SECONDS, activity_cb, ctl->office);
  gulong session_id = g_signal_connect (session, "notify::signed-in",
                                        G_CALLBACK (session_changed_cb), loop);
  PltCtlStatus status = PLT_CTL_DONE;

  g_main_loop_run (loop);
  g_signal_handler_disconnect (session, session_id);
  g_source_remove (activity_id);
  if (!plt_session_is_signed_in (session))
    {
      status = PLT_CTL_REFUSED;
      g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SESSION,
                           _("Messages are not sent any more, because the session has ended. Sign in"
                             " again and start it anew."));
      g_source_remove (term_id);
      g_source_remove (int_id);
    }
  return status;
}

static PltCtlStatus
run_send (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (PltOutboxSender) sender = plt_outbox_sender_new (ctl->office);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltOutboxRun) run = NULL;

  plt_outbox_sender_run_async (sender, TRUE, NULL, plt_ctl_ready_cb, &result);
  run = plt_outbox_sender_run_finish (sender, plt_ctl_await (&result), error);
  if (run == NULL)
    return PLT_CTL_REFUSED;
  print_run (ctl, run);
  return follow_option ? follow (ctl, sender, error) : PLT_CTL_DONE;
}

static PltCtlStatus
decide (PltCtl             *ctl,
        const char         *typed,
        PltOutboxDecision   decision,
        GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint64 message;

  if (!g_ascii_string_to_unsigned (typed, 10, 1, G_MAXINT64, &message, NULL))
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   _("“%s” is no number of a message. “platenctl outbox list” has them."), typed);
      return PLT_CTL_REFUSED;
    }
  plt_outbox_decide_async (ctl->office, (gint64) message, decision, reason_option, NULL,
                           plt_ctl_ready_cb, &result);
  return plt_outbox_decide_finish (plt_ctl_await (&result), error) ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_retry (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return decide (ctl, arguments[0], PLT_OUTBOX_RETRY, error);
}

static PltCtlStatus
run_discard (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return decide (ctl, arguments[0], PLT_OUTBOX_DISCARD, error);
}

const PltCtlCommand plt_ctl_outbox_list = {
  .name = "outbox list", .arguments = "",
  .summary = N_("List the messages to the pre-enrolment service"),
  .signed_in = TRUE, .options = list_options, .run = run_list,
};

const PltCtlCommand plt_ctl_outbox_send = {
  .name = "outbox send", .arguments = "",
  .summary = N_("Send the messages to the pre-enrolment service"),
  .signed_in = TRUE, .options = send_options, .run = run_send,
};

const PltCtlCommand plt_ctl_outbox_retry = {
  .name = "outbox retry", .arguments = N_("MESSAGE"),
  .summary = N_("Have a message sent again that was set aside"),
  .n_arguments = 1, .signed_in = TRUE, .options = decide_options, .run = run_retry,
};

const PltCtlCommand plt_ctl_outbox_discard = {
  .name = "outbox discard", .arguments = N_("MESSAGE"),
  .summary = N_("Give up a message that was set aside"),
  .n_arguments = 1, .signed_in = TRUE, .options = decide_options, .run = run_discard,
};
