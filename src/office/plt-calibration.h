/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calibrating a printer: its test card, what is measured on it, and how that drifts. */
#pragma once

#include "plt-office.h"
#include "plt-print-measure.h"

G_BEGIN_DECLS

/* Sends the test card to @destination, as it is. Returns: the number of the print job; 0 on failure */
void       plt_calibration_print_test_card_async  (PltOffice              *office,
                                                   const char             *destination,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
int        plt_calibration_print_test_card_finish (GAsyncResult           *result,
                                                   GError                **error);
/* The test card as a file. */
GBytes    *plt_calibration_draw_test_card         (const char             *destination,
                                                   GError                **error);

/* Keeps what was measured; from the next card on it moves what is sent there. */
void       plt_calibration_add_async              (PltOffice              *office,
                                                   const char             *destination,
                                                   const char             *lot,
                                                   const PltPrintMeasure  *measure,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
gboolean   plt_calibration_add_finish             (PltOffice              *office,
                                                   GAsyncResult           *result,
                                                   GError                **error);

/* Newest first; (element-type PltPrintCalibration) (transfer full). @destination NULL: all. */
void       plt_calibration_list_async             (PltOffice              *office,
                                                   const char             *destination,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
GPtrArray *plt_calibration_list_finish            (PltOffice              *office,
                                                   GAsyncResult           *result,
                                                   GError                **error);

/* Says of blanks which lot they are of. Returns: how many; -1 on failure */
void       plt_calibration_name_lot_async         (PltOffice              *office,
                                                   const char             *first_serial,
                                                   const char             *last_serial,
                                                   const char             *lot,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
int        plt_calibration_name_lot_finish        (PltOffice              *office,
                                                   GAsyncResult           *result,
                                                   GError                **error);

G_END_DECLS
