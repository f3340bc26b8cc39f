/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The categories of an application as toggles. Signal "changed": a person changed them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_CATEGORY_SECTION (plt_category_section_get_type ())
G_DECLARE_FINAL_TYPE (PltCategorySection, plt_category_section, PLT, CATEGORY_SECTION, AdwBin)

/* @categories: the text form of plt-category.h. */
void   plt_category_section_show      (PltCategorySection *self,
                                       const char         *categories,
                                       gboolean            editable);
/* (transfer full): codes, NULL-terminated. */
char **plt_category_section_dup_codes (PltCategorySection *self);

G_END_DECLS
