/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of plt-production.h. */
#pragma once

#include "plt-office-private.h"
#include "plt-print-gate.h"
#include "plt-production.h"

G_BEGIN_DECLS

/* Reasons that the program itself gives. They are recorded in English, and the database says them in
 * each reader's language (platen.translation, context "why"). */
#define PLT_CARD_WHY_FOUND "The card was found."
#define PLT_CARD_WHY_INTERRUPTED "Printing was interrupted before the card was sent."
#define PLT_CARD_WHY_JOB_GONE \
  "The print job is gone, and nobody can say whether the card was printed."
#define PLT_CARD_WHY_STOPPED "A stop came before the printer had the card."
#define PLT_CARD_WHY_REPEATED \
  "The print server began again while it had the card, and may have printed it twice."
#define PLT_CARD_WHY_UNHELD \
  "The print server began again, and does not know any more whether it printed the card."
#define PLT_CARD_WHY_QUEUE_STOPPED "The printer was stopped before it had the card."
#define PLT_CARD_WHY_KEPT \
  "The print server keeps the job that has ended, and would print it again after a crash. The administrator lets the" \
  " owner of a job purge it."
#define PLT_CARD_WHY_NOT_KNOWN "The print job ended without the card being known to be out."

/* "platen:UC-26-C000017:<print key>": under this name a job is found again after a crash. */
char     *plt_production_dup_job_name (PltCard      *card);
/* Returns: (transfer none) (nullable): the one of @cards (PltCard) whose file is kept and in force */
PltCard  *plt_production_find_drawn_card
                                      (GPtrArray    *cards);
/* As plt_production_print_async(), but the drawn card waits at @gate (nullable). Ends with its finish. */
void      plt_production_print_through_async
                                      (PltOffice           *office,
                                       const char          *application_number,
                                       const char          *destination,
                                       PltPrintGate        *gate,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
/* Reads the card as it is now, and ends @task with it, a PltCard, or with an error. @task: (transfer full) */
void      plt_production_end_with_card
                                      (GTask               *task,
                                       const char          *card_number);
/* The print system has had the whole document and may let it print. */
gboolean  plt_production_is_released  (PltJobState   state);
/* Prints no more: whether it printed is another question. */
gboolean  plt_production_is_over      (PltJobState   state);

G_END_DECLS
