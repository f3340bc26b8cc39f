/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with the line of the print queue, and what came of it for each order. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* What is done, and its words behind the filter, in their order; [] may be NULL. */
typedef enum
{
  PLT_PRINT_ACT_HOLD,          /* why */
  PLT_PRINT_ACT_RELEASE,       /* [why] */
  PLT_PRINT_ACT_MOVE,          /* [printer or class: NULL: any], [why] */
  PLT_PRINT_ACT_PRIORITISE,    /* -100 to 100, [why] */
  PLT_PRINT_ACT_PAUSE,         /* no filter; [printer], why */
  PLT_PRINT_ACT_RESUME,        /* no filter; [printer] */
  PLT_PRINT_ACT_BATCH,         /* name before the filter; [JSON, the sample] */
  PLT_PRINT_ACT_RELEASE_BATCH, /* no filter; number, [why] */
} PltPrintAct;

typedef struct
{
  guint      n_done;
  GPtrArray *refused; /* strings: number and why, for a person */
  char      *batch;   /* the number of a new one */
  guint      n_samples;
} PltPrintOutcome;

void              plt_print_outcome_free  (PltPrintOutcome      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintOutcome, plt_print_outcome_free)

/* @ids: (element-type gint64) (nullable): the applications that it is done with */
void              plt_print_act_async     (PltOffice            *office,
                                           PltPrintAct           act,
                                           GArray               *ids,
                                           const char *const    *words,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
PltPrintOutcome  *plt_print_act_finish    (GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
