/* SPDX-License-Identifier: GPL-3.0-or-later */
/* printer-state-message: the sentence of the back end or the driver, which some printers have in
 * place of reasons. */
#include "plt-print-reason.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plt-printer.h"

/* What the back ends of CUPS 2.4 say of trouble (ipp, socket, lpd, usb), by a part that stays. */
static const struct
{
  const char        *part;
  PltReasonSeverity  severity;
  const char        *text;
} troubles[] = {
  { "may not exist or is unavailable", PLT_REASON_WARNING, N_("Printer cannot be reached") },
  { "is unreachable at this time", PLT_REASON_WARNING, N_("Printer cannot be reached") },
  { "Unable to locate printer", PLT_REASON_WARNING, N_("Printer cannot be found in the network") },
  { "Unable to contact printer", PLT_REASON_WARNING, N_("Printer cannot be reached") },
  { "The printer is not responding", PLT_REASON_WARNING, N_("Printer does not answer") },
  { "Unable to get printer status", PLT_REASON_WARNING, N_("Printer does not tell its state") },
  { "The printer is not connected", PLT_REASON_WARNING, N_("Printer not connected") },
  { "Waiting for printer to become available", PLT_REASON_WARNING, N_("Printer not connected") },
  { "The printer is in use", PLT_REASON_REPORT, N_("Printer busy with somebody else’s cards") },
  { "Printer busy", PLT_REASON_REPORT, N_("Printer busy with somebody else’s cards") },
  { "printer configuration is incorrect or the printer no longer exists", PLT_REASON_ERROR,
    N_("Printer no longer exists at its address") },
  { "Print job was not accepted", PLT_REASON_ERROR, N_("Printer did not take the card") },
  { "Unable to add document to print job", PLT_REASON_ERROR, N_("Printer did not take the card") },
  { "Printer cannot print supplied content", PLT_REASON_ERROR, N_("Printer did not take the card") },
  { "Printer cannot print with supplied options", PLT_REASON_ERROR,
    N_("Printer did not take the card with these settings") },
  { "Authentication is required", PLT_REASON_ERROR, N_("Printer asks for a password") },
  { "Filter failed", PLT_REASON_ERROR, N_("The printer driver broke down") },
  { "File \"", PLT_REASON_ERROR, N_("Printer driver missing") },
  { "Backend ", PLT_REASON_ERROR, N_("The connection to the printer broke down") },
};

/* What they say when all is well. */
static const char *const normal_parts[] = {
  "Sending data to printer", "Connecting to printer", "Connected to printer", "Copying print data",
  "Waiting for job to complete", "Preparing to print", "Rendering completed", "Ready to print",
  "Spooling job", "Print file sent", "Data file sent", "Control file sent", "Finished page",
  "Printing page", "Starting page", "Formatting page", "Loading print file", "Looking up", "Idle",
  "Job paused", "Paused", "Resuming", "Canceling print job", "Processing page",
};

static gboolean
is_normal (const char *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (normal_parts); i++)
    if (g_str_has_prefix (message, normal_parts[i]))
      return TRUE;
  return FALSE;
}

/**
 * plt_print_message_to_text:
 *
 * A sentence that is not known is told as it stands while the printer works or has stopped. An idle
 * one may still have what it said of the last job: of it counts only that it cannot be reached.
 */
char *
plt_print_message_to_text (const char        *message,
                           int                state,
                           PltReasonSeverity *severity)
{
  g_autofree char *line = NULL;

  *severity = PLT_REASON_NORMAL;
  if (message == NULL || *message == '\0')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (strstr (message, troubles[i].part) != NULL)
      {
        if (state == PLT_PRINTER_STATE_IDLE && troubles[i].severity != PLT_REASON_WARNING)
          return NULL;
        *severity = troubles[i].severity;
        return g_strdup (_(troubles[i].text));
      }
  if (state == PLT_PRINTER_STATE_IDLE || is_normal (message))
    return NULL;
  *severity = state == PLT_PRINTER_STATE_STOPPED ? PLT_REASON_ERROR : PLT_REASON_REPORT;
  line = g_strdelimit (g_utf8_make_valid (message, -1), "\r\n\t", ' ');
  g_strstrip (line);
  /* Translators: what a printer says of itself, in its own words. */
  return g_strdup_printf (_("The printer says: “%s”"), line);
}
