/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judges the settings of a queue, as far as a scheduler tells them. A card's job is one document in
 * one copy that always names its size, sides, scaling and hold; what would be done to it all the
 * same, or to somebody who relies on the queue, is refused. */
#include "plt-print-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const char *const plt_print_settings_attributes[] = {
  "printer-name", "device-uri", "printer-type", "member-names", "printer-error-policy",
  "copies-default", "number-up-default", "job-sheets-default", "job-hold-until-default",
  "finishings-default", "print-scaling-default", "print-scaling-supported",
  "job-cancel-after-default", "multiple-document-handling-default",
};

guint
plt_print_settings_n_attributes (void)
{
  return G_N_ELEMENTS (plt_print_settings_attributes);
}

/* The first place of the four that matters, since a document of two pages that is done again comes
 * out as a second card. A class has a policy of its own, but cards are sent to its members. */
static const char *
judge_policy (PltPrintQueue *queue)
{
  const char *policy = plt_print_queue_string (queue, "printer-error-policy");

  if (plt_print_queue_is_class (queue) || policy == NULL)
    return NULL;
  if (g_str_equal (policy, "retry-job") || g_str_equal (policy, "retry-current-job"))
    return _("It would print a card again by itself after an error. The administrator "
             "sets its error policy to “stop-printer”.");
  return NULL;
}

/* beh://0/ATTEMPTS/DELAY/URI (beh(8) of cups-filters): only one attempt repeats nothing. */
static const char *
judge_back_end (PltPrintQueue *queue)
{
  const char *uri = plt_print_queue_string (queue, "device-uri");
  g_auto (GStrv) parts = NULL;

  if (uri == NULL || !g_str_has_prefix (uri, "beh:"))
    return NULL;
  parts = g_strsplit (uri + strspn (uri + 4, "/") + 4, "/", 3);
  if (g_strv_length (parts) == 3 && g_str_equal (parts[1], "1"))
    return NULL;
  return _("Its connection “beh” would send a card again by itself after an error. The administrator "
           "gives it one attempt, or takes “beh” out of its address.");
}

static const char *
judge_number (PltPrintQueue *queue)
{
  if (plt_print_queue_integer (queue, "copies-default", 1) != 1)
    return _("It prints several copies of everything. The administrator sets its “copies-default” to "
             "1.");
  if (plt_print_queue_integer (queue, "number-up-default", 1) != 1)
    return _("It puts several pages onto one side. The administrator sets its “number-up-default” to "
             "1.");
  return NULL;
}

static const char *
judge_sheets (PltPrintQueue *queue)
{
  g_auto (GStrv) sheets = plt_print_queue_strings (queue, "job-sheets-default");

  for (guint i = 0; sheets[i] != NULL; i++)
    if (!g_str_equal (sheets[i], "none"))
      return _("It prints banner pages, each of which would use up a card. The administrator sets its "
               "“job-sheets-default” to “none,none”.");
  return NULL;
}

static const char *
judge_hold (PltPrintQueue *queue)
{
  const char *hold = plt_print_queue_string (queue, "job-hold-until-default");

  if (hold == NULL || g_str_equal (hold, "no-hold"))
    return NULL;
  return _("It holds everything back until a time of its own. The administrator sets its "
           "“job-hold-until-default” to “no-hold”.");
}

static const char *
judge_finishing (PltPrintQueue *queue)
{
  if (plt_print_queue_integer (queue, "finishings-default", IPP_FINISHINGS_NONE)
      == IPP_FINISHINGS_NONE)
    return NULL;
  return _("It finishes everything in its own manner, such as by stapling. The administrator sets its "
           "“finishings-default” to “none”.");
}

static const char *
judge_scaling (PltPrintQueue *queue)
{
  const char *scaling = plt_print_queue_string (queue, "print-scaling-default");

  if (scaling != NULL && (g_str_equal (scaling, "fit") || g_str_equal (scaling, "fill")))
    return _("It scales everything, so that a card comes out smaller or larger than it is. The "
             "administrator sets its “print-scaling-default” to “none”.");
  if (plt_print_queue_find (queue, "print-scaling-supported") != NULL
      && !plt_print_queue_has (queue, "print-scaling-supported", "none"))
    return _("It cannot print without scaling, so that a card comes out smaller or larger than it is. "
             "Choose another printer.");
  return NULL;
}

char **
plt_print_settings_refuse (PltPrintQueue *queue)
{
  const char *(*const judges[]) (PltPrintQueue *) = {
    judge_policy, judge_back_end, judge_number, judge_sheets,
    judge_hold,   judge_finishing, judge_scaling,
  };
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (judges); i++)
    {
      const char *refusal = judges[i] (queue);

      if (refusal != NULL)
        g_strv_builder_add (words, refusal);
    }
  return g_strv_builder_end (words);
}

char **
plt_print_settings_warn (PltPrintQueue *queue)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  int seconds = plt_print_queue_integer (queue, "job-cancel-after-default", 0);

  /* Cards ask for longer themselves; a test card, or another program's, does not. */
  if (seconds > 0)
    {
      g_autofree char *warning =
        g_strdup_printf (_("The print server cancels what takes longer than %d minutes, such as while "
                           "a ribbon is fetched. The administrator sets “MaxJobTime 0”."),
                         MAX (seconds / 60, 1));

      g_strv_builder_add (words, warning);
    }
  return g_strv_builder_end (words);
}
