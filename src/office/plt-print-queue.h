/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print queue as people read and change it by command: which orders are meant is said by a filter
 * in JSON, and what came of each is told in JSON. The database decides who may, and what is next. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* What is done, and the words that it takes, in their order; [] may be NULL. */
typedef enum
{
  PLT_PRINT_QUEUE_LIST,          /* [filter] */
  PLT_PRINT_QUEUE_SHOW,          /* number of the application */
  PLT_PRINT_QUEUE_HOLD,          /* filter, why */
  PLT_PRINT_QUEUE_RELEASE,       /* filter, [why] */
  PLT_PRINT_QUEUE_MOVE,          /* filter, [printer or class; NULL: any], [why] */
  PLT_PRINT_QUEUE_PRIORITISE,    /* filter, -100 to 100, [why] */
  PLT_PRINT_QUEUE_PAUSE,         /* [printer or class; NULL: all], why */
  PLT_PRINT_QUEUE_RESUME,        /* [printer or class; NULL: all] */
  PLT_PRINT_QUEUE_LOAD,
  PLT_PRINT_QUEUE_BATCH_NEW,     /* name, filter, [sample] */
  PLT_PRINT_QUEUE_BATCH_LIST,
  PLT_PRINT_QUEUE_BATCH_RELEASE, /* number, [why] */
  PLT_PRINT_QUEUE_BATCH_CANCEL,  /* number, why */
  PLT_PRINT_QUEUE_FAIR_AFTER,
  PLT_PRINT_QUEUE_SET_FAIR_AFTER, /* hours */
} PltPrintQueueAct;

void   plt_print_queue_act_async    (PltOffice            *office,
                                     PltPrintQueueAct      act,
                                     const char *const    *words,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* Returns: (transfer full) (nullable): JSON for people; %NULL without @error: there is no such order */
char  *plt_print_queue_act_finish   (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
