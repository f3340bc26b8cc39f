/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who applies, as each source says it, and what is used where they differ. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_PERSON_SECTION (plt_person_section_get_type ())
G_DECLARE_FINAL_TYPE (PltPersonSection, plt_person_section, PLT, PERSON_SECTION, AdwBin)

/* As plt_field_table_set_decisions(). */
void     plt_person_section_set_decisions (PltPersonSection *self,
                                           GPtrArray        *decisions);
/* The first field that waits for a choice; FALSE when there is none. */
gboolean plt_person_section_focus_open    (PltPersonSection *self);

G_END_DECLS
