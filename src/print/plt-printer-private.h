/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How print/ itself makes a PltPrinter, and words that printers and jobs share. */
#pragma once

#include "plt-print-profile.h"
#include "plt-print-trouble.h"
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
  char            **alerts;            /* printer-alert-description; NULL: none */
  GPtrArray        *supplies;          /* PltPrinterSupply; NULL: none reported */
  char            **members;           /* of a class; NULL: it is none */
  int               n_jobs;            /* queued */
  gboolean          accepting;
  PltPrintProfile  *profile;           /* NULL: nobody wrote one */
  char             *unsuitable_reason; /* words, NULL: it is suitable */
  char             *warning;           /* words, NULL: none */
} PltPrinterFacts;

PltPrinter *plt_printer_new           (const PltPrinterFacts *facts);

/* While a list is made. */
void        plt_printer_refuse        (PltPrinter            *self,
                                       const char            *reason);
void        plt_printer_add_class     (PltPrinter            *self,
                                       const char            *name);
void        plt_print_classes_judge   (GPtrArray             *printers);

/* What reasons and message tell of trouble, for printers and for the jobs that they hold up. */
PltPrintTrouble *plt_print_trouble_find (PltPrintProfile  *profile,
                                         char            **reasons,
                                         const char       *message,
                                         int               state);
int         plt_print_reason_severity   (const char       *keyword);

G_END_DECLS
