/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The categories of an application as toggles. Signal "changed": they are not as they were saved. As a
 * section of the editor it has one field, "codes": the codes with commas between them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_CATEGORY_SECTION (plt_category_section_get_type ())
G_DECLARE_FINAL_TYPE (PltCategorySection, plt_category_section, PLT, CATEGORY_SECTION, AdwBin)

/* @categories: the text form of plt-category.h. */
void   plt_category_section_show      (PltCategorySection *self,
                                       const char         *categories,
                                       gboolean            editable);
/* @pending: what is toggled waits to be saved, and what is recorded meanwhile is not shown. */
void   plt_category_section_set_pending (PltCategorySection *self,
                                         gboolean         pending);
/* (transfer full): codes, NULL-terminated. */
char **plt_category_section_dup_codes (PltCategorySection *self);

G_END_DECLS
