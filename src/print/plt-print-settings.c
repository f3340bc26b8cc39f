/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judges the settings of a queue, as far as a scheduler tells them. A card's job is one document in
 * one copy that always names its size, sides, scaling and hold; what would be done to it all the
 * same, or to somebody who relies on the queue, is refused. */
#include "plt-print-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plt-print-habits.h"

static const char *const attributes[] = {
  "printer-name", "device-uri", "printer-type", "member-names", "printer-error-policy",
  "copies-default", "number-up-default", "job-sheets-default", "job-hold-until-default",
  "finishings-default", "print-scaling-default", "print-scaling-supported",
  "job-cancel-after-default", "multiple-document-handling-default", "auth-info-required",
  "printer-is-temporary", "job-quota-period", "job-page-limit", "job-k-limit",
};

void
plt_print_settings_ask (ipp_t             *request,
                        const char *const *more,
                        guint              n_more)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; i < n_more; i++)
    g_ptr_array_add (wanted, (gpointer) more[i]);
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    g_ptr_array_add (wanted, (gpointer) attributes[i]);
  g_ptr_array_set_size (wanted, (int) (wanted->len + plt_print_habits_list (NULL)));
  plt_print_habits_list ((const char **) wanted->pdata + wanted->len - plt_print_habits_list (NULL));
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", (int) wanted->len, NULL,
                 (const char *const *) wanted->pdata);
}

/* The first place of those that matter, since a document of two pages that is done again comes
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

/* The scheme of cups-browsed(8), which chooses among the print servers of the network, and another one after an error. */
static const char *
judge_choice (PltPrintQueue *queue)
{
  const char *uri = plt_print_queue_string (queue, "device-uri");
  ipp_attribute_t *temporary = plt_print_queue_find (queue, "printer-is-temporary");

  if (uri != NULL && g_str_has_prefix (uri, "implicitclass:"))
    return _("It belongs to cups-browsed, which sends a card to whichever print server of the network it likes, and to "
             "another after an error. The administrator adds the printer itself with “lpadmin”.");
  if (temporary != NULL && ippGetBoolean (temporary, 0))
    return _("The print server takes it away by itself after a while, and its jobs with it, by whose names a card is "
             "found again. The administrator adds the printer with “lpadmin”.");
  return NULL;
}

/* Whether the options behind the address of a device have @name with one of @values. */
static gboolean
has_option (const char        *uri,
            const char        *name,
            const char *const *values)
{
  const char *query = strchr (uri, '?');
  g_auto (GStrv) options = query != NULL ? g_strsplit_set (query + 1, "&+", -1) : NULL;

  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (options[i], "=", 2);
      g_autofree char *value = parts[0] != NULL && parts[1] != NULL ? g_ascii_strdown (parts[1], -1) : g_strdup ("");

      if (parts[0] != NULL && g_ascii_strcasecmp (parts[0], name) == 0 && g_strv_contains (values, value))
        return TRUE;
    }
  return FALSE;
}

/* Options of the back ends ipp and lpd of CUPS 2.4, which are part of a device's address. */
static const char *
judge_address (PltPrintQueue *queue)
{
  static const char *const yes[] = { "", "on", "yes", "true", "1", NULL };
  static const char *const no[] = { "off", "no", "false", "0", NULL };
  const char *uri = plt_print_queue_string (queue, "device-uri");

  if (uri == NULL)
    return NULL;
  if (g_str_has_prefix (uri, "lpd:") && has_option (uri, "banner", yes))
    return _("Its address says “banner”, so that the printer prints a banner page for each card, which uses up another. The "
             "administrator takes that out of its address.");
  if (has_option (uri, "waitjob", no))
    return _("Its address says “waitjob=false”, so that the print server calls a card done that the printer has not begun. "
             "The administrator takes that out of its address.");
  return NULL;
}

/* Set by the administrator, or by the back end when it was refused (cups-held-for-authentication). */
static const char *
judge_password (PltPrintQueue *queue)
{
  g_auto (GStrv) required = plt_print_queue_strings (queue, "auth-info-required");

  if (g_strv_contains ((const char *const *) required, "negotiate"))
    return _("What it prints on asks for Kerberos, for which the print server has no ticket, so that cards would be held "
             "back. The administrator of that printer allows a password (“AuthType Basic”), and gives it in the address of "
             "this queue: “lpadmin -p NAME -v ipps://USER:PASSWORD@HOST/… -o auth-info-required=none”.");
  if (required[0] != NULL && !g_str_equal (required[0], "none"))
    return _("What it prints on asks for a password, and has got none or a wrong one, so that cards are held back. The "
             "administrator gives it in the address of the queue: “lpadmin -p NAME -v ipps://USER:PASSWORD@HOST/… -o "
             "auth-info-required=none”, and lets go what is held: “lp -i JOB -H resume”.");
  return NULL;
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

/* Classification of cupsd.conf(5) shows as the default of every queue. */
static const char *
judge_sheets (PltPrintQueue *queue)
{
  g_auto (GStrv) sheets = plt_print_queue_strings (queue, "job-sheets-default");

  for (guint i = 0; sheets[i] != NULL; i++)
    if (!g_str_equal (sheets[i], "none"))
      return _("It prints banner pages, each of which would use up a card. The administrator sets its "
               "“job-sheets-default” to “none,none”, and takes “Classification” out of cupsd.conf.");
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
    judge_policy, judge_back_end, judge_choice,    judge_address, judge_password,
    judge_number, judge_sheets,   judge_hold,      judge_finishing, judge_scaling,
  };
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (judges); i++)
    {
      const char *refusal = judges[i] (queue);

      if (refusal != NULL)
        g_strv_builder_add (words, refusal);
    }
  plt_print_habits_judge (queue, words);
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
  if (plt_print_queue_integer (queue, "job-quota-period", 0) > 0
      && (plt_print_queue_integer (queue, "job-page-limit", 0) > 0 || plt_print_queue_integer (queue, "job-k-limit", 0) > 0))
    g_strv_builder_add (words, _("It prints only so much for one user in a time, and refuses cards then. The administrator "
                                 "sets its “job-quota-period” to 0."));
  return g_strv_builder_end (words);
}
