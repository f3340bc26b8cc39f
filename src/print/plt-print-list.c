/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the queues of a scheduler and judges whether cards can be printed on them. */
#include "plt-print-job.h"

#include <glib/gi18n-lib.h>

#include "plt-print-connection.h"
#include "plt-print-device.h"
#include "plt-print-forward.h"
#include "plt-print-login.h"
#include "plt-print-offer.h"
#include "plt-print-settings.h"
#include "plt-print-supplies.h"
#include "plt-printer-private.h"
#include "plt-printer-supply.h"

static const char *const printer_attributes[] = {
  "printer-info", "printer-location", "printer-make-and-model", "printer-device-id", "printer-state",
  "printer-state-message", "printer-state-reasons", "printer-is-accepting-jobs", "sides-supported",
  "printer-alert-description", "marker-names", "marker-types", "marker-levels",
  "marker-low-levels", "marker-high-levels", "printer-supply", "printer-supply-description",
  "queued-job-count",
};

static gboolean
prints_both_sides (PltPrintQueue *queue)
{
  return plt_print_queue_has (queue, "sides-supported", "two-sided-short-edge");
}

/* Asked by size, since the scheduler does not know ID-1 by its name. Exactly first: what is within
 * half a millimetre will do, too. */
static gboolean
takes_id1 (http_t     *http,
           const char *destination)
{
  cups_dest_t *dest = cupsGetNamedDest (http, destination, NULL);
  cups_dinfo_t *info = dest != NULL ? cupsCopyDestInfo (http, dest) : NULL;
  cups_size_t size;
  gboolean found = FALSE;

  if (info != NULL)
    found = cupsGetDestMediaBySize (http, dest, info, 5398, 8560, CUPS_MEDIA_FLAGS_EXACT, &size)
            || cupsGetDestMediaBySize (http, dest, info, 5398, 8560, CUPS_MEDIA_FLAGS_DEFAULT,
                                       &size);
  cupsFreeDestInfo (info);
  if (dest != NULL)
    cupsFreeDests (1, dest);
  return found;
}

/* Options without which this maker's driver prints something else than a card of two sides. */
static void
judge_options (http_t          *http,
               PltPrintQueue   *queue,
               PltPrintProfile *profile,
               GPtrArray       *refusals)
{
  g_autofree char *missing = NULL;
  g_autoptr (GPtrArray) options = NULL;

  if (profile == NULL)
    return;
  options = plt_print_offer_choose (http, plt_print_queue_string (queue, "printer-name"), profile,
                                    &missing);
  if (missing != NULL)
    g_ptr_array_add (refusals, g_strdup_printf (
      _("Its profile “%s” asks for “%s”, which its driver does not offer. The administrator installs "
        "the maker’s driver, or corrects the profile."),
      plt_print_profile_get_name (profile), missing));
}

static void
add_words (GPtrArray  *words,
           char      **more)
{
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (words, g_strdup (more[i]));
}

/* Words in @refusals. What it can do is asked only of what it may do. */
static void
judge_queue (http_t          *http,
             PltPrintQueue   *queue,
             PltPrintProfile *profile,
             GPtrArray       *refusals,
             GPtrArray       *warnings)
{
  g_auto (GStrv) settings = plt_print_settings_refuse (queue);
  g_auto (GStrv) notes = plt_print_settings_warn (queue);

  add_words (refusals, settings);
  add_words (warnings, notes);
  plt_print_forward_judge (queue, refusals, warnings);
  judge_options (http, queue, profile, refusals);
  if (refusals->len > 0 || plt_print_queue_is_class (queue))
    return;
  if (!prints_both_sides (queue))
    g_ptr_array_add (refusals, g_strdup (
      _("It does not say that it prints both sides of a card, so that front and "
        "back could come out as two cards.")));
  else if (!takes_id1 (http, plt_print_queue_string (queue, "printer-name")))
    g_ptr_array_add (refusals, g_strdup (
      _("It does not print on cards of the size of a driving licence (ID-1).")));
}

/* Returns: (transfer full) (nullable): all of @words as one text, NULL for none */
static char *
join_words (GPtrArray *words)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (texts, words->pdata[i]);
  g_ptr_array_add (texts, NULL);
  return words->len > 0 ? g_strjoinv (" ", (char **) texts->pdata) : NULL;
}

static GPtrArray *
read_supplies (PltPrintQueue   *queue,
               PltPrintProfile *profile)
{
  GPtrArray *supplies;
  PltSupplyAnswer answer = {
    .names = plt_print_queue_find (queue, "marker-names"),
    .types = plt_print_queue_find (queue, "marker-types"),
    .levels = plt_print_queue_find (queue, "marker-levels"),
    .low_levels = plt_print_queue_find (queue, "marker-low-levels"),
    .high_levels = plt_print_queue_find (queue, "marker-high-levels"),
    .supplies = plt_print_queue_find (queue, "printer-supply"),
    .descriptions = plt_print_queue_find (queue, "printer-supply-description"),
  };

  supplies = plt_supply_answer_read (&answer);
  for (guint i = 0; profile != NULL && i < supplies->len; i++)
    {
      PltPrinterSupply *supply = supplies->pdata[i];
      int cards = plt_print_profile_get_capacity (profile, plt_printer_supply_get_title (supply));

      if (cards > 0)
        plt_printer_supply_set_capacity (supply, cards);
    }
  return supplies;
}

/* Whether the queue has something to say of its printer that may be over since. */
static gboolean
is_told_of_printer (char      **reasons,
                    GPtrArray  *supplies)
{
  for (guint i = 0; i < supplies->len; i++)
    if (plt_printer_supply_is_low (supplies->pdata[i]))
      return TRUE;
  return plt_print_device_is_told_of ((const char *const *) reasons);
}

static PltPrinter *
new_printer (http_t        *http,
             PltPrintQueue *queue,
             GPtrArray     *profiles,
             GPtrArray     *server_warnings)
{
  PltPrintProfile *profile = plt_print_profiles_find (
    profiles, plt_print_queue_string (queue, "printer-make-and-model"),
    plt_print_queue_string (queue, "printer-device-id"), plt_print_queue_string (queue, "device-uri"));
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *unsuitable_reason = NULL;
  g_autofree char *warning = NULL;
  g_autoptr (ipp_t) answer = NULL;
  g_autoptr (PltPrintQueue) device = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_auto (GStrv) now = NULL;
  ipp_attribute_t *position;
  g_auto (GStrv) reasons = plt_print_queue_strings (queue, "printer-state-reasons");
  g_auto (GStrv) alerts = plt_print_queue_strings (queue, "printer-alert-description");
  g_auto (GStrv) members = plt_print_queue_is_class (queue)
                             ? plt_print_queue_strings (queue, "member-names") : NULL;
  g_autoptr (GPtrArray) supplies = read_supplies (queue, profile);
  ipp_attribute_t *accepting = plt_print_queue_find (queue, "printer-is-accepting-jobs");
  PltPrinterFacts facts = {
    .destination = plt_print_queue_string (queue, "printer-name"),
    .title = plt_print_queue_string (queue, "printer-info"),
    .location = plt_print_queue_string (queue, "printer-location"),
    .model = plt_print_queue_string (queue, "printer-make-and-model"),
    .uri = plt_print_queue_string (queue, "device-uri"),
    .state = (PltPrinterState) plt_print_queue_integer (queue, "printer-state", 0),
    .message = plt_print_queue_string (queue, "printer-state-message"),
    .n_jobs = plt_print_queue_integer (queue, "queued-job-count", 0),
    .profile = profile, .reasons = reasons, .alerts = alerts, .members = members, .supplies = supplies,
    .accepting = accepting != NULL && ippGetBoolean (accepting, 0),
  };

  if (facts.state == PLT_PRINTER_STATE_IDLE && facts.uri != NULL && is_told_of_printer (reasons, supplies))
    answer = plt_print_device_ask (facts.uri);
  position = answer != NULL ? ippFirstAttribute (answer) : NULL;
  device = answer != NULL ? plt_print_queue_next (answer, &position) : NULL;
  if (device != NULL)
    {
      g_auto (GStrv) told = plt_print_queue_strings (device, "printer-state-reasons");

      facts.reasons = now = plt_print_device_merge_reasons ((const char *const *) reasons, (const char *const *) told);
      facts.message = NULL; /* it is as old as they were */
      facts.alerts = NULL;
    }
  if (device != NULL && (plt_print_queue_find (device, "marker-levels") != NULL
                         || plt_print_queue_find (device, "printer-supply") != NULL))
    facts.supplies = left = read_supplies (device, profile);
  judge_queue (http, queue, profile, refusals, warnings);
  for (guint i = 0; i < server_warnings->len; i++)
    g_ptr_array_add (warnings, g_strdup (server_warnings->pdata[i]));
  facts.unsuitable_reason = unsuitable_reason = join_words (refusals);
  facts.warning = warning = join_words (warnings);
  return plt_printer_new (&facts);
}

/* Documents that stay in the spool are found by what is left of jobs that are done. */
static gboolean
keeps_documents (http_t *http)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_GET_JOBS, NULL);
  static const char *const wanted[] = { "job-id", "job-preserved" };
  g_autoptr (ipp_t) response = NULL;

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "completed");
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", 20);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 G_N_ELEMENTS (wanted), NULL, wanted);
  response = plt_print_connection_ask (http, request, "/", NULL);
  for (ipp_attribute_t *at = response != NULL ? ippFirstAttribute (response) : NULL; at != NULL;
       at = ippNextAttribute (response))
    if (g_strcmp0 (ippGetName (at), "job-preserved") == 0 && ippGetBoolean (at, 0))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full) */
static GPtrArray *
warn_of_server (http_t *http)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);

  if (keeps_documents (http))
    g_ptr_array_add (warnings, g_strdup (
      _("The print server keeps the documents of finished jobs, which are personal data. The "
        "administrator sets “PreserveJobFiles No”.")));
  return warnings;
}

static ipp_t *
new_list_request (void)
{
  ipp_t *request = plt_print_connection_request (IPP_OP_CUPS_GET_PRINTERS, NULL);

  plt_print_settings_ask (request, printer_attributes, G_N_ELEMENTS (printer_attributes));
  return request;
}

/* Returns: (transfer container) (element-type PltPrinter) */
GPtrArray *
plt_print_list (const char         *address,
                const char *const  *profile_folders,
                GError            **error)
{
  g_autoptr (GPtrArray) profiles = plt_print_profiles_load (profile_folders, error);
  g_autoptr (http_t) http = profiles != NULL ? plt_print_connection_open (address, error) : NULL;
  g_autoptr (http_t) probe = http != NULL ? plt_print_connection_open (address, error) : NULL;
  g_autoptr (ipp_t) response = NULL;
  g_autoptr (GPtrArray) printers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) warnings = NULL;
  ipp_attribute_t *position;

  if (http == NULL || probe == NULL)
    return NULL;
  response = cupsDoRequest (http, new_list_request (), "/");
  /* A scheduler without any queue says "not found". */
  if (response != NULL && ippGetStatusCode (response) == IPP_STATUS_ERROR_NOT_FOUND)
    return g_steal_pointer (&printers);
  if (response == NULL && plt_print_login_get_denial () == NULL)
    {
      plt_print_connection_say_silent (error);
      return NULL;
    }
  if (!plt_print_connection_check (response, error))
    return NULL;

  warnings = warn_of_server (http);
  position = ippFirstAttribute (response);
  for (;;)
    {
      g_autoptr (PltPrintQueue) queue = plt_print_queue_next (response, &position);

      if (queue == NULL)
        break;
      if (plt_print_queue_string (queue, "printer-name") != NULL)
        g_ptr_array_add (printers, new_printer (probe, queue, profiles, warnings));
    }
  plt_print_classes_judge (printers);
  return g_steal_pointer (&printers);
}
