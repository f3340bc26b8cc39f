/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a printer what it says of itself, and what is to be done then. */
#include "plt-printer-advice.h"

#include "plt-printer.h"

const char *
plt_printer_advice_find (GObject *printer)
{
  g_auto (GStrv) reasons = NULL;
  int severity;

  g_object_get (printer, "reasons", &reasons, "severity", &severity, NULL);
  return plt_printer_advise ((const char *const *) reasons, severity);
}
