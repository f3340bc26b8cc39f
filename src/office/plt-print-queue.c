/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database for what is done with the print queue. */
#include "plt-print-queue.h"

#include "plt-office-ask.h"

static const PltOfficeAsk acts[] = {
  [PLT_PRINT_QUEUE_LIST] = { "print-queue-list", 1 },
  [PLT_PRINT_QUEUE_SHOW] = { "print-queue-show", 1 },
  [PLT_PRINT_QUEUE_HOLD] = { "print-queue-hold", 2 },
  [PLT_PRINT_QUEUE_RELEASE] = { "print-queue-release", 2 },
  [PLT_PRINT_QUEUE_MOVE] = { "print-queue-move", 3 },
  [PLT_PRINT_QUEUE_PRIORITISE] = { "print-queue-prioritise", 3 },
  [PLT_PRINT_QUEUE_PAUSE] = { "print-queue-pause", 2 },
  [PLT_PRINT_QUEUE_RESUME] = { "print-queue-resume", 1 },
  [PLT_PRINT_QUEUE_LOAD] = { "print-queue-load", 0 },
  [PLT_PRINT_QUEUE_BATCH_NEW] = { "print-batch-new", 3 },
  [PLT_PRINT_QUEUE_BATCH_LIST] = { "print-batch-list", 0 },
  [PLT_PRINT_QUEUE_BATCH_RELEASE] = { "print-batch-release", 2 },
  [PLT_PRINT_QUEUE_BATCH_CANCEL] = { "print-batch-cancel", 2 },
  [PLT_PRINT_QUEUE_FAIR_AFTER] = { "print-queue-fair-after", 0 },
  [PLT_PRINT_QUEUE_SET_FAIR_AFTER] = { "print-queue-set-fair-after", 1 },
};

void
plt_print_queue_act_async (PltOffice           *office,
                           PltPrintQueueAct     act,
                           const char *const   *words,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (act < G_N_ELEMENTS (acts));

  plt_office_ask_async (office, &acts[act], words, cancellable, callback, user_data);
}

char *
plt_print_queue_act_finish (GAsyncResult  *result,
                            GError       **error)
{
  return plt_office_ask_finish (result, error);
}
