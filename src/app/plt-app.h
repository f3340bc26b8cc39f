/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: its options, its windows' office, its actions and their keys. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_APP (plt_app_get_type ())
G_DECLARE_FINAL_TYPE (PltApp, plt_app, PLT, APP, AdwApplication)

PltApp *plt_app_new (void);

G_END_DECLS
