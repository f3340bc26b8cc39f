/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers that prove what no registry knows: what was recorded, and a form for one more. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_PAPER_SECTION (plt_paper_section_get_type ())
G_DECLARE_FINAL_TYPE (PltPaperSection, plt_paper_section, PLT, PAPER_SECTION, AdwBin)

G_END_DECLS
