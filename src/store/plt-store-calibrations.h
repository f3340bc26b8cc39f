/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far printers print beside the place. */
#pragma once

#include "plt-print-measure.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* Newest first, of @printer or (NULL) all: (element-type PltPrintCalibration) (transfer full). */
void             plt_store_list_calibrations_async    (PltStore               *self,
                                                       const char             *printer,
                                                       GCancellable           *cancellable,
                                                       GAsyncReadyCallback     callback,
                                                       gpointer                user_data);
GPtrArray       *plt_store_list_calibrations_finish   (PltStore               *self,
                                                       GAsyncResult           *result,
                                                       GError                **error);
/* @lot: "" for every lot without its own. */
void             plt_store_add_calibration_async      (PltStore               *self,
                                                       const char             *printer,
                                                       const char             *lot,
                                                       const PltPrintMeasure  *measure,
                                                       GCancellable           *cancellable,
                                                       GAsyncReadyCallback     callback,
                                                       gpointer                user_data);
gboolean         plt_store_add_calibration_finish     (PltStore               *self,
                                                       GAsyncResult           *result,
                                                       GError                **error);
/* @found: (out): FALSE where the card's printer was not calibrated. */
void             plt_store_card_calibration_async     (PltStore               *self,
                                                       gint64                  card,
                                                       GCancellable           *cancellable,
                                                       GAsyncReadyCallback     callback,
                                                       gpointer                user_data);
gboolean         plt_store_card_calibration_finish    (PltStore               *self,
                                                       GAsyncResult           *result,
                                                       gboolean               *found,
                                                       PltPrintMeasure        *measure,
                                                       GError                **error);
/* Blanks from @first to @last are of @lot. Returns: how many there are; -1 on failure. */
void             plt_store_name_lot_async             (PltStore               *self,
                                                       const char             *first,
                                                       const char             *last,
                                                       const char             *lot,
                                                       GCancellable           *cancellable,
                                                       GAsyncReadyCallback     callback,
                                                       gpointer                user_data);
int              plt_store_name_lot_finish            (PltStore               *self,
                                                       GAsyncResult           *result,
                                                       GError                **error);

G_END_DECLS
