/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody holds up, verified: a code that was scanned, a file or a picture that was dropped, pasted or
 * chosen. The verdict first, then what it says beside the record, then who signed it. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_VERIFY_PANE (plt_verify_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltVerifyPane, plt_verify_pane, PLT, VERIFY_PANE, AdwBin)

GtkWidget *plt_verify_pane_new  (PltOffice      *office);
void       plt_verify_pane_scan (PltVerifyPane  *self,
                                 const char     *text);

G_END_DECLS
