/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done to an application, newest first. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_HISTORY_SECTION (plt_history_section_get_type ())
G_DECLARE_FINAL_TYPE (PltHistorySection, plt_history_section, PLT, HISTORY_SECTION, AdwBin)

G_END_DECLS
