/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A proof of a card on paper, in real size, for the holder to read and sign: no card, and marked so. */
#pragma once

#include <gtk/gtk.h>

#include "plt-card-inputs.h"
#include "plt-layout.h"

G_BEGIN_DECLS

void     plt_paper_proof_print_async  (GtkWidget            *parent,
                                       PltLayout            *layout,
                                       PltCardInputs        *inputs,
                                       const char           *title,
                                       const char           *words,
                                       const char           *export_path,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean plt_paper_proof_print_finish (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
