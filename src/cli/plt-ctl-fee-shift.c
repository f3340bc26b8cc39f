/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl fee shift: the drawer of one person at one workstation, from its float to its count. */
#include "plt-ctl-fee-answer.h"

#include <glib/gi18n-lib.h>

#define MAX_DENOMINATIONS 40

static char *why_option = NULL;
static char *shift_option = NULL;
static gboolean empty_option = FALSE;
static char *reason_option = NULL;

static const GOptionEntry count_options[] = {
  { "why", 0, 0, G_OPTION_ARG_STRING, &why_option, N_("Why it is not what it should be"), N_("TEXT") },
  { "shift", 0, 0, G_OPTION_ARG_STRING, &shift_option, N_("A colleague’s drawer, as a supervisor"), N_("SHIFT") },
  { "empty", 0, 0, G_OPTION_ARG_NONE, &empty_option, N_("Nothing lies there"), NULL },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry recount_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static gboolean
check_number (const char  *typed,
              GError     **error)
{
  return typed == NULL || g_ascii_string_to_unsigned (typed, 10, 1, G_MAXINT64, NULL, NULL)
         || plt_ctl_usage_error (error, _("A shift has a number, which “fee shift show” shows."));
}

static PltCtlStatus
run_open (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return plt_ctl_fee_act (ctl, PLT_FEE_SHIFT_OPEN, (const char *const *) arguments, error);
}

static PltCtlStatus
run_count (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autofree char *coins = g_strjoinv (" ", arguments);
  const char *words[] = { coins, why_option, shift_option };

  if ((arguments[0] == NULL) != empty_option)
    {
      plt_ctl_usage_error (error, _("Name the coins and notes, 50=3 for three of fifty, or say --empty."));
      return PLT_CTL_USAGE;
    }
  return check_number (shift_option, error)
           ? plt_ctl_fee_act (ctl, PLT_FEE_SHIFT_COUNT, words, error) : PLT_CTL_USAGE;
}

static PltCtlStatus
run_close (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return check_number (arguments[0], error)
           ? plt_ctl_fee_act (ctl, PLT_FEE_SHIFT_CLOSE, (const char *const *) arguments, error) : PLT_CTL_USAGE;
}

static PltCtlStatus
run_recount (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  const char *words[] = { arguments[0], reason_option };

  return check_number (arguments[0], error)
           ? plt_ctl_fee_act (ctl, PLT_FEE_SHIFT_RECOUNT, words, error) : PLT_CTL_USAGE;
}

static PltCtlStatus
run_show (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return check_number (arguments[0], error)
           ? plt_ctl_fee_act (ctl, PLT_FEE_SHIFT_SHOW, (const char *const *) arguments, error) : PLT_CTL_USAGE;
}

const PltCtlCommand plt_ctl_fee_shift_open = {
  .name = "fee shift open", .arguments = N_("FLOAT"),
  .summary = N_("Open a drawer at this workstation with so much in it"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_open,
};

const PltCtlCommand plt_ctl_fee_shift_count = {
  .name = "fee shift count", .arguments = N_("[COIN=N…]"),
  .summary = N_("Count what lies in the drawer; no more money is taken then"),
  .n_optional = MAX_DENOMINATIONS, .signed_in = TRUE, .options = count_options, .run = run_count,
};

const PltCtlCommand plt_ctl_fee_shift_close = {
  .name = "fee shift close", .arguments = N_("SHIFT"),
  .summary = N_("Confirm as the second person what a colleague counted"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_close,
};

const PltCtlCommand plt_ctl_fee_shift_recount = {
  .name = "fee shift recount", .arguments = N_("SHIFT"),
  .summary = N_("Open a drawer that was counted wrongly for another count"),
  .n_arguments = 1, .signed_in = TRUE, .options = recount_options, .run = run_recount,
};

const PltCtlCommand plt_ctl_fee_shift_show = {
  .name = "fee shift show", .arguments = N_("[SHIFT]"),
  .summary = N_("Show drawers: those that are open and those of the last days"),
  .n_optional = 1, .signed_in = TRUE, .run = run_show,
};
