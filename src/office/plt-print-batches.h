/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print batches in words: how far each is, and whether it waits for a person. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

typedef struct
{
  char     *number;
  char     *title;
  char     *subtitle;
  gboolean  is_waiting;  /* its sample is not read back yet: what is behind it waits */
  gboolean  is_checked;  /* its sample is right, and a person lets the others go */
} PltPrintBatch;

void       plt_print_batches_read_async    (PltOffice            *office,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
/* Returns: (transfer full) (element-type PltPrintBatch): those of which something is to come */
GPtrArray *plt_print_batches_read_finish   (GAsyncResult         *result,
                                            GError              **error);

/* What was not printed yet stands in the line by itself again. */
void       plt_print_batches_cancel_async  (PltOffice            *office,
                                            const char           *number,
                                            const char           *reason,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean   plt_print_batches_cancel_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
