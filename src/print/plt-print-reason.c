/* SPDX-License-Identifier: GPL-3.0-or-later */
/* printer-state-reasons (RFC 8011 §5.4.12, PWG 5100.9, PWG 5100.13, CUPS's own) in words for who
 * stands at the printer, worst first. */
#include "plt-printer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How bad a reason is that brings no suffix. RFC 8011 would have it an error then, but printers say
 * "paused" and "media-low" without, too. */
#define NORMAL PLT_REASON_NORMAL
#define REPORT PLT_REASON_REPORT
#define WARNING PLT_REASON_WARNING
#define ERROR PLT_REASON_ERROR

typedef struct
{
  const char        *keyword;
  PltReasonSeverity  severity;
  const char        *text; /* NULL: normal, not to be shown */
} ReasonWords;

static const ReasonWords reasons_in_words[] = {
  { "none", NORMAL, NULL },

  /* the way of the cards */
  { "media-jam", ERROR, N_("Card jam: open the printer and look along the way of the card, from the "
                           "feeder to the output") },
  { "input-media-tray-jam", ERROR, N_("Card jam at the feeder: take the cards out and look behind "
                                      "the last") },
  { "media-path-input-jam", ERROR, N_("Card jam where cards go in: look between feeder and print "
                                      "head") },
  { "media-path-jam", ERROR, N_("Card jam inside: open the printer and look at the rollers and the "
                                "flipper") },
  { "media-path-output-jam", ERROR, N_("Card jam where cards come out: look between print head and "
                                       "output") },
  { "output-media-tray-jam", ERROR, N_("Card jam at the output: empty the output tray and look "
                                       "behind it") },
  { "media-empty", ERROR, N_("Card feeder empty") },
  { "media-needed", ERROR, N_("Cards needed") },
  { "media-low", WARNING, N_("Few cards left in the feeder") },
  { "media-path-input-empty", ERROR, N_("Card feeder empty") },
  { "media-path-input-request", ERROR, N_("Cards needed") },
  { "input-manual-input-request", ERROR, N_("Waits for a card by hand") },
  { "input-media-tray-feed-error", ERROR, N_("Card not taken from the feeder, or two at once") },
  { "media-path-input-feed-error", ERROR, N_("Card not taken from the feeder, or two at once") },
  { "output-media-tray-feed-error", ERROR, N_("Card did not come out") },
  { "media-path-output-feed-error", ERROR, N_("Card did not come out") },
  { "input-tray-missing", ERROR, N_("Card feeder missing") },
  { "input-tray-elevation-failure", ERROR, N_("Card feeder does not lift the cards") },
  { "input-tray-position-failure", ERROR, N_("Card feeder not in its place") },
  { "input-media-tray-failure", ERROR, N_("Card feeder broken") },
  { "input-cannot-feed-size-selected", ERROR, N_("No cards of the right size in the feeder") },
  { "input-media-size-change", WARNING, N_("Cards of another size in the feeder") },
  { "input-media-color-change", WARNING, N_("Cards of another colour in the feeder") },
  { "input-media-form-parts-change", WARNING, N_("Other cards in the feeder") },
  { "input-media-type-change", WARNING, N_("Cards of another kind in the feeder") },
  { "input-media-weight-change", WARNING, N_("Cards of another thickness in the feeder") },
  { "input-pick-roller-failure", ERROR, N_("Feed roller broken") },
  { "input-pick-roller-missing", ERROR, N_("Feed roller missing") },
  { "input-pick-roller-life-over", ERROR, N_("Feed roller worn out") },
  { "input-pick-roller-life-warn", WARNING, N_("Feed roller nearly worn out") },
  { "media-path-pick-roller-failure", ERROR, N_("Transport roller broken") },
  { "media-path-pick-roller-missing", ERROR, N_("Transport roller missing") },
  { "media-path-pick-roller-life-over", ERROR, N_("Transport roller worn out") },
  { "media-path-pick-roller-life-warn", WARNING, N_("Transport roller nearly worn out") },
  { "media-path-failure", ERROR, N_("Card transport broken") },
  { "media-path-cannot-duplex-media-selected", ERROR, N_("These cards cannot be printed on both "
                                                         "sides") },
  { "media-path-media-tray-missing", ERROR, N_("Output tray missing") },
  { "media-path-media-tray-full", ERROR, N_("Output tray full") },
  { "media-path-media-tray-almost-full", WARNING, N_("Output tray nearly full") },
  { "media-path-output-full", ERROR, N_("Output tray full") },
  { "output-area-full", ERROR, N_("Output tray full") },
  { "output-area-almost-full", WARNING, N_("Output tray nearly full") },
  { "output-tray-missing", ERROR, N_("Output tray missing") },
  { "output-media-tray-failure", ERROR, N_("Output tray broken") },
  { "output-mailbox-select-failure", ERROR, N_("Card not sorted into its tray: look into the reject "
                                               "tray, too") },
  { "media-drying", REPORT, N_("Card is drying") },

  /* covers */
  { "cover-open", ERROR, N_("Cover open") },
  { "door-open", ERROR, N_("Door open") },
  { "interlock-open", ERROR, N_("Cover not locked") },
  { "interlock-closed", REPORT, N_("Cover locked") },

  /* ribbon, film and what is collected */
  { "marker-supply-empty", ERROR, N_("Ribbon empty") },
  { "marker-supply-low", WARNING, N_("Ribbon nearly used up") },
  { "marker-supply-almost-empty", WARNING, N_("Ribbon nearly used up") },
  { "marker-supply-missing", ERROR, N_("Ribbon missing") },
  { "marker-print-ribbon-empty", ERROR, N_("Ribbon empty") },
  { "marker-print-ribbon-almost-empty", WARNING, N_("Ribbon nearly used up") },
  { "marker-print-ribbon-missing", ERROR, N_("Ribbon missing") },
  { "toner-empty", ERROR, N_("Ribbon empty") },
  { "toner-low", WARNING, N_("Ribbon nearly used up") },
  { "marker-toner-missing", ERROR, N_("Ribbon missing") },
  { "marker-toner-cartridge-missing", ERROR, N_("Ribbon cartridge missing") },
  { "marker-ink-empty", ERROR, N_("Ink empty") },
  { "marker-ink-almost-empty", WARNING, N_("Ink nearly used up") },
  { "marker-ink-missing", ERROR, N_("Ink missing") },
  { "developer-empty", ERROR, N_("Transfer film empty") },
  { "developer-low", WARNING, N_("Transfer film nearly used up") },
  { "marker-developer-empty", ERROR, N_("Transfer film empty") },
  { "marker-developer-almost-empty", WARNING, N_("Transfer film nearly used up") },
  { "marker-developer-missing", ERROR, N_("Transfer film missing") },
  { "material-empty", ERROR, N_("Film empty") },
  { "material-low", WARNING, N_("Film nearly used up") },
  { "material-needed", ERROR, N_("Film needed") },
  { "marker-waste-full", ERROR, N_("Waste container full") },
  { "marker-waste-almost-full", WARNING, N_("Waste container nearly full") },
  { "marker-waste-missing", ERROR, N_("Waste container missing") },
  { "marker-waste-ink-receptacle-full", ERROR, N_("Waste container full") },
  { "marker-waste-ink-receptacle-almost-full", WARNING, N_("Waste container nearly full") },
  { "marker-waste-ink-receptacle-missing", ERROR, N_("Waste container missing") },
  { "marker-waste-toner-receptacle-full", ERROR, N_("Waste container full") },
  { "marker-waste-toner-receptacle-almost-full", WARNING, N_("Waste container nearly full") },
  { "marker-waste-toner-receptacle-missing", ERROR, N_("Waste container missing") },

  /* cleaning and wear */
  { "cleaner-life-over", ERROR, N_("Cleaning due: use a cleaning card, then change the cleaning "
                                   "roller") },
  { "cleaner-life-almost-over", WARNING, N_("Cleaning due soon") },
  { "marker-cleaner-missing", ERROR, N_("Cleaning roller missing") },
  { "marker-adjusting-print-quality", REPORT, N_("Adjusts the print") },
  { "opc-life-over", ERROR, N_("Print head worn out") },
  { "opc-near-eol", WARNING, N_("Print head nearly worn out") },
  { "marker-opc-missing", ERROR, N_("Print head missing") },
  { "fuser-over-temp", ERROR, N_("Transfer roller too hot: it has to cool down") },
  { "fuser-under-temp", WARNING, N_("Transfer roller is heating up") },
  { "marker-fuser-missing", ERROR, N_("Transfer roller missing") },
  { "marker-fuser-thermistor-failure", ERROR, N_("Transfer roller broken") },
  { "marker-fuser-timing-failure", ERROR, N_("Transfer roller broken") },
  { "fan-failure", ERROR, N_("Fan broken") },
  { "motor-failure", ERROR, N_("Motor broken") },
  { "lamp-at-eol", ERROR, N_("Lamp worn out") },
  { "lamp-near-eol", WARNING, N_("Lamp nearly worn out") },
  { "lamp-failure", ERROR, N_("Lamp broken") },
  { "laser-at-eol", ERROR, N_("Laser worn out") },
  { "laser-near-eol", WARNING, N_("Laser nearly worn out") },
  { "laser-failure", ERROR, N_("Laser broken") },
  { "camera-failure", ERROR, N_("Camera broken") },

  /* the printer as a whole */
  { "paused", WARNING, N_("Paused") },
  { "moving-to-paused", WARNING, N_("Pausing after this card") },
  { "hold-new-jobs", WARNING, N_("Holds new cards back") },
  { "stopping", WARNING, N_("Stopping") },
  { "stopped-partly", WARNING, N_("Partly stopped") },
  { "deactivated", ERROR, N_("Taken out of service") },
  { "offline", ERROR, N_("Printer cannot be reached") },
  { "connecting-to-device", WARNING, N_("Connecting to the printer") },
  { "timed-out", ERROR, N_("Printer does not answer") },
  { "shutdown", ERROR, N_("Printer switched off") },
  { "power-down", ERROR, N_("Printer switched off") },
  { "power-up", REPORT, N_("Printer is starting") },
  { "printer-manual-reset", WARNING, N_("Printer was started anew: look what became of its card") },
  { "printer-nms-reset", WARNING, N_("Printer was started anew: look what became of its card") },
  { "printer-ready-to-print", REPORT, N_("Ready to print") },
  { "identify-printer-requested", REPORT, N_("Asked to show itself") },
  { "configuration-change", REPORT, N_("Its settings were changed") },
  { "alert-removal-of-binary-change-entry", REPORT, N_("A trouble is over") },
  { "spool-area-full", ERROR, N_("Printer memory full") },
  { "interpreter-memory-decrease", REPORT, N_("Printer has less memory") },
  { "interpreter-memory-increase", REPORT, N_("Printer has more memory") },
  { "interpreter-cartridge-added", REPORT, N_("Cartridge added") },
  { "interpreter-cartridge-deleted", REPORT, N_("Cartridge removed") },
  { "interpreter-resource-added", REPORT, N_("Data added to the printer") },
  { "interpreter-resource-deleted", REPORT, N_("Data removed from the printer") },
  { "interpreter-resource-unavailable", WARNING, N_("Printer lacks data that it needs") },
  { "interpreter-complex-page-encountered", ERROR, N_("Card too complicated for the printer") },
  { "fax-modem-life-almost-over", REPORT, N_("Fax nearly worn out") },
  { "fax-modem-life-over", REPORT, N_("Fax worn out") },
  { "fax-modem-missing", REPORT, N_("Fax missing") },
  { "fax-modem-turned-off", REPORT, N_("Fax off") },
  { "fax-modem-turned-on", REPORT, N_("Fax on") },
  { "chamber-cooling", REPORT, N_("Chamber is cooling down") },
  { "chamber-heating", REPORT, N_("Chamber is heating up") },
  { "chamber-failure", ERROR, N_("Chamber broken") },
  { "chamber-temperature-high", WARNING, N_("Chamber too hot") },
  { "chamber-temperature-low", WARNING, N_("Chamber too cold") },
  { "extruder-cooling", REPORT, N_("Nozzle is cooling down") },
  { "extruder-heating", REPORT, N_("Nozzle is heating up") },
  { "extruder-failure", ERROR, N_("Nozzle broken") },
  { "extruder-jam", ERROR, N_("Nozzle blocked") },
  { "extruder-temperature-high", WARNING, N_("Nozzle too hot") },
  { "extruder-temperature-low", WARNING, N_("Nozzle too cold") },
  { "platform-cooling", REPORT, N_("Platform is cooling down") },
  { "platform-heating", REPORT, N_("Platform is heating up") },
  { "platform-failure", ERROR, N_("Platform broken") },
  { "platform-temperature-high", WARNING, N_("Platform too hot") },
  { "platform-temperature-low", WARNING, N_("Platform too cold") },
  { "other", ERROR, N_("Other trouble, see the printer’s display") },
  { "unknown", WARNING, N_("Printer does not know its own state, see its display") },

  /* CUPS's own */
  { "cups-waiting-for-job-completed", NORMAL, NULL },
  { "cups-ipp-missing-job-history", NORMAL, NULL }, /* concerns jobs, see plt-print-job.c */
  { "cups-remote-pending", NORMAL, NULL },
  { "cups-remote-processing", NORMAL, NULL },
  { "cups-remote-completed", NORMAL, NULL },
  { "cups-remote-pending-held", WARNING, N_("Held back at the other print server") },
  { "cups-remote-stopped", ERROR, N_("Stopped at the other print server") },
  { "cups-remote-canceled", WARNING, N_("Cancelled at the other print server") },
  { "cups-remote-aborted", ERROR, N_("Failed at the other print server") },
  { "cups-missing-filter-warning", ERROR, N_("Printer driver missing") },
  { "cups-insecure-filter-warning", ERROR, N_("Printer driver not trusted") },
  { "cups-certificate-error", ERROR, N_("The printer’s certificate is not right, nothing is sent") },
  { "cups-pki-invalid", ERROR, N_("The printer’s certificate is not right, nothing is sent") },
  { "cups-pki-changed", ERROR, N_("The printer’s certificate has changed, nothing is sent") },
  { "cups-pki-expired", ERROR, N_("The printer’s certificate has expired, nothing is sent") },
  { "cups-pki-unknown", ERROR, N_("The printer’s certificate is not known, nothing is sent") },
  { "cups-backend-crashed", ERROR, N_("The connection to the printer broke down") },
  { "cups-filter-crashed", ERROR, N_("The printer driver broke down") },
  { "cups-held-for-authentication", ERROR, N_("Waits for the password of the print server") },
};

/* What a printer does that is not quite as the standard has it; its cards are none the worse. */
static gboolean
is_conformance_note (const char *keyword)
{
  return g_str_has_prefix (keyword, "cups-ipp-");
}

/* Returns: the severity that the suffix tells, NORMAL without one */
static PltReasonSeverity
find_suffix (const char *keyword,
             gsize      *stem_length)
{
  static const struct
  {
    const char        *suffix;
    PltReasonSeverity  severity;
  } suffixes[] = { { "-report", REPORT }, { "-warning", WARNING }, { "-error", ERROR } };

  *stem_length = strlen (keyword);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (keyword, suffixes[i].suffix))
      {
        *stem_length -= strlen (suffixes[i].suffix);
        return suffixes[i].severity;
      }
  return NORMAL;
}

static const ReasonWords *
find_words (const char *keyword)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons_in_words); i++)
    if (g_str_equal (reasons_in_words[i].keyword, keyword))
      return &reasons_in_words[i];
  return NULL;
}

/* @keyword without a suffix of severity. Returns: whether it is known; then @text is NULL if it is
 * normal */
static gboolean
describe_stem (const char         *keyword,
               char              **text,
               PltReasonSeverity  *severity)
{
  const ReasonWords *words = find_words (keyword);

  *text = NULL;
  if (words != NULL)
    {
      *severity = words->severity;
      *text = g_strdup (words->text != NULL ? _(words->text) : NULL);
      return TRUE;
    }
  *severity = NORMAL;
  if (is_conformance_note (keyword))
    return TRUE;
  *text = plt_print_module_reason_to_text (keyword, severity);
  return *text != NULL;
}

/**
 * plt_print_reason_describe:
 * @keyword: one of printer-state-reasons, with suffix or without
 * @severity: (out): how bad it is
 *
 * Returns: (transfer full) (nullable): words; the keyword itself, without suffix, if we do not know
 *   it; NULL if it is normal
 */
char *
plt_print_reason_describe (const char        *keyword,
                           PltReasonSeverity *severity)
{
  g_autofree char *stem = NULL;
  PltReasonSeverity told;
  gsize stem_length;
  char *text;

  /* Some keywords end in "-warning" or "-error" themselves. */
  if (describe_stem (keyword, &text, severity))
    return text;
  told = find_suffix (keyword, &stem_length);
  stem = g_strndup (keyword, stem_length);
  if (!describe_stem (stem, &text, severity))
    {
      *severity = ERROR; /* RFC 8011 §5.4.12 */
      text = g_strdup (stem);
    }
  if (text != NULL && told != NORMAL)
    *severity = told;
  return text;
}

char *
plt_printer_reason_to_text (const char *keyword)
{
  PltReasonSeverity severity;

  g_return_val_if_fail (keyword != NULL, NULL);

  return plt_print_reason_describe (keyword, &severity);
}

int
plt_print_reason_severity (const char *keyword)
{
  PltReasonSeverity severity;
  g_autofree char *text = plt_print_reason_describe (keyword, &severity);

  return text != NULL ? (int) severity : 0;
}
