/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the command that the words name, parses its options, signs in, runs it, and turns the
 * outcome into one sentence and an exit status. */
#include "config.h"

#include "plt-ctl.h"
#include "plt-translations.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const PltCtlCommand *commands[] = {
  &plt_ctl_lookup,
  &plt_ctl_search,
  &plt_ctl_application_kinds,
  &plt_ctl_application_documents,
  &plt_ctl_application_new,
  &plt_ctl_application_set,
  &plt_ctl_photo_check,
  &plt_ctl_photo_fit,
  &plt_ctl_exception_list,
  &plt_ctl_exception_ask,
  &plt_ctl_exception_allow,
  &plt_ctl_exception_refuse,
  &plt_ctl_application_park,
  &plt_ctl_application_decide,
  &plt_ctl_application_undo,
  &plt_ctl_application_decisions,
  &plt_ctl_application_evidence,
  &plt_ctl_application_keep_fit,
  &plt_ctl_evidence_kinds,
  &plt_ctl_evidence_record,
  &plt_ctl_evidence_withdraw,
  &plt_ctl_rule_list,
  &plt_ctl_rule_check,
  &plt_ctl_rule_explain,
  &plt_ctl_rule_simulate,
  &plt_ctl_rule_propose,
  &plt_ctl_rule_changes,
  &plt_ctl_rule_preview,
  &plt_ctl_rule_approve,
  &plt_ctl_rule_refuse,
  &plt_ctl_rule_learned,
  &plt_ctl_rule_proposals,
  &plt_ctl_rule_accept,
  &plt_ctl_rule_end,
  &plt_ctl_person_links,
  &plt_ctl_person_link,
  &plt_ctl_person_part,
  &plt_ctl_person_agree,
  &plt_ctl_person_refuse,
  &plt_ctl_application_fetch,
  &plt_ctl_application_submit,
  &plt_ctl_application_approve,
  &plt_ctl_application_return,
  &plt_ctl_application_reject,
  &plt_ctl_application_withdraw,
  &plt_ctl_application_wait,
  &plt_ctl_application_continue,
  &plt_ctl_application_slip,
  &plt_ctl_application_resume,
  &plt_ctl_application_show,
  &plt_ctl_application_list,
  &plt_ctl_card_render,
  &plt_ctl_card_file,
  &plt_ctl_card_payload,
  &plt_ctl_card_package,
  &plt_ctl_card_print,
  &plt_ctl_card_redraw,
  &plt_ctl_card_prove,
  &plt_ctl_card_twin,
  &plt_ctl_card_approve_file,
  &plt_ctl_card_list,
  &plt_ctl_card_show,
  &plt_ctl_card_read,
  &plt_ctl_card_issue,
  &plt_ctl_card_came_out,
  &plt_ctl_card_spoil,
  &plt_ctl_card_cancel,
  &plt_ctl_card_shelve,
  &plt_ctl_card_place,
  &plt_ctl_card_give,
  &plt_ctl_card_take,
  &plt_ctl_card_hand_over,
  &plt_ctl_card_letter,
  &plt_ctl_card_post,
  &plt_ctl_card_rules,
  &plt_ctl_card_reasons,
  &plt_ctl_card_limits,
  &plt_ctl_card_allow,
  &plt_ctl_card_recall,
  &plt_ctl_card_returned,
  &plt_ctl_recall_new,
  &plt_ctl_recall_list,
  &plt_ctl_recall_show,
  &plt_ctl_recall_confirm,
  &plt_ctl_recall_refuse,
  &plt_ctl_recall_done,
  &plt_ctl_card_freeze,
  &plt_ctl_card_unfreeze,
  &plt_ctl_bureau_list,
  &plt_ctl_bureau_enrol,
  &plt_ctl_bureau_approve,
  &plt_ctl_bureau_retire,
  &plt_ctl_bureau_send,
  &plt_ctl_bureau_write,
  &plt_ctl_bureau_cancel,
  &plt_ctl_bureau_receive,
  &plt_ctl_verify,
  &plt_ctl_layout_list,
  &plt_ctl_layout_check,
  &plt_ctl_layout_render,
  &plt_ctl_layout_proof,
  &plt_ctl_layout_keep,
  &plt_ctl_layout_versions,
  &plt_ctl_layout_history,
  &plt_ctl_layout_sheets,
  &plt_ctl_layout_sheet,
  &plt_ctl_layout_propose,
  &plt_ctl_layout_approve,
  &plt_ctl_layout_refuse,
  &plt_ctl_layout_retire,
  &plt_ctl_layout_rules,
  &plt_ctl_layout_rule_propose,
  &plt_ctl_layout_rule_approve,
  &plt_ctl_layout_rule_end,
  &plt_ctl_printer_list,
  &plt_ctl_printer_show,
  &plt_ctl_printer_check_profiles,
  &plt_ctl_printer_test_card,
  &plt_ctl_printer_calibrate,
  &plt_ctl_printer_calibrations,
  &plt_ctl_printer_lot,
  &plt_ctl_printer_cleaning,
  &plt_ctl_printer_cleaned,
  &plt_ctl_spool,
  &plt_ctl_fee_quote,
  &plt_ctl_fee_pay,
  &plt_ctl_fee_proof,
  &plt_ctl_fee_waive,
  &plt_ctl_fee_void,
  &plt_ctl_fee_refund,
  &plt_ctl_fee_approve,
  &plt_ctl_fee_refuse,
  &plt_ctl_fee_list,
  &plt_ctl_fee_receipt,
  &plt_ctl_fee_check,
  &plt_ctl_fee_shift_open,
  &plt_ctl_fee_shift_count,
  &plt_ctl_fee_shift_close,
  &plt_ctl_fee_shift_recount,
  &plt_ctl_fee_shift_show,
  &plt_ctl_fee_rule_list,
  &plt_ctl_fee_rule_propose,
  &plt_ctl_fee_rule_preview,
  &plt_ctl_fee_rule_approve,
  &plt_ctl_fee_rule_refuse,
  &plt_ctl_fee_report,
  &plt_ctl_fee_currency,
  &plt_ctl_stock_list,
  &plt_ctl_stock_receive,
  &plt_ctl_stock_move,
  &plt_ctl_stock_load,
  &plt_ctl_stock_unload,
  &plt_ctl_stock_count,
  &plt_ctl_stock_explain,
  &plt_ctl_stock_destroy,
  &plt_ctl_stock_confirm,
  &plt_ctl_stock_refuse,
  &plt_ctl_stock_left,
  &plt_ctl_print_queue_list,
  &plt_ctl_print_queue_show,
  &plt_ctl_print_queue_hold,
  &plt_ctl_print_queue_release,
  &plt_ctl_print_queue_move,
  &plt_ctl_print_queue_prioritise,
  &plt_ctl_print_queue_pause,
  &plt_ctl_print_queue_resume,
  &plt_ctl_print_queue_load,
  &plt_ctl_print_queue_fair_after,
  &plt_ctl_print_batch_new,
  &plt_ctl_print_batch_list,
  &plt_ctl_print_batch_release,
  &plt_ctl_print_batch_cancel,
  &plt_ctl_db_status,
  &plt_ctl_db_upgrade,
  &plt_ctl_office_set,
  &plt_ctl_staff_add,
  &plt_ctl_staff_list,
  &plt_ctl_registry_list,
  &plt_ctl_registry_check,
  &plt_ctl_registry_probe,
  &plt_ctl_registry_duplicates,
  &plt_ctl_outbox_list,
  &plt_ctl_outbox_send,
  &plt_ctl_outbox_retry,
  &plt_ctl_outbox_discard,
  &plt_ctl_key_list,
  &plt_ctl_key_create,
  &plt_ctl_key_import,
  &plt_ctl_key_rotate,
  &plt_ctl_key_certify,
  &plt_ctl_key_revoke,
  &plt_ctl_key_renew,
  &plt_ctl_key_export,
  &plt_ctl_audit_sign,
  &plt_ctl_audit_check,
  &plt_ctl_health,
  &plt_ctl_sign_in_command,
  &plt_ctl_sign_out_command,
};

typedef struct
{
  char     *config;
  char     *db;
  char     *user;
  gboolean  json;
  gboolean  version;
  int       totp_fd;
  char    **rest;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->config);
  g_free (options->db);
  g_free (options->user);
  g_strfreev (options->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

GQuark
plt_ctl_error_quark (void)
{
  return g_quark_from_static_string ("plt-ctl-error-quark");
}

/* How many of @words are the command's name; 0 if it is another command. */
static int
match_words (const PltCtlCommand *command,
             char               **words)
{
  g_auto (GStrv) name = g_strsplit (command->name, " ", -1);
  int n = 0;

  while (name[n] != NULL)
    {
      if (g_strcmp0 (name[n], words[n]) != 0)
        return 0;
      n++;
    }
  return n;
}

static const PltCtlCommand *
find_command (char **words,
              int   *n_words)
{
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      *n_words = match_words (commands[i], words);
      if (*n_words > 0)
        return commands[i];
    }
  return NULL;
}

/* Whether the argument after @option belongs to it, for the options that may stand before the
 * command's name. */
static gboolean
takes_value (const char *option)
{
  const char * const options[] = { "--config", "--db", "--user", "-U", "--totp-fd", NULL };

  return g_strv_contains (options, option);
}

/* The words that are neither options nor their values: they begin with the command's name. */
static char **
leading_words (int    argc,
               char **argv)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (int i = 1; i < argc; i++)
    if (takes_value (argv[i]))
      i++;
    else if (argv[i][0] != '-')
      g_strv_builder_add (words, argv[i]);
  return g_strv_builder_end (words);
}

/* "card read CARD", the argument in the reader's language. */
static char *
name_usage (const PltCtlCommand *command)
{
  gboolean any = command->arguments != NULL && *command->arguments != '\0';

  return any ? g_strconcat (command->name, " ", _(command->arguments), NULL) : g_strdup (command->name);
}

/* The words with which several commands begin, as “print-queue batch ”; empty where none does. */
static char *
dup_group (char **words)
{
  g_autoptr (GString) group = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *beginning = g_strconcat (group->str, words[i], " ", NULL);
      gboolean known = FALSE;

      for (size_t k = 0; k < G_N_ELEMENTS (commands) && !known; k++)
        known = g_str_has_prefix (commands[k]->name, beginning);
      if (!known)
        break;
      g_string_assign (group, beginning);
    }
  return g_string_free (g_steal_pointer (&group), FALSE);
}

/* @group: what the commands begin with */
static char *
list_commands (const char *group)
{
  g_autoptr (GString) text = g_string_new (_("Commands:\n"));

  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (commands[i]->name, group))
      {
        g_autofree char *usage = name_usage (commands[i]);

        g_string_append_printf (text, "  %-32s %s\n", usage, _(commands[i]->summary));
      }
  g_string_append (text, _("\n“platenctl COMMAND --help” lists a command’s options."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GOptionContext *
new_context (const PltCtlCommand *command,
             const char          *group,
             Options             *options)
{
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_("Print JSON"), NULL },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, N_("The office’s configuration"),
      N_("FILE") },
    { "db", 0, 0, G_OPTION_ARG_STRING, &options->db,
      N_("Database, as libpq keywords or URI, without a password"), N_("URI") },
    { "user", 'U', 0, G_OPTION_ARG_STRING, &options->user, N_("Sign in as this member of staff"),
      N_("LOGIN") },
    { "totp-fd", 0, 0, G_OPTION_ARG_INT, &options->totp_fd,
      N_("Read the six-digit code from this file descriptor"), N_("N") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  GOptionContext *context;
  g_autofree char *usage = NULL;

  usage = command ? name_usage (command) : g_strdup (_("COMMAND"));
  context = g_option_context_new (usage);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (command != NULL && command->options != NULL)
    g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
  if (command != NULL)
    g_option_context_set_summary (context, _(command->summary));
  else
    {
      g_autofree char *list = list_commands (group);

      g_option_context_set_summary (context, list);
    }
  return context;
}

static PltCtlStatus
run_command (const PltCtlCommand *command,
             Options             *options,
             char               **arguments,
             GError             **error)
{
  g_autoptr (PltOfficeConfig) config = NULL;
  g_autoptr (PltOffice) office = NULL;
  PltCtl ctl;

  int n_arguments = (int) g_strv_length (arguments);
  if (n_arguments < command->n_arguments || n_arguments > command->n_arguments + command->n_optional)
    {
      g_autofree char *usage = name_usage (command);

      /* Translators: %s is a command with its arguments. */
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE, _("Usage: platenctl %s"), usage);
      return PLT_CTL_USAGE;
    }
  config = plt_office_config_load (options->config, error);
  if (config == NULL)
    return PLT_CTL_REFUSED;
  if (options->user != NULL)
    g_setenv ("PGUSER", options->user, TRUE);
  office = plt_office_new (config, options->db);
  ctl = (PltCtl) { .office = office, .json = options->json, .totp_fd = options->totp_fd };
  if (command->signed_in && (command->alone == NULL || *command->alone == NULL) &&
      !plt_ctl_sign_in (&ctl, options->totp_fd, error))
    return PLT_CTL_REFUSED;
  return command->run (&ctl, arguments, error);
}

/* “layout check, layout keep …”: the commands that begin with @group. */
static char *
list_group (const char *group)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_has_prefix (commands[i]->name, group))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", commands[i]->name);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Where the first words begin commands, those are named: the word behind them is what was not known. */
static void
set_unknown (char       **words,
             const char  *group,
             GError     **error)
{
  g_auto (GStrv) known = g_strsplit (group, " ", -1);
  guint n_known = *group != '\0' ? g_strv_length (known) - 1 : 0;
  g_autofree char *names = list_group (group);
  g_autofree char *alone = g_strndup (group, MAX (strlen (group), 1) - 1);

  if (words[0] == NULL)
    g_set_error_literal (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                         _("Name a command. “platenctl --help” lists them."));
  else if (n_known == 0)
    g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                 _("There is no command “%s”. “platenctl --help” lists them."), words[0]);
  else if (words[n_known] == NULL)
    /* Translators: a word, then commands that begin with it */
    g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                 _("“%s” alone is no command. There are: %s."), alone, names);
  else
    /* Translators: two words, then commands that begin with the first of them */
    g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                 _("There is no command “%s %s”. There are: %s."), alone, words[n_known], names);
}

static PltCtlStatus
parse_and_run (int      argc,
               char   **argv,
               GError **error)
{
  g_auto (Options) options = { .totp_fd = -1 };
  g_auto (GStrv) words = leading_words (argc, argv);
  g_autofree char *group = dup_group (words);
  g_autoptr (GOptionContext) context = NULL;
  const PltCtlCommand *command;
  g_autoptr (GError) parse_error = NULL;
  int n_words = 0;

  command = find_command (words, &n_words);
  context = new_context (command, group, &options);
  if (!g_option_context_parse (context, &argc, &argv, &parse_error))
    {
      g_set_error_literal (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE, parse_error->message);
      return PLT_CTL_USAGE;
    }
  if (options.version)
    {
      g_print ("platenctl %s\n", PLT_VERSION);
      return PLT_CTL_DONE;
    }
  if (command == NULL)
    {
      set_unknown (words, group, error);
      return PLT_CTL_USAGE;
    }
  return run_command (command, &options, options.rest + n_words, error);
}

/* As other programs end whose reader, “head” for example, has heard enough. */
static int
end_unread (void)
{
  signal (SIGPIPE, SIG_DFL);
  raise (SIGPIPE);
  return 128 + SIGPIPE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  PltCtlStatus status;

  plt_translations_start ();
  g_set_prgname ("platenctl");
  /* A file that grows past the limit is an error in words, as a full disk is. */
  signal (SIGXFSZ, SIG_IGN);
  /* Nor does a reader who goes away end what is under way. */
  signal (SIGPIPE, SIG_IGN);

  status = parse_and_run (argc, argv, &error);
  if (error != NULL)
    {
      /* One line, as scripts and logs want it, of what the window may show as a list. */
      g_printerr ("platenctl: %s\n", g_strdelimit (error->message, "\n", ' '));
      status = g_error_matches (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE) ? PLT_CTL_USAGE
                                                                          : PLT_CTL_REFUSED;
    }
  /* What was done is done, but who asked has not been told all of it; or did not want to be. */
  if ((fflush (stdout) != 0 || ferror (stdout) != 0) && status == PLT_CTL_DONE)
    {
      if (plt_ctl_is_unread ())
        return end_unread ();
      g_printerr ("platenctl: %s\n", _("The answer was not written whole: there is no room for it."));
      status = PLT_CTL_REFUSED;
    }
  return status;
}
