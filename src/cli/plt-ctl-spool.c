/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl spool: prints what waits until it is told to end, or until nothing waits; for a terminal and as a
 * service of systemd. One line for each event. */
#include "config.h"

#include "plt-ctl-service.h"
#include "plt-spooler.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#define RETRY_MS 5000
/* With --once, nothing is waited for longer than this with which nothing can be done. */
#define HOPELESS (15 * G_TIME_SPAN_SECOND)

static char **printer_option = NULL;
static char **class_option = NULL;
static gboolean once_option = FALSE;
static int limit_option = 0;
static int lease_option = PLT_SPOOLER_LEASE_SECONDS;
static char *second_factor_option = NULL;

static const GOptionEntry spool_options[] = {
  { "printer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &printer_option,
    N_("Use this printer only; may be given several times"), N_("DEST") },
  { "class", 0, 0, G_OPTION_ARG_STRING_ARRAY, &class_option,
    N_("Use the printers of this class only; may be given several times"), N_("CLASS") },
  { "once", 0, 0, G_OPTION_ARG_NONE, &once_option, N_("End as soon as nothing waits any more"), NULL },
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit_option, N_("End after so many applications"), N_("N") },
  { "lease", 0, 0, G_OPTION_ARG_INT, &lease_option,
    N_("Seconds after which others take over what this program leaves when it dies, 3 to 3600"), N_("N") },
  { "second-factor", 0, 0, G_OPTION_ARG_FILENAME, &second_factor_option,
    N_("For a service: sign in by the second factor in this file"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

typedef enum
{
  WISH_GO_ON,
  WISH_END,    /* SIGTERM, SIGINT */
  WISH_RELOAD, /* SIGHUP */
} Wish;

typedef struct
{
  PltCtl *ctl;
  PltSpooler *spooler;
  Wish wish;
  gint64 hopeless_at;
  char *said; /* the last trouble */
} Run;

/* ---- what is told ---- */

static void
print_line (PltCtl     *ctl,
            const char *kind,
            const char *text,
            const char *application,
            const char *card,
            const char *printer)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *line = NULL;

  if (!ctl->json)
    {
      g_print ("%s\n", text);
      return;
    }
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "at", at);
  plt_ctl_add_string (builder, "event", kind);
  plt_ctl_add_string (builder, "text", text);
  plt_ctl_add_string (builder, "application", application);
  plt_ctl_add_string (builder, "card", card);
  plt_ctl_add_string (builder, "printer", printer);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  line = json_to_string (node, FALSE);
  g_print ("%s\n", line);
}

static void
event_cb (Run        *run,
          const char *kind,
          const char *text,
          const char *application,
          const char *card,
          const char *printer)
{
  print_line (run->ctl, kind, text, application, card, printer);
}

static void
error_changed_cb (Run *run)
{
  g_autofree char *error = NULL;

  g_object_get (run->spooler, "error", &error, NULL);
  if (error != NULL)
    print_line (run->ctl, "waiting", error, NULL, NULL, NULL);
  run->hopeless_at = error != NULL ? g_get_monotonic_time () + HOPELESS : 0;
}

/* ---- signing in ---- */

static gboolean
sign_in_once (PltCtl  *ctl,
              GError **error)
{
  return second_factor_option != NULL ? plt_ctl_service_sign_in (ctl, second_factor_option, error)
                                      : plt_ctl_sign_in (ctl, ctl->totp_fd, error);
}

/* What shall run for ever waits for a database that is not there yet. */
static gboolean
sign_in (Run     *run,
         GError **error)
{
  while (run->wish == WISH_GO_ON)
    {
      g_autoptr (GError) local = NULL;

      if (sign_in_once (run->ctl, &local))
        return TRUE;
      if (once_option || !g_error_matches (local, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (g_strcmp0 (run->said, local->message) != 0)
        print_line (run->ctl, "waiting", local->message, NULL, NULL, NULL);
      g_free (run->said);
      run->said = g_strdup (local->message);
      plt_ctl_pause (RETRY_MS);
    }
  return TRUE;
}

static gboolean
check_operator (PltCtl  *ctl,
                GError **error)
{
  PltSession *session = plt_office_get_session (ctl->office);

  if (plt_session_has_role (session, PLT_ROLE_OPERATOR))
    return TRUE;
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_FORBIDDEN,
               _("Nothing is printed, because %s is no operator. Sign in as one."),
               plt_session_get_staff_login (session));
  return FALSE;
}

/* ---- the run ---- */

static gboolean
end_cb (gpointer user_data)
{
  ((Run *) user_data)->wish = WISH_END;
  return G_SOURCE_CONTINUE;
}

static gboolean
reload_cb (gpointer user_data)
{
  Run *run = user_data;

  if (run->wish == WISH_GO_ON)
    run->wish = WISH_RELOAD;
  return G_SOURCE_CONTINUE;
}

static gboolean
get (Run        *run,
     const char *property)
{
  gboolean value;

  g_object_get (run->spooler, property, &value, NULL);
  return value;
}

static guint
count (Run        *run,
       const char *property)
{
  guint value;

  g_object_get (run->spooler, property, &value, NULL);
  return value;
}

static gboolean
has_reached_limit (Run *run)
{
  return limit_option > 0 && count (run, "taken") >= (guint) limit_option;
}

static gboolean
is_hopeless (Run *run)
{
  return once_option && run->hopeless_at > 0 && g_get_monotonic_time () >= run->hopeless_at && get (run, "settled");
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Without the database nobody can be told: then leases end by themselves. */
static void
iterate_until_settled (Run *run)
{
  PltSession *session = plt_office_get_session (run->ctl->office);

  plt_spooler_stop (run->spooler);
  while (!get (run, "settled") && plt_session_is_online (session) && plt_session_is_signed_in (session))
    g_main_context_iteration (NULL, TRUE);
}

/* Between two cards: cards in printers are followed with the new session as with the old one. */
static gboolean
renew_session (Run     *run,
               GError **error)
{
  iterate_until_settled (run);
  if (!sign_in (run, error))
    return FALSE;
  if (run->wish == WISH_GO_ON)
    plt_spooler_start (run->spooler);
  return TRUE;
}

/* Whether the session is good for what comes next. */
static gboolean
keep_session (Run     *run,
              GError **error)
{
  PltSession *session = plt_office_get_session (run->ctl->office);

  plt_office_note_activity (run->ctl->office);
  if (!plt_session_is_signed_in (session))
    {
      if (second_factor_option != NULL)
        return renew_session (run, error);
      const char *trouble = plt_session_get_trouble (session);

      g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SESSION,
                           trouble != NULL ? trouble
                                           : _("Nothing more is printed, because the session has ended."));
      return FALSE;
    }
  if (second_factor_option != NULL && plt_session_is_worn (session))
    return renew_session (run, error);
  return TRUE;
}

static PltCtlStatus
work (Run     *run,
      GError **error)
{
  plt_spooler_start (run->spooler);
  while (run->wish == WISH_GO_ON)
    {
      g_main_context_iteration (NULL, TRUE);
      if (!keep_session (run, error))
        return PLT_CTL_REFUSED;
      if ((once_option || has_reached_limit (run)) && get (run, "idle"))
        break;
      if (is_hopeless (run))
        {
          g_autofree char *trouble = NULL;

          g_object_get (run->spooler, "error", &trouble, NULL);
          g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_PRINTER, trouble);
          break;
        }
    }
  iterate_until_settled (run);
  return error != NULL && *error != NULL ? PLT_CTL_REFUSED : PLT_CTL_DONE;
}

static PltCtlStatus
sum_up (Run     *run,
        GError **error)
{
  guint failed = count (run, "failed"), doubtful = count (run, "doubtful");
  g_autofree char *text = g_strdup_printf (_("Ended: %u sent, %u out, %u in doubt, %u failed."), count (run, "sent"),
                                           count (run, "out"), doubtful, failed);

  print_line (run->ctl, "ended", text, NULL, NULL, NULL);
  if (!once_option || run->wish != WISH_GO_ON || failed + doubtful == 0)
    return PLT_CTL_DONE;
  g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_FAILED,
                       _("Not every card was made. “platenctl print-queue list” and “platenctl card list” show what is"
                         " left to do."));
  return PLT_CTL_REFUSED;
}

/* Everything is read again by beginning again: configuration, layouts, keys. */
static void
begin_again (GError **error)
{
  g_autofree char *command = NULL;
  gsize length;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  if (!g_file_get_contents ("/proc/self/cmdline", &command, &length, error))
    return;
  for (const char *at = command; at < command + length; at += strlen (at) + 1)
    g_ptr_array_add (argv, (char *) at);
  g_ptr_array_add (argv, NULL);
  execv ("/proc/self/exe", (char **) argv->pdata);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s", g_strerror (errno));
}

static gboolean
check_options (GError **error)
{
  if (limit_option < 0)
    return plt_ctl_usage_error (error, _("--limit is a number of applications."));
  if (lease_option < 3 || lease_option > 3600)
    return plt_ctl_usage_error (error, _("--lease is 3 to 3600 seconds."));
  return TRUE;
}

static PltCtlStatus
run_with (Run     *run,
          GError **error)
{
  PltCtlStatus status;

  if (!sign_in (run, error))
    return PLT_CTL_REFUSED;
  if (run->wish != WISH_GO_ON)
    return PLT_CTL_DONE;
  if (!check_operator (run->ctl, error))
    return PLT_CTL_REFUSED;
  run->spooler = plt_spooler_new (run->ctl->office);
  plt_spooler_set_printers (run->spooler, (const char * const *) printer_option, (const char * const *) class_option);
  plt_spooler_set_lease (run->spooler, lease_option);
  plt_spooler_set_limit (run->spooler, (guint) limit_option);
  g_signal_connect_swapped (run->spooler, "event", G_CALLBACK (event_cb), run);
  g_signal_connect_swapped (run->spooler, "notify::error", G_CALLBACK (error_changed_cb), run);
  status = work (run, error);
  if (status == PLT_CTL_DONE)
    status = sum_up (run, error);
  g_signal_handlers_disconnect_by_data (run->spooler, run);
  if (run->wish == WISH_RELOAD && status == PLT_CTL_DONE)
    {
      begin_again (error);
      status = PLT_CTL_REFUSED;
    }
  return status;
}

static PltCtlStatus
run_spool (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  Run run = { .ctl = ctl };
  guint sources[4];
  PltCtlStatus status;

  if (!check_options (error))
    return PLT_CTL_USAGE;
  sources[0] = g_unix_signal_add (SIGTERM, end_cb, &run);
  sources[1] = g_unix_signal_add (SIGINT, end_cb, &run);
  sources[2] = g_unix_signal_add (SIGHUP, reload_cb, &run);
  sources[3] = g_timeout_add (1000, tick_cb, NULL);
  status = run_with (&run, error);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  g_clear_object (&run.spooler);
  g_free (run.said);
  return status;
}

const PltCtlCommand plt_ctl_spool = {
  .name = "spool", .arguments = "",
  .summary = N_("Print what waits, each card once, until told to end"),
  .options = spool_options, .run = run_spool,
};
