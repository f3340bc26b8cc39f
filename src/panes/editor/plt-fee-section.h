/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the application costs, and its payment by keys: cash, card or bank, the receipt, the drawer that it needs. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_FEE_SECTION (plt_fee_section_get_type ())
G_DECLARE_FINAL_TYPE (PltFeeSection, plt_fee_section, PLT, FEE_SECTION, AdwBin)

G_END_DECLS
