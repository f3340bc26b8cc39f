/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a supervisor whether a proposal shall be a rule, until when and why, and shows beside it what
 * the rule would have done to past cases. */
#pragma once

#include <gtk/gtk.h>

#include "plt-decision-records.h"
#include "plt-office.h"

G_BEGIN_DECLS

/* @proposal is not kept. */
void      plt_rule_dialog_ask_async  (GtkWidget                *parent,
                                      PltOffice                *office,
                                      const PltDifferenceRule  *proposal,
                                      GCancellable             *cancellable,
                                      GAsyncReadyCallback       callback,
                                      gpointer                  user_data);
/* Returns: (transfer full): the reason, and in @last_day the rule's last day as ISO 8601 (transfer
 * full); G_IO_ERROR_CANCELLED when the person thought better of it. */
char     *plt_rule_dialog_ask_finish (GAsyncResult             *result,
                                      char                    **last_day,
                                      GError                  **error);

G_END_DECLS
