/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both sides of the card exactly as they will be printed, and the way to the printer. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_PREVIEW_PANE (plt_preview_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltPreviewPane, plt_preview_pane, PLT, PREVIEW_PANE, AdwBin)

GtkWidget *plt_preview_pane_new   (PltOffice      *office);

/* @application_number: of an application that has been approved. */
void       plt_preview_pane_show_ (PltPreviewPane *self,
                                   const char     *application_number);

void       plt_preview_pane_propose (PltPreviewPane *self,
                                     const char     *application_number,
                                     const char     *field,
                                     const char     *value);

G_END_DECLS
