/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An application in a list of results. */
#pragma once

#include "plt-text-row.h"

G_BEGIN_DECLS

#define PLT_TYPE_APPLICATION_ROW (plt_application_row_get_type ())
G_DECLARE_FINAL_TYPE (PltApplicationRow, plt_application_row, PLT, APPLICATION_ROW, PltTextRow)

/* A GtkListBoxCreateWidgetFunc for a model of PltLicenceApplication. */
GtkWidget  *plt_application_row_new        (gpointer           item,
                                            gpointer           user_data);
const char *plt_application_row_get_number (PltApplicationRow *self);

G_END_DECLS
