/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do now, for who stands at a printer in trouble: of the worst thing that it says. */
#include "plt-printer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The first that fits; what is inside the printer comes before what is outside. */
static const struct
{
  const char *part; /* of the keyword */
  const char *text;
} advices[] = {
  { "cups-pki", N_("The administrator finds out why the certificate is another. If it was renewed, they delete the old one (“HOST.crt” in “.cups/ssl” or “ssl” of the print server), and start the queue again: “cupsenable NAME”.") },
  { "cups-certificate", N_("The administrator finds out why the certificate is another. If it was renewed, they delete the old one (“HOST.crt” in “.cups/ssl” or “ssl” of the print server), and start the queue again: “cupsenable NAME”.") },
  { "jam", N_("Take the card out of the printer and clear the printer. Then look at the card: the print room asks about it.") },
  { "feed-error", N_("Look for two cards at once and for one beside its way. Count what is left in the feeder.") },
  { "cover-open", N_("Close the cover. Printing goes on by itself.") },
  { "door-open", N_("Close the door. Printing goes on by itself.") },
  { "interlock-open", N_("Close the cover until it locks. Printing goes on by itself.") },
  { "supply-empty", N_("Put in a new ribbon and book it. A card with nothing on its back is spoiled.") },
  { "ribbon-empty", N_("Put in a new ribbon and book it. A card with nothing on its back is spoiled.") },
  { "toner-empty", N_("Put in a new ribbon and book it. A card with nothing on its back is spoiled.") },
  { "developer-empty", N_("Put in a new film and book it. Then look at the card: the print room asks about it.") },
  { "media-empty", N_("Load blanks, by the books first. Printing goes on by itself.") },
  { "media-needed", N_("Load blanks, by the books first. Printing goes on by itself.") },
  { "output-area-full", N_("Take the cards out of the tray and read them back.") },
  { "tray-full", N_("Take the cards out of the tray and read them back.") },
  { "waste-full", N_("Change the waste container.") },
  { "cleaner-life", N_("Use a cleaning card, and note that the printer was cleaned.") },
  { "offline", N_("Look whether it is switched on and its cable is in its place. Its card waits, and none is sent twice.") },
  { "shutdown", N_("Switch it on. Then look for its card: the print room asks about it.") },
  { "power-down", N_("Switch it on. Then look for its card: the print room asks about it.") },
  { "timed-out", N_("Look whether it is switched on and its cable is in its place. Its card waits, and none is sent twice.") },
  { "connecting", N_("Look whether it is switched on and its cable is in its place. Its card waits, and none is sent twice.") },
};

/**
 * plt_printer_advise:
 * @reasons: (nullable): printer-state-reasons
 * @severity: that of the printer's trouble
 *
 * Returns: (nullable): a sentence or two; NULL where nothing is to be done
 */
const char *
plt_printer_advise (const char *const *reasons,
                    int                severity)
{
  gboolean tells = FALSE;

  if (severity < 2)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (advices); i++)
    for (guint j = 0; reasons != NULL && reasons[j] != NULL; j++)
      if (strstr (reasons[j], advices[i].part) != NULL)
        return _(advices[i].text);
  for (guint j = 0; reasons != NULL && reasons[j] != NULL; j++)
    tells = tells || !(g_str_equal (reasons[j], "none") || g_str_has_prefix (reasons[j], "cups-"));
  /* CUPS tells of a printer that it does not reach by its message alone. */
  return tells ? _("Look at the display of the printer.")
               : _("Look whether it is switched on and its cable is in its place. Its card waits, and none is sent twice.");
}
