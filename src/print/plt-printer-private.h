/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How print/ itself makes a PltPrinter, and words that printers and jobs share. */
#pragma once

#include "plt-printer.h"

G_BEGIN_DECLS

/* What the scheduler says of one queue. All owned by the caller. */
typedef struct
{
  const char       *destination;
  const char       *title;
  const char       *location;
  const char       *model;
  const char       *uri;
  PltPrinterState   state;
  const char       *message;           /* printer-state-message */
  char            **reasons;
  gboolean          accepting;
  char             *unsuitable_reason; /* words, NULL: it is suitable */
} PltPrinterFacts;

PltPrinter *plt_printer_new           (const PltPrinterFacts *facts);

char       *plt_print_reasons_to_text (char                 **reasons,
                                       const char            *message);
int         plt_print_reason_severity (const char            *keyword);

G_END_DECLS
