/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A receipt in the window: printed on a sheet of paper, or kept as a file. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @json: what PLT_FEE_RECEIPT answers. What does not go well is said in a toast. */
void plt_fee_paper_print (GtkWidget  *parent,
                          const char *json);
void plt_fee_paper_keep  (GtkWidget  *parent,
                          const char *number,
                          const char *json);

G_END_DECLS
