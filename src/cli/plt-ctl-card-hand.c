/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card show, read, issue, came-out, spoil, cancel: the plastic after the printer. */
#include "plt-ctl-person.h"
#include "plt-production.h"

#include <glib/gi18n-lib.h>

static char *scan_option = NULL;
static char *serial_option = NULL;
static char *reason_option = NULL;
static char *note_option = NULL;

static const GOptionEntry read_options[] = {
  { "scan", 0, 0, G_OPTION_ARG_STRING, &scan_option,
    N_("The text of the card’s QR code or AAMVA barcode; - reads it from standard input"), N_("TEXT") },
  { "serial", 0, 0, G_OPTION_ARG_STRING, &serial_option,
    N_("The serial on the plastic"), N_("SERIAL") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry issue_options[] = {
  { "scan", 0, 0, G_OPTION_ARG_STRING, &scan_option,
    N_("The code scanned again at the counter; needed in another session than the read-back"),
    N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry reason_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry spoil_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option,
    N_("Why: a code of “card reasons”, or words"), N_("CODE|TEXT") },
  { "note", 0, 0, G_OPTION_ARG_STRING, &note_option, N_("Words behind the code"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static PltCard *
follow_card (PltCtl      *ctl,
             const char  *number,
             GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_production_follow_async (ctl->office, number, NULL, plt_ctl_ready_cb, &result);
  return plt_production_follow_finish (plt_ctl_await (&result), error);
}

static PltCtlStatus
run_show (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (PltCard) card = follow_card (ctl, arguments[0], error);

  if (card == NULL)
    return PLT_CTL_REFUSED;
  plt_ctl_print_card (ctl, card);
  return PLT_CTL_DONE;
}

/* The file of AAMVA begins with a line of one character and has others. */
static char *
read_other_lines (char   *first,
                  GError **error)
{
  g_autofree char *begun = first;
  g_autofree char *rest = NULL;
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);

  if (g_io_channel_set_encoding (channel, NULL, error) != G_IO_STATUS_NORMAL
      || g_io_channel_read_to_end (channel, &rest, NULL, error) != G_IO_STATUS_NORMAL)
    return NULL;
  return g_strjoin ("\n", begun, rest, NULL);
}

/* The scan as given, or the first line of standard input; a scanner ends its burst with Enter. */
static char *
get_scan (GError **error)
{
  char *line;

  if (g_strcmp0 (scan_option, "-") != 0)
    return g_strdup (scan_option);
  line = plt_ctl_read_secret (0, _("Scan"), error);
  return g_strcmp0 (line, "@") == 0 ? read_other_lines (line, error) : line;
}

static void
print_read_back (PltCtl    *ctl,
                 PltCard   *card,
                 GPtrArray *fields)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  if (card != NULL)
    {
      json_builder_set_member_name (builder, "card");
      plt_ctl_add_card (builder, card);
    }
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    plt_ctl_add_object (builder, fields->pdata[i], "title", "expected", "found", "matches", NULL);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_read (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltCard) before = NULL;
  g_autoptr (PltCard) card = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char *scan = NULL;

  if (scan_option == NULL)
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("--scan gives the text of the card’s QR code."));
      return PLT_CTL_USAGE;
    }
  scan = get_scan (error);
  before = scan != NULL ? follow_card (ctl, arguments[0], error) : NULL;
  if (before == NULL)
    return PLT_CTL_REFUSED;
  plt_production_read_async (ctl->office, arguments[0], scan, serial_option, NULL,
                             plt_ctl_ready_cb, &result);
  card = plt_production_read_finish (plt_ctl_await (&result), &fields, error);
  if (card != NULL || fields != NULL)
    print_read_back (ctl, card, fields);
  return card != NULL ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_step (PltCtl       *ctl,
          const char   *number,
          PltCardStep   step,
          const char   *text,
          GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltCard) card = NULL;

  plt_production_step_async (ctl->office, number, step, text, NULL, plt_ctl_ready_cb, &result);
  card = plt_production_step_finish (plt_ctl_await (&result), error);
  if (card == NULL)
    return PLT_CTL_REFUSED;
  plt_ctl_print_card (ctl, card);
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_issue (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return run_step (ctl, arguments[0], PLT_CARD_STEP_ISSUE, scan_option, error);
}

static PltCtlStatus
run_came_out (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  return run_step (ctl, arguments[0], PLT_CARD_STEP_CAME_OUT, reason_option, error);
}

static PltCtlStatus
run_spoil (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autofree char *reason = note_option != NULL && reason_option != NULL
                              ? g_strdup_printf ("%s: %s", reason_option, note_option)
                              : g_strdup (reason_option);

  return run_step (ctl, arguments[0], PLT_CARD_STEP_SPOIL, reason, error);
}

static PltCtlStatus
run_cancel (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return run_step (ctl, arguments[0], PLT_CARD_STEP_CANCEL, reason_option, error);
}

const PltCtlCommand plt_ctl_card_show = {
  .name = "card show", .arguments = N_("CARD"),
  .summary = N_("Look where a card is, in the print system too"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_show,
};

const PltCtlCommand plt_ctl_card_read = {
  .name = "card read", .arguments = N_("CARD"),
  .summary = N_("Compare what the plastic says with the record"),
  .n_arguments = 1, .signed_in = TRUE, .options = read_options, .run = run_read,
};

const PltCtlCommand plt_ctl_card_issue = {
  .name = "card issue", .arguments = N_("CARD"),
  .summary = N_("Hand a card that was read back over to its holder"),
  .n_arguments = 1, .signed_in = TRUE, .options = issue_options, .run = run_issue,
};

const PltCtlCommand plt_ctl_card_came_out = {
  .name = "card came-out", .arguments = N_("CARD"),
  .summary = N_("Answer that a card which is asked about came out"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_came_out,
};

const PltCtlCommand plt_ctl_card_spoil = {
  .name = "card spoil", .arguments = N_("CARD"),
  .summary = N_("Take a card out of use; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = spoil_options, .run = run_spoil,
};

const PltCtlCommand plt_ctl_card_cancel = {
  .name = "card cancel", .arguments = N_("CARD"),
  .summary = N_("Give a blank back that was not printed; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_cancel,
};
