/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl stock: the books of blanks, ribbons and films, and for how many people there is one. */
#include "plt-ctl.h"
#include "plt-stock.h"

#include <glib/gi18n-lib.h>

#define MAX_RUNS 4999

static char *lot_option = NULL;
static char *note_option = NULL;
static int cards_option = 0;
static char *reason_option = NULL;
static char *printer_option = NULL;
static char *login_option = NULL;
static char *kind_option = NULL;
static gboolean none_option = FALSE;
static char *right_option = NULL;

static const GOptionEntry receive_options[] = {
  { "lot", 0, 0, G_OPTION_ARG_STRING, &lot_option, N_("The lot that it is of"), N_("LOT") },
  { "note", 0, 0, G_OPTION_ARG_STRING, &note_option, N_("Number of the delivery note"), N_("TEXT") },
  { "cards", 0, 0, G_OPTION_ARG_INT, &cards_option,
    N_("How many cards each of these ribbons or films makes"), N_("N") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry reason_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry count_options[] = {
  { "printer", 0, 0, G_OPTION_ARG_STRING, &printer_option, N_("The printer, of what is loaded"),
    N_("DEST") },
  { "login", 0, 0, G_OPTION_ARG_STRING, &login_option, N_("The person, of what is in custody"),
    N_("LOGIN") },
  { "kind", 0, 0, G_OPTION_ARG_STRING, &kind_option, N_("blank (without this), ribbon or film"),
    N_("KIND") },
  { "none", 0, 0, G_OPTION_ARG_NONE, &none_option, N_("Nothing was found there"), NULL },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry explain_options[] = {
  { "right", 0, 0, G_OPTION_ARG_STRING, &right_option, N_("What is right, the books or the count"),
    N_("books|count") },
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static char *
ask (PltCtl             *ctl,
     PltStockAct         what,
     const char *const  *words,
     GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_stock_act_async (ctl->office, what, words, NULL, plt_ctl_ready_cb, &result);
  return plt_stock_act_finish (plt_ctl_await (&result), error);
}

static PltCtlStatus
act (PltCtl             *ctl,
     PltStockAct         what,
     const char *const  *words,
     GError            **error)
{
  g_autofree char *json = ask (ctl, what, words, error);

  return plt_ctl_print_text (ctl, json, error);
}

/* What is not in the books has no life, and is a misread serial more often than not. */
static PltCtlStatus
print_life (PltCtl      *ctl,
            const char  *serial,
            GError     **error)
{
  const char *words[] = { serial };
  g_autofree char *json = ask (ctl, PLT_STOCK_LIFE, words, error);

  if (g_strcmp0 (json, "[]") == 0)
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
                   _("Nothing is shown, because the books of this office have no serial “%s”. Read it again."),
                   serial);
      return PLT_CTL_REFUSED;
    }
  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return arguments[0] != NULL ? print_life (ctl, arguments[0], error)
                              : act (ctl, PLT_STOCK_LIST, NULL, error);
}

static PltCtlStatus
run_receive (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autofree char *cards = cards_option != 0 ? g_strdup_printf ("%d", cards_option) : NULL;
  const char *words[] = { arguments[0], arguments[1], lot_option != NULL ? lot_option : "",
                          note_option, cards };

  return act (ctl, PLT_STOCK_RECEIVE, words, error);
}

static PltCtlStatus
run_move (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  const char *words[] = { arguments[0], arguments[1], arguments[2], reason_option };

  return act (ctl, PLT_STOCK_MOVE, words, error);
}

static PltCtlStatus
run_load (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  if (!plt_ctl_check_destination (ctl, arguments[0], error))
    return PLT_CTL_REFUSED;
  return act (ctl, PLT_STOCK_LOAD, (const char *const *) arguments, error);
}

static PltCtlStatus
run_unload (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return act (ctl, PLT_STOCK_UNLOAD, (const char *const *) arguments, error);
}

static PltCtlStatus
run_count (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autofree char *found = g_strjoinv (" ", arguments + 1);
  const char *words[] = { kind_option != NULL ? kind_option : "blank", arguments[0],
                          printer_option != NULL ? printer_option : login_option, found };

  /* A forgotten argument must not make a whole safe missing. */
  if ((arguments[1] == NULL) != none_option)
    {
      plt_ctl_usage_error (error, _("Name the serials that were found, B00000001 or "
                                    "B00000001-B00000040, or say --none."));
      return PLT_CTL_USAGE;
    }
  return act (ctl, PLT_STOCK_COUNT, words, error);
}

static PltCtlStatus
run_destroy (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  const char *words[] = { arguments[0], arguments[1], reason_option };

  return act (ctl, PLT_STOCK_DESTROY, words, error);
}

/* Whether @typed is the number of something that “stock list” shows. */
static gboolean
check_number (const char  *typed,
              GError     **error)
{
  if (g_ascii_string_to_unsigned (typed, 10, 1, G_MAXINT64, NULL, NULL))
    return TRUE;
  g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
               _("“%s” is no number of a count or a proposal. “platenctl stock list” has them."),
               typed);
  return FALSE;
}

static PltCtlStatus
run_explain (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  const char *words[] = { arguments[0], right_option, reason_option };

  return check_number (arguments[0], error) ? act (ctl, PLT_STOCK_EXPLAIN, words, error)
                                            : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_confirm (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return check_number (arguments[0], error)
           ? act (ctl, PLT_STOCK_CONFIRM, (const char *const *) arguments, error)
           : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_refuse (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return check_number (arguments[0], error)
           ? act (ctl, PLT_STOCK_REFUSE, (const char *const *) arguments, error)
           : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_left (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return act (ctl, PLT_STOCK_LEFT, NULL, error);
}

const PltCtlCommand plt_ctl_stock_list = {
  .name = "stock list", .arguments = N_("[SERIAL]"),
  .summary = N_("Say where the stock is and what is open, or where one serial was"),
  .n_optional = 1, .signed_in = TRUE, .run = run_list,
};

const PltCtlCommand plt_ctl_stock_receive = {
  .name = "stock receive", .arguments = N_("FIRST LAST"),
  .summary = N_("Take a delivery in"),
  .n_arguments = 2, .signed_in = TRUE, .options = receive_options, .run = run_receive,
};

const PltCtlCommand plt_ctl_stock_move = {
  .name = "stock move", .arguments = N_("FIRST LAST safe|custody|spoiled"),
  .summary = N_("Put stock into the safe, take it into custody, or say that it is spoiled"),
  .n_arguments = 3, .signed_in = TRUE, .options = reason_options, .run = run_move,
};

const PltCtlCommand plt_ctl_stock_load = {
  .name = "stock load", .arguments = N_("DEST FIRST LAST"),
  .summary = N_("Load blanks, a ribbon or a film into a printer"),
  .n_arguments = 3, .signed_in = TRUE, .run = run_load,
};

const PltCtlCommand plt_ctl_stock_unload = {
  .name = "stock unload", .arguments = N_("DEST FIRST LAST"),
  .summary = N_("Take them out of the printer into the safe"),
  .n_arguments = 3, .signed_in = TRUE, .run = run_unload,
};

const PltCtlCommand plt_ctl_stock_count = {
  .name = "stock count", .arguments = N_("PLACE [RUN…]"),
  .summary = N_("Compare what lies at a place with the books"),
  .n_arguments = 1, .n_optional = MAX_RUNS, .signed_in = TRUE, .options = count_options,
  .run = run_count,
};

const PltCtlCommand plt_ctl_stock_explain = {
  .name = "stock explain", .arguments = N_("COUNT"),
  .summary = N_("Propose what the differences of a count were"),
  .n_arguments = 1, .signed_in = TRUE, .options = explain_options, .run = run_explain,
};

const PltCtlCommand plt_ctl_stock_destroy = {
  .name = "stock destroy", .arguments = N_("FIRST LAST"),
  .summary = N_("Propose the destruction of what is spoiled"),
  .n_arguments = 2, .signed_in = TRUE, .options = reason_options, .run = run_destroy,
};

const PltCtlCommand plt_ctl_stock_confirm = {
  .name = "stock confirm", .arguments = N_("PROPOSAL"),
  .summary = N_("Confirm as the second person what a colleague proposed"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_confirm,
};

const PltCtlCommand plt_ctl_stock_refuse = {
  .name = "stock refuse", .arguments = N_("PROPOSAL"),
  .summary = N_("Refuse it, or take one’s own proposal back"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_refuse,
};

const PltCtlCommand plt_ctl_stock_left = {
  .name = "stock left", .arguments = "",
  .summary = N_("Say for how many of those who wait for a card there is stock"),
  .signed_in = TRUE, .run = run_left,
};
