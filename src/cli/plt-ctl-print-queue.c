/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl print-queue: the line of what is printed next, and what holds it. */
#include "plt-ctl-print-filter.h"

#include <glib/gi18n-lib.h>

static char *reason_option = NULL;
static char *to_option = NULL;
static gboolean any_option = FALSE;

static const GOptionEntry filter_options[] = {
  PLT_CTL_PRINT_FILTER_OPTIONS,
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry hold_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  PLT_CTL_PRINT_FILTER_OPTIONS,
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry move_options[] = {
  { "to", 0, 0, G_OPTION_ARG_STRING, &to_option, N_("To this printer or class"), N_("DEST") },
  { "to-any", 0, 0, G_OPTION_ARG_NONE, &any_option, N_("To any printer"), NULL },
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  PLT_CTL_PRINT_FILTER_OPTIONS,
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry priority_options[] = {
  { "to", 0, 0, G_OPTION_ARG_STRING, &to_option, N_("The priority, -100 to 100"), N_("N") },
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why; needed above 50"), N_("TEXT") },
  PLT_CTL_PRINT_FILTER_OPTIONS,
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry reason_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autofree char *filter = plt_ctl_print_filter_dup_or_all (arguments, error);
  const char *words[] = { filter };

  return filter != NULL ? plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_LIST, words, error)
                        : PLT_CTL_USAGE;
}

static PltCtlStatus
run_show (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  PltCtlStatus status = plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_SHOW,
                                                 (const char *const *) arguments, error);

  if (status != PLT_CTL_DONE && error != NULL && *error == NULL)
    g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
                 _("Application %s is not in the print queue. “platenctl application show %s” "
                   "says what became of it."), arguments[0], arguments[0]);
  return status;
}

static PltCtlStatus
run_hold (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autofree char *filter = plt_ctl_print_filter_dup (arguments, error);
  const char *words[] = { filter, reason_option };

  return filter != NULL ? plt_ctl_print_queue_change (ctl, PLT_PRINT_QUEUE_HOLD, words, error)
                        : PLT_CTL_USAGE;
}

static PltCtlStatus
run_release (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autofree char *filter = plt_ctl_print_filter_dup (arguments, error);
  const char *words[] = { filter, reason_option };

  return filter != NULL ? plt_ctl_print_queue_change (ctl, PLT_PRINT_QUEUE_RELEASE, words, error)
                        : PLT_CTL_USAGE;
}

static PltCtlStatus
run_move (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autofree char *filter = plt_ctl_print_filter_dup (arguments, error);
  const char *words[] = { filter, to_option, reason_option };

  if (filter == NULL)
    return PLT_CTL_USAGE;
  if ((to_option == NULL) != any_option)
    {
      plt_ctl_usage_error (error, _("Say either --to with a printer or a class, or --to-any."));
      return PLT_CTL_USAGE;
    }
  if (to_option != NULL && !plt_ctl_check_destination (ctl, to_option, error))
    return PLT_CTL_REFUSED;
  return plt_ctl_print_queue_change (ctl, PLT_PRINT_QUEUE_MOVE, words, error);
}

static PltCtlStatus
run_prioritise (PltCtl  *ctl,
                char   **arguments,
                GError **error)
{
  g_autofree char *filter = plt_ctl_print_filter_dup (arguments, error);
  const char *words[] = { filter, to_option, reason_option };
  gint64 priority;

  if (filter == NULL)
    return PLT_CTL_USAGE;
  if (to_option == NULL || !g_ascii_string_to_signed (to_option, 10, -100, 100, &priority, NULL))
    {
      plt_ctl_usage_error (error, _("Say --to with a priority, a whole number from -100 to 100."));
      return PLT_CTL_USAGE;
    }
  return plt_ctl_print_queue_change (ctl, PLT_PRINT_QUEUE_PRIORITISE, words, error);
}

static PltCtlStatus
run_pause (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  const char *words[] = { arguments[0], reason_option };

  /* A name that is empty by mistake must not stop the office. */
  if (arguments[0] != NULL && !plt_ctl_check_destination (ctl, arguments[0], error))
    return PLT_CTL_REFUSED;
  return plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_PAUSE, words, error);
}

static PltCtlStatus
run_resume (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *words[] = { arguments[0] };

  return plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_RESUME, words, error);
}

static PltCtlStatus
run_load (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_LOAD, NULL, error);
}

static PltCtlStatus
run_fair_after (PltCtl  *ctl,
                char   **arguments,
                GError **error)
{
  gint64 hours;

  if (arguments[0] == NULL)
    return plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_FAIR_AFTER, NULL, error);
  if (!g_ascii_string_to_signed (arguments[0], 10, 1, 8760, &hours, NULL))
    {
      plt_ctl_usage_error (error, _("Say a number of hours, from 1 to 8760."));
      return PLT_CTL_USAGE;
    }
  return plt_ctl_print_queue_act (ctl, PLT_PRINT_QUEUE_SET_FAIR_AFTER,
                                  (const char *const *) arguments, error);
}

const PltCtlCommand plt_ctl_print_queue_list = {
  .name = "print-queue list", .arguments = N_("[APPLICATION…]"),
  .summary = N_("Say what is printed next, what is held, and what is paused"),
  .n_optional = PLT_CTL_MAX_NAMED, .signed_in = TRUE, .options = filter_options, .run = run_list,
};

const PltCtlCommand plt_ctl_print_queue_show = {
  .name = "print-queue show", .arguments = N_("APPLICATION"),
  .summary = N_("Say where one application stands in the print queue, and what was done with it"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_show,
};

const PltCtlCommand plt_ctl_print_queue_hold = {
  .name = "print-queue hold", .arguments = N_("[APPLICATION…]"),
  .summary = N_("Hold the printing of some, with a reason"),
  .n_optional = PLT_CTL_MAX_NAMED, .signed_in = TRUE, .options = hold_options, .run = run_hold,
};

const PltCtlCommand plt_ctl_print_queue_release = {
  .name = "print-queue release", .arguments = N_("[APPLICATION…]"),
  .summary = N_("Release what is held, and try anew what failed"),
  .n_optional = PLT_CTL_MAX_NAMED, .signed_in = TRUE, .options = hold_options, .run = run_release,
};

const PltCtlCommand plt_ctl_print_queue_move = {
  .name = "print-queue move", .arguments = N_("[APPLICATION…]"),
  .summary = N_("Move the printing of some to a printer or class, or to any"),
  .n_optional = PLT_CTL_MAX_NAMED, .signed_in = TRUE, .options = move_options, .run = run_move,
};

const PltCtlCommand plt_ctl_print_queue_prioritise = {
  .name = "print-queue prioritise", .arguments = N_("[APPLICATION…]"),
  .summary = N_("Give some a priority"),
  .n_optional = PLT_CTL_MAX_NAMED, .signed_in = TRUE, .options = priority_options,
  .run = run_prioritise,
};

const PltCtlCommand plt_ctl_print_queue_pause = {
  .name = "print-queue pause", .arguments = N_("[DEST]"),
  .summary = N_("Pause all printing of the office, or one printer, with a reason"),
  .n_optional = 1, .signed_in = TRUE, .options = reason_options, .run = run_pause,
};

const PltCtlCommand plt_ctl_print_queue_resume = {
  .name = "print-queue resume", .arguments = N_("[DEST]"),
  .summary = N_("End a pause"),
  .n_optional = 1, .signed_in = TRUE, .run = run_resume,
};

const PltCtlCommand plt_ctl_print_queue_load = {
  .name = "print-queue load", .arguments = "",
  .summary = N_("Say what each printer still makes, and what waits for it"),
  .signed_in = TRUE, .run = run_load,
};

const PltCtlCommand plt_ctl_print_queue_fair_after = {
  .name = "print-queue fair-after", .arguments = N_("[HOURS]"),
  .summary = N_("Say or set after how long who waits goes ahead"),
  .n_optional = 1, .signed_in = TRUE, .run = run_fair_after,
};
