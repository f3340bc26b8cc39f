/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Name, password and six-digit code; in an office in a box also one button for each role. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_SIGN_IN_PAGE (plt_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (PltSignInPage, plt_sign_in_page, PLT, SIGN_IN_PAGE, AdwBin)

/* Signal "signed-in". Set the office once, before it is shown. */
void plt_sign_in_page_set_office (PltSignInPage *self,
                                  PltOffice     *office);
/* Shows why somebody was sent back here, and takes the focus. */
void plt_sign_in_page_reset      (PltSignInPage *self,
                                  const char    *message);

G_END_DECLS
