/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A printer's calibration: prints its test card, takes the four numbers measured on it, and lists what was
 * measured before. */
#pragma once

#include "plt-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_CALIBRATION_DIALOG (plt_calibration_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PltCalibrationDialog, plt_calibration_dialog, PLT, CALIBRATION_DIALOG, AdwWindow)

/* @pane: where it was asked for; told by a toast what was done. @title: the printer's name for people. Present
 * it with gtk_window_present(). */
GtkWindow *plt_calibration_dialog_new (GtkWidget  *pane,
                                       PltOffice  *office,
                                       const char *destination,
                                       const char *title);

G_END_DECLS
