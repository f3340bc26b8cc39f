/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed into an application: a field for each that its kind has, checked while it is typed and saved
 * when the hands rest. As a section of the editor its fields are those of the form.
 *
 * Signals "moved" (const char *field, int cursor): the keyboard is there; "saved" (const char *field, const
 * char *value): the database has it; "conflict": another desk changed what is being typed here, and nothing
 * was overwritten: plt_form_section_list_conflicts(). */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_FORM_SECTION (plt_form_section_get_type ())
G_DECLARE_FINAL_TYPE (PltFormSection, plt_form_section, PLT, FORM_SECTION, AdwBin)

/* (transfer full) (element-type PltFormConflict) */
GPtrArray *plt_form_section_list_conflicts (PltFormSection *self);
/* A person has seen both and wants @value. */
void       plt_form_section_decide         (PltFormSection *self,
                                            const char     *field,
                                            const char     *value);
/* What was typed here before, when the database had @base: it is there again, or conflicts. FALSE: there is
 * no such field. */
gboolean   plt_form_section_bring_back     (PltFormSection *self,
                                            const char     *field,
                                            const char     *base,
                                            const char     *value);
/* Saves at once what still waits. */
void       plt_form_section_save           (PltFormSection *self);
/* Whether everything that was typed is in the database. */
gboolean   plt_form_section_is_saved       (PltFormSection *self);
/* Gives the keyboard to the first field that is not right, or to the first; FALSE when there is none. */
gboolean   plt_form_section_begin          (PltFormSection *self);
/* Puts the keyboard into @field, at @cursor; nowhere when there is no such field. */
void       plt_form_section_set_place      (PltFormSection *self,
                                            const char     *field,
                                            int             cursor);

G_END_DECLS
