/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules found, with its cure. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_FINDINGS_SECTION (plt_findings_section_get_type ())
G_DECLARE_FINAL_TYPE (PltFindingsSection, plt_findings_section, PLT, FINDINGS_SECTION, AdwBin)

G_END_DECLS
